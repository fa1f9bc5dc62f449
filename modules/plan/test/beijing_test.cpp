// SPDX-License-Identifier: MIT
// The real show at its real size: tests/golden/beijing-2025.txt is what it gives today. After a
// change that is meant, UPDATE_GOLDEN=1 rewrites it; read the difference before it is committed.
#include <gtest/gtest.h>

#include <string>

#include "event.hpp"

namespace defilada::plan {
namespace {

class Beijing : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    event_ = plan_event("shows/beijing-2025").release();
    if (event_ == nullptr) return;
    show_ = &event_->show;
    plan_ = &event_->plan;
  }
  static void TearDownTestSuite() { delete event_; }
  void SetUp() override { ASSERT_NE(plan_, nullptr); }

  static double station_s(const std::string& name) {
    for (const auto& station : show_->site.stations) {
      if (station.name == name) return station.s_m;
    }
    ADD_FAILURE() << "no station " << name;
    return 0;
  }

  static Event* event_;
  static const show::Show* show_;
  static const Plan* plan_;
};
Event* Beijing::event_ = nullptr;
const show::Show* Beijing::show_ = nullptr;
const Plan* Beijing::plan_ = nullptr;

TEST_F(Beijing, IsFeasibleAndBreaksNoRule) {
  EXPECT_TRUE(plan_->feasible);
  for (const Finding& finding : plan_->findings)
    ADD_FAILURE() << finding.code << ": " << finding.message;
}

// Figures of the event (docs/facts): what the report in the papers says of it.
TEST_F(Beijing, HasTheSizeOfTheEvent) {
  EXPECT_EQ(plan_->counts.contingents, 45);
  EXPECT_GT(plan_->counts.people, 10000);
  EXPECT_EQ(plan_->counts.helicopters, 45);
  EXPECT_GT(plan_->counts.aeroplanes, 100);
  EXPECT_GE(plan_->counts.vehicles, 200);
  EXPECT_GE(plan_->counts.spectators, 50000);
  const std::int64_t foot = plan_->counts.people_by_role.at("marchers");
  EXPECT_GE(foot, 4500);
  EXPECT_LE(foot, 4750);
}

TEST_F(Beijing, TwentySixHelicoptersDrawEighty) {
  const show::Part* figure = nullptr;
  for (const auto& contingent : show_->contingents) {
    for (const auto& part : contingent.parts) {
      if (part.formation.shape == formation::Shape::figure) figure = &part;
    }
  }
  ASSERT_NE(figure, nullptr);
  EXPECT_EQ(figure->formation.text, "80");
  const auto layout = formation::layout(figure->formation).value();
  EXPECT_EQ(layout.slots.size(), 26u);
  EXPECT_GE(layout.least_spacing_m, 20.0 - 1e-9);
}

TEST_F(Beijing, EveryPublishedFigureHolds) {
  EXPECT_FALSE(plan_->published.empty());
  for (const PublishedRow& row : plan_->published) {
    EXPECT_TRUE(row.holds) << row.name << ": published " << row.published << ", computed "
                           << row.computed;
  }
}

TEST_F(Beijing, NobodyIsNearerThanTheLeastGap) {
  for (const ContingentPlan& card : plan_->contingents) {
    if (!card.least_gap_m) continue;
    const auto& procession = (*show_)[(*show_)[card.contingent].procession];
    EXPECT_GE(*card.least_gap_m, procession.gap_min_m - 1e-4) << (*show_)[card.contingent].name;
  }
}

TEST_F(Beijing, NobodyWalksThroughAnybody) {
  EXPECT_GE(nearest_strangers_m(plan_->tracks, 60, 5), 5);
}

// Between none missing and what a sample of those who stand nearest has; kept at what was proven.
TEST_F(Beijing, IsProvenClearWithTheMarginItHas) {
  Options options;
  options.proof = true;
  const Plan proven = make_plan(*show_, options).value();
  ASSERT_TRUE(proven.proof);
  EXPECT_TRUE(proven.findings.empty());
  EXPECT_EQ(proven.proof->pairs, 57711396U);
  EXPECT_LT(proven.proof->refined, proven.proof->pairs / 50);
  EXPECT_NEAR(proven.proof->least_margin_m, 0.215, 0.0101);
}

// From the tracks alone, as everybody else sees them: the identities of the drill.
TEST_F(Beijing, TheTracksThemselvesMarch96MetresIn68Point6Seconds) {
  ASSERT_TRUE(plan_->tracks.validate()) << plan_->tracks.validate().error().message;
  EXPECT_EQ(static_cast<std::int64_t>(plan_->tracks.movers.size()), plan_->counts.movers);
  const track::TrackSet& tracks = plan_->tracks;
  for (const auto& group : tracks.groups) {
    const show::Contingent& who = show_->contingents[group.contingent];
    if (!who.procession.valid() || (*show_)[who.procession].name != "foot column") continue;
    const auto& mover = tracks.movers[group.first_mover];
    const show::Route& route = (*show_)[(*show_)[who.procession].route];
    const auto interval = tracks.interval(tracks.paths[mover.path]);
    double enters = 0;
    double leaves = 0;
    for (double t = interval[0]; t <= interval[1]; t += 0.02) {
      const auto position = tracks.at(mover, t)->position_m;
      // The nose is half a body ahead of the middle.
      const double s = route.geometry.project({position[0], position[1]}).s + 0.175;
      if (enters == 0 && s >= station_s("salute line")) enters = t;
      if (leaves == 0 && s >= station_s("end line")) leaves = t;
    }
    EXPECT_NEAR(leaves - enters, 128 * 60 / 112.0, 0.03) << who.name;
  }
}

TEST_F(Beijing, TheProgrammeIsTheGoldenOne) {
  compare_with_kept("tests/golden/beijing-2025.txt", golden_text(*event_));
}

}  // namespace
}  // namespace defilada::plan
