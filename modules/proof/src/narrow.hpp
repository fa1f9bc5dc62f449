// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <vector>

#include "pair.hpp"
#include "valley.hpp"

/// Stretches of the relative track of a pair, and what is asked of them.
namespace defilada::proof {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

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

/// What is asked of a stretch: the distance with what counts as its limit.
template <class Real>
class Gauge {
 public:
  Gauge(const Demand& demand, double distance_m)
      : demand_(demand),
        distance_(Real(distance_m) - Real(kSameDistance_m)),
        vertical_(Real(demand.vertical_m) - Real(kSameDistance_m)),
        dims_(demand.shape == Limit::Shape::sphere ? 3 : 2) {}

  /// Whether nothing but the distance of the centres counts on this stretch.
  [[nodiscard]] bool by_distance_alone(const Stretch<Real>& at) const {
    return !rectangles() && (!cylinder() || height_bounds(at.pair.r).upper < vertical_);
  }
  [[nodiscard]] std::optional<Valley<Real>> valley(const Stretch<Real>& at) const {
    if (!by_distance_alone(at)) return std::nullopt;
    Square<Real> square;
    make_square(at.pair.r, dims_, size_of(at.pair.r), square);
    return find_valley(at.pair.r, dims_, square);
  }
  [[nodiscard]] const Real& distance() const { return distance_; }
  [[nodiscard]] int dims() const { return dims_; }
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
  /// Neither broken nor kept for certain at this very point: no halving would tell.
  [[nodiscard]] bool tied(const Stretch<Real>& at, bool last) const {
    if (cylinder()) {
      const int end = last ? at.pair.r.degree : 0;
      const Range<Real> height = height_at(at.pair.r, end);
      if (height.lower >= vertical_) return false;
      if (height.upper >= vertical_) return !(at_end(at, last).lower >= distance_);
    }
    const Range<Real> range = at_end(at, last);
    return range.lower < distance_ && !(range.upper < distance_);
  }
  [[nodiscard]] bool breaks_everywhere(const Stretch<Real>& at) const {
    if (cylinder() && !(height_bounds(at.pair.r).upper < vertical_)) return false;
    return bounds(at, Real(kInfinity)).upper < distance_;
  }
  /// Of the value that `least` is about.
  [[nodiscard]] Real lower(const Stretch<Real>& at, const Real& enough) const {
    if (cylinder() && height_bounds(at.pair.r).lower >= vertical_) return Real(kInfinity);
    return bounds(at, enough).lower;
  }
  [[nodiscard]] Real upper(const Stretch<Real>& at, bool last) const {
    const int end = last ? at.pair.r.degree : 0;
    if (cylinder() && !(height_at(at.pair.r, end).upper < vertical_)) return Real(kInfinity);
    return at_end(at, last).upper;
  }

 private:
  const Demand& demand_;
  Real distance_;
  Real vertical_;
  int dims_;
};

enum class Verdict { clear, conflict, open };

/// A part of [0, 1].
using Part = std::array<double, 2>;

/// Whether the limit is broken anywhere, in double. Parts that double does not decide go to
/// `undecided`, by their beginning; a conflict elsewhere makes them needless.
[[nodiscard]] Verdict decide(const Stretch<double>& whole, const Gauge<double>& gauge,
                             std::vector<Part>& undecided);

/// The same with 113 bits on those parts, the last word: within `tie` of the limit is clear.
[[nodiscard]] Verdict decide_at_last(const Stretch<Extended>& whole, const Gauge<Extended>& gauge,
                                     double tie, const std::vector<Part>& parts);

/// The least value over a stretch.
struct LeastValue {
  double lower_m = std::numeric_limits<double>::infinity();
  double upper_m = std::numeric_limits<double>::infinity();
  double s = 0;  ///< where it is upper_m
};

/// To `tolerance_m`; values from `interest_m` on are not looked into.
[[nodiscard]] LeastValue find_least(const Stretch<double>& whole, const Gauge<double>& gauge,
                                    double interest_m, double tolerance_m);

/// The parts of [0, 1] on which the limit is broken, their ends to 2^-36 of it. A pause of less
/// than 2^-10 of it between two may be left out. Cost: at most some 2^11 stretches and 2 * 36 for
/// each end, however shallow the conflict is.
void find_intervals(const Stretch<double>& at, const Gauge<double>& gauge, std::vector<Part>& out);

}  // namespace defilada::proof
