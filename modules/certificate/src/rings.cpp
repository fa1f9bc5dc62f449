// SPDX-License-Identifier: MIT
#include "rings.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <vector>

#include "clock.hpp"
#include "interval.hpp"

namespace defilada::certificate {
namespace {

/// What edges may miss each other by at a corner, m: their ends are computed from their middles.
constexpr double kGap_m = 1e-6;

struct Spot {
  Interval x;
  Interval y;
};

Spot hull(const Spot& a, const Spot& b) {
  return {hull(a.x, b.x), hull(a.y, b.y)};
}

/// Where a mover is at the beginning of a piece.
Spot begin_of(const Statement& s, const Mover& mover, const Piece& piece) {
  const Coefficient& c = s.coefficients_of(piece).front();
  const Interval left(mover.left_m);
  return {Interval(c[0]) + left * Interval(c[3]) + Interval(mover.offset_m[0]),
          Interval(c[1]) + left * Interval(c[4]) + Interval(mover.offset_m[1])};
}

/// An end of a wall: ahead (`side` 1) or behind (-1) of its middle.
Spot end_of(const Statement& s, const Mover& wall, double side) {
  const Piece& piece = s.pieces_of(s.paths[wall.path]).front();
  const Coefficient& c = s.coefficients_of(piece).front();
  const Interval cos = cosine(piece.facing_rad);
  const Interval sin = sine(piece.facing_rad);
  const Interval nx = cos * Interval(c[3]) - sin * Interval(c[4]);
  const Interval ny = sin * Interval(c[3]) + cos * Interval(c[4]);
  const Spot middle = begin_of(s, wall, piece);
  const Interval half(side * wall.body.half_length_m);
  return {middle.x + half * ny, middle.y - half * nx};
}

/// Corners of a ring, each as both of its edges have it; empty: it is not closed.
std::vector<Spot> corners_of(const Statement& s, const Ring& ring) {
  std::vector<Spot> corners;
  for (std::uint32_t i = 0; i < ring.mover_count; ++i) {
    const std::uint32_t before = i == 0 ? ring.mover_count - 1 : i - 1;
    const Spot corner = hull(end_of(s, s.movers[ring.first_mover + before], 1),
                             end_of(s, s.movers[ring.first_mover + i], -1));
    if (!(corner.x.high - corner.x.low < kGap_m && corner.y.high - corner.y.low < kGap_m))
      return {};
    corners.push_back(corner);
  }
  return corners;
}

/// Turned so that a direction becomes that of x, and longer by it.
Spot turned(const Spot& spot, const std::array<double, 2>& u) {
  return {Interval(u[0]) * spot.x + Interval(u[1]) * spot.y,
          Interval(u[0]) * spot.y - Interval(u[1]) * spot.x};
}

/// Of a number that is known to be above 0 or below it; none: it is not known.
std::optional<bool> is_above(const Interval& number) {
  if (number.low > 0) return true;
  if (number.high < 0) return false;
  return {};
}

/// Whether a place is within, by the ray along x; none: the ray passes too near to a corner, or the
/// place is on the edge.
std::optional<bool> is_within(const std::vector<Spot>& corners, const Spot& place) {
  bool within = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Spot& a = corners[i];
    const Spot& b = corners[i + 1 == corners.size() ? 0 : i + 1];
    const auto a_above = is_above(a.y - place.y);
    const auto b_above = is_above(b.y - place.y);
    if (!a_above || !b_above) return {};
    if (*a_above == *b_above) continue;
    // It is left of the edge, seen upwards: the ray crosses.
    const Interval side = (b.x - a.x) * (place.y - a.y) - (b.y - a.y) * (place.x - a.x);
    const auto left = is_above(*b_above ? side : -side);
    if (!left) return {};
    if (*left) within = !within;
  }
  return within;
}

class Check {
 public:
  Check(const Statement& statement, std::uint32_t ring)
      : statement_(statement), ring_(ring), corners_(corners_of(statement, statement.rings[ring])) {
    if (corners_.empty()) return;
    all_ = corners_.front();
    for (const Spot& corner : corners_) all_ = hull(all_, corner);
  }

  std::optional<Phrase> run() const {
    const Mover& wall = statement_.movers[statement_.rings[ring_].first_mover];
    const std::string& name = statement_.parties[wall.party];
    if (corners_.empty()) return phrase("the edge of {} is not closed", name);
    std::map<std::uint32_t, bool> asked;  // (class of a mover): a file may tell of any number
    std::vector<char> may(statement_.movers.size(), 0);
    for (const Within& each : statement_.within) {
      if (each.ring == ring_) may[each.mover] = 1;
    }
    for (std::uint32_t m = 0; m < statement_.movers.size(); ++m) {
      const Mover& mover = statement_.movers[m];
      const auto [owed, fresh] = asked.try_emplace(mover.of_class, false);
      if (fresh) owed->second = owes(mover.of_class, wall.of_class);
      if (!owed->second || may[m] != 0) continue;
      for (const Piece& piece : statement_.pieces_of(statement_.paths[mover.path])) {
        if (is_outside(begin_of(statement_, mover, piece))) continue;
        return phrase("{} is not shown to be outside of {} at {}", statement_.name(m), name,
                      clock_text(piece.t0_s));
      }
    }
    return {};
  }

 private:
  [[nodiscard]] bool owes(std::uint32_t one, std::uint32_t other) const {
    return std::any_of(statement_.questions.begin(), statement_.questions.end(),
                       [&](const Question& question) {
                         return question.outlines && statement_.limit(question, one, other).owed;
                       });
  }

  [[nodiscard]] bool is_outside(const Spot& place) const {
    if (place.x.high < all_.x.low || place.x.low > all_.x.high || place.y.high < all_.y.low ||
        place.y.low > all_.y.high)
      return true;
    constexpr std::array<std::array<double, 2>, 6> kDirections{
        {{1, 0}, {3, 1}, {-2, 5}, {-7, -3}, {4, -9}, {11, 6}}};
    for (const auto& u : kDirections) {
      std::vector<Spot> corners;
      for (const Spot& corner : corners_) corners.push_back(turned(corner, u));
      if (const auto within = is_within(corners, turned(place, u))) return !*within;
    }
    return false;
  }

  const Statement& statement_;
  std::uint32_t ring_;
  std::vector<Spot> corners_;
  Spot all_;
};

}  // namespace

std::optional<Phrase> fault_of_ring(const Statement& statement, std::uint32_t ring) {
  return Check(statement, ring).run();
}

}  // namespace defilada::certificate
