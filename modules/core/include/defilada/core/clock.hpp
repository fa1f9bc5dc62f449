// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "defilada/core/result.hpp"
#include "defilada/core/time.hpp"

namespace defilada {

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  constexpr bool operator==(const Date&) const = default;
};

/// Local clock of a show: turns what a wall clock shows into a Time and back. Time zero is 00:00 of
/// the date in the zone; on a day with a change of the clock, times after it differ from the wall
/// clock by the change. A show may run past midnight: hours go to 47:59:59.
class Clock {
 public:
  /// Errors (bad_input): the date does not exist; the zone is not in the tz database (the message
  /// suggests near names); midnight of the date does not exist or exists twice in the zone.
  static Result<Clock> make(Date date, std::string_view zone);

  /// Errors (bad_input): the wall-clock time does not exist or exists twice (daylight saving).
  /// `us_of_day` counts the wall clock's microseconds since its 00:00, in [0, 48 h).
  [[nodiscard]] Result<Time> at_wall_clock(std::int64_t us_of_day) const;

  /// "09:47:00", to the nearest second; with `decimals` (1..6) "09:47:00.250". Times of the next
  /// day print as 24:.. to 47:.., of the day before as "-00:01:00".
  [[nodiscard]] std::string wall_clock(Time time, int decimals = 0) const;
  /// ISO 8601 with offset: "2025-09-03T09:00:00+08:00", milliseconds only when there are any.
  [[nodiscard]] std::string iso8601(Time time) const;

  [[nodiscard]] Date date() const noexcept;
  [[nodiscard]] std::string_view zone() const noexcept;

 private:
  struct Impl;
  explicit Clock(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;  // immutable and shared by copies of the model
};

}  // namespace defilada
