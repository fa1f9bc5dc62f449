// SPDX-License-Identifier: MIT
// Pairs of units.
//
//     slab of time   boxes that overlap        pairs, with the time from the first such slab to
//     |  [A]  [B]  |     [A][B]           ->   the last; then the relative motion of the two
//     |  [A  [B]]  |                           paths decides, halved in time where it must
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "broad.hpp"
#include "gauge.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// What rounding may leave out of the corners of a unit, of its size.
constexpr double kHull = 1e-7;

using Direction = std::array<double, 2>;

/// A unit's path on a stretch, and its normal where that turns.
struct Sheaf {
  const Unit* unit = nullptr;
  Curve<double> path;
  Curve<double> normal;
};

Sheaf sheaf_of(const Motions& motions, const Unit& unit, const MotionPiece& piece, double from_s,
               double to_s) {
  Sheaf sheaf;
  sheaf.unit = &unit;
  MotionMover middle;
  middle.path = unit.path;
  sheaf.path = safe_control_points(motions, middle, piece, from_s, to_s);
  if (!unit.steady) {
    // The normal itself, not that of bodies.
    MotionPiece straight = piece;
    straight.facing_rad = 0;
    sheaf.normal = normal_points<double>(motions, straight, from_s, to_s);
  }
  return sheaf;
}

/// Largest u . (left N + offset) of any member over the stretch.
double support(const Sheaf& sheaf, const Direction& u) {
  const Unit& unit = *sheaf.unit;
  double low = 0;
  double high = 0;
  if (!unit.steady) {
    low = kInfinity;
    high = -kInfinity;
    for (int k = 0; k <= sheaf.normal.degree; ++k) {
      const double along = u[0] * sheaf.normal.p[k][0] + u[1] * sheaf.normal.p[k][1];
      low = std::min(low, along);
      high = std::max(high, along);
    }
    low -= sheaf.normal.error + 1e-12;
    high += sheaf.normal.error + 1e-12;
  }
  double most = -kInfinity;
  for (const auto& corner : unit.corners) {
    const double beside = unit.steady ? 0 : std::max(corner.left_m * low, corner.left_m * high);
    most = std::max(most, u[0] * corner.offset_m[0] + u[1] * corner.offset_m[1] + beside);
  }
  return most;
}

/// Along which a unit may be told from another, put from `count` on; the new count.
std::size_t add_axes(const Sheaf& sheaf, std::array<Direction, 5>& out, std::size_t count) {
  const Unit& unit = *sheaf.unit;
  Direction axis = unit.axis;
  if (!unit.steady) {
    const int n = sheaf.normal.degree;
    axis = {sheaf.normal.p[0][0] + sheaf.normal.p[n][0],
            sheaf.normal.p[0][1] + sheaf.normal.p[n][1]};
    const double length = std::hypot(axis[0], axis[1]);
    if (length < 1e-6) return count;
    axis = {axis[0] / length, axis[1] / length};
  }
  out[count++] = axis;
  out[count++] = {-axis[1], axis[0]};
  return count;
}

/// Two units on a stretch that lies in one piece of each.
class UnitPair {
 public:
  UnitPair(const Motions& motions, const Unit& a, const MotionPiece& pa, const Unit& b,
           const MotionPiece& pb, double from_s, double to_s)
      : a_(sheaf_of(motions, a, pa, from_s, to_s)), b_(sheaf_of(motions, b, pb, from_s, to_s)) {
    const int degree = std::max(a_.path.degree, b_.path.degree);
    raise(a_.path, degree);
    raise(b_.path, degree);
    for (int k = 0; k <= degree; ++k) {
      for (int d = 0; d < 4; ++d) r_.p[k][d] = b_.path.p[k][d] - a_.path.p[k][d];
    }
    r_.degree = degree;
    slack_ = a_.path.error + b_.path.error + a.drift_m + b.drift_m + 1e-14 * size_of(r_) +
             kHull * (a.radius_m + b.radius_m) + 1e-12;
  }

