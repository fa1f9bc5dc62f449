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

TEST(Polygon, ASpikeIsRefusedWithItsTip) {
  const Polygon spiked{{{0, 0}, {10, 0}, {10, 5}, {25, 5}, {10, 5.0001}, {10, 10}, {0, 10}}, {}};
  EXPECT_EQ(find_spike(spiked.outer), 3u);
  const Status status = validate(spiked);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.english().find("point 4 at [25 m, 5 m]"), std::string::npos)
      << status.error().message;
  EXPECT_FALSE(find_spike(kRing.outer));
}

// A spike grown from any corner of a random outline, outwards, of any length, is found; a tooth
// with the width of a hand is not taken for one.
TEST(Polygon, SpikesAreFoundWhereTheyGrow) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> radius(20, 50), reach(0.1, 400);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<Vec2> ring;
    for (int i = 0; i < 9; ++i) {
      const double angle = 2 * std::numbers::pi * i / 9;
      ring.push_back(radius(random) * Vec2{std::cos(angle), std::sin(angle)});
    }
    ASSERT_FALSE(find_spike(ring));
    const std::size_t foot = static_cast<std::size_t>(trial) % ring.size();
    const Vec2 out = (1 / length(ring[foot])) * ring[foot];
    const Vec2 tip = ring[foot] + reach(random) * out;
    for (const double width : {0.0, 1e-6, 0.1}) {
      std::vector<Vec2> grown = ring;
      const Vec2 other_foot = ring[foot] + width * Vec2{-out.y, out.x};
      const auto at = grown.begin() + static_cast<std::ptrdiff_t>(foot) + 1;
      grown.insert(at, {tip, other_foot});
      EXPECT_EQ(find_spike(grown).has_value(), width < 1e-3) << width;
      if (width < 1e-3) {
        EXPECT_EQ(find_spike(grown), foot + 1);
      }
    }
  }
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
