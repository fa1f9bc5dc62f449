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
namespace defilada::proof {

inline constexpr std::size_t kStride = std::tuple_size_v<Coefficient>;

/// A piece as the vectors take it: powers of (t - t0) in rows of kStride numbers, from `since_s` on
/// for `length_s`.
struct CutPiece {
  const double* c = nullptr;
  int degree = 0;
  double since_s = 0;
  double length_s = 0;
};

/// What is taken off a piece: first + rate (t - its beginning).
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

}  // namespace defilada::proof
#endif

HWY_BEFORE_NAMESPACE();
namespace defilada::proof::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using Four = hn::CappedTag<double, 4>;
using Vector = hn::Vec<Four>;

/// Powers of a piece, a mover's own place in them, in the axes from `axis` on.
void load(const CutPiece& piece, const MotionMover& mover, std::size_t axis, Vector* p) {
  const Four d;
  for (int k = 0; k <= piece.degree; ++k) {
    const double* c = piece.c + kStride * static_cast<std::size_t>(k);
    p[k] = hn::LoadU(d, c + axis);
    if (mover.left_m == 0) continue;
    const std::array<double, 4> beside{mover.left_m * c[3], mover.left_m * c[4], 0, 0};
    p[k] = hn::Add(p[k], hn::LoadU(d, beside.data() + axis));
  }
  const std::array<double, 4> offset{mover.offset_m[0], mover.offset_m[1], mover.offset_m[2], 0};
  p[0] = hn::Add(p[0], hn::LoadU(d, offset.data() + axis));
}

/// The place at `at_s` after the piece's own beginning, by Horner.
void place(const CutPiece& piece, const MotionMover& mover, double at_s,
           std::array<double, 4>& out) {
  const Four d;
  Vector p[kMaxPoints];
  for (std::size_t axis = 0; axis < 4; axis += hn::Lanes(d)) {
    load(piece, mover, axis, p);
    Vector sum = p[piece.degree];
    for (int k = piece.degree - 1; k >= 0; --k) sum = hn::Add(hn::Mul(sum, hn::Set(d, at_s)), p[k]);
    hn::StoreU(sum, d, out.data() + axis);
  }
}

/// Widens `low` and `high` by the control points of a piece less the chord, halved once if `fine`.
void bound(const CutPiece& piece, const MotionMover& mover, const ChordOf& chord, bool fine,
           Seen& seen) {
  const Four d;
  Vector p[kMaxPoints];
  for (std::size_t axis = 0; axis < 4; axis += hn::Lanes(d)) {
    load(piece, mover, axis, p);
    int n = piece.degree;
    Vector terms = hn::LoadU(d, seen.terms.data() + axis);
    Vector own = hn::Abs(p[n]);
    const auto reach = hn::Set(d, piece.since_s + piece.length_s);
    for (int k = n - 1; k >= 0; --k) own = hn::Add(hn::Mul(own, reach), hn::Abs(p[k]));
    terms = hn::Max(terms, own);
    hn::StoreU(terms, d, seen.terms.data() + axis);
    if (piece.since_s != 0) {
      const auto since = hn::Set(d, piece.since_s);
      for (int i = 0; i < n; ++i) {
        for (int j = n - 1; j >= i; --j) p[j] = hn::Add(p[j], hn::Mul(since, p[j + 1]));
      }
    }
    if (n == 0) p[n = 1] = hn::Zero(d);
    p[0] = hn::Sub(p[0], hn::LoadU(d, chord.first.data() + axis));
    p[1] = hn::Sub(p[1], hn::LoadU(d, chord.rate.data() + axis));
    double power = piece.length_s;
    for (int k = 1; k <= n; ++k) {
      p[k] = hn::Mul(p[k], hn::Set(d, power / kBinomials.choose[n][k]));
      power *= piece.length_s;
    }
    for (int i = 1; i <= n; ++i) {
      for (int j = n; j >= i; --j) p[j] = hn::Add(p[j], p[j - 1]);
    }
    Vector low = hn::Min(hn::LoadU(d, seen.low.data() + axis), hn::Min(p[0], p[n]));
    Vector high = hn::Max(hn::LoadU(d, seen.high.data() + axis), hn::Max(p[0], p[n]));
    if (fine && n > 1) {
      // The first half is left behind point by point, the second stays.
      const auto half = hn::Set(d, 0.5);
      for (int i = 1; i <= n; ++i) {
        for (int k = 0; k + i <= n; ++k) p[k] = hn::Mul(hn::Add(p[k], p[k + 1]), half);
        low = hn::Min(low, p[0]);
        high = hn::Max(high, p[0]);
      }
    }
    for (int k = 1; k < n; ++k) {
      low = hn::Min(low, p[k]);
      high = hn::Max(high, p[k]);
    }
    hn::StoreU(low, d, seen.low.data() + axis);
    hn::StoreU(high, d, seen.high.data() + axis);
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
  const auto cut = [&](std::size_t i) {
    const MotionPiece& piece = pieces[i];
    const double from = std::max(from_s, piece.t0_s);
    return CutPiece{motions.coefficients[piece.first_coefficient].data(), piece.degree,
                    from - piece.t0_s, std::min(to_s, piece.t1_s) - from};
  };
  const double length = to_s - from_s;
  place(cut(0), mover, from_s - pieces[0].t0_s, out.from);
  place(cut(count - 1), mover, to_s - pieces[count - 1].t0_s, out.to);
  ChordOf chord;
  for (std::size_t d = 0; d < 3; ++d)
    chord.rate[d] = length > 0 ? (out.to[d] - out.from[d]) / length : 0;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  Seen seen;
  seen.low.fill(kInfinity);
  seen.high.fill(-kInfinity);
  for (std::size_t i = 0; i < count; ++i) {
    const double begins = std::max(from_s, pieces[i].t0_s) - from_s;
    for (std::size_t d = 0; d < 3; ++d) chord.first[d] = out.from[d] + begins * chord.rate[d];
    bound(cut(i), mover, chord, count > 1, seen);
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
