// SPDX-License-Identifier: MIT
#include "defilada/proof/abilities.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>

namespace defilada::proof {
namespace {

constexpr double kAny = Ability::kAny;

/// One mover on one path.
struct World {
  Motions motions;
  World() {
    motions.add_path(0, 0, false);
    motions.movers.push_back({});
  }
  void piece(double t0_s, double t1_s, std::vector<Coefficient> c) {
    motions.add_piece(t0_s, t1_s, c);
  }
  [[nodiscard]] std::vector<Excess> excesses(const Ability& ability, double tolerance = 0) const {
    const std::array<Ability, 1> abilities{ability};
    AbilityOptions options;
    options.tolerance = tolerance;
    return prove_abilities(motions, abilities, options)->excesses;
  }
  [[nodiscard]] bool keeps(const Ability& ability) const { return excesses(ability).empty(); }
};

/// x, y, z, nx, ny of one power of time.
Coefficient power(double x, double y = 0, double z = 0, double nx = 0, double ny = 0) {
  return {x, y, z, nx, ny};
}

TEST(Abilities, OfConstantVelocityAreKeptAtTheLimitItself) {
  World w;
  w.piece(0, 3600, {power(0, 0, 100, 0, 1), power(3, 4, 2)});
  const double speed = std::sqrt(29.0);
  EXPECT_TRUE(w.keeps({.speed_max_mps = speed}));
  EXPECT_FALSE(w.keeps({.speed_max_mps = speed * (1 - 1e-6)}));
  EXPECT_TRUE(w.keeps({.speed_min_mps = speed}));
  EXPECT_FALSE(w.keeps({.speed_min_mps = speed * (1 + 1e-6)}));
  EXPECT_TRUE(w.keeps({.climb_max_mps = 2}));
  EXPECT_FALSE(w.keeps({.climb_max_mps = 1.999}));
  EXPECT_TRUE(w.keeps({.acceleration_mps2 = 0}));
  EXPECT_TRUE(w.keeps({.turning_radius_m = 1e9}));
  EXPECT_TRUE(w.keeps({.floor_m = 100, .ceiling_m = 7300}));
  EXPECT_FALSE(w.keeps({.floor_m = 100.001}));
  EXPECT_FALSE(w.keeps({.ceiling_m = 7299.99}));
  EXPECT_TRUE(w.excesses({.speed_max_mps = speed * 0.999}, 2e-3).empty()) << "within tolerance";
}

TEST(Abilities, OfSpeedingUpSayWhenAndHowMuch) {
  World w;
  w.piece(10, 30, {power(0, 0, 0, 0, 1), power(0), power(0.5)});  // 1 m/s2
  EXPECT_TRUE(w.keeps({.speed_max_mps = 20, .acceleration_mps2 = 1}));
  EXPECT_FALSE(w.keeps({.acceleration_mps2 = 0.999}));
  const auto found = w.excesses({.speed_max_mps = 12});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].quantity, Quantity::speed);
  EXPECT_NEAR(found[0].t0_s, 22, 1e-3);
  EXPECT_EQ(found[0].t1_s, 30);
  EXPECT_EQ(found[0].t_worst_s, 30);
  EXPECT_NEAR(found[0].value, 20, 1e-9);
  EXPECT_NEAR(found[0].place_m[0], 200, 1e-9);
}

/// N turns at 0.1 rad/s while the middle goes 10 m/s: a radius of 100 m.
TEST(Abilities, OfATurnHoldForEachFile) {
  World w;
  w.piece(0, 1, {power(0, 0, 0, 0, 1), power(10, 0, 0, -0.1, 0)});
  EXPECT_TRUE(w.keeps({.turning_radius_m = 100}));
  EXPECT_FALSE(w.keeps({.turning_radius_m = 100.01}));
  const double bank = std::atan(10 * 0.1 / 9.80665);
  EXPECT_TRUE(w.keeps({.bank_max_rad = bank}));
  EXPECT_FALSE(w.keeps({.bank_max_rad = bank * 0.9999}));
  w.motions.movers[0].left_m = 20;  // 2 m/s slower
  EXPECT_TRUE(w.keeps({.turning_radius_m = 80}));
  EXPECT_FALSE(w.keeps({.turning_radius_m = 80.01}));
  EXPECT_TRUE(w.keeps({.speed_max_mps = 8}));
  const auto found = w.excesses({.turning_radius_m = 100});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NEAR(found[0].value, 80, 1e-6);
}

TEST(Abilities, OfOneWhoStandsAreNotAskedFor) {
  World w;
  w.piece(0, 5, {power(7, 7, 0, 0, 1)});
  EXPECT_TRUE(w.keeps({.acceleration_mps2 = 0.1, .turning_radius_m = 50}));
  EXPECT_FALSE(w.keeps({.speed_min_mps = 1})) << "who must fly does not stand";
}

TEST(Abilities, MoversThatDifferInNothingAreLookedAtOnce) {
  World w;
  w.motions.paths[0].steady = true;
  w.piece(0, 1, {power(0, 0, 0, 0, 1), power(5)});
  for (int i = 1; i < 100; ++i) {
    MotionMover next = w.motions.movers[0];
    next.left_m = i;
    w.motions.movers.push_back(next);
  }
  const std::array<Ability, 1> abilities{Ability{.speed_max_mps = 4}};
  const auto report = prove_abilities(w.motions, abilities);
  EXPECT_EQ(report->movers, 1u);
  ASSERT_EQ(report->excesses.size(), 1u);
  EXPECT_EQ(report->excesses[0].mover, 0u);
}

