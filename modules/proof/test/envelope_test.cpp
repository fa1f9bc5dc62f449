// SPDX-License-Identifier: MIT
// Envelopes of movers in slices: everybody is inside at every instant, the box is not much larger
// than it has to be, and every instruction set gives the same bits.
#include "envelope.hpp"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "scenes.hpp"

namespace defilada::proof {
namespace {

/// A mover beside a path of `count` pieces that join, of random degree up to `most`.
Motions random_way(Random& random, int count, int most, double far_m) {
  Motions motions;
  MotionMover mover;
  mover.path = motions.add_path(0, 0, false);
  mover.left_m = random.uniform(0, 1) < 0.5 ? 0 : random.uniform(-9, 9);
  mover.offset_m = {random.uniform(-5, 5), random.uniform(-5, 5), random.uniform(-5, 5)};
  Coefficient at{random.uniform(-far_m, far_m), random.uniform(-far_m, far_m), 0, 0, 1};
  double t0 = random.uniform(0, 40000);
  for (int i = 0; i < count; ++i) {
    const double length = random.uniform(0.1, 20);
    const int degree = static_cast<int>(random.uniform(0, most + 0.999));
    std::vector<Coefficient> own{at};
    double power = 1;
    for (int k = 1; k <= degree; ++k) {
      power *= length;
      Coefficient c{};
      for (std::size_t d = 0; d < 5; ++d) c[d] = random.uniform(-1, 1) * (d < 3 ? 10 : 0.3) / power;
      own.push_back(c);
    }
    motions.add_piece(t0, t0 + length, own);
    // The next one begins where this one ends.
    power = 1;
    at = {};
    for (const Coefficient& c : own) {
      for (std::size_t d = 0; d < 5; ++d) at[d] += power * c[d];
      power *= length;
    }
    t0 += length;
  }
  motions.movers.push_back(mover);
  return motions;
}

/// By definition, in extended precision: how far outside of the box, along the worst axis, and how
/// much of the box is used.
struct Use {
  double outside_m = -1e300;
  std::array<double, 3> low{1e300, 1e300, 1e300};
  std::array<double, 3> high{-1e300, -1e300, -1e300};
};
Use use_of(const Motions& motions, const Envelope& envelope, double from_s, double to_s) {
  Use use;
  const MotionMover& mover = motions.movers[0];
  constexpr int kSamples = 3000;
  for (int i = 0; i <= kSamples; ++i) {
    const double t = from_s + (to_s - from_s) * i / kSamples;
    for (const MotionPiece& piece : motions.pieces_of(motions.paths[0])) {
      if (t < piece.t0_s || t > piece.t1_s) continue;
      std::array<long double, 3> at{};
      for (int k = piece.degree; k >= 0; --k) {
        const Coefficient& c =
            motions.coefficients[piece.first_coefficient + static_cast<std::uint32_t>(k)];
        const long double u = static_cast<long double>(t) - piece.t0_s;
        for (std::size_t d = 0; d < 3; ++d) {
          at[d] =
              at[d] * u + c[d] + (d < 2 ? static_cast<long double>(mover.left_m) * c[3 + d] : 0.0L);
        }
      }
      const long double s = (static_cast<long double>(t) - from_s) / (to_s - from_s);
      for (std::size_t d = 0; d < 3; ++d) {
        const long double chord =
            envelope.from[d] + s * (static_cast<long double>(envelope.to[d]) - envelope.from[d]);
        const auto off = static_cast<double>(at[d] + mover.offset_m[d] - chord);
        use.outside_m = std::max(use.outside_m, std::abs(off) - envelope.half[d]);
        use.low[d] = std::min(use.low[d], off);
        use.high[d] = std::max(use.high[d], off);
      }
    }
  }
  return use;
}

TEST(Envelope, HoldsTheMoverAtEveryInstant) {
  int long_ones = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Random random(seed, 0, 0);
    const int count = 1 + static_cast<int>(seed % 5);
    const int most = seed % 7 == 0 ? 12 : 7;
    const Motions motions = random_way(random, count, most, seed % 2 == 0 ? 100 : 1e5);
    const auto pieces = motions.pieces_of(motions.paths[0]);
    const double begin = pieces.front().t0_s;
    const double end = pieces.back().t1_s;
    double from = begin + random.uniform(0, 0.3) * (pieces.front().t1_s - begin);
    double to = end - random.uniform(0, 0.6) * (end - pieces.back().t0_s);
    if (seed % 3 == 0) from = begin;
    if (seed % 4 == 0) to = end;
    Envelope envelope;
    ASSERT_TRUE(find_envelope(motions, motions.movers[0], pieces, from, to, envelope));
    const Use use = use_of(motions, envelope, from, to);
    EXPECT_LE(use.outside_m, 0) << seed;
    for (std::size_t d = 0; d < 3; ++d) {
      const double needed = use.high[d] - use.low[d];
      // Control points of degree 7 with nothing in common: some times what is needed.
      EXPECT_LE(2 * envelope.half[d], 40 * needed + 1e-7) << seed;
      if (most <= 7 && count > 1 && 2 * envelope.half[d] < 1.2 * needed) ++long_ones;
    }
  }
  EXPECT_GT(long_ones, 100) << "halving makes boxes tight";
}

TEST(Envelope, OfWhoStandsOrGoesStraightIsTheChord) {
  Motions motions;
  scenes::add(motions, {{0, 10, {{3, 4, 5}}}, {10, 30, {{3, 4, 5}}}});
  Envelope envelope;
  const auto own = [&](std::size_t i) { return motions.pieces_of(motions.paths[i]); };
  ASSERT_TRUE(find_envelope(motions, motions.movers[0], own(0), 2, 25, envelope));
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_NEAR(envelope.from[d], 3.0 + static_cast<double>(d), 1e-12);
    EXPECT_NEAR(envelope.to[d], 3.0 + static_cast<double>(d), 1e-12);
    EXPECT_LT(envelope.half[d], 1e-11);
  }
  scenes::add(motions,
              {{0, 10, {{0, 0, 0}, {2, -1, 0.5}}}, {10, 30, {{20, -10, 5}, {2, -1, 0.5}}}});
  ASSERT_TRUE(find_envelope(motions, motions.movers[1], own(1), 0, 30, envelope));
  EXPECT_NEAR(envelope.to[0], 60, 1e-12);
  EXPECT_LT(*std::max_element(envelope.half.begin(), envelope.half.end()), 1e-11);
}

