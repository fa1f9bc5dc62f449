// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "defilada/programme/network.hpp"
#include "oracle.hpp"
#include "random_network.hpp"

namespace defilada::programme {

void PrintTo(const StatementId& statement, std::ostream* out) {
  *out << '#' << statement.value;
}

namespace {

using testing::Dice;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Shape;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

constexpr std::int64_t kSecond = 1'000'000;

bool is_physics(const SolveOptions& options, StatementId s) {
  return s.value < options.physics.size() && options.physics[s.value];
}

void expect_simple_negative_cycle(const Network& network, const Conflict& conflict) {
  ASSERT_THAT(conflict.cycle, SizeIs(conflict.indices.size()));
  ASSERT_FALSE(conflict.cycle.empty());
  Duration sum;
  std::set<std::uint32_t> visited;
  bool passes_midnight = false;
  for (std::size_t i = 0; i < conflict.cycle.size(); ++i) {
    const Constraint& c = conflict.cycle[i];
    EXPECT_EQ(c, network.constraints()[conflict.indices[i]]);
    EXPECT_EQ(c.to, conflict.cycle[(i + 1) % conflict.cycle.size()].from);
    EXPECT_TRUE(visited.insert(c.from.value).second) << "a cue is passed twice";
    passes_midnight |= c.from == kMidnight;
    sum += c.bound;
  }
  EXPECT_EQ(sum, -conflict.short_by);
  EXPECT_GT(conflict.short_by, Duration{0});
  EXPECT_TRUE(!passes_midnight || conflict.cycle.front().from == kMidnight);
}

std::vector<StatementId> in_walking_order(const std::vector<Constraint>& cycle) {
  std::vector<StatementId> result;
  for (const Constraint& c : cycle) {
    const bool is_new = std::find(result.begin(), result.end(), c.statement) == result.end();
    if (c.statement != kNoStatement && is_new) result.push_back(c.statement);
  }
  return result;
}

/// Together they cannot hold; without any one they can.
void expect_irreducible(const Network& network, const std::vector<StatementId>& statements) {
  EXPECT_FALSE(testing::holds(testing::only_statements(network, statements)));
  for (const StatementId dropped : statements) {
    std::vector<StatementId> rest = statements;
    std::erase(rest, dropped);
    EXPECT_TRUE(testing::holds(testing::only_statements(network, rest)))
        << "statement " << dropped.value << " is not needed";
  }
}

void expect_independent(const std::vector<Conflict>& conflicts, const SolveOptions& options) {
  std::set<std::uint32_t> used;
  for (const Conflict& conflict : conflicts) {
    for (const StatementId s : conflict.statements) {
      if (!is_physics(options, s)) {
        EXPECT_TRUE(used.insert(s.value).second) << "statement " << s.value << " in two conflicts";
      }
    }
  }
}

/// Fewer conflicts than asked for: then nothing is left that contradicts itself.
void expect_complete(const Network& network, const std::vector<Conflict>& conflicts,
                     const SolveOptions& options) {
  std::set<std::uint32_t> dropped;
  for (const Conflict& conflict : conflicts) {
    const auto& all = conflict.statements;
    const bool only_physics =
        std::all_of(all.begin(), all.end(), [&](StatementId s) { return is_physics(options, s); });
    for (const StatementId s : all) {
      if (only_physics || !is_physics(options, s)) dropped.insert(s.value);
    }
  }
  EXPECT_TRUE(testing::holds(testing::only(
      network, [&](const Constraint& c) { return !dropped.contains(c.statement.value); })));
}

void expect_lawful(const Network& network, const SolveOptions& options) {
  const Solution solution = solve(network, options);
  ASSERT_FALSE(solution.windows);
  const auto& conflicts = solution.conflicts;
  ASSERT_FALSE(conflicts.empty());
  ASSERT_LE(conflicts.size(), static_cast<std::size_t>(options.max_conflicts));
  for (const Conflict& conflict : conflicts) {
    expect_simple_negative_cycle(network, conflict);
    EXPECT_EQ(conflict.statements, in_walking_order(conflict.cycle));
    expect_irreducible(network, conflict.statements);
    EXPECT_EQ(conflict.cycle.size(),
              testing::fewest_links(testing::only_statements(network, conflict.statements)));
  }
  expect_independent(conflicts, options);
  const bool stopped_early = conflicts.back().statements.empty() ||
                             conflicts.size() == static_cast<std::size_t>(options.max_conflicts);
  if (!stopped_early) expect_complete(network, conflicts, options);
}

TEST(Conflict, LawsOnSmallNetworks) {
  int infeasible = 0;
  std::size_t most_statements = 0;
  for (std::uint64_t seed = 0; seed < 40'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    SolveOptions options;
    options.max_conflicts = 1 + static_cast<int>(dice.below(5));
    for (std::uint32_t s = 0; s < network.statement_count(); ++s) {
      options.physics.push_back(dice.chance(30));
    }
    if (testing::holds(network)) continue;
    expect_lawful(network, options);
    if (::testing::Test::HasFailure()) return;
    ++infeasible;
    most_statements =
        std::max(most_statements, solve(network, options).conflicts[0].statements.size());
  }
  EXPECT_GT(infeasible, 10'000);
  EXPECT_GE(most_statements, 4U);  // else the networks were too easy
}

TEST(Conflict, LawsOnProgrammesWithPlantedConflicts) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Shape shape = dice.chance(50) ? Shape::programme : Shape::shuffled;
    auto sample = testing::make_sample(shape, 60, dice);
    for (std::uint32_t i = dice.below(4); i < 4; ++i) {
      testing::plant_conflict(sample, 3 + dice.below(4), Duration{20 * kSecond}, dice);
    }
    expect_lawful(sample.network, {});
  }
}

/// With a constraint to a statement, no conflict is shorter.
TEST(Conflict, TheFirstHasTheFewestLinks) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network drawn = testing::small_network(dice);
    Network network = testing::only(drawn, [](const Constraint&) { return false; });
    for (std::uint32_t i = 0; i < drawn.constraints().size(); ++i) {
      Constraint c = drawn.constraints()[i];
      c.statement = StatementId{i};
      network.add(c);
    }
    const Solution solution = solve(network);
    if (solution.windows) continue;
    ASSERT_EQ(solution.conflicts[0].cycle.size(), testing::fewest_links(network));
  }
}

