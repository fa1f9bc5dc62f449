// SPDX-License-Identifier: MIT
#include "defilada/programme/what_if.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "oracle.hpp"
#include "random_network.hpp"

namespace defilada::programme {
namespace {

using testing::Dice;
using testing::Shape;

bool holds_without(const Network& network, StatementId statement) {
  return testing::holds(
      testing::only(network, [=](const Constraint& c) { return c.statement != statement; }));
}

bool holds_with(Network network, const std::vector<BoundChange>& changes) {
  for (const BoundChange& c : changes) network.set_bound(c.constraint, c.bound);
  return testing::holds(network);
}

bool holds_after(Network network, const std::vector<Move>& moves, std::int64_t amount) {
  for (const Move& m : moves) {
    const Duration bound = network.constraints()[m.constraint].bound;
    network.set_bound(m.constraint, bound + Duration{m.rate * amount});
  }
  return testing::holds(network);
}

/// More than any sum of a small network's bounds: what is not mended by then never is.
constexpr std::int64_t kEnough = 2'000;

/// The amounts that mend are an interval, since all is linear.
std::optional<Duration> least_by_trying(const Network& network, const std::vector<Move>& moves) {
  for (std::int64_t amount = 0; amount <= 150; ++amount) {
    if (holds_after(network, moves, amount)) return Duration{amount};
  }
  EXPECT_FALSE(holds_after(network, moves, kEnough));
  return std::nullopt;
}

std::vector<std::uint32_t> some_constraints(const Network& network, Dice& dice) {
  const auto count = static_cast<std::uint32_t>(network.constraints().size());
  auto indices = testing::shuffled_numbers(count, dice);
  indices.resize(std::min<std::size_t>(count, 1 + dice.below(4)));
  return indices;
}

TEST(WhatIf, DropsAndChangesAsAFreshSolve) {
  int enough = 0;
  int not_enough = 0;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    WhatIf what_if(network);
    ASSERT_EQ(what_if.feasible(), testing::holds(network));
    for (std::uint32_t s = 0; s < network.statement_count(); ++s) {
      const bool expected = holds_without(network, StatementId{s});
      (expected ? enough : not_enough) += 1;
      ASSERT_EQ(what_if.feasible_without(StatementId{s}), expected) << "statement " << s;
    }
    std::vector<BoundChange> changes;
    for (const std::uint32_t index : some_constraints(network, dice)) {
      changes.push_back({index, Duration{dice.between(-15, 30)}});
      ASSERT_EQ(what_if.feasible_with(index, changes.back().bound),
                holds_with(network, {changes.back()}));
    }
    ASSERT_EQ(what_if.feasible_with(changes), holds_with(network, changes));
    ASSERT_EQ(what_if.feasible(), testing::holds(network)) << "a question changed something";
  }
  EXPECT_GT(enough, 500);
  EXPECT_GT(not_enough, 500);
}

TEST(WhatIf, LeastRelaxationIsEnoughAndALittleLessIsNot) {
  int mended = 0;
  int hopeless = 0;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    WhatIf what_if(network);
    for (std::uint32_t i = 0; i < network.constraints().size(); ++i) {
      const Duration bound = network.constraints()[i].bound;
      const auto least = what_if.least_relaxation(i);
      if (!least) {
        ++hopeless;
        ASSERT_FALSE(holds_with(network, {{i, bound + Duration{kEnough}}}));
        continue;
      }
      ASSERT_TRUE(holds_with(network, {{i, bound + *least}}));
      if (*least == Duration{0}) continue;
      ++mended;
      ASSERT_FALSE(holds_with(network, {{i, bound + *least - Duration{1}}}));
    }
  }
  EXPECT_GT(mended, 500);
  EXPECT_GT(hopeless, 500);
}

TEST(WhatIf, LeastMoveAsByTrying) {
  int moved = 0;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    WhatIf what_if(network);
    std::vector<Move> moves;
    for (const std::uint32_t index : some_constraints(network, dice)) {
      moves.push_back({index, dice.chance(60) ? 1 : -1});
    }
    const auto expected = least_by_trying(network, moves);
    ASSERT_EQ(what_if.least_move(moves), expected);
    moved += expected && *expected > Duration{0} ? 1 : 0;
    ASSERT_EQ(what_if.feasible(), testing::holds(network)) << "a question changed something";
  }
  EXPECT_GT(moved, 100);
}

