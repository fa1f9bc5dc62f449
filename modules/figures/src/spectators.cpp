// SPDX-License-Identifier: MIT
#include "defilada/figures/spectators.hpp"

#include <algorithm>
#include <cmath>

namespace defilada::figures {
namespace {

// 1 / p and 1 / p^2, where p^3 = p + 1.
constexpr double kStepX = 0.7548776662466927;
constexpr double kStepY = 0.5698402909980532;
constexpr int kTries = 10'000;  // for each place: a polygon that is thinner than that has no area

double fraction(double value) {
  return value - std::floor(value);
}

}  // namespace

std::vector<geo::Vec2> spectator_places(const geo::Polygon& polygon, int count) {
  geo::Vec2 low = polygon.outer.front();
  geo::Vec2 high = low;
  for (const geo::Vec2 p : polygon.outer) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  std::vector<geo::Vec2> places;
  for (int i = 1; static_cast<int>(places.size()) < count && i / kTries < count; ++i) {
    const geo::Vec2 place{low.x + (high.x - low.x) * fraction(0.5 + i * kStepX),
                          low.y + (high.y - low.y) * fraction(0.5 + i * kStepY)};
    if (geo::contains(polygon, place)) places.push_back(place);
  }
  if (places.empty()) places.push_back(geo::centroid(polygon));
  return places;
}

double error_of_share(double share, int places) {
  // Where all or none were found, one more might have been the other way.
  const double n = places;
  const double p = std::clamp(share, 1 / (n + 2), 1 - 1 / (n + 2));
  return 2 * std::sqrt(p * (1 - p) / n);
}

}  // namespace defilada::figures
