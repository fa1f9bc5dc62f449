// SPDX-License-Identifier: MIT
#include "bodies.hpp"

#include <algorithm>
#include <limits>

#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Range of v . N over a stretch of a piece.
Interval normal_range(std::span<const Coefficient> own, const Interval& vx, const Interval& vy,
                      double t0_s, double from_s, double to_s) {
  Polynomial p;
  for (std::size_t k = 0; k < own.size(); ++k) {
    p.term[k] = vx * Interval(own[k][3]) + vy * Interval(own[k][4]);
    if (own[k][3] != 0 || own[k][4] != 0) p.count = k + 1;
  }
  return range(p, t0_s, from_s, to_s);
}

/// How far a body of half sizes reaches in u: |u . N'| half_width + |u . T'| half_length, where
/// N' = N turned by the facing, so that u . N' = (R^-1 u) . N and u . T' = (R^-1 u) x N.
Interval outline(std::span<const Coefficient> own, const Body& body, const Piece& piece,
                 const Direction& u, double from_s, double to_s) {
  const Interval c = cosine(piece.facing_rad);
  const Interval s = sine(piece.facing_rad);
  const Interval vx = c * Interval(u.x) + s * Interval(u.y);
  const Interval vy = c * Interval(u.y) - s * Interval(u.x);
  const Interval across = absolute(normal_range(own, vx, vy, piece.t0_s, from_s, to_s));
  const Interval along = absolute(normal_range(own, -vy, vx, piece.t0_s, from_s, to_s));
  return across * Interval(body.half_width_m) + along * Interval(body.half_length_m);
}

}  // namespace

Interval piece_reach(const Statement& statement, const Strand& strand, const Piece& piece,
                     const Direction& u, double speed, double origin_s, double from_s,
                     double to_s) {
  const std::span<const Coefficient> own = statement.coefficients_of(piece);
  Polynomial least;
  const bool one = strand.left_from_m == strand.left_to_m;
  Polynomial most;
  const bool level = u.z == 0;
  for (std::size_t k = 0; k < own.size(); ++k) {
    Interval centre = Interval(u.x) * Interval(own[k][0]) + Interval(u.y) * Interval(own[k][1]);
    if (!level) centre = centre + Interval(u.z) * Interval(own[k][2]);
    const Interval normal =
        Interval(u.x) * Interval(own[k][3]) + Interval(u.y) * Interval(own[k][4]);
    // The frame's motion, speed (t - t0) + speed (t0 - origin), belongs to the first two powers.
    if (k == 0 && speed != 0) {
      centre = centre - Interval(speed) * (Interval(piece.t0_s) - Interval(origin_s));
    }
    if (k == 1) centre = centre - Interval(speed);
    least.term[k] = centre + Interval(strand.left_from_m) * normal;
    if (!one) most.term[k] = centre + Interval(strand.left_to_m) * normal;
  }
  least.count = own.size();
  if (own.size() == 1 && speed != 0) {
    least.term[1] = -Interval(speed);
    if (!one) most.term[1] = -Interval(speed);
    least.count = 2;
  }
  most.count = least.count;
  Interval all = range(least, piece.t0_s, from_s, to_s);
  // Linear in `left`, so that the two ends are the extremes.
  if (!one) all = hull(all, range(most, piece.t0_s, from_s, to_s));
  const Body& body = strand.body;
  if (level && (body.half_length_m > 0 || body.half_width_m > 0)) {
    const Interval size = outline(own, body, piece, u, from_s, to_s);
    all = {down(all.low - size.high), up(all.high + size.high)};
  }
  return all;
}

Interval Groups::error_m(const Mover& mover) const {
  const Path& path = statement_.paths[mover.path];
  Interval sides = absolute(Interval(mover.left_m));
  if (question_.outlines) {
    sides = sides + Interval(mover.body.half_length_m) + Interval(mover.body.half_width_m);
  }
  return Interval(path.error_centre_m) + sides * Interval(path.error_normal);
}

