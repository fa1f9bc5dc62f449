// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/programme/network.hpp"
#include "oracle.hpp"
#include "random_network.hpp"

namespace defilada::programme {
namespace {

using testing::Dice;
using ::testing::ElementsAre;
using testing::Shape;

constexpr StatementId kSomebody{0};

void expect_same_windows(const Windows& actual, const Windows& expected) {
  EXPECT_EQ(actual.earliest, expected.earliest);
  EXPECT_EQ(actual.latest, expected.latest);
}

void expect_solved_as_by_floyd_warshall(const Network& network) {
  const Solution solution = solve(network);
  const auto distances = testing::floyd_warshall(network);
  ASSERT_EQ(solution.windows.has_value(), distances.has_value());
  ASSERT_EQ(solution.conflicts.empty(), distances.has_value());
  EXPECT_EQ(feasible(network), distances.has_value());
  if (distances) {
    expect_same_windows(*solution.windows, testing::windows_about(*distances, kMidnight));
  }
}

TEST(Solve, NothingButMidnight) {
  const Solution solution = solve(Network{});
  ASSERT_TRUE(solution.windows);
  EXPECT_THAT(solution.windows->earliest, ElementsAre(Time{0}));
  EXPECT_THAT(solution.windows->latest, ElementsAre(Time{0}));
  EXPECT_EQ(slack(*solution.windows, kMidnight), Duration{0});
}

TEST(Solve, UnboundedCuesSaySo) {
  Network network;
  const CueId free = network.add_cue();
  const CueId not_before = network.add_cue();
  const CueId not_after = network.add_cue();
  network.at_least(kMidnight, not_before, Duration{5}, kSomebody);
  network.at_most(kMidnight, not_after, Duration{7}, kSomebody);
  const Windows windows = *solve(network).windows;
  EXPECT_THAT(windows.earliest, ElementsAre(Time{0}, kAlways, Time{5}, kAlways));
  EXPECT_THAT(windows.latest, ElementsAre(Time{0}, kNever, kNever, Time{7}));
  for (const CueId cue : {free, not_before, not_after})
    EXPECT_EQ(slack(windows, cue), std::nullopt);
}

TEST(Solve, ASpeechAfterASaluteBeforeAClockTime) {
  Network network;
  const CueId salute = network.add_cue();
  const CueId speech = network.add_cue();
  network.at_least(kMidnight, salute, Duration{100}, StatementId{0});
  network.at_least(salute, speech, Duration{30}, StatementId{1});
  network.at_most(salute, speech, Duration{50}, StatementId{1});
  network.at_most(kMidnight, speech, Duration{170}, StatementId{2});
  const Windows windows = *solve(network).windows;
  EXPECT_THAT(windows.earliest, ElementsAre(Time{0}, Time{100}, Time{130}));
  EXPECT_THAT(windows.latest, ElementsAre(Time{0}, Time{140}, Time{170}));
  EXPECT_EQ(slack(windows, speech), Duration{40});
}

TEST(Solve, CirclesThatSumToZeroAreNoConflict) {
  Network network;
  const CueId a = network.add_cue();
  const CueId b = network.add_cue();
  network.exactly(a, b, Duration{0}, kSomebody);
  network.exactly(b, a, Duration{0}, kSomebody);
  network.exactly(kMidnight, a, Duration{9}, kSomebody);
  network.at_most(a, a, Duration{0}, kSomebody);
  const Solution solution = solve(network);
  ASSERT_TRUE(solution.windows);
  EXPECT_THAT(solution.windows->earliest, ElementsAre(Time{0}, Time{9}, Time{9}));
  EXPECT_THAT(solution.windows->latest, ElementsAre(Time{0}, Time{9}, Time{9}));
}

TEST(Solve, SmallNetworksAsFloydWarshall) {
  int infeasible = 0;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    expect_solved_as_by_floyd_warshall(network);
    infeasible += feasible(network) ? 0 : 1;
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
  EXPECT_GT(infeasible, 5'000);
  EXPECT_LT(infeasible, 15'000);
}

TEST(Solve, ProgrammesAsFloydWarshall) {
  for (const Shape shape : {Shape::scattered, Shape::programme, Shape::shuffled}) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      SCOPED_TRACE(seed);
      Dice dice(seed);
      auto sample = testing::make_sample(shape, 2 + dice.below(50), dice);
      expect_solved_as_by_floyd_warshall(sample.network);
      ASSERT_TRUE(feasible(sample.network));
      if (sample.schedule.size() < 3) continue;
      testing::plant_conflict(sample, 2, Duration{1}, dice);
      expect_solved_as_by_floyd_warshall(sample.network);
    }
  }
}

bool is_schedule(const Network& network, const std::vector<Time>& times) {
  for (const Constraint& c : network.constraints()) {
    if (times[c.to.value] - times[c.from.value] > c.bound) return false;
  }
  return true;
}

TEST(Solve, EarliestAndLatestAreSchedulesAndContainEverySchedule) {
  for (const Shape shape : {Shape::programme, Shape::shuffled}) {
    Dice dice(11);
    const auto sample = testing::make_sample(shape, 3000, dice);
    const auto windows = solve(sample.network).windows;
    ASSERT_TRUE(windows);
    EXPECT_TRUE(is_schedule(sample.network, windows->earliest));
    EXPECT_TRUE(is_schedule(sample.network, windows->latest));
    for (std::size_t cue = 0; cue < sample.schedule.size(); ++cue) {
      EXPECT_LE(windows->earliest[cue], sample.schedule[cue]);
      EXPECT_GE(windows->latest[cue], sample.schedule[cue]);
    }
  }
}

TEST(Solve, OrderAndNumberingDoNotMatter) {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    const auto renamed = testing::rename(network, dice);
    const Solution before = solve(network);
    const Solution after = solve(renamed.network);
    ASSERT_EQ(before.windows.has_value(), after.windows.has_value());
    if (!before.windows) continue;
    for (std::uint32_t cue = 0; cue < network.cue_count(); ++cue) {
      EXPECT_EQ(before.windows->earliest[cue], after.windows->earliest[renamed.name[cue]]);
      EXPECT_EQ(before.windows->latest[cue], after.windows->latest[renamed.name[cue]]);
    }
  }
}

TEST(Solve, WindowsAboutAnyCueAsFloydWarshall) {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    const auto distances = testing::floyd_warshall(network);
    if (!distances) continue;
    const CueId from{dice.below(network.cue_count())};
    expect_same_windows(windows_from(network, from), testing::windows_about(*distances, from));
  }
}

