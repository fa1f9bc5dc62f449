// SPDX-License-Identifier: MIT
#include "defilada/movement/motion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "defilada/movement/limits.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

geo::Route straight_avenue() {
  return geo::Route::make({{2000, 0}, {-2000, 0}}, 0).value();
}

/// Two blocks on a straight avenue, the second with a gait of its own.
struct TwoBlocks {
  show::Show show = empty_show(straight_avenue());
  Motions motions;

  TwoBlocks(double first_per_minute, double second_per_minute,
            std::vector<show::GaitZone> zones = {}) {
    show.kinds.push_back(marcher());
    const auto line_up = add_station(show, "line-up", 1000);
    const auto march_id = add_procession(show, "column", line_up, 20);
    add_block(show, march_id, "army", 25, 14, show::KindId{0});
    add_block(show, march_id, "navy", 25, 14, show::KindId{0});
    show.contingents[0].base_gait = march(0.75, first_per_minute);
    show.contingents[1].base_gait = march(0.75, second_per_minute);
    for (auto& contingent : show.contingents) contingent.zones = zones;
    motions = make_motions(show);
  }
  const Motion& army() const { return *motions.by_contingent[0]; }
  const Motion& navy() const { return *motions.by_contingent[1]; }
};

TEST(Motion, LinesUpFromNoseToTail) {
  const TwoBlocks two(112, 112);
  const double depth = 13 * 1.2 + 0.35;
  EXPECT_NEAR(two.army().arrangement().depth_m(), depth, 1e-12);
  EXPECT_DOUBLE_EQ(two.army().start_m(), 1000);
  EXPECT_NEAR(two.navy().start_m(), 1000 - depth - 20, 1e-9);
  EXPECT_NEAR(two.army().head_s(0), 1000, 1e-9);
  EXPECT_NEAR(two.army().tail_s(0), 1000 - depth, 1e-9);
}

TEST(Motion, ALineUpThatDoesNotFitIsAFinding) {
  show::Show show = empty_show(straight_avenue());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 30), 20);
  add_block(show, column, "army", 25, 14, show::KindId{0});
  EXPECT_TRUE(make_motions(show).findings.empty());
  add_block(show, column, "navy", 25, 14, show::KindId{0});
  ASSERT_EQ(make_motions(show).findings.size(), 1u);
  EXPECT_EQ(make_motions(show).findings[0].finding.code, "movement.line-up-too-long");
}

TEST(Motion, AProcessionStandsBehindOneThatTheShowHasLater) {
  show::Show show = empty_show(straight_avenue());
  show.kinds.push_back(marcher());
  const auto line = add_station(show, "line-up", 1000);
  const auto band = add_procession(show, "band", line, 6);
  const auto brass = add_block(show, band, "brass", 6, 8, show::KindId{0});
  const auto column = add_procession(show, "column", line, 20);
  const auto army = add_block(show, column, "army", 25, 14, show::KindId{0});
  show.processions[band.value].line_up->behind = column;
  const Motions motions = make_motions(show);
  EXPECT_TRUE(motions.findings.empty());
  EXPECT_NEAR(motions[brass].head_s(0), motions[army].tail_s(0) - 6, 1e-9);
}

TEST(Motion, HeadTailAndRanksPassInTurn) {
  const TwoBlocks two(112, 112);
  const Motion& army = two.army();
  const double v = 1.4;
  EXPECT_NEAR(army.tail_at(1500) - army.head_at(1500), army.arrangement().depth_m() / v, 1e-9);
  EXPECT_NEAR(army.rank_at(1, 1500) - army.rank_at(0, 1500), 1.2 / v, 1e-9);
  EXPECT_NEAR(army.head_at(army.head_s(200)), 200, 1e-9);
}

