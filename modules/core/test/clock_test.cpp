// SPDX-License-Identifier: MIT
#include "defilada/core/clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "defilada/core/random.hpp"

namespace defilada {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t at(std::int64_t h, std::int64_t m = 0, std::int64_t s = 0) {
  return ((h * 60 + m) * 60 + s) * 1'000'000;
}

Clock clock_of(Date date, const char* zone) {
  const Result<Clock> clock = Clock::make(date, zone);
  EXPECT_TRUE(clock.has_value()) << clock.error().message;
  return *clock;
}

std::string error_of(const Result<Clock>& clock) {
  EXPECT_FALSE(clock.has_value());
  return clock ? "" : clock.error().message.english();
}

TEST(Clock, OnAnOrdinaryDayTheTimeIsTheWallClock) {
  const Clock clock = clock_of({2025, 9, 3}, "Asia/Shanghai");
  for (std::uint32_t run = 0; run < 1000; ++run) {
    Random random(5, run, 0);
    const std::int64_t us = static_cast<std::int64_t>(random.bits() % (48ULL * 3600 * 1'000'000));
    ASSERT_EQ(clock.at_wall_clock(us)->us, us);
  }
  EXPECT_EQ(clock.iso8601(*clock.at_wall_clock(at(9))), "2025-09-03T09:00:00+08:00");
  EXPECT_EQ(clock.iso8601(Time{at(26, 30)}), "2025-09-04T02:30:00+08:00");
  EXPECT_EQ(clock.iso8601(Time{at(9) + 250'400}), "2025-09-03T09:00:00.250+08:00");
  EXPECT_EQ(clock.iso8601(Time{at(9) + 400}), "2025-09-03T09:00:00+08:00");
  EXPECT_EQ(clock.zone(), "Asia/Shanghai");
  EXPECT_EQ(clock.date(), (Date{2025, 9, 3}));
}

TEST(Clock, PrintsToTheNearestOfTheAskedUnit) {
  const Clock clock = clock_of({2025, 9, 3}, "Asia/Shanghai");
  EXPECT_EQ(clock.wall_clock(Time{at(9, 47) + 499'999}), "09:47:00");
  EXPECT_EQ(clock.wall_clock(Time{at(9, 47) + 500'000}), "09:47:01");
  EXPECT_EQ(clock.wall_clock(Time{at(9, 47) + 250'000}, 3), "09:47:00.250");
  EXPECT_EQ(clock.wall_clock(Time{at(9, 59, 59) + 950'000}, 1), "10:00:00.0");
  EXPECT_EQ(clock.wall_clock(Time{at(9) + 1}, 6), "09:00:00.000001");
  EXPECT_EQ(clock.wall_clock(Time{-at(0, 1)}), "-00:01:00");
  EXPECT_EQ(clock.wall_clock(Time{-400'000}), "00:00:00");
  EXPECT_EQ(clock.wall_clock(Time{-600'000}), "-00:00:01");
  EXPECT_EQ(clock.wall_clock(Time{at(47, 59, 59)}), "47:59:59");
}

TEST(Clock, HoursEndAt47) {
  const Clock clock = clock_of({2025, 9, 3}, "Asia/Shanghai");
  EXPECT_TRUE(clock.at_wall_clock(at(48) - 1).has_value());
  EXPECT_EQ(clock.at_wall_clock(at(48)).error().code, Errc::bad_input);
  EXPECT_THAT(clock.at_wall_clock(-1).error().message, HasSubstr("47:59:59"));
}

TEST(Clock, SpringForwardWarsaw20250330) {
  const Clock clock = clock_of({2025, 3, 30}, "Europe/Warsaw");
  const Result<Time> gap = clock.at_wall_clock(at(2, 30));
  ASSERT_FALSE(gap.has_value());
  EXPECT_EQ(gap.error().code, Errc::bad_input);
  EXPECT_EQ(gap.error().message,
            "02:30:00 does not exist on 2025-03-30 in Europe/Warsaw: the clock goes from 02:00:00 "
            "to 03:00:00 then");
  EXPECT_TRUE(clock.at_wall_clock(at(2) - 1).has_value());
  EXPECT_FALSE(clock.at_wall_clock(at(2)).has_value());
  EXPECT_EQ(clock.at_wall_clock(at(3))->us, at(2)) << "an hour of the wall clock is missing";
  EXPECT_EQ(clock.wall_clock(Time{at(2)}), "03:00:00");
  EXPECT_EQ(clock.wall_clock(Time{at(2) - 400'000}), "03:00:00") << "rounded over the change";
  EXPECT_EQ(clock.iso8601(Time{at(1, 59, 59)}), "2025-03-30T01:59:59+01:00");
  EXPECT_EQ(clock.iso8601(Time{at(2)}), "2025-03-30T03:00:00+02:00");
  EXPECT_EQ(clock.at_wall_clock(at(24))->us, at(23));
}

TEST(Clock, FallBackWarsaw20251026) {
  const Clock clock = clock_of({2025, 10, 26}, "Europe/Warsaw");
  const Result<Time> fold = clock.at_wall_clock(at(2, 30));
  ASSERT_FALSE(fold.has_value());
  EXPECT_EQ(fold.error().message,
            "02:30:00 exists twice on 2025-10-26 in Europe/Warsaw: the clock goes from 03:00:00 to "
            "02:00:00 then");
  EXPECT_FALSE(clock.at_wall_clock(at(2)).has_value());
  EXPECT_TRUE(clock.at_wall_clock(at(3)).has_value());
  EXPECT_EQ(clock.at_wall_clock(at(3))->us, at(4));
  EXPECT_EQ(clock.iso8601(Time{at(2, 30)}), "2025-10-26T02:30:00+02:00");
  EXPECT_EQ(clock.iso8601(Time{at(3, 30)}), "2025-10-26T02:30:00+01:00");
}

TEST(Clock, AChangeInTheNightAfterTheShowIsSeenToo) {
  const Clock clock = clock_of({2025, 3, 29}, "Europe/Warsaw");
  const Result<Time> gap = clock.at_wall_clock(at(26, 30));
  ASSERT_FALSE(gap.has_value());
  EXPECT_THAT(gap.error().message, HasSubstr("02:30:00 does not exist on 2025-03-30"));
  EXPECT_EQ(clock.wall_clock(Time{at(26)}), "27:00:00");
}

TEST(Clock, MidnightMayNotExistSaoPaulo20181104) {
  const std::string message = error_of(Clock::make({2018, 11, 4}, "America/Sao_Paulo"));
  EXPECT_EQ(message,
            "00:00:00 does not exist on 2018-11-04 in America/Sao_Paulo: the clock goes from "
            "00:00:00 to 01:00:00 then");
}

TEST(Clock, MidnightMayExistTwiceSaoPaulo20180217) {
  // On 2018-02-18 at 00:00 the clock went back to 23:00 of the 17th.
  const Clock clock = clock_of({2018, 2, 17}, "America/Sao_Paulo");
  EXPECT_FALSE(clock.at_wall_clock(at(23, 30)).has_value());
  EXPECT_EQ(clock.at_wall_clock(at(24))->us, at(25));
  EXPECT_TRUE(Clock::make({2018, 2, 18}, "America/Sao_Paulo").has_value());
  // Havana changes at 01:00 back to 00:00: its midnight exists twice.
  EXPECT_THAT(error_of(Clock::make({2025, 11, 2}, "America/Havana")), HasSubstr("exists twice"));
}

TEST(Clock, WallClockAndBackOverAYearOfChanges) {
  for (const char* zone : {"Europe/Warsaw", "Australia/Lord_Howe", "America/St_Johns"}) {
    for (std::uint32_t run = 0; run < 400; ++run) {
      Random random(6, run, 0);
      const Date date{2025, 1 + static_cast<int>(random.below(12)),
                      1 + static_cast<int>(random.below(28))};
      const Clock clock = clock_of(date, zone);
      const std::int64_t wall_us = at(random.below(48), random.below(60), random.below(60));
      const Result<Time> time = clock.at_wall_clock(wall_us);
      if (!time) continue;
      const std::int64_t s = wall_us / 1'000'000;
      char want[16];
      std::snprintf(want, sizeof want, "%02d:%02d:%02d", static_cast<int>(s / 3600),
                    static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
      ASSERT_EQ(clock.wall_clock(*time), want) << zone << " run " << run;
    }
  }
}

TEST(Clock, ImpossibleDates) {
  EXPECT_EQ(error_of(Clock::make({2025, 2, 29}, "Asia/Shanghai")),
            "2025-02-29 is not a date of the calendar");
  EXPECT_TRUE(Clock::make({2024, 2, 29}, "Asia/Shanghai").has_value());
  EXPECT_FALSE(Clock::make({2025, 13, 1}, "Asia/Shanghai").has_value());
  EXPECT_FALSE(Clock::make({2025, 1, 0}, "Asia/Shanghai").has_value());
  EXPECT_FALSE(Clock::make({2025, 257, 1}, "Asia/Shanghai").has_value());
  EXPECT_FALSE(Clock::make({-1, 1, 1}, "Asia/Shanghai").has_value());
}

TEST(Clock, ZonesAreSuggested) {
  const auto message = [](const char* zone) { return error_of(Clock::make({2025, 9, 3}, zone)); };
  EXPECT_EQ(message("Europe/Warsav"),
            "'Europe/Warsav' is not a time zone; did you mean 'Europe/Warsaw'?");
  EXPECT_THAT(message("asia/shanghai"), HasSubstr("did you mean 'Asia/Shanghai'?"));
  EXPECT_THAT(message("Asia/Beijing"), HasSubstr("did you mean 'Asia/Shanghai'?"));
  EXPECT_THAT(message("Warsaw"), HasSubstr("did you mean 'Europe/Warsaw'?"));
  EXPECT_THAT(message("qqqqqqqqqqqq"), HasSubstr("named like Europe/Warsaw"));
  EXPECT_THAT(message(""), HasSubstr("is not a time zone"));
}

TEST(Clock, OldZonesHaveOffsetsWithSeconds) {
  const Clock clock = clock_of({1900, 7, 14}, "Europe/Paris");  // Paris mean time
  EXPECT_EQ(clock.iso8601(Time{at(12)}), "1900-07-14T12:00:00+00:09:21");
}

}  // namespace
}  // namespace defilada
