// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "defilada/programme/network.hpp"
#include "defilada/programme/what_if.hpp"

namespace defilada::programme {
namespace {

/// A chain of cues each `bound` after the one before.
Network chain(std::uint32_t links, Duration bound) {
  Network network;
  CueId last = kMidnight;
  for (std::uint32_t i = 0; i < links; ++i) {
    const CueId next = network.add_cue();
    network.exactly(last, next, bound, StatementId{i});
    last = next;
  }
  return network;
}

constexpr std::uint32_t kMostLinks = 127;  // each also leads back, so midnight counts too

TEST(Extremes, TheLargestSumsAreExact) {
  for (const Duration bound : {kMostBound, -kMostBound}) {
    const Network network = chain(kMostLinks, bound);
    ASSERT_TRUE(sums_are_exact(network));
    const auto windows = solve(network).windows;
    ASSERT_TRUE(windows);
    for (std::uint32_t cue = 0; cue <= kMostLinks; ++cue) {
      EXPECT_EQ(windows->earliest[cue], Time{cue * bound.us});
      EXPECT_EQ(windows->latest[cue], Time{cue * bound.us});
    }
  }
}

/// As far up as can be and down again, to end a microsecond too late.
TEST(Extremes, AMicrosecondDecidesBetweenTheLargestSums) {
  constexpr std::uint32_t kUp = (kMostLinks - 1) / 2;
  Network network = chain(kUp, kMostBound);
  CueId last{kUp};
  for (std::uint32_t i = 0; i < kUp; ++i) {
    const CueId next = network.add_cue();
    network.exactly(last, next, -kMostBound, StatementId{kUp + i});
    last = next;
  }
  Network fits = network;
  fits.at_most(kMidnight, last, Duration{0}, StatementId{2 * kUp});
  EXPECT_TRUE(feasible(fits));
  const std::uint32_t limit = network.at_most(kMidnight, last, Duration{-1}, StatementId{2 * kUp});
  const Solution solution = solve(network);
  ASSERT_EQ(solution.conflicts.size(), 1U);
  EXPECT_EQ(solution.conflicts[0].short_by, Duration{1});
  EXPECT_EQ(solution.conflicts[0].statements.size(), 2 * kUp + 1);
  WhatIf what_if(network);
  EXPECT_EQ(what_if.least_relaxation(limit), Duration{1});
  EXPECT_EQ(what_if.least_relaxation(StatementId{kUp}), Duration{1});
  EXPECT_TRUE(what_if.feasible_with(limit, Duration{0}));
}

/// The cycle's sum is as large as sums get.
TEST(Extremes, TheLargestShortfallIsExact) {
  Network network;
  CueId last = kMidnight;
  for (std::uint32_t i = 0; i < kMostLinks; ++i) {
    const CueId next = network.add_cue();
    network.at_least(last, next, kMostBound, StatementId{i});
    last = next;
  }
  const std::uint32_t limit =
      network.at_most(kMidnight, last, -kMostBound, StatementId{kMostLinks});
  const Solution solution = solve(network);
  ASSERT_EQ(solution.conflicts.size(), 1U);
  EXPECT_EQ(solution.conflicts[0].short_by, Duration{128 * kMostBound.us});
  EXPECT_EQ(solution.conflicts[0].statements.size(), 128U);
  WhatIf what_if(network);
  EXPECT_EQ(what_if.least_relaxation(limit), Duration{128 * kMostBound.us});
  EXPECT_EQ(what_if.least_relaxation(StatementId{0}), Duration{128 * kMostBound.us});
  const std::vector<Move> no_use{{limit, -1}};
  EXPECT_EQ(what_if.least_move(no_use), std::nullopt);
}

TEST(Extremes, SumsBeyondAreSaidSo) {
  EXPECT_TRUE(sums_are_exact(chain(128, kMostBound - Duration{kMostBound.us / 64})));
  EXPECT_FALSE(sums_are_exact(chain(128, kMostBound)));
  EXPECT_FALSE(sums_are_exact(chain(100'000, kMostBound)));
}

TEST(ExtremesDeath, WhatWouldOverflowIsRefused) {
  const Network too_long = chain(200, kMostBound);
  EXPECT_DEATH(static_cast<void>(solve(too_long)), "sums_are_exact");
  EXPECT_DEATH(static_cast<void>(feasible(too_long)), "sums_are_exact");
  EXPECT_DEATH(WhatIf{too_long}, "sums_are_exact");
  EXPECT_DEATH(Incremental{too_long}, "sums_are_exact");
}

TEST(ExtremesDeath, BoundsAndCuesOutOfRangeAreRefused) {
  Network network;
  const CueId cue = network.add_cue();
  const StatementId somebody{0};
  const Duration too_much = kMostBound + Duration{1};
  EXPECT_DEATH(network.at_most(kMidnight, cue, too_much, somebody), "within_bounds");
  EXPECT_DEATH(network.at_least(kMidnight, cue, too_much, somebody), "within_bounds");
  EXPECT_DEATH(network.at_least(kMidnight, cue, Duration{INT64_MIN}, somebody), "within_bounds");
  EXPECT_DEATH(network.at_most(kMidnight, CueId{2}, Duration{0}, somebody), "cue_count_");
  EXPECT_DEATH(network.at_most(kMidnight, cue, Duration{0}, StatementId{UINT32_MAX - 1}),
               "kMostStatements");
  EXPECT_DEATH(network.set_bound(0, Duration{0}), "constraint");
}

/// An edit that would make sums inexact must not go by unnoticed for ever.
TEST(ExtremesDeath, EditsThatWouldOverflowAreRefused) {
  Incremental incremental(chain(100, Duration{0}));
  EXPECT_DEATH(
      {
        for (std::uint32_t i = 0; i < 20'000; ++i) {
          const CueId from{1 + i % 99};
          const CueId added = incremental.add_cue();
          static_cast<void>(incremental.add({from, added, -kMostBound, StatementId{0}}));
        }
      },
      "sums_are_exact");
}

}  // namespace
}  // namespace defilada::programme
