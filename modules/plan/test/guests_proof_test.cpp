// SPDX-License-Identifier: MIT
// Guests and their cars against those who perform and what stands about: tests/shows/guests.yaml,
// with something put where they go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event.hpp"
#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;
using testing::HasSubstr;

constexpr const char* kStands = "  stands:\n";
constexpr const char* kGuests = "guests:\n";

/// The show with text put before a line that stands in it once.
std::string with(const std::string& before, const std::string& text) {
  std::string show = read_file(kRoot / "tests/shows/guests.yaml", 1 << 20).value();
  const auto at = show.find("\n" + before);
  EXPECT_NE(at, std::string::npos) << before;
  return show.insert(at + 1, text);
}
std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string with_obstacle(const std::string& corners) {
  return with(kStands, "  obstacles:\n    crate: {polygon: [" + corners + "], height: 1 m}\n");
}
/// A band, which plays as long as anything of the show proper lasts: until the cars are at the
/// hall.
std::string standing(const std::string& place) {
  const std::string show =
      with(kGuests,
           "in place:\n  - band: {kind: walker, block: {files: 2, ranks: 2, interval: 1 m, "
           "distance: 1 m}, place: " +
               place + ", facing: east}\n");
  return replaced(show, "motorcade: to the hall, part: after", "motorcade: to the hall");
}

std::vector<Finding> met(const std::string& text) {
  const Planned planned(text);
  Options options;
  options.proof = true;
  const Plan plan = make_plan(*planned.show, options).value();
  std::vector<Finding> found;
  for (const Finding& each : plan.findings) {
    if (each.code == "plan.guests-run-into") found.push_back(each);
  }
  return found;
}

TEST(GuestsProof, NothingIsInTheirWayAsTheShowStands) {
  EXPECT_TRUE(met(with(kGuests, "")).empty());
}

TEST(GuestsProof, AnObstacleOnTheRoadIsMetByAllCars) {
  const auto found = met(
      with_obstacle("[-101 m, 239.3 m], [-99 m, 239.3 m], [-99 m, 240.8 m], [-101 m, 240.8 m]"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message.english(), HasSubstr("28 cars of guests"));
  EXPECT_THAT(found[0].message.english(), HasSubstr("crate"));
  EXPECT_EQ(found[0].who.size(), 28u);
  EXPECT_EQ(found[0].severity, Severity::error);
}

/// The road's axis is y = 240 m and a limousine is 2 m wide: its side passes at 241 m.
TEST(GuestsProof, ACarMayTouchButNotEnterAnObstacle) {
  const auto beside = [](const std::string& y) {
    return with_obstacle("[-101 m, " + y + "], [-99 m, " + y +
                         "], [-99 m, 250 m], [-101 m, 250 m]");
  };
  EXPECT_TRUE(met(beside("241.02 m")).empty());
  EXPECT_EQ(met(beside("240.98 m")).size(), 1u);
}

/// From when the first nose is at its edge to when the last tail has left it, by the tracks
/// themselves.
TEST(GuestsProof, TheTimesAreThoseOfNosesAndTails) {
  const std::string text =
      with_obstacle("[-101 m, 239.3 m], [-99 m, 239.3 m], [-99 m, 240.8 m], [-101 m, 240.8 m]");
  const auto found = met(text);
  ASSERT_EQ(found.size(), 1u);
  const Planned planned(text);
  const track::TrackSet& tracks = planned.plan->guests.tracks;
  double first_s = 1e9;
  double last_s = 0;
  for (const track::Mover& mover : tracks.movers) {
    if (mover.part == 0) continue;
    const auto [begin, end] = tracks.interval(tracks.paths[mover.path]);
    for (double t = begin; t <= end; t += 0.01) {
      const auto state = tracks.at(mover, t);
      if (!state || std::abs(state->position_m[1] - 240) > 1) continue;
      if (std::abs(state->position_m[0] + 100) >= 1 + 5.5 / 2) continue;
      first_s = std::min(first_s, t);
      last_s = std::max(last_s, t);
    }
  }
  EXPECT_NEAR(found[0].begin->seconds(), first_s, 0.05);
  EXPECT_NEAR(found[0].end->seconds(), last_s, 0.05);
}

TEST(GuestsProof, NoCarDrivesThroughAStand) {
  const auto found = met(with("    north stand:",
                              "    low stand: {polygon: [[-101 m, 238 m], [-90 m, 238 m], "
                              "[-90 m, 242 m], [-101 m, 242 m]], capacity: 20}\n"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message.english(), HasSubstr("low stand"));
}

/// They go into buildings, through gates and onto stands.
TEST(GuestsProof, GuestsOnFootMayEnterWhatStandsAbout) {
  const std::string over_the_way_down =
      "[-45 m, 100 m], [-35 m, 100 m], [-35 m, 104 m], [-45 m, 104 m]";
  EXPECT_TRUE(met(with_obstacle(over_the_way_down)).empty());
}

TEST(GuestsProof, PerformersWhereGuestsWalkAreMet) {
  const auto found = met(standing("[-40 m, 214 m]"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message.english(), HasSubstr("30 guests"));
}

TEST(GuestsProof, PerformersOnTheRoadAreMet) {
  const auto found = met(standing("[-150 m, 240 m]"));
  ASSERT_EQ(found.size(), 1u);  // not once more for the guests in the cars
  EXPECT_THAT(found[0].message.english(), HasSubstr("28 cars of guests"));
  EXPECT_THAT(found[0].message.english(), HasSubstr("band"));
  EXPECT_THAT(found[0].who.back(), HasSubstr("band/"));
}

/// One car comes the wrong way, slowly, while another drives to the hall.
TEST(GuestsProof, CarsOfTwoMotorcadesThatMeetHeadOnAreTold) {
  std::string text =
      with("  stations:", "    lane: {points: [[-280 m, 240 m], [300 m, 240 m]], width: 10 m}\n");
  text = replaced(text, "    corner: {route",
                  "    stile: {route: lane, along: 30 m}\n    corner: {route");
  text =
      replaced(text, "    hall: {polygon",
               "    fair: {polygon: [[290 m, 225 m], [330 m, 225 m], [330 m, 255 m], [290 m, 255 "
               "m]]}\n    hall: {polygon");
  text = replaced(text, "walk: way down, gap: 3 m, speed: 25 km/h}",
                  "walk: way down, gap: 3 m, speed: 4 km/h, guests: [Ruritania]}\n"
                  "    to the fair: {route: lane, from: stile, to: fair, speed: 4 km/h, guests: "
                  "[Zembla]}");
  text =
      replaced(text, "  - banquet:",
               "  - drive to the fair: {after: march-past, later: 5 min, motorcade: to the fair, "
               "part: after}\n  - banquet:");
  const auto found = met(text);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_THAT(found[0].message.english(), HasSubstr("cars of guests run into each other"));
  EXPECT_THAT(found[0].who, testing::ElementsAre("Ruritania/car 2", "Zembla/car 2"));
}

}  // namespace
}  // namespace defilada::plan
