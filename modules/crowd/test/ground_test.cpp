// SPDX-License-Identifier: MIT
#include "defilada/crowd/ground.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

Ground room(double width_m, double depth_m) {
  Ground ground;
  ground.levels.push_back({"ground", 0, {rectangle(0, 0, width_m, depth_m)}, {}});
  return ground;
}

double length_of(const std::vector<Segment>& walls) {
  return std::accumulate(walls.begin(), walls.end(), 0.0, [](double sum, const Segment& wall) {
    return sum + length(wall.to - wall.from);
  });
}

bool on_a_wall(const std::vector<Segment>& walls, Vec2 p) {
  return std::any_of(walls.begin(), walls.end(), [&](const Segment& wall) {
    const Vec2 along = wall.to - wall.from;
    const double t = std::clamp(dot(p - wall.from, along) / dot(along, along), 0.0, 1.0);
    return length(p - (wall.from + t * along)) < 1e-9;
  });
}

TEST(Ground, WallsOfARoomAreItsEdgeWithTheGroundOnTheLeft) {
  const Ground ground = room(8, 5);
  const auto edge = walls(ground, 0);
  ASSERT_EQ(edge.size(), 4U);
  EXPECT_DOUBLE_EQ(length_of(edge), 26);
  for (const Segment& wall : edge) {
    const Vec2 middle = 0.5 * (wall.from + wall.to);
    const Vec2 left = left_of(wall.to - wall.from);
    EXPECT_TRUE(walkable(ground, 0, middle + (0.1 / length(left)) * left));
  }
}

TEST(Ground, PolygonsThatTouchOrOverlapAreOneGround) {
  Ground ground;
  ground.levels.push_back(
      {"", 0, {rectangle(0, 0, 10, 10), rectangle(10, 4, 20, 6), rectangle(19, 0, 29, 10)}, {}});
  const auto joined = area(ground, 0);
  ASSERT_TRUE(joined);
  ASSERT_EQ(joined->size(), 1U);
  EXPECT_DOUBLE_EQ(geo::area(joined->front()), 100 + 100 + 18);
  const auto edge = walls(ground, 0);
  EXPECT_FALSE(on_a_wall(edge, {10, 5}));
  EXPECT_TRUE(on_a_wall(edge, {10, 3}));
}

TEST(Ground, AnObstacleIsAHoleAndItsEdgeIsStillGround) {
  Ground ground = room(10, 10);
  ground.levels[0].obstacles.push_back(rectangle(4, 4, 6, 6));
  EXPECT_DOUBLE_EQ(length_of(walls(ground, 0)), 48);
  EXPECT_FALSE(walkable(ground, 0, {5, 5}));
  EXPECT_TRUE(walkable(ground, 0, {4, 5}));
  EXPECT_FALSE(walkable(ground, 0, {11, 5}));
}

TEST(Ground, AnExitOnAWallIsAnOpeningInItUnlessShut) {
  Ground ground = room(10, 10);
  ground.exits.push_back({"door", 0, Line{{10, 4}, {10, 6}}, {}, {}, {{60, 120}}, {}});
  EXPECT_DOUBLE_EQ(length_of(walls(ground, 0, 0)), 38);
  EXPECT_FALSE(on_a_wall(walls(ground, 0, 0), {10, 5}));
  EXPECT_DOUBLE_EQ(length_of(walls(ground, 0, 60)), 40);
  EXPECT_TRUE(on_a_wall(walls(ground, 0, 60), {10, 5}));
  EXPECT_FALSE(on_a_wall(walls(ground, 0, 120), {10, 5}));
  EXPECT_EQ(change_times(ground), (std::vector<double>{60, 120}));
}

TEST(Ground, AGateOpensTheBarrierItLiesOnAndNotTheWallAcross) {
  Ground ground = room(10, 10);
  ground.barriers.push_back({"fence", 0, {{5, 0}, {5, 10}}, false, {}});
  ground.gates.push_back({"gate", 0, {{5.02, 7}, {4.98, 10}}, 2, 4, {}, {}});
  const auto all = walls(ground, 0);
  EXPECT_NEAR(length_of(all), 40 + 7, 1e-3);
  EXPECT_TRUE(on_a_wall(all, {5, 10}));  // the room's own wall
  EXPECT_FALSE(on_a_wall(all, {5, 8.5}));
}

