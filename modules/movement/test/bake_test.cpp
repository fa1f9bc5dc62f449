// SPDX-License-Identifier: MIT
#include "defilada/movement/bake.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

/// The exact curve of a slot: its rank's place on the route, its offset along the normal there.
std::array<double, 2> exact(const Motion& motion, std::size_t slot, double t_since_step_off) {
  const Arrangement& arrangement = motion.arrangement();
  const auto own = motion.profile_of(arrangement.rank_of[slot]);
  const auto pose = motion.route().at(own.profile->s_at(t_since_step_off) + own.shift_m);
  const geo::Vec2 p =
      pose.position + arrangement.slots[slot].slot.left_m * geo::left_of(pose.direction);
  return {p.x, p.y};
}

struct Winding {
  show::Show show;
  Motions motions;
  explicit Winding(int seed, show::Change change) : show(empty_show(route(seed))) {
    show.kinds.push_back(marcher());
    const auto column = add_procession(show, "column", add_station(show, "line-up", 60), 20);
    add_block(show, column, "army", 15, 6, show::KindId{0});
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> cadence(70, 180), from(80, 200);
    const double s = from(random);
    show.contingents[0].zones = {{{}, march(0.75, cadence(random)), s, s + 150, change}};
    motions = make_motions(show);
  }
  static geo::Route route(int seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> turn(-1.6, 1.6), leg(90, 200), radius(6, 40);
    std::vector<geo::Vec2> points{{0, 0}};
    std::vector<double> radii{0};
    double heading = 0;
    for (int i = 0; i < 5; ++i) {
      points.push_back(points.back() +
                       leg(random) * geo::Vec2{std::cos(heading), std::sin(heading)});
      radii.push_back(radius(random));
      heading += turn(random);
    }
    return geo::Route::make(points, radii).value();
  }
};

class WindingRoutes : public testing::TestWithParam<int> {};

// Law: every mover is within its stated bound of the exact curve, and the bound is within the
// limit.
TEST_P(WindingRoutes, TracksStayWithinTheirBound) {
  for (const auto change : {show::Change::contingent, show::Change::rank}) {
    const Winding w(GetParam(), change);
    const Motion& motion = *w.motions.by_contingent[0];
    track::TrackSet tracks;
    const double steps_off = 36000.25;
    bake(w.show, motion, steps_off - 600, steps_off, tracks);
    ASSERT_TRUE(tracks.validate()) << tracks.validate().error().message;
    double worst = 0;
    for (const auto& mover : tracks.movers) {
      const double bound = tracks.error_m(mover);
      EXPECT_LE(bound, kGroundErrorM);
      for (double t = -100; t <= motion.duration_s(); t += 0.317) {
        const auto state = tracks.at(mover, steps_off + t);
        ASSERT_TRUE(state);
        const auto wanted = exact(motion, mover.slot, t);
        const double error =
            std::hypot(state->position_m[0] - wanted[0], state->position_m[1] - wanted[1]);
        EXPECT_LE(error, bound) << "slot " << mover.slot << " at " << t;
        worst = std::max(worst, error);
      }
    }
    EXPECT_GT(worst, 0);  // the bound is not met by doing nothing
  }
}

