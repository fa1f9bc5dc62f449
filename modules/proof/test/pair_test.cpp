// SPDX-License-Identifier: MIT
// Verdicts on pairs against 60 digits: planted, grazing, parallel, still, far away, for hours.
#include <gtest/gtest.h>

#include <cmath>

#include "oracle.hpp"
#include "scenes.hpp"

namespace defilada::proof {
namespace {

using scenes::add;
using scenes::PieceOf;
using scenes::Powers;
using scenes::rules;

SeparationReport prove(const Motions& motions, double distance_m) {
  const auto report = prove_separation(motions, rules(distance_m));
  EXPECT_TRUE(report.has_value());
  return *report;
}

/// A random curve, of about `size` metres and `length` seconds.
Powers curve(Random& random, int degree, double size, double length, double far) {
  Powers c(static_cast<std::size_t>(degree) + 1);
  double scale = size;
  for (auto& each : c) {
    for (double& x : each) x = random.uniform(-scale, scale);
    scale /= length;
  }
  for (double& x : c[0]) x += far;
  return c;
}

struct Case {
  const char* name;
  double far_m;
  double length_s;
  double start_s;
};

class Grazing : public testing::TestWithParam<Case> {};

TEST_P(Grazing, AMicrometreEitherWayAndANanometreIsDecidedAsTheOracleSays) {
  const Case& c = GetParam();
  int tested = 0;
  const std::uint32_t cases = c.far_m >= 1e4 ? 25 : 60;  // 113 bits are slow
  for (std::uint32_t i = 0; i < cases; ++i) {
    Random random(7, i, static_cast<std::uint64_t>(c.length_s));
    Motions motions;
    const int degree = 1 + static_cast<int>(random.below(6));
    const double later = c.start_s + c.length_s * random.uniform(0, 0.5);
    add(motions,
        {{c.start_s, c.start_s + c.length_s, curve(random, degree, 20, c.length_s, c.far_m)}});
    add(motions, {{later, c.start_s + 1.25 * c.length_s,
                   curve(random, 1 + static_cast<int>(random.below(6)), 20, c.length_s, c.far_m)}});
    const oracle::Wide least = oracle::least_distance(motions, 0, 1);
    const double d = static_cast<double>(least);
    if (d < 1e-3) continue;
    ++tested;
    EXPECT_TRUE(prove(motions, d - 1e-6).clear()) << c.name << " " << i;
    EXPECT_TRUE(prove(motions, d).clear()) << c.name << " " << i;
    EXPECT_TRUE(prove(motions, d + 0.99e-9).clear()) << c.name << " " << i;
    EXPECT_FALSE(prove(motions, d + 1.01e-9).clear()) << c.name << " " << i;
    const SeparationReport report = prove(motions, d + 1e-6);
    ASSERT_EQ(report.conflicts.size(), 1U) << c.name << " " << i;
    EXPECT_LE(report.conflicts[0].t0_s, report.conflicts[0].t_least_s);
    EXPECT_GE(report.conflicts[0].t1_s, report.conflicts[0].t_least_s);
    // Its upper bound; far away double holds nanometres.
    EXPECT_NEAR(report.conflicts[0].least_m, d, c.far_m >= 1e4 ? 2e-8 : 2e-9);
    // The least distance brackets the truth, a centimetre wide at most.
    const SeparationReport wide = prove(motions, 0.5 * d);
    EXPECT_LE(oracle::Wide(wide.least_lower_m), least) << c.name << " " << i;
    EXPECT_GE(oracle::Wide(wide.least_upper_m), least) << c.name << " " << i;
    EXPECT_LE(wide.least_upper_m - wide.least_lower_m, 0.01) << c.name << " " << i;
  }
  EXPECT_GT(tested, 20);
}

INSTANTIATE_TEST_SUITE_P(Places, Grazing,
                         testing::Values(Case{"near", 0, 60, 0}, Case{"100 km away", 1e5, 60, 0},
                                         Case{"for hours", 0, 20'000, 36'000},
                                         Case{"late in the day", 1e4, 30, 86'000},
                                         Case{"milliseconds", 10, 1e-3, 5}),
                         [](const auto& tested) {
                           std::string name;
                           for (const char c : std::string(tested.param.name))
                             name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
                           return name;
                         });

TEST(Pair, AnApproachOfMicrosecondsIsFound) {
  for (std::uint32_t i = 0; i < 200; ++i) {
    Random random(11, i, 0);
    Motions motions;
    const double when = random.uniform(10, 50);
    const double angle = random.uniform(0, 6.28);
    const double speed = 250;
    const double miss = 1e-4;
    const Powers slow = curve(random, 5, 10, 60, 0);
    std::array<double, 3> at{};
    std::array<double, 3> v{};
    for (std::size_t k = slow.size(); k-- > 0;) {
      for (std::size_t d = 0; d < 3; ++d) {
        at[d] = at[d] * when + slow[k][d];
        if (k > 0) v[d] = v[d] * when + static_cast<double>(k) * slow[k][d];
      }
    }
    const double vx = speed * std::cos(angle);
    const double vy = speed * std::sin(angle);
    add(motions, {{0, 60, slow}});
    add(motions, {{0, 60, {{at[0] - vx * when, at[1] - vy * when, at[2] + miss}, {vx, vy, 0}}}});
    const auto report = prove(motions, 3 * miss);
    ASSERT_EQ(report.conflicts.size(), 1U) << i;
    EXPECT_NEAR(report.conflicts[0].t_least_s, when, 1e-6);
    EXPECT_LT(report.conflicts[0].t1_s - report.conflicts[0].t0_s, 2e-5);
    EXPECT_GT(report.conflicts[0].t1_s - report.conflicts[0].t0_s, 1e-7);
  }
}

TEST(Pair, TheIntervalIsThatOfTheQuadratic) {
  // (t - 5)^2 + 1 = 4 at 5 -+ sqrt 3.
  Motions motions;
  add(motions, {{0, 10, {{-5, 0, 0}, {1, 0, 0}}}});
  add(motions, {{0, 10, {{0, 1, 0}}}});
  const auto report = prove(motions, 2);
  ASSERT_EQ(report.conflicts.size(), 1U);
  EXPECT_NEAR(report.conflicts[0].t0_s, 5 - std::sqrt(3.0), 1e-8);
  EXPECT_NEAR(report.conflicts[0].t1_s, 5 + std::sqrt(3.0), 1e-8);
  EXPECT_NEAR(report.conflicts[0].t_least_s, 5, 1e-4);
  EXPECT_NEAR(report.conflicts[0].place_m[1], 0.5, 1e-9);
  EXPECT_EQ(report.pairs, 1U);
}

TEST(Pair, ALongRunSideBySideAtTheLimitIsClear) {
  Motions motions;
  add(motions, {{0, 36'000, {{0, 0, 0}, {1.4, 0.3, 0}}}});
  add(motions, {{0, 36'000, {{0, 2, 0}, {1.4, 0.3, 0}}}});
  EXPECT_TRUE(prove(motions, 2).clear());
  EXPECT_TRUE(prove(motions, 2 + 5e-10).clear());
  const auto report = prove(motions, 2 + 1e-8);
  ASSERT_EQ(report.conflicts.size(), 1U);
  EXPECT_EQ(report.conflicts[0].t0_s, 0);
  EXPECT_EQ(report.conflicts[0].t1_s, 36'000);
}

TEST(Pair, IdenticalTracksAreInConflictAllTheTime) {
  Motions motions;
  for (int i = 0; i < 2; ++i) add(motions, {{0, 10, {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}}});
  const auto report = prove(motions, 1e-6);
  ASSERT_EQ(report.conflicts.size(), 1U);
  EXPECT_EQ(report.conflicts[0].t1_s - report.conflicts[0].t0_s, 10);
  EXPECT_LT(report.conflicts[0].least_m, 1e-9);
}

TEST(Pair, TracksThatMeetOnlyAtAJointMeet) {
  Motions motions;
  add(motions, {{0, 5, {{0, 0, 0}, {1, 0, 0}}}});
  add(motions, {{5, 10, {{5.5, 0, 0}, {1, 0, 0}}}});
  add(motions, {{5 + 1e-6, 10, {{5, 0, 0}}}});
  const auto report = prove(motions, 0.6);
  ASSERT_EQ(report.conflicts.size(), 2U);  // 0-1 at t = 5 alone, 1-2 for a while
  EXPECT_EQ(report.conflicts[0].a, 0U);
  EXPECT_EQ(report.conflicts[0].b, 1U);
  EXPECT_EQ(report.conflicts[0].t0_s, 5);
  EXPECT_EQ(report.conflicts[0].t1_s, 5);
}

TEST(Pair, NobodyIsNearWhoIsNotThere) {
  Motions motions;
  add(motions, {{0, 4, {{0, 0, 0}}}, {6, 10, {{0, 0, 0}}}});
  add(motions, {{4.5, 5.5, {{0, 0, 0}}}});
  const auto report = prove_separation(motions, rules(1), {.cap_m = 100});
  EXPECT_TRUE(report->clear());
  EXPECT_EQ(report->least_upper_m, 100);
  EXPECT_EQ(report->least_lower_m, 100);
}

TEST(Pair, TwoDipsAreTwoConflicts) {
  Motions motions;
  // |x| = |(t-2)(t-8)| is below 1 twice.
  add(motions, {{0, 10, {{16, 0, 0}, {-10, 0, 0}, {1, 0, 0}}}});
  add(motions, {{0, 10, {{0, 0, 0}}}});
  const auto report = prove(motions, 1);
  ASSERT_EQ(report.conflicts.size(), 2U);
  EXPECT_NEAR(report.conflicts[0].t_least_s, 2, 1e-5);
  EXPECT_NEAR(report.conflicts[1].t_least_s, 8, 1e-5);
}

TEST(Pair, RadiiAddToWhatIsAsked) {
  Motions motions;
  add(motions, {{0, 1, {{0, 0, 0}}}}, Body{0, 0, 0.5});
  add(motions, {{0, 1, {{2, 0, 0}}}}, Body{0, 0, 0.25});
  EXPECT_TRUE(prove(motions, 1.25).clear());
  EXPECT_FALSE(prove(motions, 1.2500001).clear());
}

TEST(Pair, ACylinderAsksForTheOneOrTheOther) {
  Rules both(1);
  both.set(0, 0, {Limit::Shape::cylinder, 10, 5});
  const auto verdict = [&](double z0, double vz) {
    Motions motions;
    add(motions, {{0, 20, {{-10, 1, z0}, {1, 0, vz}}}});
    add(motions, {{0, 20, {{0, 0, 0}}}});
    return prove_separation(motions, both).value();
  };
  EXPECT_TRUE(verdict(5, 0).clear());  // as high as asked
  EXPECT_FALSE(verdict(5 - 2e-9, 0).clear());
  EXPECT_FALSE(verdict(0, 0).clear());
  // Horizontally near for |t - 10| < 9.95; below 5 m only before t = 0.02: never both.
  EXPECT_TRUE(verdict(4.98, 1).clear());
  const auto late = verdict(-24.5, 1);  // |z| < 5 from 19.5 on, near until 19.95
  ASSERT_EQ(late.conflicts.size(), 1U);
  EXPECT_NEAR(late.conflicts[0].t0_s, 19.5, 1e-6);
  EXPECT_NEAR(late.conflicts[0].t1_s, 10 + std::sqrt(99.0), 1e-6);
  EXPECT_NEAR(late.least_upper_m, std::hypot(9.5, 1), 0.011);
}

TEST(Pair, ErrorsOfTheTracksAddToBothSidesOfACylinder) {
  Rules both(1);
  both.set(0, 0, {Limit::Shape::cylinder, 10, 5});
  const auto clear = [&](double y, double z, bool groups) {
    Motions motions;
    // Many, so that groups are looked at as groups.
    for (int i = 0; i < 40; ++i) add(motions, {{0, 20, {{-10.0 + 300 * i, y, z}, {1, 0, 0}}}});
    for (int i = 0; i < 40; ++i) add(motions, {{0, 20, {{300.0 * i, 0, 0}}}});
    for (MotionPath& path : motions.paths) path.error_centre_m = 0.02;
    SeparationOptions options;
    options.groups = groups;
    return prove_separation(motions, both, options).value().clear();
  };
  for (const bool groups : {true, false}) {
    EXPECT_FALSE(clear(1, 5.03, groups));
    EXPECT_TRUE(clear(1, 5.0401, groups));
    EXPECT_FALSE(clear(10.03, 0, groups));
    EXPECT_TRUE(clear(10.0401, 0, groups));
  }
}

}  // namespace
}  // namespace defilada::proof
