// SPDX-License-Identifier: MIT
// A vehicle that stops on the way: who stands, how the recovery vehicle gets past, what is late.
#include "defilada/movement/stalled.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "defilada/movement/bake.hpp"
#include "defilada/movement/motion.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

constexpr double kSpeed = 10 / 3.6;

show::Kind vehicle(std::string name, double length, double width, double turning_radius) {
  show::Kind kind;
  kind.name = std::move(name);
  kind.label.by_language["en"] = kind.name;
  kind.category = show::Category::vehicle;
  kind.length_m = length;
  kind.width_m = width;
  kind.speed_max_mps = 15;
  kind.acceleration_mps2 = 0.5;
  kind.turning_radius_m = turning_radius;
  kind.separation_m = 4;
  return kind;
}

/// A column of `abreast` x `ranks`, 9 m and 16 m apart; in its rank 3 one stops at 1000 m.
struct Column {
  show::Show show;
  show::ContingentId id{};

  explicit Column(geo::Route route, int abreast = 3, int ranks = 6)
      : show(empty_show(std::move(route))) {
    show.kinds.push_back(vehicle("tracked", 8, 3.2, 9));
    show.kinds.push_back(vehicle("recovery", 9, 3.4, 11));
    const auto line = add_station(show, "line-up", 300);
    const auto march_id = add_procession(show, "column", line, 15);
    show.processions[0].base_gait = {"10 km/h", kSpeed, 0, 0};
    add_block(show, march_id, "airborne", 1, 1, show::KindId{0});
    show::Part& part = show.contingents[0].parts[0];
    part.formation = {};
    part.formation.shape = formation::Shape::column;
    part.formation.count = abreast * ranks;
    part.formation.files = abreast;
    part.formation.interval_m = 9;
    part.formation.distance_m = 16;
    show::Stalled stalled;
    stalled.rank = 2;
    stalled.file = static_cast<std::size_t>(abreast - 1);
    stalled.station = add_station(show, "there", 1000);
    stalled.at_m = 1000;
    stalled.lasts = duration_from_seconds(60);
    show.contingents[0].stalled = stalled;
  }
  void recovery(double behind_m, bool right = false) {
    show::Part part;
    part.kind = show::KindId{1};
    part.formation.shape = formation::Shape::trail;
    part.formation.count = 1;
    part.formation.distance_m = 1;
    part.behind_m = behind_m;
    show.contingents[0].parts.push_back(part);
    show.contingents[0].stalled->towed = show::Stalled::Towed{1, right};
  }
  [[nodiscard]] Motions motions() const { return make_motions(show); }
};

geo::Route straight() {
  return geo::Route::make({{0, 0}, {4000, 0}}, 0).value();
}

double place(const Motion& motion, std::size_t rank, double t) {
  const auto own = motion.profile_of(rank);
  return own.profile->s_at(t) + own.shift_m;
}

std::vector<std::string> codes(const Motions& motions) {
  std::vector<std::string> found;
  for (const auto& each : motions.findings) found.push_back(each.finding.code);
  return found;
}

TEST(Stalled, ThoseBehindStandAsLongAtTheirDistancesAndThoseAheadGoOn) {
  Column column(straight());
  const Motions motions = column.motions();
  const Motion& own = motions[show::ContingentId{0}];
  Column free(straight());
  free.show.contingents[0].stalled.reset();
  const Motions undisturbed = free.motions();
  const Motion& other = undisturbed[show::ContingentId{0}];
  ASSERT_TRUE(own.stall());
  EXPECT_EQ(own.stall()->rank, 2U);
  EXPECT_NEAR(place(own, 2, own.stall()->begin_s), 1000, 1e-9);
  for (double t = 0; t < own.duration_s(); t += 0.5) {
    for (std::size_t rank = 0; rank < 6; ++rank) {
      if (rank < 2) {
        EXPECT_NEAR(place(own, rank, t), place(other, rank, t), 1e-9);
      }
      if (rank == 0) continue;
      const double distance = place(own, rank - 1, t) - place(own, rank, t);
      if (rank == 2) {
        EXPECT_GE(distance, 16 - 1e-9);
      } else {
        EXPECT_NEAR(distance, 16, 1e-9);
      }
    }
  }
  // Late by the stop, and by what braking and speeding up cost: v / a.
  const double late = 60 + kSpeed / 0.5;
  EXPECT_NEAR(own.tail_at(2000) - other.tail_at(2000), late, 1e-9);
  EXPECT_NEAR(own.head_at(2000), other.head_at(2000), 1e-9);
  EXPECT_NEAR(own.rank_at(2, 1500) - other.rank_at(2, 1500), late, 1e-9);
  ASSERT_EQ(codes(motions), std::vector<std::string>{"movement.stalled"});
  const Finding told = motions.findings[0].at(Time{0});
  EXPECT_NEAR((*told.end - *told.begin).seconds(), 60, 1e-6);
  EXPECT_NEAR((*told.place)[0], 1000, 1e-9);
}

