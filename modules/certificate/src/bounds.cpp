// SPDX-License-Identifier: MIT
#include "bounds.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kMostParts = 4096;  ///< of a piece: what needs more is too near to its bound

struct Stretch {
  double from_s;
  double to_s;
};

/// `shown(stretch)` of parts of the whole, halved until it is; where it is not.
template <class Shown>
std::optional<Stretch> halved(Stretch whole, const Shown& shown) {
  std::vector<Stretch> open{whole};
  for (int parts = 0; !open.empty(); ++parts) {
    const Stretch at = open.back();
    open.pop_back();
    if (shown(at)) continue;
    const double middle = 0.5 * (at.from_s + at.to_s);
    if (parts >= kMostParts || !(at.from_s < middle && middle < at.to_s)) return at;
    open.push_back({middle, at.to_s});
    open.push_back({at.from_s, middle});
  }
  return {};
}

Interval range_of(Polynomial polynomial, double t0_s, Stretch at) {
  return range(polynomial, t0_s, at.from_s, at.to_s);
}

/// Where the polynomial is not shown to lie within [low, high]; none: it does.
std::optional<Stretch> beyond(const Polynomial& polynomial, double t0_s, Stretch whole, double low,
                              double high) {
  return halved(whole, [&](Stretch at) {
    const Interval values = range_of(polynomial, t0_s, at);
    return values.low >= low && values.high <= high;
  });
}

/// The derivative of C + left N along an axis: 0 and 1 on the ground, 2 upwards.
Polynomial pace(std::span<const Coefficient> own, double left_m, std::size_t axis) {
  Polynomial p;
  for (std::size_t k = 1; k < own.size(); ++k) {
    Interval c(own[k][axis]);
    if (axis < 2) c = c + Interval(left_m) * Interval(own[k][3 + axis]);
    p.term[k - 1] = Interval(static_cast<double>(k)) * c;
  }
  p.count = std::max<std::size_t>(own.size(), 2) - 1;
  return p;
}

Polynomial derivative(const Polynomial& p) {
  Polynomial out;
  for (std::size_t k = 1; k < p.count; ++k)
    out.term[k - 1] = Interval(static_cast<double>(k)) * p.term[k];
  out.count = std::max<std::size_t>(p.count, 2) - 1;
  return out;
}

void add_square(const Polynomial& v, Polynomial& sum) {
  sum.count = std::max(sum.count, 2 * v.count - 1);
  for (std::size_t i = 0; i < v.count; ++i) {
    for (std::size_t k = 0; k < v.count; ++k)
      sum.term[i + k] = sum.term[i + k] + v.term[i] * v.term[k];
  }
}

Polynomial square_of_speed(std::span<const Coefficient> own, double left_m) {
  Polynomial sum;
  for (std::size_t axis = 0; axis < 3; ++axis) add_square(pace(own, left_m, axis), sum);
  return sum;
}

Polynomial square_of_force(std::span<const Coefficient> own, double left_m) {
  Polynomial sum;
  for (std::size_t axis = 0; axis < 3; ++axis) add_square(derivative(pace(own, left_m, axis)), sum);
  return sum;
}

/// |N'|^2
Polynomial square_of_turn(std::span<const Coefficient> own) {
  Polynomial sum;
  for (std::size_t axis = 3; axis < 5; ++axis) {
    Polynomial p;
    for (std::size_t k = 1; k < own.size(); ++k)
      p.term[k - 1] = Interval(static_cast<double>(k)) * Interval(own[k][axis]);
    p.count = std::max<std::size_t>(own.size(), 2) - 1;
    add_square(p, sum);
  }
  return sum;
}

bool turns(std::span<const Coefficient> own) {
  return std::any_of(own.begin() + 1, own.end(),
                     [](const Coefficient& c) { return c[3] != 0 || c[4] != 0; });
}

