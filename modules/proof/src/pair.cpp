// SPDX-License-Identifier: MIT
#include "pair.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "gauge.hpp"

namespace defilada::proof {
namespace {

constexpr int kDepth = 52;    ///< halvings of [0, 1] that a double still tells apart
constexpr int kNodes = 4000;  ///< in double, then more digits are the better way
/// A tie is decided within this, m.
constexpr double kTie_m = 1e-12;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// A stretch [s0, s1] of a relative track.
template <class Real>
struct Stretch {
  Rectangles<Real> pair;  ///< of discs `r` alone
  double s0 = 0;
  double s1 = 1;
  int depth = 0;
};

template <class Real>
void halve(const Stretch<Real>& whole, bool rectangles, Stretch<Real>& first,
           Stretch<Real>& second) {
  halve(whole.pair.r, first.pair.r, second.pair.r);
  if (rectangles) {
    halve(whole.pair.na, first.pair.na, second.pair.na);
    halve(whole.pair.nb, first.pair.nb, second.pair.nb);
    first.pair.a = second.pair.a = whole.pair.a;
    first.pair.b = second.pair.b = whole.pair.b;
  }
  first.s0 = whole.s0;
  first.s1 = second.s0 = 0.5 * (whole.s0 + whole.s1);
  second.s1 = whole.s1;
  first.depth = second.depth = whole.depth + 1;
}

enum class Verdict { clear, conflict, open };

/// What is asked of a stretch: the distance with what counts as its limit.
template <class Real>
class Gauge {
 public:
  Gauge(const Demand& demand, double distance_m)
      : demand_(demand),
        distance_(Real(distance_m) - Real(kSameDistance_m)),
        vertical_(Real(demand.vertical_m) - Real(kSameDistance_m)),
        dims_(demand.shape == Limit::Shape::sphere ? 3 : 2) {}

  [[nodiscard]] bool cylinder() const { return demand_.shape == Limit::Shape::cylinder; }
  [[nodiscard]] bool rectangles() const { return demand_.rectangles; }
  [[nodiscard]] Range<Real> bounds(const Stretch<Real>& at, const Real& enough) const {
    return rectangles() ? rectangles_bounds(at.pair, enough)
                        : norm_bounds(at.pair.r, dims_, enough);
  }
  [[nodiscard]] Range<Real> at_end(const Stretch<Real>& at, bool last) const {
    const int end = last ? at.pair.r.degree : 0;
    return rectangles() ? rectangles_range_at(at.pair, end) : norm_at(at.pair.r, end, dims_);
  }
  /// Nowhere in the stretch is the limit broken by more than `tie`.
  [[nodiscard]] bool clear(const Stretch<Real>& at, double tie) const {
    if (cylinder() && height_bounds(at.pair.r).lower >= vertical_ - tie) return true;
    const Real enough = distance_ - tie;
    return bounds(at, enough).lower >= enough;
  }
  [[nodiscard]] bool breaks(const Stretch<Real>& at, bool last) const {
    if (cylinder()) {
      const int end = last ? at.pair.r.degree : 0;
      if (!(height_at(at.pair.r, end).upper < vertical_)) return false;
    }
    return at_end(at, last).upper < distance_;
  }
  [[nodiscard]] bool breaks_everywhere(const Stretch<Real>& at) const {
    if (cylinder() && !(height_bounds(at.pair.r).upper < vertical_)) return false;
    return bounds(at, Real(kInfinity)).upper < distance_;
  }
  /// Of the value that `least` is about.
  [[nodiscard]] Real lower(const Stretch<Real>& at, const Real& enough) const {
    if (cylinder() && height_bounds(at.pair.r).lower >= vertical_) return Real(kInfinity);
    const Real bound = bounds(at, enough).lower;
    return rectangles() && bound < 0 ? Real(0) : bound;  // how deep they overlap is not asked
  }
  [[nodiscard]] Real upper(const Stretch<Real>& at, bool last) const {
    const int end = last ? at.pair.r.degree : 0;
    if (cylinder() && !(height_at(at.pair.r, end).upper < vertical_)) return Real(kInfinity);
    const Real bound = at_end(at, last).upper;
    return rectangles() && bound < 0 ? Real(0) : bound;
  }

