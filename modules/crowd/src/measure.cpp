// SPDX-License-Identifier: MIT
#include "defilada/crowd/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/core/check.hpp"
#include "routes.hpp"

namespace defilada::crowd {
namespace {

/// People by square, to be found from a point.
class Nearest {
 public:
  Nearest(std::span<const Standpoint> people, double cut_off_m)
      : people_(people), cell_(std::max(cut_off_m, 0.5)), cut_off_(cut_off_m) {
    for (const Standpoint& p : people) {
      least_ = {std::min(least_.x, p.at.x), std::min(least_.y, p.at.y)};
      most_ = {std::max(most_.x, p.at.x), std::max(most_.y, p.at.y)};
    }
    if (people.empty()) return;
    columns_ = static_cast<std::size_t>((most_.x - least_.x) / cell_) + 1;
    rows_ = static_cast<std::size_t>((most_.y - least_.y) / cell_) + 1;
    cells_.resize(columns_ * rows_);
    for (std::uint32_t k = 0; k < people.size(); ++k) {
      cells_[index(people[k].at.x - least_.x, columns_) +
             columns_ * index(people[k].at.y - least_.y, rows_)]
          .push_back(k);
    }
  }

  /// The nearest person within the cut-off, or people.size(); of two as near the first.
  [[nodiscard]] std::size_t of(Vec2 p) const {
    std::size_t best = people_.size();
    if (people_.empty()) return best;
    double least = cut_off_ * cut_off_;
    const auto span = [&](double at, std::size_t count) {
      const double cell = std::floor(at / cell_);
      const auto clamp = [&](double c) {
        return static_cast<std::size_t>(std::clamp(c, 0.0, static_cast<double>(count - 1)));
      };
      return std::pair{clamp(cell - 1), clamp(cell + 1)};
    };
    const auto [c0, c1] = span(p.x - least_.x, columns_);
    const auto [r0, r1] = span(p.y - least_.y, rows_);
    for (std::size_t r = r0; r <= r1; ++r) {
      for (std::size_t c = c0; c <= c1; ++c) {
        for (const std::uint32_t k : cells_[r * columns_ + c]) {
          const Vec2 d = people_[k].at - p;
          const double square = dot(d, d);
          if (square < least || (square == least && k < best)) {
            least = square;
            best = k;
          }
        }
      }
    }
    return best;
  }
  [[nodiscard]] Vec2 least() const { return least_; }
  [[nodiscard]] Vec2 most() const { return most_; }

