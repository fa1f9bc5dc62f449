// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/core/edits.hpp"
#include "defilada/plan/plan.hpp"
#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;
using small_show::text;

std::string edited(const Planned& planned, const Fix& fix) {
  return defilada::edited(planned.file, fix.edits);
}

std::vector<std::string> sentences(const std::vector<ConflictLine>& lines) {
  std::vector<std::string> all;
  for (const auto& line : lines) all.push_back(line.text.english());
  return all;
}

/// Laws of every explanation: the last running total is what is missing; every fix, written into
/// the file, makes it feasible when there is but one conflict, or leaves one where it says so.
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
      EXPECT_EQ(mended.plan->feasible, conflict.fixes_cover_further) << fix.text << "\n"
                                                                     << mended.file;
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
    lines.push_back(planned.sources.where(line.span) + " " + line.text.english());
  }
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("speech starts at 10:00:00")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("speech lasts 5 min")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("anthem lasts 1 min")));
  EXPECT_THAT(lines, testing::Contains(testing::HasSubstr("the aircraft cannot wait")));
  EXPECT_THAT(lines, testing::Each(testing::HasSubstr("small.yaml:")));
  // An earlier or a shorter speech, a shorter anthem, a later limit: four ways out.
  EXPECT_EQ(conflict.fixes.size(), 4u);
}

TEST(Conflict, ABeginningThatMayNotBeSoonerCanBeMovedUp) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min}
  - anthem: {after: speech, later: at most 1 min, lasts: 1 min}
rules:
  - {cue: anthem starts, no earlier than: 10:07}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  const Conflict& conflict = planned.plan->conflicts[0];
  EXPECT_EQ(conflict.short_by, duration_from_seconds(60));
  std::vector<std::string> fixes;
  for (const auto& fix : conflict.fixes) fixes.push_back(fix.text.english());
  EXPECT_THAT(fixes,
              testing::Contains(testing::HasSubstr("from 10:06:00 on in place of 10:07:00")));
}

TEST(Rules, NoEarlierThanHoldsAnItemBack) {
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min}
  - anthem: {after: speech, lasts: 1 min}
rules:
  - {cue: anthem starts, no earlier than: 10:07}
)"));
  ASSERT_TRUE(planned.plan->feasible);
  EXPECT_EQ(planned.plan->items[1].start.us, (10 * 60 + 7) * 60'000'000LL);
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

TEST(Conflict, WhatHidesBehindItIsToldWhereOneChangeMendsBoth) {
  // The quick way to the limit misses by 30 s; the long way, with more statements, by 3 min.
  const Planned planned(text(R"(programme:
  - speech: {at: 10:00, lasts: 5 min}
  - anthem: {after: speech, lasts: 1 min}
  - salute: {after: speech, lasts: 2 min}
  - thanks: {after: salute, lasts: 90 s}
rules:
  - {cue: anthem ends, no later than: 10:05:30}
  - {cue: thanks ends, no later than: 10:05:30}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  const Conflict& conflict = planned.plan->conflicts[0];
  EXPECT_EQ(conflict.short_by, duration_from_seconds(30));
  EXPECT_TRUE(conflict.fixes_cover_further);
  // The salute alone is 60 s more, and with the thanks it is 90 s more again.
  ASSERT_EQ(conflict.further.size(), 2u);
  EXPECT_EQ(conflict.further[0].short_by, duration_from_seconds(60));
  EXPECT_EQ(conflict.further[1].short_by, duration_from_seconds(90));
  EXPECT_EQ(conflict.further[1].statements.back().running_total, duration_from_seconds(90));
  EXPECT_THAT(sentences(conflict.further[1].statements),
              testing::Contains(testing::HasSubstr("thanks lasts 1 min 30 s")));
  EXPECT_THAT(sentences(conflict.further[0].statements),
              testing::Contains(testing::HasSubstr("(moved by 30 s)")));
  EXPECT_THAT(conflict.fixes.front().text, testing::HasSubstr("3 min"));
  // Only what both share is offered, and by as much as both need.
  for (const Fix& fix : conflict.fixes) EXPECT_THAT(fix.text, testing::HasSubstr("speech"));
}

TEST(Conflict, WhatIsLeftAfterItsFixesIsToldAndComesNext) {
  // Three limits, each two of which share an item: no single change is enough.
  const Planned planned(text(R"(programme:
  - a: {at: 10:00, within: 1 min, lasts: 5 min}
  - b: {after: a, lasts: 5 min, ends at: 10:06}
  - c: {at: 10:01, lasts: 6 min, ends at: {at: 10:06, within: 10 s}}
  - d: {after: [a, c], lasts: 4 min, ends at: 10:08}
)"));
  check_laws(planned);
  ASSERT_FALSE(planned.plan->conflicts.empty());
  for (const Conflict& conflict : planned.plan->conflicts) {
    for (const FurtherConflict& next : conflict.further) {
      EXPECT_GT(next.short_by.us, 0);
      EXPECT_EQ(next.statements.back().running_total, next.short_by);
    }
  }
}

TEST(Conflict, ARingOfAfterIsNamedAndCut) {
  const Planned planned(text(R"(programme:
  - a: {after: c, lasts: 1 min}
  - b: {lasts: 2 min, after: a, later: 10 s}
  - c:
      lasts: 3 min
      after: b   # closes the ring
  - d: {at: 10:00}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  const Conflict& ring = planned.plan->conflicts[0];
  EXPECT_TRUE(ring.ring);
  ASSERT_EQ(ring.fixes.size(), 3u);
  for (const Fix& fix : ring.fixes) {
    EXPECT_THAT(fix.text, testing::HasSubstr("without waiting for"));
    ASSERT_EQ(fix.edits.size(), 1u);
    EXPECT_EQ(fix.edits[0].text, "");
    EXPECT_THAT(edited(planned, fix), testing::Not(testing::HasSubstr("later: 10 s, after")));
  }
}

TEST(Conflict, OneOfSeveralAfterIsTakenOutOfTheList) {
  const Planned planned(text(R"(programme:
  - d: {at: 10:00, lasts: 1 min}
  - a: {after: [d, b], lasts: 1 min}
  - b: {after: a, lasts: 2 min}
)"));
  check_laws(planned);
  ASSERT_EQ(planned.plan->conflicts.size(), 1u);
  ASSERT_EQ(planned.plan->conflicts[0].fixes.size(), 2u);
  bool kept = false;
  for (const Fix& fix : planned.plan->conflicts[0].fixes) {
    kept |= edited(planned, fix).find("- a: {after: d, lasts: 1 min}") != std::string::npos;
  }
  EXPECT_TRUE(kept);
}

TEST(Conflict, AClockTimeIsNoRing) {
  const Planned planned(text(R"(programme:
  - a: {at: 10:00, lasts: 5 min}
  - b: {after: a, lasts: 5 min, ends at: 10:08}
)"));
  check_laws(planned);
  EXPECT_FALSE(planned.plan->conflicts[0].ring);
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
