// SPDX-License-Identifier: MIT
// The real show at its real size: docs/validation.md and tests/golden/beijing-2025.txt are what it
// gives today. After a change that is meant, UPDATE_GOLDEN=1 rewrites both; read the difference
// before it is committed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "defilada/core/file.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"

namespace defilada::plan {
namespace {

const std::filesystem::path kRoot = DEFILADA_SOURCE_DIR;

class Beijing : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    Diagnostics diagnostics;
    sources_ = new Sources;
    auto show = show::read_show(kRoot / "shows/beijing-2025", {{kRoot / "catalogue"}}, *sources_,
                                diagnostics);
    for (const auto& each : diagnostics.all()) ADD_FAILURE() << render(each, *sources_, false);
    if (!show) return;
    show_ = new show::Show(std::move(*show));
    plan_ = new Plan(make_plan(*show_).value());
  }
  static void TearDownTestSuite() {
    delete plan_;
    delete show_;
    delete sources_;
  }
  void SetUp() override { ASSERT_NE(plan_, nullptr); }

  static void compare(const std::filesystem::path& path, const std::string& text) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      ASSERT_TRUE(write_file_atomically(path, text));
      return;
    }
    const auto kept = read_file(path, 1 << 20);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(*kept, text) << path << " is not what the show gives: UPDATE_GOLDEN=1 rewrites it";
  }

  static double station_s(const std::string& name) {
    for (const auto& station : show_->site.stations) {
      if (station.name == name) return station.s_m;
    }
    ADD_FAILURE() << "no station " << name;
    return 0;
  }

  static Sources* sources_;
  static show::Show* show_;
  static Plan* plan_;
};
Sources* Beijing::sources_ = nullptr;
show::Show* Beijing::show_ = nullptr;
Plan* Beijing::plan_ = nullptr;

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

std::string clock(const show::Show& show, Time time) {
  return show.clock.wall_clock(time, 1);
}

TEST_F(Beijing, TheProgrammeIsTheGoldenOne) {
  std::string text;
  for (const ItemPlan& item : plan_->items) {
    text += fmt::format("{} {} {}\n", clock(*show_, item.start), clock(*show_, item.end),
                        (*show_)[item.item].name);
  }
  for (const ContingentPlan& card : plan_->contingents) {
    if (!card.steps_off) continue;
    text += fmt::format("\n{}: {} people, {} movers, {:.2f} x {:.2f} m\n",
                        (*show_)[card.contingent].name, card.people, card.movers, card.width_m,
                        card.depth_m);
    for (const Crossing& at : card.crossings) {
      text += fmt::format("  {} {} {}\n", clock(*show_, at.head), clock(*show_, at.tail),
                          (*show_)[at.station].name);
    }
  }
  compare(kRoot / "tests/golden/beijing-2025.txt", text);
}

TEST_F(Beijing, TheValidationTableIsInTheDocs) {
  std::string text =
      "# Validation\n\n"
      "What sources publish about the parade of 3 September 2025, held against the plan that "
      "Defilada makes of "
      "`shows/beijing-2025/`. The sources are in [facts](facts/README.md). A test writes this page "
      "and fails when it is "
      "out of date.\n\n"
      "*identity*: follows from the definitions, so it tests the arithmetic. *calibrated*: the "
      "figure was an input, "
      "so agreement proves nothing about the model. *predicted*: the figure was not used.\n\n"
      "| figure | kind | published | plan | difference | holds |\n| --- | --- | --- | --- | --- | "
      "--- |\n";
  for (const PublishedRow& row : plan_->published) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", row.name, to_string(row.is),
                        row.published, row.computed, row.difference, row.holds ? "yes" : "**no**");
  }
  compare(kRoot / "docs/validation.md", text);
}

}  // namespace
}  // namespace defilada::plan
