// SPDX-License-Identifier: MIT
// A good show, field by field: the head, the site, kinds and contingents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;
using namespace testing_support;

constexpr double kPi = std::numbers::pi;

/// Read once: the show does not change.
const ShowReading& good() {
  static const ShowReading reading(good_show());
  return reading;
}

class Model : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(good().show) << good().told; }
};

TEST_F(Model, ReadsWithoutAWord) {
  EXPECT_EQ(good().told, "");
}

TEST_F(Model, HasItsHead) {
  const Show& show = *good().show;
  EXPECT_EQ(show.name, "show");
  EXPECT_EQ(show.title.in("pl"), "Próba");
  EXPECT_EQ(show.title.in("de"), "A test");
  EXPECT_EQ(show.clock.date(), (Date{2026, 5, 3}));
  EXPECT_EQ(show.clock.zone(), "Europe/Warsaw");
  EXPECT_EQ(show.site.datum, "kerb of the market");
  EXPECT_DOUBLE_EQ(show.site.ground_amsl_m, 110);
  EXPECT_DOUBLE_EQ(show.site.origin.lat_deg, 52.25);
}

TEST_F(Model, BuildsRoutesWithArcs) {
  const Route& street = good().route("street");
  EXPECT_FALSE(street.air);
  EXPECT_DOUBLE_EQ(street.width_m, 20);
  EXPECT_THAT(street.points,
              ElementsAre(geo::Vec2{0, 0}, geo::Vec2{1000, 0}, geo::Vec2{1000, 400}));
  EXPECT_NEAR(street.geometry.length(), 960 + 40 * kPi / 2 + 360, 1e-9);
  const Route& sky = good().route("sky");
  EXPECT_TRUE(sky.air);
  EXPECT_DOUBLE_EQ(sky.geometry.least_radius(), 1000);
}

TEST_F(Model, AFollowerSharesTheGeometryUpToItsOwnCorner) {
  const Route& street = good().route("street");
  const Route& lane = good().route("lane");
  const double turn = std::atan2(300, 100);
  EXPECT_NEAR(lane.geometry.shared_length(street.geometry), 500 - 20 * std::tan(turn / 2), 1e-6);
  EXPECT_THAT(lane.points, ElementsAre(geo::Vec2{0, 0}, geo::Vec2{500, 0}, geo::Vec2{600, 300}));
  EXPECT_DOUBLE_EQ(lane.width_m, 0);
}

TEST_F(Model, PutsStationsOnTheirRoutes) {
  EXPECT_DOUBLE_EQ(good().station("start").s_m, 100);
  EXPECT_NEAR(good().station("gate").s_m, 200, 1e-9);
  EXPECT_NEAR(good().station("gate").position.y, 0, 1e-9);
  const Show& show = *good().show;
  EXPECT_EQ(show[good().station("tower").route].name, "sky");
  EXPECT_EQ(show[good().station("end of lane").route].name, "lane");
  // 0.05 degrees of longitude at this latitude are 3.4 km.
  EXPECT_NEAR(good().station("east").position.x, 3415, 5);
  EXPECT_EQ(good().at(good().station("start").span), "{route: street, along: 100 m}");
}

