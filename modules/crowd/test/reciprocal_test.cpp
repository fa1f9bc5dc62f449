// SPDX-License-Identifier: MIT
#include "reciprocal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "crowd_scene.hpp"

namespace defilada::crowd {
namespace {

double breach(const HalfPlane& plane, Velocity v) {
  return plane.along.x * (plane.at.y - v.y) - plane.along.y * (plane.at.x - v.x);
}
double worst_breach(const std::vector<HalfPlane>& planes, Velocity v) {
  double worst = 0;
  for (const HalfPlane& plane : planes) worst = std::max(worst, breach(plane, v));
  return worst;
}
double distance(Velocity a, Velocity b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

std::vector<HalfPlane> random_planes(Random& random, std::size_t count, double tight) {
  std::vector<HalfPlane> planes(count);
  for (HalfPlane& plane : planes) {
    const double angle = random.uniform(0, 2 * M_PI);
    plane.along = {std::cos(angle), std::sin(angle)};
    // Off the origin by so much that it is on the allowed side, or by `tight` on the other.
    const double off = random.uniform(-1.2, tight);
    plane.at = {-plane.along.y * off, plane.along.x * off};
  }
  return planes;
}

/// Against a raster of all velocities.
TEST(Reciprocal, NearestAllowedIsTheBestOfAllVelocities) {
  constexpr double kMost_mps = 1.5;
  constexpr double kRaster = 0.02;
  Random random(7, 0, 0);
  int possible = 0;
  int impossible = 0;
  for (int run = 0; run < 300; ++run) {
    const auto planes = random_planes(random, 1 + random.below(10), run % 3 == 0 ? 0.9 : 0.2);
    const double x = random.uniform(-1.4, 1.4);
    const Velocity wish = {x, random.uniform(-1.4, 1.4)};
    const Velocity found = nearest_allowed(planes, wish, kMost_mps);
    ASSERT_LT(std::hypot(found.x, found.y), kMost_mps + 1e-6);
    double nearest = std::numeric_limits<double>::infinity();
    double least_breach = nearest;
    for (double vx = -kMost_mps; vx <= kMost_mps; vx += kRaster) {
      for (double vy = -kMost_mps; vy <= kMost_mps; vy += kRaster) {
        if (std::hypot(vx, vy) > kMost_mps) continue;
        const double worst = worst_breach(planes, {vx, vy});
        least_breach = std::min(least_breach, worst);
        if (worst <= 0) nearest = std::min(nearest, distance(wish, {vx, vy}));
      }
    }
    if (std::isfinite(nearest)) {
      ++possible;
      EXPECT_LT(worst_breach(planes, found), 1e-6);
      EXPECT_LT(distance(wish, found), nearest + 1e-6);
    } else if (least_breach > 2 * kRaster) {
      ++impossible;
      EXPECT_LT(worst_breach(planes, found), least_breach + 1e-6);
    }
  }
  EXPECT_GT(possible, 50);
  EXPECT_GT(impossible, 30);
}

/// The half plane is right: who takes its border as his half, the other his, just do not touch
/// within the horizon.
TEST(Reciprocal, TwoWhoTakeTheirHalvesMissEachOther) {
  constexpr double kBodies_m = 0.4;
  constexpr double kHorizon_s = 2;
  Random random(3, 0, 0);
  int met = 0;
  for (int run = 0; run < 2000; ++run) {
    const double angle = random.uniform(0, 2 * M_PI);
    const double away = random.uniform(0.45, 3);
    const Velocity offset = {away * std::cos(angle), away * std::sin(angle)};
    const auto any = [&] {
      const double x = random.uniform(-1.5, 1.5);
      return Velocity{x, random.uniform(-1.5, 1.5)};
    };
    const Velocity own = any();
    const Velocity other = any();
    const HalfPlane mine = reciprocal_half_plane(offset, own, other, kBodies_m, kHorizon_s, 0.05);
    const HalfPlane theirs =
        reciprocal_half_plane({-offset.x, -offset.y}, other, own, kBodies_m, kHorizon_s, 0.05);
    const Velocity a = nearest_allowed({&mine, 1}, own, 100);
    const Velocity b = nearest_allowed({&theirs, 1}, other, 100);
    const auto least = [&](Velocity v, Velocity w) {
      double nearest = 1e9;
      for (double t = 0; t <= kHorizon_s; t += 0.005) {
        nearest =
            std::min(nearest, std::hypot(offset.x - t * (v.x - w.x), offset.y - t * (v.y - w.y)));
      }
      return nearest;
    };
    EXPECT_GT(least(a, b), kBodies_m - 1e-3);
    if (least(own, other) < kBodies_m) {
      ++met;
      // No more than they must.
      EXPECT_LT(least(a, b), kBodies_m + 0.01);
    } else {
      EXPECT_LT(distance(a, own), 1e-6);
    }
  }
  EXPECT_GT(met, 100);
}

TEST(Reciprocal, TwoHeadOnPass) {
  const LevelBounds bounds = {{0, 0}, {30, 10}};
  KernelOptions options;
  options.model = ReciprocalAvoidance{};
  Kernel kernel({&bounds, 1}, 100, options);
  test::put(kernel, {{{5, 5}}, {{15, 5.01}}}, 1);
  kernel.walking().errand[1] = 1;
  for (int step = 0; step < 200; ++step) {
    for (std::size_t i = 0; i < 2; ++i) {
      kernel.wish_x()[i] = kernel.walking().errand[i] == 0 ? 1.0F : -1.0F;
      kernel.wish_y()[i] = 0;
      kernel.wish_speed_mps()[i] = 1.3F;
    }
    kernel.step();
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const double x = test::place(kernel.walking(), i).x;
    EXPECT_GT(kernel.walking().errand[i] == 0 ? x - 10 : 10 - x, 4);
  }
}

}  // namespace
}  // namespace defilada::crowd
