// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "gauge.hpp"

/// Two discs pass each other: on a stretch without much of a turn |r|^2 is convex, has one least
/// point, and Newton's method finds it and where it crosses a limit. No halving is needed.
///
///     |r|^2 \              /
///            \            /        the tangent at s* lies below a convex curve: a lower bound
///     limit --\----------/--       over the whole stretch, as good as the slope at s* is near 0
///              `-.____.-'
///         ______ _s*_ _______
namespace defilada::proof {

/// r and its derivatives at s, by de Casteljau's algorithm.
template <class Real>
struct Jet {
  std::array<Real, 4> r;
  std::array<Real, 4> first;   ///< by s
  std::array<Real, 4> second;  ///< by s, twice
};

template <class Real>
inline Jet<Real> jet_at(const Curve<Real>& curve, const Real& s) {
  const int n = curve.degree;
  Jet<Real> jet;
  if (n == 0) {
    jet.r = curve.p[0];
    for (int d = 0; d < 4; ++d) jet.first[d] = jet.second[d] = Real(0);
    return jet;
  }
  std::array<std::array<Real, 4>, kMaxPoints> p;
  for (int k = 0; k <= n; ++k) p[k] = curve.p[k];
  const auto step = [&](int last) {
    for (int k = 0; k <= last; ++k) {
      for (int d = 0; d < 4; ++d) p[k][d] += s * (p[k + 1][d] - p[k][d]);
    }
  };
  for (int last = n - 1; last >= 2; --last) step(last);
  for (int d = 0; d < 4; ++d) {
    jet.second[d] =
        n == 1 ? Real(0)
               : Real((p[2][d] - 2 * p[1][d] + p[0][d]) * static_cast<double>(n * (n - 1)));
  }
  if (n >= 2) step(1);
  for (int d = 0; d < 4; ++d) {
    jet.first[d] = (p[1][d] - p[0][d]) * static_cast<double>(n);
    jet.r[d] = p[0][d] + s * (p[1][d] - p[0][d]);
  }
  return jet;
}

/// |r|^2 and its derivatives by s.
template <class Real>
struct SquareJet {
  Real value;
  Real first;
  Real second;
};

template <class Real>
inline SquareJet<Real> square_at(const Curve<Real>& curve, const Real& s, int dims) {
  const Jet<Real> jet = jet_at(curve, s);
  const auto dot = [dims](const std::array<Real, 4>& a, const std::array<Real, 4>& b) {
    Real sum = a[0] * b[0] + a[1] * b[1];
    if (dims == 3) sum += a[2] * b[2];
    return sum;
  };
  return {dot(jet.r, jet.r), 2 * dot(jet.r, jet.first),
          2 * (dot(jet.first, jet.first) + dot(jet.r, jet.second))};
}

/// The least point of a stretch on which |r|^2 is strictly convex.
template <class Real>
struct Valley {
  Real s;
  Range<Real> at;  ///< |r| at s
  Real lower;      ///< |r| on the whole stretch is at least this
};

/// Whether the exact |r|^2 of the control points is convex for certain: its second differences are
/// positive beyond what rounding can do to them.
template <class Real>
bool is_convex(const Curve<Real>& r, const Square<Real>& square) {
  const Products<Real>& q = square.q;
  for (int m = 0; m + 2 <= 2 * r.degree; ++m) {
    if (!(q[m + 2] - 2 * q[m + 1] + q[m] > 5 * square.guard)) return false;
  }
  return r.degree > 0;
}

/// None where |r|^2 may not be convex. docs/proof.md, "Valleys", has the guards.
template <class Real>
std::optional<Valley<Real>> find_valley(const Curve<Real>& r, int dims,
                                        const Square<Real>& square) {
  using std::abs;
  using std::sqrt;
  if (!is_convex(r, square)) return std::nullopt;
  const double size = square.size;
  const int n = r.degree;
  const double unit = kUnit<Real>;
  const double moved = 16 * n * unit * size;         // of r(s)
  const double turned = 40.0 * n * n * unit * size;  // of r'(s)
  const double pace = 2.0 * n * size * (1 + 1e-9);   // no |r'| is larger
  const double slope_error = 2 * (size * turned + pace * moved) * (1 + 1e-9);
  // Where the chord is nearest; then Newton, which needs no more than a few steps.
  Real along = 0;
  Real length = 0;
  for (int d = 0; d < dims; ++d) {
    const Real way = r.p[r.degree][d] - r.p[0][d];
    along -= r.p[0][d] * way;
    length += way * way;
  }
  const auto inside = [](const Real& s) { return s < 0 ? Real(0) : s > 1 ? Real(1) : s; };
  Real s = length > 0 ? inside(Real(along / length)) : Real(0.5);
  SquareJet<Real> jet = square_at(r, s, dims);
  for (int step = 0; step < 12 && abs(jet.first) > slope_error && jet.second > 0; ++step) {
    const Real next = inside(Real(s - jet.first / jet.second));
    if (next == s) break;
    s = next;
    jet = square_at(r, s, dims);
  }
  // The slope that is left, in the direction in which there is more of the stretch.
  const Real down =
      (s > 0 && jet.first > 0) || (s < 1 && jet.first < 0) ? Real(abs(jet.first)) : Real(0);
  const Real most = jet.value - down - slope_error - 2 * size * moved - 8 * unit * size * size;
  Valley<Real> valley;
  valley.s = s;
  const Real value = sqrt(jet.value);
  const Real slack = r.error + moved + 4 * unit * size;
  valley.at = {value > slack ? Real(value - slack) : Real(0), Real(value + slack)};
  const Real bound = most > 0 ? Real(sqrt(most) - (r.error + 4 * unit * size)) : Real(0);
  valley.lower = bound > 0 ? bound : Real(0);
  return valley;
}

/// Where |r| crosses `limit` on the way from the valley to `end` (0 or 1), or `end` where it does
/// not. Newton from beyond the crossing, where a convex curve sends it nearer each time.
inline double crossing(const Curve<double>& r, int dims, const Valley<double>& valley, double limit,
                       double end) {
  const double square = limit * limit;
  if (!(square_at(r, end, dims).value >= square)) return end;
  const SquareJet<double> least = square_at(r, valley.s, dims);
  // A parabola about the valley tells where to begin.
  const double half = std::sqrt(std::max(0.0, 2 * (square - least.value) / least.second));
  double s = end > valley.s ? std::min(end, valley.s + half) : std::max(end, valley.s - half);
  for (int step = 0; step < 40; ++step) {
    const SquareJet<double> jet = square_at(r, s, dims);
    const double over = jet.value - square;
    if ((end > valley.s) != (jet.first > 0)) return s;
    const double next = s - over / jet.first;
    const double kept =
        end > valley.s ? std::clamp(next, valley.s, end) : std::clamp(next, end, valley.s);
    if (std::abs(kept - s) <= 0x1p-46) return kept;
    s = kept;
  }
  return s;
}

/// The part of [0, 1] on which |r| is below `limit`, which it is in the valley.
inline std::array<double, 2> broken_part(const Curve<double>& r, int dims,
                                         const Valley<double>& valley, double limit) {
  return {crossing(r, dims, valley, limit, 0), crossing(r, dims, valley, limit, 1)};
}

}  // namespace defilada::proof
