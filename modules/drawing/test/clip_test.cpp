// SPDX-License-Identifier: MIT
#include "../src/clip.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace defilada::drawing {
namespace {

const Box kBox{{0, 0}, {10, 6}};

Point random_point(std::mt19937_64& random) {
  return {std::uniform_real_distribution(-8.0, 18.0)(random),
          std::uniform_real_distribution(-8.0, 14.0)(random)};
}

double distance_to_segment(Point p, Point a, Point b) {
  const Point d = b - a;
  const double length = d.x * d.x + d.y * d.y;
  const double t =
      length == 0 ? 0 : std::clamp(((p.x - a.x) * d.x + (p.y - a.y) * d.y) / length, 0.0, 1.0);
  const Point foot = a + t * d;
  return std::hypot(p.x - foot.x, p.y - foot.y);
}

double distance_to_lines(Point p, const std::vector<std::vector<Point>>& lines) {
  double least = 1e9;
  for (const auto& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      least = std::min(least, distance_to_segment(p, line[i - 1], line[i]));
    }
  }
  return least;
}

bool within(const std::vector<Point>& ring, Point p) {
  bool in = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i];
    const Point b = ring[(i + 1) % ring.size()];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
  }
  return in;
}

TEST(ClipLine, keeps_what_is_inside_and_nothing_else) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<Point> line(2 + random() % 6);
    for (Point& p : line) p = random_point(random);
    const auto stretches = clip_line(line, kBox);
    for (const auto& stretch : stretches) {
      ASSERT_GE(stretch.size(), 2U);
      for (const Point p : stretch) {
        EXPECT_TRUE(inside({{-1e-9, -1e-9}, {10 + 1e-9, 6 + 1e-9}}, p));
        EXPECT_LT(distance_to_lines(p, {line}), 1e-9);
      }
    }
    // Points of the line that are well inside are on a stretch.
    for (std::size_t i = 1; i < line.size(); ++i) {
      for (double t = 0; t <= 1; t += 0.05) {
        const Point p = line[i - 1] + t * (line[i] - line[i - 1]);
        if (inside({{0.01, 0.01}, {9.99, 5.99}}, p)) {
          EXPECT_LT(distance_to_lines(p, stretches), 1e-9);
        }
      }
    }
  }
}

TEST(ClipLine, leaves_a_line_inside_whole) {
  const std::vector<Point> line{{1, 1}, {5, 5}, {9, 1}};
  EXPECT_THAT(clip_line(line, kBox), testing::ElementsAre(line));
  EXPECT_THAT(clip_line({{-5, -5}, {-1, 3}}, kBox), testing::IsEmpty());
}

TEST(ClipRing, covers_the_same_points_of_the_box) {
  std::mt19937_64 random(12);
  for (int round = 0; round < 200; ++round) {
    const std::vector<Point> ring{random_point(random), random_point(random), random_point(random)};
    const std::vector<Point> clipped = clip_ring(ring, kBox);
    for (const Point p : clipped) EXPECT_TRUE(inside({{-1e-9, -1e-9}, {10 + 1e-9, 6 + 1e-9}}, p));
    for (int i = 0; i < 60; ++i) {
      const Point p{std::uniform_real_distribution(0.0, 10.0)(random),
                    std::uniform_real_distribution(0.0, 6.0)(random)};
      std::vector<Point> closed = ring;
      closed.push_back(ring.front());
      if (distance_to_lines(p, {closed}) > 1e-6) {
        EXPECT_EQ(within(clipped, p), within(ring, p));
      }
    }
  }
}

}  // namespace
}  // namespace defilada::drawing