TEST(Conflict, FindsWhatWasPlanted) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    auto sample = testing::make_sample(Shape::shuffled, 2000, dice);
    const std::uint32_t links = 3 + dice.below(4);
    const auto planted = testing::plant_conflict(sample, links, Duration{1}, dice);
    const Solution solution = solve(sample.network);
    ASSERT_THAT(solution.conflicts, SizeIs(1));
    // A link may be replaced by what was there before, if that is as tight.
    const auto& found = solution.conflicts[0].statements;
    EXPECT_LE(found.size(), links);
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](StatementId s) {
      return std::find(planted.begin(), planted.end(), s) != planted.end();
    }));
  }
}

TEST(Conflict, FindsExactlyWhatWasPlantedWhereNothingElseIsTight) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    auto sample = testing::make_sample(Shape::programme, 500, dice);
    Network loose;
    for (std::uint32_t i = 1; i < sample.network.cue_count(); ++i) loose.add_cue();
    for (Constraint c : sample.network.constraints()) {
      c.bound += Duration{3600 * kSecond};
      loose.add(c);
    }
    sample.network = loose;
    const auto planted =
        testing::plant_conflict(sample, 3 + dice.below(4), Duration{95 * kSecond}, dice);
    const Solution solution = solve(sample.network);
    ASSERT_THAT(solution.conflicts, SizeIs(1));
    EXPECT_THAT(solution.conflicts[0].statements, UnorderedElementsAreArray(planted));
    EXPECT_EQ(solution.conflicts[0].short_by, Duration{95 * kSecond});
  }
}