  /// Lower bound of the horizontal distance of any two members; stops at `enough`.
  [[nodiscard]] double gap(double enough) const {
    const double inner = a_.unit->radius_m + b_.unit->radius_m + slack_;
    double best = norm_bounds(r_, 2, enough + inner).lower - inner;
    if (best >= enough) return best;
    std::array<Direction, 5> directions;
    std::size_t count = add_axes(a_, directions, 0);
    count = add_axes(b_, directions, count);
    const int n = r_.degree;
    Direction towards{r_.p[0][0] + r_.p[n][0], r_.p[0][1] + r_.p[n][1]};
    const double length = std::hypot(towards[0], towards[1]);
    if (length > 1e-9) directions[count++] = {towards[0] / length, towards[1] / length};
    for (std::size_t i = 0; i < count; ++i) {
      const Direction& each = directions[i];
      for (const double sign : {1.0, -1.0}) {
        const Direction u{sign * each[0], sign * each[1]};
        double least = kInfinity;
        for (int k = 0; k <= n; ++k) least = std::min(least, u[0] * r_.p[k][0] + u[1] * r_.p[k][1]);
        const Direction back{-u[0], -u[1]};
        best = std::max(best, least - support(a_, u) - support(b_, back) - slack_);
        if (best >= enough) return best;
      }
    }
    best = std::max(best, turning_gap(a_, b_, 1));
    return best >= enough ? best : std::max(best, turning_gap(b_, a_, -1));
  }

  /// Lower bound of the vertical distance.
  [[nodiscard]] double rise() const {
    double low = kInfinity;
    double high = -kInfinity;
    for (int k = 0; k <= r_.degree; ++k) {
      low = std::min(low, r_.p[k][2]);
      high = std::max(high, r_.p[k][2]);
    }
    low += b_.unit->height_m[0] - a_.unit->height_m[1] - slack_;
    high += b_.unit->height_m[1] - a_.unit->height_m[0] + slack_;
    return std::max({0.0, low, -high});
  }

  /// How far any relative place is from that at the middle control point.
  [[nodiscard]] double variation() const {
    const auto spread = [](const Curve<double>& curve) {
      double most = 0;
      for (int k = 0; k <= curve.degree; ++k) {
        const auto& middle = curve.p[curve.degree / 2];
        most = std::max(most, std::hypot(curve.p[k][0] - middle[0], curve.p[k][1] - middle[1]));
      }
      return most;
    };
    double most = spread(r_) + slack_;
    for (const Sheaf* sheaf : {&a_, &b_}) {
      if (sheaf->unit->steady) continue;
      double left = 0;
      for (const auto& corner : sheaf->unit->corners)
        left = std::max(left, std::abs(corner.left_m));
      most += left * (spread(sheaf->normal) + sheaf->normal.error);
    }
    return most;
  }

  /// Members of both whose places at the middle come within `range`.
  template <class Look>
  void each_near(double range, const Look& look) const {
    std::vector<Placed> first = places(a_, {0, 0});
    const auto& middle = r_.p[r_.degree / 2];
    std::vector<Placed> second = places(b_, {middle[0], middle[1]});
    keep_near(first, second, range);
    keep_near(second, first, range);
    std::sort(second.begin(), second.end(), [](const Placed& x, const Placed& y) {
      return std::tie(x.x, x.mover) < std::tie(y.x, y.mover);
    });
    for (const Placed& one : first) {
      const auto begin = std::lower_bound(second.begin(), second.end(), one.x - range,
                                          [](const Placed& p, double x) { return p.x < x; });
      for (auto other = begin; other != second.end() && other->x <= one.x + range; ++other) {
        if (std::hypot(other->x - one.x, other->y - one.y) < range) look(one.mover, other->mover);
      }
    }
  }

