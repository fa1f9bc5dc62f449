// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace defilada {

/// A length of time in whole microseconds. Sums and comparisons are exact.
struct Duration {
  std::int64_t us = 0;

  [[nodiscard]] constexpr double seconds() const noexcept { return static_cast<double>(us) * 1e-6; }
  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator-() const noexcept { return {-us}; }
  constexpr Duration& operator+=(Duration other) noexcept {
    us += other.us;
    return *this;
  }
  friend constexpr Duration operator+(Duration a, Duration b) noexcept { return {a.us + b.us}; }
  friend constexpr Duration operator-(Duration a, Duration b) noexcept { return {a.us - b.us}; }
};

/// An instant in whole microseconds since 00:00 of the show's date in its zone.
struct Time {
  std::int64_t us = 0;

  [[nodiscard]] constexpr double seconds() const noexcept { return static_cast<double>(us) * 1e-6; }
  constexpr auto operator<=>(const Time&) const = default;
  friend constexpr Time operator+(Time t, Duration d) noexcept { return {t.us + d.us}; }
  friend constexpr Time operator-(Time t, Duration d) noexcept { return {t.us - d.us}; }
  friend constexpr Duration operator-(Time a, Time b) noexcept { return {a.us - b.us}; }
};

static_assert(sizeof(Time) == 8 && sizeof(Duration) == 8);

/// Rounds to the nearest microsecond. Requires |seconds| < 9e12 (285 000 years).
[[nodiscard]] inline Duration duration_from_seconds(double seconds) noexcept {
  return {std::llround(seconds * 1e6)};
}
[[nodiscard]] inline Time time_from_seconds(double seconds) noexcept {
  return {std::llround(seconds * 1e6)};
}

}  // namespace defilada