Polynomial height(std::span<const Coefficient> own) {
  Polynomial p;
  for (std::size_t k = 0; k < own.size(); ++k) p.term[k] = Interval(own[k][2]);
  p.count = own.size();
  return p;
}

/// Movers of a class on one path.
struct OnPath {
  std::uint32_t first = 0;     ///< of them, who is named
  std::vector<double> left_m;  ///< the different ones, in order
  Interval rise_m;             ///< offsets in height
  double error_m = 0;          ///< of any one's place
};

class Check {
 public:
  Check(const Statement& statement, const Bound& bound) : statement_(statement), bound_(bound) {}

  std::optional<Phrase> run() {
    for (const auto& [path, on] : paths()) {
      for (const Piece& piece : statement_.pieces_of(statement_.paths[path])) {
        const Stretch at{std::max(piece.t0_s, bound_.from_s), std::min(piece.t1_s, bound_.to_s)};
        if (at.from_s > at.to_s) continue;
        if (auto fault = look_at(on, piece, at)) return fault;
      }
    }
    return {};
  }

 private:
  std::map<std::uint32_t, OnPath> paths() const {
    std::map<std::uint32_t, OnPath> out;
    for (std::uint32_t m = 0; m < statement_.movers.size(); ++m) {
      const Mover& mover = statement_.movers[m];
      if (mover.of_class != bound_.of_class) continue;
      const Path& path = statement_.paths[mover.path];
      const Interval error = Interval(path.error_centre_m) +
                             absolute(Interval(mover.left_m)) * Interval(path.error_normal);
      const auto [found, fresh] = out.try_emplace(mover.path);
      OnPath& on = found->second;
      if (fresh) on.first = m;
      on.rise_m = fresh ? Interval(mover.offset_m[2]) : hull(on.rise_m, mover.offset_m[2]);
      on.error_m = std::max(on.error_m, error.high);
      on.left_m.push_back(mover.left_m);
    }
    for (auto& [path, on] : out) {
      std::sort(on.left_m.begin(), on.left_m.end());
      on.left_m.erase(std::unique(on.left_m.begin(), on.left_m.end()), on.left_m.end());
    }
    return out;
  }

  std::optional<Phrase> look_at(const OnPath& on, const Piece& piece, Stretch at) const {
    const auto own = statement_.coefficients_of(piece);
    if (auto fault = speeds(on, piece, at)) return fault;
    if (auto fault = changes(on, piece, at)) return fault;
    if (bound_.climb_max_mps < kInfinity) {
      const double most = bound_.climb_max_mps;
      const auto where = beyond(pace(own, 0, 2), piece.t0_s, at, -most, most);
      if (where) return said(on, phrase("climb"), *where);
    }
    const Interval slack = Interval(on.error_m) + Interval(kSameDistance_m);
    if (bound_.floor_m > -kInfinity) {
      const double least = (Interval(bound_.floor_m) - slack - Interval(on.rise_m.low)).high;
      const auto where = beyond(height(own), piece.t0_s, at, least, kInfinity);
      if (where) return said(on, phrase("least height"), *where);
    }
    if (bound_.ceiling_m < kInfinity) {
      const double most = (Interval(bound_.ceiling_m) + slack - Interval(on.rise_m.high)).low;
      const auto where = beyond(height(own), piece.t0_s, at, -kInfinity, most);
      if (where) return said(on, phrase("greatest height"), *where);
    }
    return {};
  }

  std::optional<Phrase> speeds(const OnPath& on, const Piece& piece, Stretch at) const {
    const auto own = statement_.coefficients_of(piece);
    if (bound_.speed_max_mps < kInfinity) {
      const double most = square(Interval(bound_.speed_max_mps)).low;
      for (const double left : {on.left_m.front(), on.left_m.back()}) {
        const auto where = beyond(square_of_speed(own, left), piece.t0_s, at, -kInfinity, most);
        if (where) return said(on, phrase("greatest speed"), *where);
      }
    }
    if (bound_.speed_min_mps > 0) {
      const double least = square(Interval(bound_.speed_min_mps)).high;
      for (const double left : on.left_m) {
        const auto where = beyond(square_of_speed(own, left), piece.t0_s, at, least, kInfinity);
        if (where) return said(on, phrase("least speed"), *where);
      }
    }
    return {};
  }

