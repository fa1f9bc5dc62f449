// SPDX-License-Identifier: MIT
#include "defilada/geo/route.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace defilada::geo {
namespace {

constexpr double kPi = std::numbers::pi;

TEST(Route, AQuarterTurnHasItsClosedForm) {
  const Route route = Route::make({{0, 0}, {100, 0}, {100, 100}}, 20).value();
  EXPECT_NEAR(route.length(), 80 + 10 * kPi + 80, 1e-12);
  ASSERT_EQ(route.elements().size(), 3u);
  EXPECT_NEAR(route.elements()[1].curvature, 1 / 20.0, 1e-15);
  const auto middle = route.at(80 + 5 * kPi);
  EXPECT_NEAR(middle.position.x, 80 + 20 * std::sin(kPi / 4), 1e-12);
  EXPECT_NEAR(middle.position.y, 20 - 20 * std::cos(kPi / 4), 1e-12);
  EXPECT_DOUBLE_EQ(route.least_radius(), 20);
}

TEST(Route, GoesOnStraightOutside) {
  const Route route = Route::make({{0, 0}, {10, 0}}, 0).value();
  EXPECT_EQ(route.at(-5).position, (Vec2{-5, 0}));
  EXPECT_EQ(route.at(15).position, (Vec2{15, 0}));
}

TEST(Route, FaultsAreNamed) {
  EXPECT_FALSE(Route::make({{0, 0}}, 0));
  EXPECT_FALSE(Route::make({{0, 0}, {0, 0}}, 0));
  EXPECT_FALSE(Route::make({{0, 0}, {10, 0}, {10, 10}}, 0));
  EXPECT_FALSE(Route::make({{0, 0}, {10, 0}, {0, 0}}, 1));
  EXPECT_FALSE(Route::make({{0, 0}, {std::numeric_limits<double>::infinity(), 0}}, 1));
  const auto tight = Route::make({{0, 0}, {10, 0}, {10, 100}}, 20);
  ASSERT_FALSE(tight);
  EXPECT_NE(tight.error().message.english().find("10.00 m would"), std::string::npos)
      << tight.error().message;
}

class RandomRoutes : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    std::mt19937 random(GetParam());
    std::uniform_real_distribution<double> turn(-2.2, 2.2), leg(80, 400), radius(1, 15);
    std::vector<Vec2> points{{0, 0}};
    std::vector<double> radii{0};
    double heading = turn(random);
    for (int i = 0; i < 6; ++i) {
      points.push_back(points.back() + leg(random) * Vec2{std::cos(heading), std::sin(heading)});
      radii.push_back(radius(random));
      heading += turn(random);
    }
    route_ = Route::make(points, radii).value();
  }
  Route route_;
};

// Walking the route in small steps: position continuous, speed one, direction the derivative of
// position.
TEST_P(RandomRoutes, IsParametrisedByArcLength) {
  constexpr double kStep = 1e-3;
  for (double s = -1; s < route_.length() + 1; s += 0.37) {
    const auto a = route_.at(s);
    const auto b = route_.at(s + kStep);
    EXPECT_NEAR(length(b.position - a.position), kStep, 1e-9);
    EXPECT_NEAR(dot((1 / kStep) * (b.position - a.position), a.direction), 1, 1e-5);
    EXPECT_NEAR(length(a.direction), 1, 1e-12);
    // Direction is continuous: it turns by curvature times step.
    EXPECT_NEAR(cross(a.direction, b.direction), 0, kStep * 1.01);
  }
}

// Projection against a brute-force search.
TEST_P(RandomRoutes, ProjectsToTheNearestPoint) {
  std::mt19937 random(GetParam() + 1000);
  std::uniform_real_distribution<double> along(0, route_.length()), aside(-40, 40);
  for (int i = 0; i < 40; ++i) {
    const auto pose = route_.at(along(random));
    const Vec2 point = pose.position + aside(random) * left_of(pose.direction);
    const auto found = route_.project(point);
    double best = std::numeric_limits<double>::infinity();
    for (double s = 0; s <= route_.length(); s += 0.05) {
      best = std::min(best, length(point - route_.at(s).position));
    }
    EXPECT_LE(found.distance, best + 1e-9);
    EXPECT_NEAR(found.distance, best, 0.05);
    EXPECT_NEAR(length(point - route_.at(found.s).position), found.distance, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRoutes, testing::Range(0, 20));

TEST(Route, SharedLengthEndsWhereTheWaysPart) {
  const Route avenue = Route::make({{0, 0}, {1000, 0}}, 0).value();
  const Route leaves = Route::make({{0, 0}, {600, 0}, {600, 300}}, 30).value();
  EXPECT_NEAR(avenue.shared_length(leaves), 570, 1e-9);
  EXPECT_NEAR(leaves.shared_length(avenue), 570, 1e-9);
  EXPECT_NEAR(avenue.shared_length(avenue), 1000, 1e-9);
  EXPECT_EQ(avenue.shared_length(Route::make({{0, 1}, {10, 1}}, 0).value()), 0);
}

TEST(Route, CutAndTurnLeavesToTheLeft) {
  const Route line = Route::make({{0, 0}, {-1000, 0}}, 0).value();
  const Route out = line.cut_and_turn(400, kPi / 2, 50, 100);
  EXPECT_NEAR(out.length(), 400 + 25 * kPi + 100, 1e-9);
  const Vec2 end = out.at(out.length()).position;  // westbound, left is south
  EXPECT_NEAR(end.x, -450, 1e-9);
  EXPECT_NEAR(end.y, -150, 1e-9);
  EXPECT_NEAR(line.shared_length(out), 400, 1e-9);
}

}  // namespace
}  // namespace defilada::geo