TEST(Abilities, CanBeInterrupted) {
  World w;
  w.piece(0, 1, {power(0)});
  const std::array<Ability, 1> abilities{};
  AbilityOptions options;
  options.progress = [](double) { return false; };
  const auto report = prove_abilities(w.motions, abilities, options);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Errc::interrupted);
}

/// Values by derivatives of the powers themselves, at one instant.
struct Values {
  double speed, climb, acceleration, curvature, lateral, height;
};
Values values(const std::vector<Coefficient>& c, double left_m, double dt) {
  std::array<double, 5> p{};
  std::array<double, 5> v{};
  std::array<double, 5> a{};
  for (std::size_t k = 0; k < c.size(); ++k) {
    const auto n = static_cast<double>(k);
    for (std::size_t d = 0; d < 5; ++d) {
      p[d] += c[k][d] * std::pow(dt, n);
      if (k > 0) v[d] += n * c[k][d] * std::pow(dt, n - 1);
      if (k > 1) a[d] += n * (n - 1) * c[k][d] * std::pow(dt, n - 2);
    }
  }
  const double vx = v[0] + left_m * v[3];
  const double vy = v[1] + left_m * v[4];
  const double ax = a[0] + left_m * a[3];
  const double ay = a[1] + left_m * a[4];
  const double speed = std::hypot(vx, vy, v[2]);
  const double turn = std::hypot(v[3], v[4]);
  return {speed,        v[2],         std::abs(vx * ax + vy * ay + v[2] * a[2]) / speed,
          turn / speed, turn * speed, p[2]};
}

/// The verdict of the proof on random curves against a dense sampling: limits a thousandth above
/// the greatest sampled value are kept, limits just below it are not.
TEST(Abilities, AgreeWithDenseSamplingOnRandomCurves) {
  std::mt19937_64 random(20250903);
  std::uniform_real_distribution<double> even(-1, 1);
  for (int round = 0; round < 150; ++round) {
    const int degree = 2 + round % 4;
    const double length = std::pow(10, 1.5 * even(random));
    const double left = 5 * even(random);
    std::vector<Coefficient> c;
    for (int k = 0; k <= degree; ++k) {
      const double size = 10 / std::pow(length, k);
      c.push_back(power(size * even(random), size * even(random), size * even(random),
                        0.1 * size * even(random), 0.1 * size * even(random)));
    }
    c[1][0] += 60 / length;  // never stands
    World w;
    w.piece(5, 5 + length, c);
    w.motions.movers[0].left_m = left;
    Values most{0, 0, 0, 0, 0, -kAny};
    double slowest = kAny;
    double lowest = kAny;
    constexpr int kSamples = 4'000;
    for (int i = 0; i <= kSamples; ++i) {
      const Values at = values(c, left, length * i / kSamples);
      most.speed = std::max(most.speed, at.speed);
      most.climb = std::max(most.climb, std::abs(at.climb));
      most.acceleration = std::max(most.acceleration, at.acceleration);
      most.curvature = std::max(most.curvature, at.curvature);
      most.lateral = std::max(most.lateral, at.lateral);
      most.height = std::max(most.height, at.height);
      slowest = std::min(slowest, at.speed);
      lowest = std::min(lowest, at.height);
    }
    constexpr double kMore = 1 + 1e-3;
    constexpr double kLess = 1 - 1e-3;
    const std::string here = "round " + std::to_string(round);
    EXPECT_TRUE(w.keeps({.speed_max_mps = most.speed * kMore})) << here;
    EXPECT_FALSE(w.keeps({.speed_max_mps = most.speed * kLess})) << here;
    EXPECT_TRUE(w.keeps({.speed_min_mps = slowest * kLess})) << here;
    EXPECT_FALSE(w.keeps({.speed_min_mps = slowest * kMore})) << here;
    EXPECT_TRUE(w.keeps({.climb_max_mps = most.climb * kMore})) << here;
    EXPECT_FALSE(w.keeps({.climb_max_mps = most.climb * kLess})) << here;
    EXPECT_TRUE(w.keeps({.acceleration_mps2 = most.acceleration * kMore})) << here;
    EXPECT_FALSE(w.keeps({.acceleration_mps2 = most.acceleration * kLess})) << here;
    EXPECT_TRUE(w.keeps({.turning_radius_m = kLess / most.curvature})) << here;
    EXPECT_FALSE(w.keeps({.turning_radius_m = kMore / most.curvature})) << here;
    const double bank = std::atan(most.lateral / 9.80665);
    if (bank < 1.5) {
      EXPECT_TRUE(w.keeps({.bank_max_rad = std::atan(most.lateral * kMore / 9.80665)})) << here;
      EXPECT_FALSE(w.keeps({.bank_max_rad = std::atan(most.lateral * kLess / 9.80665)})) << here;
    }
    EXPECT_TRUE(w.keeps({.floor_m = lowest - 1e-3, .ceiling_m = most.height + 1e-3})) << here;
    EXPECT_FALSE(w.keeps({.ceiling_m = most.height - 1e-3})) << here;
    EXPECT_FALSE(w.keeps({.floor_m = lowest + 1e-3})) << here;
  }
}

}  // namespace
}  // namespace defilada::proof
