// SPDX-License-Identifier: MIT
// Those who keep their places on one path.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "checks.hpp"
#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Contains |N|^2 over a stretch of a piece.
Interval squared_normal(std::span<const Coefficient> own, double t0_s, double from_s, double to_s) {
  Polynomial p;
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t j = 0; j < own.size(); ++j) {
      p.term[i + j] = p.term[i + j] + Interval(own[i][3]) * Interval(own[j][3]) +
                      Interval(own[i][4]) * Interval(own[j][4]);
    }
  }
  p.count = 2 * own.size() - 1;
  while (p.count > 1 && p.term[p.count - 1].low == 0 && p.term[p.count - 1].high == 0) --p.count;
  return range(p, t0_s, from_s, to_s);
}

/// What a path does with those on it during a stretch of time.
struct Carrier {
  Interval normal_length;
  bool turns = false;  ///< N is not one constant
  double nx = 0;       ///< N, where it is
  double ny = 0;
  std::vector<double> facings;  ///< the different ones
  bool anybody = false;
};

Carrier carrier_of(const Statement& statement, const Path& path, double from_s, double to_s) {
  Carrier carrier;
  for (const Piece& piece : statement.pieces_of(path)) {
    const double from = std::max(from_s, piece.t0_s);
    const double to = std::min(to_s, piece.t1_s);
    if (from > to) continue;
    const auto own = statement.coefficients_of(piece);
    const Interval length = root(squared_normal(own, piece.t0_s, from, to));
    carrier.normal_length = carrier.anybody ? hull(carrier.normal_length, length) : length;
    if (!carrier.anybody) {
      carrier.nx = own[0][3];
      carrier.ny = own[0][4];
    }
    carrier.turns = carrier.turns || own[0][3] != carrier.nx || own[0][4] != carrier.ny ||
                    std::any_of(own.begin() + 1, own.end(),
                                [](const Coefficient& c) { return c[3] != 0 || c[4] != 0; });
    carrier.facings.push_back(piece.facing_rad);
    carrier.anybody = true;
  }
  std::sort(carrier.facings.begin(), carrier.facings.end());
  carrier.facings.erase(std::unique(carrier.facings.begin(), carrier.facings.end()),
                        carrier.facings.end());
  return carrier;
}

/// A member and where it stands along the axis by which they are sorted.
struct Placed {
  double along_m = 0;  ///< lower end
  std::uint32_t mover = 0;
  Interval x;  ///< where the normal is constant
  Interval y;
};

/// Pairs farther from what they owe than this are not looked at one by one.
constexpr double kBeyond_m = 1;
/// Places are known better than this, or the step is refused.
constexpr double kGrain_m = 1e-6;

class OnePath {
 public:
  OnePath(Groups& groups, std::uint32_t node, double from_s, double to_s)
      : groups_(groups),
        statement_(groups.statement()),
        path_(statement_.paths[groups.of(node).strands.front().path]),
        outlines_(groups.question().outlines),
        carrier_(carrier_of(statement_, path_, from_s, to_s)),
        node_(node) {}

