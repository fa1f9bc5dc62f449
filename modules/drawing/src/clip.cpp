// SPDX-License-Identifier: MIT
#include "clip.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <utility>

namespace defilada::drawing {
namespace {

/// The shares [begin, end] of the segment that lie within the box.
std::optional<std::pair<double, double>> clip_segment(Point a, Point b, const Box& box) noexcept {
  const Point d = b - a;
  const std::array<double, 4> speed{-d.x, d.x, -d.y, d.y};
  const std::array<double, 4> room{a.x - box.min.x, box.max.x - a.x, a.y - box.min.y,
                                   box.max.y - a.y};
  double begin = 0;
  double end = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    if (speed[i] == 0) {
      if (room[i] < 0) return std::nullopt;
    } else if (speed[i] < 0) {
      begin = std::max(begin, room[i] / speed[i]);
    } else {
      end = std::min(end, room[i] / speed[i]);
    }
  }
  if (begin > end) return std::nullopt;
  return std::pair(begin, end);
}

/// Keeps the part of a ring on one side of a line: where `distance` >= 0.
std::vector<Point> clip_half_plane(const std::vector<Point>& ring,
                                   const std::function<double(Point)>& distance) {
  std::vector<Point> kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i];
    const Point b = ring[(i + 1) % ring.size()];
    const double da = distance(a);
    const double db = distance(b);
    if (da >= 0) kept.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) kept.push_back(a + (da / (da - db)) * (b - a));
  }
  return kept;
}

}  // namespace

bool inside(const Box& box, Point p) noexcept {
  return p.x >= box.min.x && p.x <= box.max.x && p.y >= box.min.y && p.y <= box.max.y;
}

std::vector<std::vector<Point>> clip_line(const std::vector<Point>& points, const Box& box) {
  std::vector<std::vector<Point>> stretches;
  bool open = false;  // the last stretch ends where the next segment begins
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point a = points[i - 1];
    const Point b = points[i];
    const auto share = clip_segment(a, b, box);
    if (!share) {
      open = false;
      continue;
    }
    const auto [begin, end] = *share;
    if (!open || begin > 0) stretches.push_back({begin > 0 ? a + begin * (b - a) : a});
    stretches.back().push_back(end < 1 ? a + end * (b - a) : b);
    open = end >= 1;
  }
  return stretches;
}

std::vector<Point> clip_ring(std::vector<Point> ring, const Box& box) {
  ring = clip_half_plane(ring, [&](Point p) { return p.x - box.min.x; });
  ring = clip_half_plane(ring, [&](Point p) { return box.max.x - p.x; });
  ring = clip_half_plane(ring, [&](Point p) { return p.y - box.min.y; });
  return clip_half_plane(ring, [&](Point p) { return box.max.y - p.y; });
}

}  // namespace defilada::drawing
