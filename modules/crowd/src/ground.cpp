// SPDX-License-Identifier: MIT
#include "defilada/crowd/ground.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "overlay.hpp"
#include "walls.hpp"

namespace defilada::crowd {
namespace {

using geo::cross;
using geo::dot;

/// Within ten degrees.
constexpr double kAlongSine = 0.17;
/// Shorter ends of walls are not kept.
constexpr double kShortestM = 1e-3;

void add_ring(const std::vector<Vec2>& ring, std::vector<Segment>& out) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    out.push_back({ring[i], ring[(i + 1) % ring.size()]});
  }
}

void add_shape(const Shape& shape, std::vector<Segment>& out) {
  if (const auto* line = std::get_if<Line>(&shape)) add_edges(*line, out);
}

/// Where along `wall`, from 0 to 1, `opening` takes it away; an empty interval if it does not.
std::pair<double, double> taken(const Segment& wall, const Segment& opening) {
  const Vec2 along = wall.to - wall.from;
  const Vec2 way = opening.to - opening.from;
  const double wall_m = length(along);
  const double way_m = length(way);
  if (wall_m == 0 || way_m == 0) return {0, 0};
  if (std::abs(cross(along, way)) > kAlongSine * wall_m * way_m) return {0, 0};
  const double inverse = 1 / (wall_m * wall_m);
  double a = dot(opening.from - wall.from, along) * inverse;
  double b = dot(opening.to - wall.from, along) * inverse;
  double off_a = std::abs(cross(along, opening.from - wall.from)) / wall_m;
  double off_b = std::abs(cross(along, opening.to - wall.from)) / wall_m;
  if (a > b) {
    std::swap(a, b);
    std::swap(off_a, off_b);
  }
  if (off_a > kOpeningReachM && off_b > kOpeningReachM) return {0, 0};
  // The stretch of the opening that lies near enough to the wall's line.
  const double low =
      off_a <= kOpeningReachM ? a : a + (b - a) * (off_a - kOpeningReachM) / (off_a - off_b);
  const double high =
      off_b <= kOpeningReachM ? b : b - (b - a) * (off_b - kOpeningReachM) / (off_b - off_a);
  return {std::clamp(low, 0.0, 1.0), std::clamp(high, 0.0, 1.0)};
}

std::vector<Segment> openings(const Ground& ground, LevelId level, double time_s) {
  std::vector<Segment> out;
  for (const Exit& exit : ground.exits) {
    if (exit.level == level && !holds(exit.shut, time_s)) add_shape(exit.shape, out);
  }
  for (const Gate& gate : ground.gates) {
    if (gate.level == level && !holds(gate.shut, time_s)) add_edges(gate.line, out);
  }
  for (const Stair& stair : ground.stairs) {
    if (stair.join && (stair.level == level || stair.join->level == level)) {
      out.push_back(stair.join->landing);
    }
  }
  return out;
}

/// Lines that are walls while shut.
void add_shut(const Ground& ground, LevelId level, double time_s, std::vector<Segment>& out) {
  for (const Exit& exit : ground.exits) {
    if (exit.level == level && holds(exit.shut, time_s)) add_shape(exit.shape, out);
  }
  for (const Gate& gate : ground.gates) {
    if (gate.level == level && holds(gate.shut, time_s)) add_edges(gate.line, out);
  }
  for (const Closure& closure : ground.closures) {
    if (closure.level == level && holds(closure.shut, time_s)) add_shape(closure.shape, out);
  }
}

void add_changes(const std::vector<Period>& periods, std::vector<double>& out) {
  for (const Period& period : periods) {
    if (!(period.from_s < period.to_s)) continue;
    for (const double t : {period.from_s, period.to_s}) {
      if (std::isfinite(t)) out.push_back(t);
    }
  }
}

bool anticlockwise(const std::vector<Vec2>& ring) {
  double twice = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    twice += cross(ring[i] - ring[0], ring[i + 1] - ring[0]);
  }
  return twice > 0;
}

}  // namespace

void cut(const Segment& wall, const std::vector<Segment>& openings, std::vector<Segment>& out) {
  std::vector<std::pair<double, double>> gaps;
  for (const Segment& opening : openings) {
    const auto gap = taken(wall, opening);
    if (gap.first < gap.second) gaps.push_back(gap);
  }
  if (gaps.empty()) {
    out.push_back(wall);
    return;
  }
  std::sort(gaps.begin(), gaps.end());
  gaps.emplace_back(1, 1);
  const Vec2 along = wall.to - wall.from;
  const double least = kShortestM / length(along);
  double from = 0;
  for (const auto& [low, high] : gaps) {
    if (low - from > least) {
      out.push_back({from == 0 ? wall.from : wall.from + from * along,
                     low == 1 ? wall.to : wall.from + low * along});
    }
    from = std::max(from, high);
  }
}

