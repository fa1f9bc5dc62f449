// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/geo/polygon.hpp"

/// Overlay of polygons by GEOS (overlay NG, https://libgeos.org): the only place that knows it.
/// Requires polygons that geo::validate accepts and finite coordinates.
namespace defilada::crowd::overlay {

using Polygons = std::vector<geo::Polygon>;

/// The union of `parts` less the union of `taken_off`, as disjoint polygons, outer rings
/// anticlockwise, holes clockwise, in an order that depends on the input alone.
[[nodiscard]] Polygons merged(const Polygons& parts, const Polygons& taken_off);
/// The common part of two polygons.
[[nodiscard]] Polygons common(const Polygons& a, const Polygons& b);

}  // namespace defilada::crowd::overlay
