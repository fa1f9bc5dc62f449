// SPDX-License-Identifier: MIT
#include "kerbs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "cells.hpp"
#include "clock.hpp"
#include "polynomial.hpp"

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kMostParts = 1 << 14;  ///< of a piece: what needs more is too near to the kerb

/// Movers of one class, path and body, one behind nobody: all between the two outermost.
struct Abreast {
  std::uint32_t first = 0;  ///< of them, who is named
  double right_m = kInfinity;
  double left_m = -kInfinity;
  Place offset_m{};
  Body body;
};

/// A part of the bodies for a while: between files, across and along each body.
struct Part {
  double from_s;
  double to_s;
  std::array<std::array<double, 2>, 3> ends_m;

  Part(const Abreast& who, const Piece& piece)
      : from_s(piece.t0_s),
        to_s(piece.t1_s),
        ends_m{{{who.right_m, who.left_m},
                {-who.body.half_width_m, who.body.half_width_m},
                {-who.body.half_length_m, who.body.half_length_m}}} {}
};

/// A corner of the hull: place = C + left N + ahead T + offset, T = (Ny, -Nx).
struct Corner {
  Interval left;
  Interval ahead;
};

class OnPiece {
 public:
  OnPiece(const Statement& statement, const Abreast& who, const Piece& piece)
      : own_(statement.coefficients_of(piece)),
        who_(who),
        t0_s_(piece.t0_s),
        cos_(cosine(piece.facing_rad)),
        sin_(sine(piece.facing_rad)) {}

  [[nodiscard]] std::vector<Corner> corners(const Part& part) const {
    std::vector<Corner> out;
    for (const double left : different(part.ends_m[0])) {
      for (const double across : different(part.ends_m[1])) {
        for (const double along : different(part.ends_m[2])) {
          const Interval l(along);
          const Interval w(across);
          out.push_back({Interval(left) + w * cos_ + l * sin_, l * cos_ - w * sin_});
        }
      }
    }
    return out;
  }

  /// Values of `rule`, less `share` of the line's, for a corner during the part.
  [[nodiscard]] Interval values(const Corner& corner, const Rule& rule, const Rule& line,
                                double share, const Part& at) const {
    Polynomial p = polynomial(corner, rule);
    take(share, corner, line, p);
    return range(p, t0_s_, at.from_s, at.to_s);
  }
  /// The same of the square of the distance from a place.
  [[nodiscard]] Interval squares(const Corner& corner, Place from, const Rule& line, double share,
                                 const Part& at) const {
    Polynomial sum;
    for (const Place axis : {Place{1, 0}, Place{0, 1}}) {
      const Polynomial d = polynomial(corner, {from, axis});
      sum.count = 2 * d.count - 1;
      for (std::size_t i = 0; i < d.count; ++i) {
        for (std::size_t k = 0; k < d.count; ++k)
          sum.term[i + k] = sum.term[i + k] + d.term[i] * d.term[k];
      }
    }
    take(share, corner, line, sum);
    return range(sum, t0_s_, at.from_s, at.to_s);
  }

  /// Where it is, in plain double: tells where to look, and shows nothing.
  [[nodiscard]] Place about(const Corner& corner, double t_s) const {
    Coefficient sum{};
    for (std::size_t k = own_.size(); k-- > 0;) {
      for (std::size_t d = 0; d < sum.size(); ++d) sum[d] = sum[d] * (t_s - t0_s_) + own_[k][d];
    }
    const double left = corner.left.low;
    const double ahead = corner.ahead.low;
    return {sum[0] + left * sum[3] + ahead * sum[4] + who_.offset_m[0],
            sum[1] + left * sum[4] - ahead * sum[3] + who_.offset_m[1]};
  }

 private:
  static std::vector<double> different(const std::array<double, 2>& ends) {
    if (ends[0] == ends[1]) return {ends[0]};
    return {ends[0], ends[1]};
  }

