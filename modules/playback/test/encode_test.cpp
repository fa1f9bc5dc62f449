// SPDX-License-Identifier: MIT
#include "defilada/playback/encode.hpp"

#include <gmock/gmock.h>

#include <cmath>

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
  ASSERT_EQ(decoded.movers(), plan.tracks.movers.size());
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

TEST_P(EachShow, SaysWhoMovesAndWhen) {
  const auto& [show, plan] = planned(GetParam());
  const Decoded decoded(encode(show, plan, "en"));
  const auto& head = decoded.head;
  EXPECT_EQ(head.at("format"), kFormat);
  ASSERT_EQ(head.at("cues").size(), plan.cues.size());
  for (std::size_t i = 0; i < plan.cues.size(); ++i) {
    EXPECT_EQ(head["cues"][i]["id"], plan.cues[i].id);
    EXPECT_EQ(head["cues"][i]["t_s"], plan.cues[i].time.seconds());
  }
  ASSERT_EQ(head.at("contingents").size(), show.contingents.size());
  for (const auto& contingent : head["contingents"]) {
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
  conflict.statements.push_back({"the first statement", {}, false, {}});
  const Decoded decoded(encode(show, plan, "en"));
  EXPECT_EQ(decoded.movers(), 0U);
  EXPECT_EQ(decoded.head.at("feasible"), false);
  EXPECT_EQ(decoded.head["conflicts"][0]["short_by_s"], 5.0);
  EXPECT_EQ(decoded.head["conflicts"][0]["statements"][0], "the first statement");
}

}  // namespace
}  // namespace defilada::playback
