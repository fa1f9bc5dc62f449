// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>

#include "defilada/proof/motions.hpp"

/// Control points of movers in Bernstein form, with a bound of their rounding error.
namespace defilada::proof {

/// Where double does not decide: 113 bits, the same on every machine. It is slow and rarely asked.
using Extended = boost::multiprecision::number<
    boost::multiprecision::cpp_bin_float<113, boost::multiprecision::digit_base_2, void,
                                         std::int32_t, -16382, 16383>,
    boost::multiprecision::et_off>;

/// Unit roundoff.
template <class Real>
inline constexpr double kUnit = 0x1p-53;
template <>
inline constexpr double kUnit<Extended> = 0x1p-112;

inline constexpr int kMaxPoints = kMaxDegree + 1;

/// A curve on [0, 1]: b(s) = sum of p[k] C(n,k) s^k (1-s)^(n-k). Rows of four, so that one
/// instruction moves a point; the last of four is unused.
template <class Real>
struct Curve {
  int degree = 0;
  std::array<std::array<Real, 4>, kMaxPoints>
      p;             ///< not set beyond `degree`: half a kilobyte a curve
  double error = 0;  ///< the true curve is at most this far, at every s
};

/// Numbers of combinations and their reciprocals.
struct Binomials {
  std::array<std::array<double, 2 * kMaxDegree + 1>, 2 * kMaxDegree + 1> choose{};
  constexpr Binomials() {
    for (std::size_t n = 0; n < choose.size(); ++n) {
      choose[n][0] = 1;
      for (std::size_t k = 1; k <= n; ++k)
        choose[n][k] = choose[n - 1][k - 1] + (k < n ? choose[n - 1][k] : 0);
    }
  }
};
inline constexpr Binomials kBinomials{};

/// Powers of u become powers of u - u0, in place: Horner's shift.
template <class Real>
inline void shift(Curve<Real>& curve, const Real& u0) {
  if (u0 == 0) return;
  auto& p = curve.p;
  for (int i = 0; i < curve.degree; ++i) {
    for (int j = curve.degree - 1; j >= i; --j) {
      for (int d = 0; d < 4; ++d) p[j][d] += u0 * p[j + 1][d];
    }
  }
}

/// Coefficients of powers of u in place, to Bernstein control points on 0 <= u <= w: scale, then
/// the sums b_i = sum C(i,k) / C(n,k) a_k.
template <class Real>
inline void to_bernstein(Curve<Real>& curve, const Real& w) {
  const int n = curve.degree;
  auto& p = curve.p;
  Real power = w;
  for (int k = 1; k <= n; ++k) {
    const Real factor = power / kBinomials.choose[n][k];
    for (int d = 0; d < 4; ++d) p[k][d] *= factor;
    power *= w;
  }
  for (int i = 1; i <= n; ++i) {
    for (int j = n; j >= i; --j) {
      for (int d = 0; d < 4; ++d) p[j][d] += p[j - 1][d];
    }
  }
}

/// The place of a mover on one of its pieces, by powers of t - t0_s. Returns the sum of all
/// absolute terms up to t1_s.
template <class Real>
double powers_of(const Motions& motions, const MotionMover& mover, const MotionPiece& piece,
                 double t0_s, double t1_s, Curve<Real>& curve) {
  curve.degree = piece.degree;
  const double reach = std::abs(t0_s - piece.t0_s) + std::abs(t1_s - t0_s);
  const Coefficient* c = &motions.coefficients[piece.first_coefficient];
  const double left = std::abs(mover.left_m);
  double sum = 0;
  double power = 1;
  for (int k = 0; k <= piece.degree; ++k, power *= reach) {
    double term = std::abs(c[k][0]) + std::abs(c[k][1]) + std::abs(c[k][2]);
    curve.p[k] = {Real(c[k][0]), Real(c[k][1]), Real(c[k][2]), Real(0)};
    if (left != 0) {
      curve.p[k][0] += Real(mover.left_m) * Real(c[k][3]);
      curve.p[k][1] += Real(mover.left_m) * Real(c[k][4]);
      term += left * (std::abs(c[k][3]) + std::abs(c[k][4]));
    }
    sum += power * term;
  }
  for (int d = 0; d < 3; ++d) {
    curve.p[0][d] += Real(mover.offset_m[d]);
    sum += std::abs(mover.offset_m[d]);
  }
  shift(curve, Real(Real(t0_s) - Real(piece.t0_s)));
  return sum;
}

/// Units of the sum of all absolute terms that a control point is off by, every rounding from the
/// piece's own numbers on (docs/proof.md, "Control points").
constexpr int roundings(int degree) {
  return 8 * degree + 16;
}

/// Control points of a mover on [t0, t1] within one of its pieces.
template <class Real>
Curve<Real> control_points(const Motions& motions, const MotionMover& mover,
                           const MotionPiece& piece, double t0_s, double t1_s) {
  Curve<Real> curve;
  const double sum = powers_of(motions, mover, piece, t0_s, t1_s, curve);
  to_bernstein(curve, Real(Real(t1_s) - Real(t0_s)));
  curve.error = roundings(curve.degree) * kUnit<Real> * sum * (1 + 1e-9);
  return curve;
}

/// One mover on one of its pieces.
struct OnPiece {
  const MotionMover& mover;
  const MotionPiece& piece;
};

/// Control points of b less a on [t0, t1]. The powers are subtracted, which is one rounding more of
/// each and spares raising the lower degree.
template <class Real>
Curve<Real> relative_points(const Motions& motions, const OnPiece& a, const OnPiece& b, double t0_s,
                            double t1_s) {
  Curve<Real> own;
  Curve<Real> r;
  const double sum = powers_of(motions, a.mover, a.piece, t0_s, t1_s, own) +
                     powers_of(motions, b.mover, b.piece, t0_s, t1_s, r);
  for (int k = 0; k <= own.degree; ++k) {
    if (k > r.degree) r.p[k] = {Real(0), Real(0), Real(0), Real(0)};
    for (int d = 0; d < 4; ++d) r.p[k][d] -= own.p[k][d];
  }
  r.degree = std::max(r.degree, own.degree);
  to_bernstein(r, Real(Real(t1_s) - Real(t0_s)));
  r.error = (roundings(r.degree) + 1) * kUnit<Real> * sum * (1 + 1e-9);
  return r;
}

/// Better than a micrometre whatever the powers of time: a piece of hours loses digits in double,
/// then `finely` is asked.
template <class Finely>
inline void make_safe(Curve<double>& curve, const Finely& finely) {
  if (curve.error < 1e-7) return;
  const Curve<Extended> fine = finely();
  double size = 0;
  for (int k = 0; k <= fine.degree; ++k) {
    for (int d = 0; d < 3; ++d) {
      curve.p[k][d] = static_cast<double>(fine.p[k][d]);
      size = std::max(size, std::abs(curve.p[k][d]));
    }
  }
  curve.error = fine.error * (1 + 1e-9) + 4 * kUnit<double> * size;
}
inline Curve<double> safe_control_points(const Motions& motions, const MotionMover& mover,
                                         const MotionPiece& piece, double t0_s, double t1_s) {
  Curve<double> curve = control_points<double>(motions, mover, piece, t0_s, t1_s);
  make_safe(curve, [&] { return control_points<Extended>(motions, mover, piece, t0_s, t1_s); });
  return curve;
}
inline Curve<double> safe_relative_points(const Motions& motions, const OnPiece& a,
                                          const OnPiece& b, double t0_s, double t1_s) {
  Curve<double> curve = relative_points<double>(motions, a, b, t0_s, t1_s);
  make_safe(curve, [&] { return relative_points<Extended>(motions, a, b, t0_s, t1_s); });
  return curve;
}

/// Control points of the left normal of the mover's body, in [0] and [1].
template <class Real>
Curve<Real> normal_points(const Motions& motions, const MotionPiece& piece, double t0_s,
                          double t1_s) {
  using std::cos;
  using std::sin;
  Curve<Real> curve;
  curve.degree = piece.degree;
  const Coefficient* c = &motions.coefficients[piece.first_coefficient];
  const Real cosine = cos(Real(piece.facing_rad));
  const Real sine = sin(Real(piece.facing_rad));
  const double reach = std::abs(t0_s - piece.t0_s) + std::abs(t1_s - t0_s);
  double sum = 0;
  double power = 1;
  for (int k = 0; k <= piece.degree; ++k, power *= reach) {
    // N' = N cos f - D sin f, where the direction D of the path is (ny, -nx).
    curve.p[k][0] = Real(c[k][3]) * cosine - Real(c[k][4]) * sine;
    curve.p[k][1] = Real(c[k][4]) * cosine + Real(c[k][3]) * sine;
    curve.p[k][2] = curve.p[k][3] = Real(0);
    sum += power * 2 * (std::abs(c[k][3]) + std::abs(c[k][4]));
  }
  // Whoever has no direction: a disc.
  if (sum == 0) {
    curve.degree = 0;
    curve.p[0][1] = Real(1);
  }
  shift(curve, Real(Real(t0_s) - Real(piece.t0_s)));
  to_bernstein(curve, Real(Real(t1_s) - Real(t0_s)));
  curve.error = (8 * piece.degree + 24) * kUnit<Real> * sum * (1 + 1e-9);
  return curve;
}

/// Raises the degree; the curve stays the same but for 3 units a step, added to the error.
template <class Real>
void raise(Curve<Real>& curve, int degree) {
  while (curve.degree < degree) {
    const int n = curve.degree++;
    curve.p[n + 1] = curve.p[n];
    double size = 0;
    for (int k = n; k >= 1; --k) {
      const Real share = Real(k) / Real(n + 1);
      for (int d = 0; d < 3; ++d) {
        curve.p[k][d] = curve.p[k][d] + share * (curve.p[k - 1][d] - curve.p[k][d]);
      }
    }
    for (int k = 0; k <= n + 1; ++k) {
      for (int d = 0; d < 3; ++d) {
        using std::abs;
        size = std::max(size, static_cast<double>(abs(curve.p[k][d])));
      }
    }
    curve.error += 12 * kUnit<Real> * size;
  }
}

/// Both halves of a curve (de Casteljau). n additions of at most one unit each and exact halvings.
template <class Real>
inline void halve(const Curve<Real>& curve, Curve<Real>& first, Curve<Real>& second) {
  const int n = curve.degree;
  second = curve;
  first.degree = n;
  auto& p = second.p;
  double size = 0;
  first.p[0] = p[0];
  for (int i = 1; i <= n; ++i) {
    for (int k = 0; k <= n - i; ++k) {
      for (int d = 0; d < 4; ++d) p[k][d] = (p[k][d] + p[k + 1][d]) * 0.5;
    }
    first.p[i] = p[0];
  }
  for (int k = 0; k <= n; ++k) {
    using std::abs;
    for (int d = 0; d < 3; ++d) size = std::max(size, static_cast<double>(abs(curve.p[k][d])));
  }
  first.error = second.error = curve.error + 2 * n * kUnit<Real> * size;
}

}  // namespace defilada::proof
