// SPDX-License-Identifier: MIT
// Bodies that are rectangles, against many instants with a bound of the speed between them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "scenes.hpp"

namespace defilada::proof {
namespace {

struct Placed {
  double x, y, heading;
  Body body;
};

/// Distance by brute force: every corner against every side, 0 where they overlap.
double distance(const Placed& a, const Placed& b) {
  const auto corners = [](const Placed& p) {
    std::array<std::array<double, 2>, 4> all{};
    const std::array<std::array<double, 2>, 4> signs{{{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}};
    for (std::size_t i = 0; i < 4; ++i) {
      const double l = signs[i][0] * p.body.half_length_m;
      const double w = signs[i][1] * p.body.half_width_m;
      all[i] = {p.x + l * std::cos(p.heading) - w * std::sin(p.heading),
                p.y + l * std::sin(p.heading) + w * std::cos(p.heading)};
    }
    return all;
  };
  const auto p = corners(a);
  const auto q = corners(b);
  const auto side = [](const auto& o, const auto& u, const auto& v) {
    return (u[0] - o[0]) * (v[1] - o[1]) - (u[1] - o[1]) * (v[0] - o[0]);
  };
  double best = 1e9;
  bool a_in_b = true;
  bool b_in_a = true;
  for (std::size_t i = 0; i < 4; ++i) {
    a_in_b = a_in_b && side(q[i], q[(i + 1) % 4], p[0]) >= 0;
    b_in_a = b_in_a && side(p[i], p[(i + 1) % 4], q[0]) >= 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const auto& p1 = p[(i + 1) % 4];
      const auto& q1 = q[(j + 1) % 4];
      if (side(p[i], p1, q[j]) * side(p[i], p1, q1) < 0 &&
          side(q[j], q1, p[i]) * side(q[j], q1, p1) < 0)
        return 0;
      const auto to_segment = [](const auto& c, const auto& u, const auto& v) {
        const double lx = v[0] - u[0];
        const double ly = v[1] - u[1];
        const double ll = lx * lx + ly * ly;
        const double s =
            ll > 0 ? std::clamp(((c[0] - u[0]) * lx + (c[1] - u[1]) * ly) / ll, 0.0, 1.0) : 0;
        return std::hypot(c[0] - u[0] - s * lx, c[1] - u[1] - s * ly);
      };
      best = std::min({best, to_segment(p[i], q[j], q1), to_segment(q[j], p[i], p1)});
    }
  }
  return a_in_b || b_in_a ? 0 : best;
}

/// A vehicle on a circle by a Taylor polynomial, short enough to be right to 1e-9.
std::uint32_t add_turning(Motions& motions, double x, double y, double heading, double speed,
                          double rate, double length_s, const Body& body) {
  const std::uint32_t path = motions.add_path(0, 1e-9, false);
  std::vector<Coefficient> c(12);
  c[0] = {x, y, 0, -std::sin(heading), std::cos(heading)};
  double factor = 1;  // rate^(k-1) / k!
  for (int k = 1; k < 12; ++k) {
    factor *= (k == 1 ? 1 : rate) / k;
    const double angle = heading + (k - 1) * std::numbers::pi / 2;
    const double turned = heading + k * std::numbers::pi / 2;
    c[static_cast<std::size_t>(k)] = {
        speed * factor * std::cos(angle), speed * factor * std::sin(angle), 0,
        -rate * factor * std::sin(turned), rate * factor * std::cos(turned)};
  }
  motions.add_piece(0, length_s, c);
  MotionMover mover;
  mover.path = path;
  mover.body = body;
  motions.movers.push_back(mover);
  return path;
}

TEST(Rectangles, LeastDistanceIsThatOfManyInstants) {
  int clear = 0;
  int conflicts = 0;
  for (std::uint32_t i = 0; i < 120; ++i) {
    Random random(31, i, 0);
    Motions motions;
    std::array<Placed, 2> start{};
    std::array<double, 2> speed{};
    std::array<double, 2> rate{};
    constexpr double kLength = 8;
    for (std::size_t k = 0; k < 2; ++k) {
      start[k] = {random.uniform(-15, 15), random.uniform(-15, 15), random.uniform(0, 6.28),
                  Body{random.uniform(0.2, 5), random.uniform(0.2, 2), 0}};
      speed[k] = random.uniform(0, 4);
      rate[k] = random.uniform(-0.15, 0.15);
      add_turning(motions, start[k].x, start[k].y, start[k].heading, speed[k], rate[k], kLength,
                  start[k].body);
    }
    double least = 1e9;
    constexpr int kInstants = 3000;
    for (int n = 0; n <= kInstants; ++n) {
      const double t = kLength * n / kInstants;
      std::array<Placed, 2> now = start;
      for (std::size_t k = 0; k < 2; ++k) {
        const double h = start[k].heading + rate[k] * t;
        now[k].x += speed[k] / rate[k] * (std::sin(h) - std::sin(start[k].heading));
        now[k].y += speed[k] / rate[k] * (std::cos(start[k].heading) - std::cos(h));
        now[k].heading = h;
      }
      least = std::min(least, distance(now[0], now[1]));
    }
    const double between = (8 + 2) * kLength / kInstants;  // no faster than 10 m/s to each other
    const auto report = prove_separation(motions, scenes::rules(0.5), {.cap_m = 1000}).value();
    if (least > 0) {
      EXPECT_LE(report.least_lower_m, least) << i;
      EXPECT_GE(report.least_upper_m, least - between) << i;
      EXPECT_LE(report.least_upper_m - report.least_lower_m, 0.0100001) << i;
    } else {
      EXPECT_LT(report.least_upper_m, 1e-6) << i;
    }
    if (least < 0.5) {
      EXPECT_FALSE(report.clear()) << i;
      ++conflicts;
    } else if (least > 0.5 + between) {
      EXPECT_TRUE(report.clear()) << i;
      ++clear;
    }
  }
  EXPECT_GT(clear, 20);
  EXPECT_GT(conflicts, 10);
}

TEST(Rectangles, SideBySideAtTheLimitIsClear) {
  for (const double heading : {0.0, 0.7, 2.0}) {
    Motions motions;
    for (const double left : {0.0, 3.5}) {
      const double x = -left * std::sin(heading);
      const double y = left * std::cos(heading);
      const std::uint32_t path = motions.add_path(0, 0, true);
      const std::array<Coefficient, 2> c{
          Coefficient{x, y, 0, -std::sin(heading), std::cos(heading)},
          Coefficient{3 * std::cos(heading), 3 * std::sin(heading), 0, 0, 0}};
      motions.add_piece(0, 3600, c);
      MotionMover mover;
      mover.path = path;
      mover.body = {5, 1.5, 0};
      motions.movers.push_back(mover);
    }
    EXPECT_TRUE(prove_separation(motions, scenes::rules(0.5))->clear()) << heading;
    EXPECT_FALSE(prove_separation(motions, scenes::rules(0.5 + 1e-8))->clear()) << heading;
  }
}

TEST(Rectangles, ABodyThatFacesAsideIsTurned) {
  Motions motions;
  const std::array<Coefficient, 1> still{Coefficient{0, 0, 0, 0, 1}};
  motions.add_path(0, 0, true);
  motions.add_piece(0, 10, still, std::numbers::pi / 2);
  MotionMover mover;
  mover.body = {5, 1, 0};
  motions.movers.push_back(mover);
  scenes::add(motions, {{0, 10, {{2, 4.9, 0}}}});  // beside the long body, which now points north
  const auto report = prove_separation(motions, scenes::rules(1), {.cap_m = 100}).value();
  EXPECT_TRUE(report.clear());
  EXPECT_NEAR(report.least_upper_m, 1, 1e-9);
}

TEST(Rectangles, AWallIsABodyWithoutWidth) {
  Motions motions;
  motions.add_fixed({0, 10, 0}, 0, Body{20, 0, 0}, 0, 100, 0);
  const std::uint32_t walker =
      scenes::add(motions, {{0, 100, {{0, 0, 0}, {0.05, 0.1, 0}}}}, Body{0, 0, 0.3});
  const auto report = prove_separation(motions, scenes::rules(0)).value();
  ASSERT_EQ(report.conflicts.size(), 1U);
  EXPECT_EQ(report.conflicts[0].b, walker);
  EXPECT_NEAR(report.conflicts[0].t0_s, 97, 1e-6);
}

/// 4 x 2 m, from x = -10 m on at 1 m/s for 20 s; its left side is y = 1 m.
void add_car_along_x(Motions& motions) {
  MotionMover car;
  car.path = motions.add_path(0, 0, true);
  const std::array<Coefficient, 2> c{Coefficient{-10, 0, 0, 0, 1}, Coefficient{1, 0, 0, 0, 0}};
  motions.add_piece(0, 20, c);
  car.body = {2, 1, 0};
  motions.movers.push_back(car);
}

TEST(Rectangles, AConflictTellsHowDeepTheyOverlap) {
  Motions motions;
  // Along x past a block of 6 x 3 m whose near side is at y = 0.6: the car reaches to y = 1.
  motions.add_fixed({0, 2.1, 0}, 0, Body{3, 1.5, 0}, 0, 20, 0);
  add_car_along_x(motions);
  const auto report = prove_separation(motions, scenes::rules(0)).value();
  ASSERT_EQ(report.conflicts.size(), 1U);
  const Approach& overlap = report.conflicts[0];
  EXPECT_NEAR(overlap.t0_s, 5, 1e-6);
  EXPECT_NEAR(overlap.t1_s, 15, 1e-6);
  EXPECT_NEAR(overlap.least_m, -0.4, 1e-8);
  EXPECT_GT(overlap.t_least_s, 5.4 - 1e-6);  // before, the way back is shorter
  EXPECT_LT(overlap.t_least_s, 14.6 + 1e-6);
  EXPECT_NEAR(overlap.missing_m(), 0.4, 1e-8);
  EXPECT_EQ(report.least_upper_m, 0);  // of distances; not less
}

// Nearly at the limit for ten seconds: what bounds the corners' way tells nothing until stretches
// are as short as that depth, of which there are thousands of millions.
TEST(Rectangles, AnOverlapOfNanometresThatSlidesForSecondsIsTimed) {
  for (const double deep : {4e-9, 1e-7, 1e-5}) {
    Motions motions;
    motions.add_fixed({0, 2.5 - deep, 0}, 0, Body{3, 1.5, 0}, 0, 20, 0);
    add_car_along_x(motions);
    const auto report = prove_separation(motions, scenes::rules(0)).value();
    ASSERT_EQ(report.conflicts.size(), 1U) << deep;
    EXPECT_NEAR(report.conflicts[0].t0_s, 5, 1e-6);
    EXPECT_NEAR(report.conflicts[0].t1_s, 15, 1e-6);
    EXPECT_NEAR(report.conflicts[0].least_m, -deep, 1e-9);
  }
}

// A long vehicle rubs along a wall without width in a bend: its outline is a millimetre to a
// centimetre over the wall for seconds, which no motion of its corners bounds.
TEST(Rectangles, AShallowOverlapInABendIsTimed) {
  for (const double deep : {1e-3, 1e-2}) {
    Motions motions;
    const double radius = 20;
    const double speed = 2;
    const Body vehicle{8, 1.5, 0};
    add_turning(motions, radius, 0, std::numbers::pi / 2, speed, speed / radius, 6, vehicle);
    // The inner side is a tangent of the circle of radius - half width, at the middle of the time.
    const double angle = speed / radius * 3;
    const double foot = radius - 1.5 + deep;
    motions.add_fixed({foot * std::cos(angle), foot * std::sin(angle), 0},
                      angle + std::numbers::pi / 2, Body{4, 0, 0}, 0, 6, 0);
    const auto report = prove_separation(motions, scenes::rules(0)).value();
    ASSERT_EQ(report.conflicts.size(), 1U);
    const Approach& found = report.conflicts[0];
    const auto overlaps = [&](double t) {
      const double h = angle - speed / radius * t;  // how far the vehicle has to go
      const Placed own{radius * std::cos(-h), radius * std::sin(-h), std::numbers::pi / 2 - h,
                       vehicle};
      const Placed wall{foot, 0, std::numbers::pi / 2, Body{4, 0, 0}};
      return distance(own, wall) == 0;
    };
    double first = 10;
    double last = -1;
    constexpr int kInstants = 60000;
    for (int n = 0; n <= kInstants; ++n) {
      const double t = 6.0 * n / kInstants;
      if (!overlaps(t)) continue;
      first = std::min(first, t);
      last = std::max(last, t);
    }
    ASSERT_LT(first, last);
    EXPECT_NEAR(found.t0_s, first, 2e-4);
    EXPECT_NEAR(found.t1_s, last, 2e-4);
  }
}

TEST(Rectangles, ManyVehiclesAreThoseOfAllPairs) {
  Motions motions;
  for (std::uint32_t i = 0; i < 210; ++i) {
    Random random(5, i, 0);
    add_turning(
        motions, random.uniform(0, 300), random.uniform(0, 300), random.uniform(0, 6.28),
        random.uniform(0, 6), random.uniform(-0.1, 0.1), 8,
        i % 3 == 0 ? Body{0, 0, 0.3} : Body{random.uniform(1, 6), random.uniform(0.5, 1.5), 0});
  }
  for (const auto measure :
       {SeparationOptions::Measure::distance, SeparationOptions::Measure::margin}) {
    SeparationOptions options;
    options.measure = measure;
    options.cap_m = 100;
    const auto slow = prove_all_pairs(motions, scenes::rules(0.4), options);
    const auto fast = prove_separation(motions, scenes::rules(0.4), options).value();
    ASSERT_EQ(fast.conflicts.size(), slow.conflicts.size());
    EXPECT_GT(fast.conflicts.size(), 5U);
    for (std::size_t i = 0; i < fast.conflicts.size(); ++i) {
      EXPECT_EQ(fast.conflicts[i].a, slow.conflicts[i].a);
      EXPECT_EQ(fast.conflicts[i].b, slow.conflicts[i].b);
      EXPECT_NEAR(fast.conflicts[i].t0_s, slow.conflicts[i].t0_s, 1e-6);
    }
  }
}

}  // namespace
}  // namespace defilada::proof
