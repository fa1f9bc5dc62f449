// SPDX-License-Identifier: MIT
#include "defilada/proof/abilities.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <tuple>
#include <utility>

#include "bernstein.hpp"

namespace defilada::proof {
namespace {

constexpr double kGravity_mps2 = 9.80665;
constexpr double kTie = 1e-9;  ///< share of a limit within which either verdict may come
constexpr double kStanding_mps = 1e-3;
constexpr int kDeepest = 40;
constexpr double kShortest_s = 1e-5;  ///< where a limit is crossed, that near to the crossing

/// Bernstein coefficients of one function of time. Not set beyond `degree`.
struct Scalar {
  int degree = 0;
  std::array<double, 2 * kMaxDegree + 1> b;
  [[nodiscard]] double front() const { return b[0]; }
  [[nodiscard]] double back() const { return b[degree]; }
};

double binomial(int n, int k) {
  return kBinomials.choose[static_cast<std::size_t>(n)][static_cast<std::size_t>(k)];
}

Scalar product(const Scalar& x, const Scalar& y) {
  Scalar out;
  out.degree = x.degree + y.degree;
  for (int m = 0; m <= out.degree; ++m) {
    double sum = 0;
    for (int i = std::max(0, m - y.degree); i <= std::min(m, x.degree); ++i) {
      sum += binomial(x.degree, i) * binomial(y.degree, m - i) * (x.b[i] * y.b[m - i]);
    }
    out.b[m] = sum / binomial(out.degree, m);
  }
  return out;
}

/// Requires the same degree.
void add(Scalar& x, const Scalar& y) {
  for (int i = 0; i <= x.degree; ++i) x.b[i] += y.b[i];
}

/// Of the derivative: n (b[k+1] - b[k]) / length. A constant has the derivative 0.
Scalar derivative(const Scalar& x, double length_s) {
  Scalar out;
  out.degree = std::max(0, x.degree - 1);
  out.b[0] = 0;
  for (int i = 0; i < x.degree; ++i) out.b[i] = x.degree * (x.b[i + 1] - x.b[i]) / length_s;
  return out;
}

void halve(const Scalar& x, Scalar& first, Scalar& second) {
  second = x;
  first.degree = x.degree;
  first.b[0] = x.b[0];
  for (int i = 1; i <= x.degree; ++i) {
    for (int k = 0; k + i <= x.degree; ++k) second.b[k] = 0.5 * (second.b[k] + second.b[k + 1]);
    first.b[i] = second.b[0];
  }
}

struct Range {
  double low = 0;
  double high = 0;
};
Range range(const Scalar& x) {
  Range out{x.b[0], x.b[0]};
  for (int i = 1; i <= x.degree; ++i) {
    out.low = std::min(out.low, x.b[i]);
    out.high = std::max(out.high, x.b[i]);
  }
  return out;
}

/// What a quantity is made of, on a stretch of time: one to three functions.
///     speed, slowness   |v|^2                    turning radius, bank   |v|^2, |N'|^2
///     acceleration      |v|^2, v.a, |a|^2        climb, heights         the value itself
struct Demand {
  double t0_s = 0;
  double t1_s = 0;
  int count = 0;
  std::array<Scalar, 3> f;

