// SPDX-License-Identifier: MIT
// Bounds of speed and height: closed forms, and what sampling finds on random tracks.
#include "bounds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "made.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;

/// Empty: it is shown.
std::string fault(const Statement& statement, const Bound& bound) {
  const auto why = fault_of(statement, bound);
  return why ? why->english() : std::string();
}
Bound faster_than(double least) {
  Bound bound;
  bound.speed_min_mps = least;
  return bound;
}
Bound slower_than(double most) {
  Bound bound;
  bound.speed_max_mps = most;
  return bound;
}
Bound between(double floor, double ceiling) {
  Bound bound;
  bound.floor_m = floor;
  bound.ceiling_m = ceiling;
  return bound;
}

TEST(Bounds, OfASpeedAreThoseOfAStraight) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.piece(100, 160, {{5, 7, 1, 0, 1}, {0.9, 1.2, 0, 0, 0}});
  scene.mover(path, 3);
  EXPECT_EQ(fault(scene.s, slower_than(1.5 + 1e-9)), "");
  EXPECT_EQ(fault(scene.s, faster_than(1.5 - 1e-9)), "");
  EXPECT_THAT(fault(scene.s, slower_than(1.5 - 1e-9)), HasSubstr("a/1 is not shown"));
  EXPECT_THAT(fault(scene.s, slower_than(1.5 - 1e-9)), HasSubstr("greatest speed"));
  EXPECT_THAT(fault(scene.s, faster_than(1.5 + 1e-9)), HasSubstr("least speed"));
  // Of nobody, and at another time.
  Bound other = slower_than(1);
  other.of_class = 1;
  EXPECT_EQ(fault(scene.s, other), "");
  Bound before = slower_than(1);
  before.to_s = 99.9;
  EXPECT_EQ(fault(scene.s, before), "");
  before.to_s = 100;
  EXPECT_NE(fault(scene.s, before), "");
}

// 10 m of radius, a tenth of a radian each second: a file at `left` moves with |10 + left| / 10.
TEST(Bounds, OfASpeedAreThoseOfTheFilesInAWheel) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.arc(0, 10, 3, 4, 10, 0.3, 1.0);
  for (const double left : {2.0, -2.0, 0.0}) scene.mover(path, left);
  constexpr double kSeries = 1e-4;  // the arc's own last term
  EXPECT_EQ(fault(scene.s, slower_than(1.2 * (1 + kSeries))), "");
  EXPECT_NE(fault(scene.s, slower_than(1.2 * (1 - kSeries))), "");
  EXPECT_EQ(fault(scene.s, faster_than(0.8 * (1 - kSeries))), "");
  EXPECT_NE(fault(scene.s, faster_than(0.8 * (1 + kSeries))), "");
  // The middle of the wheel is slower than both who are outermost.
  scene.mover(path, -10);
  scene.mover(path, -16);
  EXPECT_NE(fault(scene.s, faster_than(0.5)), "");
  EXPECT_EQ(fault(scene.s, slower_than(1.2 * (1 + kSeries))), "");
}

// The same wheel: speed is steady, though the way bends.
TEST(Bounds, OfChangesAreThoseOfTheFilesInAWheel) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.arc(0, 10, 3, 4, 10, 0.3, 1.0);
  for (const double left : {-2.0, 2.0}) scene.mover(path, left);
  constexpr double kSeries = 1e-3;
  Bound bound;
  bound.acceleration_mps2 = 0.01;
  EXPECT_EQ(fault(scene.s, bound), "") << "across the way it is 0.12";
  bound = {};
  bound.turning_radius_m = 8 * (1 - kSeries);
  EXPECT_EQ(fault(scene.s, bound), "");
  bound.turning_radius_m = 8 * (1 + kSeries);
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("turning radius"));
  bound = {};
  bound.sideways_mps2 = 0.12 * (1 + kSeries);
  EXPECT_EQ(fault(scene.s, bound), "");
  bound.sideways_mps2 = 0.12 * (1 - kSeries);
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("bank"));
}

