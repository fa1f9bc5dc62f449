// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "defilada/movement/arrangement.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/model.hpp"

/// A vehicle that stops on the way, and what draws it away.
///
///     ahead go on        rank of the one that stops       behind: stand meanwhile, at their
///         <-- o                o                              distances
///         <-- o                X <--R             o        o
///                                    `- - - - - - - - - - - - - - - R  recovery vehicle
///                             comes out of the column, past those who stand, in before X,
///                             backs up to it, is hitched; then all go on
namespace defilada::movement {

/// Between the outlines of the recovery vehicle and of those it passes or backs up to, m.
inline constexpr double kPassingRoom_m = 1;
inline constexpr double kTowBar_m = 2;
/// It backs up no faster, m/s (5 km/h).
inline constexpr double kBackingSpeed_mps = 5 / 3.6;

/// A cubic from one lane to another: from_m + (to_m - from_m) (3 u^2 - 2 u^3), u rising from 0 to 1
/// between the two times; m to the left, s since stepping off.
struct LaneShift {
  double t0_s = 0;
  double t1_s = 0;
  double from_m = 0;
  double to_m = 0;
};
/// Where somebody is beside his own place at t: before the first shift where it begins, behind each
/// where it ends. Of none: 0.
[[nodiscard]] double lane_at(const std::vector<LaneShift>& shifts, double t_s) noexcept;

/// How a recovery vehicle gets from its place behind the last rank to before the one that stands.
///
/// It speeds up evenly, changes to the lane beside those who stand at an even speed, goes past
/// them, changes in before the one that has stopped, brakes, and backs up to it. A change of lane
/// by d on a length l at an even speed has the radius l^2 / (6 d) at its ends, so
///     l = sqrt(6 d R)   with R the turning radius of its kind.
/// Where it stands too near to the last rank for its speed, it goes slower.
struct Recovery {
  std::size_t slot = 0;  ///< of the arrangement
  double lane_m = 0;     ///< of its middle while it passes, to the left of the contingent's axis
  double speed_mps = 0;
  double change_out_m = 0;  ///< length of the change of lane behind those who stand
  double change_in_m = 0;   ///< and before the one that has stopped
  double ahead_m = 0;       ///< from where it stands to before the other, before it backs up
  double back_m = 0;        ///< so far it backs up
  std::vector<SpeedProfile::Phase> moves;  ///< forward, then back: from time 0 and place 0 on
  std::vector<LaneShift> shifts;           ///< since it sets off
  double drives_s = 0;                     ///< until it stands before the other
};
/// Nothing where it stands too near to those ahead of it: by `lacks_m`.
struct RecoveryWay {
  std::optional<Recovery> recovery;
  double lacks_m = 0;
};
/// Requires that the slots are of vehicles and that `slot` of the recovery stands behind all
/// others. Laws (tested): its outline keeps kPassingRoom_m from all others at their places; lane
/// changes have at least its turning radius; it comes to stand kTowBar_m before the other, or as
/// far as the separation of the two kinds asks, in that one's file. Cost: O(slots).
[[nodiscard]] RecoveryWay plan_recovery(const show::Show& show, const Arrangement& arrangement,
                                        std::size_t stalled_slot, std::size_t slot, bool right,
                                        double speed_mps, double acceleration_mps2);

/// What a contingent with a stalled vehicle does.
struct Stall {
  std::size_t slot = 0;  ///< of the arrangement: the vehicle
  std::size_t rank = 0;  ///< of Arrangement::backs_m; this and all behind stand meanwhile
  double at_m = 0;       ///< arc length where its middle stops
  double lasts_s = 0;    ///< from when it stands until it goes on
  double begin_s = 0;    ///< since stepping off: it stands from then on; +inf where it never comes
                         ///< there
  std::optional<Recovery> recovery;
  /// Of the recovery vehicle in place of its rank's: with its moves in it.
  std::optional<SpeedProfile> profile;
  double lacks_m = 0;    ///< > 0: the recovery vehicle stands too near to come past the last rank
  bool in_bend = false;  ///< its way is not straight: it is planned without
};

/// The slot and the rank of a show's stalled vehicle, how long it stands.
[[nodiscard]] Stall plan_stall(const show::Show& show, const show::Contingent& contingent,
                               const Arrangement& arrangement, const geo::Route& route,
                               double speed_mps, double acceleration_mps2);

}  // namespace defilada::movement
