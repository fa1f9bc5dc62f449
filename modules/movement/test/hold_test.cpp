// SPDX-License-Identifier: MIT
// Wind, holds and joins.
#include "defilada/movement/hold.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "defilada/movement/bake.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

constexpr double kGravity = 9.80665;
constexpr double kPi = M_PI;

show::Kind jet() {
  show::Kind kind;
  kind.name = "jet";
  kind.label.by_language["en"] = "jet";
  kind.category = show::Category::aeroplane;
  kind.length_m = 15;
  kind.width_m = 10;
  kind.speed_max_mps = 300;
  kind.acceleration_mps2 = 3;
  kind.bank_max_rad = 0.8;
  kind.separation_m = 20;
  kind.separation_vertical_m = 150;
  return kind;
}

/// One flight that holds where its line begins, and then goes round a corner.
struct OneFlight {
  show::Show show;

  OneFlight(double air_mps, double wind_mps, double wind_toward_rad)
      : show(empty_show(geo::Route::make(points(), 1000).value())) {
    show.site.routes[0].air = true;
    show.site.routes[0].points = points();
    if (wind_mps > 0) show.site.wind = show::Wind{{}, wind_toward_rad, wind_mps};
    show.kinds.push_back(jet());
    show::Procession flypast;
    flypast.name = "flypast";
    flypast.air = true;
    flypast.route = show::RouteId{0};
    flypast.turn_bank_rad = 0.4;
    flypast.base_gait = show::Gait{"cruise", air_mps, 0, 0};
    show.processions.push_back(flypast);
    add_block(show, show::ProcessionId{0}, "flight", 2, 2, show::KindId{0});
    show.contingents[0].parts[0].formation.distance_m = 60;
    show.contingents[0].parts[0].formation.interval_m = 40;
    show.processions[0].over = add_station(show, "over", 50'000);
    show::Hold hold;
    hold.fix = add_station(show, "fix", 0);
    hold.bank_rad = 0.35;
    hold.leg_time = duration_from_seconds(60);
    show.contingents[0].hold = hold;
  }
  static std::vector<geo::Vec2> points() { return {{0, 0}, {40'000, 10'000}, {80'000, -5000}}; }
};

// Law: air = ground - wind has the speed through the air and points where the nose does.
TEST(Wind, MakesATriangle) {
  std::mt19937 random(2);
  std::uniform_real_distribution<double> angle(-kPi, kPi), air(60, 250), speed(0, 50);
  for (int trial = 0; trial < 200; ++trial) {
    const double toward = angle(random), blows = speed(random), track_rad = angle(random);
    const Wind wind(geo::Vec2{blows * std::cos(toward), blows * std::sin(toward)});
    const geo::Vec2 track{std::cos(track_rad), std::sin(track_rad)};
    const double v = air(random);
    ASSERT_TRUE(wind.gets_along(v, track));
    const double ground = wind.ground_mps(v, track);
    const double nose = track_rad + wind.crab_rad(ground, track);
    EXPECT_NEAR(v * std::cos(nose) + wind.velocity_mps().x, ground * track.x, 1e-9);
    EXPECT_NEAR(v * std::sin(nose) + wind.velocity_mps().y, ground * track.y, 1e-9);
    // The fastest moment of a turn, against many of its moments.
    const double turn = angle(random);
    double seen = 0;
    for (int i = 0; i <= 1000; ++i) {
      const double at = track_rad + turn * i / 1000;
      seen = std::max(seen, wind.ground_mps(v, {std::cos(at), std::sin(at)}));
    }
    EXPECT_NEAR(wind.fastest_mps(v, track_rad, turn), seen, 1e-3);
  }
}

TEST(Wind, LetsNobodyFlyAgainstMoreThanTheirSpeed) {
  const Wind wind(geo::Vec2{-100, 0});
  EXPECT_FALSE(wind.gets_along(90, {1, 0}));
  EXPECT_FALSE(wind.gets_along(90, {0, 1}));
  EXPECT_TRUE(wind.gets_along(90, {-1, 0}));
}

// 200 kt in a wind of 40 kt: from ahead, from behind, and from the side (a textbook triangle).
TEST(Wind, AsInTheTextbook) {
  const double knot = 1852.0 / 3600;
  EXPECT_NEAR(Wind(geo::Vec2{-40 * knot, 0}).ground_mps(200 * knot, {1, 0}), 160 * knot, 1e-9);
  EXPECT_NEAR(Wind(geo::Vec2{40 * knot, 0}).ground_mps(200 * knot, {1, 0}), 240 * knot, 1e-9);
  const Wind across(geo::Vec2{0, -40 * knot});  // blows to the right of who flies east
  const double ground = across.ground_mps(200 * knot, {1, 0});
  EXPECT_NEAR(ground, std::sqrt(200.0 * 200 - 40 * 40) * knot, 1e-9);
  EXPECT_NEAR(across.crab_rad(ground, {1, 0}) * 180 / kPi, 11.54, 0.005);  // into it, to the left
}

// Law: the circuits take exactly the time that there is.
TEST(Hold, SpendsExactlyItsTime) {
  std::mt19937 random(9);
  std::uniform_real_distribution<double> air(70, 200), wind(0, 25), angle(-kPi, kPi), more(0, 4000);
  for (int trial = 0; trial < 60; ++trial) {
    const OneFlight one(air(random), wind(random), angle(random));
    const Motions motions = make_motions(one.show);
    const Racetrack track = racetrack_of(one.show, *motions.by_contingent[0]);
    const double time = track.shortest_s() + more(random);
    const auto flown = fly_hold(track, time);
    ASSERT_TRUE(flown);
    const double last = track.turns_s + track.legs_s(flown->last_leg_m);
    EXPECT_NEAR((flown->circuits - 1) * track.circuit_s() + last, time, 1e-6);
    EXPECT_LT(last, 2 * track.circuit_s());
    EXPECT_NEAR(track.leg_m / track.inbound_mps, 60, 1e-9);
    const Motion all = with_hold(one.show, *motions.by_contingent[0], time);
    EXPECT_NEAR(all.duration_s(), time + motions.by_contingent[0]->duration_s(), 1e-5);
    EXPECT_FALSE(fly_hold(track, track.shortest_s() - 0.01));
  }
}

// Without wind a circuit is two circles of v^2 / (g tan bank) and two legs: a closed form.
TEST(Hold, InStillAirIsTheClosedForm) {
  const OneFlight one(100, 0, 0);
  const Motions motions = make_motions(one.show);
  const Racetrack track = racetrack_of(one.show, *motions.by_contingent[0]);
  const double radius = 100.0 * 100 / (kGravity * std::tan(0.35));
  EXPECT_NEAR(track.radius_m, radius, 1e-9);
  EXPECT_NEAR(track.circuit_s(), 2 * kPi * radius / 100 + 120, 1e-6);
}

// What is baked, looked at from outside: velocities of the tracks at many instants.
TEST(Hold, IsFlownAtItsSpeedThroughTheAirAndWithinItsBank) {
  for (const double blows : {0.0, 12.0}) {
    const OneFlight one(120, blows, 2.0);
    const Wind wind(one.show);
    const Motions motions = make_motions(one.show);
    const Motion& flight = *motions.by_contingent[0];
    const Racetrack racetrack = racetrack_of(one.show, flight);
    const double enters = 1000;
    const double leaves = enters + 2.5 * racetrack.circuit_s();
    track::TrackSet tracks;
    bake(one.show, flight, enters, leaves, tracks);
    ASSERT_TRUE(tracks.validate().has_value());
    ASSERT_EQ(tracks.movers.size(), 4u);
    const auto& first = tracks.movers[0];
    // Nose at the fix when it enters, once round later, and when it leaves.
    const auto nose = [&](double t) {
      const auto state = *tracks.at(first, t);
      const double speed = std::hypot(state.velocity_mps[0], state.velocity_mps[1]);
      return geo::Vec2{state.position_m[0] + 7.5 * state.velocity_mps[0] / speed,
                       state.position_m[1] + 7.5 * state.velocity_mps[1] / speed};
    };
    for (const double t : {enters, enters + racetrack.circuit_s(), leaves}) {
      EXPECT_NEAR(geo::length(nose(t) - racetrack.fix), 20, 1) << t;  // half the interval aside
    }
    const double end = leaves + flight.duration_s() - 1;
    for (double t = enters + 5; t < end; t += 1.7) {
      const auto state = *tracks.at(first, t);
      const geo::Vec2 ground{state.velocity_mps[0], state.velocity_mps[1]};
      const geo::Vec2 air = ground - wind.velocity_mps();
      // In a turn the outer one flies faster by its distance from the axis; a rank keeps the
      // leader's speed over the ground while it is up to its distance behind in the turn.
      EXPECT_NEAR(geo::length(air), 120, blows == 0 ? 1.5 : 2.5) << t;
      const double away = std::remainder(state.heading_rad - std::atan2(air.y, air.x), 2 * kPi);
      EXPECT_LT(std::abs(away), 0.02) << t;
      const auto before = *tracks.at(first, t - 0.01);
      const double turned =
          std::remainder(std::atan2(ground.y, ground.x) -
                             std::atan2(before.velocity_mps[1], before.velocity_mps[0]),
                         2 * kPi);
      const double bank = std::atan(geo::length(ground) * std::abs(turned) / 0.01 / kGravity);
      EXPECT_LT(bank, (t < leaves ? 0.35 : 0.4) * 1.03) << t;
    }
  }
}

// A flight comes from the south by a line of its own; both are as far apart as asked from the join
// on.
TEST(Joins, KeepTheirGapFromWhereTheyJoin) {
  OneFlight one(150, 8, 1.0);
  show::Route own;
  own.name = "feeder";
  own.air = true;
  own.points = {{20'000, -30'000}, {20'000, -10'000}};
  own.geometry = geo::Route::make(own.points, 0).value();
  one.show.site.routes.push_back(own);
  one.show.contingents[0].hold.reset();
  const auto join =
      add_station(one.show, "join", one.show.site.routes[0].geometry.project({24'000, 6000}).s);
  const auto id = add_block(one.show, show::ProcessionId{0}, "joiner", 1, 1, show::KindId{0});
  one.show.contingents[id.value].joins = show::Joins{{}, show::RouteId{1}, join};
  one.show.contingents[id.value].base_gait = show::Gait{"fast", 190, 0, 0};
  const Motions motions = make_motions(one.show);
  ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
  const Motion& ahead = *motions.by_contingent[0];
  const Motion& joiner = motions[id];
  const SharedWay shared = shared_way(one.show, ahead, joiner);
  EXPECT_GT(shared.from_m, 24'000);
  const auto delay = least_delay_s(ahead, joiner, 2000, shared);
  ASSERT_TRUE(delay);
  EXPECT_NEAR(least_gap(ahead, joiner, *delay, shared)->gap_m, 2000, 1e-5);
  double seen = 1e9;
  const double until = std::min(joiner.duration_s(), ahead.duration_s() - *delay);
  for (double t = 0; t < until; t += 0.25) {
    const auto head = joiner.route().at(joiner.head_s(t));
    const auto tail = ahead.route().at(ahead.tail_s(t + *delay));
    const bool together = joiner.head_s(t) > joiner.line().own_m(shared.from_m) &&
                          head.curvature == 0 && tail.curvature == 0 &&
                          std::abs(geo::cross(head.direction, tail.direction)) < 1e-9;
    if (together) seen = std::min(seen, geo::dot(tail.position - head.position, head.direction));
  }
  EXPECT_NEAR(seen, 2000, 60);
  EXPECT_GE(seen, 2000 - 1e-3);
  EXPECT_NEAR(station_on(one.show, joiner, one.show.processions[0].over),
              joiner.line().own_m(
                  ahead.line().line_m(station_on(one.show, ahead, one.show.processions[0].over))),
              30);
}

}  // namespace
}  // namespace defilada::movement
