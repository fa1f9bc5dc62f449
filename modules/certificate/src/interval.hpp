// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

/// Interval arithmetic with outward rounding: an operation's interval contains every result of
/// numbers from the intervals of its operands.
///
///   Rounding to nearest is off by at most half a unit in the last place u of the result r, and
///   u <= 2^-52 |r|. Taking away 2^-52 |r| leaves at most r - u / 2 after its own rounding, so a
///   lower end is below the true one without a change of the rounding mode, which compilers do not
///   respect. kTiny covers results below the normal numbers.
///
/// Source: R. Moore, R. Kearfott, M. Cloud, Introduction to Interval Analysis, SIAM 2009, chapter
/// 2; S. Rump, Verification methods: rigorous results using floating-point arithmetic, Acta
/// Numerica 19 (2010), section 3 (<https://doi.org/10.1017/S096249291000005X>).
namespace defilada::certificate {

inline constexpr double kUnit = 0x1p-52;
inline constexpr double kTiny = 0x1p-1000;

[[nodiscard]] inline double down(double rounded) {
  return rounded - (std::abs(rounded) * kUnit + kTiny);
}
[[nodiscard]] inline double up(double rounded) {
  return rounded + (std::abs(rounded) * kUnit + kTiny);
}

struct Interval {
  double low = 0;
  double high = 0;

  Interval() = default;
  Interval(double value) : low(value), high(value) {}  // NOLINT: a number is an interval
  Interval(double from, double to) : low(from), high(to) {}
};

[[nodiscard]] inline Interval operator-(const Interval& a) {
  return {-a.high, -a.low};
}
[[nodiscard]] inline Interval operator+(const Interval& a, const Interval& b) {
  return {down(a.low + b.low), up(a.high + b.high)};
}
[[nodiscard]] inline Interval operator-(const Interval& a, const Interval& b) {
  return {down(a.low - b.high), up(a.high - b.low)};
}
[[nodiscard]] inline Interval operator*(const Interval& a, const Interval& b) {
  const double p = a.low * b.low;
  const double q = a.low * b.high;
  const double r = a.high * b.low;
  const double s = a.high * b.high;
  return {down(std::min(std::min(p, q), std::min(r, s))),
          up(std::max(std::max(p, q), std::max(r, s)))};
}
/// Of a positive number.
[[nodiscard]] inline Interval operator/(const Interval& a, double b) {
  return {down(a.low / b), up(a.high / b)};
}

[[nodiscard]] inline Interval hull(const Interval& a, const Interval& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}
[[nodiscard]] inline Interval absolute(const Interval& a) {
  if (a.low >= 0) return a;
  if (a.high <= 0) return -a;
  return {0, std::max(-a.low, a.high)};
}
[[nodiscard]] inline Interval square(const Interval& a) {
  const Interval size = absolute(a);
  return {std::max(0.0, down(size.low * size.low)), up(size.high * size.high)};
}
/// Of numbers that are not negative; what rounding made negative counts as 0. IEEE 754 rounds roots
/// correctly.
[[nodiscard]] inline Interval root(const Interval& a) {
  return {a.low > 0 ? down(std::sqrt(a.low)) : 0, a.high > 0 ? up(std::sqrt(a.high)) : 0};
}

/// The library's sine and cosine are off by less than four units in the last place of 1.
[[nodiscard]] inline Interval cosine(double angle_rad) {
  if (angle_rad == 0) return {1};
  const double value = std::cos(angle_rad);
  return {value - 4 * kUnit, value + 4 * kUnit};
}
[[nodiscard]] inline Interval sine(double angle_rad) {
  if (angle_rad == 0) return {0};
  const double value = std::sin(angle_rad);
  return {value - 4 * kUnit, value + 4 * kUnit};
}

}  // namespace defilada::certificate
