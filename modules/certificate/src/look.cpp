// SPDX-License-Identifier: MIT
#include "look.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The piece at t; where two meet, the later one.
const Piece* piece_at(std::span<const Piece> pieces, double t_s) {
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), t_s,
                                      [](double t, const Piece& p) { return t < p.t0_s; });
  if (after == pieces.begin()) return nullptr;
  const Piece& piece = *std::prev(after);
  return t_s <= piece.t1_s ? &piece : nullptr;
}

}  // namespace

GroupNow::GroupNow(const Statement& statement, const Group& group, double t_s) {
  strands_.reserve(group.strands.size());
  for (const Strand& strand : group.strands) {
    const Piece* const piece = piece_at(statement.pieces_of(statement.paths[strand.path]), t_s);
    if (piece == nullptr) continue;
    const auto own = statement.coefficients_of(*piece);
    Coefficient sum{};
    const double u = t_s - piece->t0_s;
    for (std::size_t k = own.size(); k-- > 0;) {
      for (std::size_t d = 0; d < sum.size(); ++d) sum[d] = sum[d] * u + own[k][d];
    }
    StrandNow now{&strand, sum[0], sum[1], sum[2], sum[3], sum[4], sum[3], sum[4]};
    if (piece->facing_rad != 0) {
      const double c = std::cos(piece->facing_rad);
      const double s = std::sin(piece->facing_rad);
      now.bx = sum[3] * c - sum[4] * s;
      now.by = sum[4] * c + sum[3] * s;
    }
    strands_.push_back(now);
  }
}

Span1 GroupNow::along(double ux, double uy) const {
  Span1 all{kInfinity, -kInfinity};
  for (const StrandNow& now : strands_) {
    const Strand& strand = *now.strand;
    const double centre = ux * now.x + uy * now.y;
    const double normal = ux * now.nx + uy * now.ny;
    const double a = strand.left_from_m * normal;
    const double b = strand.left_to_m * normal;
    double least = kInfinity;
    double most = -kInfinity;
    for (const auto& offset : strand.offsets) {
      const double by = ux * offset[0] + uy * offset[1];
      least = std::min(least, by);
      most = std::max(most, by);
    }
    const double body = strand.body.radius_m +
                        std::abs(ux * now.bx + uy * now.by) * strand.body.half_width_m +
                        std::abs(ux * now.by - uy * now.bx) * strand.body.half_length_m;
    all.low = std::min(all.low, centre + std::min(a, b) + least - body);
    all.high = std::max(all.high, centre + std::max(a, b) + most + body);
  }
  return all;
}

Span1 GroupNow::heights() const {
  Span1 all{kInfinity, -kInfinity};
  for (const StrandNow& now : strands_) {
    for (const auto& offset : now.strand->offsets) {
      all.low = std::min(all.low, now.z + offset[2]);
      all.high = std::max(all.high, now.z + offset[2]);
    }
  }
  return all;
}

double GroupNow::size_m() const {
  const Span1 x = along(1, 0);
  const Span1 y = along(0, 1);
  return (x.high - x.low) + (y.high - y.low);
}

std::array<double, 2> GroupNow::middle() const {
  const Span1 x = along(1, 0);
  const Span1 y = along(0, 1);
  return {0.5 * (x.low + x.high), 0.5 * (y.low + y.high)};
}

void PairNow::propose(std::vector<std::array<double, 2>>& out) const {
  const auto add = [&](double ux, double uy) {
    const double length = std::hypot(ux, uy);
    if (length > 0) out.push_back({ux / length, uy / length});
  };
  const auto add_axis = [&](double ux, double uy) {
    const auto a = x.middle();
    const auto b = y.middle();
    const bool forward = ux * (b[0] - a[0]) + uy * (b[1] - a[1]) >= 0;
    add(forward ? ux : -ux, forward ? uy : -uy);
  };
  const auto a = x.middle();
  const auto b = y.middle();
  add(b[0] - a[0], b[1] - a[1]);
  add_axis(1, 0);
  add_axis(0, 1);
  for (const GroupNow* group : {&x, &y}) {
    const StrandNow& first = group->strands().front();
    const StrandNow& last = group->strands().back();
    add_axis(first.bx, first.by);
    add_axis(first.by, -first.bx);
    if (&first == &last) continue;
    add_axis(last.bx, last.by);
    add_axis(last.by, -last.bx);
  }
}

std::array<double, 2> PairNow::turn(std::array<double, 2> u, double least_rad) const {
  double best = gap_m(u[0], u[1]);
  for (double step = 0.4; step >= least_rad; step *= 0.5) {
    for (const double angle : {step, -step}) {
      const double c = std::cos(angle);
      const double s = std::sin(angle);
      const std::array<double, 2> turned{u[0] * c - u[1] * s, u[1] * c + u[0] * s};
      const double gap = gap_m(turned[0], turned[1]);
      if (gap > best) {
        best = gap;
        u = turned;
        break;
      }
    }
  }
  return u;
}

}  // namespace defilada::certificate