  /// Of everybody where the path turns; where it does not, all of them move alike.
  std::optional<Phrase> changes(const OnPath& on, const Piece& piece, Stretch at) const {
    const auto own = statement_.coefficients_of(piece);
    const bool turning = turns(own);
    const bool asked =
        bound_.acceleration_mps2 < kInfinity ||
        (turning && (bound_.turning_radius_m > 0 || bound_.sideways_mps2 < kInfinity));
    if (!asked) return {};
    const Polynomial turn = square_of_turn(own);
    for (std::size_t i = 0; i < (turning ? on.left_m.size() : 1); ++i) {
      const Polynomial speed = square_of_speed(own, on.left_m[i]);
      if (bound_.acceleration_mps2 < kInfinity) {
        const Polynomial force = square_of_force(own, on.left_m[i]);
        if (const auto where = speeds_up(speed, force, piece.t0_s, at))
          return said(on, phrase("acceleration"), *where);
      }
      if (!turning) continue;
      if (const auto where = turns_tightly(speed, turn, piece.t0_s, at))
        return said(on, phrase("turning radius"), *where);
      if (bound_.sideways_mps2 == kInfinity) continue;
      const double most = square(Interval(bound_.sideways_mps2)).low;
      const auto where = halved(at, [&](Stretch part) {
        return up(range_of(speed, piece.t0_s, part).high * range_of(turn, piece.t0_s, part).high) <=
               most;
      });
      if (where) return said(on, phrase("bank"), *where);
    }
    return {};
  }

  static bool stands(const Interval& speed2) {
    return speed2.high <= square(Interval(kStanding_mps)).low;
  }

  /// Along the way it is v . a / |v|, and 2 v . a is the derivative of |v|^2; it is no more than
  /// |a|.
  std::optional<Stretch> speeds_up(const Polynomial& speed, const Polynomial& force, double t0_s,
                                   Stretch whole) const {
    const Interval most(bound_.acceleration_mps2);
    const Polynomial push = derivative(speed);
    return halved(whole, [&](Stretch at) {
      if (range_of(force, t0_s, at).high <= square(most).low) return true;
      const Interval speed2 = range_of(speed, t0_s, at);
      const Interval twice = absolute(range_of(push, t0_s, at));
      const Interval allowed = Interval(2) * most * root(Interval(std::max(0.0, speed2.low)));
      return twice.high <= allowed.low || stands(speed2);
    });
  }

  std::optional<Stretch> turns_tightly(const Polynomial& speed, const Polynomial& turn, double t0_s,
                                       Stretch whole) const {
    if (bound_.turning_radius_m == 0) return {};
    const Interval least2 = square(Interval(bound_.turning_radius_m));
    return halved(whole, [&](Stretch at) {
      const Interval speed2 = range_of(speed, t0_s, at);
      const double turn2 = std::max(0.0, range_of(turn, t0_s, at).high);
      return (least2 * Interval(turn2)).high <= std::max(0.0, speed2.low) || stands(speed2);
    });
  }

  [[nodiscard]] Phrase said(const OnPath& on, const Phrase& what, Stretch at) const {
    return phrase("{} is not shown to keep a bound: {}, from {} to {}", statement_.name(on.first),
                  what, clock_text(at.from_s), clock_text(at.to_s));
  }

  const Statement& statement_;
  const Bound& bound_;
};

}  // namespace

std::optional<Phrase> fault_of(const Statement& statement, const Bound& bound) {
  return Check(statement, bound).run();
}

}  // namespace defilada::certificate