 private:
  [[nodiscard]] std::size_t index(double at, std::size_t count) const {
    return std::min(static_cast<std::size_t>(at / cell_), count - 1);
  }
  std::span<const Standpoint> people_;
  double cell_;
  double cut_off_;
  Vec2 least_{1e18, 1e18};
  Vec2 most_{-1e18, -1e18};
  std::size_t columns_ = 0;
  std::size_t rows_ = 0;
  std::vector<std::vector<std::uint32_t>> cells_;
};

constexpr std::array<double, 5> kArea_m2 = {3.24, 2.32, 1.39, 0.93, 0.46};

}  // namespace

LevelOfService level_of_service(double persons_per_m2) noexcept {
  int level = 0;
  for (const double area : kArea_m2) level += persons_per_m2 * area > 1 ? 1 : 0;
  return static_cast<LevelOfService>(level);
}

double most_dense(LevelOfService level) noexcept {
  const auto index = static_cast<std::size_t>(level);
  return index < kArea_m2.size() ? 1 / kArea_m2[index] : std::numeric_limits<double>::infinity();
}

double weidmann_speed_mps(double persons_per_m2) noexcept {
  constexpr double kFree_mps = 1.34;
  constexpr double kGamma = 1.913;
  constexpr double kMost_per_m2 = 5.4;
  if (persons_per_m2 <= 0) return kFree_mps;
  if (persons_per_m2 >= kMost_per_m2) return 0;
  return kFree_mps * (1 - std::exp(-kGamma * (1 / persons_per_m2 - 1 / kMost_per_m2)));
}

void LineCounter::see(const Simulation::Moved& moved) {
  const Columns& c = moved.walking;
  const Vec2 along = line_.to - line_.from;
  for (std::size_t i = 0; i < moved.was_x.size(); ++i) {
    if (c.level[i] != level_) continue;
    const Vec2 was = {to_metres(moved.was_x[i]), to_metres(moved.was_y[i])};
    const Vec2 now = {to_metres(c.x[i]), to_metres(c.y[i])};
    // On the line counts as on its right: nobody is counted twice or never.
    const bool left_then = cross(along, was - line_.from) > 0;
    const bool left_now = cross(along, now - line_.from) > 0;
    if (left_then == left_now) continue;
    const Vec2 way = now - was;
    if (cross(way, line_.from - was) * cross(way, line_.to - was) > 0) continue;
    const float speed = std::hypot(c.vx[i], c.vy[i]);
    crossings_.push_back({static_cast<float>(moved.time_s), speed, c.person[i], left_then});
  }
}

std::int64_t LineCounter::net() const {
  std::int64_t sum = 0;
  for (const Crossing& crossing : crossings_) sum += crossing.to_right ? 1 : -1;
  return sum;
}

double LineCounter::flow_per_m_s(double from_s, double to_s) const {
  double sum = 0;
  for (const Crossing& c : crossings_) {
    if (double{c.time_s} >= from_s && double{c.time_s} < to_s) sum += c.to_right ? 1 : -1;
  }
  return sum / (to_s - from_s) / geo::length(line_.to - line_.from);
}

double LineCounter::speed_mps(double from_s, double to_s) const {
  double slowness = 0;
  double count = 0;
  for (const Crossing& c : crossings_) {
    if (double{c.time_s} < from_s || double{c.time_s} >= to_s) continue;
    slowness += 1 / std::max(double{c.speed_mps}, 1e-3);
    count += 1;
  }
  return count > 0 ? count / slowness : 0;
}

std::vector<Standpoint> standpoints(const Simulation& simulation, LevelId level) {
  std::vector<Standpoint> people;
  for (const Columns* c : {&simulation.walking(), &simulation.standing()}) {
    for (std::size_t i = 0; i < c->size; ++i) {
      if (c->level[i] != level) continue;
      people.push_back({{to_metres(c->x[i]), to_metres(c->y[i])},
                        {double{c->vx[i]}, double{c->vy[i]}},
                        c->person[i]});
    }
  }
  return people;
}

std::uint64_t occupancy(const Simulation& simulation, LevelId level, const geo::Polygon& polygon) {
  const std::vector<Standpoint> people = standpoints(simulation, level);
  return static_cast<std::uint64_t>(
      std::count_if(people.begin(), people.end(),
                    [&](const Standpoint& p) { return geo::contains(polygon, p.at); }));
}

std::vector<double> voronoi_areas_m2(std::span<const Standpoint> people, double cut_off_m,
                                     double raster_m, const FieldGrid* ground, LevelId level) {
  std::vector<double> areas(people.size(), 0);
  if (people.empty()) return areas;
  const Nearest nearest(people, cut_off_m);
  const Vec2 least = nearest.least();
  const auto columns =
      static_cast<std::size_t>(std::ceil((nearest.most().x - least.x + 2 * cut_off_m) / raster_m));
  const auto rows =
      static_cast<std::size_t>(std::ceil((nearest.most().y - least.y + 2 * cut_off_m) / raster_m));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      const Vec2 p = {least.x - cut_off_m + (static_cast<double>(c) + 0.5) * raster_m,
                      least.y - cut_off_m + (static_cast<double>(r) + 0.5) * raster_m};
      if (ground != nullptr) {
        const FieldGrid::Node node = ground->node(level, p.x, p.y);
        if (node == FieldGrid::kNone || !ground->is_ground(node)) continue;
      }
      const std::size_t k = nearest.of(p);
      if (k < people.size()) areas[k] += raster_m * raster_m;
    }
  }
  return areas;
}

double voronoi_density_per_m2(std::span<const Standpoint> people, const geo::Polygon& polygon,
                              double raster_m) {
  constexpr double kCutOff_m = 2;
  const std::vector<double> areas = voronoi_areas_m2(people, kCutOff_m, raster_m);
  const Nearest nearest(people, kCutOff_m);
  Vec2 least = polygon.outer.front();
  Vec2 most = least;
  for (const Vec2& p : polygon.outer) {
    least = {std::min(least.x, p.x), std::min(least.y, p.y)};
    most = {std::max(most.x, p.x), std::max(most.y, p.y)};
  }
  double sum = 0;
  double area = 0;
  for (double y = least.y + raster_m / 2; y < most.y; y += raster_m) {
    for (double x = least.x + raster_m / 2; x < most.x; x += raster_m) {
      if (!geo::contains(polygon, {x, y})) continue;
      area += 1;
      const std::size_t k = nearest.of({x, y});
      if (k < people.size() && areas[k] > 0) sum += 1 / areas[k];
    }
  }
  return area > 0 ? sum / area : 0;
}

double clearance_s(const Simulation& simulation, double share) {
  DEFILADA_CHECK(share > 0 && share <= 1);
  std::vector<float> left(simulation.left_s().begin(), simulation.left_s().end());
  if (left.empty()) return 0;
  const auto nth =
      static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(left.size()) - 1e-9)) - 1;
  std::nth_element(left.begin(), left.begin() + nth, left.end());
  return double{left[static_cast<std::size_t>(nth)]};
}

}  // namespace defilada::crowd
