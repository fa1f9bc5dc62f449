// SPDX-License-Identifier: MIT
#include "envelope.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bernstein.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "envelope.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Once for all instruction sets.
#ifndef DEFILADA_PROOF_ENVELOPE_CPP
#define DEFILADA_PROOF_ENVELOPE_CPP
#ifdef __clang__
#define DEFILADA_UNROLL _Pragma("unroll")
#else
#define DEFILADA_UNROLL _Pragma("GCC unroll 16")
#endif
namespace defilada::proof {

inline constexpr std::size_t kStride = std::tuple_size_v<Coefficient>;

/// 1 / C(n,k).
struct Shares {
  double of[kMaxPoints][kMaxPoints] = {};
  constexpr Shares() {
    for (std::size_t n = 0; n < kMaxPoints; ++n) {
      for (std::size_t k = 0; k <= n; ++k) of[n][k] = 1 / kBinomials.choose[n][k];
    }
  }
};
inline constexpr Shares kShares{};

/// A piece as the vectors take it: powers of (t - t0) in rows of kStride numbers, from `since_s` on
/// for `length_s`.
struct CutPiece {
  const double* c = nullptr;
  int degree = 0;
  double since_s = 0;
  double length_s = 0;
  double begins_s = 0;  ///< after the beginning of the chord
};

/// Pieces that follow each other, cut to a stretch of time.
struct Cuts {
  const Motions& motions;
  std::span<const MotionPiece> pieces;
  double from_s;
  double to_s;
  [[nodiscard]] CutPiece cut(std::size_t i) const {
    const MotionPiece& piece = pieces[i];
    const double from = std::max(from_s, piece.t0_s);
    return {motions.coefficients[piece.first_coefficient].data(), piece.degree, from - piece.t0_s,
            std::min(to_s, piece.t1_s) - from, from - from_s};
  }
};

/// What is taken off: first + rate (t - the beginning of all pieces).
struct ChordOf {
  std::array<double, 4> first{};
  std::array<double, 4> rate{};
};

/// What has been seen of all pieces: the least and largest difference from the chord, and the
/// largest sum of absolute terms, along each axis.
struct Seen {
  std::array<double, 4> low;
  std::array<double, 4> high;
  std::array<double, 4> terms{};
};

/// The place at `at_s` after the piece's own beginning, by Horner.
inline void place(const CutPiece& piece, const MotionMover& mover, double at_s,
                  std::array<double, 4>& out) {
  out = {};
  for (int k = piece.degree; k >= 0; --k) {
    const double* c = piece.c + kStride * static_cast<std::size_t>(k);
    out[0] = out[0] * at_s + (c[0] + mover.left_m * c[3]);
    out[1] = out[1] * at_s + (c[1] + mover.left_m * c[4]);
    out[2] = out[2] * at_s + c[2];
  }
  for (std::size_t d = 0; d < 3; ++d) out[d] += mover.offset_m[d];
}

/// bound() for degrees that vectors are not made for.
inline void bound_any(const CutPiece& piece, const MotionMover& mover, const ChordOf& chord,
                      Seen& seen) {
  Curve<double> curve;
  curve.degree = piece.degree;
  std::array<double, 4> terms{};
  const double reach = piece.since_s + piece.length_s;
  for (int k = piece.degree; k >= 0; --k) {
    const double* c = piece.c + kStride * static_cast<std::size_t>(k);
    curve.p[k] = {c[0] + mover.left_m * c[3], c[1] + mover.left_m * c[4], c[2], 0};
    for (std::size_t d = 0; d < 3; ++d) {
      if (k == 0) curve.p[0][d] += mover.offset_m[d];
      terms[d] = terms[d] * reach + std::abs(curve.p[k][d]);
    }
  }
  shift(curve, piece.since_s);
  for (std::size_t d = 0; d < 3; ++d) {
    curve.p[0][d] -= chord.first[d] + piece.begins_s * chord.rate[d];
    curve.p[1][d] -= chord.rate[d];
  }
  to_bernstein(curve, piece.length_s);
  for (std::size_t d = 0; d < 3; ++d) {
    seen.terms[d] = std::max(seen.terms[d], terms[d]);
    for (int k = 0; k <= curve.degree; ++k) {
      seen.low[d] = std::min(seen.low[d], curve.p[k][d]);
      seen.high[d] = std::max(seen.high[d], curve.p[k][d]);
    }
  }
}

}  // namespace defilada::proof
#endif

