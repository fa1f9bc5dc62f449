// SPDX-License-Identifier: MIT
// The least point of a convex |r|^2 and its crossings of a limit, against 60 digits.
#include "valley.hpp"

#include <gtest/gtest.h>

#include "defilada/core/random.hpp"
#include "oracle.hpp"

namespace defilada::proof {
namespace {

/// Somebody passes: a straight relative motion that bends a little.
Curve<double> passing(Random& random, int degree, double size, double bend) {
  Curve<double> r;
  r.degree = degree;
  const std::array<double, 3> from{random.uniform(-size, size), random.uniform(-size, size),
                                   random.uniform(-size, size)};
  const std::array<double, 3> to{random.uniform(-size, size), random.uniform(-size, size),
                                 random.uniform(-size, size)};
  for (int k = 0; k <= degree; ++k) {
    const double s = degree == 0 ? 0 : static_cast<double>(k) / degree;
    for (std::size_t d = 0; d < 3; ++d)
      r.p[k][d] = from[d] + s * (to[d] - from[d]) + random.uniform(-bend, bend) * size;
    r.p[k][3] = 0;
  }
  return r;
}

/// Bernstein coefficients of |r|^2 with 60 digits.
std::vector<oracle::Wide> wide_square(const Curve<double>& r, int dims) {
  const int n = r.degree;
  std::vector<oracle::Wide> q(static_cast<std::size_t>(2 * n) + 1, oracle::Wide(0));
  for (int i = 0; i <= n; ++i) {
    for (int j = 0; j <= n; ++j) {
      oracle::Wide dot = 0;
      for (int d = 0; d < dims; ++d) dot += oracle::Wide(r.p[i][d]) * r.p[j][d];
      q[i + j] +=
          dot * kBinomials.choose[n][i] * kBinomials.choose[n][j] / kBinomials.choose[2 * n][i + j];
    }
  }
  return q;
}

TEST(Valley, TheLeastPointIsBracketedToItsGuards) {
  int valleys = 0;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    Random random(31, i, 0);
    const int degree = 1 + static_cast<int>(random.below(8));
    const int dims = 2 + static_cast<int>(random.below(2));
    const double size = std::pow(10.0, random.uniform(-2, 4));
    const double bend = i % 4 == 0 ? 0 : std::pow(10.0, random.uniform(-6, 0));
    Curve<double> r = passing(random, degree, size, bend);
    // Every other one all but touches.
    if (i % 2 == 0) {
      const Jet<double> jet = jet_at(r, random.uniform(0, 1));
      for (int k = 0; k <= degree; ++k) {
        for (std::size_t d = 0; d < 3; ++d) r.p[k][d] -= jet.r[d] * (1 - 1e-7);
      }
    }
    r.error = random.uniform(0, 1e-12) * size;
    Square<double> square;
    make_square(r, dims, size_of(r), square);
    const auto valley = find_valley(r, dims, square);
    if (!valley) continue;
    ++valleys;
    oracle::Wide least = std::numeric_limits<double>::infinity();
    oracle::shrink(wide_square(r, dims), least, 0, oracle::Wide("1e-40") * size * size);
    const oracle::Wide distance = sqrt(least < 0 ? oracle::Wide(0) : least);
    // The curve itself is anywhere within its error.
    EXPECT_LE(oracle::Wide(valley->lower), distance) << i;
    EXPECT_GE(oracle::Wide(valley->at.upper), distance + r.error * 0.999) << i;
    EXPECT_LE(valley->at.lower, valley->at.upper) << i;
    // As near as the guards let them, however the least point lies.
    const double d = static_cast<double>(distance);
    const double grain = 1e-11 * size * (size / std::max(d, 1e-5 * size));
    EXPECT_LE(valley->at.upper - valley->lower, grain) << i << " d " << d << " size " << size;
  }
  EXPECT_GT(valleys, 1500);
}

TEST(Valley, ConvexityIsNotClaimedWhereASecondDipIs) {
  int dips = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Random random(32, i, 0);
    const Curve<double> r = passing(random, 2 + static_cast<int>(random.below(5)), 1, 1);
    Square<double> square;
    make_square(r, 2, size_of(r), square);
    // Convex along a chord anywhere, or it is not convex.
    bool convex = true;
    for (int k = 0; k + 2 <= 200 && convex; ++k) {
      const auto q = [&](int at) { return square_at(r, at / 200.0, 2).value; };
      convex = q(k) + q(k + 2) - 2 * q(k + 1) > -1e-12;
    }
    dips += convex ? 0 : 1;
    if (!convex) {
      EXPECT_FALSE(find_valley(r, 2, square)) << i;
    }
  }
  EXPECT_GT(dips, 500);
}

TEST(Valley, TheLimitIsCrossedWhereItIsSaid) {
  int crossed = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Random random(33, i, 0);
    const Curve<double> r = passing(random, 1 + static_cast<int>(random.below(7)), 10, 0.02);
    Square<double> square;
    make_square(r, 2, size_of(r), square);
    const auto valley = find_valley(r, 2, square);
    if (!valley) continue;
    const double limit = valley->at.upper + std::pow(10.0, random.uniform(-9, 1));
    const auto [begin, end] = broken_part(r, 2, *valley, limit);
    EXPECT_LE(begin, valley->s);
    EXPECT_GE(end, valley->s);
    for (const double s : {begin, end}) {
      const double d = std::sqrt(square_at(r, s, 2).value);
      if (s == 0 || s == 1) {
        EXPECT_LT(d, limit + 1e-12) << i;
      } else {
        EXPECT_NEAR(d, limit, 1e-11) << i;
        ++crossed;
      }
    }
  }
  EXPECT_GT(crossed, 500);
}

}  // namespace
}  // namespace defilada::proof