// Law: a rank turns as a line: two movers of one rank keep their distance to microns, all the way
// round.
TEST_P(WindingRoutes, ARankStaysALine) {
  const Winding w(GetParam(), show::Change::contingent);
  const Motion& motion = *w.motions.by_contingent[0];
  track::TrackSet tracks;
  bake(w.show, motion, 0, 100, tracks);
  const auto& first = tracks.movers[0];
  const auto& last = tracks.movers[14];
  ASSERT_EQ(first.path, last.path);
  for (double t = 100; t < 100 + motion.duration_s(); t += 0.7) {
    const auto a = *tracks.at(first, t);
    const auto b = *tracks.at(last, t);
    EXPECT_NEAR(std::hypot(a.position_m[0] - b.position_m[0], a.position_m[1] - b.position_m[1]),
                14 * 0.75, 14 * 0.75 * tracks.paths[first.path].error_normal + 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, WindingRoutes, testing::Range(0, 12));

TEST(Bake, ABlockOnAStraightIsOnePathAndOffsets) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {500, 0}}, 0).value());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 60), 20);
  add_block(show, column, "army", 25, 14, show::KindId{0});
  const Motions motions = make_motions(show);
  track::TrackSet tracks;
  bake(show, *motions.by_contingent[0], 0, 10, tracks);
  EXPECT_EQ(tracks.paths.size(), 1u);
  EXPECT_EQ(tracks.movers.size(), 350u);
  EXPECT_TRUE(tracks.paths[0].straight);
  // Standing, then stepping off at 10 s.
  const auto standing = *tracks.at(tracks.movers[0], 5);
  EXPECT_EQ(standing.velocity_mps[0], 0);
  const auto marching = *tracks.at(tracks.movers[0], 100);
  EXPECT_NEAR(marching.velocity_mps[0], 1.4, 1e-12);
  EXPECT_NEAR(marching.heading_rad, 0, 1e-12);
  // They leave together when the tail is at the end of the route.
  const auto interval = tracks.interval(tracks.paths[0]);
  EXPECT_NEAR(interval[1], 10 + motions.by_contingent[0]->tail_at(500), 1e-9);
}

TEST(Bake, TheyMayLookAsideUntilTheyStepOff) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {500, 0}}, 0).value());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 60), 20);
  add_block(show, column, "army", 3, 2, show::KindId{0});
  show.processions[0].line_up->facing_rad = std::numbers::pi / 2;
  const Motions motions = make_motions(show);
  track::TrackSet tracks;
  bake(show, *motions.by_contingent[0], 0, 10, tracks);
  EXPECT_NEAR(tracks.at(tracks.movers[0], 5)->heading_rad, std::numbers::pi / 2, 1e-12);
  EXPECT_NEAR(tracks.at(tracks.movers[0], 15)->heading_rad, 0, 1e-12);
}

TEST(Bake, TheyDriveInReverseAndTurnAsideAtAHalt) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {500, 0}}, 0).value());
  show.kinds.push_back(marcher());
  const auto halt = add_station(show, "halt", 300);
  const auto column = add_procession(show, "column", add_station(show, "line-up", 60), 20);
  add_block(show, column, "army", 3, 2, show::KindId{0});
  show.contingents[0].zones = {{{}, march(), 100, 200, show::Change::contingent, std::numbers::pi}};
  show.processions[0].halts = {{{}, halt, Duration{30'000'000}, -std::numbers::pi / 2}};
  const Motions motions = make_motions(show);
  const Motion& motion = *motions.by_contingent[0];
  track::TrackSet tracks;
  bake(show, motion, 0, 10, tracks);
  ASSERT_TRUE(tracks.validate());
  const auto heading = [&](double nose_m, double later_s) {
    return tracks.at(tracks.movers[5], 10 + motion.head_at(nose_m) + later_s)->heading_rad;
  };
  EXPECT_NEAR(heading(90, 0), 0, 1e-12);
  EXPECT_NEAR(std::abs(heading(150, 0)), std::numbers::pi, 1e-12);
  EXPECT_NEAR(heading(210, 0), 0, 1e-12);
  EXPECT_NEAR(heading(300, 15), -std::numbers::pi / 2, 1e-12);
  EXPECT_NEAR(heading(310, 0), 0, 1e-12);
}

// The closed form of one quintic over an angle: error near R theta^6 / 46080 (spikes: within 5 %).
TEST(Bake, TheErrorOfAQuarterTurnIsItsClosedForm) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {300, 0}, {300, 300}}, 50).value());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 60), 20);
  add_block(show, column, "one", 1, 1, show::KindId{0});
  const Motions motions = make_motions(show);
  const Motion& motion = *motions.by_contingent[0];
  track::TrackSet tracks;
  bake(show, motion, 0, 0, tracks);
  const auto& mover = tracks.movers[0];
  int arcs = 0;
  for (const auto& piece : tracks.pieces) arcs += piece.nx[5] != 0;
  const double theta = std::numbers::pi / 2 / arcs;
  double worst = 0;
  for (double t = 0; t < motion.duration_s(); t += 0.01) {
    const auto state = *tracks.at(mover, t);
    const auto wanted = exact(motion, 0, t);
    worst = std::max(worst,
                     std::hypot(state.position_m[0] - wanted[0], state.position_m[1] - wanted[1]));
  }
  EXPECT_NEAR(worst, 50 * std::pow(theta, 6) / 46080, 0.05 * 50 * std::pow(theta, 6) / 46080);
}

