// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/drawing/drawing.hpp"

/// Cuts lines and areas to a box, so that a drawing holds only what is seen of a large site.
namespace defilada::drawing {

[[nodiscard]] bool inside(const Box& box, Point p) noexcept;

/// The stretches of an open line within the box. Law: every point of them lies on the line and in
/// the box (to 1e-9 of the coordinates). Source: Liang and Barsky, ACM ToG 3 (1984).
[[nodiscard]] std::vector<std::vector<Point>> clip_line(const std::vector<Point>& points,
                                                        const Box& box);

/// A closed ring within the box; its edges along the box stay. Empty if nothing is left.
/// Source: Sutherland and Hodgman, CACM 17 (1974).
[[nodiscard]] std::vector<Point> clip_ring(std::vector<Point> ring, const Box& box);

}  // namespace defilada::drawing
