// SPDX-License-Identifier: MIT
#include "routes.hpp"

#include <algorithm>
#include <cmath>

#include "gates.hpp"

namespace defilada::crowd {
namespace {

/// Who is nearer to a serving gate picks a lane.
constexpr double kGateReach_m = 6;

bool same_line(const Line& a, const Line& b) {
  return a == b;
}
bool same_shape(const Shape& a, const Shape& b) {
  if (a.index() != b.index()) return false;
  if (const auto* line = std::get_if<Line>(&a)) return same_line(*line, std::get<Line>(b));
  const auto& p = std::get<geo::Polygon>(a);
  const auto& q = std::get<geo::Polygon>(b);
  return p.outer == q.outer && p.holes == q.holes;
}
bool same(const Route& a, const Route& b) {
  return a.quickest == b.quickest && a.exits == b.exits && a.targets.size() == b.targets.size() &&
         std::equal(a.targets.begin(), a.targets.end(), b.targets.begin(),
                    [](const Destination::Target& s, const Destination::Target& t) {
                      return s.level == t.level && s.delay_s == t.delay_s &&
                             same_shape(s.shape, t.shape);
                    });
}

/// What will open again stands open for routes: people go there and wait.
void open_what_opens(std::vector<Period>& shut, double time_s) {
  std::erase_if(shut, [&](const Period& p) { return p.to_s > time_s && std::isfinite(p.to_s); });
}

void bound(const Shape& shape, Vec2& least, Vec2& most) {
  const auto take = [&](const std::vector<Vec2>& points) {
    for (const Vec2& p : points) {
      least = {std::min(least.x, p.x), std::min(least.y, p.y)};
      most = {std::max(most.x, p.x), std::max(most.y, p.y)};
    }
  };
  if (const auto* line = std::get_if<Line>(&shape)) {
    take(*line);
  } else {
    take(std::get<geo::Polygon>(shape).outer);
  }
}

class Marker {
 public:
  Marker(const FieldGrid& grid, std::vector<std::uint8_t>& marks) : grid_(grid), marks_(marks) {}

  void mark(LevelId level, const Shape& shape, double reach_m, Mark mark) {
    constexpr double kFar = 1e18;
    Vec2 least = {kFar, kFar};
    Vec2 most = {-kFar, -kFar};
    bound(shape, least, most);
    const double cell = grid_.cell_m();
    const double reach = reach_m + cell;
    const Vec2 origin = grid_.origin();
    const auto clamp = [&](double at, std::uint32_t count) {
      return static_cast<std::uint32_t>(
          std::clamp(std::floor(at / cell), 0.0, static_cast<double>(count)));
    };
    const std::uint32_t c1 = clamp(most.x + reach - origin.x + cell, grid_.columns());
    const std::uint32_t r1 = clamp(most.y + reach - origin.y + cell, grid_.rows());
    for (std::uint32_t r = clamp(least.y - reach - origin.y, grid_.rows()); r < r1; ++r) {
      for (std::uint32_t c = clamp(least.x - reach - origin.x, grid_.columns()); c < c1; ++c) {
        const FieldGrid::Node node = (level * grid_.rows() + r) * grid_.columns() + c;
        if ((marks_[node] & mark) != 0) continue;
        if (distance(shape, grid_.centre(node)) <= reach) {
          marks_[node] = static_cast<std::uint8_t>(marks_[node] | mark);
        }
      }
    }
  }