 private:
  const Demand& demand_;
  Real distance_;
  Real vertical_;
  int dims_;
};

/// Whether the limit is broken anywhere. `tie` 0: double, which may leave it open. Else it relaxes
/// the limit by `tie`, tenfold every kNodes stretches, so that it always ends.
template <class Real>
Verdict decide(const Stretch<Real>& whole, const Gauge<Real>& gauge, double tie) {
  std::vector<Stretch<Real>> open{whole};
  const bool last_word = tie > 0;
  int nodes = 0;
  if (gauge.breaks(whole, false) || gauge.breaks(whole, true)) return Verdict::conflict;
  while (!open.empty()) {
    const Stretch<Real> at = open.back();
    open.pop_back();
    if (gauge.clear(at, tie)) continue;
    if (++nodes % kNodes == 0) {
      if (!last_word) return Verdict::open;
      tie *= 10;
    }
    if (at.depth == kDepth) {
      if (!last_word) return Verdict::open;
      continue;  // shorter than any clock tells: the ends are clear
    }
    open.resize(open.size() + 2);
    halve(at, gauge.rectangles(), open[open.size() - 1], open[open.size() - 2]);
    if (gauge.breaks(open.back(), true)) return Verdict::conflict;
  }
  return Verdict::clear;
}

/// The least value over the stretch, to `tolerance`; below `upper_m` alone.
struct Found {
  double lower_m = kInfinity;
  double upper_m = kInfinity;
  double s = 0;
};

Found find_least(const Stretch<double>& whole, const Gauge<double>& gauge, double interest_m,
                 double tolerance_m) {
  Found found;
  // Bounds that rounding holds apart come no nearer: asking for less would burn stretches.
  const double size = size_of(whole.pair.r);
  const double grain = gauge.rectangles() ? rectangle_slack(whole.pair, size)
                                          : whole.pair.r.error + 64 * kUnit<double> * size;
  tolerance_m = std::max(tolerance_m, 8 * grain);
  const auto offer = [&](const Stretch<double>& at, bool last) {
    const double upper = gauge.upper(at, last);
    if (upper < found.upper_m) {
      found.upper_m = upper;
      found.s = last ? at.s1 : at.s0;
    }
  };
  offer(whole, false);
  offer(whole, true);
  std::vector<std::pair<double, Stretch<double>>> open{{-kInfinity, whole}};
  int nodes = 0;
  while (!open.empty()) {
    const auto [known, at] = open.back();
    open.pop_back();
    const double enough = std::min(found.upper_m, interest_m) - tolerance_m;
    const double lower = std::max(known, gauge.lower(at, enough));
    // Rounding may hold the bounds apart: then they are as near as double tells.
    if (lower >= enough || at.depth == kDepth || ++nodes > kNodes) {
      found.lower_m = std::min(found.lower_m, lower);
      continue;
    }
    Stretch<double> first;
    Stretch<double> second;
    halve(at, gauge.rectangles(), first, second);
    offer(first, true);
    const bool first_is_nearer = gauge.upper(first, false) <= gauge.upper(second, true);
    open.push_back({lower, first_is_nearer ? second : first});
    open.push_back({lower, first_is_nearer ? first : second});
  }
  found.lower_m = std::min(found.lower_m, found.upper_m);
  return found;
}

/// The stretches of [0, 1] on which the limit is broken, their ends to 2^-36 of it.
void find_intervals(const Stretch<double>& at, const Gauge<double>& gauge,
                    std::vector<std::array<double, 2>>& out) {
  constexpr int kEnds = 36;
  if (gauge.clear(at, 0)) return;
  const bool all = gauge.breaks_everywhere(at);
  if (all || at.depth == kEnds) {
    if (!all && !gauge.breaks(at, false) && !gauge.breaks(at, true)) return;
    if (!out.empty() && out.back()[1] == at.s0) {
      out.back()[1] = at.s1;
    } else {
      out.push_back({at.s0, at.s1});
    }
    return;
  }
  Stretch<double> first;
  Stretch<double> second;
  halve(at, gauge.rectangles(), first, second);
  find_intervals(first, gauge, out);
  find_intervals(second, gauge, out);
}

template <class Real>
Curve<Real> difference(const Curve<Real>& from, const Curve<Real>& to) {
  const Curve<Real>* longer = &to;
  const Curve<Real>* shorter = &from;
  Curve<Real> raised;
  if (from.degree != to.degree) {
    if (from.degree > to.degree) std::swap(longer, shorter);
    raised = *shorter;
    raise(raised, longer->degree);
    shorter = &raised;
  }
  const Curve<Real>& a = from.degree > to.degree ? *longer : *shorter;
  const Curve<Real>& b = from.degree > to.degree ? *shorter : *longer;
  Curve<Real> r;
  r.degree = longer->degree;
  for (int k = 0; k <= r.degree; ++k) {
    for (int d = 0; d < 4; ++d) r.p[k][d] = b.p[k][d] - a.p[k][d];
  }
  r.error = (a.error + b.error) * (1 + 1e-15) + 4 * kUnit<Real> * size_of(r);
  return r;
}

template <class Real>
void make_rectangles(const Motions& motions, const MotionMover& a, const MotionPiece& piece_a,
                     const MotionMover& b, const MotionPiece& piece_b, double from_s, double to_s,
                     Rectangles<Real>& pair) {
  pair.na = normal_points<Real>(motions, piece_a, from_s, to_s);
  pair.nb = normal_points<Real>(motions, piece_b, from_s, to_s);
  // The errors of the tracks' normals are in the demand.
  const int degree = std::max({pair.r.degree, pair.na.degree, pair.nb.degree});
  raise(pair.r, degree);
  raise(pair.na, degree);
  raise(pair.nb, degree);
  pair.a = a.body;
  pair.b = b.body;
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
  demand.distance_m = limit.distance_m + first.body.radius_m + second.body.radius_m + errors +
                      (demand.rectangles ? turned(first) + turned(second) : 0);
  return demand;
}

void PairProof::look_at(std::uint32_t a, const MotionPiece& piece_a, const Curve<double>& curve_a,
                        std::uint32_t b, const MotionPiece& piece_b, const Curve<double>& curve_b,
                        double from_s, double to_s, const Demand& demand) {
  const MotionMover& first = motions_.movers[a];
  const MotionMover& second = motions_.movers[b];
  Stretch<double> whole;
  whole.pair.r = difference(curve_a, curve_b);
  if (demand.rectangles) {
    make_rectangles(motions_, first, piece_a, second, piece_b, from_s, to_s, whole.pair);
  }
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const double base = margin ? demand.distance_m : 0;
  const Gauge<double> gauge(demand, demand.distance_m);
  const auto time_of = [&](double s) { return s == 1 ? to_s : from_s + s * (to_s - from_s); };
  const auto note = [&](const Found& found) {
    Least seen{found.lower_m - base, found.upper_m - base, a, b, time_of(found.s)};
    if (found.upper_m == kInfinity) seen.a = seen.b = 0;
    least.take(seen);
  };
  // Most pairs are far enough, and of no interest for the least value either.
  const double interest = interest_m + base;
  const double enough =
      std::max(demand.distance_m - kSameDistance_m, interest - options_.tolerance_m);
  if (enough < kInfinity) {
    const double lower = gauge.lower(whole, enough);
    if (lower >= enough) {
      least.lower_m = std::min(least.lower_m, std::max(lower, enough) - base);
      return;
    }
  }
  Verdict verdict = decide(whole, gauge, 0);
  if (verdict == Verdict::open) {
    ++extended;
    Stretch<Extended> fine;
    fine.pair.r = difference(control_points<Extended>(motions_, first, piece_a, from_s, to_s),
                             control_points<Extended>(motions_, second, piece_b, from_s, to_s));
    if (demand.rectangles) {
      make_rectangles(motions_, first, piece_a, second, piece_b, from_s, to_s, fine.pair);
    }
    verdict = decide(fine, Gauge<Extended>(demand, demand.distance_m), kTie_m);
  }
  if (verdict == Verdict::clear) {
    if (interest_m > 0 || margin) note(find_least(whole, gauge, interest, options_.tolerance_m));
    return;
  }
  constexpr double kFine_m = 1e-9;
  const Found found = find_least(whole, gauge, kInfinity, kFine_m);
  note(found);
  std::vector<std::array<double, 2>> intervals;
  find_intervals(whole, gauge, intervals);
  const bool inside = std::any_of(intervals.begin(), intervals.end(), [&](const auto& each) {
    return each[0] <= found.s && found.s <= each[1];
  });
  if (!inside) intervals.push_back({found.s, found.s});
  for (const auto& each : intervals) {
    Approach approach{
        a, b, time_of(each[0]), time_of(each[1]), time_of(each[0]), 0, demand.distance_m, {}};
    const bool holds = each[0] <= found.s && found.s <= each[1];
    if (holds) {
      approach.t_least_s = time_of(found.s);
      approach.least_m = found.upper_m;
    } else {
      // Another dip of the same pair: its own least point.
      Stretch<double> part;
      part.pair.r =
          difference(safe_control_points(motions_, first, piece_a, approach.t0_s, approach.t1_s),
                     safe_control_points(motions_, second, piece_b, approach.t0_s, approach.t1_s));
      if (demand.rectangles) {
        make_rectangles(motions_, first, piece_a, second, piece_b, approach.t0_s, approach.t1_s,
                        part.pair);
      }
      const Found own = find_least(part, gauge, kInfinity, kFine_m);
      approach.least_m = own.upper_m;
      approach.t_least_s = approach.t0_s + own.s * (approach.t1_s - approach.t0_s);
    }
    conflicts.push_back(approach);
  }
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
      look_at(a, *p, safe_control_points(motions_, first, *p, begin, end), b, *q,
              safe_control_points(motions_, second, *q, begin, end), begin, end, demand);
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
