// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "defilada/crowd/site_run.hpp"

namespace defilada::crowd {

/// Who has come no nearer to where he wants for so long does not get on; who has not for
/// kHeldUp_s and stands beside such a one is held up by the same.
inline constexpr double kStuck_s = 30;
inline constexpr double kHeldUp_s = 10;

/// One who does not get on for kHeldUp_s at least.
struct Still {
  std::uint32_t row = 0;  ///< of Simulation::walking()
  double since_s = 0;
};

/// Those of them who will not get on: before what is shut now and will open, and before a gate or
/// an exit that has let somebody through within kStuck_s (or three times the time that one takes),
/// people wait. Who is within an arm's length of each other is stuck by the same. Cost: 3 m of the
/// way of each, the whole way of one of each place.
[[nodiscard]] std::vector<Stuck> who_is_stuck(const Simulation& simulation,
                                              const std::vector<Still>& still);

}  // namespace defilada::crowd
