// SPDX-License-Identifier: MIT
#include "flight_json.hpp"

#include <cmath>
#include <numbers>
#include <optional>

namespace defilada::app {
namespace {

using Json = nlohmann::ordered_json;
using plan::FlightCard;

/// Hundredths of a degree: 4 m to the side on 20 km.
double degrees(double rad) {
  return std::round(rad * 18'000 / std::numbers::pi) / 100 + 0.0;
}
double millimetres(double metres) {
  return std::round(metres * 1000) / 1000 + 0.0;
}
Json seconds(const std::optional<Duration>& length) {
  return length ? Json(length->seconds()) : Json();
}

const char* name_of(FlightCard::Point::Is is) {
  using Is = FlightCard::Point::Is;
  switch (is) {
    case Is::start: return "start";
    case Is::station: return "station";
    case Is::join: return "join";
    case Is::initial_point: return "initial point";
    case Is::target: return "target";
    case Is::break_off: return "break-off";
  }
  return "station";
}

class FlightJson {
 public:
  explicit FlightJson(const show::Show& show) : show_(show) {}

  [[nodiscard]] Json card(const FlightCard& card) const {
    const show::Procession& flypast = show_[card.flypast];
    Json points = Json::array();
    for (const auto& each : card.points) points.push_back(point(each, card.over_target));
    return {{"flypast", flypast.name},
            {"contingent", show_[card.contingent].name},
            {"place", card.place},
            {"over", show_[flypast.over].name},
            {"time_over_target", clock(card.over_target)},
            {"within_s", seconds(card.within)},
            {"slack_s", seconds(card.slack)},
            {"height_m", millimetres(card.height_m)},
            {"height_above", show_.site.datum},
            {"height_amsl_m", card.height_amsl_m ? Json(millimetres(*card.height_amsl_m)) : Json()},
            {"air_speed_mps", millimetres(card.air_mps)},
            {"declination_deg",
             show_.site.declination_rad ? Json(degrees(*show_.site.declination_rad)) : Json()},
            {"hold", card.hold ? hold(*card.hold) : Json()},
            {"points", std::move(points)},
            {"ahead", neighbour(card.ahead)},
            {"behind", neighbour(card.behind)},
            {"break_off", card.break_off ? break_off(card) : Json()}};
  }

 private:
  [[nodiscard]] std::string clock(Time time) const { return show_.clock.iso8601(time); }

  [[nodiscard]] Json magnetic(double true_rad) const {
    if (!show_.site.declination_rad) return {};
    const double turn = degrees(true_rad - *show_.site.declination_rad);
    return std::fmod(turn + 720, 360);
  }

  [[nodiscard]] Json hold(const FlightCard::Hold& hold) const {
    return {{"fix", show_[hold.fix].name},
            {"enters", clock(hold.enters)},
            {"leaves", clock(hold.leaves)},
            {"in_hold_s", (hold.leaves - hold.enters).seconds()},
            {"slack_s", seconds(hold.slack)},
            {"circuits", hold.circuits},
            {"circuit_s", hold.circuit.seconds()},
            {"last_circuit_s", hold.last_circuit.seconds()},
            {"leg_m", millimetres(hold.leg_m)},
            {"last_leg_m", millimetres(hold.last_leg_m)},
            {"radius_m", millimetres(hold.radius_m)},
            {"turns", hold.left ? "left" : "right"},
            {"inbound_heading_deg", degrees(hold.inbound_heading_rad)},
            {"inbound_heading_magnetic_deg", magnetic(hold.inbound_heading_rad)},
            {"outbound_heading_deg", degrees(hold.outbound_heading_rad)},
            {"outbound_heading_magnetic_deg", magnetic(hold.outbound_heading_rad)}};
  }

  [[nodiscard]] Json point(const FlightCard::Point& point, Time target) const {
    return {{"is", name_of(point.is)},
            {"station", point.station ? Json(show_[*point.station].name) : Json()},
            {"time", clock(point.head)},
            {"to_go_s", (target - point.head).seconds()},
            {"since_last_m", millimetres(point.since_last_m)},
            {"track_deg", degrees(point.track_rad)},
            {"track_magnetic_deg", magnetic(point.track_rad)},
            {"heading_deg", degrees(point.heading_rad)},
            {"heading_magnetic_deg", magnetic(point.heading_rad)},
            {"ground_speed_mps", millimetres(point.ground_mps)}};
  }

  [[nodiscard]] Json neighbour(const std::optional<FlightCard::Neighbour>& other) const {
    if (!other) return {};
    return {{"contingent", show_[other->contingent].name},
            {"time_s", other->time.seconds()},
            {"higher_m", millimetres(other->higher_m)}};
  }

  [[nodiscard]] Json break_off(const FlightCard& card) const {
    const FlightCard::BreakOff& off = *card.break_off;
    const auto& planned = show_[card.flypast].break_off;
    return {{"time", clock(off.time)},
            {"station", planned ? Json(show_[planned->station].name) : Json()},
            {"turn", off.turn_rad > 0 ? "left" : "right"},
            {"turn_deg", degrees(std::abs(off.turn_rad))},
            {"bank_deg", degrees(off.bank_rad)},
            {"climb_mps", millimetres(off.climb_mps)},
            {"out_track_deg", degrees(off.out_track_rad)},
            {"out_track_magnetic_deg", magnetic(off.out_track_rad)}};
  }

  const show::Show& show_;
};

}  // namespace

Json flight_cards_json(const show::Show& show, const plan::Plan& plan) {
  const FlightJson writer(show);
  Json list = Json::array();
  for (const FlightCard& card : plan.flights) list.push_back(writer.card(card));
  return list;
}

}  // namespace defilada::app