  [[nodiscard]] Polynomial polynomial(const Corner& corner, const Rule& rule) const {
    Polynomial p;
    p.count = own_.size();
    for (std::size_t k = 0; k < own_.size(); ++k) {
      const Coefficient& c = own_[k];
      Interval x = Interval(c[0]) + corner.left * Interval(c[3]) + corner.ahead * Interval(c[4]);
      Interval y = Interval(c[1]) + corner.left * Interval(c[4]) - corner.ahead * Interval(c[3]);
      if (k == 0) {
        x = x + Interval(who_.offset_m[0]) - Interval(rule.from[0]);
        y = y + Interval(who_.offset_m[1]) - Interval(rule.from[1]);
      }
      p.term[k] = Interval(rule.along[0]) * x + Interval(rule.along[1]) * y;
    }
    return p;
  }
  void take(double share, const Corner& corner, const Rule& line, Polynomial& from) const {
    if (share == 0) return;
    const Polynomial p = polynomial(corner, line);
    from.count = std::max(from.count, p.count);
    for (std::size_t k = 0; k < p.count; ++k)
      from.term[k] = from.term[k] - Interval(share) * p.term[k];
  }

  std::span<const Coefficient> own_;
  const Abreast& who_;
  double t0_s_;
  Interval cos_;
  Interval sin_;
};

/// A part of the bodies for a while: all that is between its corners.
struct Hull {
  const OnPiece& on;
  const Abreast& who;
  Part at;
  std::vector<Corner> corners;
  std::vector<Place> places;  ///< (corner) about, at the middle instant

  Hull(const OnPiece& on_piece, const Abreast& of, const Part& part)
      : on(on_piece), who(of), at(part), corners(on.corners(part)) {
    for (const Corner& corner : corners)
      places.push_back(on.about(corner, 0.5 * (at.from_s + at.to_s)));
  }
};

class Check {
 public:
  Check(const Statement& statement, const Kerb& kerb, double room_m)
      : statement_(statement),
        kerb_(kerb),
        room_m_(room_m),
        cells_(statement.cells_of(statement.roads[kerb.road])) {
    for (std::size_t i = 0; i + 1 < cells_.size(); ++i)
      joints_.push_back(joint(cells_[i], cells_[i + 1]));
  }

  std::optional<Phrase> run() const {
    if (!(room_m_ >= 0 && room_m_ < kInfinity)) return phrase("the room to a kerb is no number");
    for (const auto& [path, who] : ranks()) {
      for (const Piece& piece : statement_.pieces_of(statement_.paths[path])) {
        if (const auto where = fault_on(who, piece)) {
          return phrase("{} is not shown to stay between the kerbs of {}, from {} to {}",
                        statement_.name(who.first), statement_.roads[kerb_.road].name,
                        clock_text(where->from_s), clock_text(where->to_s));
        }
      }
    }
    return {};
  }

  /// The least room of corners at a few instants of each piece; infinite of nobody.
  [[nodiscard]] double sampled() const {
    constexpr int kSamples = 8;
    double least = kInfinity;
    for (const auto& [path, who] : ranks()) {
      for (const Piece& piece : statement_.pieces_of(statement_.paths[path])) {
        const OnPiece on(statement_, who, piece);
        const auto corners = on.corners(Part(who, piece));
        for (int i = 0; i <= kSamples; ++i) {
          const double t = piece.t0_s + (piece.t1_s - piece.t0_s) * i / kSamples;
          for (const Corner& corner : corners) {
            const Place place = on.about(corner, t);
            double room = -kInfinity;
            for (const Cell& cell : cells_) room = std::max(room, room_at(cell, place));
            least = std::min(least, room - who.body.radius_m);
          }
        }
      }
    }
    return least;
  }