// Rank by rank into a slower gait: ranks close up by the ratio of the speeds, and open again after
// it.
TEST(Motion, ChangeByRankClosesTheRanksUp) {
  show::GaitZone zone{{}, march(0.75, 56), 1500, 1600, show::Change::rank};
  const TwoBlocks two(112, 112, {zone});
  const Motion& army = two.army();
  EXPECT_FALSE(army.keeps_distances());
  const double inside = army.rank_at(0, 1590);
  const auto first = army.profile_of(0);
  const auto second = army.profile_of(1);
  EXPECT_NEAR(first.profile->s_at(inside) - second.profile->s_at(inside), 0.6, 1e-9);
  const double outside = army.rank_at(0, 1700);
  EXPECT_NEAR(first.profile->s_at(outside) - second.profile->s_at(outside), 1.2, 1e-9);
}

// All at once as the nose arrives: distances stay, and every rank changes at the same instant.
TEST(Motion, ChangeByContingentKeepsDistances) {
  show::GaitZone zone{{}, march(0.75, 56), 1500, 1600, show::Change::contingent};
  const TwoBlocks two(112, 112, {zone});
  const Motion& army = two.army();
  EXPECT_TRUE(army.keeps_distances());
  for (double t = 0; t < 600; t += 7) {
    EXPECT_NEAR(army.head_s(t) - army.tail_s(t), army.arrangement().depth_m(), 1e-9);
  }
  EXPECT_NEAR(army.head_at(1600) - army.head_at(1500), 100 / 0.7, 1e-9);
}

// Law: with the least delay the gap holds at every instant; with 1 ms less it does not.
TEST(Spacing, LeastDelayIsLeast) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> cadence(60, 180), gap(0, 60), from(1100, 1500),
      length(20, 200);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<show::GaitZone> zones;
    for (double s = from(random); s < 3000; s += 250) {
      zones.push_back({{},
                       march(0.75, cadence(random)),
                       s,
                       s + length(random),
                       trial % 2 == 0 ? show::Change::contingent : show::Change::rank});
    }
    const TwoBlocks two(cadence(random), cadence(random), zones);
    const double wanted = gap(random);
    const SharedWay shared = shared_way(two.show, two.army(), two.navy());
    const double delay = least_delay_s(two.army(), two.navy(), wanted, shared).value();
    // The oracle looks at many instants; the closed form at corners.
    const auto least_seen = [&](double d) {
      double least = 1e9;
      const double end = std::min(two.army().duration_s(), two.navy().duration_s() + d);
      for (double t = d; t < end; t += 0.05) {
        least = std::min(least, two.army().tail_s(t) - two.navy().head_s(t - d));
      }
      return least;
    };
    EXPECT_GE(least_seen(delay), wanted - 1e-6) << trial;
    const auto exact = least_gap(two.army(), two.navy(), delay, shared);
    ASSERT_TRUE(exact);
    EXPECT_NEAR(exact->gap_m, wanted, 1e-6) << trial;
    const auto less = least_gap(two.army(), two.navy(), delay - 1e-3, shared);
    EXPECT_LT(less->gap_m, wanted) << trial;
  }
}

// Law: the closed form of the least gap is below every sample and near the least of many.
TEST(Spacing, LeastGapIsTheMinimumOverAllInstants) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> cadence(60, 180), delay(-20, 300);
  for (int trial = 0; trial < 40; ++trial) {
    const TwoBlocks two(cadence(random), cadence(random),
                        {{{}, march(0.75, cadence(random)), 1700, 2200, show::Change::contingent}});
    const double d = delay(random);
    const auto least =
        least_gap(two.army(), two.navy(), d, shared_way(two.show, two.army(), two.navy()));
    ASSERT_TRUE(least);
    double seen = 1e9;
    // Until one of them leaves their shared way, which ends at 4000 m.
    const double end = std::min(two.army().duration_s(), two.navy().head_at(4000) + d);
    for (double t = d; t <= end; t += 0.02) {
      seen = std::min(seen, two.army().tail_s(t) - two.navy().head_s(t - d));
    }
    EXPECT_LE(least->gap_m, seen + 1e-9);
    EXPECT_NEAR(least->gap_m, seen, 0.1);
  }
}

