// SPDX-License-Identifier: MIT
#include "defilada/comparison/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace defilada::comparison {
namespace {

IssuedContingent block(const std::string& name, int place, double head_s) {
  IssuedContingent who;
  who.name = who.label = name;
  who.procession = "foot";
  who.place = place;
  who.people = who.movers = 350;
  who.depth_m = 20;
  who.width_m = 18;
  who.steps_off_s = head_s - 100;
  who.passings = {{"salute line", head_s, head_s + 15, 50.8, 51.0},
                  {"end line", head_s + 68.6, head_s + 83.6, 50.8, 51.0}};
  return who;
}

/// `names` march 50.8 s apart from 09:47.
Issue issue(const std::vector<std::string>& names, double shift_s = 0) {
  Issue made;
  made.show = "parade";
  made.title = "Parade";
  made.midnight = "2025-09-03T00:00:00+08:00";
  for (std::size_t i = 0; i < names.size(); ++i) {
    made.contingents.push_back(
        block(names[i], static_cast<int>(i) + 1, 35'220 + 50.8 * static_cast<double>(i) + shift_s));
    if (i > 0) made.contingents.back().ahead = names[i - 1];
  }
  made.items = {{"speech", "Speech", 32'880, 33'480}};
  return made;
}

Fate swapped(Fate fate) {
  if (fate == Fate::added) return Fate::removed;
  return fate == Fate::removed ? Fate::added : fate;
}

const ContingentChange* of(const Difference& difference, const std::string& name) {
  for (const ContingentChange& each : difference.contingents) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

TEST(Compare, SaysNothingOfTheSame) {
  const Issue same = issue({"army", "navy", "air force"});
  const Difference difference = compare(same, same);
  EXPECT_TRUE(difference.nothing());
  EXPECT_EQ(difference.same_contingents, 3U);
  EXPECT_EQ(difference.same_items, 1U);
}

TEST(Compare, TellsAShiftAsOneNumber) {
  const Difference difference = compare(issue({"army", "navy"}), issue({"army", "navy"}, 18));
  ASSERT_EQ(difference.contingents.size(), 2U);
  for (const ContingentChange& change : difference.contingents) {
    EXPECT_EQ(change.fate, Fate::changed);
    ASSERT_EQ(change.moves.size(), 1U);
    EXPECT_EQ(change.moves[0].from, "steps off");
    EXPECT_EQ(change.moves[0].to, "tail at end line");
    EXPECT_NEAR(change.moves[0].shift_s, 18, 1e-9);
    EXPECT_TRUE(change.moves[0].all);
    EXPECT_TRUE(change.changes.empty());
  }
}

TEST(Compare, PassesOverWhatIsWithinTheTolerance) {
  EXPECT_TRUE(compare(issue({"army"}), issue({"army"}, 0.4)).nothing());
  EXPECT_FALSE(compare(issue({"army"}), issue({"army"}, 0.6)).nothing());
  EXPECT_TRUE(compare(issue({"army"}), issue({"army"}, 0.6), {1.0, 0.5}).nothing());
}

TEST(Compare, TellsTheOneBehindOfAChangeOfOrder) {
  const Issue before = issue({"army", "navy", "air force", "militia"});
  Issue after = issue({"army", "air force", "militia"});
  for (IssuedContingent& who : after.contingents) who.passings.clear();
  Issue bare = before;
  for (IssuedContingent& who : bare.contingents) who.passings.clear();
  for (Issue* each : {&bare, &after}) {
    for (IssuedContingent& who : each->contingents) who.steps_off_s.reset();
  }
  const Difference difference = compare(bare, after);
  ASSERT_EQ(difference.contingents.size(), 2U);
  const ContingentChange* const behind = of(difference, "air force");
  ASSERT_NE(behind, nullptr);
  ASSERT_EQ(behind->changes.size(), 1U);
  EXPECT_EQ(behind->changes[0].about, "behind");
  EXPECT_EQ(behind->changes[0].before_text, "navy");
  EXPECT_EQ(behind->changes[0].after_text, "army");
  ASSERT_NE(of(difference, "navy"), nullptr);
  EXPECT_EQ(of(difference, "navy")->fate, Fate::removed);
  EXPECT_EQ(of(difference, "militia"), nullptr);
}

TEST(Compare, TellsAGapThatChangedAndTheTimesThatFollow) {
  const Issue before = issue({"army", "navy"});
  Issue after = before;
  after.contingents[1].passings[1].gap_m = 60.5;
  after.contingents[1].passings[1].head_s += 7;
  const Difference difference = compare(before, after);
  ASSERT_EQ(difference.contingents.size(), 1U);
  const ContingentChange& navy = difference.contingents[0];
  ASSERT_EQ(navy.moves.size(), 1U);
  EXPECT_EQ(navy.moves[0].from, "head at end line");
  EXPECT_EQ(navy.moves[0].to, "head at end line");
  EXPECT_NEAR(navy.moves[0].shift_s, 7, 1e-9);
  EXPECT_FALSE(navy.moves[0].all);
  ASSERT_EQ(navy.changes.size(), 1U);
  EXPECT_EQ(navy.changes[0].about, "gap at end line");
  EXPECT_EQ(navy.changes[0].unit, Unit::metres);
  EXPECT_DOUBLE_EQ(navy.changes[0].difference().value(), 9.5);
}

/// Law: swapping the issues swaps before and after, added and removed.
TEST(Compare, IsSymmetric) {
  std::mt19937 random(20250903);
  for (int run = 0; run < 300; ++run) {
    const auto draw = [&] {
      std::vector<std::string> names;
      for (const char* name : {"army", "navy", "air force", "militia", "reserve"}) {
        if (random() % 4 != 0) names.emplace_back(name);
      }
      Issue made = issue(names, static_cast<double>(random() % 5));
      for (IssuedContingent& who : made.contingents) {
        if (random() % 3 == 0) who.people += random() % 2;
        if (random() % 3 == 0) who.passings[0].gap_m = std::nullopt;
        if (random() % 5 == 0) who.passings.pop_back();
      }
      if (random() % 4 == 0) made.items.clear();
      return made;
    };
    const Issue a = draw();
    const Issue b = draw();
    const Difference forth = compare(a, b);
    const Difference back = compare(b, a);
    EXPECT_EQ(forth.same_contingents, back.same_contingents);
    ASSERT_EQ(forth.contingents.size(), back.contingents.size());
    for (const ContingentChange& change : forth.contingents) {
      const ContingentChange* const other = of(back, change.name);
      ASSERT_NE(other, nullptr) << change.name;
      EXPECT_EQ(other->fate, swapped(change.fate));
      ASSERT_EQ(other->changes.size(), change.changes.size());
      ASSERT_EQ(other->moves.size(), change.moves.size());
      for (std::size_t i = 0; i < change.moves.size(); ++i) {
        EXPECT_EQ(other->moves[i].from, change.moves[i].from);
        EXPECT_NEAR(other->moves[i].shift_s, -change.moves[i].shift_s, 1e-9);
      }
      for (const Change& one : change.changes) {
        const auto same = std::find_if(
            other->changes.begin(), other->changes.end(), [&](const Change& candidate) {
              return candidate.about == one.about && candidate.before == one.after &&
                     candidate.after == one.before && candidate.before_text == one.after_text;
            });
        EXPECT_NE(same, other->changes.end()) << one.about;
      }
    }
  }
}

}  // namespace
}  // namespace defilada::comparison
