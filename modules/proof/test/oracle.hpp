// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <boost/multiprecision/mpfr.hpp>
#include <vector>

#include "defilada/proof/motions.hpp"

/// The least distance of two movers by another way and with 60 digits (MPFR): the square of the
/// distance as a polynomial, halved until its bounds agree.
namespace defilada::proof::oracle {

using Wide = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<60>,
                                           boost::multiprecision::et_off>;
using Poly = std::vector<Wide>;

inline Poly product(const Poly& a, const Poly& b) {
  Poly out(a.size() + b.size() - 1, Wide(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) out[i + j] += a[i] * b[j];
  }
  return out;
}

/// q(s) on [0, 1] where s = (t - from) / (to - from).
inline Poly on_unit(const Poly& c, const Wide& shift, const Wide& width) {
  Poly out{Wide(0)};
  for (std::size_t k = c.size(); k-- > 0;) {
    out = product(out, {shift, width});
    out[0] += c[k];
  }
  return out;
}

inline std::vector<Wide> bernstein(const Poly& a) {
  const int n = static_cast<int>(a.size()) - 1;
  std::vector<Wide> b(a.size(), Wide(0));
  const auto choose = [](int m, int k) {
    Wide value = 1;
    for (int i = 1; i <= k; ++i) value = value * (m - k + i) / i;
    return value;
  };
  for (int i = 0; i <= n; ++i) {
    for (int k = 0; k <= i; ++k) b[i] += choose(i, k) / choose(n, k) * a[k];
  }
  return b;
}

inline void shrink(const std::vector<Wide>& b, Wide& best, int depth, const Wide& grain) {
  const std::size_t n = b.size() - 1;
  best = std::min({best, b.front(), b.back()});
  if (*std::min_element(b.begin(), b.end()) >= best - grain || depth == 150) return;
  std::vector<Wide> first(b.size());
  std::vector<Wide> p = b;
  first[0] = p[0];
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t k = 0; k + i <= n; ++k) p[k] = (p[k] + p[k + 1]) / 2;
    first[i] = p[0];
  }
  shrink(first, best, depth + 1, grain);
  shrink(p, best, depth + 1, grain);
}

/// Of the centres, in `dims` dimensions; -1 if they are never there together.
inline Wide least_distance(const Motions& motions, std::uint32_t a, std::uint32_t b, int dims = 3) {
  Wide best = -1;
  for (const MotionPiece& p : motions.pieces_of(motions.paths[motions.movers[a].path])) {
    for (const MotionPiece& q : motions.pieces_of(motions.paths[motions.movers[b].path])) {
      const double from = std::max(p.t0_s, q.t0_s);
      const double to = std::min(p.t1_s, q.t1_s);
      if (from > to) continue;
      const auto coordinate = [&](const MotionPiece& piece, const MotionMover& mover, int d) {
        Poly c;
        for (int k = 0; k <= piece.degree; ++k) {
          const Coefficient& own = motions.coefficients[piece.first_coefficient + k];
          Wide value = own[d];
          if (d < 2) value += Wide(mover.left_m) * own[3 + d];
          if (k == 0) value += mover.offset_m[d];
          c.push_back(value);
        }
        return on_unit(c, Wide(from) - piece.t0_s, Wide(to) - Wide(from));
      };
      Poly q2{Wide(0)};
      for (int d = 0; d < dims; ++d) {
        Poly x = coordinate(p, motions.movers[a], d);
        const Poly y = coordinate(q, motions.movers[b], d);
        x.resize(std::max(x.size(), y.size()), Wide(0));
        for (std::size_t k = 0; k < y.size(); ++k) x[k] -= y[k];
        const Poly square = product(x, x);
        q2.resize(std::max(q2.size(), square.size()), Wide(0));
        for (std::size_t k = 0; k < square.size(); ++k) q2[k] += square[k];
      }
      Wide least = std::numeric_limits<double>::infinity();
      shrink(bernstein(q2), least, 0, Wide("1e-34"));
      if (least < 0) least = 0;
      const Wide distance = sqrt(least);
      if (best < 0 || distance < best) best = distance;
    }
  }
  return best;
}

}  // namespace defilada::proof::oracle
