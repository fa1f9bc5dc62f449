// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "defilada/spectators/day.hpp"

namespace defilada::spectators {

/// The queue of a gate if people were a fluid and came to it without a walk: one number a minute
/// from the first of all who comes, until the gate shuts or everybody is to be seated. Its lanes
/// serve at their steady rate while it is open. Empty where nobody is searched. The hand's longest
/// queue (hand.hpp) is the greatest of it.
[[nodiscard]] Curve queue_by_hand(const Scene& scene, std::size_t gate);

}  // namespace defilada::spectators
