// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/legibility/joined.hpp"

/// What is drawn besides the plan: how well stations are kept, and controls.
namespace defilada::legibility {

/// The dots, each off its place by a normal error of standard deviation `error` in x and in y (in
/// the dots' unit): how aircraft keep their stations. The same for the same (seed, try), whatever
/// else is drawn (core/random.hpp).
[[nodiscard]] std::vector<Point> off_station(std::span<const Point> dots, double error,
                                             std::uint64_t seed, std::uint32_t attempt);

/// A control that must not read as anything: the same dots with the x of one and the y of another,
/// shuffled.
[[nodiscard]] std::vector<Point> shuffled(std::span<const Point> dots, std::uint64_t seed,
                                          std::uint32_t attempt);

/// A control: left and right changed over, as who looks at a plan from below sees it.
[[nodiscard]] std::vector<Point> mirrored(std::span<const Point> dots);

}  // namespace defilada::legibility
