// SPDX-License-Identifier: MIT
#include "flight_card_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace defilada::drawing {
namespace {

constexpr double kFeet = 0.3048;           // m, exactly
constexpr double kKnot = 1852.0 / 3600.0;  // m/s, exactly

double degrees(double rad) noexcept {
  return rad * 180 / std::numbers::pi;
}

/// "007", "360": north is 360.
std::string three_digits(double rad) {
  const long whole = (std::lround(degrees(rad)) % 360 + 360) % 360;
  return fmt::format("{:03}", whole == 0 ? 360 : whole);
}

const plan::FlightCard::Point* target_of(const plan::FlightCard& card) {
  const auto found = std::find_if(card.points.begin(), card.points.end(), [](const auto& point) {
    return point.is == plan::FlightCard::Point::Is::target;
  });
  return found == card.points.end() ? nullptr : &*found;
}

}  // namespace

std::string FlightCardWords::course(double true_rad) const {
  std::string text = words_(Msg::card_true, three_digits(true_rad));
  if (const auto declination = context_.show.site.declination_rad)
    text += " " + words_(Msg::card_magnetic, three_digits(true_rad - *declination));
  return text;
}

std::string FlightCardWords::speed(double mps) const {
  return words_(Msg::card_speed, context_.format.speed(mps, show::Category::aeroplane),
                context_.format.decimal(mps / kKnot, 0));
}

std::string FlightCardWords::minutes(Duration length) {
  const long seconds = std::lround(length.seconds());
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::vector<std::string> FlightCardWords::heights() const {
  const auto feet = [&](double m) { return context_.format.count(std::lround(m / kFeet)); };
  const std::string& datum = context_.show.site.datum;
  std::vector<std::string> lines{
      words_(Msg::card_height_agl, context_.format.length(card_.height_m), feet(card_.height_m),
             datum.empty() ? words_(Msg::card_datum) : datum)};
  lines.push_back(card_.height_amsl_m
                      ? words_(Msg::card_height_amsl, context_.format.length(*card_.height_amsl_m),
                               feet(*card_.height_amsl_m))
                      : words_(Msg::card_no_amsl));
  return lines;
}

std::string FlightCardWords::name_of(const Point& point) const {
  return point.station ? context_.show[*point.station].name : words_(Msg::card_line_begins);
}

std::string FlightCardWords::kind_of(const Point& point) const {
  const bool holds = card_.hold && point.station == card_.hold->fix;
  switch (point.is) {
    case Point::Is::start: return words_(holds ? Msg::card_leaves_hold : Msg::card_is_start);
    case Point::Is::join: return words_(Msg::card_is_join);
    case Point::Is::initial_point: return words_(Msg::card_is_initial);
    case Point::Is::target: return words_(Msg::card_is_target);
    case Point::Is::break_off: return words_(Msg::card_is_break_off);
    case Point::Is::station: break;
  }
  return holds ? words_(Msg::card_leaves_hold) : "";
}

double FlightCardWords::ground_mps_over_target(const plan::FlightCard& card) const {
  const Point* over = target_of(card);
  return over != nullptr ? over->ground_mps : card.air_mps;
}

/// The distance between two is that which the one behind flies in the time between them.
std::string FlightCardWords::neighbour(const plan::FlightCard::Neighbour& other,
                                       bool behind) const {
  const plan::FlightCard* follows = &card_;
  for (const plan::FlightCard& each : context_.plan.flights)
    if (behind && each.contingent == other.contingent) follows = &each;
  const double apart_m = ground_mps_over_target(*follows) * other.time.seconds();
  const std::string height = other.higher_m == 0
                                 ? words_(Msg::card_same_height)
                                 : words_(other.higher_m > 0 ? Msg::card_higher : Msg::card_lower,
                                          context_.format.length(std::abs(other.higher_m)));
  return words_(Msg::card_neighbour, context_.label(other.contingent),
                context_.format.duration(other.time), context_.format.length(apart_m), height);
}

std::string FlightCardWords::break_off() const {
  if (!card_.break_off) return words_(Msg::card_no_break_off);
  const auto& off = *card_.break_off;
  const auto& planned = context_.show[card_.flypast].break_off;
  const auto whole = [&](double rad) { return context_.format.decimal(std::abs(degrees(rad)), 0); };
  return words_(off.turn_rad > 0 ? Msg::card_break_left : Msg::card_break_right,
                context_.format.clock(off.time),
                planned ? context_.show[planned->station].name : "", whole(off.turn_rad),
                whole(off.bank_rad), context_.format.speed(off.climb_mps, show::Category::foot),
                course(off.out_track_rad));
}

std::vector<std::string> FlightCardWords::hold() const {
  const auto& hold = *card_.hold;
  std::string circuits =
      words_.counted(Msg::card_circuits, hold.circuits, context_.format.count(hold.circuits));
  if (hold.circuits > 0) {
    circuits += ": " + words_(Msg::card_circuit_times, context_.format.duration(hold.circuit),
                              context_.format.duration(hold.last_circuit));
  }
  return {circuits,
          words_(hold.left ? Msg::card_turns_left : Msg::card_turns_right,
                 context_.format.length(hold.radius_m)) +
              "; " +
              words_(Msg::card_leg, context_.format.length(hold.leg_m),
                     context_.format.length(hold.last_leg_m)),
          words_(Msg::card_inbound) + " " + course(hold.inbound_heading_rad) + " · " +
              words_(Msg::card_outbound) + " " + course(hold.outbound_heading_rad)};
}

std::string FlightCardWords::reference() const {
  const auto declination = context_.show.site.declination_rad;
  if (!declination) return words_(Msg::card_only_true);
  return words_(Msg::card_with_magnetic,
                context_.format.decimal(std::abs(degrees(*declination)), 1),
                words_(*declination < 0 ? Msg::west_letter : Msg::east_letter));
}

const FlightCardWords::Point* FlightCardWords::target() const {
  return target_of(card_);
}

}  // namespace defilada::drawing