  [[nodiscard]] const Scalar& speed2() const { return f[0]; }
  [[nodiscard]] const Scalar& turn2() const { return f[1]; }
  [[nodiscard]] const Scalar& push() const { return f[1]; }
  [[nodiscard]] const Scalar& force2() const { return f[2]; }
};

void halve(const Demand& whole, Demand& first, Demand& second) {
  const double middle = 0.5 * (whole.t0_s + whole.t1_s);
  first.t0_s = whole.t0_s;
  first.t1_s = second.t0_s = middle;
  second.t1_s = whole.t1_s;
  first.count = second.count = whole.count;
  for (int i = 0; i < whole.count; ++i) halve(whole.f[i], first.f[i], second.f[i]);
}

/// Bounds of the quantity on a stretch: no instant of it has a value outside. `at_ends` are the
/// values at both ends themselves.
struct Bounds {
  Range over;
  std::array<double, 2> at_ends{};
};

double quotient(double numerator, double denominator, double otherwise) {
  return denominator > 0 ? numerator / denominator : otherwise;
}

double root(double square) {
  return std::sqrt(std::max(0.0, square));
}

constexpr double kStanding2 = kStanding_mps * kStanding_mps;

Bounds acceleration(const Demand& d) {
  const Range speed2 = range(d.speed2());
  const Range push = range(d.push());
  const Range force2 = range(d.force2());
  // Along the way it is v.a / |v|, and never more than |a|.
  const double most = std::max(std::abs(push.low), std::abs(push.high));
  const double high = std::min(root(force2.high), quotient(most, root(speed2.low), Ability::kAny));
  const auto at = [&](double v2, double va) {
    return v2 < kStanding2 ? 0.0 : std::abs(va) / root(v2);
  };
  return {{0, high},
          {at(d.speed2().front(), d.push().front()), at(d.speed2().back(), d.push().back())}};
}

/// 1 / radius, so that a straight way has 0.
Bounds curvature(const Demand& d) {
  const Range speed2 = range(d.speed2());
  const Range turn2 = range(d.turn2());
  const auto at = [&](double v2, double w2) { return v2 < kStanding2 ? 0.0 : root(w2) / root(v2); };
  const double high =
      turn2.high <= 0 ? 0 : quotient(root(turn2.high), root(speed2.low), Ability::kAny);
  return {{0, high},
          {at(d.speed2().front(), d.turn2().front()), at(d.speed2().back(), d.turn2().back())}};
}

Bounds lateral(const Demand& d) {
  const auto at = [](double v2, double w2) { return root(v2) * root(w2); };
  return {{0, at(range(d.speed2()).high, range(d.turn2()).high)},
          {at(d.speed2().front(), d.turn2().front()), at(d.speed2().back(), d.turn2().back())}};
}

Bounds of(const Scalar& a) {
  return {range(a), {a.front(), a.back()}};
}

Bounds roots_of(const Scalar& a) {
  const Range r = range(a);
  return {{root(r.low), root(r.high)}, {root(a.front()), root(a.back())}};
}

Bounds bounds_of(Quantity quantity, const Demand& d) {
  switch (quantity) {
    case Quantity::speed:
    case Quantity::slowness: return roots_of(d.speed2());
    case Quantity::acceleration: return acceleration(d);
    case Quantity::turning_radius: return curvature(d);
    case Quantity::bank: return lateral(d);
    case Quantity::climb: return of(d.f[0]);
    case Quantity::floor:
    case Quantity::ceiling: break;
  }
  return of(d.f[0]);
}

/// Values that are allowed, in the terms in which bounds_of gives them.
Range allowed(Quantity quantity, const Ability& ability, double tolerance, double error_m) {
  constexpr double kAny = Ability::kAny;
  const auto up_to = [&](double limit) { return Range{-kAny, limit * (1 + tolerance)}; };
  switch (quantity) {
    case Quantity::speed: return up_to(ability.speed_max_mps);
    case Quantity::slowness: return {ability.speed_min_mps * (1 - tolerance), kAny};
    case Quantity::acceleration: return up_to(ability.acceleration_mps2);
    case Quantity::turning_radius:
      return up_to(ability.turning_radius_m > 0 ? 1 / ability.turning_radius_m : kAny);
    case Quantity::bank:
      return up_to(ability.bank_max_rad < 1.57 ? kGravity_mps2 * std::tan(ability.bank_max_rad)
                                               : kAny);
    case Quantity::climb: {
      const double most = ability.climb_max_mps * (1 + tolerance);
      return {-most, most};
    }
    case Quantity::floor: return {ability.floor_m - error_m, kAny};
    case Quantity::ceiling: break;
  }
  return {-kAny, ability.ceiling_m + error_m};
}

/// As the ability gives it.
double in_units(Quantity quantity, double value) {
  if (quantity == Quantity::turning_radius) return value > 0 ? 1 / value : Ability::kAny;
  if (quantity == Quantity::bank) return std::atan(value / kGravity_mps2);
  return value;
}

double limit_of(Quantity quantity, const Ability& ability) {
  switch (quantity) {
    case Quantity::speed: return ability.speed_max_mps;
    case Quantity::slowness: return ability.speed_min_mps;
    case Quantity::acceleration: return ability.acceleration_mps2;
    case Quantity::turning_radius: return ability.turning_radius_m;
    case Quantity::bank: return ability.bank_max_rad;
    case Quantity::climb: return ability.climb_max_mps;
    case Quantity::floor: return ability.floor_m;
    case Quantity::ceiling: break;
  }
  return ability.ceiling_m;
}

constexpr std::array kQuantities{
    Quantity::speed, Quantity::slowness, Quantity::acceleration, Quantity::turning_radius,
    Quantity::bank,  Quantity::climb,    Quantity::floor,        Quantity::ceiling};

/// One mover and one quantity, over all pieces in order.
class Judge {
 public:
  Judge(Quantity quantity, Range allowed, std::uint64_t& nodes)
      : quantity_(quantity), allowed_(allowed), nodes_(nodes) {
    const double scale = std::isfinite(allowed.high)  ? std::abs(allowed.high)
                         : std::isfinite(allowed.low) ? std::abs(allowed.low)
                                                      : 0;
    tie_ = kTie * scale;
  }

