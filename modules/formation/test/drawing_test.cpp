// SPDX-License-Identifier: MIT
// Figures of lines from elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/formation/figure.hpp"

namespace defilada::formation {
namespace {

using ::testing::HasSubstr;

std::vector<Stroke> star() {
  Stroke stroke{{}, true};
  for (int i = 0; i < 10; ++i) {
    const double angle = 3.14159265358979 * (0.5 + i / 5.0);
    const double radius = i % 2 == 0 ? 100 : 38.2;
    stroke.points.push_back({radius * std::cos(angle) + 300, radius * std::sin(angle) - 50});
  }
  return {stroke};
}

double to_line(Point p, Point a, Point b) {
  const double length2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  const double t =
      std::clamp(((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length2, 0.0, 1.0);
  return std::hypot(p.x - a.x - t * (b.x - a.x), p.y - a.y - t * (b.y - a.y));
}

double to_strokes(const Figure& figure, Point p) {
  double least = std::numeric_limits<double>::infinity();
  for (const Stroke& s : figure.strokes) {
    for (std::size_t i = 0; i + (s.closed ? 0 : 1) < s.points.size(); ++i) {
      least = std::min(least, to_line(p, s.points[i], s.points[(i + 1) % s.points.size()]));
    }
  }
  return least;
}

TEST(Drawing, AStarHasASlotAtEachCorner) {
  EXPECT_EQ(least_slots(star()).value(), 10);
  const Figure drawn = figure(star(), 20).value();
  EXPECT_EQ(drawn.slots.size(), 20U);
  double low = 1;
  double high = 0;
  for (const Point p : drawn.slots) {
    EXPECT_LT(to_strokes(drawn, p), 1e-9);
    low = std::min(low, p.y);
    high = std::max(high, p.y);
  }
  EXPECT_NEAR(low, 0, 1e-12);
  EXPECT_NEAR(high, 1, 1e-12);
  for (const Point corner : drawn.strokes.front().points) {
    const auto is_here = [&](Point p) { return std::hypot(p.x - corner.x, p.y - corner.y) < 1e-9; };
    EXPECT_TRUE(std::any_of(drawn.slots.begin(), drawn.slots.end(), is_here));
  }
}

TEST(Drawing, UnitAndPlaceDoNotMatter) {
  const Figure one = figure(star(), 20).value();
  std::vector<Stroke> other = star();
  for (Point& p : other.front().points) p = {p.x * 1024 + 4096, p.y * 1024 - 8192};
  const Figure two = figure(other, 20).value();
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_NEAR(one.slots[i].x, two.slots[i].x, 1e-9);
    EXPECT_NEAR(one.slots[i].y, two.slots[i].y, 1e-9);
  }
}

// Any scribble: exactly n slots, all on the lines, gaps as all pairs say.
TEST(Drawing, ScribblesKeepTheLaws) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    Random random(11, seed, 0);
    std::vector<Stroke> drawing;
    for (int s = 0; s < 1 + static_cast<int>(seed % 3); ++s) {
      Stroke stroke{{}, random.uniform() < 0.5};
      const auto points = static_cast<int>(random.uniform(2, 8));
      for (int i = 0; i < points; ++i) {
        stroke.points.push_back({random.uniform(-30, 30), random.uniform(-30, 30)});
      }
      drawing.push_back(stroke);
    }
    const int n = least_slots(drawing).value() + 1 + static_cast<int>(seed);
    const Figure drawn = figure(drawing, n).value();
    ASSERT_EQ(drawn.slots.size(), static_cast<std::size_t>(n));
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < drawn.slots.size(); ++i) {
      EXPECT_LT(to_strokes(drawn, drawn.slots[i]), 1e-9) << seed;
      for (std::size_t j = 0; j < i; ++j) {
        least = std::min(least, std::hypot(drawn.slots[i].x - drawn.slots[j].x,
                                           drawn.slots[i].y - drawn.slots[j].y));
      }
    }
    EXPECT_NEAR(drawn.least_gap, least, 1e-12) << seed;
    EXPECT_FALSE(figure(drawing, least_slots(drawing).value() - 1));
  }
}

TEST(Drawing, FaultsAreSaid) {
  const auto message = [](const std::vector<Stroke>& drawing, int n = 20) {
    const auto result = figure(drawing, n);
    return result ? std::string() : result.error().message.english();
  };
  EXPECT_THAT(message({}), HasSubstr("no lines"));
  EXPECT_THAT(message({{{{0, 0}, {100, 1}}, false}}), HasSubstr("20 times as wide"));
  EXPECT_THAT(message({{{{0, 0}, {1, std::nan("")}}, false}}), HasSubstr("not finite"));
  EXPECT_THAT(message({{{{0, 0}, {0, 0}}, false}}), HasSubstr("20 times as wide"));
  EXPECT_THAT(message(star(), 9), HasSubstr("the drawing needs at least 10 slots, not 9"));
  EXPECT_THAT(message({{std::vector<Point>(6000, Point{1, 2}), false}}), HasSubstr("at most 5000"));
}

}  // namespace
}  // namespace defilada::formation
