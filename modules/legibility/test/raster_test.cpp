// SPDX-License-Identifier: MIT
#include "defilada/legibility/raster.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

#include "defilada/core/random.hpp"

namespace defilada::legibility {
namespace {

double ink_of(const Raster& raster) {
  return std::accumulate(raster.ink.begin(), raster.ink.end(), 0.0);
}

Raster noise(std::uint32_t attempt, int width, int height) {
  Random random(11, attempt, 0);
  Raster raster{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    raster.ink.push_back(static_cast<float>(random.uniform()));
  }
  return raster;
}

// The area of a line with round ends: length times width and a disc.
TEST(Raster, ALineHasItsAreaInInk) {
  for (std::uint32_t i = 0; i < 40; ++i) {
    Random random(12, i, 0);
    const Point from{random.uniform(3, 7), random.uniform(3, 7)};
    const Point to{random.uniform(3, 7), random.uniform(3, 7)};
    const double stroke = random.uniform(0.3, 1.5);
    Pen pen({{{0, 0}, {10, 10}}, 0.05}, stroke);
    pen.line(from, to);
    const double area =
        std::hypot(to.x - from.x, to.y - from.y) * stroke + std::numbers::pi * stroke * stroke / 4;
    EXPECT_NEAR(ink_of(std::move(pen).take()) * 0.05 * 0.05, area, 0.01 * area) << i;
  }
}

TEST(Raster, RowsRunFromTheTop) {
  Pen pen({{{0, 0}, {4, 3}}, 1}, 1);
  pen.line({0.5, 2.5}, {0.5, 2.5});
  const Raster raster = std::move(pen).take();
  EXPECT_EQ(raster.width, 4);
  EXPECT_EQ(raster.height, 3);
  EXPECT_GT(raster.ink.front(), 0.9F);
  EXPECT_EQ(raster.ink.back(), 0.F);
}

TEST(Raster, WhatLiesOutsideTheWindowIsCut) {
  Pen pen({{{0, 0}, {4, 3}}, 1}, 1);
  pen.line({-100, 1.5}, {100, 1.5});
  pen.line({-100, 50}, {-90, 60});
  EXPECT_NEAR(ink_of(std::move(pen).take()), 4, 0.01);
}

/// The definition: a sum over the square about each pixel.
Raster blurred_by_hand(const Raster& raster, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  double all = 0;
  for (int k = -reach; k <= reach; ++k) all += std::exp(-k * k / (2 * sigma * sigma));
  Raster result = raster;
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      double sum = 0;
      for (int dy = -reach; dy <= reach; ++dy) {
        for (int dx = -reach; dx <= reach; ++dx) {
          if (x + dx < 0 || x + dx >= raster.width || y + dy < 0 || y + dy >= raster.height)
            continue;
          sum += std::exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / (all * all) *
                 raster.ink[static_cast<std::size_t>((y + dy) * raster.width + x + dx)];
        }
      }
      result.ink[static_cast<std::size_t>(y * raster.width + x)] = static_cast<float>(sum);
    }
  }
  return result;
}

TEST(Raster, BlurIsTheConvolution) {
  for (const double sigma : {0.4, 1.0, 2.7, 6.0}) {
    const Raster raster = noise(1, 23, 17);
    const Raster fast = blurred(raster, sigma);
    const Raster slow = blurred_by_hand(raster, sigma);
    for (std::size_t i = 0; i < fast.ink.size(); ++i) {
      ASSERT_NEAR(fast.ink[i], slow.ink[i], 1e-5) << sigma << " " << i;
    }
  }
  EXPECT_EQ(blurred(noise(2, 5, 5), 0).ink, noise(2, 5, 5).ink);
}

TEST(Raster, CorrelationKnowsLikeUnlikeAndOpposite) {
  const Raster a = noise(1, 40, 40);
  EXPECT_NEAR(correlation(a, a), 1, 1e-12);
  EXPECT_NEAR(correlation(a, noise(2, 40, 40)), 0, 0.1);
  Raster brighter = a;
  Raster negative = a;
  for (float& ink : brighter.ink) ink = 0.25F + ink / 2;
  for (float& ink : negative.ink) ink = 1 - ink;
  EXPECT_NEAR(correlation(a, brighter), 1, 1e-6);
  EXPECT_NEAR(correlation(a, negative), -1, 1e-6);
  EXPECT_EQ(correlation(a, Raster{40, 40, std::vector<float>(1600, 0.5F)}), 0);
}

TEST(Raster, OverlapCountsInkedPixels) {
  const Raster a{4, 1, {1, 1, 0, 0}};
  EXPECT_EQ(overlap(a, a), 1);
  EXPECT_DOUBLE_EQ(overlap(a, {4, 1, {0, 1, 1, 0}}), 1.0 / 3);
  EXPECT_EQ(overlap(a, {4, 1, {0, 0, 1, 1}}), 0);
  EXPECT_EQ(overlap({2, 1, {0, 0}}, {2, 1, {0, 0}}), 1);
}

TEST(Raster, AGreyMapIsBlackOnWhite) {
  EXPECT_EQ(to_pgm({2, 1, {0, 1}}), std::string("P5\n2 1\n255\n\xff\0", 13));
}

}  // namespace
}  // namespace defilada::legibility