HWY_BEFORE_NAMESPACE();
namespace defilada::proof::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using Four = hn::CappedTag<double, 4>;
using Vector = hn::Vec<Four>;

/// Powers of a piece, a mover's own place in them, in the axes from `axis` on.
template <int kDegree>
HWY_INLINE void load(const double* c, const MotionMover& mover, std::size_t axis, Vector offset,
                     Vector* p) {
  const Four d;
  DEFILADA_UNROLL
  for (int k = 0; k <= kDegree; ++k)
    p[k] = hn::LoadU(d, c + kStride * static_cast<std::size_t>(k) + axis);
  if (mover.left_m != 0) {
    DEFILADA_UNROLL
    for (int k = 0; k <= kDegree; ++k) {
      const double* own = c + kStride * static_cast<std::size_t>(k);
      const std::array<double, 4> beside{mover.left_m * own[3], mover.left_m * own[4], 0, 0};
      p[k] = hn::Add(p[k], hn::LoadU(d, beside.data() + axis));
    }
  }
  p[0] = hn::Add(p[0], offset);
}

/// Powers on a stretch of the length to Bernstein form there.
template <int kDegree>
HWY_INLINE void to_bernstein(Vector* p, double length_s) {
  const Four d;
  double power = length_s;
  DEFILADA_UNROLL
  for (int k = 1; k <= kDegree; ++k) {
    p[k] = hn::Mul(p[k], hn::Set(d, power * kShares.of[kDegree][k]));
    power *= length_s;
  }
  DEFILADA_UNROLL
  for (int i = 1; i <= kDegree; ++i) {
    DEFILADA_UNROLL
    for (int j = kDegree; j >= i; --j) p[j] = hn::Add(p[j], p[j - 1]);
  }
}

/// Widens what has been seen by the control points, halved once if `fine`.
template <int kDegree>
HWY_INLINE void see(Vector* p, bool fine, Vector& low, Vector& high) {
  const Four d;
  low = hn::Min(low, hn::Min(p[0], p[kDegree]));
  high = hn::Max(high, hn::Max(p[0], p[kDegree]));
  if (fine) {
    // The first half is left behind point by point, the second stays; where they meet lies between
    // its neighbours.
    const auto half = hn::Set(d, 0.5);
    DEFILADA_UNROLL
    for (int i = 1; i < kDegree; ++i) {
      DEFILADA_UNROLL
      for (int k = 0; k <= kDegree - i; ++k)
        p[k] = hn::Mul(hn::Add(p[k], p[k + 1 > kDegree ? kDegree : k + 1]), half);
      low = hn::Min(low, p[0]);
      high = hn::Max(high, p[0]);
    }
  }
  DEFILADA_UNROLL
  for (int k = 1; k < kDegree; ++k) {
    low = hn::Min(low, p[k]);
    high = hn::Max(high, p[k]);
  }
}

/// Widens what has been seen by the control points of pieces of one degree less the chord. Loops
/// are unrolled so that the points stay in registers, and what has been seen stays there from piece
/// to piece: three times as fast.
template <int kDegree>
void bound_pieces(const Cuts& cuts, std::size_t first, std::size_t end, const MotionMover& mover,
                  const ChordOf& chord, bool fine, Seen& seen) {
  const Four d;
  constexpr int n = std::max(kDegree, 1);
  const std::array<double, 4> own{mover.offset_m[0], mover.offset_m[1], mover.offset_m[2], 0};
  for (std::size_t axis = 0; axis < 4; axis += hn::Lanes(d)) {
    const auto offset = hn::LoadU(d, own.data() + axis);
    const auto begins = hn::LoadU(d, chord.first.data() + axis);
    const auto rate = hn::LoadU(d, chord.rate.data() + axis);
    Vector low = hn::LoadU(d, seen.low.data() + axis);
    Vector high = hn::LoadU(d, seen.high.data() + axis);
    Vector most = hn::LoadU(d, seen.terms.data() + axis);
    for (std::size_t i = first; i < end; ++i) {
      const CutPiece piece = cuts.cut(i);
      Vector p[n + 1];
      load<kDegree>(piece.c, mover, axis, offset, p);
      if (kDegree == 0) p[1] = hn::Zero(d);
      Vector terms = hn::Abs(p[n]);
      const auto reach = hn::Set(d, piece.since_s + piece.length_s);
      DEFILADA_UNROLL
      for (int k = n - 1; k >= 0; --k) terms = hn::Add(hn::Mul(terms, reach), hn::Abs(p[k]));
      most = hn::Max(most, terms);
      if (piece.since_s != 0) {
        const auto since = hn::Set(d, piece.since_s);
        DEFILADA_UNROLL
        for (int k = 0; k < n; ++k) {
          DEFILADA_UNROLL
          for (int j = n - 1; j >= k; --j) p[j] = hn::Add(p[j], hn::Mul(since, p[j + 1]));
        }
      }
      const auto passed = hn::Set(d, piece.begins_s);
      p[0] = hn::Sub(p[0], hn::Add(begins, hn::Mul(passed, rate)));
      p[1] = hn::Sub(p[1], rate);
      to_bernstein<n>(p, piece.length_s);
      see<n>(p, fine, low, high);
    }
    hn::StoreU(low, d, seen.low.data() + axis);
    hn::StoreU(high, d, seen.high.data() + axis);
    hn::StoreU(most, d, seen.terms.data() + axis);
  }
}