TEST(Bake, AircraftTurnAndClimbAtTheBreakOff) {
  show::Show show = empty_show(geo::Route::make({{40000, 0}, {-20000, 0}}, 0).value());
  show::Kind jet = marcher();
  jet.category = show::Category::aeroplane;
  jet.length_m = 20;
  jet.width_m = 13;
  jet.acceleration_mps2 = 2;
  show.kinds.push_back(jet);
  const auto over = add_station(show, "axis", 40000);
  const auto off = add_station(show, "off", 45000);
  const auto flight = add_procession(show, "jets", over, 0);
  show.processions[0].air = true;
  show.processions[0].line_up.reset();
  show.processions[0].over = over;
  show.processions[0].height_m = 500;
  show.processions[0].base_gait = {"450 km/h", 125, 0, 0};
  show.processions[0].break_off =
      show::BreakOff{{}, off, std::numbers::pi / 3, 25 * std::numbers::pi / 180, 5, 10000};
  const auto echelon = add_block(show, flight, "wedge", 1, 1, show::KindId{0});
  show.contingents[echelon.value].parts[0].formation = {
      .shape = formation::Shape::vic, .count = 5, .interval_m = 15, .distance_m = 20};
  const Motions motions = make_motions(show);
  const Motion& motion = *motions.by_contingent[0];
  track::TrackSet tracks;
  bake(show, motion, 0, 0, tracks);
  ASSERT_TRUE(tracks.validate()) << tracks.validate().error().message;
  const double passes = motion.head_at(station_on(show, motion, over));
  EXPECT_NEAR(passes, (40000) / 125.0, 1e-6);
  EXPECT_NEAR(tracks.at(tracks.movers[0], passes)->position_m[2], 500, 1e-9);
  const auto last = *tracks.at(tracks.movers[0], motion.duration_s());
  EXPECT_GT(last.position_m[2], 800);
  EXPECT_NEAR(last.velocity_mps[2], 5, 1e-9);
  for (const auto& mover : tracks.movers) {
    EXPECT_LE(tracks.error_m(mover), kAirErrorM);
    for (double t = 0; t < motion.duration_s(); t += 1.7) {
      const auto state = *tracks.at(mover, t);
      const auto wanted = exact(motion, mover.slot, t);
      EXPECT_LE(std::hypot(state.position_m[0] - wanted[0], state.position_m[1] - wanted[1]),
                tracks.error_m(mover));
    }
  }
}

TEST(Bake, PerformersInPlaceStand) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {300, 0}}, 0).value());
  show.kinds.push_back(marcher());
  const auto band = add_block(show, add_procession(show, "none", add_station(show, "a", 0), 0),
                              "band", 3, 2, show::KindId{0});
  show.processions.clear();
  show.contingents[0].procession = {};
  show.contingents[0].in_place = show::Contingent::InPlace{{10, 20}, std::numbers::pi / 2};
  const Motions motions = make_motions(show);
  track::TrackSet tracks;
  bake_in_place(show, band, *motions.in_place[0], 100, 200, tracks);
  ASSERT_TRUE(tracks.validate());
  // Facing north: left is west, back is south. Slots run from the right of the first rank.
  const auto right_front = *tracks.at(tracks.movers[0], 150);
  EXPECT_NEAR(right_front.position_m[0], 10 + 0.75, 1e-12);
  EXPECT_NEAR(right_front.position_m[1], 20, 1e-12);
  EXPECT_NEAR(right_front.heading_rad, std::numbers::pi / 2, 1e-12);
  const auto left_back = *tracks.at(tracks.movers[5], 150);
  EXPECT_NEAR(left_back.position_m[0], 10 - 0.75, 1e-12);
  EXPECT_NEAR(left_back.position_m[1], 20 - 1.2, 1e-12);
}

}  // namespace
}  // namespace defilada::movement
