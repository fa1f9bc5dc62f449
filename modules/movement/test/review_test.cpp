// SPDX-License-Identifier: MIT
// Line-ups beside the axis, marches that stay, and a car that drives past them: the laws of
// motion.hpp and review.hpp, against the tracks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/movement/bake.hpp"
#include "defilada/movement/motion.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;

geo::Route road(const std::vector<geo::Vec2>& points, double radius) {
  return geo::Route::make(points, radius).value();
}

/// An avenue of 2 km from east to west with two blocks in line, and a drive that goes out and back
/// beside them, 8 m and 24 m to the north of the axis.
struct World {
  show::Show show = empty_show(road({{1000, 0}, {-1000, 0}}, 0));
  show::ProcessionId column;
  show::ProcessionId drive;

  explicit World(double left_m = 10, double clearance_m = 3, double turns_at = 900) {
    show.kinds.push_back(marcher());
    show::Kind car = marcher();
    car.category = show::Category::vehicle;
    car.length_m = 5;
    car.width_m = 2;
    car.speed_max_mps = 20;
    car.turning_radius_m = 7;
    car.separation_m = 3;
    show.kinds.push_back(car);
    column = add_procession(show, "column", add_station(show, "line-up", 400), 20);
    show.processions[0].line_up->left_m = left_m;
    show.processions[0].line_up->merge_m = 60;
    add_block(show, column, "army", 20, 10, show::KindId{0});
    add_block(show, column, "navy", 20, 10, show::KindId{0});
    add_drive(turns_at);
    show::Item item;
    item.name = "review";
    item.procession = drive;
    item.review = show::Review{.span = {},
                               .drive = drive,
                               .past = {column},
                               .stops = {},
                               .clearance_m = clearance_m,
                               .clearance_span = {}};
    show.items.push_back(item);
  }

  void add_drive(double turns_at) {
    show::Route way;
    way.name = "review way";
    way.geometry = road({{0, 8}, {turns_at, 8}, {turns_at, 24}, {0, 24}}, 7);
    show.site.routes.push_back(way);
    const auto begins = add_station(show, "begins", 20);
    const auto ends = add_station(show, "ends", way.geometry.length() - 20);
    for (const auto id : {begins, ends}) {
      show::Station& station = show.site.stations[id.value];
      station.route = show::RouteId{1};
      station.position = way.geometry.at(station.s_m).position;
    }
    show.site.stations[ends.value].s_m = way.geometry.length() - 20;
    drive = add_procession(show, "drive", begins, 0);
    show::Procession& procession = show.processions[drive.value];
    procession.route = show::RouteId{1};
    procession.base_gait = {"30 km/h", 30 / 3.6, 0, 0};
    procession.stays = show::Stays{.span = {}, .station = ends};
    add_block(show, drive, "party", 1, 1, show::KindId{1});
  }
};

show::ContingentId party() {
  return show::ContingentId{2};
}

TEST(Review, PassesEachContingentOutAndBackInTheOrderOfTheDrive) {
  const World w;
  const Motions motions = make_motions(w.show);
  EXPECT_TRUE(motions.findings.empty());
  ASSERT_EQ(motions.reviews.size(), 1U);
  const auto& passes = motions.reviews[0].passes;
  ASSERT_EQ(passes.size(), 4U);
  const std::uint32_t expected[] = {0, 1, 1,
                                    0};  // east past army and navy, west past navy and army
  for (std::size_t i = 0; i < passes.size(); ++i) {
    EXPECT_EQ(passes[i].contingent.value, expected[i]);
    EXPECT_EQ(passes[i].again, i >= 2);
    EXPECT_LT(passes[i].from_m, passes[i].middle_m);
    EXPECT_LT(passes[i].middle_m, passes[i].to_m);
    if (i > 0) {
      EXPECT_LT(passes[i - 1].to_m, passes[i].from_m);
    }
  }
  // Closed form: the head of the army stands at x = 600, its middle half its depth behind; the
  // drive begins at x = 0 and goes straight east.
  const double depth = motions[show::ContingentId{0}].arrangement().depth_m();
  EXPECT_NEAR(passes[0].middle_m, 600 + depth / 2, 1e-6);
  EXPECT_NEAR(passes[0].to_m - passes[0].from_m, depth, 1e-6);
}