// Between two outermost who turn widely somebody may turn on the spot.
TEST(Bounds, OfATurnAreAskedOfEverybody) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.arc(0, 10, 3, 4, 10, 0.3, 1.0);
  for (const double left : {-20.0, -8.0, 0.0}) scene.mover(path, left);
  Bound bound;
  bound.turning_radius_m = 5;
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("turning radius"));
  scene.s.movers[1].left_m = -10.005;  // half a millimetre a second: stands
  EXPECT_EQ(fault(scene.s, bound), "");
  scene.s.movers[1].left_m = -10.02;
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("turning radius"));
}

// From rest with 0.7 m/s^2, then to rest again.
TEST(Bounds, OfAnAccelerationAreThoseOfAStart) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.piece(50, 54, {{1, 2, 0, 0, 1}, {0, 0, 0, 0, 0}, {0.35, 0, 0, 0, 0}});
  scene.piece(54, 58, {{6.6, 2, 0, 0, 1}, {2.8, 0, 0, 0, 0}, {-0.35, 0, 0, 0, 0}});
  scene.mover(path, 3);
  Bound bound;
  for (const bool slowing : {false, true}) {
    (slowing ? bound.from_s : bound.to_s) = 54;
    if (slowing) bound.to_s = Bound::kAny;
    bound.acceleration_mps2 = 0.7 + 1e-9;
    EXPECT_EQ(fault(scene.s, bound), "");
    bound.acceleration_mps2 = 0.7 - 1e-6;
    EXPECT_THAT(fault(scene.s, bound), HasSubstr("acceleration"));
  }
}

// Speed and turn grow alike, 1 + t, so that the radius is 10 m throughout; the ranges of a stretch
// of length h tell it up to the share h / (1 + t): a thousandth takes some 1400 parts, a tenth of
// that ten times as many.
TEST(Bounds, ThatTakeTooManyPartsAreNotShown) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.piece(0, 1, {{0, 0, 0, 0, 0}, {1, 0, 0, 0.1, 0}, {0.5, 0, 0, 0.05, 0}});
  scene.mover(path, 0);
  Bound bound;
  bound.turning_radius_m = 10 * (1 - 1e-3);
  EXPECT_EQ(fault(scene.s, bound), "");
  bound.turning_radius_m = 10 * (1 - 1e-4);
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("turning radius, from 00:00:00."))
      << "true, but long";
  bound.turning_radius_m = 10 * (1 + 1e-9);
  EXPECT_THAT(fault(scene.s, bound), HasSubstr("turning radius, from 00:00:00.000"));
}

// 100 m + 2 t - t^2 / 10: 110 m at 10 s, where the control points of the whole are higher.
class Climb : public testing::Test {
 protected:
  void SetUp() override {
    path = scene.path(0.05, 0.001);
    scene.piece(0, 20, {{0, 0, 100, 0, 1}, {50, 0, 2, 0, 0}, {0, 0, -0.1, 0, 0}});
    scene.mover(path, 0);
  }
  Scene scene;
  std::uint32_t path = 0;
};