TEST(Ground, AnOpeningOutOfReachTakesNothingAway) {
  Ground ground = room(10, 10);
  for (const double off : {0.06, -0.06}) {
    ground.exits = {{"", 0, Line{{10 + off, 4}, {10 + off, 6}}, {}, {}, {}, {}}};
    EXPECT_DOUBLE_EQ(length_of(walls(ground, 0)), 40);
  }
}

/// Law: along any wall, what the walls lose is what the openings cover.
TEST(Ground, RandomOpeningsTakeAwayWhatTheyCover) {
  for (std::uint32_t run = 0; run < 200; ++run) {
    Random random(11, run, 0);
    Ground ground = room(100, 10);
    std::vector<std::pair<double, double>> covered;
    for (std::uint32_t n = random.below(6); n > 0; --n) {
      const double a = random.uniform(-5, 105);
      const double b = random.uniform(-5, 105);
      ground.exits.push_back({"", 0, Line{{a, 0.01}, {b, -0.01}}, {}, {}, {}, {}});
      covered.emplace_back(std::min(a, b), std::max(a, b));
    }
    const auto left = walls(ground, 0);
    for (double x = 0.123; x < 100; x += 0.37) {
      const bool open = std::any_of(covered.begin(), covered.end(), [&](const auto& gap) {
        return gap.first < x && x < gap.second;
      });
      const bool near_an_end = std::any_of(covered.begin(), covered.end(), [&](const auto& gap) {
        return std::min(std::abs(gap.first - x), std::abs(gap.second - x)) < 0.01;
      });
      if (near_an_end) continue;
      EXPECT_NE(on_a_wall(left, {x, 0}), open) << "run " << run << " x " << x;
    }
  }
}

TEST(Ground, AShutCrossingMayBeLeftAndNotEntered) {
  Ground ground = room(10, 10);
  geo::Polygon clockwise{{{2, 2}, {2, 8}, {8, 8}, {8, 2}}, {}};
  ground.closures.push_back({"crossing", 0, clockwise, {{0, 50}}, {}});
  const auto lines = one_ways(ground, 0, 10);
  ASSERT_EQ(lines.size(), 4U);
  for (const Segment& line : lines) {
    EXPECT_GT(cross(line.to - line.from, Vec2{5, 5} - line.from), 0);  // the inside is its left
  }
  EXPECT_TRUE(one_ways(ground, 0, 50).empty());
}

TEST(Ground, ALandingOpensBothLevels) {
  Ground ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 10, 4)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(15, 0, 25, 4)}, {}});
  ground.stairs.push_back({"stair",
                           0,
                           rectangle(10, 1, 15, 3),
                           0.5,
                           0.4,
                           Vec2{1, 0},
                           Stair::Join{1, {{15, 1}, {15, 3}}},
                           {}});
  EXPECT_FALSE(on_a_wall(walls(ground, 0), {15, 2}));
  EXPECT_FALSE(on_a_wall(walls(ground, 1), {15, 2}));
  EXPECT_TRUE(on_a_wall(walls(ground, 1), {15, 3.5}));
  EXPECT_TRUE(walkable(ground, 0, {12, 2}));
  EXPECT_FALSE(walkable(ground, 1, {12, 2}));
  const Stair& stair = ground.stairs[0];
  EXPECT_DOUBLE_EQ(speed_factor(stair, {1, 0}), 0.4);
  EXPECT_DOUBLE_EQ(speed_factor(stair, {-1, 0}), 0.5);
  EXPECT_DOUBLE_EQ(speed_factor(stair, {0, 1}), 0.45);
}

TEST(Ground, AFaultyPolygonHasNoArea) {
  Ground ground;
  ground.levels.push_back({"", 0, {{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}, {}});
  EXPECT_FALSE(area(ground, 0));
  EXPECT_TRUE(walls(ground, 0).empty());
}

}  // namespace
}  // namespace defilada::crowd
