// SPDX-License-Identifier: MIT
// The kernel's step against the equations in double precision, every pair looked at.
#include <gtest/gtest.h>

#include <limits>

#include "crowd_scene.hpp"

namespace defilada::crowd {
namespace {

/// One walker as the oracle computes him.
struct Answer {
  Vec2 velocity;
  /// How near some comparison was to falling otherwise: such walkers are not compared.
  double certainty = 1;
};

bool crosses(const Segment& wall, Vec2 p, Vec2 q) {
  const Vec2 along = wall.to - wall.from;
  const Vec2 way = q - p;
  return cross(along, p - wall.from) * cross(along, q - wall.from) < 0 &&
         cross(way, wall.from - p) * cross(way, wall.to - p) <= 0;
}

Vec2 unit(Vec2 a) {
  return (1 / geo::length(a)) * a;
}

/// The model's equations as model.hpp and the README have them.
class Oracle {
 public:
  Oracle(const Columns& people, std::span<const Wall> walls, const Kernel& kernel,
         std::span<const float> wish_x, std::span<const float> wish_y)
      : c_(people), walls_(walls), options_(kernel.options()), wish_x_(wish_x), wish_y_(wish_y) {}

  Answer walker(std::size_t i) {
    certainty_ = 1;
    const Vec2 wish = {wish_x_[i], wish_y_[i]};
    Vec2 way = std::holds_alternative<AnticipationVelocity>(options_.model)
                   ? anticipating(i, wish, std::get<AnticipationVelocity>(options_.model))
                   : repelled(i, wish, std::get<CollisionFreeSpeed>(options_.model));
    way = along_bodies(i, way);
    way = along_walls(i, way);
    const double speed = std::max(0.0, std::min(among_people(i, way), at_walls(i, way)));
    return {speed * way, certainty_};
  }

 private:
  Vec2 to(std::size_t i, std::size_t j) { return test::place(c_, j) - test::place(c_, i); }
  Vec2 facing(std::size_t i) { return {c_.ex[i], c_.ey[i]}; }
  Vec2 velocity(std::size_t i) { return {c_.vx[i], c_.vy[i]}; }
  /// Kept back from every gap.
  static constexpr double kMargin_m = 1.5e-4;
  double bodies(std::size_t i, std::size_t j) { return double{c_.radius_m[i]} + c_.radius_m[j]; }
  bool positive(double value) {
    certainty_ = std::min(certainty_, std::abs(value));
    return value > 0;
  }
  double reach() {
    if (const auto* m = std::get_if<AnticipationVelocity>(&options_.model)) return m->reach_m;
    return std::get<CollisionFreeSpeed>(options_.model).reach_m;
  }
  bool in_reach(std::size_t i, std::size_t j) {
    return i != j && positive(reach() - geo::length(to(i, j)));
  }
  bool sees(std::size_t i, std::size_t j) {
    for (const Wall& wall : walls_) {
      if (!wall.one_way && crosses(wall.line, test::place(c_, i), test::place(c_, j))) return false;
    }
    return true;
  }