TEST(Stalled, NobodyStandsForOneThatNeverComesThere) {
  Column column(straight());
  column.show.contingents[0].stalled->at_m = 200;  // behind where its rank stands in the line-up
  EXPECT_EQ(codes(column.motions()), std::vector<std::string>{"movement.stalled-outside"});
}

/// Least distance of the outlines of two bodies along the way, both along it.
double room(double ahead_a, double left_a, const show::Kind& a, double ahead_b, double left_b,
            const show::Kind& b) {
  const double along = std::abs(ahead_a - ahead_b) - 0.5 * (a.length_m + b.length_m);
  const double across = std::abs(left_a - left_b) - 0.5 * (a.width_m + b.width_m);
  return std::max(along, across);
}

/// The law of plan_recovery, by looking at many instants of the tracks; on both sides, from in
/// front of any file.
TEST(Recovery, ComesPastAllAndBacksUpToTheOneThatStopped) {
  for (const bool right : {false, true}) {
    for (const std::size_t file : {0U, 1U, 2U}) {
      Column column(straight());
      column.show.contingents[0].stalled->file = file;
      column.recovery(50, right);
      const Motions motions = column.motions();
      ASSERT_EQ(codes(motions), std::vector<std::string>{"movement.stalled"});
      const Motion& own = motions[show::ContingentId{0}];
      const Stall& stall = *own.stall();
      ASSERT_TRUE(stall.profile);
      track::TrackSet tracks;
      bake(column.show, own, 0, 100, tracks);
      const track::Mover& tow = tracks.movers[stall.recovery->slot];
      const track::Mover& stopped = tracks.movers[stall.slot];
      double least = 1e9;
      double fastest = 0;
      double before_y = tracks.at(tow, 100)->position_m[1];
      for (double t = 100; t < 100 + own.duration_s(); t += 0.1) {
        const auto at = tracks.at(tow, t);
        ASSERT_TRUE(at);
        EXPECT_NEAR(at->position_m[1], before_y, 0.3);  // no jump
        before_y = at->position_m[1];
        fastest = std::max(fastest, std::abs(at->velocity_mps[0]));
        for (const track::Mover& mover : tracks.movers) {
          if (&mover == &tow) continue;
          const auto other = tracks.at(mover, t);
          if (!other) continue;
          least = std::min(least,
                           room(at->position_m[0], at->position_m[1], column.show.kinds[1],
                                other->position_m[0], other->position_m[1], column.show.kinds[0]));
        }
      }
      EXPECT_NEAR(least, kPassingRoom_m, 1e-6) << file << right;
      EXPECT_LE(fastest, kSpeed + 1e-9);
      // In its file, a bar ahead of it, from then on.
      const double last = 100 + own.duration_s() - 1;
      for (const double t : {100 + stall.begin_s + stall.lasts_s, last}) {
        const auto front = tracks.at(tow, t);
        const auto rear = tracks.at(stopped, t);
        EXPECT_NEAR(front->position_m[1], rear->position_m[1], 1e-6);
        EXPECT_NEAR(front->position_m[0] - rear->position_m[0], 8.5 + kTowBar_m, 1e-6);
      }
      EXPECT_NEAR(stall.lasts_s, 60 + stall.recovery->drives_s, 1e-9);
    }
  }
}