/// A's head crosses P at 10:00:00 or later; A takes 7:00 to pass; B starts 30 s after A's tail
/// clears P; B needs 4:10 to the line; the helicopters come at most 5 s before B's lead rank; their
/// slot ends 10:10:00. That is 95 s short.
struct Flypast {
  Network network;
  CueId head = network.add_cue();
  CueId tail = network.add_cue();
  CueId start = network.add_cue();
  CueId line = network.add_cue();
  CueId overhead = network.add_cue();

  Flypast() {
    network.at_least(kMidnight, head, Duration{36000 * kSecond}, StatementId{0});
    network.at_least(head, tail, Duration{420 * kSecond}, StatementId{1});
    network.at_most(head, tail, Duration{480 * kSecond}, StatementId{1});
    network.at_least(tail, start, Duration{30 * kSecond}, StatementId{2});
    network.at_least(start, line, Duration{250 * kSecond}, StatementId{3});
    network.at_least(line, overhead, Duration{-5 * kSecond}, StatementId{4});
    network.at_most(line, overhead, Duration{5 * kSecond}, StatementId{4});
    network.at_most(kMidnight, overhead, Duration{36600 * kSecond}, StatementId{5});
    network.at_least(kMidnight, overhead, Duration{36540 * kSecond}, StatementId{5});
  }
};

TEST(Conflict, TellsTheFlypastInTheOrderOfTheWalk) {
  const Flypast show;
  const Solution solution = solve(show.network);
  ASSERT_THAT(solution.conflicts, SizeIs(1));
  const Conflict& conflict = solution.conflicts[0];
  EXPECT_EQ(conflict.short_by, Duration{95 * kSecond});
  EXPECT_THAT(conflict.statements, ElementsAre(StatementId{5}, StatementId{4}, StatementId{3},
                                               StatementId{2}, StatementId{1}, StatementId{0}));
  expect_lawful(show.network, {});
}

TEST(Conflict, AStatementBehindManyConstraintsIsToldOnce) {
  Network network;
  CueId last = kMidnight;
  for (int i = 0; i < 45; ++i) {
    const CueId head = network.add_cue();
    network.at_least(last, head, Duration{51}, StatementId{0});
    network.at_most(last, head, Duration{60}, StatementId{0});
    last = head;
  }
  network.at_most(kMidnight, last, Duration{45 * 51 - 7}, StatementId{1});
  const Solution solution = solve(network);
  ASSERT_THAT(solution.conflicts, SizeIs(1));
  EXPECT_THAT(solution.conflicts[0].cycle, SizeIs(46));
  EXPECT_EQ(solution.conflicts[0].short_by, Duration{7});
  EXPECT_THAT(solution.conflicts[0].statements, ElementsAre(StatementId{1}, StatementId{0}));
}

/// The shortest cycle takes 2 links of 2 statements, but one of these contradicts itself.
TEST(Conflict, AStatementThatContradictsItselfStandsAlone) {
  Network network;
  const CueId a = network.add_cue();
  const CueId b = network.add_cue();
  const CueId c = network.add_cue();
  network.at_least(a, b, Duration{10}, StatementId{0});
  network.at_most(a, b, Duration{5}, StatementId{1});
  network.at_least(b, c, Duration{10}, StatementId{0});
  network.at_most(a, c, Duration{15}, StatementId{0});
  const Solution solution = solve(network);
  ASSERT_THAT(solution.conflicts, SizeIs(1));
  EXPECT_THAT(solution.conflicts[0].statements, ElementsAre(StatementId{0}));
  EXPECT_EQ(solution.conflicts[0].short_by, Duration{5});
}