 private:
  const FieldGrid& grid_;
  std::vector<std::uint8_t>& marks_;
};

}  // namespace

Ground for_routes(Ground ground, double time_s) {
  for (Exit& exit : ground.exits) open_what_opens(exit.shut, time_s);
  for (Gate& gate : ground.gates) open_what_opens(gate.shut, time_s);
  for (Closure& closure : ground.closures) open_what_opens(closure.shut, time_s);
  return ground;
}

std::uint16_t Routes::add(Route route) {
  const auto found =
      std::find_if(routes_.begin(), routes_.end(), [&](const Route& r) { return same(r, route); });
  const auto index = static_cast<std::uint16_t>(found - routes_.begin());
  if (found == routes_.end()) routes_.push_back(std::move(route));
  return index;
}

bool Routes::any_quickest() const {
  return std::any_of(routes_.begin(), routes_.end(), [](const Route& r) { return r.quickest; });
}

Status Routes::solve(const Ground& ground, GridOptions options, double time_s) {
  options.time_s = time_s;
  const Ground open = for_routes(ground, time_s);
  auto grid = FieldGrid::make(open, options);
  if (!grid) return tl::unexpected(grid.error());
  fields_.clear();
  grid_ = std::make_unique<FieldGrid>(std::move(*grid));
  shut_.assign(ground.exits.size(), false);
  for (std::size_t k = 0; k < shut_.size(); ++k) shut_[k] = holds(open.exits[k].shut, time_s);
  std::vector<Destination> destinations;
  for (const Route& route : routes_) destinations.push_back(destination(route));
  for (auto& field : travel_times(*grid_, destinations)) {
    fields_.push_back(field ? std::make_unique<Field>(std::move(*field)) : nullptr);
  }
  detours_.reset();
  detour_of_.assign(routes_.size(), kNoDetour);
  return any_quickest() ? solve_detours(open, options) : Status();
}

Status Routes::solve_detours(const Ground& open, const GridOptions& options) {
  std::vector<Destination> destinations;
  std::vector<const Field*> fine;
  for (std::size_t k = 0; k < routes_.size(); ++k) {
    if (!routes_[k].quickest) continue;
    detour_of_[k] = destinations.size();
    destinations.push_back(destination(routes_[k]));
    fine.push_back(fields_[k].get());
  }
  auto detours = Detours::make(open, options, std::move(destinations), fine);
  if (!detours) return tl::unexpected(detours.error());
  detours_ = std::make_unique<Detours>(std::move(*detours));
  return {};
}

Destination Routes::destination(const Route& route) const {
  Destination result;
  for (std::size_t k = 0; k < route.targets.size(); ++k) {
    if (route.exits.empty() || !shut_[route.exits[k]]) result.targets.push_back(route.targets[k]);
  }
  return result;
}

namespace {

/// Andrew's monotone chain, counter-clockwise.
geo::Polygon hull(const geo::Polygon& polygon) {
  std::vector<Vec2> points = polygon.outer;
  std::sort(points.begin(), points.end(),
            [](Vec2 a, Vec2 b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  std::vector<Vec2> chain;
  const auto half = [&](auto from, auto to) {
    const std::size_t begin = chain.size();
    for (auto it = from; it != to; ++it) {
      while (chain.size() >= begin + 2 &&
             cross(chain.back() - chain[chain.size() - 2], *it - chain.back()) <= 0) {
        chain.pop_back();
      }
      chain.push_back(*it);
    }
    chain.pop_back();  // the other half begins with it
  };
  half(points.begin(), points.end());
  half(points.rbegin(), points.rend());
  return {std::move(chain), {}};
}

}  // namespace

std::vector<std::uint8_t> marks_of(const Ground& ground, const FieldGrid& grid,
                                   const Routes& routes, const GateService& gates) {
  std::vector<std::uint8_t> marks(grid.size(), 0);
  constexpr double kHalfDiagonal = 0.71;
  for (FieldGrid::Node node = 0; node < grid.size(); ++node) {
    if (!grid.near_wall(node)) continue;
    const double away = grid.clearance(grid.level(node), grid.centre(node));
    if (away <= kHalfDiagonal * grid.cell_m()) marks[node] = kCutByWall;
  }
  Marker marker(grid, marks);
  for (std::size_t k = 0; k < routes.size(); ++k) {
    for (const Destination::Target& target : routes.route(k).targets) {
      const auto* area = std::get_if<geo::Polygon>(&target.shape);
      // Who has a spot goes there straight, over the corner of an area that is not convex too.
      const bool to_spots = area != nullptr && routes.route(k).exits.empty();
      marker.mark(target.level, to_spots ? Shape(hull(*area)) : target.shape, kTargetReach_m,
                  kNearTarget);
    }
  }
  for (std::size_t index = 0; index < ground.gates.size(); ++index) {
    const Gate& gate = ground.gates[index];
    if (gate.service_s > 0) marker.mark(gate.level, gate.line, kGateReach_m, kNearGate);
    for (const Segment& queue : gates.queue_places(index)) {
      marker.mark(gate.level, Line{queue.from, queue.to}, kGateReach_m, kNearGate);
    }
  }
  for (const Exit& exit : ground.exits) {
    marker.mark(exit.level, exit.shape, kTargetReach_m, kNearExit);
  }
  for (const Stair& stair : ground.stairs) {
    marker.mark(stair.level, stair.polygon, 0, kOnStair);
    if (!stair.join) continue;
    const Line landing = {stair.join->landing.from, stair.join->landing.to};
    marker.mark(stair.level, landing, kTargetReach_m, kNearLanding);
    marker.mark(stair.join->level, landing, kTargetReach_m, kNearLanding);
    for (const LevelId level : {stair.level, stair.join->level}) {
      marker.mark(level, landing, kSeenAtLanding_m, kSeesLanding);
    }
  }
  return marks;
}

double distance(const Segment& line, Vec2 point) {
  const Vec2 along = line.to - line.from;
  const double square = dot(along, along);
  const double t = square > 0 ? std::clamp(dot(point - line.from, along) / square, 0.0, 1.0) : 0.0;
  const Vec2 away = line.from + t * along - point;
  return std::sqrt(dot(away, away));
}

double distance(const Shape& shape, Vec2 point) {
  double least = 1e18;
  const auto chain = [&](const std::vector<Vec2>& points, bool closed) {
    for (std::size_t k = 0; k + 1 < points.size(); ++k) {
      least = std::min(least, distance(Segment{points[k], points[k + 1]}, point));
    }
    if (closed) least = std::min(least, distance(Segment{points.back(), points.front()}, point));
  };
  if (const auto* line = std::get_if<Line>(&shape)) {
    chain(*line, false);
    return least;
  }
  const auto& polygon = std::get<geo::Polygon>(shape);
  if (geo::contains(polygon, point)) return 0;
  chain(polygon.outer, true);
  for (const auto& hole : polygon.holes) chain(hole, true);
  return least;
}

bool crosses(const Segment& line, Vec2 from, Vec2 to) {
  const Vec2 along = line.to - line.from;
  const Vec2 way = to - from;
  const double a = cross(along, from - line.from);
  const double b = cross(along, to - line.from);
  // Who stands on the line is on its right: he has crossed it when he steps back to the left, or he
  // would be on the wrong side of it for ever after.
  return (a > 0) != (b > 0) && cross(way, line.from - from) * cross(way, line.to - from) <= 0;
}

bool reached(const Shape& shape, Vec2 was, Vec2 now, double reach_m) {
  if (const auto* line = std::get_if<Line>(&shape)) {
    for (std::size_t k = 0; k + 1 < line->size(); ++k) {
      const Segment segment = {(*line)[k], (*line)[k + 1]};
      if (crosses(segment, was, now) || distance(segment, now) <= reach_m) return true;
    }
    return false;
  }
  return distance(shape, now) <= reach_m;
}

}  // namespace defilada::crowd
