// SPDX-License-Identifier: MIT
#include "gate_lines.hpp"

#include <algorithm>
#include <cmath>

#include "routes.hpp"

namespace defilada::crowd {
namespace {

/// The first point at or behind (`k`, `t`) of the line that is as far from `from` as the crow
/// flies; false: it has none. So people keep their distance round corners, too.
bool next_place(const Line& line, Vec2 from, double away_m, std::size_t& k, double& t) {
  for (; k + 1 < line.size(); ++k, t = 0) {
    const Vec2 way = line[k + 1] - line[k];
    const Vec2 back = line[k] - from;
    const double a = dot(way, way);
    const double half_b = dot(way, back);
    const double root = half_b * half_b - a * (dot(back, back) - away_m * away_m);
    if (a <= 0 || root < 0) continue;
    const double leaves = (-half_b + std::sqrt(root)) / a;
    if (leaves < t || leaves > 1) continue;
    t = leaves;
    return true;
  }
  return false;
}

}  // namespace

Vec2 nearest(const Line& line, Vec2 p) {
  Vec2 best = line.front();
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Vec2 along = line[k + 1] - line[k];
    const double t = std::clamp(dot(p - line[k], along) / dot(along, along), 0.0, 1.0);
    const Vec2 q = line[k] + t * along;
    if (square(q - p) < square(best - p)) best = q;
  }
  return best;
}

Vec2 unit_left(const Line& line, Vec2 at) {
  Vec2 best = {0, 1};
  double least = 1e18;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Vec2 left = geo::left_of(line[k + 1] - line[k]);
    const double away = distance(Segment{line[k], line[k + 1]}, at);
    const double length = geo::length(left);
    if (away >= least || length <= 0) continue;
    least = away;
    best = (1 / length) * left;
  }
  return best;
}

bool parted(const Ground& ground, LevelId level, Vec2 from, Vec2 to) {
  return std::any_of(ground.barriers.begin(), ground.barriers.end(), [&](const Barrier& barrier) {
    if (barrier.level != level) return false;
    for (std::size_t k = 0; k + 1 < barrier.line.size(); ++k) {
      if (crosses({barrier.line[k], barrier.line[k + 1]}, from, to)) return true;
    }
    return false;
  });
}

std::vector<Vec2> places_along(const Ground& ground, LevelId level, const Line& line,
                               double first_m) {
  std::vector<Vec2> places;
  std::size_t k = 0;
  double t = 0;
  Vec2 at = line.front();
  double away_m = first_m;
  while (next_place(line, at, away_m, k, t)) {
    const Vec2 place = line[k] + t * (line[k + 1] - line[k]);
    if (!walkable(ground, level, place) || (!places.empty() && parted(ground, level, at, place))) {
      break;
    }
    places.push_back(at = place);
    away_m = kPitch_m;
  }
  if (places.empty()) places.push_back(line.back());
  return places;
}

bool leads_through(const Field& way, const Gate& gate, Vec2 at, Vec2 q) {
  constexpr double kBeside_m = 0.6;
  constexpr float kThere_s = 0.4F;
  const Vec2 along = gate.line.back() - gate.line.front();
  Vec2 across = geo::left_of(along);
  const double length = geo::length(across);
  if (length <= 0) return true;
  across = ((dot(across, at - q) > 0 ? -kBeside_m : kBeside_m) / length) * across;
  const auto time = [&](Vec2 p) {
    return way.time(gate.level, static_cast<float>(p.x), static_cast<float>(p.y));
  };
  // A stage may end on the line itself: no side is nearer then.
  return time(q) < kThere_s || time(q + across) < time(q - across);
}

}  // namespace defilada::crowd