TEST(Conflict, AConstraintOnOneCueOrATwinContradicts) {
  Network alone;
  alone.at_most(kMidnight, kMidnight, Duration{-1}, StatementId{3});
  expect_lawful(alone, {});
  Network twins;
  const CueId a = twins.add_cue();
  for (std::uint32_t i = 0; i < 3; ++i) {
    twins.at_most(kMidnight, a, Duration{4}, StatementId{2 * i});
    twins.at_least(kMidnight, a, Duration{5}, StatementId{2 * i + 1});
  }
  expect_lawful(twins, {});
  EXPECT_THAT(solve(twins).conflicts, SizeIs(3));
}

TEST(Conflict, PhysicsIsStatedInSeveralConflictsButNeverDropped) {
  Network network;
  const CueId head = network.add_cue();
  const CueId tail = network.add_cue();
  network.at_least(head, tail, Duration{420}, StatementId{0});  // how long it takes to pass
  network.at_most(head, tail, Duration{300}, StatementId{1});
  network.at_most(head, tail, Duration{200}, StatementId{2});
  EXPECT_THAT(solve(network).conflicts, SizeIs(1));
  const SolveOptions options{5, {true}};
  expect_lawful(network, options);
  EXPECT_THAT(solve(network, options).conflicts, SizeIs(2));
}

TEST(Conflict, PhysicsAgainstItselfDoesNotHideTheRest) {
  Network network;
  const CueId a = network.add_cue();
  network.at_least(kMidnight, a, Duration{9}, StatementId{0});
  network.at_most(kMidnight, a, Duration{5}, StatementId{1});
  network.at_least(kMidnight, a, Duration{8}, StatementId{2});
  network.at_most(kMidnight, a, Duration{7}, StatementId{3});
  const SolveOptions options{5, {true, true}};
  expect_lawful(network, options);
  EXPECT_THAT(solve(network, options).conflicts, SizeIs(2));
}

TEST(Conflict, WhatNobodyStatedStandsBehindNoStatement) {
  Network network;
  const CueId a = network.add_cue();
  network.at_least(kMidnight, a, Duration{9}, kNoStatement);
  network.at_most(kMidnight, a, Duration{5}, kNoStatement);
  network.at_most(kMidnight, a, Duration{7}, StatementId{0});
  const Solution solution = solve(network);
  ASSERT_THAT(solution.conflicts, SizeIs(1));
  EXPECT_THAT(solution.conflicts[0].statements, IsEmpty());
  expect_lawful(network, {});
}

TEST(Conflict, HundredsOfContradictionsGiveFiveConflicts) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    auto sample = testing::make_sample(Shape::shuffled, 150, dice);
    for (int i = 0; i < 150; ++i) {
      testing::plant_conflict(sample, 3 + dice.below(4), Duration{95 * kSecond}, dice);
    }
    expect_lawful(sample.network, {});
    EXPECT_THAT(solve(sample.network).conflicts, SizeIs(5));
  }
}

TEST(Conflict, TheSameNetworkIsToldTheSame) {
  Dice dice(5);
  auto sample = testing::make_sample(Shape::shuffled, 400, dice);
  for (int i = 0; i < 8; ++i) testing::plant_conflict(sample, 5, Duration{95 * kSecond}, dice);
  const Solution first = solve(sample.network);
  const Solution second = solve(sample.network);
  ASSERT_EQ(first.conflicts.size(), second.conflicts.size());
  for (std::size_t i = 0; i < first.conflicts.size(); ++i) {
    EXPECT_EQ(first.conflicts[i].indices, second.conflicts[i].indices);
  }
}

TEST(Conflict, NoneIsToldWhenNoneIsAskedFor) {
  const Flypast show;
  const Solution solution = solve(show.network, {0, {}});
  EXPECT_FALSE(solution.windows);
  EXPECT_THAT(solution.conflicts, IsEmpty());
}

}  // namespace
}  // namespace defilada::programme
