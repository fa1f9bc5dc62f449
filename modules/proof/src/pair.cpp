// SPDX-License-Identifier: MIT
#include "pair.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "narrow.hpp"

namespace defilada::proof {

/// A pair on one piece of each, over a time.
struct Passing {
  std::uint32_t a;
  std::uint32_t b;
  OnPiece first;
  OnPiece second;
  double from_s;
  double to_s;
  const Demand& demand;
  /// Of [0, 1]; the ends are those of the stretch themselves.
  [[nodiscard]] double time_of(double s) const {
    return s == 0 ? from_s : s == 1 ? to_s : from_s + s * (to_s - from_s);
  }
};

namespace {

template <class Real>
void make_rectangles(const Motions& motions, const OnPiece& a, const OnPiece& b, double from_s,
                     double to_s, Rectangles<Real>& pair) {
  pair.na = normal_points<Real>(motions, a.piece, from_s, to_s);
  pair.nb = normal_points<Real>(motions, b.piece, from_s, to_s);
  // The errors of the tracks' normals are in the demand.
  const int degree = std::max({pair.r.degree, pair.na.degree, pair.nb.degree});
  raise(pair.r, degree);
  raise(pair.na, degree);
  raise(pair.nb, degree);
  pair.a = a.mover.body;
  pair.b = b.mover.body;
}

}  // namespace

void Least::take(const Least& other) {
  lower_m = std::min(lower_m, other.lower_m);
  // The earliest of the smallest indices wins a tie, so that the order of looking does not matter.
  if (std::tie(other.upper_m, other.a, other.b, other.t_s) < std::tie(upper_m, a, b, t_s)) {
    upper_m = other.upper_m;
    a = other.a;
    b = other.b;
    t_s = other.t_s;
  }
}

Demand demand_of(const Motions& motions, const Rules& rules, std::uint32_t a, std::uint32_t b) {
  const MotionMover& first = motions.movers[a];
  const MotionMover& second = motions.movers[b];
  const Limit& limit = rules.between(first.of_class, second.of_class);
  Demand demand;
  demand.shape = limit.shape;
  demand.rectangles = !first.body.is_disc() || !second.body.is_disc();
  if (demand.rectangles && demand.shape == Limit::Shape::sphere) {
    demand.shape = Limit::Shape::cylinder;
    demand.vertical_m = kInfinity;
  } else {
    demand.vertical_m = limit.vertical_m;
  }
  const auto error = [&](const MotionMover& mover) {
    const MotionPath& path = motions.paths[mover.path];
    return path.error_centre_m + std::abs(mover.left_m) * path.error_normal;
  };
  const auto turned = [&](const MotionMover& mover) {
    return (mover.body.half_length_m + mover.body.half_width_m) *
           motions.paths[mover.path].error_normal;
  };
  // On one path the exact tracks share its error: only the normal's tells them apart.
  const double errors = first.path == second.path ? std::abs(first.left_m - second.left_m) *
                                                        motions.paths[first.path].error_normal
                                                  : error(first) + error(second);
  demand.vertical_m += errors;
  demand.distance_m = limit.distance_m + first.body.radius_m + second.body.radius_m + errors +
                      (demand.rectangles ? turned(first) + turned(second) : 0);
  return demand;
}

namespace {

/// In more digits, from the coefficients on; only what double left open.
Verdict decide_finely(const Motions& motions, const Passing& at, const std::vector<Part>& parts) {
  constexpr double kTie_m = 1e-12;  // a tie is decided within this
  Stretch<Extended> fine;
  fine.pair.r = relative_points<Extended>(motions, at.first, at.second, at.from_s, at.to_s);
  if (at.demand.rectangles)
    make_rectangles(motions, at.first, at.second, at.from_s, at.to_s, fine.pair);
  return decide_at_last(fine, Gauge<Extended>(at.demand, at.demand.distance_m), kTie_m, parts);
}

constexpr double kFine_m = 1e-9;  ///< of the least value of a conflict

/// The least value of a conflict that is not the whole pair's: another dip.
void complete(const Motions& motions, const Passing& at, const Gauge<double>& gauge,
              Approach& dip) {
  Stretch<double> part;
  part.pair.r = safe_relative_points(motions, at.first, at.second, dip.t0_s, dip.t1_s);
  if (at.demand.rectangles)
    make_rectangles(motions, at.first, at.second, dip.t0_s, dip.t1_s, part.pair);
  const LeastValue own = find_least(part, gauge, kInfinity, kFine_m);
  dip.least_m = own.upper_m;
  dip.t_least_s = dip.t0_s + own.s * (dip.t1_s - dip.t0_s);
}

}  // namespace

/// Discs whose distance is convex: decided, measured and timed by their valley. False: they are
/// not.
bool PairProof::look_at_valley(const Passing& at, const Curve<double>& r,
                               const Gauge<double>& gauge, const Square<double>& square) {
  const auto valley = find_valley(r, gauge.dims(), square);
  if (!valley || valley->at.upper - valley->lower > options_.tolerance_m) return false;
  const bool broken = valley->at.upper < gauge.distance();
  if (!broken && !(valley->lower >= gauge.distance())) return false;
  const double base = base_m(at.demand);
  const double t_least_s = at.time_of(valley->s);
  least.take({valley->lower - base, valley->at.upper - base, at.a, at.b, t_least_s});
  if (!broken) return true;
  const Part part = broken_part(r, gauge.dims(), *valley, gauge.distance());
  conflicts.push_back({at.a,
                       at.b,
                       std::min(at.time_of(part[0]), t_least_s),
                       std::max(at.time_of(part[1]), t_least_s),
                       t_least_s,
                       valley->at.upper,
                       at.demand.distance_m,
                       {}});
  return true;
}

void PairProof::add_conflicts(const Passing& at, const Stretch<double>& whole,
                              const Gauge<double>& gauge, const LeastValue& worst) {
  std::vector<Part> parts;
  find_intervals(whole, gauge, parts);
  const auto holds = [&](const Part& part) { return part[0] <= worst.s && worst.s <= part[1]; };
  if (std::none_of(parts.begin(), parts.end(), holds)) parts.push_back({worst.s, worst.s});
  for (const Part& part : parts) {
    Approach approach{at.a,
                      at.b,
                      at.time_of(part[0]),
                      at.time_of(part[1]),
                      at.time_of(worst.s),
                      worst.upper_m,
                      at.demand.distance_m,
                      {}};
    if (!holds(part)) complete(motions_, at, gauge, approach);
    conflicts.push_back(approach);
  }
}

void PairProof::look_at(const Passing& at) {
  const Demand& demand = at.demand;
  const Gauge<double> gauge(demand, demand.distance_m);
  const double base = base_m(demand);
  const double interest = interest_m + base;
  // Most pairs are far enough, and of no interest for the least value either.
  const double enough =
      std::max(demand.distance_m - kSameDistance_m, interest - options_.tolerance_m);
  const auto pass_over = [&](double lower) {
    least.lower_m = std::min(least.lower_m, std::max(lower, enough) - base);
  };
  Stretch<double> whole;
  whole.pair.r = safe_relative_points(motions_, at.first, at.second, at.from_s, at.to_s);
  const Curve<double>& r = whole.pair.r;
  if (!demand.rectangles) {
    const double size = size_of(r);
    const double lower = direction_bound(r, gauge.dims(), size);
    if (lower >= enough) return pass_over(lower);
    if (gauge.by_distance_alone(whole)) {
      Square<double> square;
      make_square(r, gauge.dims(), size, square);
      const double better = square_bounds(r, square).lower;
      if (better >= enough) return pass_over(better);
      if (look_at_valley(at, r, gauge, square)) return;
    }
  } else {
    make_rectangles(motions_, at.first, at.second, at.from_s, at.to_s, whole.pair);
  }
  look_closely(at, whole, gauge, enough);
}

void PairProof::look_closely(const Passing& at, const Stretch<double>& whole,
                             const Gauge<double>& gauge, double enough) {
  const double base = base_m(at.demand);
  if (enough < kInfinity) {
    const double lower = gauge.lower(whole, enough);
    if (lower >= enough) {
      least.lower_m = std::min(least.lower_m, std::max(lower, enough) - base);
      return;
    }
  }
  std::vector<Part> undecided;
  Verdict verdict = decide(whole, gauge, undecided);
  if (verdict == Verdict::open) {
    ++extended;
    verdict = decide_finely(motions_, at, undecided);
  }
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  if (verdict == Verdict::clear && !(interest_m > 0) && !margin) return;
  LeastValue found = verdict == Verdict::clear
                         ? find_least(whole, gauge, interest_m + base, options_.tolerance_m)
                         : find_least(whole, gauge, kInfinity, kFine_m);
  if (verdict == Verdict::conflict) add_conflicts(at, whole, gauge, found);
  // How deep bodies overlap is said of conflicts alone; what is least is a distance.
  if (at.demand.rectangles) {
    found.lower_m = std::max(found.lower_m, 0.0);
    found.upper_m = std::max(found.upper_m, 0.0);
  }
  Least seen{found.lower_m - base, found.upper_m - base, at.a, at.b, at.time_of(found.s)};
  if (found.upper_m == kInfinity) seen.a = seen.b = 0;
  least.take(seen);
}

void PairProof::look(std::uint32_t a, std::uint32_t b, double from_s, double to_s) {
  const Demand demand = demand_of(motions_, rules_, a, b);
  if (demand.shape == Limit::Shape::none) return;
  const MotionMover& first = motions_.movers[a];
  const MotionMover& second = motions_.movers[b];
  const auto own = motions_.pieces_of(motions_.paths[first.path]);
  const auto other = motions_.pieces_of(motions_.paths[second.path]);
  const auto starts = [from_s](std::span<const MotionPiece> pieces) {
    return std::lower_bound(pieces.begin(), pieces.end(), from_s,
                            [](const MotionPiece& p, double t) { return p.t1_s < t; });
  };
  auto p = starts(own);
  auto q = starts(other);
  while (p != own.end() && q != other.end()) {
    const double begin = std::max({p->t0_s, q->t0_s, from_s});
    const double end = std::min({p->t1_s, q->t1_s, to_s});
    if (begin > to_s) break;
    if (begin <= end) {
      look_at({a, b, {first, *p}, {second, *q}, begin, end, demand});
    }
    (p->t1_s < q->t1_s) ? ++p : ++q;
  }
}

void join_conflicts(std::vector<Approach>& conflicts) {
  std::sort(conflicts.begin(), conflicts.end(), [](const Approach& x, const Approach& y) {
    return std::tie(x.a, x.b, x.t0_s, x.t1_s, x.least_m, x.t_least_s) <
           std::tie(y.a, y.b, y.t0_s, y.t1_s, y.least_m, y.t_least_s);
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const Approach& each = conflicts[i];
    Approach* before = kept > 0 ? &conflicts[kept - 1] : nullptr;
    // The ends of stretches are rounded; a nanosecond is nobody's gap.
    if (before != nullptr && before->a == each.a && before->b == each.b &&
        each.t0_s <= before->t1_s + 1e-8) {
      before->t1_s = std::max(before->t1_s, each.t1_s);
      if (each.least_m < before->least_m) {
        before->least_m = each.least_m;
        before->t_least_s = each.t_least_s;
      }
    } else {
      conflicts[kept++] = each;
    }
  }
  conflicts.resize(kept);
}

}  // namespace defilada::proof
