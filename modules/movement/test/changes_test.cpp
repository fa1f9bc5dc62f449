// SPDX-License-Identifier: MIT
// Changes of gait by rank and by contingent, mixed and beside halts: see Motion.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "defilada/movement/motion.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

constexpr double kBase = 1.4;
constexpr double kDistance = 1.2;

struct OneBlock {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {4000, 0}}, 0).value());

  explicit OneBlock(std::vector<show::GaitZone> zones) {
    show.kinds.push_back(marcher());
    const auto line = add_station(show, "line-up", 100);
    add_block(show, add_procession(show, "column", line, 20), "army", 3, 10, show::KindId{0});
    show.contingents[0].zones = std::move(zones);
  }
  void halt(double s_m, double lasts_s) {
    const auto name = "halt " + std::to_string(show.site.stations.size());
    show.processions[0].halts.push_back(
        {{}, add_station(show, name, s_m), duration_from_seconds(lasts_s)});
  }
};

show::GaitZone slow(double from, double to, show::Change change, double per_minute = 56) {
  return {{}, march(0.75, per_minute), from, to, change};
}

std::vector<std::string> codes(const Motions& motions) {
  std::vector<std::string> found;
  for (const auto& each : motions.findings) found.push_back(each.finding.code);
  return found;
}

/// Smallest distance between two neighbouring ranks over the whole way, by looking at many
/// instants.
double least_distance_seen(const Motion& motion) {
  double least = 1e9;
  const std::size_t ranks = motion.arrangement().backs_m.size();
  for (double t = 0; t <= motion.duration_s(); t += 0.05) {
    for (std::size_t rank = 1; rank < ranks; ++rank) {
      const auto place = [&](std::size_t r) {
        const auto profile = motion.profile_of(r);
        return profile.profile->s_at(t) + profile.shift_m;
      };
      least = std::min(least, place(rank - 1) - place(rank));
    }
  }
  return least;
}

TEST(Changes, OfStretchesThatTouchAreMadeByRankIfOneIs) {
  OneBlock block({slow(1000, 1100, show::Change::rank),
                  slow(1100, 1200, show::Change::contingent, 80),
                  slow(2000, 2100, show::Change::contingent)});
  const Motions motions = make_motions(block.show);
  const Motion& army = *motions.by_contingent[0];
  EXPECT_EQ(army.change(1), show::Change::rank);
  EXPECT_EQ(army.change(2), show::Change::contingent);
  ASSERT_EQ(codes(motions), std::vector<std::string>{"movement.change-as-neighbours"});
  const Finding told = motions.findings[0].at(Time{3'600'000'000});
  EXPECT_NEAR(told.begin->seconds(), 3600 + army.head_at(1100), 1e-6);
  EXPECT_NEAR(told.end->seconds(), 3600 + army.tail_at(1200), 1e-6);
  ASSERT_TRUE(told.place);
  EXPECT_NEAR((*told.place)[0], 1100, 1e-9);
  EXPECT_EQ(told.who, std::vector<std::string>{"army"});
  // In the second stretch they are as near as its own speed makes them, not the first's.
  const double inside = army.rank_at(0, 1195);
  const auto place = [&](std::size_t rank) { return army.profile_of(rank).profile->s_at(inside); };
  EXPECT_NEAR(place(0) - place(1), kDistance * 80 / 112, 1e-9);
}

TEST(Changes, AllAtOnceWhereTheyHalt) {
  OneBlock block({slow(1000, 1100, show::Change::rank), slow(2000, 2100, show::Change::rank)});
  block.halt(1050, 30);
  const Motions motions = make_motions(block.show);
  const Motion& army = *motions.by_contingent[0];
  EXPECT_EQ(army.change(0), show::Change::contingent);
  EXPECT_EQ(army.change(1), show::Change::rank);
  EXPECT_EQ(codes(motions), std::vector<std::string>{"movement.change-at-halt"});
  for (std::size_t rank = 0; rank < 10; ++rank) {  // at their distances while they stand
    const auto profile = army.profile_of(rank);
    const double standing = army.head_at(1050) + 15;
    EXPECT_NEAR(profile.profile->s_at(standing) + profile.shift_m,
                1050 - army.arrangement().front_m - kDistance * static_cast<double>(rank), 1e-9);
  }
}

TEST(Changes, WhatTheShowSaysHoldsWhereNothingIsNear) {
  OneBlock block(
      {slow(1000, 1100, show::Change::rank), slow(1300, 1400, show::Change::contingent)});
  block.halt(1800, 30);
  const Motions motions = make_motions(block.show);
  EXPECT_TRUE(motions.findings.empty());
  EXPECT_EQ(motions.by_contingent[0]->change(0), show::Change::rank);
  EXPECT_EQ(motions.by_contingent[0]->change(1), show::Change::contingent);
}

// Law of Motion: neighbouring ranks are never nearer than their distance times the smallest ratio
// of speeds, whatever touches what.
TEST(Changes, RanksNeverCloseUpFurtherThanTheSlowestStretchMakesThem) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> length(5, 60), between(0, 60), cadence(40, 170);
  for (int trial = 0; trial < 40; ++trial) {
    std::vector<show::GaitZone> zones;
    double smallest = 1;
    double s = 101 + between(random);
    for (int i = 0; i < 5; ++i) {
      const double to = s + length(random);
      const double per_minute = cadence(random);
      const auto change = random() % 2 == 0 ? show::Change::rank : show::Change::contingent;
      zones.push_back(slow(s, to, change, per_minute));
      smallest = std::min(smallest, per_minute / 112);
      s = to + (random() % 2 == 0 ? 0 : between(random));
    }
    OneBlock block(zones);
    block.show.processions[0].end = add_station(block.show, "end", s + 60);
    for (int i = 0; i < 2; ++i) block.halt(110 + 4 * between(random), 5);
    const Motions motions = make_motions(block.show);
    EXPECT_GE(least_distance_seen(*motions.by_contingent[0]), kDistance * smallest - 1e-6) << trial;
  }
}

// A rear rank that stands in a short stretch when the show begins brakes harder than the first.
TEST(Changes, TheRankThatBrakesHardestIsTold) {
  OneBlock block(
      {slow(1000, 1000.3, show::Change::rank, 20), slow(1000.5, 1100, show::Change::rank, 170)});
  const Motions motions = make_motions(block.show);
  ASSERT_EQ(codes(motions), std::vector<std::string>{"movement.change-too-short"});
  const auto& found = motions.findings[0];
  ASSERT_TRUE(found.contingent && found.finding.place);
  const Motion& army = *motions.by_contingent[0];
  const double place = (*found.finding.place)[0];
  EXPECT_GT(place, 999);
  EXPECT_LT(place, 1001);
  EXPECT_LE(army.rank_at(0, place) - 1e-9, found.t0_s);
}

TEST(LineUp, EachProcessionThatDoesNotFitIsTold) {
  OneBlock block({});
  for (const char* const name : {"second", "third"}) {
    const auto column = add_procession(block.show, name,
                                       add_station(block.show, std::string(name) + " line", 3), 20);
    add_block(block.show, column, std::string(name) + " 1", 3, 10, show::KindId{0});
    add_block(block.show, column, std::string(name) + " 2", 3, 10, show::KindId{0});
  }
  const std::vector<std::string> once_each(2, "movement.line-up-too-long");
  EXPECT_EQ(codes(make_motions(block.show)), once_each);
}

}  // namespace
}  // namespace defilada::movement