 private:
  /// A rank that wheels, seen along its own direction, which turns with it: it has no depth then,
  /// and the bound is of second order in the length of the stretch.
  ///     D . (r + l N_other),  D the direction of `own`: its own places l N drop out
  /// `sign` -1: r leads from `other` to `own`.
  [[nodiscard]] double turning_gap(const Sheaf& own, const Sheaf& other, int sign) const {
    const auto beside_path = [](const Unit& unit) { return !unit.steady && unit.level; };
    if (!beside_path(*own.unit) || own.normal.degree == 0) return -kInfinity;
    if (!other.unit->steady && !other.unit->level) return -kInfinity;
    const int n = std::max({r_.degree, own.normal.degree, other.normal.degree});
    Curve<double> direction = own.normal;
    raise(direction, n);
    double longest = 0;
    for (int k = 0; k <= n; ++k) {
      direction.p[k] = {direction.p[k][1], -direction.p[k][0], 0, 0};
      longest = std::max(longest, std::hypot(direction.p[k][0], direction.p[k][1]));
    }
    Curve<double> way = r_;
    raise(way, n);
    Products<double> along;
    dot_product(direction, way, 2, along);
    Products<double> low{};
    Products<double> high{};
    const double size = size_of(way) + own.unit->radius_m + other.unit->radius_m;
    if (other.unit->steady) {
      spread_fixed(direction, *other.unit, low, high);
    } else {
      Curve<double> normal = other.normal;
      raise(normal, n);
      Products<double> beside;
      dot_product(direction, normal, 2, beside);
      const auto [least, most] = other.unit->beside_m;
      for (int m = 0; m <= 2 * n; ++m) {
        low[m] = std::min(least * beside[m], most * beside[m]);
        high[m] = std::max(least * beside[m], most * beside[m]);
      }
    }
    double above = kInfinity;
    double below = kInfinity;
    for (int m = 0; m <= 2 * n; ++m) {
      above = std::min(above, sign * along[m] + low[m]);
      below = std::min(below, -sign * along[m] - high[m]);
    }
    // Rounding of the products, and errors of the normals on everything they multiply.
    const double slack =
        slack_ + (own.normal.error + other.normal.error + (6 * n + 64) * kUnit<double>)*2 * size;
    return std::max(above, below) / longest - slack;
  }

  /// Least and largest direction . offset of any member without a normal, coefficient by
  /// coefficient of degree 2n: the direction times 1.
  static void spread_fixed(const Curve<double>& direction, const Unit& unit, Products<double>& low,
                           Products<double>& high) {
    Curve<double> one;
    one.degree = direction.degree;
    for (const int d : {0, 1}) {
      for (int k = 0; k <= one.degree; ++k)
        one.p[k] = {d == 0 ? 1.0 : 0.0, d == 1 ? 1.0 : 0.0, 0, 0};
      Products<double> component;
      dot_product(direction, one, 2, component);
      for (int m = 0; m <= 2 * one.degree; ++m) {
        double least = kInfinity;
        double most = -kInfinity;
        for (const auto& corner : unit.corners) {
          least = std::min(least, component[m] * corner.offset_m[d]);
          most = std::max(most, component[m] * corner.offset_m[d]);
        }
        low[m] += least;
        high[m] += most;
      }
    }
  }

  struct Placed {
    double x;
    double y;
    std::uint32_t mover;
  };
  [[nodiscard]] static std::vector<Placed> places(const Sheaf& sheaf, const Direction& from) {
    std::vector<Placed> all;
    all.reserve(sheaf.unit->members.size());
    const auto& n = sheaf.normal.p[sheaf.normal.degree / 2];
    for (const auto& member : sheaf.unit->members) {
      Placed placed{from[0] + member.offset_m[0], from[1] + member.offset_m[1], member.mover};
      if (!sheaf.unit->steady) {
        placed.x += member.left_m * n[0];
        placed.y += member.left_m * n[1];
      }
      all.push_back(placed);
    }
    return all;
  }
  static void keep_near(std::vector<Placed>& own, const std::vector<Placed>& others, double range) {
    double x0 = kInfinity, x1 = -kInfinity, y0 = kInfinity, y1 = -kInfinity;
    for (const Placed& p : others) {
      x0 = std::min(x0, p.x);
      x1 = std::max(x1, p.x);
      y0 = std::min(y0, p.y);
      y1 = std::max(y1, p.y);
    }
    std::erase_if(own, [&](const Placed& p) {
      return p.x < x0 - range || p.x > x1 + range || p.y < y0 - range || p.y > y1 + range;
    });
  }

  Sheaf a_;
  Sheaf b_;
  Curve<double> r_;
  double slack_ = 0;
};

}  // namespace

namespace {

/// A stretch of two units, halved so many times.
struct OpenStretch {
  double from_s;
  double to_s;
  int depth;
};

}  // namespace

/// What near_units has of two units while it looks at them.
struct NearUnits {
  const Unit& a;
  const Unit& b;
  const Limit& limit;
  double demand_m;  ///< of any two of them
  double base_m;    ///< what the least value is taken from
  PairProof& proof;
  Found& found;

  [[nodiscard]] bool few() const { return a.members.size() * b.members.size() <= 4; }

