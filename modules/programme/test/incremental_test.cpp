// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>

#include "defilada/programme/network.hpp"
#include "random_network.hpp"

namespace defilada::programme {
namespace {

using testing::Dice;
using testing::Shape;

void expect_fresh(Incremental& incremental) {
  const auto fresh = solve(incremental.network()).windows;
  ASSERT_TRUE(fresh);
  EXPECT_EQ(incremental.windows().earliest, fresh->earliest);
  EXPECT_EQ(incremental.windows().latest, fresh->latest);
}

std::vector<Constraint> copied(const Network& network) {
  return {network.constraints().begin(), network.constraints().end()};
}

/// One edit at random. Its verdict is a fresh solve's; refused, it leaves everything as it was.
bool edit(Incremental& incremental, Dice& dice, std::int64_t least, std::int64_t most) {
  Network edited = incremental.network();
  const auto before = copied(edited);
  const Windows windows_before = incremental.windows();
  const Duration bound{dice.between(least, most)};
  bool accepted = false;
  if (before.empty() || dice.chance(30)) {
    const Constraint added{CueId{dice.below(edited.cue_count())},
                           CueId{dice.below(edited.cue_count())}, bound, StatementId{0}};
    edited.add(added);
    accepted = incremental.add(added);
  } else {
    const std::uint32_t index = dice.below(static_cast<std::uint32_t>(before.size()));
    edited.set_bound(index, bound);
    accepted = incremental.change_bound(index, bound);
  }
  EXPECT_EQ(accepted, feasible(edited));
  EXPECT_EQ(copied(incremental.network()), accepted ? copied(edited) : before);
  if (!accepted) {
    EXPECT_EQ(incremental.windows().earliest, windows_before.earliest);
    EXPECT_EQ(incremental.windows().latest, windows_before.latest);
  }
  return accepted;
}

TEST(Incremental, AnyEditsAsAFreshSolve) {
  int accepted = 0;
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    if (!feasible(network)) continue;
    Incremental incremental(network);
    for (int i = 0; i < 40; ++i) {
      if (dice.chance(10)) incremental.add_cue();
      (edit(incremental, dice, -12, 15) ? accepted : refused) += 1;
      expect_fresh(incremental);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(accepted, 2'000);
  EXPECT_GT(refused, 2'000);
}

TEST(Incremental, EditsOfAProgrammeAsAFreshSolve) {
  for (const Shape shape : {Shape::programme, Shape::shuffled}) {
    Dice dice(17);
    const auto sample = testing::make_sample(shape, 300, dice);
    Incremental incremental(sample.network);
    const auto constraints = static_cast<std::uint32_t>(sample.network.constraints().size());
    for (int i = 0; i < 400; ++i) {
      const std::uint32_t index = dice.below(constraints);
      const Constraint c = incremental.network().constraints()[index];
      const Duration held = sample.schedule[c.to.value] - sample.schedule[c.from.value];
      const Duration bound = held + Duration{dice.between(-20'000'000, 30'000'000)};
      Network edited = incremental.network();
      edited.set_bound(index, bound);
      ASSERT_EQ(incremental.change_bound(index, bound), feasible(edited));
      if (i % 10 == 0) expect_fresh(incremental);
    }
  }
}

TEST(Incremental, TheSameBoundChangesNothing) {
  Network network;
  const CueId a = network.add_cue();
  network.exactly(kMidnight, a, Duration{5}, StatementId{0});
  Incremental incremental(network);
  EXPECT_TRUE(incremental.change_bound(0, Duration{5}));
  EXPECT_FALSE(incremental.change_bound(0, Duration{4}));
  EXPECT_FALSE(incremental.add({a, a, Duration{-1}, StatementId{1}}));
  EXPECT_TRUE(incremental.add({a, a, Duration{0}, StatementId{1}}));
  EXPECT_EQ(incremental.windows().earliest[a.value], Time{5});
  expect_fresh(incremental);
}

TEST(Incremental, ACueAddedIsFreeUntilItIsBound) {
  Incremental incremental{Network{}};
  const CueId cue = incremental.add_cue();
  EXPECT_EQ(incremental.windows().earliest[cue.value], kAlways);
  EXPECT_TRUE(incremental.add({kMidnight, cue, Duration{8}, StatementId{0}}));
  EXPECT_EQ(incremental.windows().latest[cue.value], Time{8});
  EXPECT_EQ(incremental.windows().earliest[cue.value], kAlways);
  EXPECT_TRUE(incremental.add({cue, kMidnight, Duration{-8}, StatementId{0}}));
  EXPECT_EQ(incremental.windows().earliest[cue.value], Time{8});
}

/// Each edit pushes potentials down and none brings them up: without a fresh start now and then
/// their sums would leave 64 bits after some 512 of these.
TEST(Incremental, ThousandsOfLargestEditsDoNotOverflow) {
  Network network;
  const CueId a = network.add_cue();
  const CueId b = network.add_cue();
  network.at_most(a, b, kMostBound, StatementId{0});
  network.at_most(b, a, kMostBound, StatementId{0});
  network.exactly(kMidnight, a, Duration{0}, StatementId{0});
  Incremental incremental(network);
  for (int i = 0; i < 3'000; ++i) {
    const std::uint32_t tightened = i % 2;
    ASSERT_TRUE(incremental.change_bound(1 - tightened, kMostBound));
    ASSERT_TRUE(incremental.change_bound(tightened, -kMostBound));
    ASSERT_FALSE(incremental.change_bound(1 - tightened, kMostBound - Duration{1}));
    const Time exact{tightened == 0 ? -kMostBound.us : kMostBound.us};
    ASSERT_EQ(incremental.windows().earliest[b.value], exact);
    ASSERT_EQ(incremental.windows().latest[b.value], exact);
  }
}

TEST(IncrementalDeath, RefusesAnInfeasibleNetwork) {
  Network network;
  network.at_most(kMidnight, kMidnight, Duration{-1}, StatementId{0});
  EXPECT_DEATH(Incremental{network}, "is_feasible");
}

}  // namespace
}  // namespace defilada::programme
