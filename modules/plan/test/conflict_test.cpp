// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/plan/plan.hpp"
#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;
using small_show::text;

/// The file with the edits of a fix, later places first so that offsets stay right.
std::string edited(const Planned& planned, const Fix& fix) {
  std::string file = planned.file;
  auto edits = fix.edits;
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const Edit& edit : edits) {
    file.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  }
  return file;
}

/// Laws of every explanation: the last running total is what is missing; every fix, written into
/// the file, makes it feasible when there is but one conflict.
void check_laws(const Planned& planned) {
  ASSERT_TRUE(planned.plan);
  ASSERT_FALSE(planned.plan->feasible);
  for (const Conflict& conflict : planned.plan->conflicts) {
    EXPECT_GT(conflict.short_by.us, 0);
    EXPECT_EQ(conflict.statements.back().running_total.us, conflict.short_by.us);
    if (planned.plan->conflicts.size() > 1) continue;
    for (const Fix& fix : conflict.fixes) {
      if (fix.edits.empty()) continue;
      const Planned mended(edited(planned, fix));
      ASSERT_TRUE(mended.plan) << fix.text;
      EXPECT_TRUE(mended.plan->feasible) << fix.text << "\n" << mended.file;
    }
  }
}

TEST(Conflict, IsToldInThePlannersWords) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min}
  - anthem: {after: speech, lasts: 1 min}
rules:
  - {cue: anthem ends, no later than: 10:05:30, because: the aircraft cannot wait}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  const Conflict& conflict = planned.plan->conflicts[0];
  EXPECT_EQ(conflict.short_by, duration_from_seconds(30));
  std::vector<std::string> lines;
  for (const auto& line : conflict.statements) {
    lines.push_back(planned.sources.where(line.span) + " " + line.text);
  }
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("speech starts at 10:00:00")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("speech lasts 5 min")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("anthem lasts 1 min")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("the aircraft cannot wait")));
  EXPECT_THAT(lines, testing::Each(testing::HasSubstr("small.yaml:")));
  // An earlier or a shorter speech, a shorter anthem, a later limit: four ways out.
  EXPECT_EQ(conflict.fixes.size(), 4u);
}

TEST(Conflict, MovementIsStatedNeverOffered) {
  const Planned planned(text(R"(programme:
  - parade: {march: column, from: salute line, to: end line, at: 10:00}
rules:
  - {cue: tail of navy clears end line, no later than: 10:01:30}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  bool physics = false;
  for (const auto& line : planned.plan->conflicts[0].statements) physics |= line.physics;
  EXPECT_TRUE(physics);
  // Start earlier, a shorter headway, a later limit; but nobody marches faster than their gait.
  EXPECT_EQ(planned.plan->conflicts[0].fixes.size(), 3u);
}

TEST(Conflict, AHeadwayThatBreaksTheLeastGapIsFound) {
  const Planned planned(text("programme:\n  - parade: {march: column, at: 10:00}\n",
                             "headway: {time: 8 s, station: salute line}"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  EXPECT_EQ(planned.plan->conflicts[0].statements.size(), 2u);
  ASSERT_EQ(planned.plan->conflicts[0].fixes.size(), 1u);
  EXPECT_THAT(planned.plan->conflicts[0].fixes[0].text, testing::HasSubstr("in place of 8 s"));
}

TEST(Conflict, IndependentOnesAreAllTold) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min, ends at: 10:04}
  - anthem: {at: 11:00, lasts: 1 min, ends at: 11:03}
  - salute: {at: 12:00, shots: 21, every: 5 s, ends at: 12:01}
)"));
  check_laws(planned);
  EXPECT_EQ(planned.plan->conflicts.size(), 3u);
}

TEST(Conflict, DroppingAnyStatementOfTheFileMendsIt) {
  // Irreducible in the file itself: without any one of the lines the rest holds.
  const std::vector<std::string> rules{
      "  - {cue: a ends, then: b starts, later: at least 10 min}\n",
      "  - {cue: b ends, then: c starts, later: at least 10 min}\n",
      "  - {cue: c starts, no later than: 10:15}\n"};
  const auto show = [&](std::size_t without) {
    std::string rest =
        "programme:\n  - a: {at: 10:00}\n  - b: {lasts: 1 min}\n  - c: {lasts: 1 min}\nrules:\n";
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (i != without) rest += rules[i];
    }
    return text(rest);
  };
  check_laws(Planned(show(99)));
  for (std::size_t i = 0; i < rules.size(); ++i) EXPECT_TRUE(Planned(show(i)).plan->feasible) << i;
}

}  // namespace
}  // namespace defilada::plan
