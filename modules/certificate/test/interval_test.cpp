// SPDX-License-Identifier: MIT
// Intervals contain what 100 digits say.
#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <random>

#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

using Exact = boost::multiprecision::cpp_bin_float_100;

class Random {
 public:
  explicit Random(unsigned seed) : random_(seed) {}
  double real(double low, double high) {
    return low + (high - low) * (static_cast<double>(random_() >> 11) * 0x1p-53);
  }
  /// Of any size from 1e-12 to 1e6, or 0.
  double number() {
    if (random_() % 16 == 0) return 0;
    return real(-1, 1) * std::pow(10.0, real(-12, 6));
  }
  std::uint64_t bits() { return random_(); }

 private:
  std::mt19937_64 random_;
};

testing::AssertionResult holds(const Interval& interval, const Exact& value) {
  if (Exact(interval.low) <= value && value <= Exact(interval.high)) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure()
         << value << " is not in [" << interval.low << ", " << interval.high << "]";
}

TEST(Interval, ContainsTheResultOfEveryOperation) {
  Random random(1);
  for (int i = 0; i < 20000; ++i) {
    const double a = random.number();
    const double b = i % 3 == 0 ? a * (1 + random.real(-1e-15, 1e-15)) : random.number();
    EXPECT_TRUE(holds(Interval(a) + Interval(b), Exact(a) + Exact(b)));
    EXPECT_TRUE(holds(Interval(a) - Interval(b), Exact(a) - Exact(b)));
    EXPECT_TRUE(holds(Interval(a) * Interval(b), Exact(a) * Exact(b)));
    EXPECT_TRUE(holds(square(Interval(a)), Exact(a) * Exact(a)));
    EXPECT_TRUE(holds(root(Interval(std::abs(a))), sqrt(Exact(std::abs(a)))));
    EXPECT_TRUE(holds(absolute(Interval(a)), abs(Exact(a))));
    EXPECT_TRUE(holds(Interval(a) / 3.0, Exact(a) / 3));
    const double angle = random.real(-50, 50);
    EXPECT_TRUE(holds(cosine(angle), cos(Exact(angle))));
    EXPECT_TRUE(holds(sine(angle), sin(Exact(angle))));
  }
}

TEST(Interval, ContainsTheResultsOfAllNumbersInside) {
  Random random(2);
  for (int i = 0; i < 5000; ++i) {
    const auto some = [&] {
      const double a = random.number();
      const double b = random.number();
      return Interval(std::min(a, b), std::max(a, b));
    };
    const Interval a = some();
    const Interval b = some();
    for (const double s : {0.0, 0.3, 1.0}) {
      for (const double t : {0.0, 0.6, 1.0}) {
        const double x = s == 1 ? a.high : a.low + s * (a.high - a.low);
        const double y = t == 1 ? b.high : b.low + t * (b.high - b.low);
        if (x < a.low || x > a.high || y < b.low || y > b.high) continue;
        EXPECT_TRUE(holds(a + b, Exact(x) + Exact(y)));
        EXPECT_TRUE(holds(a - b, Exact(x) - Exact(y)));
        EXPECT_TRUE(holds(a * b, Exact(x) * Exact(y)));
        EXPECT_TRUE(holds(square(a), Exact(x) * Exact(x)));
        EXPECT_TRUE(holds(absolute(a), abs(Exact(x))));
        EXPECT_TRUE(holds(hull(a, b), Exact(x)));
        EXPECT_TRUE(holds(-a, -Exact(x)));
      }
    }
  }
}

// Nanometres of width kilometres from the origin, or ties would not be decided.
TEST(Interval, StaysNarrow) {
  const Interval sum = Interval(3000.25) + Interval(0.1) * Interval(17.3);
  EXPECT_LT(sum.high - sum.low, 1e-11);
  Polynomial p;
  p.count = 6;
  p.term = {Interval(3000),  Interval(1.5),  Interval(0.1),
            Interval(-0.01), Interval(1e-3), Interval(1e-4)};
  const Interval all = range(p, 40000, 40001, 40001);
  EXPECT_LT(all.high - all.low, 1e-10);
}

TEST(Polynomials, StayInTheirRange) {
  Random random(3);
  for (int i = 0; i < 2000; ++i) {
    const std::size_t count = 1 + random.bits() % 16;
    const double t0 = random.real(0, 50000);
    const double from = t0 + (random.bits() % 3 == 0 ? 0 : random.real(0, 20));
    const double to = random.bits() % 7 == 0 ? from : from + random.real(0, 20);
    std::array<double, 16> c{};
    Polynomial p;
    p.count = count;
    double power = 1;
    for (std::size_t k = 0; k < count; ++k) {
      c[k] = random.real(-1000, 1000) * power;
      p.term[k] = Interval(c[k]);
      power *= random.real(0, 0.2);
    }
    const Interval all = range(p, t0, from, to);
    for (int j = 0; j <= 20; ++j) {
      const Exact t = Exact(from) + (Exact(to) - Exact(from)) * j / 20;
      Exact value = 0;
      for (std::size_t k = count; k-- > 0;) value = value * (t - Exact(t0)) + Exact(c[k]);
      ASSERT_TRUE(holds(all, value)) << "degree " << count - 1;
    }
  }
}

// Bernstein coefficients come near the values with the square of the length.
TEST(Polynomials, HaveARangeThatCloses) {
  double before = 0;
  for (const double length : {4.0, 2.0, 1.0, 0.5}) {
    Polynomial p;
    p.count = 4;
    p.term = {Interval(5), Interval(-3), Interval(2), Interval(0.5)};
    const Interval all = range(p, 0, 1, 1 + length);
    // p' > 0 there: the extremes are at the ends.
    const auto at = [](double t) { return 5 - 3 * t + 2 * t * t + 0.5 * t * t * t; };
    const double loose = (at(1) - all.low) + (all.high - at(1 + length));
    EXPECT_GE(loose, 0);
    if (before > 1e-9) {
      EXPECT_LT(loose, 0.3 * before);
    }
    before = loose;
  }
}

}  // namespace
}  // namespace defilada::certificate
