// SPDX-License-Identifier: MIT
#include "defilada/playback/encode.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "decode.hpp"
#include "fixture.hpp"

namespace defilada::playback {
namespace {

using fixture::planned;

class EachShow : public testing::TestWithParam<const char*> {};

/// The law of the header: every mover is where the tracks have it, at its ends and in between.
TEST_P(EachShow, MoversAreWhereTheTracksHaveThem) {
  const auto& [show, plan] = planned(GetParam());
  const Decoded decoded(encode(show, plan, "en"));
  ASSERT_GE(decoded.movers(), plan.tracks.movers.size());
  if (!show.guests) {
    ASSERT_EQ(decoded.movers(), plan.tracks.movers.size());
  }
  ASSERT_GT(decoded.movers(), 0U);
  double worst = 0;
  for (std::size_t m = 0; m < plan.tracks.movers.size(); m += 1 + plan.tracks.movers.size() / 700) {
    const track::Mover& mover = plan.tracks.movers[m];
    const auto [begin, end] = plan.tracks.interval(plan.tracks.paths[mover.path]);
    EXPECT_FALSE(decoded.at(m, begin - 1)) << m;
    EXPECT_FALSE(decoded.at(m, end + 1)) << m;
    for (int i = 0; i <= 8; ++i) {
      const double t = i == 8 ? end : begin + (end - begin) * i / 8;
      const auto there = decoded.at(m, t);
      const auto expected = plan.tracks.at(mover, t);
      ASSERT_TRUE(there && expected) << m << " at " << t;
      for (int k = 0; k < 3; ++k) {
        worst = std::max(worst, std::abs((*there)[k] - expected->position_m[k]));
      }
    }
  }
  EXPECT_LE(worst, kArrayError_m);
}

/// What changes from frame to frame, applied one after the other, gives each frame again.
TEST(EncodeCrowd, FramesAreTheSumOfTheirChanges) {
  const auto& [show, plan] = planned("shows/first-steps");
  Crowd crowd{.origin = {-3, 7}, .cell_m = 4, .columns = 9, .rows = 5, .steps = 20};
  crowd.zones = {{0, 50}, {1, 70}};
  std::mt19937 random(5);
  for (int f = 0; f < 40; ++f) {
    Crowd::Frame& frame = crowd.frames.emplace_back();
    frame.time_s = 100 + 30.0 * f;
    for (std::uint32_t cell = 0; cell < 45; ++cell) {
      if (random() % 3 == 0)
        frame.cells.push_back(cell << 8U | static_cast<std::uint32_t>(1 + random() % 3));
    }
    frame.seated = {static_cast<std::uint32_t>(random() % 50), static_cast<std::uint32_t>(f)};
  }
  crowd.frames.emplace_back(Crowd::Frame{2000, {}, {0, 0}});
  const Decoded decoded(encode(show, plan, "en", &crowd));
  const auto& head = decoded.head.at("crowd");
  EXPECT_EQ(head.at("columns"), 9);
  EXPECT_EQ(head.at("steps"), 20);
  EXPECT_EQ(head.at("zones")[1].at("people"), 70);
  const auto& first = decoded.whole("crowd_first_change");
  const auto& changes = decoded.whole("crowd_changes");
  const auto& seated = decoded.whole("crowd_seated");
  ASSERT_EQ(first.size(), crowd.frames.size() + 1);
  std::map<std::uint32_t, std::uint32_t> now;
  for (std::size_t f = 0; f < crowd.frames.size(); ++f) {
    EXPECT_EQ(decoded.real("crowd_time_s")[f], crowd.frames[f].time_s);
    for (std::uint32_t i = first[f]; i < first[f + 1]; ++i) {
      const std::uint32_t value = changes[i] & 255U;
      if (value == 0) {
        EXPECT_EQ(now.erase(changes[i] >> 8U), 1U);
      } else {
        EXPECT_NE(now[changes[i] >> 8U], value);
        now[changes[i] >> 8U] = value;
      }
    }
    std::vector<std::uint32_t> cells;
    for (const auto& [cell, value] : now) cells.push_back(cell << 8U | value);
    EXPECT_EQ(cells, crowd.frames[f].cells) << f;
    EXPECT_EQ(seated[2 * f], crowd.frames[f].seated[0]);
    EXPECT_EQ(seated[2 * f + 1], crowd.frames[f].seated[1]);
  }
  // Without one nothing is said of it.
  EXPECT_TRUE(Decoded(encode(show, plan, "en")).head.at("crowd").is_null());
}

TEST_P(EachShow, SaysWhoMovesAndWhen) {
  const auto& [show, plan] = planned(GetParam());
  const Decoded decoded(encode(show, plan, "en"));
  const auto& head = decoded.head;
  EXPECT_EQ(head.at("format"), kFormat);
  std::size_t i = 0;
  for (const auto& cue : head.at("cues")) {
    if (cue["id"].get<std::string>().starts_with("guest.")) continue;
    ASSERT_LT(i, plan.cues.size());
    EXPECT_EQ(cue["id"], plan.cues[i].id);
    EXPECT_EQ(cue["t_s"], plan.cues[i].time.seconds());
    ++i;
  }
  EXPECT_EQ(i, plan.cues.size());
  const std::size_t delegations = show.guests ? show.guests->delegations.size() : 0;
  ASSERT_EQ(head.at("contingents").size(), show.contingents.size() + delegations);
  const auto counted =
      std::count_if(head["contingents"].begin(), head["contingents"].end(),
                    [](const nlohmann::json& each) { return each["counted"].get<bool>(); });
  EXPECT_EQ(counted, plan.counts.contingents);
  for (const auto& contingent : head["contingents"]) {
    if (contingent["guest"].get<bool>()) continue;
    const std::size_t first = contingent["first_mover"];
    const std::size_t count = contingent["movers"];
    for (std::size_t m = first; m < first + count; ++m) {
      const auto& name = show.contingents[decoded.whole("mover_contingent")[m]].name;
      ASSERT_EQ(contingent["name"], name);
    }
  }
}

TEST_P(EachShow, SamePlanSameBytes) {
  const auto& [show, plan] = planned(GetParam());
  EXPECT_EQ(encode(show, plan, "en"), encode(show, plan, "en"));
  EXPECT_NE(encode(show, plan, "en"), encode(show, plan, "pl"));
}

/// Where a mover of a delegation is: the first of its stretches that is there.
std::optional<std::array<double, 3>> there(const Decoded& decoded, const nlohmann::json& delegation,
                                           std::uint32_t slot, double t_s) {
  const std::size_t first = delegation["first_mover"];
  const std::size_t count = delegation["movers"];
  for (std::size_t m = first; m < first + count; ++m) {
    if (decoded.whole("mover_slot")[m] != slot) continue;
    if (const auto place = decoded.at(m, t_s)) return place;
  }
  return std::nullopt;
}

// Law: outside of cars a guest is drawn where the plan has them; in one, the car is drawn alone.
TEST(Guests, AreWhereThePlanHasThemAndNotSeenInCars) {
  const auto& [show, plan] = planned("shows/beijing-2025");
  const Decoded decoded(encode(show, plan, "en"));
  const track::TrackSet& tracks = plan.guests.tracks;
  std::size_t seen = 0;
  std::size_t hidden = 0;
  for (const track::Mover& mover : tracks.movers) {
    const auto& delegation =
        decoded.head["contingents"][show.contingents.size() + mover.contingent];
    ASSERT_EQ(delegation["guest"], true);
    ASSERT_EQ(delegation["name"], show.guests->delegations[mover.contingent].name);
    const plan::GuestCard* card = nullptr;
    for (const auto& each : plan.guests.guests)
      if (each.delegation.value == mover.contingent && mover.part == 0) card = &each;
    const auto [begin, end] = tracks.interval(tracks.paths[mover.path]);
    for (int i = 0; i < 60; ++i) {
      const double t = begin + (end - begin) * (i + 0.41) / 60;
      bool rides = false;
      if (card != nullptr)
        for (const auto& stay : card->stays)
          rides = rides || (stay.rides && t > stay.from.seconds() && t < stay.to.seconds());
      const auto place = there(decoded, delegation, mover.slot, t);
      if (rides) {
        EXPECT_FALSE(place) << delegation["name"] << " at " << t;
        ++hidden;
        continue;
      }
      const auto expected = tracks.at(mover, t);
      ASSERT_TRUE(expected);
      if (!place) continue;  // waits at the car
      for (int k = 0; k < 3; ++k) EXPECT_NEAR((*place)[k], expected->position_m[k], kArrayError_m);
      ++seen;
    }
  }
  EXPECT_GT(seen, 1000U);
  EXPECT_GT(hidden, 10U);
}

TEST(Guests, HaveTheCuesOfTheirArrivals) {
  const auto& [show, plan] = planned("shows/beijing-2025");
  const Decoded decoded(encode(show, plan, "en"));
  std::map<std::string, int> count;
  double last = -1e9;
  for (const auto& cue : decoded.head["cues"]) {
    ++count[cue["what"].get<std::string>()];
    EXPECT_GE(cue["t_s"].get<double>(), last);
    last = cue["t_s"].get<double>();
    if (cue["id"] != "guest.russia.arrives") continue;
    EXPECT_EQ(cue["t_s"], plan.guests.guests.front().arrives->seconds());
    EXPECT_EQ(cue["contingent"], show.contingents.size());
  }
  EXPECT_EQ(count["arrives"], 26);
  EXPECT_EQ(count["greeted"], 26);
  EXPECT_EQ(count["departs"], 28);  // all to the reception, two on to the talks
  EXPECT_EQ(count["there"], 28);
}

INSTANTIATE_TEST_SUITE_P(Shows, EachShow,
                         testing::Values("shows/first-steps", "shows/beijing-2025"),
                         [](const auto& each) {
                           return std::string(each.param) == "shows/first-steps" ? "FirstSteps"
                                                                                 : "Beijing";
                         });

TEST(Encode, RoutesAreDrawnAlongTheirArcs) {
  const auto& [show, plan] = planned("shows/first-steps");
  const Decoded decoded(encode(show, plan, "en"));
  const auto& routes = decoded.head.at("site").at("routes");
  ASSERT_EQ(routes.size(), show.site.routes.size());
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const auto& line = routes[r]["line"];
    ASSERT_GE(line.size(), 2U);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const geo::Vec2 middle{(line[i][0].get<double>() + line[i + 1][0].get<double>()) / 2,
                             (line[i][1].get<double>() + line[i + 1][1].get<double>()) / 2};
      EXPECT_LT(show.site.routes[r].geometry.project(middle).distance, 0.06);
    }
  }
}

TEST(Encode, WallClockOffsetsAreTheZones) {
  const auto& [show, plan] = planned("shows/first-steps");
  const Decoded decoded(encode(show, plan, "en"));
  EXPECT_EQ(decoded.head.at("midnight"), "2026-05-03T00:00:00+02:00");
  EXPECT_EQ(decoded.head.at("offsets"), nlohmann::json::parse("[[-86400, 7200]]"));
}

TEST(Encode, AnInfeasiblePlanHasNoMoversAndItsReasons) {
  const auto& [show, feasible] = planned("shows/first-steps");
  plan::Plan plan;
  plan::Conflict& conflict = plan.conflicts.emplace_back();
  conflict.short_by = Duration{5'000'000};
  conflict.statements.push_back({Phrase::verbatim("the first statement"), {}, false, {}});
  const Decoded decoded(encode(show, plan, "en"));
  EXPECT_EQ(decoded.movers(), 0U);
  EXPECT_EQ(decoded.head.at("feasible"), false);
  EXPECT_EQ(decoded.head["conflicts"][0]["short_by_s"], 5.0);
  EXPECT_EQ(decoded.head["conflicts"][0]["statements"][0], "the first statement");
}

}  // namespace
}  // namespace defilada::playback
