// SPDX-License-Identifier: MIT
#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

/// C(n, k), exact: C(30, 15) is far below 2^53.
constexpr auto kChoose = [] {
  std::array<std::array<double, kMostTerms>, kMostTerms> choose{};
  for (std::size_t n = 0; n < kMostTerms; ++n) {
    choose[n][0] = 1;
    for (std::size_t k = 1; k <= n; ++k) choose[n][k] = choose[n - 1][k - 1] + choose[n - 1][k];
  }
  return choose;
}();

}  // namespace

Interval range(Polynomial& polynomial, double t0_s, double from_s, double to_s) {
  auto& a = polynomial.term;
  const std::size_t n = polynomial.count - 1;
  if (n == 0) return a[0];
  if (from_s != t0_s) {
    const Interval shift = Interval(from_s) - Interval(t0_s);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = n; k-- > i;) a[k] = a[k] + shift * a[k + 1];
    }
  }
  if (from_s == to_s) return a[0];
  const Interval length = Interval(to_s) - Interval(from_s);
  Interval power = length;
  for (std::size_t k = 1; k <= n; ++k) {
    a[k] = a[k] * power / kChoose[n][k];
    if (k < n) power = power * length;
  }
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t j = n; j >= i; --j) a[j] = a[j] + a[j - 1];
  }
  Interval all = a[0];
  for (std::size_t k = 1; k <= n; ++k) all = hull(all, a[k]);
  return all;
}

}  // namespace defilada::certificate