TEST_F(Climb, HeightsKeepUpToTheError) {
  EXPECT_EQ(fault(scene.s, between(100.05, 109.95)), "");
  EXPECT_THAT(fault(scene.s, between(100.0501, 120)), HasSubstr("least height"));
  EXPECT_THAT(fault(scene.s, between(0, 109.9499)), HasSubstr("greatest height"));
  // Beside the path the normal's error counts; and everybody's own height.
  scene.mover(path, -40, {0, 0, -3});
  scene.mover(path, 40, {0, 0, 3});
  EXPECT_EQ(fault(scene.s, between(97.09, 112.91)), "");
  EXPECT_NE(fault(scene.s, between(97.0901, 120)), "");
  EXPECT_NE(fault(scene.s, between(0, 112.9099)), "");
}
TEST_F(Climb, HeightsCountWhileTheyAreAsked) {
  Bound early = between(0, 107.5);
  early.to_s = 5;
  EXPECT_EQ(fault(scene.s, early), "");
  early.to_s = 5.2;
  EXPECT_NE(fault(scene.s, early), "");
  Bound late = between(0, 107.5);
  late.from_s = 15;
  EXPECT_EQ(fault(scene.s, late), "");
  late.from_s = 14.8;
  EXPECT_NE(fault(scene.s, late), "");
}
TEST_F(Climb, IsUpAndDown) {
  for (const bool down : {false, true}) {
    Bound bound;
    (down ? bound.from_s : bound.to_s) = 10;
    bound.climb_max_mps = 2 + 1e-9;
    EXPECT_EQ(fault(scene.s, bound), "");
    bound.climb_max_mps = 2 - 1e-9;
    EXPECT_THAT(fault(scene.s, bound), HasSubstr("climb"));
  }
  // A climb is a part of the speed.
  EXPECT_NE(fault(scene.s, slower_than(50)), "");
  EXPECT_EQ(fault(scene.s, slower_than(std::hypot(50.0, 2.0) + 1e-9)), "");
}

class RandomTracks : public testing::TestWithParam<std::uint32_t> {};
TEST_P(RandomTracks, KeepWhatSamplingFindsAndNoLess) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> of(-1, 1);
  Scene scene;
  const std::uint32_t path = scene.path();
  double begins = 36000 + 10 * of(random);
  for (int i = 0; i < 4; ++i) {
    const double length = 4 + 3 * of(random);
    std::vector<Coefficient> own(static_cast<std::size_t>(2 + random() % 6));
    double power = 1;
    for (Coefficient& c : own) {
      for (double& each : c) each = 5 * of(random) / power;
      power *= length;
    }
    scene.piece(begins, begins + length, own);
    begins += length;
  }
  scene.mover(path, 2 * of(random));
  double low_z = 1e9, high_z = -1e9, fastest = 0, slowest = 1e9, steepest = 0;
  double pushed = 0, forced = 0, sideways = 0, tightest = 1e9;
  for (const Piece& piece : scene.s.pieces) {
    constexpr int kSamples = 4000;
    for (int i = 0; i <= kSamples; ++i) {
      const double u = (piece.t1_s - piece.t0_s) * i / kSamples;
      const auto own = scene.s.coefficients_of(piece);
      std::array<double, 3> v{};
      std::array<double, 3> a{};
      std::array<double, 2> turn{};
      double z = 0;
      for (std::size_t k = 0; k < own.size(); ++k) {
        const double order = static_cast<double>(k);
        const double power = k > 0 ? order * std::pow(u, order - 1) : 0;
        v[0] += power * (own[k][0] + scene.s.movers[0].left_m * own[k][3]);
        v[1] += power * (own[k][1] + scene.s.movers[0].left_m * own[k][4]);
        v[2] += power * own[k][2];
        const double second = k > 1 ? order * (order - 1) * std::pow(u, order - 2) : 0;
        a[0] += second * (own[k][0] + scene.s.movers[0].left_m * own[k][3]);
        a[1] += second * (own[k][1] + scene.s.movers[0].left_m * own[k][4]);
        a[2] += second * own[k][2];
        turn[0] += power * own[k][3];
        turn[1] += power * own[k][4];
        z += std::pow(u, order) * own[k][2];
      }
      const double speed = std::hypot(v[0], v[1], v[2]);
      fastest = std::max(fastest, speed);
      slowest = std::min(slowest, speed);
      steepest = std::max(steepest, std::abs(v[2]));
      const double w = std::hypot(turn[0], turn[1]);
      forced = std::max(forced, std::hypot(a[0], a[1], a[2]));
      sideways = std::max(sideways, speed * w);
      if (speed > 2 * kStanding_mps) {
        pushed = std::max(pushed, std::abs(v[0] * a[0] + v[1] * a[1] + v[2] * a[2]) / speed);
        tightest = std::min(tightest, w > 0 ? speed / w : 1e9);
      }
      low_z = std::min(low_z, z);
      high_z = std::max(high_z, z);
    }
  }
  const double grain = 1e-3 * std::max(1.0, fastest);
  EXPECT_EQ(fault(scene.s, slower_than(fastest + grain)), "");
  EXPECT_NE(fault(scene.s, slower_than(fastest - 1e-6)), "");
  EXPECT_EQ(fault(scene.s, faster_than(std::max(0.0, slowest - grain))), "");
  EXPECT_NE(fault(scene.s, faster_than(slowest + 1e-6)), "");
  EXPECT_EQ(fault(scene.s, between(low_z - grain, high_z + grain)), "");
  EXPECT_NE(fault(scene.s, between(low_z + 1e-6, high_z + grain)), "");
  EXPECT_NE(fault(scene.s, between(low_z - grain, high_z - 1e-6)), "");
  Bound change;
  change.acceleration_mps2 = forced * 1.01;
  EXPECT_EQ(fault(scene.s, change), "");
  change.acceleration_mps2 = pushed * (1 - 1e-6);
  EXPECT_NE(fault(scene.s, change), "");
  change = {};
  change.sideways_mps2 = sideways * 1.01;
  EXPECT_EQ(fault(scene.s, change), "");
  change.sideways_mps2 = sideways * (1 - 1e-6);
  EXPECT_NE(fault(scene.s, change), "");
  change = {};
  change.turning_radius_m = tightest * (1 + 1e-6);
  EXPECT_NE(fault(scene.s, change), "");
  Bound climb;
  climb.climb_max_mps = steepest + grain;
  EXPECT_EQ(fault(scene.s, climb), "");
  climb.climb_max_mps = steepest - 1e-6;
  EXPECT_NE(fault(scene.s, climb), "");
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomTracks, testing::Range(0U, 40U));