TEST(Review, NobodyOfTheDriveIsNearerToAnybodyInLineThanTheClearanceThatIsTold) {
  for (const double left : {0.0, 4.0, 10.0}) {
    const World w(left, 0);
    const Motions motions = make_motions(w.show);
    track::TrackSet tracks;
    for (std::uint32_t c = 0; c < 2; ++c) {
      bake(w.show, motions[show::ContingentId{c}], 0, 1000, tracks);
    }
    const std::size_t line = tracks.movers.size();
    bake(w.show, motions[party()], 0, 100, tracks, 2000);
    ASSERT_TRUE(tracks.validate()) << tracks.validate().error().message;
    double least = std::numeric_limits<double>::infinity();
    for (double t = 100; t < 900; t += 0.25) {
      const auto car = tracks.at(tracks.movers[line], t)->position_m;
      for (std::size_t i = 0; i < line; ++i) {
        const auto body = tracks.at(tracks.movers[i], t)->position_m;
        // Bodies as boxes along the avenue; the car as the line through its middle.
        const double dx = std::max(0.0, std::abs(car[0] - body[0]) - 0.175);
        const double dy = std::max(0.0, std::abs(car[1] - body[1]) - 0.275);
        least = std::min(least, std::hypot(dx, dy) - 1);
      }
    }
    EXPECT_NEAR(motions.reviews[0].clearance_m, std::max(least, motions.reviews[0].clearance_m),
                0.02);
    EXPECT_LE(motions.reviews[0].clearance_m, least + 1e-6) << "left " << left;
  }
}

TEST(Review, ADriveThatIsTooNearIsAFinding) {
  const World w(0, 3);
  const Motions motions = make_motions(w.show);
  ASSERT_EQ(motions.findings.size(), 1U);
  EXPECT_EQ(motions.findings[0].finding.code, "movement.review-too-near");
}

TEST(Review, ADriveThatTurnsTooSoonMissesSomebody) {
  const World w(10, 3, 610);
  const Motions motions = make_motions(w.show);
  ASSERT_FALSE(motions.findings.empty());
  EXPECT_EQ(motions.findings[0].finding.code, "movement.review-misses");
  EXPECT_EQ(motions.findings[0].finding.who, std::vector<std::string>{"navy"});
}

TEST(Review, AStopHaltsTheNoseAbeamAndOneBeyondTheDriveIsAFinding) {
  World w;
  show::ReviewStop stop;
  stop.abeam = show::ContingentId{1};
  stop.lasts = duration_from_seconds(10);
  w.show.items[0].review->stops = {stop};
  const Motions motions = make_motions(w.show);
  const World without;
  const Motions plain = make_motions(without.show);
  ASSERT_EQ(motions.reviews[0].places.size(), 1U);
  const double at = motions.reviews[0].places[0].at_m;
  EXPECT_NEAR(at, motions.reviews[0].passes[1].middle_m, 1e-6);
  EXPECT_NEAR(motions[party()].head_s(motions[party()].head_at(at) + 5), at, 1e-6);
  // Ten seconds, and braking and speeding up again: v / a.
  EXPECT_NEAR(motions[party()].duration_s() - plain[party()].duration_s(), 10 + 30 / 3.6 / 1.5,
              1e-6);

  World beyond;
  stop.abeam = {};
  stop.station = add_station(beyond.show, "far", 0);
  beyond.show.site.stations.back().s_m = 5000;
  beyond.show.items[0].review->stops = {stop};
  const Motions refused = make_motions(beyond.show);
  ASSERT_FALSE(refused.findings.empty());
  EXPECT_EQ(refused.findings[0].finding.code, "movement.review-stop");
}