void bound(const Cuts& cuts, std::size_t first, std::size_t end, const MotionMover& mover,
           const ChordOf& chord, bool fine, Seen& seen) {
  switch (cuts.pieces[first].degree) {
    case 0: return bound_pieces<0>(cuts, first, end, mover, chord, fine, seen);
    case 1: return bound_pieces<1>(cuts, first, end, mover, chord, fine, seen);
    case 2: return bound_pieces<2>(cuts, first, end, mover, chord, fine, seen);
    case 3: return bound_pieces<3>(cuts, first, end, mover, chord, fine, seen);
    case 4: return bound_pieces<4>(cuts, first, end, mover, chord, fine, seen);
    case 5: return bound_pieces<5>(cuts, first, end, mover, chord, fine, seen);
    case 6: return bound_pieces<6>(cuts, first, end, mover, chord, fine, seen);
    case 7: return bound_pieces<7>(cuts, first, end, mover, chord, fine, seen);
    default:
      for (std::size_t i = first; i < end; ++i) bound_any(cuts.cut(i), mover, chord, seen);
  }
}

}  // namespace

bool envelope(const Motions& motions, const MotionMover& mover, std::span<const MotionPiece> pieces,
              double from_s, double to_s, Envelope& out) {
  if (pieces.empty() || pieces.front().t0_s > from_s) return false;
  std::size_t count = 1;
  int degree = pieces[0].degree;
  while (pieces[count - 1].t1_s < to_s) {
    if (count == pieces.size() || pieces[count].t0_s != pieces[count - 1].t1_s) return false;
    degree = std::max(degree, pieces[count].degree);
    ++count;
  }
  const Cuts cuts{motions, pieces, from_s, to_s};
  const double length = to_s - from_s;
  place(cuts.cut(0), mover, from_s - pieces[0].t0_s, out.from);
  place(cuts.cut(count - 1), mover, to_s - pieces[count - 1].t0_s, out.to);
  ChordOf chord;
  for (std::size_t d = 0; d < 3; ++d)
    chord.rate[d] = length > 0 ? (out.to[d] - out.from[d]) / length : 0;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Seen seen;
  seen.low.fill(kInfinity);
  seen.high.fill(-kInfinity);
  chord.first = out.from;
  for (std::size_t i = 0; i < count;) {
    std::size_t end = i + 1;
    while (end < count && pieces[end].degree == pieces[i].degree) ++end;
    bound(cuts, i, end, mover, chord, count > 1, seen);
    i = end;
  }
  double sum = 0;
  for (std::size_t d = 0; d < 3; ++d)
    sum += seen.terms[d] + std::abs(out.from[d]) + std::abs(out.to[d]);
  // Those of control points, of a halving, and of the chord.
  const double error = (roundings(std::max(degree, 1)) + 2 * degree + 16) * kUnit<double> * sum;
  if (!(error < 1e-7)) return false;
  for (std::size_t d = 0; d < 3; ++d) {
    const double middle = 0.5 * (seen.low[d] + seen.high[d]);
    out.from[d] += middle;
    out.to[d] += middle;
    out.half[d] = 0.5 * (seen.high[d] - seen.low[d]) + error;
  }
  out.from[3] = out.to[3] = out.half[3] = 0;
  return true;
}

}  // namespace defilada::proof::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace defilada::proof {

HWY_EXPORT(envelope);

bool find_envelope(const Motions& motions, const MotionMover& mover,
                   std::span<const MotionPiece> pieces, double from_s, double to_s, Envelope& out) {
  return HWY_DYNAMIC_DISPATCH(envelope)(motions, mover, pieces, from_s, to_s, out);
}

}  // namespace defilada::proof
#endif