/// Joined end to end from midnight to the cue, tight, and as few as can be.
void expect_critical(const Network& network, const Windows& windows, CueId cue, Side side) {
  const bool is_earliest = side == Side::earliest;
  const Chain chain = critical_chain(network, windows, cue, side);
  ASSERT_EQ(chain.constraints.size(), chain.indices.size());
  CueId at = kMidnight;
  Duration sum;
  for (std::size_t i = 0; i < chain.indices.size(); ++i) {
    const Constraint& c = chain.constraints[i];
    EXPECT_EQ(c, network.constraints()[chain.indices[i]]);
    EXPECT_EQ(is_earliest ? c.to : c.from, at);
    at = is_earliest ? c.from : c.to;
    sum += c.bound;
  }
  const Time time = (is_earliest ? windows.earliest : windows.latest)[cue.value];
  if (time == kAlways || time == kNever) {
    EXPECT_TRUE(chain.indices.empty());
    return;
  }
  EXPECT_EQ(at, cue);
  EXPECT_EQ(Time{is_earliest ? -sum.us : sum.us}, time);
  EXPECT_EQ(chain.indices.size(), testing::fewest_links(network, is_earliest ? cue : kMidnight,
                                                        is_earliest ? kMidnight : cue));
}

TEST(CriticalChain, IsTightAndShortest) {
  int chains = 0;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    const Network network = testing::small_network(dice);
    const auto windows = solve(network).windows;
    if (!windows) continue;
    for (std::uint32_t cue = 0; cue < network.cue_count(); ++cue) {
      expect_critical(network, *windows, CueId{cue}, Side::earliest);
      expect_critical(network, *windows, CueId{cue}, Side::latest);
      ++chains;
    }
  }
  EXPECT_GT(chains, 1'000);
}

TEST(CriticalChain, TellsWhyTheSpeechCannotBeEarlier) {
  Network network;
  const CueId salute = network.add_cue();
  const CueId speech = network.add_cue();
  const CueId anthem = network.add_cue();
  const auto clock = network.at_least(kMidnight, salute, Duration{100}, StatementId{0});
  const auto gap = network.at_least(salute, speech, Duration{30}, StatementId{1});
  network.at_least(kMidnight, speech, Duration{120}, StatementId{2});
  network.exactly(speech, anthem, Duration{0}, StatementId{3});
  const Windows windows = *solve(network).windows;
  EXPECT_THAT(critical_chain(network, windows, speech).indices, ElementsAre(clock, gap));
  EXPECT_TRUE(critical_chain(network, windows, speech, Side::latest).indices.empty());
}

}  // namespace
}  // namespace defilada::programme