 private:
  [[nodiscard]] std::vector<std::pair<std::uint32_t, Abreast>> ranks() const {
    using Key = std::tuple<std::uint32_t, double, double, double, double, double>;
    std::map<Key, Abreast> out;
    for (std::uint32_t m = 0; m < statement_.movers.size(); ++m) {
      const Mover& mover = statement_.movers[m];
      if (mover.of_class != kerb_.of_class) continue;
      const Body& body = mover.body;
      const auto [found, fresh] =
          out.try_emplace({mover.path, mover.offset_m[0], mover.offset_m[1], body.half_length_m,
                           body.half_width_m, body.radius_m});
      Abreast& who = found->second;
      if (fresh) who.first = m;
      who.right_m = std::min(who.right_m, mover.left_m);
      who.left_m = std::max(who.left_m, mover.left_m);
      who.offset_m = {mover.offset_m[0], mover.offset_m[1]};
      who.body = body;
    }
    std::vector<std::pair<std::uint32_t, Abreast>> all;
    for (const auto& [key, who] : out) all.emplace_back(std::get<0>(key), who);
    return all;
  }

  /// Where it is not shown; none: it is.
  [[nodiscard]] std::optional<Part> fault_on(const Abreast& who, const Piece& piece) const {
    const OnPiece on(statement_, who, piece);
    std::vector<Part> open{Part(who, piece)};
    for (int parts = 0; !open.empty(); ++parts) {
      const Part at = open.back();
      open.pop_back();
      const Hull hull(on, who, at);
      if (shown(hull)) continue;
      if (parts >= kMostParts || beyond(who, hull.places)) return at;
      if (!halve(at, is_shown_at_middle(hull), open)) return at;
    }
    return {};
  }

  /// Then what the stretch of time is too long for, no shorter body would show.
  [[nodiscard]] bool is_shown_at_middle(const Hull& hull) const {
    Part instant = hull.at;
    instant.from_s = instant.to_s = 0.5 * (hull.at.from_s + hull.at.to_s);
    return shown(Hull(hull.on, hull.who, instant));
  }

  /// False: it has no halves.
  static bool halve(const Part& at, bool in_time, std::vector<Part>& open) {
    Part first = at;
    Part second = at;
    double* cut = &first.to_s;
    double* again = &second.from_s;
    double longest_m = 0;
    for (std::size_t d = 0; !in_time && d < at.ends_m.size(); ++d) {
      const double length = at.ends_m[d][1] - at.ends_m[d][0];
      if (length <= longest_m) continue;
      longest_m = length;
      cut = &first.ends_m[d][1];
      again = &second.ends_m[d][0];
    }
    const double middle = 0.5 * (*cut + *again);
    const bool between = *again < middle && middle < *cut;
    *cut = middle;
    *again = middle;
    open.push_back(second);
    open.push_back(first);
    return between;
  }