Group Groups::make(std::uint32_t node) const {
  const Tree::Node& what = tree_.nodes[node];
  std::vector<std::uint32_t> members(tree_.order.begin() + what.first,
                                     tree_.order.begin() + what.first + what.count);
  std::sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::uint32_t p = statement_.movers[a].path;
    const std::uint32_t q = statement_.movers[b].path;
    return p != q ? p < q : a < b;
  });
  Group group;
  group.from_s = kInfinity;
  group.to_s = -kInfinity;
  for (const std::uint32_t m : members) {
    const Mover& mover = statement_.movers[m];
    group.classes.push_back(mover.of_class);
    group.error_m = std::max(group.error_m, error_m(mover).high);
    if (group.strands.empty() || group.strands.back().path != mover.path) {
      group.strands.push_back({mover.path, mover.left_m, mover.left_m, {}, {}});
      const auto pieces = statement_.pieces_of(statement_.paths[mover.path]);
      if (!pieces.empty()) {
        group.from_s = std::min(group.from_s, pieces.front().t0_s);
        group.to_s = std::max(group.to_s, pieces.back().t1_s);
      }
    }
    Strand& strand = group.strands.back();
    strand.left_from_m = std::min(strand.left_from_m, mover.left_m);
    strand.left_to_m = std::max(strand.left_to_m, mover.left_m);
    strand.offsets.push_back(mover.offset_m);
    if (!question_.outlines) continue;
    strand.body.half_length_m = std::max(strand.body.half_length_m, mover.body.half_length_m);
    strand.body.half_width_m = std::max(strand.body.half_width_m, mover.body.half_width_m);
    strand.body.radius_m = std::max(strand.body.radius_m, mover.body.radius_m);
  }
  const auto unique = [](auto& all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    all.shrink_to_fit();
  };
  unique(group.classes);
  for (Strand& strand : group.strands) unique(strand.offsets);
  return group;
}

const Group& Groups::of(std::uint32_t node) {
  if (!known_[node]) known_[node] = make(node);
  return *known_[node];
}

Limit Groups::hardest(std::uint32_t a, std::uint32_t b) {
  Limit hardest;
  hardest.distance_m = -kInfinity;
  hardest.vertical_m = -kInfinity;
  for (const std::uint32_t p : of(a).classes) {
    for (const std::uint32_t q : of(b).classes) {
      const Limit& limit = statement_.limit(question_, p, q);
      if (!limit.owed) continue;
      hardest.owed = true;
      hardest.distance_m = std::max(hardest.distance_m, limit.distance_m);
      hardest.vertical_m = std::max(hardest.vertical_m, limit.vertical_m);
    }
  }
  return hardest;
}

std::optional<Interval> Groups::reach(std::uint32_t node, const Direction& u, double speed,
                                      double from_s, double to_s) {
  const Interval length = root(square(Interval(u.x)) + square(Interval(u.y)));
  std::optional<Interval> all;
  for (const Strand& strand : of(node).strands) {
    const auto pieces = statement_.pieces_of(statement_.paths[strand.path]);
    auto piece = std::lower_bound(pieces.begin(), pieces.end(), from_s,
                                  [](const Piece& p, double t) { return p.t1_s < t; });
    std::optional<Interval> own;
    for (; piece != pieces.end() && piece->t0_s <= to_s; ++piece) {
      const Interval part = piece_reach(statement_, strand, *piece, u, speed, from_s,
                                        std::max(from_s, piece->t0_s), std::min(to_s, piece->t1_s));
      own = own ? hull(*own, part) : part;
    }
    if (!own) continue;
    Interval aside;
    bool first = true;
    for (const auto& offset : strand.offsets) {
      const Interval by = Interval(u.x) * Interval(offset[0]) +
                          Interval(u.y) * Interval(offset[1]) + Interval(u.z) * Interval(offset[2]);
      aside = first ? by : hull(aside, by);
      first = false;
    }
    *own = *own + aside;
    if (u.z == 0 && strand.body.radius_m > 0) {
      const double radius = (Interval(strand.body.radius_m) * length).high;
      *own = {down(own->low - radius), up(own->high + radius)};
    }
    all = all ? hull(*all, *own) : *own;
  }
  return all;
}

}  // namespace defilada::certificate
