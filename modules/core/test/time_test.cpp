// SPDX-License-Identifier: MIT
#include "defilada/core/time.hpp"

#include <gtest/gtest.h>

namespace defilada {
namespace {

TEST(Time, RoundsToTheNearestMicrosecond) {
  EXPECT_EQ(duration_from_seconds(3.78).us, 3'780'000);
  EXPECT_EQ(duration_from_seconds(0.0000004).us, 0);
  EXPECT_EQ(duration_from_seconds(-0.0000006).us, -1);
  EXPECT_EQ(time_from_seconds(68.571428571).us, 68'571'429);
}

TEST(Time, SumsAreExactWhereDoublesAreNot) {
  Duration sum;
  for (int i = 0; i < 80; ++i) sum += duration_from_seconds(3.78);
  EXPECT_EQ(sum.us, 302'400'000);
  EXPECT_EQ((Time{5} + sum) - Time{5}, sum);
  EXPECT_EQ(Time{5} - sum, Time{5} + (-sum));
  EXPECT_LT(Time{1}, Time{2});
}

}  // namespace
}  // namespace defilada