void add_edges(const Line& line, std::vector<Segment>& out) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) out.push_back({line[i], line[i + 1]});
}
void add_edges(const geo::Polygon& polygon, std::vector<Segment>& out) {
  add_ring(polygon.outer, out);
  for (const auto& hole : polygon.holes) add_ring(hole, out);
}
std::vector<Segment> edges_of(const Shape& shape) {
  std::vector<Segment> out;
  std::visit([&](const auto& of) { add_edges(of, out); }, shape);
  return out;
}

bool holds(const std::vector<Period>& periods, double time_s) noexcept {
  return std::any_of(periods.begin(), periods.end(), [&](const Period& period) {
    return period.from_s <= time_s && time_s < period.to_s;
  });
}

double speed_factor(const Stair& stair, Vec2 heading) noexcept {
  if (!stair.up || !stair.up_factor) return stair.speed_factor;
  const double rise = std::clamp(dot(*stair.up, heading), -1.0, 1.0);
  const double half = 0.5 * (1 + rise);
  return stair.speed_factor + half * (*stair.up_factor - stair.speed_factor);
}

Result<std::vector<geo::Polygon>> area(const Ground& ground, LevelId level) {
  const overlay::Polygons& taken_off = ground.levels[level].obstacles;
  overlay::Polygons parts = ground.levels[level].walkable;
  for (const Stair& stair : ground.stairs) {
    if (stair.level == level) parts.push_back(stair.polygon);
  }
  for (const auto& polygons : {std::cref(parts), std::cref(taken_off)}) {
    for (const geo::Polygon& polygon : polygons.get()) {
      if (auto status = geo::validate(polygon); !status) return tl::unexpected(status.error());
    }
  }
  return overlay::merged(parts, taken_off);
}

std::vector<Segment> walls(const Ground& ground, LevelId level, double time_s) {
  return walls(ground, level, time_s, area(ground, level).value_or(std::vector<geo::Polygon>{}));
}

std::vector<Segment> walls(const Ground& ground, LevelId level, double time_s,
                           const std::vector<geo::Polygon>& area) {
  std::vector<Segment> whole;
  for (const geo::Polygon& polygon : area) add_edges(polygon, whole);
  for (const Barrier& barrier : ground.barriers) {
    if (barrier.level == level && !barrier.one_way) add_edges(barrier.line, whole);
  }
  const std::vector<Segment> gaps = openings(ground, level, time_s);
  std::vector<Segment> out;
  for (const Segment& wall : whole) cut(wall, gaps, out);
  // Where a wall stands anyway, a shut line adds none: two walls would push twice as hard.
  std::vector<Segment> shut;
  add_shut(ground, level, time_s, shut);
  for (const Segment& wall : shut) cut(wall, std::vector(out), out);
  return out;
}

std::vector<Segment> one_ways(const Ground& ground, LevelId level, double time_s) {
  std::vector<Segment> out;
  for (const Barrier& barrier : ground.barriers) {
    if (barrier.level == level && barrier.one_way) add_edges(barrier.line, out);
  }
  for (const Closure& closure : ground.closures) {
    const auto* polygon = std::get_if<geo::Polygon>(&closure.shape);
    if (polygon == nullptr || closure.level != level || !holds(closure.shut, time_s)) continue;
    std::vector<Vec2> ring = polygon->outer;
    if (!anticlockwise(ring)) std::reverse(ring.begin(), ring.end());
    add_ring(ring, out);
    for (std::vector<Vec2> hole : polygon->holes) {
      if (anticlockwise(hole)) std::reverse(hole.begin(), hole.end());
      add_ring(hole, out);
    }
  }
  return out;
}

bool walkable(const Ground& ground, LevelId level, Vec2 point) {
  const Level& floor = ground.levels[level];
  const auto within = [&](const geo::Polygon& polygon) { return geo::contains(polygon, point); };
  // An obstacle's edge is still ground: what is taken off is its inside.
  const auto inside = [&](const geo::Polygon& polygon) {
    if (!geo::contains(polygon, point)) return false;
    const auto on = [&](const std::vector<Vec2>& ring) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const Vec2 a = ring[i];
        const Vec2 b = ring[(i + 1) % ring.size()];
        if (cross(b - a, point - a) == 0 && dot(point - a, point - b) <= 0) return true;
      }
      return false;
    };
    return !on(polygon.outer) && std::none_of(polygon.holes.begin(), polygon.holes.end(), on);
  };
  const bool ground_there =
      std::any_of(floor.walkable.begin(), floor.walkable.end(), within) ||
      std::any_of(ground.stairs.begin(), ground.stairs.end(), [&](const Stair& stair) {
        return stair.level == level && within(stair.polygon);
      });
  return ground_there && std::none_of(floor.obstacles.begin(), floor.obstacles.end(), inside);
}

std::vector<double> change_times(const Ground& ground) {
  std::vector<double> out;
  for (const Exit& exit : ground.exits) add_changes(exit.shut, out);
  for (const Gate& gate : ground.gates) add_changes(gate.shut, out);
  for (const Closure& closure : ground.closures) add_changes(closure.shut, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace defilada::crowd
