// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "bernstein.hpp"

/// Bounds of the distance of two movers over a stretch of time, rounding included: every `lower` is
/// below the true value, every `upper` above it. docs/proof.md has the argument for each guard.
namespace defilada::proof {

template <class Real>
struct Range {
  Real lower;
  Real upper;
};

/// Largest sum of absolute coordinates of the control points: no point of the curve is further out.
template <class Real>
double size_of(const Curve<Real>& curve) {
  using std::abs;
  double size = 0;
  for (int k = 0; k <= curve.degree; ++k) {
    const auto& p = curve.p[k];
    size = std::max(size, static_cast<double>(abs(p[0]) + abs(p[1]) + abs(p[2])));
  }
  return size * (1 + 1e-15);
}

/// weight[n][m][i] = C(n,i) C(n,m-i) / C(2n,m): the share of p_i p_(m-i) in coefficient m of the
/// product of two curves of degree n. They add up to 1.
struct ProductWeights {
  std::array<std::array<std::array<double, kMaxPoints>, 2 * kMaxDegree + 1>, kMaxPoints> weight{};
  ProductWeights() {
    for (int n = 0; n <= kMaxDegree; ++n) {
      for (int m = 0; m <= 2 * n; ++m) {
        for (int i = std::max(0, m - n); i <= std::min(m, n); ++i) {
          weight[n][m][i] =
              kBinomials.choose[n][i] * kBinomials.choose[n][m - i] / kBinomials.choose[2 * n][m];
        }
      }
    }
  }
};
inline const ProductWeights& product_weights() {
  static const ProductWeights weights;
  return weights;
}
template <class Real>
inline Real weight(int n, int m, int i) {
  if constexpr (std::is_same_v<Real, double>) {
    return product_weights().weight[n][m][i];
  } else {
    return Real(kBinomials.choose[n][i] * kBinomials.choose[n][m - i]) /
           Real(kBinomials.choose[2 * n][m]);
  }
}

template <class Real>
using Products = std::array<Real, 2 * kMaxDegree + 1>;

/// Bernstein coefficients of the dot product of two curves of the same degree, in `dims`
/// dimensions. Each is off by at most (2n + 24) units of size(a) size(b).
template <class Real>
void dot_product(const Curve<Real>& a, const Curve<Real>& b, int dims, Products<Real>& out) {
  const int n = a.degree;
  for (int m = 0; m <= 2 * n; ++m) {
    Real sum = 0;
    for (int i = std::max(0, m - n); i <= std::min(m, n); ++i) {
      Real dot = a.p[i][0] * b.p[m - i][0] + a.p[i][1] * b.p[m - i][1];
      if (dims == 3) dot += a.p[i][2] * b.p[m - i][2];
      sum += weight<Real>(n, m, i) * dot;
    }
    out[m] = sum;
  }
}

/// Bernstein coefficients of |r|^2: the same, each product once.
template <class Real>
void square(const Curve<Real>& r, int dims, Products<Real>& out) {
  const int n = r.degree;
  const auto dot = [&](int i, int j) {
    Real sum = r.p[i][0] * r.p[j][0] + r.p[i][1] * r.p[j][1];
    if (dims == 3) sum += r.p[i][2] * r.p[j][2];
    return sum;
  };
  for (int m = 0; m <= 2 * n; ++m) {
    Real sum = 0;
    int i = std::max(0, m - n);
    for (; 2 * i < m; ++i) sum += weight<Real>(n, m, i) * dot(i, m - i);
    sum += sum;
    if (2 * i == m) sum += weight<Real>(n, m, i) * dot(i, i);
    out[m] = sum;
  }
}

/// Lower bound of |r| by a direction: all control points beyond a line. Cheaper than squares, and
/// enough for most. `size` is that of the curve.
template <class Real>
Real direction_bound(const Curve<Real>& r, int dims, double size) {
  using std::sqrt;
  const int n = r.degree;
  std::array<Real, 3> along;
  for (int d = 0; d < 3; ++d) along[d] = d < dims ? Real(r.p[0][d] + r.p[n][d]) : Real(0);
  const Real length = sqrt(Real(along[0] * along[0] + along[1] * along[1] + along[2] * along[2]));
  if (!(length > 0)) return Real(0);
  Real least = std::numeric_limits<double>::infinity();
  for (int k = 0; k <= n; ++k) {
    const Real dot = along[0] * r.p[k][0] + along[1] * r.p[k][1] + along[2] * r.p[k][2];
    if (dot < least) least = dot;
  }
  const Real bound = least / length - (r.error + 16 * kUnit<Real> * size);
  return bound > 0 ? bound : Real(0);
}

/// Coefficients of |r|^2 with what they may be off.
template <class Real>
struct Square {
  Products<Real> q;
  double size = 0;   ///< of r
  double guard = 0;  ///< no coefficient is off by more
};

template <class Real>
void make_square(const Curve<Real>& r, int dims, double size, Square<Real>& out) {
  square(r, dims, out.q);
  out.size = size;
  out.guard = (2 * r.degree + 24) * kUnit<Real> * size * size;
}

/// Bounds of |r| by those coefficients.
template <class Real>
Range<Real> square_bounds(const Curve<Real>& r, const Square<Real>& square) {
  using std::sqrt;
  Real least = square.q[0];
  Real most = square.q[0];
  for (int m = 1; m <= 2 * r.degree; ++m) {
    if (square.q[m] < least) least = square.q[m];
    if (square.q[m] > most) most = square.q[m];
  }
  least -= square.guard;
  most += square.guard;
  const Real slack = r.error + 4 * kUnit<Real> * square.size;
  return {least > 0 ? Real(sqrt(least) - slack) : Real(0), Real(sqrt(most) + slack)};
}

/// Bounds of |r| over the whole stretch. `enough`: a lower bound that large may be returned early.
template <class Real>
Range<Real> norm_bounds(const Curve<Real>& r, int dims, const Real& enough) {
  const double size = size_of(r);
  const Real bound = direction_bound(r, dims, size);
  if (bound >= enough) return {bound, Real(std::numeric_limits<double>::infinity())};
  Square<Real> square;
  make_square(r, dims, size, square);
  return square_bounds(r, square);
}

/// |r| at an end of the stretch.
template <class Real>
Range<Real> norm_at(const Curve<Real>& r, int end, int dims) {
  using std::sqrt;
  const auto& p = r.p[end];
  Real square = p[0] * p[0] + p[1] * p[1];
  if (dims == 3) square += p[2] * p[2];
  const Real value = sqrt(square);
  const Real slack = r.error + 8 * kUnit<Real> * static_cast<double>(value);
  return {value > slack ? Real(value - slack) : Real(0), Real(value + slack)};
}

/// |z| over the whole stretch.
template <class Real>
Range<Real> height_bounds(const Curve<Real>& r) {
  Real low = r.p[0][2];
  Real high = low;
  for (int k = 1; k <= r.degree; ++k) {
    if (r.p[k][2] < low) low = r.p[k][2];
    if (r.p[k][2] > high) high = r.p[k][2];
  }
  const Real least = low > 0 ? low : high < 0 ? Real(-high) : Real(0);
  const Real most = -low > high ? Real(-low) : high;
  return {least > r.error ? Real(least - r.error) : Real(0), Real(most + r.error)};
}
template <class Real>
Range<Real> height_at(const Curve<Real>& r, int end) {
  using std::abs;
  const Real value = abs(r.p[end][2]);
  return {value > r.error ? Real(value - r.error) : Real(0), Real(value + r.error)};
}

/// Two rectangles that move and turn: r from the middle of a to the middle of b, and their left
/// normals, all of one degree.
template <class Real>
struct Rectangles {
  Curve<Real> r;
  Curve<Real> na;
  Curve<Real> nb;
  Body a;
  Body b;
};

template <class Real>
using Vec = std::array<Real, 2>;
template <class Real>
Real dot(const Vec<Real>& u, const Vec<Real>& v) {
  return u[0] * v[0] + u[1] * v[1];
}

/// Distance of a point from a rectangle about the origin with the axes d, n (of length 1 or nearly)
/// and the direction to it; 0 inside.
template <class Real>
Real point_rectangle(const Vec<Real>& point, const Vec<Real>& n, const Body& body,
                     Vec<Real>& away) {
  using std::sqrt;
  const Vec<Real> d{n[1], -n[0]};
  const auto clamp = [](const Real& v, double half) {
    return v > half ? Real(v - half) : v < -half ? Real(v + half) : Real(0);
  };
  const Real x = clamp(dot(point, d), body.half_length_m);
  const Real y = clamp(dot(point, n), body.half_width_m);
  away = {x * d[0] + y * n[0], x * d[1] + y * n[1]};
  return sqrt(Real(x * x + y * y));
}

/// The rectangles at an end of the stretch: their distance, < 0 by the depth when they overlap, and
/// the direction from a to b in which that is.
template <class Real>
struct RectanglesAt {
  Real value;
  Vec<Real> direction;
};

template <class Real>
RectanglesAt<Real> rectangles_at(const Rectangles<Real>& pair, int end) {
  using std::abs;
  const auto at = [end](const Curve<Real>& c) { return Vec<Real>{c.p[end][0], c.p[end][1]}; };
  const Vec<Real> r = at(pair.r);
  const std::array<Vec<Real>, 2> normal{at(pair.na), at(pair.nb)};
  const std::array<const Body*, 2> body{&pair.a, &pair.b};
  RectanglesAt<Real> result{Real(-std::numeric_limits<double>::infinity()), {Real(1), Real(0)}};
  for (int which = 0; which < 2; ++which) {
    for (int axis = 0; axis < 2; ++axis) {
      const Vec<Real>& n = normal[which];
      Vec<Real> u = axis == 0 ? n : Vec<Real>{n[1], Real(-n[0])};
      if (dot(u, r) < 0) u = {Real(-u[0]), Real(-u[1])};
      Real gap = dot(u, r);
      for (int w = 0; w < 2; ++w) {
        const Vec<Real> d{normal[w][1], Real(-normal[w][0])};
        gap -= Real(abs(dot(u, normal[w]))) * body[w]->half_width_m +
               Real(abs(dot(u, d))) * body[w]->half_length_m;
      }
      if (gap > result.value) result = {gap, u};
    }
  }
  if (result.value <= 0) return result;
  // Apart: the nearest points are a corner of the one and a side or corner of the other.
  Real least = std::numeric_limits<double>::infinity();
  for (int which = 0; which < 2; ++which) {
    const Body& own = *body[1 - which];
    const Vec<Real>& n = normal[1 - which];
    for (int corner = 0; corner < 4; ++corner) {
      const double l = corner % 2 == 0 ? own.half_length_m : -own.half_length_m;
      const double w = corner < 2 ? own.half_width_m : -own.half_width_m;
      const Real sign = which == 0 ? 1 : -1;  // from the middle of `which` to that of the other
      const Vec<Real> point{sign * r[0] + l * n[1] + w * n[0], sign * r[1] - l * n[0] + w * n[1]};
      Vec<Real> away;
      const Real distance = point_rectangle(point, normal[which], *body[which], away);
      if (distance < least && distance > 0) {
        least = distance;
        result.direction = {sign * away[0] / distance, sign * away[1] / distance};
      }
    }
  }
  if (least > result.value) result.value = least;
  return result;
}

/// Everything that the normals' error and size can do to a rectangle, and rounding.
template <class Real>
double rectangle_slack(const Rectangles<Real>& pair, double size) {
  const double a = pair.a.half_length_m + pair.a.half_width_m;
  const double b = pair.b.half_length_m + pair.b.half_width_m;
  return pair.r.error + a * pair.na.error + b * pair.nb.error +
         (4 * pair.r.degree + 64) * kUnit<Real> * (size + 4 * (a + b));
}

template <class Real>
Range<Real> rectangles_range_at(const Rectangles<Real>& pair, int end) {
  const Real value = rectangles_at(pair, end).value;
  const double slack = rectangle_slack(pair, size_of(pair.r));
  return {Real(value - slack), Real(value + slack)};
}

/// Lower bound of the distance over the stretch, by a fixed direction: for each control point the
/// worst pair of corners.
template <class Real>
Real fixed_direction(const Rectangles<Real>& pair, const Vec<Real>& u) {
  using std::abs;
  Real least = std::numeric_limits<double>::infinity();
  for (int k = 0; k <= pair.r.degree; ++k) {
    Real gap = u[0] * pair.r.p[k][0] + u[1] * pair.r.p[k][1];
    const auto take = [&](const Curve<Real>& n, const Body& body) {
      gap -= Real(abs(Real(u[0] * n.p[k][0] + u[1] * n.p[k][1]))) * body.half_width_m +
             Real(abs(Real(u[0] * n.p[k][1] - u[1] * n.p[k][0]))) * body.half_length_m;
    };
    take(pair.na, pair.a);
    take(pair.nb, pair.b);
    if (gap < least) least = gap;
  }
  return least;
}

/// The same by a side of `own` that turns with it: second order in the length of the stretch.
/// `sign` 1: the other lies on the side that `own_n` (or, for the short sides, its direction)
/// points to.
template <class Real>
Real turning_side(const Curve<Real>& r, const Curve<Real>& own_n, const Curve<Real>& other_n,
                  const Body& own, const Body& other, bool short_side, int sign) {
  using std::abs;
  using std::sqrt;
  Curve<Real> u = own_n;
  if (short_side) {
    for (int k = 0; k <= u.degree; ++k)
      u.p[k] = {own_n.p[k][1], Real(-own_n.p[k][0]), Real(0), Real(0)};
  }
  Curve<Real> other_d = other_n;
  for (int k = 0; k <= u.degree; ++k)
    other_d.p[k] = {other_n.p[k][1], Real(-other_n.p[k][0]), Real(0), Real(0)};
  Products<Real> ur;
  Products<Real> un;
  Products<Real> ud;
  Products<Real> uu;
  dot_product(u, r, 2, ur);
  dot_product(u, other_n, 2, un);
  dot_product(u, other_d, 2, ud);
  dot_product(u, u, 2, uu);
  const double half = short_side ? own.half_length_m : own.half_width_m;
  Real least = std::numeric_limits<double>::infinity();
  Real longest = 0;
  Real shortest = std::numeric_limits<double>::infinity();
  for (int m = 0; m <= 2 * u.degree; ++m) {
    const Real gap = sign * ur[m] - Real(abs(un[m])) * other.half_width_m -
                     Real(abs(ud[m])) * other.half_length_m - uu[m] * half;
    if (gap < least) least = gap;
    if (uu[m] > longest) longest = uu[m];
    if (uu[m] < shortest) shortest = uu[m];
  }
  // The axis is not quite of length 1.
  if (least > 0) return least / sqrt(longest);
  return shortest > 0.25 ? Real(least / sqrt(shortest))
                         : Real(-std::numeric_limits<double>::infinity());
}

template <class Real>
Range<Real> rectangles_bounds(const Rectangles<Real>& pair, const Real& enough) {
  const double size = size_of(pair.r);
  const double slack = rectangle_slack(pair, size);
  const double infinity = std::numeric_limits<double>::infinity();
  const auto first = rectangles_at(pair, 0);
  const auto last = rectangles_at(pair, pair.r.degree);
  Real best = fixed_direction(pair, first.value < last.value ? first.direction : last.direction);
  const auto better = [&](const Real& bound) {
    if (bound > best) best = bound;
    return Real(best - slack) >= enough;
  };
  if (better(best)) return {Real(best - slack), Real(infinity)};
  const Curve<Real>& r = pair.r;
  Curve<Real> back = r;
  for (int k = 0; k <= r.degree; ++k)
    back.p[k] = {Real(-r.p[k][0]), Real(-r.p[k][1]), Real(0), Real(0)};
  for (int side = 0; side < 4; ++side) {
    const int sign = side % 2 == 0 ? 1 : -1;
    if (better(turning_side(r, pair.na, pair.nb, pair.a, pair.b, side < 2, sign)) ||
        better(turning_side(back, pair.nb, pair.na, pair.b, pair.a, side < 2, sign))) {
      break;
    }
  }
  // From above: what it is at the beginning, and how far any corner moves from there.
  const auto moves = [](const Curve<Real>& curve) {
    using std::abs;
    double most = 0;
    for (int k = 1; k <= curve.degree; ++k) {
      most = std::max(most, static_cast<double>(abs(Real(curve.p[k][0] - curve.p[0][0])) +
                                                abs(Real(curve.p[k][1] - curve.p[0][1]))));
    }
    return most;
  };
  const double corners = (pair.a.half_length_m + pair.a.half_width_m) * moves(pair.na) +
                         (pair.b.half_length_m + pair.b.half_width_m) * moves(pair.nb);
  return {Real(best - slack), Real(first.value + slack + (moves(r) + corners) * (1 + 1e-9))};
}

}  // namespace defilada::proof
