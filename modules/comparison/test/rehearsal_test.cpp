// SPDX-License-Identifier: MIT
#include "defilada/comparison/rehearsal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::comparison {
namespace {

using testing::HasSubstr;

class Rehearsal : public testing::Test {
 protected:
  Rehearsal() {
    Diagnostics diagnostics;
    const std::filesystem::path root(test::source_dir());
    show_ = show::read_show(root / "shows" / "first-steps", {{root / "catalogue"}}, sources_,
                            diagnostics);
    plan_ = plan::make_plan(*show_).value();
  }

  std::optional<std::vector<Measured>> read(std::string csv) {
    diagnostics_ = Diagnostics();
    const FileId file = sources_.add("measured.csv", std::move(csv));
    return read_rehearsal(file, sources_, plan_, show_->clock, diagnostics_);
  }
  /// "line:column code: message [suggestion]" of each fault.
  std::vector<std::string> faults(const std::string& csv) {
    EXPECT_FALSE(read(csv));
    std::vector<std::string> all;
    for (const Diagnostic& each : diagnostics_.all()) {
      const Position at = sources_.position(each.span);
      all.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + each.code +
                    ": " + each.message.english() +
                    (each.suggestion.empty() ? "" : " [" + each.suggestion + "]"));
    }
    return all;
  }
  /// Every cue at its planned time, later by `late`.
  std::vector<Measured> as_planned(Duration late = {}) const {
    std::vector<Measured> all;
    for (std::size_t i = 0; i < plan_.cues.size(); ++i) {
      all.push_back({i, plan_.cues[i].time + late, "", {}});
    }
    return all;
  }

  Sources sources_;
  std::optional<show::Show> show_;
  plan::Plan plan_;
  Diagnostics diagnostics_;
};

TEST_F(Rehearsal, ReadsCuesByTheirWordsAndByTheirIds) {
  for (const char* csv :
       {"cue,time\nhead of scouts crosses salute line,12:06:00.5\n",
        "cue\ttime\nhead of scouts crosses salute line\t12:06:00.5\n",
        "\xEF\xBB\xBFTime;Cue;who\r\n12:06:00.5;scouts.head@salute-line;judge\r\n",
        "cue,time\n\n\"head of  Scouts crosses salute line\",12:06:00.5"}) {
    const auto rows = read(csv);
    ASSERT_TRUE(rows) << csv << render(diagnostics_.all().front(), sources_, false);
    ASSERT_EQ(rows->size(), 1U) << csv;
    EXPECT_EQ(plan_.cues[rows->front().cue].id, "scouts.head@salute-line");
    EXPECT_EQ(show_->clock.wall_clock(rows->front().time, 1), "12:06:00.5");
  }
}

TEST_F(Rehearsal, TellsEveryFaultAtItsPlace) {
  EXPECT_THAT(
      faults("cue,time,note\n"
             "head of scuots crosses salute line,12:06\n"
             "\"welcome starts\",noonish\n"
             "welcome ends,12:03\nwelcome ends,12:04\nwelcome ends\n"),
      testing::ElementsAre(HasSubstr("2:1 rehearsal.cue: the plan has no cue 'head of scuots"),
                           HasSubstr("3:18 rehearsal.time"), HasSubstr("5:1 rehearsal.twice"),
                           HasSubstr("6:1 rehearsal.row")));
  EXPECT_THAT(faults("cue,time\nhead of scuots crosses salute line,12:06\n").front(),
              HasSubstr("[head of scouts crosses salute line]"));
  EXPECT_THAT(faults("cues,time\n").front(),
              HasSubstr("1:1 rehearsal.header: no column 'cue' [cues]"));
  EXPECT_THAT(faults("cue,cue,time\n").front(), HasSubstr("1:5 rehearsal.header"));
  EXPECT_THAT(faults("").front(), HasSubstr("rehearsal.empty"));
  EXPECT_THAT(faults("cue,time\n\"welcome starts,12:00\n").front(), HasSubstr("2:1 rehearsal.csv"));
}

TEST_F(Rehearsal, AsPlannedIsNotLate) {
  const auto held = hold_against(plan_, as_planned());
  ASSERT_EQ(held.size(), plan_.cues.size());
  for (std::size_t i = 0; i < held.size(); ++i) {
    EXPECT_EQ(held[i].late.us, 0);
    EXPECT_EQ(held[i].beyond.us, 0);
    EXPECT_EQ(held[i].slower.value_or(Duration{}).us, 0);
    EXPECT_LE(held[i == 0 ? 0 : i - 1].planned, held[i].planned);
  }
}

/// Law: the same delay everywhere adds to each `late` and leaves each `slower`.
TEST_F(Rehearsal, ADelayOfAllIsNobodysSlowness) {
  for (const std::int64_t us : {1LL, 750'000LL, 90'000'000LL, -2'000'000LL}) {
    for (const Held& each : hold_against(plan_, as_planned(Duration{us}))) {
      EXPECT_EQ(each.late.us, us);
      EXPECT_EQ(each.slower.value_or(Duration{}).us, 0);
    }
  }
}

TEST_F(Rehearsal, SaysWhatThePlanCannotTake) {
  for (std::size_t i = 0; i < plan_.cues.size(); ++i) {
    const plan::Cue& cue = plan_.cues[i];
    const auto slack = cue.slack();
    if (!slack) continue;
    const auto held = hold_against(plan_, {{i, cue.latest + Duration{5}, "", {}}});
    EXPECT_EQ(held.front().beyond.us, 5);
    EXPECT_EQ(hold_against(plan_, {{i, cue.latest, "", {}}}).front().beyond.us, 0);
    EXPECT_EQ(hold_against(plan_, {{i, cue.earliest - Duration{7}, "", {}}}).front().beyond.us, -7);
  }
}

TEST_F(Rehearsal, SlownessIsOfTheStretchBetweenTwoCues) {
  const auto rows = read(
      "cue,time\n"
      "head of scouts crosses salute line,12:10:00\n"
      "head of scouts crosses end line,12:11:00\n");
  ASSERT_TRUE(rows);
  const auto held = hold_against(plan_, *rows);
  EXPECT_FALSE(held[0].slower);
  ASSERT_TRUE(held[1].slower);
  EXPECT_EQ(held[1].slower->us, 60'000'000 - (held[1].planned - held[0].planned).us);
}

}  // namespace
}  // namespace defilada::comparison