  std::optional<double> bound() {
    if (!carrier_.anybody) return kInfinity;
    if (!(carrier_.normal_length.low > 0.5) || !(carrier_.normal_length.high < 2)) return {};
    const auto& offsets = groups_.of(node_).strands.front().offsets;
    side_by_side_ = std::all_of(offsets.begin(), offsets.end(), [&](const auto& offset) {
      return offset[0] == offsets.front()[0] && offset[1] == offsets.front()[1];
    });
    if (carrier_.turns && !side_by_side_) return {};
    const std::vector<Placed> placed = place();
    if (std::any_of(placed.begin(), placed.end(),
                    [](const Placed& p) { return !(p.x.high - p.x.low < kGrain_m); })) {
      return {};
    }
    const double window = window_m();
    double least = placed.size() > 1 ? kBeyond_m : kInfinity;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      for (std::size_t j = i + 1; j < placed.size(); ++j) {
        if (placed[j].along_m - placed[i].along_m >= window) break;
        least = std::min(least, pair_bound(placed[i], placed[j]));
      }
    }
    return least;
  }

 private:
  [[nodiscard]] std::vector<Placed> place() const {
    const Tree::Node& node = groups_.tree().nodes[node_];
    std::vector<Placed> placed;
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      Placed each;
      each.mover = groups_.tree().order[i];
      const Mover& mover = statement_.movers[each.mover];
      if (side_by_side_) {
        each.along_m = mover.left_m;
      } else {
        const Interval left(mover.left_m);
        each.x = left * Interval(carrier_.nx) + Interval(mover.offset_m[0]);
        each.y = left * Interval(carrier_.ny) + Interval(mover.offset_m[1]);
        each.along_m = each.x.low;
      }
      placed.push_back(each);
    }
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return a.along_m != b.along_m ? a.along_m < b.along_m : a.mover < b.mover;
    });
    return placed;
  }

  /// Of the circle about a mover's outline.
  [[nodiscard]] Interval around(const Mover& mover) const {
    if (!outlines_) return {0};
    const Interval corner = root(square(Interval(mover.body.half_length_m)) +
                                 square(Interval(mover.body.half_width_m)));
    return corner * carrier_.normal_length + Interval(mover.body.radius_m);
  }
  /// What errors of the tracks add: the centre's is the same for all on the path.
  [[nodiscard]] Interval errors(const Mover& a, const Mover& b) const {
    Interval sides = absolute(Interval(a.left_m) - Interval(b.left_m));
    if (outlines_) {
      for (const Mover* each : {&a, &b}) {
        sides = sides + Interval(each->body.half_length_m) + Interval(each->body.half_width_m);
      }
    }
    return sides * Interval(path_.error_normal);
  }

  /// Who is this far apart along the axis of sorting is kBeyond_m farther than anybody asks for.
  [[nodiscard]] double window_m() const {
    const Tree::Node& node = groups_.tree().nodes[node_];
    double wide = 0;
    double sides = 0;  // no two are told apart by more than twice this times the normal's error
    for (std::uint32_t i = node.first; i < node.first + node.count; ++i) {
      const Mover& mover = statement_.movers[groups_.tree().order[i]];
      wide = std::max(wide, around(mover).high);
      Interval side = absolute(Interval(mover.left_m));
      if (outlines_) {
        side = side + Interval(mover.body.half_length_m) + Interval(mover.body.half_width_m);
      }
      sides = std::max(sides, side.high);
    }
    const Limit limit = groups_.hardest(node_, node_);
    const double wanted = limit.owed ? std::max(0.0, limit.distance_m) : 0;
    const Interval all = Interval(wanted) + Interval(2) * Interval(wide) +
                         Interval(2) * Interval(sides) * Interval(path_.error_normal) +
                         Interval(kBeyond_m) + Interval(kGrain_m);
    return 2 * all.high;  // |N| > 1/2
  }

  [[nodiscard]] double pair_bound(const Placed& a, const Placed& b) const {
    const Mover& first = statement_.movers[a.mover];
    const Mover& second = statement_.movers[b.mover];
    const Limit& limit = statement_.limit(groups_.question(), first.of_class, second.of_class);
    if (!limit.owed) return kInfinity;
    const Interval rise = absolute(Interval(second.offset_m[2]) - Interval(first.offset_m[2]));
    const double by_height = down(rise.low - limit.vertical_m);
    Interval wanted = Interval(limit.distance_m) + errors(first, second);
    if (outlines_) {
      wanted = wanted + Interval(first.body.radius_m) + Interval(second.body.radius_m);
    }
    const double apart = side_by_side_ ? beside(first, second) : rigid(a, b, first, second);
    return std::max(by_height, down(apart - wanted.high));
  }

  /// Lower bound of the distance of the outlines without their radii, where r = (left) N.
  [[nodiscard]] double beside(const Mover& a, const Mover& b) const {
    const Interval left = absolute(Interval(b.left_m) - Interval(a.left_m));
    if (!outlines_) return (left * carrier_.normal_length).low;
    Interval sizes;
    for (const double facing : carrier_.facings) {
      const Interval c = absolute(cosine(facing));
      const Interval s = absolute(sine(facing));
      const Interval both = c * (Interval(a.body.half_width_m) + Interval(b.body.half_width_m)) +
                            s * (Interval(a.body.half_length_m) + Interval(b.body.half_length_m));
      sizes = Interval(0, std::max(sizes.high, both.high));
    }
    const Interval gap = Interval(down(left.low - sizes.high));
    return std::max((gap * carrier_.normal_length).low,
                    by_circles(left * carrier_.normal_length, a, b));
  }

  [[nodiscard]] double by_circles(const Interval& distance, const Mover& a, const Mover& b) const {
    const Interval corners =
        around(a) - Interval(a.body.radius_m) + around(b) - Interval(b.body.radius_m);
    return down(distance.low - corners.high);
  }

  /// The same where N is constant: both outlines stand still beside each other, turned alike.
  [[nodiscard]] double rigid(const Placed& a, const Placed& b, const Mover& first,
                             const Mover& second) const {
    const Interval rx = b.x - a.x;
    const Interval ry = b.y - a.y;
    const Interval distance = root(square(rx) + square(ry));
    if (!outlines_) return distance.low;
    const Interval nx(carrier_.nx);
    const Interval ny(carrier_.ny);
    double least = kInfinity;
    for (const double facing : carrier_.facings) {
      const Interval c = cosine(facing);
      const Interval s = sine(facing);
      const Interval mx = nx * c - ny * s;
      const Interval my = ny * c + nx * s;
      const auto along = [&](const Interval& projected, double half_a, double half_b) {
        const Interval sizes =
            (Interval(half_a) + Interval(half_b)) * square(carrier_.normal_length);
        const double gap = down(absolute(projected).low - sizes.high);
        return down(gap / (gap >= 0 ? carrier_.normal_length.high : carrier_.normal_length.low));
      };
      const double across =
          along(rx * mx + ry * my, first.body.half_width_m, second.body.half_width_m);
      const double lengthwise =
          along(rx * my - ry * mx, first.body.half_length_m, second.body.half_length_m);
      least = std::min(least, std::max(across, lengthwise));
    }
    return std::max(least, by_circles(distance, first, second));
  }

  Groups& groups_;
  const Statement& statement_;
  const Path& path_;
  bool outlines_;
  Carrier carrier_;
  std::uint32_t node_;
  bool side_by_side_ = false;
};

}  // namespace

std::optional<double> one_path_bound(Groups& groups, std::uint32_t x, double from_s, double to_s) {
  if (groups.of(x).strands.size() != 1) return {};
  return OnePath(groups, x, from_s, to_s).bound();
}

}  // namespace defilada::certificate