  Vec2 anticipating(std::size_t i, Vec2 wish, const AnticipationVelocity& m) {
    double left = 0;
    for (std::size_t j = 0; j < c_.size; ++j) {
      if (!in_reach(i, j) || !sees(i, j)) continue;
      const Vec2 d = to(i, j);
      if (!positive(dot(wish, d))) continue;
      const double closing = dot(velocity(j) - velocity(i), unit(d));
      const double foreseen = std::max(geo::length(d) + m.anticipation_s * closing, bodies(i, j));
      const double along = dot(wish, facing(j));
      const double weight =
          m.strength * std::exp((bodies(i, j) - foreseen) / m.range_m) * (1 + (1 - along) / 2);
      const double side = cross(wish, d + double{m.anticipation_s} * velocity(j)) +
                          (positive(-along) ? m.keep_right_m : 0.0);
      left += positive(side) ? -weight : weight;
    }
    const Vec2 turned = unit(wish + left * geo::left_of(wish));
    const double follow = std::min(1.0, options_.step_s / m.reaction_s);
    return unit(facing(i) + follow * (turned - facing(i)));
  }
  Vec2 repelled(std::size_t i, Vec2 wish, const CollisionFreeSpeed& m) {
    Vec2 sum = wish;
    for (std::size_t j = 0; j < c_.size; ++j) {
      if (!in_reach(i, j) || !sees(i, j)) continue;
      const double weight =
          m.strength * std::exp((bodies(i, j) - geo::length(to(i, j))) / m.range_m);
      sum = sum - weight * unit(to(i, j));
    }
    return unit(sum);
  }
  Vec2 along_bodies(std::size_t i, Vec2 way) {
    constexpr double kContact_m = 0.1;
    int touched = 0;
    for (std::size_t j = 0; j < c_.size; ++j) {
      if (!in_reach(i, j)) continue;
      const double share = 1 - (geo::length(to(i, j)) - bodies(i, j)) / kContact_m;
      if (!positive(share) || dot(way, to(i, j)) <= 0) continue;
      way = way - std::min(share, 1.0) * dot(way, unit(to(i, j))) * unit(to(i, j));
      // Two at once depend on the order: not compared.
      if (++touched > 1) certainty_ = 0;
    }
    return unit(way);
  }
  Vec2 along_walls(std::size_t i, Vec2 way) {
    constexpr double kBuffer_m = 0.1;
    int touched = 0;
    const Vec2 p = test::place(c_, i);
    for (const Wall& wall : walls_) {
      const Vec2 d = test::nearest_point(wall.line, p) - p;
      const double gap = geo::length(d) - c_.radius_m[i] - kMargin_m;
      if (gap < 0) certainty_ = 0;  // within: pushed out
      if (!positive(kBuffer_m - gap) || dot(way, d) <= 0) continue;
      if (wall.one_way && cross(wall.line.to - wall.line.from, p - wall.line.from) > 0) continue;
      way = way - std::min(1 - gap / kBuffer_m, 1.0) * dot(way, unit(d)) * unit(d);
      if (++touched > 1) certainty_ = 0;
    }
    return unit(way);
  }
  double among_people(std::size_t i, Vec2 way) {
    const auto* anticipation = std::get_if<AnticipationVelocity>(&options_.model);
    const auto* collision_free = std::get_if<CollisionFreeSpeed>(&options_.model);
    const double time_gap = anticipation ? anticipation->time_gap_s : collision_free->time_gap_s;
    const double band = anticipation ? anticipation->band : collision_free->band;
    double speed = c_.free_speed_mps[i];
    // Nobody in the test is strained: all keep their space.
    const double space = anticipation ? anticipation->space_m : 0;
    for (std::size_t j = 0; j < c_.size; ++j) {
      if (!in_reach(i, j)) continue;
      const Vec2 d = to(i, j);
      if (!positive(dot(way, d))) continue;
      const double gap = geo::length(d) - bodies(i, j) - kMargin_m;
      speed = std::min(speed, gap / (2 * options_.step_s * dot(way, unit(d))));
      if (sees(i, j) && positive(band * bodies(i, j) - std::abs(cross(way, d)))) {
        speed = std::min(speed, (gap - space) / time_gap);
      }
    }
    return speed;
  }
  double at_walls(std::size_t i, Vec2 way) {
    double speed = std::numeric_limits<double>::infinity();
    const Vec2 p = test::place(c_, i);
    for (const Wall& wall : walls_) {
      const Vec2 d = test::nearest_point(wall.line, p) - p;
      if (wall.one_way && cross(wall.line.to - wall.line.from, p - wall.line.from) > 0) continue;
      const double into = dot(way, unit(d));
      if (into <= 1e-5) continue;
      // Almost along a wall a micrometre of the gap decides.
      if (into < 0.02 && geo::length(d) < c_.radius_m[i] + 0.01) certainty_ = 0;
      speed =
          std::min(speed, (geo::length(d) - c_.radius_m[i] - kMargin_m) / (options_.step_s * into));
    }
    return speed;
  }

  const Columns& c_;
  std::span<const Wall> walls_;
  KernelOptions options_;
  std::span<const float> wish_x_;
  std::span<const float> wish_y_;
  double certainty_ = 1;
};

class Laws : public testing::TestWithParam<Model> {};

TEST_P(Laws, AStepIsTheEquationsInDoublePrecision) {
  // The kernel's distances are right to 7e-4: at 2 m a hundredth of a weight.
  constexpr double kClose_mps = 0.03;
  constexpr double kCloseInTheMean_mps = 1e-3;
  std::size_t compared = 0;
  double sum = 0;
  for (const double per_m2 : {0.3, 1.0, 2.0, 3.5}) {
    const LevelBounds bounds = {{0, 0}, {15, 14}};
    KernelOptions options;
    options.model = GetParam();
    Kernel kernel({&bounds, 1}, 1000, options);
    std::vector<Wall> walls = test::box({0, 0}, {15, 14});
    walls.push_back({0, {{6, 2}, {7, 9}}, false, true});
    walls.push_back({0, {{13, 3}, {12, 11}}, true, false});
    kernel.set_walls(walls);
    std::vector<test::Body> people = test::lattice({0, 0}, {15, 14}, per_m2, 1000, 8);
    std::erase_if(people, [&](const test::Body& body) {
      return geo::length(test::nearest_point(walls[4].line, body.place) - body.place) < 0.21;
    });
    test::put(kernel, people, 5);
    test::wish_at_random(kernel, 5, 0);
    // The equations know nobody who wants to stay.
    for (std::size_t i = 0; i < kernel.walking().size; ++i) {
      if (kernel.wish_speed_mps()[i] > 0) continue;
      kernel.wish_x()[i] = 1;
      kernel.wish_speed_mps()[i] = kernel.walking().free_speed_mps[i];
    }
    const Columns before = kernel.walking();
    Oracle oracle(before, walls, kernel, kernel.wish_x(), kernel.wish_y());
    std::vector<Answer> expected(before.size);
    for (std::size_t i = 0; i < before.size; ++i) expected[before.person[i]] = oracle.walker(i);
    kernel.step();
    const Columns& c = kernel.walking();
    for (std::size_t i = 0; i < c.size; ++i) {
      const Answer& answer = expected[c.person[i]];
      if (answer.certainty < 2e-3) continue;
      ++compared;
      const double off = geo::length(answer.velocity - Vec2{c.vx[i], c.vy[i]});
      sum += off;
      EXPECT_LT(off, kClose_mps) << per_m2 << " per m2, person " << c.person[i];
    }
  }
  EXPECT_GT(compared, 400U);
  EXPECT_LT(sum / static_cast<double>(compared), kCloseInTheMean_mps);
}

INSTANTIATE_TEST_SUITE_P(Kernel, Laws,
                         testing::Values(Model{AnticipationVelocity{}},
                                         Model{CollisionFreeSpeed{}}),
                         test::model_name);

}  // namespace
}  // namespace defilada::crowd
