// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>

#include "defilada/geo/frame.hpp"
#include "defilada/movement/hold.hpp"
#include "defilada/movement/wind.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using movement::Motion;

constexpr double kPi = std::numbers::pi;

class Flights {
 public:
  Flights(const show::Show& show, const movement::Motions& motions, const Compiled& compiled,
          const std::vector<Time>& times, const programme::Windows& windows, Plan& plan)
      : show_(show),
        motions_(motions),
        compiled_(compiled),
        times_(times),
        windows_(windows),
        plan_(plan),
        wind_(show),
        frame_(geo::LocalFrame::make(show.site.origin)) {}

  void run() {
    for (std::uint32_t p = 0; p < show_.processions.size(); ++p) {
      if (!show_.processions[p].air) continue;
      for (std::size_t i = 0; i < show_.processions[p].order.size(); ++i) {
        plan_.flights.push_back(card(show::ProcessionId{p}, i));
      }
    }
  }

 private:
  FlightCard card(show::ProcessionId id, std::size_t place) const {
    const show::Procession& flypast = show_[id];
    FlightCard card;
    card.contingent = flypast.order[place];
    card.flypast = id;
    card.place = static_cast<int>(place) + 1;
    const show::Contingent& who = show_[card.contingent];
    card.air_mps = (who.base_gait ? *who.base_gait : flypast.base_gait).speed_mps;
    card.height_m = movement::height_m(show_, card.contingent);
    if (std::isfinite(show_.site.ground_amsl_m)) {
      card.height_amsl_m = card.height_m + show_.site.ground_amsl_m;
    }
    card.over_target = *plan_.contingents[card.contingent.value].over_target;
    card.slack = programme::slack(windows_, compiled_.step_off[card.contingent.value]);
    if (place == 0) card.within = tolerance(id);
    if (who.hold) card.hold = hold(card);
    points(flypast, card);
    if (place > 0) card.ahead = neighbour(card, flypast.order[place - 1]);
    if (place + 1 < flypast.order.size()) {
      card.behind = neighbour(card, flypast.order[place + 1]);
    }
    if (flypast.break_off) card.break_off = break_off(*flypast.break_off, card);
    return card;
  }

  [[nodiscard]] Time steps_off(show::ContingentId id) const {
    return times_[compiled_.step_off[id.value].value];
  }

  [[nodiscard]] std::optional<Duration> tolerance(show::ProcessionId id) const {
    for (const show::Item& item : show_.items) {
      if (item.procession == id && item.at) return item.at->within;
    }
    return std::nullopt;
  }

  /// Clockwise from true north at the place: north of the frame turns with the distance from its
  /// origin.
  [[nodiscard]] double true_rad(geo::Vec2 place, geo::Vec2 direction) const {
    constexpr double kStepM = 100;
    double from_north = kPi / 2 - std::atan2(direction.y, direction.x);
    if (frame_) {
      const geo::LatLon here = frame_->to_geographic(place);
      const geo::LatLon there = frame_->to_geographic(place + kStepM * direction);
      const double east = (there.lon_deg - here.lon_deg) * std::cos(here.lat_deg * kPi / 180);
      from_north = std::atan2(east, there.lat_deg - here.lat_deg);
    }
    return std::fmod(from_north + 4 * kPi, 2 * kPi);
  }

  /// Direction of the nose on a track.
  [[nodiscard]] geo::Vec2 nose(double ground_mps, geo::Vec2 track) const {
    const double crab = wind_.blows() ? wind_.crab_rad(ground_mps, track) : 0;
    return std::cos(crab) * track + std::sin(crab) * geo::left_of(track);
  }