  [[nodiscard]] bool asked() const {
    return std::isfinite(allowed_.low) || std::isfinite(allowed_.high);
  }

  void look(const Demand& demand, int depth = 0) {
    ++nodes_;
    const Bounds bounds = bounds_of(quantity_, demand);
    if (beyond(bounds.over.low, bounds.over.high) <= tie_) return;
    if (stands(demand)) return;
    const bool whole = beyond(bounds.at_ends[0], bounds.at_ends[0]) > 0 &&
                       beyond(bounds.at_ends[1], bounds.at_ends[1]) > 0;
    if ((whole && depth >= kFine) || depth == kDeepest || demand.t1_s - demand.t0_s < kShortest_s) {
      note(demand.t0_s, bounds.at_ends[0]);
      note(demand.t1_s, bounds.at_ends[1]);
      return;
    }
    Demand first;
    Demand second;
    halve(demand, first, second);
    look(first, depth + 1);
    look(second, depth + 1);
  }

  [[nodiscard]] Quantity quantity() const { return quantity_; }
  [[nodiscard]] const std::vector<Excess>& found() const { return found_; }

 private:
  static constexpr int kFine = 5;         ///< a stretch that is beyond is told to 1/32 of its piece
  static constexpr double kJoined_s = 1;  ///< excesses nearer to each other are one

  [[nodiscard]] double beyond(double low, double high) const {
    return std::max(high - allowed_.high, allowed_.low - low);
  }

  /// Quotients by |v| have no bound where it is zero, and nothing to say.
  [[nodiscard]] bool stands(const Demand& demand) const {
    const bool divides =
        quantity_ == Quantity::acceleration || quantity_ == Quantity::turning_radius;
    return divides && range(demand.speed2()).high < kStanding2;
  }

  void note(double t_s, double value) {
    const double by = beyond(value, value);
    if (by <= 0) return;
    if (found_.empty() || t_s - found_.back().t1_s > kJoined_s) {
      found_.push_back({});
      found_.back().quantity = quantity_;
      found_.back().t0_s = found_.back().t_worst_s = t_s;
      found_.back().value = value;
    }
    Excess& last = found_.back();
    last.t1_s = std::max(last.t1_s, t_s);
    if (by > beyond(last.value, last.value)) {
      last.value = value;
      last.t_worst_s = t_s;
    }
  }

  Quantity quantity_;
  Range allowed_;
  double tie_ = 0;
  std::uint64_t& nodes_;
  std::vector<Excess> found_;
};

Scalar coordinate(const Curve<double>& curve, int d) {
  Scalar out;
  out.degree = curve.degree;
  for (int k = 0; k <= curve.degree; ++k) out.b[k] = curve.p[k][d];
  return out;
}

/// What a piece asks of a mover, whatever the quantity. The rounding of control points is far below
/// the tie: a millionth of a millimetre a second.
class Piece {
 public:
  Piece(const Motions& motions, const MotionMover& mover, const MotionPiece& piece)
      : t0_s_(piece.t0_s), t1_s_(piece.t1_s) {
    const double length = t1_s_ - t0_s_;
    const Curve<double> place = safe_control_points(motions, mover, piece, t0_s_, t1_s_);
    const Curve<double> normal = normal_points<double>(motions, piece, t0_s_, t1_s_);
    std::array<Scalar, 3> v;
    std::array<Scalar, 3> a;
    for (int d = 0; d < 3; ++d) {
      v[d] = derivative(coordinate(place, d), length);
      a[d] = derivative(v[d], length);
    }
    height_ = coordinate(place, 2);
    climb_ = v[2];
    speed2_ = sum_of_products(v, v);
    push_ = sum_of_products(v, a);
    force2_ = sum_of_products(a, a);
    const Scalar nx = derivative(coordinate(normal, 0), length);
    const Scalar ny = derivative(coordinate(normal, 1), length);
    turn2_ = product(nx, nx);
    add(turn2_, product(ny, ny));
  }

