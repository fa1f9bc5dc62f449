// SPDX-License-Identifier: MIT
#include "defilada/formation/perspective.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/formation/layout.hpp"

namespace defilada::formation {
namespace {

using ::testing::HasSubstr;

struct Case {
  std::string text;
  int slots;
};
const std::vector<Case> kCases = {{"80", 26}, {"70", 20}, {"100", 22}, {"100", 29}, {"71", 10}};

double distance(Spot a, Spot b) {
  return std::hypot(a.back_m - b.back_m, a.left_m - b.left_m);
}

double least_distance(const std::vector<Spot>& spots) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < spots.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) least = std::min(least, distance(spots[i], spots[j]));
  }
  return least;
}

/// A pinhole by hand: azimuth and elevation of the spot, turned to the line of sight. It shares no
/// line with Sight.
Point pinhole(const Eye& eye, Spot aim, Spot spot) {
  const auto vector = [&](Spot s, double out[3]) {
    out[0] = -s.back_m - eye.ahead_m;
    out[1] = s.left_m - eye.left_m;
    out[2] = eye.below_m;
  };
  double a[3];
  double v[3];
  vector(aim, a);
  vector(spot, v);
  const double heading = std::atan2(a[1], a[0]);
  const double elevation = std::atan2(a[2], std::hypot(a[0], a[1]));
  // Turn about the vertical until the aim lies ahead, then about the left until it lies level.
  const double x1 = v[0] * std::cos(heading) + v[1] * std::sin(heading);
  const double left = -v[0] * std::sin(heading) + v[1] * std::cos(heading);
  const double depth = x1 * std::cos(elevation) + v[2] * std::sin(elevation);
  const double up = -x1 * std::sin(elevation) + v[2] * std::cos(elevation);
  return {-left / depth, up / depth};
}

Eye random_eye(Random& random) {
  const double below_m = random.uniform(60, 400);
  const double away_m = below_m * random.uniform(0.4, 2.0);
  const double angle = random.uniform(0, 6.28);
  return {away_m * std::cos(angle), away_m * std::sin(angle), below_m};
}

TEST(Perspective, SeenFromTheEyeTheSlotsAreTheFlatFigure) {
  int placed = 0;
  for (std::uint32_t i = 0; i < 60; ++i) {
    Random random(7, i, 0);
    const Case& each = kCases[i % kCases.size()];
    const Figure flat = figure(each.text, each.slots).value();
    const Eye eye = random_eye(random);
    const auto seen = place_for(eye, flat, random.uniform(10, 25));
    if (!seen) continue;
    ++placed;
    ASSERT_EQ(seen->slots.size(), flat.slots.size());
    const Eye from = from_head_line(eye, seen->aim);
    const Point first = pinhole(from, seen->aim, seen->slots.front());
    for (std::size_t k = 0; k < flat.slots.size(); ++k) {
      const Point at = pinhole(from, seen->aim, seen->slots[k]);
      EXPECT_NEAR((at.x - first.x) / seen->scale, flat.slots[k].x - flat.slots[0].x, 1e-9) << i;
      EXPECT_NEAR((at.y - first.y) / seen->scale, flat.slots[k].y - flat.slots[0].y, 1e-9) << i;
    }
  }
  EXPECT_GT(placed, 55);
}

TEST(Perspective, TheLeastSpacingIsReachedAndTheHeadLineHolds) {
  for (std::uint32_t i = 0; i < 40; ++i) {
    Random random(8, i, 0);
    const Case& each = kCases[i % kCases.size()];
    const Figure flat = figure(each.text, each.slots).value();
    const auto seen = place_for(random_eye(random), flat, 20);
    if (!seen) continue;
    EXPECT_NEAR(least_distance(seen->slots), 20, 1e-9);
    double front = 1e9;
    for (const Spot slot : seen->slots) front = std::min(front, slot.back_m);
    EXPECT_NEAR(front, 0, 1e-9);
    EXPECT_EQ(seen->aim.left_m, 0);
  }
}

TEST(Perspective, SightGoesBothWays) {
  for (std::uint32_t i = 0; i < 200; ++i) {
    Random random(9, i, 0);
    const Eye eye = random_eye(random);
    const Spot aim{random.uniform(0, 100), random.uniform(-50, 50)};
    const Sight sight(eye, aim);
    const Spot spot{aim.back_m + random.uniform(-40, 40), aim.left_m + random.uniform(-40, 40)};
    const auto picture = sight.picture(spot);
    ASSERT_TRUE(picture);
    const Point by_hand = pinhole(eye, aim, spot);
    EXPECT_NEAR(picture->x, by_hand.x, 1e-12);
    EXPECT_NEAR(picture->y, by_hand.y, 1e-12);
    const auto back = sight.spot(*picture);
    ASSERT_TRUE(back);
    EXPECT_LT(distance(*back, spot), 1e-8);
  }
}

// Who stands to the left of a flight and looks at it sees it fly to the left: what is in front is
// at his left hand, and what is nearer to him stands higher in the sky.
TEST(Perspective, WhoStandsBesideItSeesNearerSlotsHigher) {
  const Sight sight(Eye{-50, 200, 150}, Spot{50, 0});
  const auto front = sight.picture({0, 0});
  const auto near = sight.picture({50, 30});
  ASSERT_TRUE(front && near);
  EXPECT_LT(front->x, -0.1);
  EXPECT_NEAR(near->x, 0, 1e-12);
  EXPECT_GT(near->y, 0.05);
  EXPECT_NEAR(sight.elevation_rad() * 180 / 3.14159265358979, 36.87, 0.01);
}

TEST(Perspective, StraightBelowTheEyesFaceTheFlight) {
  const Sight sight(Eye{-50, 0, 100}, Spot{50, 0});
  const auto front = sight.picture({0, 0});
  ASSERT_TRUE(front);
  EXPECT_GT(front->y, 0.1);
  EXPECT_NEAR(front->x, 0, 1e-12);
}

TEST(Perspective, WhatCannotBePlacedIsSaid) {
  const Figure flat = figure("80", 26).value();
  const auto far = place_for({-100, 900, 30}, flat, 100);
  ASSERT_FALSE(far);
  EXPECT_THAT(far.error().message, HasSubstr("reads from: 26 slots, 100 m apart"));
  EXPECT_FALSE(place_for({0, 100, 0}, flat, 20));
  EXPECT_FALSE(place_for({0, 100, -5}, flat, 20));
  EXPECT_FALSE(place_for({0, std::nan(""), 100}, flat, 20));
  EXPECT_FALSE(place_for({0, 100, 100}, flat, 0));
}

TEST(Perspective, ALayoutIsPlacedForItsEye) {
  Spec spec;
  spec.shape = Shape::figure;
  spec.text = "80";
  spec.count = 26;
  spec.spacing_m = 20;
  const Layout plain = layout(spec).value();
  spec.read_from = Eye{0, 150, 120};
  const Layout seen = layout(spec).value();
  EXPECT_EQ(seen.slots.size(), 26U);
  EXPECT_GE(seen.least_spacing_m, 20);
  EXPECT_LT(seen.least_spacing_m, 20 + 1e-6);
  EXPECT_NE(seen.depth_m, plain.depth_m);
  EXPECT_EQ(seen.slots.front().back_m, 0);
  EXPECT_GT(seen.aim.back_m, 0);
}

}  // namespace
}  // namespace defilada::formation
