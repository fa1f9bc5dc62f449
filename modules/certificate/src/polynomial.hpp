// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>

#include "defilada/certificate/statement.hpp"
#include "interval.hpp"

/// Ranges of polynomials over a stretch of time.
namespace defilada::certificate {

/// Degree 15, or the square of a normal of that degree.
inline constexpr std::size_t kMostTerms = 2 * kMaxDegree + 1;

/// Coefficients of powers of (t - t0); the first `count` count.
struct Polynomial {
  std::array<Interval, kMostTerms> term{};
  std::size_t count = 1;
};

/// Contains every value of the polynomial for t in [from, to]. Moved to `from` by Horner's rule, to
/// [0, 1], and into Bernstein form, whose coefficients enclose the values: R. Farouki, "The
/// Bernstein polynomial basis: a centennial retrospective", Computer Aided Geometric Design 29
/// (2012), section 5 (<https://doi.org/10.1016/j.cagd.2012.03.001>). `polynomial` is used up.
[[nodiscard]] Interval range(Polynomial& polynomial, double t0_s, double from_s, double to_s);

}  // namespace defilada::certificate