// Paris: the Legion marches at 88 a minute, last and from farther down the avenue, so as not to be
// left behind.
TEST(Spacing, TheSlowOneThatStartsFartherDownKeepsItsGapAtTheStation) {
  show::Show show = empty_show(straight_avenue());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 1000), 20);
  const auto farther = add_station(show, "farther", 1400);
  add_block(show, column, "line", 9, 12, show::KindId{0});
  const auto legion = add_block(show, column, "legion", 9, 12, show::KindId{0});
  show.contingents[0].base_gait = march(0.75, 120);
  show.contingents[1].base_gait = march(0.75, 88);
  show.contingents[legion.value].starts = farther;
  const Motions motions = make_motions(show);
  EXPECT_DOUBLE_EQ(motions.by_contingent[1]->start_m(), 1400);
  const double delay =
      least_delay_s(*motions.by_contingent[0], *motions.by_contingent[1], 30, {-1, 4000}).value();
  // The faster one is ahead: the gap is least where the Legion steps off.
  EXPECT_NEAR(delay, motions.by_contingent[0]->tail_at(1430), 1e-9);
}

TEST(Limits, TheOuterFileOfAWheelIsComputed) {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {300, 0}, {300, 300}}, 30).value());
  show.kinds.push_back(marcher());
  const auto column = add_procession(show, "column", add_station(show, "line-up", 50), 20);
  add_block(show, column, "army", 25, 14, show::KindId{0});  // 9 m from the axis to the outer file
  const Motions motions = make_motions(show);
  const WheelPaces paces = wheel_paces(show, *motions.by_contingent[0]);
  EXPECT_NEAR(paces.outer_m, 0.75 * (1 + 9 / 30.0), 1e-12);
  EXPECT_NEAR(paces.inner_m, 0.75 * (1 - 9 / 30.0), 1e-12);
  const auto findings = check_limits(show, motions);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].finding.code, "movement.outer-file-pace");
  EXPECT_NE(findings[0].finding.message.english().find("radius of 45 m"), std::string::npos)
      << findings[0].finding.message;
}

TEST(Limits, EachLimitHasItsFinding) {
  const auto codes = [](auto&& change) {
    show::Show show = empty_show(geo::Route::make({{0, 0}, {300, 0}, {300, 300}}, 60).value());
    show.kinds.push_back(marcher());
    const auto column = add_procession(show, "column", add_station(show, "line-up", 50), 20);
    add_block(show, column, "army", 9, 4, show::KindId{0});
    change(show);
    std::vector<std::string> found;
    for (const auto& finding : check_limits(show, make_motions(show)))
      found.push_back(finding.finding.code);
    return found;
  };
  using Codes = std::vector<std::string>;
  EXPECT_EQ(codes([](auto&) {}), Codes{});
  EXPECT_EQ(codes([](auto& s) { s.kinds[0].speed_max_mps = 1.3; }), Codes{"movement.too-fast"});
  EXPECT_EQ(codes([](auto& s) { s.kinds[0].pace_max_m = 0.7; }).front(), "movement.pace-too-long");
  EXPECT_EQ(codes([](auto& s) { s.site.routes[0].width_m = 6; }), Codes{"movement.too-wide"});
  EXPECT_EQ(codes([](auto& s) { s.kinds[0].separation_m = 0.8; }),
            Codes{"movement.slots-too-near"});
  EXPECT_EQ(codes([](auto& s) { s.contingents[0].parts[0].formation.files = 200; }).front(),
            "movement.wheel-too-tight");
  EXPECT_EQ(codes([](auto& s) {
              s.kinds[0].category = show::Category::vehicle;
              s.kinds[0].turning_radius_m = 58;
            }),
            Codes{"movement.turning-circle"});
}

}  // namespace
}  // namespace defilada::movement
