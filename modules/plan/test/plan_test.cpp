// SPDX-License-Identifier: MIT
#include "defilada/plan/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;
using small_show::text;

TEST(Plan, TimesEveryCueFromTheClock) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min}
  - parade: {march: column, from: salute line, to: end line, after: speech, later: 30 s}
)"));
  EXPECT_EQ(planned.time("speech.ends"), "10:05:00.0");
  EXPECT_EQ(planned.time("army.head@salute-line"), "10:05:30.0");
  EXPECT_EQ(planned.time("navy.head@salute-line"), "10:06:30.0");
  // 96 m at 1.4 m/s, then the length of the block: 5 x 1.2 m and a body of 0.35 m.
  EXPECT_EQ(planned.cue("navy.tail@end-line").time - planned.cue("navy.head@salute-line").time,
            duration_from_seconds(96 / 1.4 + 6.35 / 1.4));
  EXPECT_EQ(planned.cue("parade.ends").time, planned.cue("navy.tail@end-line").time);
  EXPECT_EQ(planned.plan->counts.people, 54 + 54 + 3);
  EXPECT_EQ(planned.plan->counts.aeroplanes, 3);
  EXPECT_EQ(planned.plan->counts.contingents, 3);
}

// A station farther along the line is nearest to some point of the way after the turn, and yet not
// on it.
TEST(Plan, NobodyCrossesAStationBeyondTheirBreakOff) {
  std::string show = text("programme:\n  - flight: {flypast: jets, at: 10:00}\n");
  const auto put = [&show](const std::string& before, const std::string& added) {
    const auto at = show.find(before);
    ASSERT_NE(at, std::string::npos);
    show.insert(at, added);
  };
  put("    axis: {",
      "    leave: {route: run-in, abeam: [-1 km, 0 m]}\n"
      "    beyond: {route: run-in, abeam: [-9 km, 0 m]}\n");
  put("    speed: 450 km/h",
      "    break-off: {station: leave, turn: left 60 deg, bank: 25 deg, then: 10 km}\n");
  const Planned planned(show);
  std::vector<std::string> names;
  for (const auto& crossing : planned.plan->contingents.back().crossings) {
    names.push_back((*planned.show)[crossing.station].name);
  }
  EXPECT_THAT(names, testing::ElementsAre("axis", "leave"));
}

// Evolutions have cues, what waits for them waits, and the card has the formation after each.
TEST(Plan, TimesTheDrill) {
  const Planned planned(
      text(R"(programme:
  - parade: {march: column, at: 10:00}
  - salute: {after: navy opens order, lasts: 10 s}
)",
           "drill: [{open order: 0.75 m, station: salute line}, {mark time: 10 s, "
           "station: salute line}]"));
  const Cue& starts = planned.cue("navy.open-order.starts");
  EXPECT_EQ(starts.label, "navy opens order starts");
  EXPECT_EQ(starts.time, planned.cue("navy.head@salute-line").time);
  EXPECT_EQ(planned.cue("salute.starts").time, planned.cue("navy.open-order.ends").time);
  EXPECT_EQ(planned.cue("navy.mark-time.ends").time - planned.cue("navy.open-order.ends").time,
            duration_from_seconds(10));
  const ContingentPlan& navy = planned.plan->contingents[1];
  ASSERT_EQ(navy.drill.size(), 2u);
  EXPECT_EQ(navy.drill[0].files, 9);
  EXPECT_EQ(navy.drill[0].ranks, 6);
  EXPECT_NEAR(navy.drill[0].depth_m, 5 * (1.2 + 0.75) + 0.35, 1e-9);
  EXPECT_NEAR(*navy.least_gap_m, 10, 20) << "kept behind ranks that step back";
  EXPECT_GE(*navy.least_gap_m, 10 - 1e-6);
}

// Order is opened into those behind: the programme says so in the planner's sentences.
TEST(Plan, OpeningOrderIntoThoseBehindIsAConflict) {
  const Planned planned(
      text("programme:\n  - parade: {march: column, at: 10:00}\n",
           "headway: {time: 25 s, station: line-up}\n"
           "    drill: [{open order: 0.75 m, station: salute line}, {mark time: 30 s, station: "
           "salute line}]"));
  EXPECT_FALSE(planned.plan->feasible);
  ASSERT_FALSE(planned.plan->conflicts.empty());
}