  [[nodiscard]] Demand demand(Quantity quantity) const {
    switch (quantity) {
      case Quantity::speed:
      case Quantity::slowness: return of({&speed2_});
      case Quantity::acceleration: return of({&speed2_, &push_, &force2_});
      case Quantity::turning_radius:
      case Quantity::bank: return of({&speed2_, &turn2_});
      case Quantity::climb: return of({&climb_});
      case Quantity::floor:
      case Quantity::ceiling: break;
    }
    return of({&height_});
  }

 private:
  static Scalar sum_of_products(const std::array<Scalar, 3>& x, const std::array<Scalar, 3>& y) {
    Scalar out = product(x[0], y[0]);
    add(out, product(x[1], y[1]));
    add(out, product(x[2], y[2]));
    return out;
  }

  [[nodiscard]] Demand of(std::initializer_list<const Scalar*> functions) const {
    Demand out;
    out.t0_s = t0_s_;
    out.t1_s = t1_s_;
    for (const Scalar* function : functions) out.f[out.count++] = *function;
    return out;
  }

  double t0_s_;
  double t1_s_;
  Scalar height_;
  Scalar climb_;
  Scalar speed2_;
  Scalar push_;
  Scalar force2_;
  Scalar turn2_;
};

void judge(const Motions& motions, std::uint32_t index, const Ability& ability,
           const AbilityOptions& options, AbilityReport& report) {
  const MotionMover& mover = motions.movers[index];
  const MotionPath& path = motions.paths[mover.path];
  const double error_m = path.error_centre_m + std::abs(mover.left_m) * path.error_normal + 1e-9;
  std::vector<Judge> judges;
  for (const Quantity quantity : kQuantities) {
    Judge each(quantity, allowed(quantity, ability, options.tolerance, error_m), report.nodes);
    if (each.asked()) judges.push_back(each);
  }
  if (judges.empty()) return;
  for (const MotionPiece& piece : motions.pieces_of(path)) {
    const Piece asked(motions, mover, piece);
    for (Judge& each : judges) each.look(asked.demand(each.quantity()));
  }
  for (const Judge& each : judges) {
    for (Excess excess : each.found()) {
      excess.mover = index;
      excess.limit = limit_of(excess.quantity, ability);
      excess.value = in_units(excess.quantity, excess.value);
      motions.position(mover, excess.t_worst_s, excess.place_m);
      report.excesses.push_back(excess);
    }
  }
}

}  // namespace

std::string_view to_string(Quantity quantity) noexcept {
  switch (quantity) {
    case Quantity::speed: return "speed";
    case Quantity::slowness: return "slowness";
    case Quantity::acceleration: return "acceleration";
    case Quantity::turning_radius: return "turning-radius";
    case Quantity::bank: return "bank";
    case Quantity::climb: return "climb";
    case Quantity::floor: return "floor";
    case Quantity::ceiling: break;
  }
  return "ceiling";
}

Result<AbilityReport> prove_abilities(const Motions& motions, std::span<const Ability> abilities,
                                      const AbilityOptions& options) {
  AbilityReport report;
  // In no turn the velocity of all movers on a path is one.
  std::map<std::tuple<std::uint32_t, std::uint32_t, double, double>, std::uint32_t> seen;
  constexpr std::uint32_t kBetweenCalls = 1024;
  for (std::uint32_t i = 0; i < motions.movers.size(); ++i) {
    const MotionMover& mover = motions.movers[i];
    const double left = motions.paths[mover.path].steady ? 0 : mover.left_m;
    const bool is_new =
        seen.try_emplace({mover.path, mover.of_class, left, mover.offset_m[2]}, i).second;
    if (is_new) {
      ++report.movers;
      judge(motions, i, abilities[mover.of_class], options, report);
    }
    const bool calls = i % kBetweenCalls == 0 && options.progress;
    if (calls &&
        !options.progress(static_cast<double>(i) / static_cast<double>(motions.movers.size()))) {
      return fail(Errc::interrupted, phrase("interrupted"));
    }
  }
  return report;
}

}  // namespace defilada::proof
