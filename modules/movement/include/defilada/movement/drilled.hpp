// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "defilada/geo/route.hpp"
#include "defilada/movement/arrangement.hpp"
#include "defilada/movement/drill.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/model.hpp"

/// A contingent's drill along its way: where each evolution is done, and the formation from then
/// on.
namespace defilada::movement {

/// The bend of a wheel, or of a countermarch, where the route turns back:
///
///      out   ----------------.      Each file goes round a copy of the bend that is moved aside to
///      back  <---------------'      its own place, so the formation comes back as its mirror
///      image,
///                  aside_m ^        `aside_m` beside where it went.
struct Bend {
  double from_m = 0;  ///< arc lengths of the route
  double to_m = 0;
  double aside_m = 0;    ///< of the way back from the way out, to the left of the way out
  geo::Vec2 normal;      ///< left of the way into it
  double speed_mps = 0;  ///< wheel: of the axis
};

struct Drilled {
  std::size_t evolution = 0;  ///< index in Contingent::drill
  double at_m = 0;            ///< arc length of the nose where it begins
  double t0_s = 0;            ///< since stepping off
  double t1_s = 0;
  std::optional<Evolved> halted;  ///< at the halt, or
  std::optional<Bend> bend;       ///< on the march: wheel, countermarch
  bool turns_back = false;        ///< the bend is a countermarch
  Arrangement after;              ///< from t1 on (after a countermarch: its mirror image)
  double ahead_m = 0;  ///< of its head line in front of the frame's, which the profile moves
};

/// A fault of an evolution, which is then left out.
struct DrillNote {
  std::size_t evolution = 0;
  DrillFault fault;
};

/// What the drill asks of the profile of the contingent's frame.
struct DrillCourse {
  std::vector<Drilled> drilled;           ///< without times
  std::vector<SpeedProfile::Stop> stops;  ///< of the frame's nose, with the march's halts
  std::vector<show::GaitZone> wheels;     ///< stretches in which the axis goes slower, all at once
  std::vector<DrillNote> notes;
};

/// Plans the drill of a contingent that stands with its nose at start_m. `zones` are its gaits.
/// Evolutions at one station follow each other; a halt of the march there lasts as long as they do
/// at least.
///
/// Wheel, in a bend of radius R about the axis with slots up to w beside it: the outer file keeps
/// the gait's full pace, so the axis goes at v R / (R + w) while anybody is in the bend, and the
/// inner file at v (R - w) / (R + w); with R = w he marks time. For one rank the wheel through the
/// angle takes angle (R + w) / v: 25 files at 0.75 m, 90 degrees, R = w = 9 m: 28.3 m of the outer
/// file, 37.7 paces of 75 cm, 20.2 s at 112 to the minute.
///
/// Countermarch: the bend turns back by 180 degrees; see Bend. From the first rank into it until
/// the last rank is out it takes (its length + depth) / v. Those who come back pass those who still
/// go at least min |aside + a - b| over files a, b: half an interval where aside is that.
[[nodiscard]] DrillCourse plan_drill(const show::Show& show, show::ContingentId contingent,
                                     const Arrangement& arrangement, const geo::Route& route,
                                     double start_m, double end_m,
                                     const std::vector<show::GaitZone>& zones);

}  // namespace defilada::movement
