// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "bodies.hpp"

/// The facts that steps stand on. Each function gives a number that is certainly no more than
/// distance less what is wanted, over all pairs that it is about and all instants of the stretch;
/// infinity if there are none; nullopt where it cannot tell.
namespace defilada::certificate {

/// Between(x, y, [from, to]) by a line across the level direction (ux, uy) that moves along it at
/// `speed`: all of x on the one side and all of y on the other, the gap being what is sought.
[[nodiscard]] std::optional<double> plane_bound(Groups& groups, std::uint32_t x, std::uint32_t y,
                                                double ux, double uy, double speed, double from_s,
                                                double to_s);

/// Between(x, y, [from, to]) by height: y above x (`sign` 1) or below it (-1).
[[nodiscard]] std::optional<double> height_bound(Groups& groups, std::uint32_t x, std::uint32_t y,
                                                 int sign, double speed, double from_s,
                                                 double to_s);

/// Among(x, [from, to]) where all of x are on one path and keep their places on it: either nothing
/// tells them apart but `left` (and height), or the path's normal is one constant.
///     r(t) = (left_b - left_a) N(t) + offset_b - offset_a
/// Neighbours alone are looked at: sorted along an axis, up to where no distance is asked for.
/// Cost: n log n and those neighbours.
[[nodiscard]] std::optional<double> one_path_bound(Groups& groups, std::uint32_t x, double from_s,
                                                   double to_s);

}  // namespace defilada::certificate