  /// A place is over the edge, beyond what rounding can do to it: no halving would show otherwise.
  [[nodiscard]] bool beyond(const Abreast& who, const std::vector<Place>& places) const {
    return std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return std::none_of(cells_.begin(), cells_.end(), [&](const Cell& cell) {
        return room_at(cell, place) >= least_room(who);
      });
    });
  }
  [[nodiscard]] double least_room(const Abreast& who) const {
    constexpr double kRounded_m = 1e-6;
    return who.body.radius_m + room_m_ - kRounded_m;
  }

  /// In one cell; or in two that follow each other, up to the line between them in the one and from
  /// there in the other.
  [[nodiscard]] bool shown(const Hull& hull) const {
    constexpr Rule kEverywhere{};
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (is_in(hull, cells_[i], kEverywhere)) return true;
    }
    for (std::size_t i = 0; i + 1 < cells_.size(); ++i) {
      const Rule& line = joints_[i];
      const Rule back{line.from, {-line.along[0], -line.along[1]}};
      if (is_in(hull, cells_[i], line) && is_in(hull, cells_[i + 1], back)) return true;
    }
    return false;
  }

  /// Whether all of the hull for which `line` is not above 0 is in the cell.
  [[nodiscard]] bool is_in(const Hull& hull, const Cell& cell, const Rule& line) const {
    const std::vector<Place> near = clipped(hull.places, line);
    const bool may_be = !near.empty() && std::all_of(near.begin(), near.end(), [&](Place place) {
      return room_at(cell, place) >= least_room(hull.who);
    });
    if (!may_be) return false;
    const Interval out = Interval(hull.who.body.radius_m) + Interval(room_m_);
    const Place at{cell.x_m, cell.y_m};
    const auto below = [&](double along_x, double along_y, double most) {
      return is_below(hull, {at, {along_x, along_y}}, line, most);
    };
    if (!cell.bend) {
      const double side = (Interval(cell.side_m) - out).low;
      return below(-cell.uy, cell.ux, side) && below(cell.uy, -cell.ux, side) &&
             (cell.high_m == kInfinity || below(cell.ux, cell.uy, cell.high_m)) &&
             (cell.low_m == -kInfinity || below(-cell.ux, -cell.uy, -cell.low_m));
    }
    const double inner = (Interval(cell.low_m) + out).high;
    const Place e = nearest(near, at);
    const Interval length = root(square(Interval(e[0])) + square(Interval(e[1])));
    return below(cell.uy, -cell.ux, cell.slack_m) && below(-cell.wy, cell.wx, cell.slack_m) &&
           (inner <= 0 || below(-e[0], -e[1], -(Interval(inner) * length).high)) &&
           is_within(hull, at, line, (Interval(cell.high_m) - out).low);
  }

  static double share_of(const Hull& hull, const Rule& line, const std::vector<double>& values) {
    if (line.along == Place{}) return 0;
    std::vector<double> lines;
    for (const Place& place : hull.places) lines.push_back(line.of(place));
    return best_share(values, lines);
  }

  /// Where the line is not above 0, values are no more than the values less any share of the line;
  /// these are largest at corners.
  static bool is_below(const Hull& hull, const Rule& rule, const Rule& line, double most) {
    std::vector<double> values;
    for (const Place& place : hull.places) values.push_back(rule.of(place));
    const double share = share_of(hull, line, values);
    return std::all_of(hull.corners.begin(), hull.corners.end(), [&](const Corner& corner) {
      return hull.on.values(corner, rule, line, share, hull.at).high <= most;
    });
  }

  /// Likewise: the square of a distance is convex.
  static bool is_within(const Hull& hull, Place from, const Rule& line, double radius) {
    if (radius < 0) return false;
    std::vector<double> values;
    for (const Place& place : hull.places)
      values.push_back(std::pow(std::hypot(place[0] - from[0], place[1] - from[1]), 2));
    const double share = share_of(hull, line, values);
    const double most = square(Interval(radius)).low;
    return std::all_of(hull.corners.begin(), hull.corners.end(), [&](const Corner& corner) {
      return hull.on.squares(corner, from, line, share, hull.at).high <= most;
    });
  }

  const Statement& statement_;
  const Kerb& kerb_;
  double room_m_;
  std::span<const Cell> cells_;
  std::vector<Rule> joints_;  ///< between a cell and the next
};

}  // namespace

std::optional<Phrase> fault_of(const Statement& statement, const Kerb& kerb, double room_m) {
  return Check(statement, kerb, room_m).run();
}

Result<double> room_of(const Statement& statement, const Kerb& kerb) {
  constexpr double kGrain_m = 0.01;
  const double sampled = Check(statement, kerb, 0).sampled();
  if (sampled > kGrain_m && sampled < kInfinity) {
    for (const double share : {0.95, 0.5}) {
      const double room = std::floor((sampled - kGrain_m) * share / kGrain_m) * kGrain_m;
      if (!fault_of(statement, kerb, room)) return room;
    }
  }
  if (auto fault = fault_of(statement, kerb, 0)) return fail(Errc::bad_input, *fault);
  return 0.0;
}

}  // namespace defilada::certificate
