// SPDX-License-Identifier: MIT
#include "scene.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "defilada/core/check.hpp"
#include "defilada/core/random.hpp"

namespace defilada::crowd::validation {

std::size_t Outcome::out() const {
  return static_cast<std::size_t>(
      std::count_if(left_s.begin(), left_s.end(), [](double t) { return t < kNever; }));
}

double Outcome::cleared_s() const {
  return left_s.empty() ? 0 : *std::max_element(left_s.begin(), left_s.end());
}

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

Ground ground_of(std::vector<geo::Polygon> walkable) {
  Ground ground;
  ground.levels.push_back({"ground", 0, std::move(walkable), {}});
  return ground;
}

Ground room(double width_m, double depth_m) {
  return ground_of({rectangle(0, 0, width_m, depth_m)});
}

std::size_t add_exit(Ground& ground, const std::string& name, Vec2 from, Vec2 to, LevelId level) {
  ground.exits.push_back({name, level, Line{from, to}, {}, {}, {}, {}});
  return ground.exits.size() - 1;
}

std::vector<Person> spread(const geo::Polygon& rectangle, std::size_t count, std::uint64_t seed,
                           double radius_m) {
  const Vec2 least = rectangle.outer[0];
  const Vec2 most = rectangle.outer[2];
  const double width = most.x - least.x;
  const double depth = most.y - least.y;
  // Columns and rows with cells as square as they can be, none smaller than a body.
  std::size_t columns = 0;
  std::size_t rows = 0;
  double best = 0;
  for (std::size_t c = 1; c <= count; ++c) {
    const std::size_t r = (count + c - 1) / c;
    const double cell = std::min(width / static_cast<double>(c), depth / static_cast<double>(r));
    if (cell > best) std::tie(best, columns, rows) = std::tuple{cell, c, r};
  }
  DEFILADA_CHECK(best >= 2 * radius_m - 1e-9 || count == 0);
  const double dx = width / static_cast<double>(columns);
  const double dy = depth / static_cast<double>(rows);
  std::vector<std::size_t> cells(columns * rows);
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  Random order(seed, 0, 1);
  for (std::size_t i = cells.size(); i > 1; --i) {
    std::swap(cells[i - 1], cells[order.below(static_cast<std::uint32_t>(i))]);
  }
  std::vector<Person> people(count);
  for (std::size_t i = 0; i < count; ++i) {
    Random random(seed, static_cast<std::uint32_t>(i), 2);
    const auto within = [&](double cell) {
      const double slack = cell / 2 - radius_m - 1e-3;
      return slack > 0 ? random.uniform(-slack, slack) : 0.0;
    };
    const double x = within(dx);
    people[i].at = least + Vec2{(static_cast<double>(cells[i] % columns) + 0.5) * dx + x,
                                (static_cast<double>(cells[i] / columns) + 0.5) * dy + within(dy)};
    people[i].radius_m = radius_m;
  }
  return people;
}

double normal(std::uint64_t seed, std::uint32_t person) {
  Random random(seed, person, 3);
  const double u = 1 - random.uniform();
  const double angle = 2 * std::numbers::pi * random.uniform();
  return std::sqrt(-2 * std::log(u)) * std::cos(angle);
}

void draw_speeds(std::vector<Person>& people, double mean_mps, double deviation_mps,
                 std::uint64_t seed) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    const double z = std::clamp(normal(seed, static_cast<std::uint32_t>(i)), -3.0, 3.0);
    people[i].speed_mps = mean_mps + deviation_mps * z;
  }
}

}  // namespace defilada::crowd::validation