// What starts on a branch of its own is never in the way of those on the trunk.
TEST(Plan, NothingIsKeptFromAnotherWhereTheirWaysHaveParted) {
  std::string show = text(R"(programme:
  - parade: {march: column, at: 10:00}
  - band: {march: side band, at: 11:00}
)",
                          "follows: side band");
  const auto put = [&show](const std::string& before, const std::string& added) {
    const auto at = show.find(before);
    ASSERT_NE(at, std::string::npos);
    show.insert(at, added);
  };
  put("  air lines:",
      "    side: {follow: avenue, until: end line, then: [[-48 m, 400 m]], corner radius: 10 m}\n");
  put("    axis: {", "    corner: {route: side, along: 700 m}\n");
  put("flypasts:",
      "  side band:\n    route: side\n    gait: quick march\n    order:\n"
      "      - brass: {starts: corner, kind: marcher, block: {files: 9, ranks: 6, interval: 0.75 "
      "m, "
      "distance: 1.2 m}}\n");
  const Planned planned(show);
  ASSERT_TRUE(planned.plan->feasible);
  EXPECT_EQ(planned.time("army.steps-off"), "10:00:00.0");
  EXPECT_EQ(planned.time("brass.steps-off"), "11:00:00.0");
}

TEST(Plan, ATimeNearMidnightIsATime) {
  const Planned planned(text(
      "programme:\n  - speech: {at: '00:01', within: 5 min, lasts: 1 min}\n"
      "  - parade: {march: column, after: speech}\n  - flight: {flypast: jets, after: speech}\n"));
  EXPECT_THAT(planned.plan->findings, testing::IsEmpty());
}

TEST(Plan, SlackIsWhatMaySlip) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, within: 10 min, lasts: 5 min}
  - parade: {march: column, after: speech}
rules:
  - {cue: parade starts, no later than: 10:12}
)"));
  const Cue& start = planned.cue("speech.starts");
  EXPECT_EQ(planned.time("speech.starts"),
            "10:00:00.0");  // its own time, not the earliest in its window
  EXPECT_EQ(start.because, "speech starts at 10:00:00, within 10 min");
  EXPECT_EQ(planned.show->clock.wall_clock(start.earliest), "09:50:00");
  EXPECT_EQ(planned.show->clock.wall_clock(start.latest), "10:07:00");
  EXPECT_EQ(start.slack(), duration_from_seconds(17 * 60));
}

