// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/geo/frame.hpp"

namespace defilada::geo {

/// An outer ring and holes, none closed by repeating its first point.
struct Polygon {
  std::vector<Vec2> outer;
  std::vector<std::vector<Vec2>> holes;
};

/// Errors (bad_input): a ring of fewer than three points, not finite, no area, edges that cross, a
/// spike.
[[nodiscard]] Status validate(const Polygon& polygon);
/// The first point (its index) from which both edges run back on the same line to within 1 mm:
/// surveyed outlines have such spikes where a point was put beside its order.
///
///     o-----------o
///     |           |
///     |           o===========x      x: the tip, and 0 m2 on the way to it
///     o-----------o
[[nodiscard]] std::optional<std::size_t> find_spike(std::span<const Vec2> ring);
/// m2, holes taken off; > 0 whatever the direction of the rings.
[[nodiscard]] double area(const Polygon& polygon);
/// Even-odd rule; a point on an edge counts as inside.
[[nodiscard]] bool contains(const Polygon& polygon, Vec2 point);
/// Centre of the area of the outer ring.
[[nodiscard]] Vec2 centroid(const Polygon& polygon);

}  // namespace defilada::geo
