// SPDX-License-Identifier: MIT
#include "defilada/geo/polygon.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace defilada::geo {
namespace {

const Polygon kRing{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {{{4, 4}, {4, 6}, {6, 6}, {6, 4}}}};

TEST(Polygon, AreaTakesHolesOff) {
  EXPECT_DOUBLE_EQ(area(kRing), 96);
}

TEST(Polygon, ContainsByTheEvenOddRule) {
  EXPECT_TRUE(contains(kRing, {1, 1}));
  EXPECT_FALSE(contains(kRing, {5, 5}));
  EXPECT_FALSE(contains(kRing, {-1, 5}));
  EXPECT_TRUE(contains(kRing, {0, 5}));    // on the outline
  EXPECT_TRUE(contains(kRing, {10, 10}));  // on a corner
  EXPECT_TRUE(contains(kRing, {4, 5}));    // on the edge of a hole
}

TEST(Polygon, FaultsAreNamed) {
  EXPECT_FALSE(validate({{{0, 0}, {1, 0}}, {}}));
  EXPECT_FALSE(validate({{{0, 0}, {1, 1}, {2, 2}}, {}}));
  EXPECT_FALSE(validate({{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}));  // a bow tie
  EXPECT_FALSE(validate({{{0, 0}, {NAN, 0}, {1, 1}}, {}}));
  EXPECT_TRUE(validate(kRing));
}

// Share of random points inside a random star-shaped polygon against its area; and winding by
// angles as a slow oracle.
TEST(Polygon, ContainsAgreesWithTheSumOfAngles) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> radius(1, 5), place(-6, 6);
  for (int trial = 0; trial < 50; ++trial) {
    Polygon polygon;
    for (int i = 0; i < 9; ++i) {
      const double angle = 2 * std::numbers::pi * i / 9;
      polygon.outer.push_back(radius(random) * Vec2{std::cos(angle), std::sin(angle)});
    }
    ASSERT_TRUE(validate(polygon));
    EXPECT_TRUE(contains(polygon, {0, 0}));
    for (int i = 0; i < 200; ++i) {
      const Vec2 p{place(random), place(random)};
      double sum = 0;
      for (int k = 0; k < 9; ++k) {
        const Vec2 a = polygon.outer[k] - p;
        const Vec2 b = polygon.outer[(k + 1) % 9] - p;
        sum += std::atan2(cross(a, b), dot(a, b));
      }
      EXPECT_EQ(contains(polygon, p), std::abs(sum) > std::numbers::pi) << p.x << ' ' << p.y;
    }
  }
}

}  // namespace
}  // namespace defilada::geo