/// Radius of a cubic change of lane at an even speed, by differences of the baked track.
TEST(Recovery, TurnsNoTighterThanItsKindCan) {
  Column column(straight());
  column.recovery(50);
  const Motions motions = column.motions();
  const Motion& own = motions[show::ContingentId{0}];
  track::TrackSet tracks;
  bake(column.show, own, 0, 0, tracks);
  const track::Mover& tow = tracks.movers[own.stall()->recovery->slot];
  double tightest = 1e9;
  for (const LaneShift& shift : own.stall()->recovery->shifts) {
    for (double u = 0.001; u < 1; u += 0.001) {
      const double t = own.stall()->begin_s + shift.t0_s + u * (shift.t1_s - shift.t0_s);
      const auto a = tracks.at(tow, t - 1e-3)->velocity_mps;
      const auto b = tracks.at(tow, t + 1e-3)->velocity_mps;
      const double turned = std::atan2(b[1], b[0]) - std::atan2(a[1], a[0]);
      if (std::abs(turned) < 1e-12) continue;
      tightest = std::min(tightest, std::hypot(a[0], a[1]) * 2e-3 / std::abs(turned));
    }
  }
  EXPECT_GE(tightest, 11 * 0.999);
  EXPECT_LE(tightest, 12.5);  // and the change is no longer than it must be
}

TEST(Recovery, GoesSlowerWhereItStandsNearAndSaysWhatItNeeds) {
  Column column(straight());
  column.recovery(50);
  const Motions far = column.motions();
  column.show.contingents[0].parts[1].behind_m = 5;
  const Motions near = column.motions();
  ASSERT_EQ(codes(near), std::vector<std::string>{"movement.recovery-too-close"});
  const double needed = 5 + near[show::ContingentId{0}].stall()->lacks_m;
  column.show.contingents[0].parts[1].behind_m = needed + 1e-6;
  const Motions just = column.motions();
  ASSERT_EQ(codes(just), std::vector<std::string>{"movement.stalled"});
  EXPECT_LT(just[show::ContingentId{0}].stall()->recovery->speed_mps,
            far[show::ContingentId{0}].stall()->recovery->speed_mps);
  column.show.contingents[0].parts[1].behind_m = needed - 1e-6;
  EXPECT_EQ(codes(column.motions()), std::vector<std::string>{"movement.recovery-too-close"});
}

TEST(Recovery, StaysOnItsRoute) {
  Column column(straight());
  column.recovery(50);
  const double lane = column.motions()[show::ContingentId{0}].stall()->recovery->lane_m;
  column.show.site.routes[0].width_m = 2 * (lane + 1.7) + 0.01;
  EXPECT_EQ(codes(column.motions()), std::vector<std::string>{"movement.stalled"});
  column.show.site.routes[0].width_m -= 0.02;
  EXPECT_EQ(codes(column.motions()), std::vector<std::string>{"movement.recovery-too-wide"});
}

TEST(Recovery, IsLeftOutInABend) {
  Column column(geo::Route::make({{0, 0}, {990, 0}, {990, 3000}}, 60).value());
  column.recovery(50);
  EXPECT_EQ(codes(column.motions()), std::vector<std::string>{"movement.recovery-in-bend"});
}

TEST(Stalled, WhoComesBehindIsLateAndKeepsItsGap) {
  Column column(straight());
  column.recovery(50);
  show::Contingent next = column.show.contingents[0];
  next.name = "next";
  next.parts.resize(1);
  next.stalled.reset();
  column.show.contingents.push_back(next);
  column.show.processions[0].order.push_back(show::ContingentId{1});
  const Motions motions = column.motions();
  const Motion& own = motions[show::ContingentId{0}];
  const Motion& behind = motions[show::ContingentId{1}];
  const auto shared = shared_way(column.show, own, behind);
  const double delay = least_delay_s(own, behind, 15, shared).value();
  EXPECT_GE(least_gap(own, behind, delay, shared)->gap_m, 15 - 1e-6);
  EXPECT_LT(least_gap(own, behind, delay - 0.01, shared)->gap_m, 15);
  // From the baked tracks: its first bodies never nearer to the last of those ahead.
  track::TrackSet tracks;
  bake(column.show, own, 0, 0, tracks);
  bake(column.show, behind, 0, delay, tracks);
  double least = 1e9;
  for (double t = 0; t < own.duration_s(); t += 0.25) {
    double tail = 1e9;
    for (std::size_t i = 0; i < 18; ++i) {
      const auto at = tracks.at(tracks.movers[i], t);
      if (at) tail = std::min(tail, at->position_m[0] - 4);
    }
    const auto head = tracks.at(tracks.movers[19], t);
    if (head && tail < 1e8) least = std::min(least, tail - head->position_m[0] - 4);
  }
  EXPECT_GE(least, 15);
}

}  // namespace
}  // namespace defilada::movement
