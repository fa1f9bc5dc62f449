// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/crowd/kernel.hpp"

/// Crowds for the tests of the kernel.
namespace defilada::crowd::test {

/// For tests that run with each model.
inline std::string model_name(const testing::TestParamInfo<Model>& info) {
  constexpr std::array<const char*, 3> kNames = {"anticipation", "collision_free", "reciprocal"};
  return kNames.at(info.param.index());
}

struct Body {
  Vec2 place;
  double radius_m = 0.2;
};

/// People on a jittered lattice of equal triangles, none overlapping, within a box: the densest
/// relaxed start. At most `most` of them.
inline std::vector<Body> lattice(Vec2 least, Vec2 most_corner, double per_m2, std::size_t most,
                                 std::uint64_t seed) {
  const double spacing = std::sqrt(2 / (std::sqrt(3.0) * per_m2));
  const double slack = (spacing - 0.401) / 2 / std::sqrt(2.0);
  std::vector<Body> people;
  std::uint32_t row = 0;
  for (double y = least.y + 0.22 + slack; y < most_corner.y - 0.22 - slack;
       y += spacing * std::sqrt(0.75), ++row) {
    const double start = least.x + 0.22 + slack + (row % 2 == 1 ? spacing / 2 : 0);
    for (double x = start; x < most_corner.x - 0.22 - slack && people.size() < most; x += spacing) {
      Random random(seed, static_cast<std::uint32_t>(people.size()), 0);
      const double dx = random.uniform(-1, 1) * slack;
      people.push_back({{x + dx, y + random.uniform(-1, 1) * slack}});
    }
  }
  return people;
}

/// Fills the walkers, numbered as they come; facing and speed at random.
inline void put(Kernel& kernel, const std::vector<Body>& people, std::uint64_t seed) {
  Columns& c = kernel.walking();
  c.resize(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    Random random(seed, static_cast<std::uint32_t>(i), 1);
    const double angle = random.uniform(0, 6.28);
    c.x[i] = to_fixed(people[i].place.x);
    c.y[i] = to_fixed(people[i].place.y);
    c.ex[i] = static_cast<float>(std::cos(angle));
    c.ey[i] = static_cast<float>(std::sin(angle));
    c.vx[i] = c.ex[i] * 0.5F;
    c.vy[i] = c.ey[i] * 0.5F;
    c.free_speed_mps[i] = static_cast<float>(random.uniform(0.6, 1.8));
    c.radius_m[i] = static_cast<float>(people[i].radius_m);
    c.person[i] = static_cast<std::uint32_t>(i);
    c.strain[i] = 0;
    c.turn_rad[i] = 0;
    c.level[i] = 0;
    c.errand[i] = 0;
  }
  kernel.sort_walking();
}

/// Everybody wants to go somewhere, another way every two seconds; one in eight along an axis, one
/// in eight nowhere.
inline void wish_at_random(Kernel& kernel, std::uint64_t seed, std::uint64_t step) {
  const Columns& c = kernel.walking();
  for (std::size_t i = 0; i < c.size; ++i) {
    Random random(seed, c.person[i], 100 + step / 40);
    const double angle = random.uniform(0, 6.28);
    kernel.wish_x()[i] = static_cast<float>(std::cos(angle));
    kernel.wish_y()[i] = static_cast<float>(std::sin(angle));
    kernel.wish_speed_mps()[i] = c.free_speed_mps[i];
    const std::uint32_t kind = random.below(8);
    if (kind > 1) continue;
    const float one = random.below(2) == 0 ? 1.0F : -1.0F;
    const float zero = random.below(2) == 0 ? 0.0F : -0.0F;
    kernel.wish_x()[i] = kind == 0 ? one : zero;
    kernel.wish_y()[i] = zero;
    if (kind == 1) kernel.wish_speed_mps()[i] = 0;
  }
}

/// A box, ground on the left of its walls.
inline std::vector<Wall> box(Vec2 a, Vec2 b) {
  return {{0, {a, {b.x, a.y}}}, {0, {{b.x, a.y}, b}}, {0, {b, {a.x, b.y}}}, {0, {{a.x, b.y}, a}}};
}

/// A convex obstacle with corners on a circle: ground outside.
inline void add_obstacle(std::vector<Wall>& walls, Vec2 centre, double radius_m, int corners,
                         double turn) {
  const auto at = [&](int k) {
    const double angle = turn - 2 * M_PI * k / corners;
    return centre + radius_m * Vec2{std::cos(angle), std::sin(angle)};
  };
  for (int k = 0; k < corners; ++k) walls.push_back({0, {at(k), at(k + 1)}});
}

inline Vec2 nearest_point(const Segment& line, Vec2 p) {
  const Vec2 along = line.to - line.from;
  const double t = std::clamp(dot(p - line.from, along) / dot(along, along), 0.0, 1.0);
  return line.from + t * along;
}

inline Vec2 place(const Columns& c, std::size_t i) {
  return {to_metres(c.x[i]), to_metres(c.y[i])};
}

inline std::uint64_t hash(const Columns& c) {
  std::uint64_t value = 1469598103934665603U;
  const auto add = [&](std::uint32_t bits) { value = (value ^ bits) * 1099511628211U; };
  for (std::size_t i = 0; i < c.size; ++i) {
    add(c.person[i]), add(static_cast<std::uint32_t>(c.x[i])),
        add(static_cast<std::uint32_t>(c.y[i]));
    for (const float value_of : {c.ex[i], c.ey[i], c.vx[i], c.vy[i]}) {
      add(std::bit_cast<std::uint32_t>(value_of));
    }
  }
  return value;
}

}  // namespace defilada::crowd::test
