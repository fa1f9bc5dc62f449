// SPDX-License-Identifier: MIT
#include "defilada/legibility/keeping.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "defilada/core/random.hpp"

namespace defilada::legibility {

/// Source: G. Box, M. Muller, "A note on the generation of random normal deviates", Annals of
/// Mathematical Statistics 29 (1958), https://doi.org/10.1214/aoms/1177706645.
std::vector<Point> off_station(std::span<const Point> dots, double error, std::uint64_t seed,
                               std::uint32_t attempt) {
  std::vector<Point> moved;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    Random random(seed, attempt, i);
    const double length = error * std::sqrt(-2 * std::log(1 - random.uniform()));
    const double angle = 2 * std::numbers::pi * random.uniform();
    moved.push_back({dots[i].x + length * std::cos(angle), dots[i].y + length * std::sin(angle)});
  }
  return moved;
}

std::vector<Point> shuffled(std::span<const Point> dots, std::uint64_t seed,
                            std::uint32_t attempt) {
  std::vector<Point> mixed(dots.begin(), dots.end());
  Random random(seed, attempt, 0);
  for (std::size_t i = mixed.size(); i > 1; --i) {
    std::swap(mixed[i - 1].y, mixed[random.below(static_cast<std::uint32_t>(i))].y);
  }
  return mixed;
}

std::vector<Point> mirrored(std::span<const Point> dots) {
  std::vector<Point> other(dots.begin(), dots.end());
  for (Point& p : other) p.x = -p.x;
  return other;
}

}  // namespace defilada::legibility
