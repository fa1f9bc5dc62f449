// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/formation/figure.hpp"

namespace defilada::formation {

/// Smallest distance between two points; 0 for fewer than two. Cost: O(n log n), by divide and
/// conquer (M. Shamos and D. Hoey, "Closest-point problems", FOCS 1975,
/// https://doi.org/10.1109/SFCS.1975.8).
[[nodiscard]] double closest_pair(std::vector<Point> points);

}  // namespace defilada::formation
