// SPDX-License-Identifier: MIT
#include "defilada/movement/profile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace defilada::movement {
namespace {

using Course = SpeedProfile::Course;

Course straight(double length, double speed, double acceleration) {
  Course course;
  course.end_m = length;
  course.base_speed_mps = speed;
  course.acceleration_mps2 = acceleration;
  return course;
}

TEST(SpeedProfile, StartsFromRestInClosedForm) {
  const SpeedProfile profile(straight(100, 2, 0.5));
  // 4 s and 4 m to speed up, then 96 m at 2 m/s.
  EXPECT_DOUBLE_EQ(profile.time_at(4), 4);
  EXPECT_DOUBLE_EQ(profile.time_at(100), 52);
  EXPECT_DOUBLE_EQ(profile.s_at(2), 1);
  EXPECT_DOUBLE_EQ(profile.speed_at(2), 1);
  EXPECT_DOUBLE_EQ(profile.s_at(60), 116);  // goes on at its last speed
  EXPECT_DOUBLE_EQ(profile.time_at(116), 60);
  EXPECT_DOUBLE_EQ(profile.s_at(-5), 0);
}

// 96 m in 128 paces of 0.75 m at 112 a minute: 68.57 s (CCTV, 3 September 2025), whatever comes
// before and after.
TEST(SpeedProfile, AZoneIsMarchedExactly) {
  Course course = straight(300, 1.5, 1.0);
  course.zones = {{100, 196, 1.4}};
  const SpeedProfile profile(course);
  EXPECT_NEAR(profile.time_at(196) - profile.time_at(100), 128 * 60 / 112.0, 1e-9);
  EXPECT_NEAR(profile.speed_at(profile.time_at(100)), 1.4, 1e-12);
  EXPECT_NEAR(profile.speed_at(profile.time_at(195.999)), 1.4, 1e-9);
  EXPECT_EQ(profile.needed_acceleration(), 0);
}

TEST(SpeedProfile, AStopIsArrivedAtAndLeft) {
  Course course = straight(100, 2, 1);
  course.stops = {{50, 30}};
  const SpeedProfile profile(course);
  EXPECT_NEAR(profile.departure_at(50) - profile.time_at(50), 30, 1e-9);
  EXPECT_NEAR(profile.speed_at(profile.time_at(50) + 15), 0, 1e-12);
  EXPECT_NEAR(profile.s_at(profile.time_at(50) + 15), 50, 1e-9);
}

// The usual halt: at the line where the ceremonial step begins or ends.
TEST(SpeedProfile, AStopWhereAZoneBeginsOrEndsIsArrivedAtByBraking) {
  for (const double at : {40.0, 70.0}) {
    Course course = straight(100, 2, 1);
    course.zones = {{40, 70, 1}};
    course.stops = {{at, 30}};
    const SpeedProfile profile(course);
    const double v = at == 40 ? 2 : 1;
    EXPECT_NEAR(profile.departure_at(at) - profile.time_at(at), 30, 1e-9);
    EXPECT_NEAR(profile.speed_at(profile.time_at(at - 0.5 * v * v) + 0.5 * v), 0.5 * v, 1e-9);
    EXPECT_NEAR(profile.speed_at(profile.time_at(at) - 1e-6), 0, 1e-5);
    EXPECT_EQ(profile.needed_acceleration(), 0);
  }
}

TEST(SpeedProfile, TwoStopsAtOnePlaceAreLeftAfterTheLast) {
  Course course = straight(100, 2, 1);
  course.stops = {{50, 30}, {50, 12}};
  const SpeedProfile profile(course);
  EXPECT_NEAR(profile.departure_at(50) - profile.time_at(50), 42, 1e-9);
}

TEST(SpeedProfile, TellsTheAccelerationThatAShortStretchNeeds) {
  Course course = straight(100, 2, 0.1);
  course.zones = {{2, 50, 2.5}};
  const SpeedProfile profile(course);
  EXPECT_NEAR(profile.needed_acceleration(), 2.5 * 2.5 / 4, 1e-12);  // v^2 / 2s
  EXPECT_DOUBLE_EQ(profile.needed_at_m(), 0);
}

TEST(SpeedProfile, TurnsRoundBeforeItsTargetWhereThereIsNoRoom) {
  Course course = straight(100, 10, 1);
  course.stops = {{8, 5}};
  const SpeedProfile profile(course);  // up for 4 m, down for 4 m: peak sqrt(8)
  EXPECT_NEAR(profile.speed_at(profile.time_at(4)), std::sqrt(8.0), 1e-9);
  EXPECT_EQ(profile.needed_acceleration(), 0);
}

class RandomCourses : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    std::mt19937 random(GetParam());
    std::uniform_real_distribution<double> speed(0.5, 5), gap(5, 80), share(0, 1);
    course_ = straight(900, speed(random), 0.3 + share(random));
    course_.start_speed_mps = share(random) < 0.5 ? 0 : course_.base_speed_mps;
    for (double s = gap(random); s < 850;) {
      const double to = s + gap(random);
      if (share(random) < 0.5) course_.zones.push_back({s, to, speed(random)});
      if (share(random) < 0.3) course_.stops.push_back({0.5 * (s + to), 20 * share(random)});
      s = share(random) < 0.3 ? to : to + gap(random);
    }
  }
  Course course_;
};

TEST_P(RandomCourses, IsContinuousAndNeverRunsBackwards) {
  const SpeedProfile profile(course_);
  double last_s = profile.s_at(0);
  const double dt = profile.duration_s() / 20000;
  for (int i = 0; i <= 20000; ++i) {
    const double t = i * dt;
    const double s = profile.s_at(t);
    EXPECT_GE(s, last_s - 1e-9);
    EXPECT_LE(s - last_s, 6 * dt);  // no jump: never faster than the fastest gait
    EXPECT_GE(profile.speed_at(t), -1e-9);
    last_s = s;
  }
  const auto phases = profile.phases();
  for (std::size_t i = 1; i < phases.size(); ++i) {
    const auto& before = phases[i - 1];
    EXPECT_NEAR(before.t0_s + before.duration_s, phases[i].t0_s, 1e-9);
    EXPECT_NEAR(before.v0_mps + before.a_mps2 * before.duration_s, phases[i].v0_mps, 1e-7);
  }
}

TEST_P(RandomCourses, TimeAndPlaceAreInverse) {
  const SpeedProfile profile(course_);
  for (double s = 0; s <= 900; s += 0.83) {
    EXPECT_NEAR(profile.s_at(profile.time_at(s)), s, 1e-8);
    EXPECT_GE(profile.departure_at(s), profile.time_at(s));
  }
}

TEST_P(RandomCourses, ZonesWithoutAStopAreExact) {
  const SpeedProfile profile(course_);
  for (std::size_t i = 0; i < course_.zones.size(); ++i) {
    const auto& zone = course_.zones[i];
    const bool touches = (i > 0 && course_.zones[i - 1].to_m == zone.from_m) ||
                         (i + 1 < course_.zones.size() && course_.zones[i + 1].from_m == zone.to_m);
    const bool stops = std::any_of(
        course_.stops.begin(), course_.stops.end(),
        [&](const auto& stop) { return stop.at_m >= zone.from_m && stop.at_m <= zone.to_m; });
    if (touches || stops || profile.needed_acceleration() > 0) continue;
    EXPECT_NEAR(profile.time_at(zone.to_m) - profile.time_at(zone.from_m),
                (zone.to_m - zone.from_m) / zone.speed_mps, 1e-8);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCourses, testing::Range(0, 60));

}  // namespace
}  // namespace defilada::movement