TEST(Envelope, IsRefusedWhereTheMoverIsNotThereOrDoubleIsTooCoarse) {
  Motions motions;
  scenes::add(motions, {{0, 10, {{0, 0, 0}}}, {11, 20, {{0, 0, 0}}}});
  scenes::add(motions, {{0, 36000, {{0, 0, 0}, {1, 0, 0}, {1e-4, 0, 0}, {1e-3, 0, 0}}}});
  Envelope envelope;
  const auto own = [&](std::size_t i) { return motions.pieces_of(motions.paths[i]); };
  EXPECT_FALSE(find_envelope(motions, motions.movers[0], own(0), 5, 15, envelope)) << "a gap";
  EXPECT_FALSE(find_envelope(motions, motions.movers[0], own(0), -1, 5, envelope)) << "before";
  EXPECT_FALSE(find_envelope(motions, motions.movers[0], own(0).subspan(1), 12, 21, envelope))
      << "after";
  EXPECT_TRUE(find_envelope(motions, motions.movers[0], own(0), 5, 10, envelope));
  EXPECT_FALSE(find_envelope(motions, motions.movers[1], own(1), 35000, 36000, envelope));
}

TEST(Envelope, HasTheSameBitsOnEveryInstructionSet) {
  std::vector<Motions> all;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed, 1, 0);
    all.push_back(random_way(random, 1 + static_cast<int>(seed % 4), 9, 1000));
  }
  const auto run = [&] {
    std::vector<Envelope> out(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto pieces = all[i].pieces_of(all[i].paths[0]);
      EXPECT_TRUE(find_envelope(all[i], all[i].movers[0], pieces, pieces.front().t0_s + 0.05,
                                pieces.back().t1_s, out[i]));
    }
    return out;
  };
  const std::vector<Envelope> best = run();
  const std::int64_t known = hwy::SupportedTargets();
  int sets = 0;
  for (std::int64_t target = known; target != 0; target &= target - 1) {
    hwy::SetSupportedTargetsForTest(target & -target);
    hwy::GetChosenTarget().DeInit();
    const std::vector<Envelope> own = run();
    EXPECT_EQ(std::memcmp(own.data(), best.data(), own.size() * sizeof(Envelope)), 0) << target;
    ++sets;
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
  EXPECT_GT(sets, 0);
}

}  // namespace
}  // namespace defilada::proof