TEST(Plan, BackTimesFromAFixedEnd) {
  const Planned planned(text(R"(programme:
  - music: {lasts: 10 min, at: 09:00, within: 2 h}
  - speech: {after: music, lasts: 5 min, ends at: 10:30}
)"));
  EXPECT_EQ(planned.show->clock.wall_clock(planned.cue("music.starts").latest), "10:15:00");
  EXPECT_EQ(planned.time("speech.starts"), "10:25:00.0");
}

// As in Paris: 12 tableaux, one every 40 s; here gaps and headways in metres and seconds.
TEST(Plan, SpacingIsWhatIsAskedAtTheStation) {
  const auto check = [](const char* spacing, double headway_s) {
    const Planned planned(text("programme:\n  - parade: {march: column, at: 10:00}\n", spacing));
    const auto between =
        planned.cue("navy.head@salute-line").time - planned.cue("army.head@salute-line").time;
    EXPECT_NEAR(between.seconds(), headway_s, 2e-6) << spacing;
  };
  check("headway: {time: 60 s, station: salute line}", 60);
  check("headway: {distance: 70 m, station: salute line}", 50);
  check("gap: {time: 30 s, station: salute line}", 30 + 6.35 / 1.4);
  check("gap: {distance: 28 m, station: salute line}", 20 + 6.35 / 1.4);
}

TEST(Plan, TheLeastGapHoldsThoughTheGaitsDiffer) {
  // The navy steps faster: it closes up all the way to the end of the route.
  const Planned planned(
      text("programme:\n  - parade: {march: column, at: 10:00}\n", "forms up: 5 min",
           "      - army: {gait: slow march}\n      - navy: {gait: quick march}\n"));
  const ContingentPlan& navy = planned.plan->contingents[1];
  ASSERT_TRUE(navy.least_gap_m);
  EXPECT_NEAR(*navy.least_gap_m, 10, 1e-5);
  EXPECT_GT(*navy.least_gap_at_s_m, 950);
  EXPECT_EQ(*navy.forms_up, *navy.steps_off - duration_from_seconds(300));
}

// As in Paris: the last starts farther down the avenue. Until the one ahead has passed they wait
// aside.
TEST(Plan, NobodyStandsInTheWayOfTheOneAhead) {
  const Planned planned(
      text("programme:\n  - parade: {march: column, at: 10:00}\n", "forms up: 20 min",
           "      - army:\n      - legion: {gait: slow march, starts: salute line}\n"));
  ASSERT_TRUE(planned.plan);
  const ContingentPlan& army = planned.plan->contingents[0];
  const ContingentPlan& legion = planned.plan->contingents[1];
  EXPECT_EQ(*army.forms_up, *army.steps_off - duration_from_seconds(1200));
  const Time passed = planned.cue("army.tail@salute-line").time;
  EXPECT_GE(*legion.forms_up, passed);
  EXPECT_LE(*legion.forms_up, *legion.steps_off);
  // From the tracks: when the first of the legion appears, the army's tail is at least the least
  // gap away.
  const auto& tracks = planned.plan->tracks;
  const double t = legion.forms_up->seconds();
  const auto tail = tracks.at(tracks.movers[53], t);
  const auto head = tracks.at(tracks.movers[54], t);
  ASSERT_TRUE(tail && head);
  EXPECT_LE(tail->position_m[0] + 0.175, head->position_m[0] - 0.175 - 10 + 1e-3);
}

// Two speeds on one line with a corner: the faster one behind must not overtake after it.
TEST(Plan, AFasterFlightKeepsItsDistancePastACorner) {
  std::string show = text("programme:\n  - air: {flypast: jets, at: 10:05:00}\n");
  const std::string line = "{points: [[30 km, 0 m], [-20 km, 0 m]]}";
  show.replace(show.find(line), line.size(),
               "{points: [[30 km, 0 m], [-5 km, 0 m], [-30 km, 20 km]]}");
  const std::string order =
      "      - wedge: {kind: jet, vic: {count: 3, interval: 20 m, distance: 20 m}}";
  show.replace(
      show.find(order), order.size(),
      "      - slow: {kind: jet, vic: {count: 3, interval: 20 m, distance: 20 m}, gait: 300 km/h}\n"
      "      - fast: {kind: jet, vic: {count: 3, interval: 20 m, distance: 20 m}}");
  show.replace(show.find("    speed: 450 km/h\n"), 20,
               "    speed: 450 km/h\n    least gap: 500 m\n    turn bank: 20 deg\n");
  const Planned planned(show);
  ASSERT_TRUE(planned.plan);
  const ContingentPlan& fast = planned.plan->contingents[3];
  ASSERT_TRUE(fast.least_gap_m);
  EXPECT_NEAR(*fast.least_gap_m, 500, 1e-3);
  EXPECT_GT(*fast.least_gap_at_s_m, 40000);  // past the corner, where it is nearest
}

// The one behind is asked to cross 1 s after the one ahead has, and would have to set off first.
TEST(Plan, WhoStepsOffBeforeTheOneInFrontIsAFinding) {
  const std::string rest = "programme:\n  - parade: {march: column, at: 10:00}\n";
  const auto found = [&](const std::string& gap) {
    const Planned planned(text(rest, "gap: {time: " + gap + ", station: salute line}"));
    std::vector<std::string> codes;
    for (const auto& finding : planned.plan->findings) {
      codes.push_back(finding.code);
      EXPECT_LT(*finding.begin, *finding.end);
      EXPECT_TRUE(finding.place);
    }
    return codes;
  };
  EXPECT_THAT(found("14.2 s"), testing::ElementsAre("plan.steps-off-first"));
  EXPECT_THAT(found("14.4 s"), testing::IsEmpty());
}

TEST(Plan, WithoutItemsItLastsAsLongAsItMoves) {
  const Planned planned(text(""));
  ASSERT_TRUE(planned.plan);
  EXPECT_LT(planned.plan->start, planned.plan->end);
}

TEST(Plan, TracksPassTheStationsAtTheTimesOfTheProgramme) {
  const Planned planned(text(R"(programme:
  - parade: {march: column, at: 10:00}
  - air: {flypast: jets, at: 10:05:00, within: 5 s}
)"));
  ASSERT_TRUE(planned.plan->tracks.validate());
  const track::TrackSet& tracks = planned.plan->tracks;
  const auto at = [&](std::uint32_t mover, const std::string& cue) {
    return tracks.at(tracks.movers[mover], planned.cue(cue).time.seconds())->position_m;
  };
  // Noses are at the line: the first rank's middle is half a body behind it. The march goes west.
  EXPECT_NEAR(at(0, "army.head@salute-line")[0], 48 + 0.175, 1e-4);
  EXPECT_NEAR(at(53, "army.tail@end-line")[0], -48 - 0.175, 1e-4);
  EXPECT_NEAR(at(108, "wedge.head@axis")[0], 10, 2e-3);
  EXPECT_NEAR(at(108, "wedge.head@axis")[2], 500, 1e-9);
}

TEST(Plan, AnItemThatNothingTiesToTheClockIsAFinding) {
  const Planned planned(text("programme:\n  - speech: {lasts: 5 min}\n"));
  ASSERT_EQ(planned.plan->findings.size(), 1u);
  EXPECT_EQ(planned.plan->findings[0].code, "plan.no-beginning");
}

TEST(Plan, PublishedFiguresAreHeldAgainstIt) {
  const Planned planned(text(R"(programme:
  - parade: {march: column, from: salute line, to: end line, at: 10:00}
published:
  - ninety-six metres: {from: head of army crosses salute line, to: head of army crosses end line, value: 68.6 s, within: 0.1 s, is: identity, source: test}
  - first: {cue: head of army crosses salute line, value: 10:00, is: calibrated, source: test}
  - too many: {count: people, value: 200, is: predicted, source: test}
)"));
  ASSERT_EQ(planned.plan->published.size(), 3u);
  EXPECT_TRUE(planned.plan->published[0].holds);
  EXPECT_EQ(planned.plan->published[0].computed, "68.57 s");
  EXPECT_TRUE(planned.plan->published[1].holds);
  EXPECT_EQ(planned.plan->published[1].computed, "10:00:00");
  EXPECT_FALSE(planned.plan->published[2].holds);
  ASSERT_EQ(planned.plan->findings.size(), 1u);
  EXPECT_EQ(planned.plan->findings[0].code, "plan.published");
}

TEST(Plan, IsTheSameTwice) {
  const std::string show = text("programme:\n  - parade: {march: column, at: 10:00}\n");
  const Planned a(show);
  const Planned b(show);
  ASSERT_EQ(a.plan->tracks.pieces.size(), b.plan->tracks.pieces.size());
  for (std::size_t i = 0; i < a.plan->tracks.pieces.size(); ++i) {
    EXPECT_EQ(a.plan->tracks.pieces[i].x, b.plan->tracks.pieces[i].x);
    EXPECT_EQ(a.plan->tracks.pieces[i].t0_s, b.plan->tracks.pieces[i].t0_s);
  }
}

TEST(Plan, CanBeInterrupted) {
  const Planned planned(text("programme:\n  - parade: {march: column, at: 10:00}\n"));
  Options options;
  options.progress = [](std::string_view stage, double) { return stage != "tracks"; };
  const auto interrupted = make_plan(*planned.show, options);
  ASSERT_FALSE(interrupted);
  EXPECT_EQ(interrupted.error().code, Errc::interrupted);
}

}  // namespace
}  // namespace defilada::plan
