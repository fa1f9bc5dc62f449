// SPDX-License-Identifier: MIT
#include "defilada/legibility/joined.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace defilada::legibility {
namespace {

constexpr double kNoise = 1e-9;  // of a distance

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

/// Dots in the order of x: all that are near a dot stand near it in the row.
class Row {
 public:
  explicit Row(std::span<const Point> dots) : dots_(dots), order_(dots.size()), at_(dots.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return dots[a].x < dots[b].x; });
    for (std::uint32_t i = 0; i < order_.size(); ++i) at_[order_[i]] = i;
  }

  /// Calls visit(dot, distance) for the others until they are beyond reach(); it may shrink
  /// meanwhile.
  template <typename Visit, typename Reach>
  void around(std::uint32_t dot, const Reach& reach, const Visit& visit) const {
    const double x = dots_[dot].x;
    for (std::size_t i = at_[dot]; i-- > 0;) {
      if (x - dots_[order_[i]].x > reach()) break;
      visit(order_[i], distance(dots_[dot], dots_[order_[i]]));
    }
    for (std::size_t i = at_[dot] + 1; i < order_.size(); ++i) {
      if (dots_[order_[i]].x - x > reach()) break;
      visit(order_[i], distance(dots_[dot], dots_[order_[i]]));
    }
  }

 private:
  std::span<const Point> dots_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> at_;
};

/// Distances to the nearest and the second nearest.
using Nearest = std::array<double, 2>;

Nearest nearest_of(const Row& row, std::uint32_t dot) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  Nearest nearest{kFar, kFar};
  row.around(
      dot, [&] { return nearest[1]; },
      [&](std::uint32_t, double d) {
        if (d < nearest[0]) {
          nearest = {d, nearest[0]};
        } else {
          nearest[1] = std::min(nearest[1], d);
        }
      });
  return nearest;
}

bool has_third(const Row& row, std::span<const Point> dots, std::uint32_t a, std::uint32_t b,
               double length) {
  const double less = length * (1 - kNoise);
  bool third = false;
  row.around(
      a, [&] { return third ? -1.0 : length; },
      [&](std::uint32_t c, double d) {
        if (c != b && d < less && distance(dots[b], dots[c]) < less) third = true;
      });
  return third;
}

}  // namespace

Joined join(std::span<const Point> dots) {
  Joined joined;
  joined.dots.assign(dots.begin(), dots.end());
  if (dots.size() < 2) return joined;
  const Row row(dots);
  std::vector<Nearest> nearest;
  for (std::uint32_t i = 0; i < dots.size(); ++i) {
    nearest.push_back(nearest_of(row, i));
    joined.gap += nearest.back()[0] / static_cast<double>(dots.size());
  }
  for (std::uint32_t a = 0; a < dots.size(); ++a) {
    const double reach = kLongestEdge * nearest[a][1] * (1 + kNoise);
    std::vector<std::uint32_t> ends;
    row.around(
        a, [&] { return reach; },
        [&](std::uint32_t b, double d) {
          if (b < a || d > reach || d > kLongestEdge * nearest[b][1] * (1 + kNoise)) return;
          if (!has_third(row, dots, a, b, d)) ends.push_back(b);
        });
    std::sort(ends.begin(), ends.end());
    for (const std::uint32_t b : ends) joined.edges.push_back({a, b});
  }
  return joined;
}

Box box_of(std::span<const Point> points) {
  Box box{points.front(), points.front()};
  for (const Point p : points) {
    box.low = {std::min(box.low.x, p.x), std::min(box.low.y, p.y)};
    box.high = {std::max(box.high.x, p.x), std::max(box.high.y, p.y)};
  }
  return box;
}

}  // namespace defilada::legibility
