// SPDX-License-Identifier: MIT
#include "defilada/geo/polygon.hpp"

#include <algorithm>
#include <cmath>

namespace defilada::geo {
namespace {

double signed_area(const std::vector<Vec2>& ring) {
  // About the first point: no cancellation far from the origin.
  double twice = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    twice += cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
  }
  return 0.5 * twice;
}

bool on_segment(Vec2 a, Vec2 b, Vec2 p) {
  return cross(b - a, p - a) == 0 && dot(p - a, p - b) <= 0;
}

bool segments_cross(Vec2 a, Vec2 b, Vec2 c, Vec2 d) {
  const auto side = [](Vec2 p, Vec2 q, Vec2 r) {
    const double value = cross(q - p, r - p);
    return (value > 0) - (value < 0);
  };
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
  return on_segment(a, b, c) || on_segment(a, b, d) || on_segment(c, d, a) || on_segment(c, d, b);
}

bool inside_ring(const std::vector<Vec2>& ring, Vec2 p, bool& on_edge) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const Vec2 a = ring[j];
    const Vec2 b = ring[i];
    if (on_segment(a, b, p)) {
      on_edge = true;
      return true;
    }
    if ((a.y > p.y) != (b.y > p.y) && (cross(b - a, p - a) > 0) == (b.y > a.y)) inside = !inside;
  }
  return inside;
}

Status validate_ring(const std::vector<Vec2>& ring, const Phrase& what) {
  const std::size_t n = ring.size();
  if (n < 3) return fail(Errc::bad_input, phrase("the {} needs at least three points", what));
  for (const Vec2& point : ring) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
      return fail(Errc::bad_input, phrase("the {} has a point that is not finite", what));
    }
  }
  // Before edges that cross: those of a spike do, and that would be no help.
  if (const auto spike = find_spike(ring); spike && signed_area(ring) != 0) {
    const Vec2 tip = ring[*spike];
    return fail(Errc::bad_input,
                phrase("the {} runs out to point {} at [{:.6g} m, {:.6g} m] and back on the "
                       "same line: a spike without width",
                       what, *spike + 1, tip.x, tip.y));
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 2; j < n; ++j) {
      if (i == 0 && j == n - 1) continue;
      if (segments_cross(ring[i], ring[i + 1], ring[j], ring[(j + 1) % n])) {
        return fail(Errc::bad_input, phrase("edges {} and {} of the {} cross", i + 1, j + 1, what));
      }
    }
  }
  if (signed_area(ring) == 0) {
    return fail(Errc::bad_input, phrase("the {} has no area", what));
  }
  return {};
}

}  // namespace

std::optional<std::size_t> find_spike(std::span<const Vec2> ring) {
  constexpr double kWidthM = 1e-3;
  const std::size_t n = ring.size();
  for (std::size_t i = 0; n >= 3 && i < n; ++i) {
    const Vec2 before = ring[(i + n - 1) % n] - ring[i];
    const Vec2 after = ring[(i + 1) % n] - ring[i];
    const double longer = std::max(length(before), length(after));
    // Both edges leave the point in one direction, and the end of the shorter lies on the longer.
    if (dot(before, after) > 0 && std::abs(cross(before, after)) <= kWidthM * longer) return i;
  }
  return std::nullopt;
}

Status validate(const Polygon& polygon) {
  if (auto status = validate_ring(polygon.outer, phrase("outline")); !status) return status;
  for (const auto& hole : polygon.holes) {
    if (auto status = validate_ring(hole, phrase("hole")); !status) return status;
  }
  return {};
}

double area(const Polygon& polygon) {
  double total = std::abs(signed_area(polygon.outer));
  for (const auto& hole : polygon.holes) total -= std::abs(signed_area(hole));
  return total;
}

bool contains(const Polygon& polygon, Vec2 point) {
  bool on_edge = false;
  if (!inside_ring(polygon.outer, point, on_edge)) return false;
  if (on_edge) return true;
  for (const auto& hole : polygon.holes) {
    on_edge = false;
    if (inside_ring(hole, point, on_edge) && !on_edge) return false;
  }
  return true;
}

Vec2 centroid(const Polygon& polygon) {
  const auto& ring = polygon.outer;
  Vec2 sum;
  double twice = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const Vec2 a = ring[i] - ring[0];
    const Vec2 b = ring[i + 1] - ring[0];
    const double weight = cross(a, b);
    sum = sum + (weight / 3) * (a + b);
    twice += weight;
  }
  return twice == 0 ? ring[0] : ring[0] + (1 / twice) * sum;
}

}  // namespace defilada::geo
