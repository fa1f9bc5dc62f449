// SPDX-License-Identifier: MIT
#include "defilada/movement/hold.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "changes.hpp"
#include "defilada/core/check.hpp"

namespace defilada::movement {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRounding = 1e-6;  ///< s; clock times are whole microseconds

geo::Vec2 unit(double heading) {
  return {std::cos(heading), std::sin(heading)};
}

/// Once round, from the fix to the fix. Each circuit starts at the fix anew, so that rounding does
/// not add up.
void add_circuit(const Racetrack& track, double leg_m, std::vector<geo::Route::Element>& elements) {
  const double side = track.left ? 1 : -1;
  const double curvature = side / track.radius_m;
  const geo::Vec2 ahead = unit(track.inbound_rad);
  const geo::Vec2 across = 2 * side * track.radius_m * geo::left_of(ahead);
  const double out = track.inbound_rad + kPi;
  const double half = kPi * track.radius_m;
  elements.push_back({0, half, track.fix, track.inbound_rad, curvature});
  elements.push_back({0, leg_m, track.fix + across, out, 0});
  elements.push_back({0, half, track.fix + across - leg_m * ahead, out, curvature});
  elements.push_back({0, leg_m, track.fix - leg_m * ahead, track.inbound_rad, 0});
}

SpeedProfile flown(const geo::Route& way, const Racetrack& track, const Wind& wind) {
  std::vector<SpeedProfile::Node> nodes;
  add_nodes(way, 0, way.length(), track.air_mps, wind, nodes);
  return SpeedProfile::through(nodes);
}

}  // namespace

Racetrack racetrack_of(const show::Show& show, const Motion& motion) {
  const show::Contingent& who = show[motion.contingent()];
  DEFILADA_CHECK(who.hold.has_value());
  const show::Hold& hold = *who.hold;
  const Wind wind(show);
  const auto pose = motion.route().at(motion.start_m());
  Racetrack track;
  track.fix = pose.position;
  track.inbound_rad = std::atan2(pose.direction.y, pose.direction.x);
  track.left = hold.left;
  track.air_mps = base_speed_mps(show, who);
  track.inbound_mps = wind.ground_mps(track.air_mps, pose.direction);
  track.outbound_mps = wind.ground_mps(track.air_mps, -1.0 * pose.direction);
  track.radius_m = turn_radius_m(wind, track.air_mps, hold.bank_rad, track.inbound_rad, 2 * kPi);
  track.leg_m = hold.leg_m ? *hold.leg_m : track.inbound_mps * hold.leg_time->seconds();
  std::vector<geo::Route::Element> turns;
  add_circuit(track, 0, turns);
  track.turns_s = flown(geo::Route::of(std::move(turns)), track, wind).duration_s();
  return track;
}

std::optional<HoldFlown> fly_hold(const Racetrack& racetrack, double hold_s) {
  if (hold_s < racetrack.shortest_s() - kRounding) return std::nullopt;
  const double circuit = racetrack.circuit_s();
  HoldFlown flown;
  flown.circuits = std::max(1, static_cast<int>(std::floor((hold_s + kRounding) / circuit)));
  const double more = hold_s - flown.circuits * circuit;
  flown.last_leg_m = std::max(0.0, racetrack.leg_m + more / racetrack.legs_s(1));
  return flown;
}

Motion with_hold(const show::Show& show, const Motion& motion, double hold_s) {
  const Racetrack track = racetrack_of(show, motion);
  const auto spent = fly_hold(track, hold_s);
  DEFILADA_CHECK(spent.has_value());
  std::vector<geo::Route::Element> elements;
  for (int i = 1; i < spent->circuits; ++i) add_circuit(track, track.leg_m, elements);
  add_circuit(track, spent->last_leg_m, elements);
  const geo::Route way = geo::Route::of(std::move(elements));
  return motion.after(way, flown(way, track, Wind(show)));
}

}  // namespace defilada::movement