TEST(Bounds, AreInTheCertificate) {
  Statement statement = parade();
  Bound bound = slower_than(10);
  bound.of_class = 1;
  bound.ceiling_m = 1;
  bound.from_s = 2;
  statement.bounds = {slower_than(4), bound};
  const Certificate certificate = made(statement);
  EXPECT_TRUE(verify(certificate).holds);
  const auto back = read(write(certificate));
  ASSERT_TRUE(back);
  EXPECT_EQ(write(back->statement), write(statement));
  ASSERT_EQ(back->statement.bounds.size(), 2U);
  EXPECT_EQ(back->statement.bounds[1].from_s, 2);
  EXPECT_EQ(back->statement.bounds[1].to_s, Bound::kAny);

  Certificate doctored = *back;
  doctored.statement.bounds[0].speed_max_mps = 1.4;
  EXPECT_THAT(refusal(doctored), HasSubstr("greatest speed"));
  doctored.statement.bounds[0].speed_max_mps = std::nan("");
  EXPECT_THAT(refusal(doctored), HasSubstr("a bound is no number"));
  doctored.statement.bounds[0] = {};
  doctored.statement.bounds[0].of_class = 2;
  EXPECT_THAT(refusal(doctored), HasSubstr("a bound is no number"));

  statement.bounds[1].speed_max_mps = 5.9;
  const auto none = make_certificate(statement);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message.english(), HasSubstr("c/21 is not shown to keep a bound"));
}

// A file of the time when there were no bounds is one without.
TEST(Bounds, NeedNotBeThere) {
  const Certificate certificate = made(parade());
  const auto back = read(write(certificate));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->statement.bounds.empty());
  EXPECT_TRUE(verify(*back).holds);
}

}  // namespace
}  // namespace defilada::certificate
