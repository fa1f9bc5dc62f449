// SPDX-License-Identifier: MIT
#include "closest_pair.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace defilada::formation {
namespace {

double square(Point a, Point b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}
bool lower(Point a, Point b) {
  return a.y < b.y;
}

/// Of points sorted by y: each against those above it that are not too high.
double least_of_strip(std::span<const Point> strip, double least) {
  for (std::size_t i = 0; i < strip.size(); ++i) {
    for (std::size_t j = i + 1; j < strip.size(); ++j) {
      const double dy = strip[j].y - strip[i].y;
      if (dy * dy >= least) break;
      least = std::min(least, square(strip[i], strip[j]));
    }
  }
  return least;
}

/// Takes points sorted by x, gives the least squared distance and leaves them sorted by y.
///
///        left half | right half        only points in the strip of the least so far
///            .   . | .                 about the middle can beat it
///          .     |.|.|   .
///                 strip
double least_square(std::span<Point> points, std::vector<Point>& strip) {
  if (points.size() <= 3) {
    std::sort(points.begin(), points.end(), lower);
    return least_of_strip(points, std::numeric_limits<double>::infinity());
  }
  const auto half = static_cast<std::ptrdiff_t>(points.size() / 2);
  const double middle = points[static_cast<std::size_t>(half)].x;
  const std::span<Point> left = points.first(static_cast<std::size_t>(half));
  const std::span<Point> right = points.subspan(static_cast<std::size_t>(half));
  const double least = std::min(least_square(left, strip), least_square(right, strip));
  std::inplace_merge(points.begin(), points.begin() + half, points.end(), lower);
  strip.clear();
  for (const Point p : points) {
    if ((p.x - middle) * (p.x - middle) < least) strip.push_back(p);
  }
  return least_of_strip(strip, least);
}

}  // namespace

double closest_pair(std::vector<Point> points) {
  if (points.size() < 2) return 0;
  std::sort(points.begin(), points.end(), [](Point a, Point b) { return a.x < b.x; });
  std::vector<Point> strip;
  return std::sqrt(least_square(points, strip));
}

}  // namespace defilada::formation