  /// Whether heights or outlines tell all members apart by `range`; who is passed over for the
  /// least value alone is noted.
  [[nodiscard]] bool apart(const UnitPair& pair, double range) const {
    // Errors of the tracks are in body_m; so is the body, which only lets more be looked at.
    if (limit.shape == Limit::Shape::cylinder &&
        pair.rise() >= limit.vertical_m + a.body_m + b.body_m)
      return true;
    const bool by_height =
        limit.shape == Limit::Shape::sphere && a.discs && b.discs && pair.rise() >= range;
    if (!by_height && !(pair.gap(range) >= range)) return false;
    pass_over(range);
    return true;
  }
  void pass_over(double range) const {
    proof.least.lower_m = std::min(proof.least.lower_m, range - base_m);
  }

  void look_at_members(const UnitPair& pair, const OpenStretch& at, double range) const {
    pass_over(range);
    const auto look = [&](std::uint32_t x, std::uint32_t y) {
      const auto [i, j] = std::minmax(x, y);
      found.looked.push_back(std::uint64_t{i} << 32U | j);
      proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
      proof.look(i, j, at.from_s, at.to_s);
    };
    if (!few()) return pair.each_near(range + 2 * pair.variation(), look);
    for (const auto& x : a.members) {
      for (const auto& y : b.members) look(x.mover, y.mover);
    }
  }
};

/// Both on one piece each, halved in time until their motion decides or their members are looked
/// at.
void Prover::near_pieces(const NearUnits& near, const MotionPiece& p, const MotionPiece& q,
                         double from_s, double to_s) const {
  constexpr int kDeepest = 40;
  std::vector<OpenStretch> open{{from_s, to_s, 0}};
  while (!open.empty()) {
    const OpenStretch at = open.back();
    open.pop_back();
    const double interest =
        std::min(near.proof.interest_m, near.proof.least.upper_m) - options_.tolerance_m;
    const double range = near.base_m > 0 ? near.demand_m + std::max(0.0, interest)
                                         : std::max(near.demand_m, interest);
    const UnitPair pair(motions_, near.a, p, near.b, q, at.from_s, at.to_s);
    if (near.apart(pair, range)) continue;
    if (!near.few() && pair.variation() > std::max(range, 0.5) && at.depth < kDeepest) {
      const double middle = 0.5 * (at.from_s + at.to_s);
      open.push_back({middle, at.to_s, at.depth + 1});
      open.push_back({at.from_s, middle, at.depth + 1});
    } else {
      near.look_at_members(pair, at, range);
    }
  }
}

void Prover::near_units(const Unit& a, const Unit& b, double from_s, double to_s, PairProof& proof,
                        Found& found) const {
  const Limit& limit = rules_.between(a.of_class, b.of_class);
  const double demand = limit.distance_m + a.body_m + b.body_m;
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const NearUnits near{a, b, limit, demand, margin ? demand : 0, proof, found};
  const auto first = motions_.pieces_of(motions_.paths[a.path]);
  const auto second = motions_.pieces_of(motions_.paths[b.path]);
  const auto starts = [from_s](std::span<const MotionPiece> pieces) {
    return std::lower_bound(pieces.begin(), pieces.end(), from_s,
                            [](const MotionPiece& p, double t) { return p.t1_s < t; });
  };
  auto p = starts(first);
  auto q = starts(second);
  while (p != first.end() && q != second.end()) {
    const double begin = std::max({p->t0_s, q->t0_s, from_s});
    const double end = std::min({p->t1_s, q->t1_s, to_s});
    if (begin > to_s) break;
    if (begin <= end) near_pieces(near, *p, *q, begin, end);
    (p->t1_s < q->t1_s) ? ++p : ++q;
  }
}

void Prover::look_at_units() {
  if (units_.empty()) return;
  // Singles that go by slices are units of one here.
  std::vector<Unit> lone;
  lone.reserve(singles_.size());
  for (const std::uint32_t index : singles_) lone.push_back(lone_unit(motions_, index));
  std::vector<const Unit*> all;
  for (const Unit& unit : units_) all.push_back(&unit);
  const std::size_t own = all.size();
  for (const Unit& unit : lone) all.push_back(&unit);
  const std::vector<Window> windows = find_windows(all, own);
  constexpr std::size_t kBatch = 16;
  in_parallel((windows.size() + kBatch - 1) / kBatch, [&](std::size_t batch, Found& found) {
    PairProof proof = pair_proof();
    for (std::size_t i = batch * kBatch; i < std::min(windows.size(), (batch + 1) * kBatch); ++i) {
      near_units(*all[windows[i].a], *all[windows[i].b], windows[i].from_s, windows[i].to_s, proof,
                 found);
    }
    keep(proof, found);
  });
}

}  // namespace defilada::proof
