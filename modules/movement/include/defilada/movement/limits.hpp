// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// Longest and shortest pace in a wheel: v (1 +- w / R) / cadence; zero when it does not wheel or
/// is not on foot.
struct WheelPaces {
  double outer_m = 0;
  double inner_m = 0;
};
[[nodiscard]] WheelPaces wheel_paces(const show::Show& show, const Motion& motion);

/// Is anybody asked for more than they can do? Speeds of gaits against the kind's range;
/// accelerations between zones; the outer file's pace and speed in wheels; the inner file's radius
/// (a rank wider than its wheel would walk backwards); vehicles' turning circles; aircraft's bank
/// v^2 / (g R) and climb; width of the route against the formation's; slots nearer to each other
/// than the kind's separation; capacity of the dispersal area. One finding per cause, with the
/// time (since stepping off) and the place where it first comes about, and the slot that it
/// concerns.
[[nodiscard]] std::vector<MotionFinding> check_limits(const show::Show& show,
                                                      const Motions& motions);

}  // namespace defilada::movement
