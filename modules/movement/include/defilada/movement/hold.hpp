// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/movement/motion.hpp"
#include "defilada/movement/wind.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// The racetrack of a flight: a whole number of circuits, the last of which has longer legs, so
/// that the fix is left at the very moment that the time over target asks for. Over the ground it
/// is two half circles and two legs of one length; in a wind the legs take different times, and the
/// radius is that at which the bank holds where the ground goes by fastest.
struct Racetrack {
  geo::Vec2 fix;
  double inbound_rad = 0;  ///< track over the ground, anticlockwise from east
  double radius_m = 0;
  bool left = false;
  double leg_m = 0;
  double turns_s = 0;      ///< both
  double inbound_mps = 0;  ///< over the ground
  double outbound_mps = 0;
  double air_mps = 0;

  [[nodiscard]] double legs_s(double metres) const {
    return metres * (1 / inbound_mps + 1 / outbound_mps);
  }
  [[nodiscard]] double circuit_s() const { return turns_s + legs_s(leg_m); }
  /// Two turns without legs: nobody holds for less.
  [[nodiscard]] double shortest_s() const { return turns_s; }
};

/// Requires a hold.
[[nodiscard]] Racetrack racetrack_of(const show::Show& show, const Motion& motion);

/// How a time is spent in a hold. Laws (property-tested): the circuits take exactly that time; all
/// but the last are as asked; the last is shorter than two.
struct HoldFlown {
  int circuits = 0;
  double last_leg_m = 0;
};
/// nullopt: less than shortest_s.
[[nodiscard]] std::optional<HoldFlown> fly_hold(const Racetrack& racetrack, double hold_s);

/// The motion with `hold_s` in its hold before it: times count from when it enters the hold.
/// Requires a time that fly_hold can spend.
[[nodiscard]] Motion with_hold(const show::Show& show, const Motion& motion, double hold_s);

}  // namespace defilada::movement
