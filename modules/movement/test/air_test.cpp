// SPDX-License-Identifier: MIT
// Flights of different speeds on one line: each rounds its corners at its own radius.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "defilada/movement/limits.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

constexpr double kBank = 0.4;

show::Kind aeroplane() {
  show::Kind kind;
  kind.name = "jet";
  kind.label.by_language["en"] = "jet";
  kind.category = show::Category::aeroplane;
  kind.length_m = 15;
  kind.width_m = 10;
  kind.speed_min_mps = 50;
  kind.speed_max_mps = 300;
  kind.acceleration_mps2 = 3;
  kind.bank_max_rad = 0.8;
  kind.climb_max_mps = 50;
  kind.separation_m = 20;
  kind.separation_vertical_m = 150;
  return kind;
}

/// A line east, then by `turn` to the left, then by as much to the right; one jet in each flight.
struct TwoFlights {
  show::Show show;
  Motions motions;

  TwoFlights(double first_mps, double second_mps, double turn)
      : show(empty_show(geo::Route::make(points(turn), 3000).value())) {
    show.site.routes[0].air = true;
    show.site.routes[0].points = points(turn);
    show.kinds.push_back(aeroplane());
    show::Procession procession;
    procession.name = "flypast";
    procession.air = true;
    procession.route = show::RouteId{0};
    procession.turn_bank_rad = kBank;
    show.processions.push_back(procession);
    for (const double speed : {first_mps, second_mps}) {
      const auto id = add_block(show, show::ProcessionId{0}, speed == first_mps ? "slow" : "fast",
                                1, 1, show::KindId{0});
      show.contingents[id.value].base_gait = show::Gait{"cruise", speed, 0, 0};
    }
    show.processions[0].over = add_station(show, "over", show.site.routes[0].geometry.length() - 1);
    motions = make_motions(show);
  }
  static std::vector<geo::Vec2> points(double turn) {
    const geo::Vec2 onward{std::cos(turn), std::sin(turn)};
    const geo::Vec2 first{40'000, 0};
    const geo::Vec2 second = first + 40'000.0 * onward;
    return {{0, 0}, first, second, second + geo::Vec2{40'000, 0}};
  }
  const Motion& slow() const { return *motions.by_contingent[0]; }
  const Motion& fast() const { return *motions.by_contingent[1]; }
};

TEST(LineMap, IsItsOwnInverseAndRises) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> turn(0.05, 1.2), radius(100, 9000), at(-1000, 130'000);
  for (int trial = 0; trial < 40; ++trial) {
    const LineMap map(TwoFlights::points(turn(random)), std::vector<double>(4, radius(random)));
    double before = map.line_m(-1001);
    for (int i = 0; i < 20; ++i) {
      const double s = at(random);
      EXPECT_NEAR(map.own_m(map.line_m(s)), s, 1e-6);
    }
    for (double s = -1000; s < 130'000; s += 500) {
      EXPECT_GT(map.line_m(s), before);
      before = map.line_m(s);
    }
  }
}

// Own lengths are those of the route; the line's are straight from corner to corner.
TEST(LineMap, AgreesWithTheRoute) {
  const auto points = TwoFlights::points(0.6);
  const geo::Route route = geo::Route::make(points, 4000).value();
  const LineMap map(points, std::vector<double>(4, 4000));
  for (const auto& element : route.elements()) {
    if (element.curvature != 0) continue;
    // The middle of a straight, measured along the line's corner points.
    const double s = element.s0 + 0.5 * element.length;
    const geo::Vec2 place = route.at(s).position;
    double along = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const geo::Vec2 leg = points[i + 1] - points[i];
      const geo::Vec2 from = place - points[i];
      const bool here = std::abs(geo::cross(leg, from)) < 1e-3 * geo::length(leg) &&
                        geo::dot(leg, from) > 0 && geo::dot(leg, from) < geo::dot(leg, leg);
      if (here) {
        EXPECT_NEAR(map.line_m(s), along + geo::length(from), 1e-6);
      }
      along += geo::length(leg);
    }
  }
  EXPECT_NEAR(map.line_m(route.length()), 120'000, 1e-6);
}

TEST(LineMap, OfAWayThatJoinsBeginsBehindItsTurn) {
  // From the south, at right angles, onto a line to the east 10 km behind its beginning.
  const LineMap map({{10'000, -30'000}, {10'000, 0}, {50'000, 0}}, {0, 1000, 0}, 1, 10'000);
  EXPECT_NEAR(map.begin_m(), 11'000, 1e-6);
  EXPECT_NEAR(map.own_m(11'000), 29'000 + 1000 * M_PI / 2, 1e-6);
  EXPECT_NEAR(map.line_m(29'000 + 1000 * M_PI / 2 + 500), 11'500, 1e-6);
}

// Law: past corners, too, the gap holds at every instant. The oracle looks at places on the ground
// where both are on one straight, and knows nothing of arc lengths.
TEST(Spacing, HoldsBehindCornersForFlightsOfDifferentSpeeds) {
  std::mt19937 random(21);
  std::uniform_real_distribution<double> speed(60, 280), turn(0.1, 1.1), gap(0, 4000);
  for (int trial = 0; trial < 30; ++trial) {
    const TwoFlights two(speed(random), speed(random), turn(random));
    const double wanted = gap(random);
    const SharedWay shared = shared_way(two.show, two.slow(), two.fast());
    EXPECT_NEAR(shared.to_m, 120'000, 1e-6);
    const auto delay = least_delay_s(two.slow(), two.fast(), wanted, shared);
    ASSERT_TRUE(delay);
    double seen = 1e9;
    const double end = std::min(two.slow().duration_s(), two.fast().duration_s() + *delay);
    for (double t = *delay; t < end; t += 0.25) {
      const auto tail = two.slow().route().at(two.slow().tail_s(t));
      const auto head = two.fast().route().at(two.fast().head_s(t - *delay));
      const geo::Vec2 between = tail.position - head.position;
      const bool one_straight = tail.curvature == 0 && head.curvature == 0 &&
                                std::abs(geo::cross(head.direction, tail.direction)) < 1e-9 &&
                                std::abs(geo::cross(head.direction, between)) < 1e-3;
      if (one_straight) seen = std::min(seen, geo::dot(head.direction, between));
    }
    EXPECT_GE(seen, wanted - 1e-3) << trial;
    const auto least = least_gap(two.slow(), two.fast(), *delay, shared);
    ASSERT_TRUE(least);
    EXPECT_NEAR(least->gap_m, wanted, 1e-5) << trial;
    EXPECT_LT(least_gap(two.slow(), two.fast(), *delay - 1e-3, shared)->gap_m, wanted) << trial;
  }
}

TEST(Spacing, HasNoDelayWhereWaysNeverMeet) {
  const TwoFlights two(100, 200, 0.5);
  EXPECT_FALSE(least_delay_s(two.slow(), two.fast(), 100, {20'000, 10'000}));
  EXPECT_FALSE(least_gap(two.slow(), two.fast(), 10, {20'000, 10'000}));
}

// The flight turns back over its own line after breaking off: a station on the line is where it
// passed before.
TEST(StationOn, IsBeforeTheBreakOff) {
  TwoFlights two(100, 100, 0.5);
  const auto station = add_station(two.show, "initial point", 5000);
  const auto leaves = add_station(two.show, "break-off", 20'000);
  // All the way round and home again along the line.
  two.show.processions[0].break_off = show::BreakOff{{}, leaves, 2 * M_PI - 1e-6, kBank, 0, 60'000};
  two.show.site.stations[station.value].position = {21'000, 30};  // nearest behind the turn
  const Motions motions = make_motions(two.show);
  EXPECT_LE(station_on(two.show, *motions.by_contingent[0], station), 20'000 + 1e-6);
}

TEST(Limits, FindingsOfTheAirHaveTimePlaceAndWho) {
  TwoFlights two(100, 200, 0.5);
  two.show.kinds[0].bank_max_rad = 0.3;
  const auto found = check_limits(two.show, make_motions(two.show));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].finding.code, "movement.bank-too-steep");
  EXPECT_EQ(found[0].finding.who, std::vector<std::string>{"slow/1"});
  const double tangent = 100.0 * 100 / (9.80665 * std::tan(kBank)) * std::tan(0.25);
  ASSERT_TRUE(found[0].finding.place);
  EXPECT_NEAR((*found[0].finding.place)[0], 40'000 - tangent, 1e-3);
  EXPECT_NEAR(found[0].t0_s, (40'000 - tangent) / 100, 1e-3);
}

}  // namespace
}  // namespace defilada::movement
