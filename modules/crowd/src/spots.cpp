// SPDX-License-Identifier: MIT
#include "spots.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/random.hpp"
#include "defilada/crowd/simulation.hpp"

namespace defilada::crowd {
namespace {

struct Rectangle {
  Vec2 least;
  Vec2 most;
};

Rectangle bounds(const geo::Polygon& polygon) {
  Rectangle r = {polygon.outer.front(), polygon.outer.front()};
  for (const Vec2& p : polygon.outer) {
    r.least = {std::min(r.least.x, p.x), std::min(r.least.y, p.y)};
    r.most = {std::max(r.most.x, p.x), std::max(r.most.y, p.y)};
  }
  return r;
}

bool clear(const FieldGrid& grid, LevelId level, Vec2 p, double radius_m) {
  const FieldGrid::Node node = grid.node(level, p.x, p.y);
  return node != FieldGrid::kNone && grid.is_ground(node) && grid.clearance(level, p) > radius_m;
}

/// Points of a lattice of equal triangles in the polygon, clear of walls, at most `most` of them.
std::vector<Vec2> lattice(const FieldGrid& grid, LevelId level, const geo::Polygon& polygon,
                          double spacing_m, double radius_m, std::size_t most) {
  const auto [least, corner] = bounds(polygon);
  std::vector<Vec2> points;
  int row = 0;
  const double margin = radius_m + 0.005;
  for (double y = least.y + margin; y < corner.y - radius_m;
       y += spacing_m * std::sqrt(0.75), ++row) {
    const double start = least.x + margin + (row % 2 == 1 ? spacing_m / 2 : 0);
    for (double x = start; x < corner.x - radius_m; x += spacing_m) {
      if (points.size() >= most) return points;
      if (geo::contains(polygon, {x, y}) && clear(grid, level, {x, y}, radius_m)) {
        points.push_back({x, y});
      }
    }
  }
  return points;
}

/// One after the other at random, each clear of those before: works up to about 3 bodies of 0.2 m
/// per m2.
class RandomPlaces {
 public:
  RandomPlaces(const Rectangle& box, double apart_m)
      : box_(box),
        apart_(apart_m),
        columns_(static_cast<std::size_t>((box.most.x - box.least.x) / apart_m) + 3),
        cells_(columns_ * (static_cast<std::size_t>((box.most.y - box.least.y) / apart_m) + 3)) {}

  bool add(Vec2 p) {
    const std::size_t at = cell(p);
    for (const std::size_t row : {at - columns_, at, at + columns_}) {
      for (std::size_t c = row - 1; c <= row + 1; ++c) {
        for (const Vec2& other : cells_[c]) {
          if (geo::length(other - p) < apart_) return false;
        }
      }
    }
    cells_[at].push_back(p);
    return true;
  }

 private:
  [[nodiscard]] std::size_t cell(Vec2 p) const {
    return (static_cast<std::size_t>((p.y - box_.least.y) / apart_) + 1) * columns_ +
           static_cast<std::size_t>((p.x - box_.least.x) / apart_) + 1;
  }
  Rectangle box_;
  double apart_;
  std::size_t columns_;
  std::vector<std::vector<Vec2>> cells_;
};

}  // namespace

Spots::Spots(const FieldGrid& grid, const Stage& stage, const Option& option,
             const Field* time_in) {
  struct Place {
    double rank;
    Vec2 at;
  };
  std::vector<Place> places;
  for (const Destination::Target& target : option.targets) {
    const auto* polygon = std::get_if<geo::Polygon>(&target.shape);
    if (polygon == nullptr) continue;
    for (const Vec2& p :
         lattice(grid, target.level, *polygon, stage.spacing_m, kBody_m, SIZE_MAX)) {
      const double rank = stage.look_at ? geo::length(p - *stage.look_at)
                          : time_in != nullptr
                              ? -double{time_in->time(target.level, static_cast<float>(p.x),
                                                      static_cast<float>(p.y))}
                              : 0;
      places.push_back({rank, p});
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.rank < b.rank; });
  for (const Place& place : places) places_.push_back(place.at);
  taken_.assign(places_.size(), 0);
}

std::uint32_t Spots::next_free(std::uint32_t from) const {
  const auto begin = taken_.begin() + std::min<std::ptrdiff_t>(from, std::ssize(taken_));
  return static_cast<std::uint32_t>(std::find(begin, taken_.end(), 0) - taken_.begin());
}

void Spots::give_back(std::uint32_t spot) {
  taken_[spot] = 0;
  first_free_ = std::min(first_free_, spot);
}

std::vector<Vec2> relaxed_places(const FieldGrid& grid, LevelId level, const geo::Polygon& polygon,
                                 std::size_t count, double radius_m, std::uint64_t seed) {
  constexpr double kGap_m = 0.005;
  constexpr int kAttempts = 60;
  const Rectangle box = bounds(polygon);
  const double apart = 2 * radius_m + kGap_m;
  RandomPlaces places(box, apart);
  std::vector<Vec2> result;
  const auto stream = static_cast<std::uint32_t>(level);
  Random random(seed, stream, 1ULL << 61U);
  for (std::size_t attempt = 0; attempt < count * kAttempts && result.size() < count; ++attempt) {
    const double x = random.uniform(box.least.x, box.most.x);
    const Vec2 p = {x, random.uniform(box.least.y, box.most.y)};
    if (geo::contains(polygon, p) && clear(grid, level, p, radius_m + kGap_m) && places.add(p)) {
      result.push_back(p);
    }
  }
  if (result.size() == count) return result;
  // Too dense for chance: the widest lattice that has room, by bisection, shaken.
  double narrow = apart;
  double wide = apart + std::sqrt(geo::area(polygon) / static_cast<double>(count)) * 2;
  for (int k = 0; k < 24; ++k) {
    const double middle = (narrow + wide) / 2;
    const bool enough =
        lattice(grid, level, polygon, middle, radius_m + kGap_m, count).size() >= count;
    (enough ? narrow : wide) = middle;
  }
  result = lattice(grid, level, polygon, narrow, radius_m + kGap_m, count);
  const double slack = (narrow - apart) / 2 / std::sqrt(2.0);
  for (Vec2& p : result) {
    const Vec2 shaken = {p.x + random.uniform(-1, 1) * slack, p.y + random.uniform(-1, 1) * slack};
    if (geo::contains(polygon, shaken) && clear(grid, level, shaken, radius_m + kGap_m)) p = shaken;
  }
  return result;
}

}  // namespace defilada::crowd