  [[nodiscard]] FlightCard::Hold hold(const FlightCard& card) const {
    const auto track = movement::racetrack_of(show_, motions_[card.contingent]);
    FlightCard::Hold hold;
    hold.fix = show_[card.contingent].hold->fix;
    hold.enters = times_[compiled_.enters_hold[card.contingent.value].value];
    hold.leaves = steps_off(card.contingent);
    hold.slack = card.slack;
    const double time = (hold.leaves - hold.enters).seconds();
    const auto flown = movement::fly_hold(track, time).value_or(movement::HoldFlown{});
    hold.circuits = flown.circuits;
    hold.circuit = duration_from_seconds(track.circuit_s());
    hold.last_circuit =
        duration_from_seconds(time - std::max(0, flown.circuits - 1) * track.circuit_s());
    hold.leg_m = track.leg_m;
    hold.last_leg_m = flown.last_leg_m;
    hold.radius_m = track.radius_m;
    hold.left = track.left;
    const geo::Vec2 in{std::cos(track.inbound_rad), std::sin(track.inbound_rad)};
    hold.inbound_heading_rad = true_rad(track.fix, nose(track.inbound_mps, in));
    hold.outbound_heading_rad = true_rad(track.fix, nose(track.outbound_mps, -1.0 * in));
    return hold;
  }

  [[nodiscard]] FlightCard::Point point(const Motion& motion, double s_m) const {
    const auto pose = motion.route().at(s_m);
    FlightCard::Point point;
    point.head = steps_off(motion.contingent()) + duration_from_seconds(motion.head_at(s_m));
    point.ground_mps = motion.head_speed_at(s_m);
    point.track_rad = true_rad(pose.position, pose.direction);
    point.heading_rad = true_rad(pose.position, nose(point.ground_mps, pose.direction));
    return point;
  }

  void points(const show::Procession& flypast, FlightCard& card) const {
    using Is = FlightCard::Point::Is;
    const show::Contingent& who = show_[card.contingent];
    const Motion& motion = motions_[card.contingent];
    double last = motion.start_m();
    const auto add = [&](double s, Is is, std::optional<show::StationId> station) {
      FlightCard::Point next = point(motion, s);
      next.is = is;
      next.station = station;
      next.since_last_m = s - last;
      last = s;
      card.points.push_back(next);
    };
    const auto kind = [&](show::StationId station) {
      if (station == flypast.over) return Is::target;
      if (flypast.initial_point == station) return Is::initial_point;
      if (flypast.break_off && flypast.break_off->station == station) return Is::break_off;
      if (who.joins && who.joins->station == station) return Is::join;
      return Is::station;
    };
    if (!who.starts) add(motion.start_m(), Is::start, std::nullopt);
    for (const auto& crossing : plan_.contingents[card.contingent.value].crossings) {
      const bool starts = who.starts == crossing.station && kind(crossing.station) == Is::station;
      add(crossing.s_m, starts ? Is::start : kind(crossing.station), crossing.station);
    }
  }

  [[nodiscard]] FlightCard::Neighbour neighbour(const FlightCard& card,
                                                show::ContingentId other) const {
    const ContingentPlan& plan = plan_.contingents[other.value];
    const Duration apart = plan.over_target.value_or(card.over_target) - card.over_target;
    return {other, Duration{std::abs(apart.us)}, movement::height_m(show_, other) - card.height_m};
  }

  [[nodiscard]] FlightCard::BreakOff break_off(const show::BreakOff& off,
                                               const FlightCard& card) const {
    const Motion& motion = motions_[card.contingent];
    const double s = motion.leaves_line_m();
    FlightCard::BreakOff out;
    out.time = steps_off(card.contingent) + duration_from_seconds(motion.head_at(s));
    out.turn_rad = std::copysign(off.turn_rad, motion.route().at(s + 1).curvature);
    out.bank_rad = off.bank_rad;
    out.climb_mps = off.climb_mps;
    const auto end = motion.route().at(motion.route().length());
    out.out_track_rad = true_rad(end.position, end.direction);
    return out;
  }

  const show::Show& show_;
  const movement::Motions& motions_;
  const Compiled& compiled_;
  const std::vector<Time>& times_;
  const programme::Windows& windows_;
  Plan& plan_;
  movement::Wind wind_;
  Result<geo::LocalFrame> frame_;
};

}  // namespace

void fill_flights(const show::Show& show, const movement::Motions& motions,
                  const Compiled& compiled, const std::vector<Time>& times,
                  const programme::Windows& windows, Plan& plan) {
  Flights(show, motions, compiled, times, windows, plan).run();
}

}  // namespace defilada::plan