TEST(LineUp, SideBySideTheyStandALaneApartAndMergeToTheAxis) {
  World w(0, 0);
  show::LineUp& line_up = *w.show.processions[0].line_up;
  line_up.abreast = 2;
  line_up.lane_m = 24;
  const Motions motions = make_motions(w.show);
  const Motion& army = motions[show::ContingentId{0}];
  const Motion& navy = motions[show::ContingentId{1}];
  EXPECT_EQ(army.start_m(), navy.start_m());
  EXPECT_DOUBLE_EQ(army.lane_at(0), -12);
  EXPECT_DOUBLE_EQ(navy.lane_at(0), 12);
  const auto [begins, ends] = navy.merge_times();
  EXPECT_NEAR(navy.tail_s(begins), navy.start_m(), 1e-6);
  EXPECT_DOUBLE_EQ(navy.lane_at(begins), 12);
  EXPECT_DOUBLE_EQ(navy.lane_at(ends), 0);
  track::TrackSet tracks;
  bake(w.show, navy, 0, 100, tracks);
  ASSERT_TRUE(tracks.validate()) << tracks.validate().error().message;
  for (double t = 0; t < 100 + navy.duration_s(); t += 0.5) {
    // West is the way, so the left is the south; the first mover's file is constant.
    const auto first = tracks.at(tracks.movers[0], t)->position_m;
    EXPECT_NEAR(first[1], -navy.lane_at(t - 100) - tracks.movers[0].left_m, 1e-6);
  }
}

TEST(LineUp, ThatDoesNotFitTellsTheLargestGapThatDoes) {
  World w;
  show::LineUp& line_up = *w.show.processions[0].line_up;
  const double depth = make_motions(w.show)[show::ContingentId{0}].arrangement().depth_m();
  line_up.back_to = add_station(w.show, "back", 400 - 2 * depth - 12.34);
  Motions motions = make_motions(w.show);
  ASSERT_EQ(motions.findings.size(), 1U);
  const Finding& finding = motions.findings[0].finding;
  EXPECT_EQ(finding.code, "movement.line-up-too-long");
  ASSERT_TRUE(finding.fix);
  EXPECT_EQ(finding.fix->edits[0].text, "12.3 m");
  line_up.gap_m = 12.3;
  EXPECT_TRUE(make_motions(w.show).findings.empty());
  line_up.gap_m = 12.4;
  EXPECT_FALSE(make_motions(w.show).findings.empty());
}

TEST(Stays, RanksOpenOutToTheirDistanceAndStandToTheEnd) {
  World w;
  show::Procession& column = w.show.processions[0];
  column.stays = show::Stays{.span = {}, .station = add_station(w.show, "stands", 700)};
  column.stays->gap_m = 5;
  column.stays->distance_m = 2.4;
  column.line_up->distance_m = 0.9;
  const Motions motions = make_motions(w.show);
  EXPECT_TRUE(motions.findings.empty());
  const Motion& army = motions[show::ContingentId{0}];
  EXPECT_DOUBLE_EQ(army.head_s(army.duration_s() + 1), 700);
  EXPECT_NEAR(army.head_s(0) - army.tail_s(0), 9 * 0.9 + 0.35, 1e-9);
  EXPECT_NEAR(army.head_s(1e6) - army.tail_s(1e6), 9 * 2.4 + 0.35, 1e-9);
  EXPECT_NEAR(motions[show::ContingentId{1}].end_m(), army.tail_end_m() - 5, 1e-9);
  EXPECT_TRUE(std::isinf(army.tail_at(700)));
  track::TrackSet tracks;
  bake(w.show, army, 0, 100, tracks, 5000);
  ASSERT_TRUE(tracks.validate()) << tracks.validate().error().message;
  for (const auto& mover : tracks.movers) {
    EXPECT_DOUBLE_EQ(tracks.interval(tracks.paths[mover.path])[1], 5000);
  }
  // On the way in between, ranks are at the distance of the formation.
  const double middle = 0.5 * (army.rank_at(9, 560) + army.rank_at(0, 560));
  EXPECT_NEAR(army.head_s(middle) - army.tail_s(middle), 9 * 1.2 + 0.35, 1e-6);
}

}  // namespace
}  // namespace defilada::movement
