// SPDX-License-Identifier: MIT
#include "defilada/safety/service.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace defilada::safety {
namespace {

using spectators::Curve;
using spectators::Phase;

TEST(LevelOfWaiting, ChangesAtFruinsAreas) {
  const auto letter_at = [](double room_m2) {
    return crowd::letter(level_of_waiting(1 / room_m2));
  };
  EXPECT_EQ(letter_at(1.22), 'A');
  EXPECT_EQ(letter_at(1.20), 'B');
  EXPECT_EQ(letter_at(0.92), 'C');
  EXPECT_EQ(letter_at(0.64), 'D');
  EXPECT_EQ(letter_at(0.27), 'E');
  EXPECT_EQ(letter_at(0.18), 'F');
  EXPECT_EQ(crowd::letter(level_of_waiting(0)), 'A');
}

/// People who leave by one of several exits at given seconds, and the curves that a run keeps.
Phase phase_of(const std::vector<std::vector<double>>& left_s, std::uint64_t people,
               double lasts_s) {
  Phase phase;
  phase.begin_s = 1000;
  phase.end_s = 1000 + lasts_s;
  phase.people = people;
  for (const auto& each : left_s) {
    Curve& through = phase.exits.emplace_back().through;
    const auto out_by = [&](double time_s) {
      return static_cast<std::uint32_t>(
          std::count_if(each.begin(), each.end(), [&](double at) { return at <= time_s; }));
    };
    for (double now_s = 0; now_s <= lasts_s; now_s += 60) through.push_back(out_by(now_s));
    through.push_back(out_by(lasts_s));
    phase.out += through.back();
  }
  return phase;
}

/// Against a count of the people one by one.
TEST(Out, IsCountedToTheMinute) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<std::vector<double>> left(1 + random() % 3);
    std::vector<double> all;
    const std::size_t people = 1 + random() % 200;
    for (std::size_t p = 0; p < people; ++p) {
      all.push_back(static_cast<double>(random() % 9000) / 10);
      left[random() % left.size()].push_back(all.back());
    }
    std::sort(all.begin(), all.end());
    const Phase phase = phase_of(left, people + random() % 2, 930);
    for (const double seconds : {0.0, 59.0, 60.0, 300.0, 899.0, 930.0, 5000.0}) {
      const double looked_s = seconds >= 930 ? 930 : 60 * std::floor(seconds / 60);
      const auto out = std::upper_bound(all.begin(), all.end(), looked_s) - all.begin();
      EXPECT_EQ(out_within(phase, seconds), static_cast<std::uint64_t>(out)) << seconds;
    }
    for (const double share : {0.1, 0.5, 0.95, 1.0}) {
      const auto wanted =
          static_cast<std::size_t>(std::ceil(share * static_cast<double>(phase.people) - 1e-9));
      if (wanted > all.size()) {
        EXPECT_LT(out_after_s(phase, share), 0);
        continue;
      }
      const double at_s = all[std::max<std::size_t>(wanted, 1) - 1];
      EXPECT_GE(out_after_s(phase, share), at_s);
      EXPECT_LT(out_after_s(phase, share), at_s + 60);
    }
  }
}

TEST(BusiestHour, IsTheMostOfAnySixtyMinutes) {
  Phase phase;
  // 10 a minute for half an hour, a pause, 20 a minute for an hour and a half, two gates alike.
  Curve through{0};
  for (int k = 0; k < 30; ++k) through.push_back(through.back() + 10);
  for (int k = 0; k < 70; ++k) through.push_back(through.back());
  for (int k = 0; k < 90; ++k) through.push_back(through.back() + 20);
  phase.gates.resize(2);
  phase.gates[0].through = phase.gates[1].through = through;
  EXPECT_EQ(busiest_hour(phase), 2U * 60 * 20);
  phase.gates[0].through = phase.gates[1].through = {0, 3, 5};
  EXPECT_EQ(busiest_hour(phase), 10U);
}

TEST(SumOf, CurvesStayAtTheirLastNumber) {
  const std::vector<Curve> curves{{1, 2}, {10, 20, 30}, {}};
  EXPECT_EQ(sum_of(curves), (Curve{11, 22, 32}));
  EXPECT_EQ(sum_of({}), Curve{});
}

}  // namespace
}  // namespace defilada::safety
