// SPDX-License-Identifier: MIT
// Flypasts as planners fly them: holds, joins, wind, cards. The published stream of 14 June 2008 is
// tests/shows/flypast.yaml.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "defilada/core/file.hpp"
#include "defilada/plan/plan.hpp"
#include "small_show.hpp"
#include "source_dir.hpp"

namespace defilada::plan {
namespace {

constexpr double kDegrees = 180 / M_PI;

std::string stream_text() {
  const auto file = std::filesystem::path(test::source_dir()) / "tests" / "shows" / "flypast.yaml";
  return read_file(file, 1 << 20).value();
}

struct Stream : small_show::Planned {
  explicit Stream(std::string text = stream_text()) : Planned(std::move(text)) {}
  [[nodiscard]] std::string at(const std::string& cue) const {
    for (const Cue& each : plan->cues) {
      if (each.id == cue) return show->clock.wall_clock(each.time, 0);
    }
    return "no cue " + cue;
  }
  [[nodiscard]] const FlightCard& card(const std::string& name) const {
    for (const FlightCard& each : plan->flights) {
      if ((*show)[each.contingent].name == name) return each;
    }
    ADD_FAILURE() << name;
    return plan->flights.front();
  }
};

std::string with(const std::string& old, const std::string& other) {
  std::string text = stream_text();
  const auto at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), other);
}

// Times over the datum are the published ones; so are the minutes at which the holds are left, with
// speeds that were fitted to them, and the minute at Wormwood Scrubs, which was not.
TEST(Flight, TheStreamOf2008IsOverItsDatumAsPublished) {
  const Stream stream;
  ASSERT_TRUE(stream.plan->feasible);
  EXPECT_EQ(stream.at("slow-formation.enters-hold"), "11:48:00");
  EXPECT_EQ(stream.at("slow-formation.leaves-hold"), "11:54:59");
  EXPECT_EQ(stream.at("slow-formation.head@datum"), "12:00:00");
  EXPECT_EQ(stream.at("lead.enters-hold"), "10:10:00");
  EXPECT_EQ(stream.at("lead.leaves-hold"), "11:42:59");
  EXPECT_EQ(stream.at("lead.head@datum"), "12:01:30");
  EXPECT_EQ(stream.at("lead.head@wormwood-scrubs"), "12:02:00");
  EXPECT_EQ(stream.at("element-1.head@datum"), "12:02:00");
  EXPECT_EQ(stream.at("northern-element.head@datum"), "12:04:00");
  for (const Finding& finding : stream.plan->findings) {
    EXPECT_NE(finding.severity, Severity::error) << finding.message;
  }
}

TEST(Flight, ACardSaysWhereToBeWhenAndWhichWayToPoint) {
  const Stream stream;
  const FlightCard& lead = stream.card("lead");
  ASSERT_TRUE(lead.hold);
  EXPECT_EQ(lead.place, 2);
  const double waits = (lead.hold->leaves - lead.hold->enters).seconds();
  EXPECT_NEAR(
      (lead.hold->circuits - 1) * lead.hold->circuit.seconds() + lead.hold->last_circuit.seconds(),
      waits, 1e-3);
  ASSERT_TRUE(lead.ahead && lead.behind);
  EXPECT_EQ(lead.ahead->time.seconds(), 90);
  EXPECT_EQ(lead.behind->time.seconds(), 30);
  EXPECT_NEAR(lead.behind->higher_m, 5, 1e-9);
  EXPECT_EQ(lead.within, std::nullopt);
  EXPECT_EQ(stream.card("slow formation").within->seconds(), 1);
  // The initial bearing from Southwold to the palace (great circle: 234.9 degrees), and the nose
  // some degrees to the right of it, into a wind from the west.
  const FlightCard::Point& initial = lead.points.front();
  EXPECT_EQ(initial.is, FlightCard::Point::Is::initial_point);
  const double from = 52.3270 / kDegrees, to = 51.5014 / kDegrees, east = -1.8219 / kDegrees;
  const double bearing =
      std::atan2(std::sin(east) * std::cos(to),
                 std::cos(from) * std::sin(to) - std::sin(from) * std::cos(to) * std::cos(east));
  EXPECT_NEAR(initial.track_rad * kDegrees, std::fmod(bearing * kDegrees + 360, 360), 0.05);
  const double wind = 10 * 1852.0 / 3600;
  const double across = wind * std::sin(270 / kDegrees - initial.track_rad);
  EXPECT_NEAR((initial.heading_rad - initial.track_rad) * kDegrees,
              std::asin(across / lead.air_mps) * kDegrees, 0.1);
  // One after the other to alternating sides.
  EXPECT_LT(lead.break_off->turn_rad, 0);
  EXPECT_GT(stream.card("element 1").break_off->turn_rad, 0);
  using Is = FlightCard::Point::Is;
  std::vector<Is> ways;
  for (const auto& point : stream.card("northern element").points) ways.push_back(point.is);
  EXPECT_THAT(ways,
              testing::ElementsAre(Is::start, Is::join, Is::station, Is::target, Is::break_off));
}