TEST(WhatIf, AStatementIsLoosenedInAllItsConstraints) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    WhatIf what_if(network);
    for (std::uint32_t s = 0; s < network.statement_count(); ++s) {
      std::vector<Move> moves;
      for (std::uint32_t i = 0; i < network.constraints().size(); ++i) {
        if (network.constraints()[i].statement == StatementId{s}) moves.push_back({i, 1});
      }
      ASSERT_EQ(what_if.least_relaxation(StatementId{s}), least_by_trying(network, moves));
    }
  }
}

TEST(WhatIf, AsksAboutOneConflictOrWithoutAStatement) {
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    const std::vector<StatementId> kept{StatementId{0}, StatementId{2}, StatementId{5}};
    WhatIf about_these(network);
    about_these.keep_only(kept);
    const Network these = testing::only_statements(network, kept);
    ASSERT_EQ(about_these.feasible(), testing::holds(these));
    ASSERT_EQ(about_these.feasible_without(StatementId{2}), holds_without(these, StatementId{2}));
    WhatIf without(network);
    without.leave_out(StatementId{1});
    ASSERT_EQ(without.feasible(), holds_without(network, StatementId{1}));
    ASSERT_EQ(without.feasible_without(StatementId{1}), holds_without(network, StatementId{1}));
    ASSERT_EQ(without.feasible_without(StatementId{0}),
              holds_without(
                  testing::only(network,
                                [](const Constraint& c) { return c.statement != StatementId{1}; }),
                  StatementId{0}));
    ASSERT_EQ(without.feasible(), holds_without(network, StatementId{1}));
  }
}

TEST(WhatIf, AClockTimeMovesWhole) {
  Network network;
  const CueId start = network.add_cue();
  const CueId end = network.add_cue();
  const std::uint32_t clock = network.exactly(kMidnight, start, Duration{100}, StatementId{0});
  network.at_least(start, end, Duration{50}, StatementId{1});
  const std::uint32_t limit = network.at_most(kMidnight, end, Duration{120}, StatementId{2});
  WhatIf what_if(network);
  const std::vector<Move> earlier{{clock, -1}, {clock + 1, 1}};
  const std::vector<Move> later{{clock, 1}, {clock + 1, -1}};
  EXPECT_EQ(what_if.least_move(earlier), Duration{30});
  EXPECT_EQ(what_if.least_move(later), std::nullopt);
  EXPECT_EQ(what_if.least_relaxation(limit), Duration{30});
  EXPECT_EQ(what_if.least_relaxation(StatementId{1}), Duration{30});
  EXPECT_TRUE(feasible_with(network, limit, Duration{150}));
  EXPECT_FALSE(feasible_with(network, limit, Duration{149}));
  EXPECT_TRUE(feasible_without(network, StatementId{0}));
  EXPECT_EQ(least_relaxation(network, clock), std::nullopt);
}

/// Each planted statement could give way, and by as much as the conflict is short.
TEST(WhatIf, MendsAPlantedConflictInALargeProgramme) {
  Dice dice(3);
  auto sample = testing::make_sample(Shape::shuffled, 5000, dice);
  testing::plant_conflict(sample, 5, Duration{95'000'000}, dice);
  const Solution solution = solve(sample.network);
  ASSERT_EQ(solution.conflicts.size(), 1U);
  WhatIf what_if(sample.network);
  what_if.keep_only(solution.conflicts[0].statements);
  for (const std::uint32_t index : solution.conflicts[0].indices) {
    EXPECT_EQ(what_if.least_relaxation(index), solution.conflicts[0].short_by);
  }
  WhatIf whole(sample.network);
  for (const std::uint32_t index : solution.conflicts[0].indices) {
    const auto least = whole.least_relaxation(index);
    if (!least) continue;
    Network mended = sample.network;
    mended.set_bound(index, mended.constraints()[index].bound + *least);
    EXPECT_TRUE(feasible(mended));
    mended.set_bound(index, mended.constraints()[index].bound - Duration{1});
    EXPECT_FALSE(feasible(mended));
  }
}

}  // namespace
}  // namespace defilada::programme