TEST_F(Model, HasAreasStandsAndObstacles) {
  const auto& areas = good().show->site.areas;
  ASSERT_THAT(areas, SizeIs(3));
  EXPECT_EQ(areas[0].name, "yard");
  EXPECT_EQ(areas[0].use, AreaUse::area);
  EXPECT_EQ(areas[0].capacity, 60);
  // The polygon holds the circle, and hardly more.
  EXPECT_GT(geo::area(areas[0].polygon), kPi * 90 * 90);
  EXPECT_LT(geo::area(areas[0].polygon), kPi * 90 * 90 * 1.002);
  EXPECT_TRUE(geo::contains(areas[0].polygon, {600 + 89.99, 300}));
  EXPECT_EQ(areas[1].use, AreaUse::stand);
  EXPECT_EQ(areas[1].capacity, 20'000);
  EXPECT_THAT(areas[1].polygon.outer, SizeIs(3));
  EXPECT_EQ(areas[2].use, AreaUse::obstacle);
  EXPECT_DOUBLE_EQ(areas[2].height_m, 9);
  EXPECT_FALSE(areas[2].capacity);
}

TEST_F(Model, HasKindsOfCatalogueAndShow) {
  const auto& kinds = good().show->kinds;
  ASSERT_THAT(kinds, SizeIs(4));
  EXPECT_EQ(kinds[0].name, "walker");
  EXPECT_EQ(kinds[0].label.en(), "walker");
  EXPECT_EQ(kinds[0].role, "marchers");
  EXPECT_EQ(kinds[1].role, "crews");
  const Kind& jet = kinds[2];
  EXPECT_EQ(jet.category, Category::aeroplane);
  EXPECT_NEAR(jet.speed_min_mps, 300 / 3.6, 1e-9);
  EXPECT_NEAR(jet.bank_max_rad, kPi / 3, 1e-12);
  EXPECT_DOUBLE_EQ(jet.climb_max_mps, 30);
  EXPECT_DOUBLE_EQ(jet.separation_m, 15);
  EXPECT_DOUBLE_EQ(jet.separation_vertical_m, 10);
  EXPECT_EQ(jet.role, "pilots");
  const Kind& guard = kinds[3];
  EXPECT_EQ(guard.label.in("pl"), "gwardzista");
  EXPECT_DOUBLE_EQ(guard.length_m, 0.4);
  EXPECT_DOUBLE_EQ(guard.height_m, 1.9);
  EXPECT_DOUBLE_EQ(guard.pace_max_m, 0.9);
  EXPECT_EQ(guard.crew, 1);
  EXPECT_EQ(guard.role, "guards");
  EXPECT_EQ(guard.source, "a drill book");
  EXPECT_EQ(guard.quality, Quality::published);
  ASSERT_THAT(guard.gaits, SizeIs(2));
  EXPECT_EQ(guard.gaits[1].name, "slow step");
  EXPECT_DOUBLE_EQ(guard.gaits[1].pace_m, 0.6);
  EXPECT_DOUBLE_EQ(guard.gaits[1].cadence_hz, 1);
  EXPECT_DOUBLE_EQ(guard.gaits[1].speed_mps, 0.6);
}

TEST_F(Model, ListsContingentsInTheOrderOfTheFile) {
  std::vector<std::string> names;
  for (const Contingent& each : good().show->contingents) names.push_back(each.name);
  EXPECT_THAT(names, ElementsAre("army", "navy", "scouts 1", "scouts 2", "lorries", "team",
                                 "falcons", "hawks", "eagle", "band", "choir"));
}

TEST_F(Model, TakesDefaultsAndShorthands) {
  const Contingent& army = good().contingent("army");
  EXPECT_EQ(good().at(army.span), "army");
  EXPECT_EQ(army.label.en(), "army");
  EXPECT_THAT(army.attributes, ElementsAre(Pair("branch", "army")));
  ASSERT_THAT(army.parts, SizeIs(1));
  const Part& part = army.parts[0];
  EXPECT_EQ((*good().show)[part.kind].name, "guard");
  EXPECT_EQ(part.formation.shape, formation::Shape::block);
  EXPECT_EQ(part.formation.files, 4);
  EXPECT_EQ(part.formation.ranks, 5);
  EXPECT_DOUBLE_EQ(part.formation.interval_m, 0.8);
  EXPECT_FALSE(part.crew);
  EXPECT_EQ(part.role, "");

  const Part& vic = good().contingent("falcons").parts[0];
  EXPECT_EQ(vic.formation.shape, formation::Shape::vic);
  EXPECT_EQ(vic.formation.count, 5);
  EXPECT_DOUBLE_EQ(vic.formation.interval_m, 30);
  EXPECT_DOUBLE_EQ(vic.formation.distance_m, 40);
  const Part& echelon = good().contingent("hawks").parts[0];
  EXPECT_TRUE(echelon.formation.right);
  EXPECT_DOUBLE_EQ(echelon.formation.interval_m, 20);
}

TEST_F(Model, KeepsWhatAContingentSaysOfItself) {
  const Contingent& navy = good().contingent("navy");
  EXPECT_EQ(navy.label.in("pl"), "Marynarka");
  EXPECT_THAT(navy.attributes, ElementsAre(Pair("branch", "navy")));
  EXPECT_EQ(navy.parts[0].formation.files, 2);
  EXPECT_DOUBLE_EQ(navy.parts[0].formation.interval_m, 0.8) << "from the block of the defaults";
  ASSERT_THAT(navy.parts[0].exhibits, SizeIs(2));
  EXPECT_EQ(navy.parts[0].exhibits[1].name, "drum");
  EXPECT_EQ(navy.parts[0].exhibits[1].count, 4);
  EXPECT_EQ(good().at(navy.span).substr(0, 5), "navy:");
  EXPECT_EQ(good().at(navy.span).back(), '}');
}

TEST_F(Model, TakesFormationFromWhatItIsLikeButNotNameAttributesOrExhibits) {
  const Contingent& scouts = good().contingent("scouts 2");
  EXPECT_EQ(scouts.label.en(), "scouts 2");
  EXPECT_EQ(scouts.parts[0].formation.files, 2);
  EXPECT_EQ(scouts.parts[0].formation.ranks, 3);
  EXPECT_THAT(scouts.parts[0].exhibits, SizeIs(0));
  EXPECT_EQ(scouts.parts[0].crew, 2);
  EXPECT_EQ(scouts.parts[0].role, "scouts");
  EXPECT_THAT(scouts.attributes,
              ElementsAre(Pair("branch", "army"), Pair("first appearance", "2026"),
                          Pair("motto", "prepared")));
  EXPECT_EQ(scouts.span, good().contingent("scouts 1").span);
}

TEST_F(Model, ReadsParts) {
  const Contingent& team = good().contingent("team");
  ASSERT_THAT(team.parts, SizeIs(2));
  EXPECT_EQ(team.parts[0].label, "car");
  EXPECT_EQ(team.parts[0].crew, 3);
  EXPECT_DOUBLE_EQ(team.parts[0].behind_m, 0);
  EXPECT_DOUBLE_EQ(team.parts[1].behind_m, 12);
  EXPECT_DOUBLE_EQ(team.parts[1].left_m, -2);
  EXPECT_EQ(team.parts[1].role, "waggoners");
  const Contingent& lorries = good().contingent("lorries");
  EXPECT_EQ(lorries.parts[0].formation.files, 2) << "abreast";
  EXPECT_EQ(lorries.parts[0].exhibits[0].name, "crane");
  EXPECT_EQ(lorries.parts[0].exhibits[0].count, 0);
}

TEST_F(Model, PutsThoseInPlaceWhereTheyStand) {
  const Contingent& band = good().contingent("band");
  EXPECT_FALSE(band.procession.valid());
  ASSERT_TRUE(band.in_place);
  EXPECT_EQ(band.in_place->position, (geo::Vec2{150, 12}));
  EXPECT_NEAR(band.in_place->facing_rad, -kPi / 2, 1e-12) << "south, of the defaults";
  EXPECT_EQ(band.parts[0].role, "band");
  const Contingent& choir = good().contingent("choir");
  EXPECT_NEAR(choir.in_place->facing_rad, kPi / 3, 1e-12) << "a bearing of 30 degrees";
  EXPECT_EQ(choir.parts[0].formation.leaders, 1);
  EXPECT_EQ(choir.parts[0].role, "band") << "what people are counted as is taken, too";
}

TEST(Aliases, StandWhereTheyAreWritten) {
  const ShowReading reading(project_file("tests/corpus/fuzz_show/aliases.yaml"));
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_EQ(reading.at(reading.contingent("b").span), "b");
  EXPECT_EQ(reading.at(reading.item("second").span), "second");
  EXPECT_EQ(reading.at(reading.show->published.at(1).span), "again");
  EXPECT_EQ(reading.item("second").at->time, reading.item("first").at->time);
  EXPECT_EQ(reading.contingent("b").parts.at(0).formation.count, 2);
}

struct Facing {
  std::string written;
  double degrees;  ///< anticlockwise from east
};

TEST(Directions, AreAnticlockwiseFromEast) {
  const std::vector<Facing> facings{{"north", 90},
                                    {"north-east", 45},
                                    {"east", 0},
                                    {"south-east", -45},
                                    {"south", -90},
                                    {"south-west", -135},
                                    {"west", 180},
                                    {"north-west", 135},
                                    {"{bearing: 0 deg}", 90},
                                    {"{bearing: 270 deg}", 180},
                                    {"{bearing: 360 deg}", 90},
                                    {"{bearing: 88.5 deg}", 1.5}};
  for (const Facing& facing : facings) {
    const ShowReading reading(
        with(good_show(), "facing: {bearing: 30 deg}", "facing: " + facing.written));
    ASSERT_TRUE(reading.show) << reading.told;
    EXPECT_NEAR(reading.contingent("choir").in_place->facing_rad, facing.degrees * kPi / 180, 1e-12)
        << facing.written;
  }
}

TEST(Provenance, IsCollectedWithPathAndValue) {
  const auto& all = good().show->provenance;
  ASSERT_THAT(all, SizeIs(8));
  const auto find = [&](const std::string& path) {
    for (const Provenance& each : all) {
      if (each.path == path) return each;
    }
    return Provenance{};
  };
  const Provenance headway = find("marches / column / headway / time");
  EXPECT_EQ(headway.value, "30 s");
  EXPECT_EQ(headway.source, "a watch");
  EXPECT_EQ(headway.quality, Quality::calibrated);
  EXPECT_EQ(good().at(headway.span), "{value: 30 s, source: a watch, quality: calibrated}");
  const Provenance guard = find("kinds / guard");
  EXPECT_EQ(guard.value.substr(0, 50), "category: foot, label: {en: guardsman, pl: gwardzi");
  EXPECT_EQ(find("programme / speech / statements / 1").quality, Quality::unstated);
  EXPECT_EQ(find("published / when").value, "12:30");
}

TEST(Provenance, LeavesOutWhatTheShowDoesNotUseOfACatalogue) {
  std::string text = project_file("tests/shows-bad/catalogue/walkers.yaml");
  text = with(text, "  walker:\n", "  walker:\n    source: a look\n");
  text = with(text, "  slow march: {", "  slow march: {source: a guess, ");
  text +=
      "  camel: {category: mounted, body: {length: 3 m, width: 1 m, height: 2 m}, source: a zoo}\n";
  const std::vector<NamedText> catalogues{{"walkers", text}};
  const ShowReading reading(good_show(), catalogues);
  ASSERT_TRUE(reading.show) << reading.told;
  std::vector<std::string> paths;
  for (const Provenance& each : reading.show->provenance) paths.push_back(each.path);
  EXPECT_THAT(paths, testing::Contains("kinds / walker"));
  EXPECT_THAT(paths, testing::Not(testing::Contains("gaits / slow march")));
  EXPECT_THAT(paths, testing::Not(testing::Contains("kinds / camel")));
}

}  // namespace
}  // namespace defilada::show
