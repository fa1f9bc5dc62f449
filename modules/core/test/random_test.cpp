// SPDX-License-Identifier: MIT
#include "defilada/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

namespace defilada {
namespace {

using Block = std::array<std::uint32_t, 4>;

// Known answers of the authors' library Random123, file kat_vectors, rows "philox4x32 10"
// (https://github.com/DEShawResearch/random123).
static_assert(philox({0, 0, 0, 0}, {0, 0}) ==
              Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
static_assert(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}) ==
              Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
static_assert(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
              Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});

TEST(Random, DependsOnNothingButItsKey) {
  Random a(7, 3, 11);
  Random other(7, 4, 11);
  Random b(7, 3, 11);
  for (int i = 0; i < 100; ++i) {
    static_cast<void>(other.bits());
    ASSERT_EQ(a.bits(), b.bits());
  }
}

TEST(Random, EveryPartOfTheKeyMatters) {
  std::set<std::uint64_t> first;
  std::size_t streams = 0;
  for (const std::uint64_t seed : {0ULL, 1ULL, 1ULL << 32U, ~0ULL}) {
    for (const std::uint32_t agent : {0U, 1U, 2U, ~0U}) {
      for (const std::uint64_t step : {0ULL, 1ULL, 1ULL << 32U, ~0ULL}) {
        Random random(seed, agent, step);
        for (int i = 0; i < 4; ++i, ++streams) first.insert(random.bits());
      }
    }
  }
  EXPECT_EQ(first.size(), streams);
}

TEST(Random, UniformFillsItsRangeEvenly) {
  constexpr int kDraws = 200'000;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t i = 0; i < kDraws; ++i) {
    const double x = Random(1, i, 0).uniform();  // across streams: what a crowd does
    ASSERT_GE(x, 0.0);
    ASSERT_LT(x, 1.0);
    sum += x;
    squares += x * x;
  }
  // Five standard errors of the mean of x and of x squared.
  EXPECT_NEAR(sum / kDraws, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / kDraws));
}

TEST(Random, UniformBetweenBounds) {
  Random random(2, 0, 0);
  for (int i = 0; i < 1000; ++i) {
    const double x = random.uniform(-3.0, 5.0);
    ASSERT_GE(x, -3.0);
    ASSERT_LT(x, 5.0);
  }
}

TEST(Random, BelowIsEvenByChiSquare) {
  for (const std::uint32_t count : {1U, 2U, 3U, 10U, 97U}) {
    constexpr int kDraws = 97'000;
    std::map<std::uint32_t, int> seen;
    Random random(3, count, 0);
    for (int i = 0; i < kDraws; ++i) ++seen[random.below(count)];
    ASSERT_EQ(seen.size(), count);
    ASSERT_EQ(seen.rbegin()->first, count - 1);
    const double expected = static_cast<double>(kDraws) / count;
    double chi_square = 0;
    for (const auto& [value, times] : seen) {
      chi_square += (times - expected) * (times - expected) / expected;
    }
    // Mean count - 1, variance 2 (count - 1): five standard deviations.
    EXPECT_LE(chi_square, (count - 1) + 5 * std::sqrt(2.0 * count)) << count;
  }
}

TEST(Random, BelowRejectsWhatWouldBeBiased) {
  // With 3 * 2^30 outcomes a plain product would draw one in three of them twice as often.
  constexpr std::uint32_t kCount = 3U << 30U;
  Random random(4, 0, 0);
  int third[3] = {0, 0, 0};
  constexpr int kDraws = 30'000;
  for (int i = 0; i < kDraws; ++i) ++third[random.below(kCount) % 3];
  for (const int times : third) EXPECT_NEAR(times, kDraws / 3.0, 5 * std::sqrt(kDraws * 2.0 / 9));
}

}  // namespace
}  // namespace defilada
