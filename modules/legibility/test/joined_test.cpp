// SPDX-License-Identifier: MIT
#include "defilada/legibility/joined.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "defilada/core/random.hpp"

namespace defilada::legibility {
namespace {

using Edges = std::vector<std::array<std::uint32_t, 2>>;

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

double second_nearest(const std::vector<Point>& dots, std::size_t of) {
  std::vector<double> distances;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    if (i != of) distances.push_back(distance(dots[i], dots[of]));
  }
  std::sort(distances.begin(), distances.end());
  return distances.size() > 1 ? distances[1] : 1e300;
}

/// The definition, over all triples.
Edges by_hand(const std::vector<Point>& dots) {
  Edges edges;
  for (std::uint32_t a = 0; a < dots.size(); ++a) {
    for (std::uint32_t b = a + 1; b < dots.size(); ++b) {
      const double length = distance(dots[a], dots[b]);
      bool joined = length <= 1.6 * second_nearest(dots, a) * (1 + 1e-9) &&
                    length <= 1.6 * second_nearest(dots, b) * (1 + 1e-9);
      for (std::uint32_t c = 0; c < dots.size() && joined; ++c) {
        const double less = length * (1 - 1e-9);
        joined = c == a || c == b || distance(dots[a], dots[c]) >= less ||
                 distance(dots[b], dots[c]) >= less;
      }
      if (joined) edges.push_back({a, b});
    }
  }
  return edges;
}

std::vector<Point> random_dots(std::uint32_t attempt, bool on_a_grid) {
  Random random(3, attempt, 0);
  std::vector<Point> dots(2 + random.below(60));
  for (Point& p : dots) {
    p = {random.uniform(0, 10), random.uniform(0, 7)};
    if (on_a_grid) p = {std::round(p.x), std::round(p.y)};
  }
  return dots;
}

TEST(Joined, AnEdgeIsWhatTheDefinitionSays) {
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::vector<Point> dots = random_dots(i, i % 3 == 0);
    EXPECT_EQ(join(dots).edges, by_hand(dots)) << i;
  }
}

TEST(Joined, TheGapIsTheMeanDistanceToTheNearest) {
  const std::vector<Point> dots = random_dots(5, false);
  double sum = 0;
  for (std::size_t i = 0; i < dots.size(); ++i) {
    double nearest = 1e300;
    for (std::size_t j = 0; j < dots.size(); ++j) {
      if (i != j) nearest = std::min(nearest, distance(dots[i], dots[j]));
    }
    sum += nearest;
  }
  EXPECT_NEAR(join(dots).gap, sum / static_cast<double>(dots.size()), 1e-12);
}

TEST(Joined, TurnedMirroredAndScaledDotsHaveTheSameEdges) {
  for (std::uint32_t i = 0; i < 50; ++i) {
    std::vector<Point> dots = random_dots(i, false);
    const Edges edges = join(dots).edges;
    for (Point& p : dots) p = {-300 * (0.6 * p.x - 0.8 * p.y) + 5, 300 * (0.8 * p.x + 0.6 * p.y)};
    EXPECT_EQ(join(dots).edges, edges) << i;
  }
}

// The end of a line has its second nearest two gaps away: 3.2 gaps are bridged, more are not.
TEST(Joined, ALongGapStaysOpen) {
  const std::vector<Point> dots{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {6.3, 0}, {7.3, 0}, {8.3, 0}};
  EXPECT_EQ(join(dots).edges, (Edges{{0, 1}, {1, 2}, {2, 3}, {4, 5}, {5, 6}}));
}

TEST(Joined, OneDotAndNoDot) {
  EXPECT_TRUE(join({}).edges.empty());
  const std::vector<Point> one{{1, 2}};
  EXPECT_TRUE(join(one).edges.empty());
  EXPECT_EQ(join(one).gap, 0);
}

}  // namespace
}  // namespace defilada::legibility