// The tracks are where the cards say: in the hold before it is left, at the target in time.
TEST(Flight, TracksHoldAndAreOverTheTargetInTime) {
  const Stream stream;
  const auto& tracks = stream.plan->tracks;
  ASSERT_TRUE(tracks.validate());
  for (const FlightCard& card : stream.plan->flights) {
    const auto& target = (*stream.show)[(*stream.show)[card.flypast].over].position;
    double nearest = 1e9;
    for (const track::Mover& mover : tracks.movers) {
      if (mover.contingent != card.contingent.value) continue;
      const auto state = tracks.at(mover, card.over_target.seconds());
      ASSERT_TRUE(state);
      nearest = std::min(
          nearest, std::hypot(state->position_m[0] - target.x, state->position_m[1] - target.y));
      if (!card.hold) continue;
      const auto& fix = (*stream.show)[card.hold->fix].position;
      for (double t = card.hold->enters.seconds() + 1; t < card.hold->leaves.seconds(); t += 60) {
        const auto holding = tracks.at(mover, t);
        ASSERT_TRUE(holding);
        EXPECT_LT(std::hypot(holding->position_m[0] - fix.x, holding->position_m[1] - fix.y),
                  2 * (card.hold->last_leg_m + 3 * card.hold->radius_m));
      }
    }
    EXPECT_LT(nearest, 40) << (*stream.show)[card.contingent].name;  // its nose is there
  }
}

TEST(Flight, AHoldThatCannotMakeItsTimeIsAConflictWithWhatWouldMendIt) {
  const Stream stream(with("from: 11:48", "from: 11:53"));
  EXPECT_FALSE(stream.plan->feasible);
  ASSERT_FALSE(stream.plan->conflicts.empty());
  std::string told;
  for (const auto& line : stream.plan->conflicts[0].statements) told += line.text.english() + "\n";
  EXPECT_THAT(told, testing::HasSubstr("slow formation is in its hold from 11:53"));
  EXPECT_THAT(told, testing::HasSubstr("once round the hold of slow formation takes at least"));
  std::string fixes;
  for (const Fix& fix : stream.plan->conflicts[0].fixes) fixes += fix.text.english() + "\n";
  EXPECT_THAT(fixes, testing::HasSubstr("earlier"));
}

TEST(Flight, AWindThatIsTooStrongIsAFinding) {
  const Stream stream(with("speed: 10 kt", "speed: 140 kt"));
  std::vector<std::string> codes;
  for (const Finding& finding : stream.plan->findings) codes.push_back(finding.code);
  EXPECT_THAT(codes, testing::Contains("movement.wind-too-strong"));
}

}  // namespace
}  // namespace defilada::plan
