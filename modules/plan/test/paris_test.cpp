// SPDX-License-Identifier: MIT
// The second event: horses, motorcycles, a slow contingent that must not hold others up, aeroplanes
// of two speeds on one line. tests/golden/paris-2025.txt is what the show gives today.
#include <gtest/gtest.h>

#include <algorithm>

#include "event.hpp"

namespace defilada::plan {
namespace {

class Paris : public testing::Test {
 protected:
  static void SetUpTestSuite() { event_ = plan_event("shows/paris-2025").release(); }
  static void TearDownTestSuite() { delete event_; }
  void SetUp() override { ASSERT_NE(event_, nullptr); }

  static const ContingentPlan& card(const std::string& name) {
    const auto found = std::find_if(
        event_->plan.contingents.begin(), event_->plan.contingents.end(),
        [&](const ContingentPlan& each) { return event_->show[each.contingent].name == name; });
    EXPECT_NE(found, event_->plan.contingents.end()) << name;
    return *found;
  }
  static Crossing at(const std::string& contingent, const std::string& station) {
    for (const Crossing& each : card(contingent).crossings) {
      if (event_->show[each.station].name == station) return each;
    }
    ADD_FAILURE() << contingent << " does not come to " << station;
    return {};
  }

  static Event* event_;
};
Event* Paris::event_ = nullptr;

TEST_F(Paris, IsFeasibleAndBreaksNoRule) {
  EXPECT_TRUE(event_->plan.feasible);
  for (const Finding& finding : event_->plan.findings)
    ADD_FAILURE() << finding.code << ": " << finding.message;
}

// What the papers said of it (docs/facts/paris-2025.md).
TEST_F(Paris, HasTheSizeOfTheEvent) {
  const Counts& counts = event_->plan.counts;
  EXPECT_EQ(counts.aeroplanes, 65);
  EXPECT_EQ(counts.helicopters, 34);
  EXPECT_EQ(counts.vehicles, 247);
  EXPECT_EQ(counts.mounted, 200);
  EXPECT_EQ(counts.people_by_role.at("marchers"), 5618);
  EXPECT_GE(counts.people, 7000);
  EXPECT_EQ(counts.spectators, 25000);
}

TEST_F(Paris, EveryPublishedFigureHolds) {
  EXPECT_GE(event_->plan.published.size(), 20u);
  for (const PublishedRow& row : event_->plan.published) {
    EXPECT_TRUE(row.holds) << row.name << ": published " << row.published << ", computed "
                           << row.computed;
  }
}

// The Legion enters the roadway below the others' beginning, when the last of them has passed
// there, and nobody who is faster is behind it on foot.
TEST_F(Paris, TheLegionHoldsNobodyUp) {
  const auto speed_mps = [](const std::string& who, const std::string& from,
                            const std::string& to) {
    return 66 / (at(who, to).head - at(who, from).head).seconds();
  };
  const double legion_mps = speed_mps("Legion band", "Legion salute line", "Legion end line");
  const double others_mps = speed_mps("prison service", "salute line", "end line");
  EXPECT_NEAR(legion_mps, 88 * 0.75 / 60, 0.001);
  EXPECT_NEAR(others_mps, 120 * 0.75 / 60, 0.001);
  // 284 m before the salute line the two ways become one.
  const Time enters =
      at("Legion band", "Legion salute line").head - duration_from_seconds(284 / legion_mps);
  const Time cleared =
      at("prison service", "salute line").tail - duration_from_seconds(284 / others_mps);
  EXPECT_GT((enters - cleared).seconds(), 5);
  EXPECT_LT((enters - cleared).seconds(), 30);
  EXPECT_GT(at("Legion band", "Legion salute line").head, at("prison service", "salute line").tail);
}

// In line, on the way and in the air: a march that stands in the way of another would be walked
// through, whatever its own gaps say.
TEST_F(Paris, NobodyWalksThroughAnybody) {
  EXPECT_GE(nearest_strangers_m(event_->plan.tracks, 60, 8), 8);
}

TEST_F(Paris, NoFastBlockIsBehindASlowOne) {
  double ahead_mps = 1e9;
  for (const auto& contingent : event_->show.contingents) {
    if (!contingent.procession.valid()) continue;
    if (event_->show[contingent.procession].name != "air parade") continue;
    // Behind the Arch, where the slow ones join: they cut the corner there.
    const auto west = at(contingent.name, "transport gap short");
    const auto east = at(contingent.name, "obelisk");
    const double mps = 3600 / (east.head - west.head).seconds();
    EXPECT_LE(mps, ahead_mps + 0.5) << contingent.name;
    ahead_mps = mps;
  }
  EXPECT_NEAR(ahead_mps, 180 * 1852 / 3600.0, 1);
}

TEST_F(Paris, TheProgrammeIsTheGoldenOne) {
  compare_with_kept("tests/golden/paris-2025.txt", golden_text(*event_));
}

}  // namespace
}  // namespace defilada::plan
