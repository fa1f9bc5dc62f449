// SPDX-License-Identifier: MIT
// Tracks from a file name no ranks, but a rank that wheels is easily told: all its tracks change at
// the same times, and each is the first one and a share of the way to the second.
//
//     a     b           c = a + l (b - a)     N = (b - a) / |b - a| is the normal of a path
//     o-----o-----o-----o                     through a, and all are beside that path
#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "gauge.hpp"
#include "units.hpp"

namespace defilada::proof {
namespace {

constexpr std::size_t kLeast = 3;  ///< two are always on a line
/// Of lines that are tried in movers that change at the same times: of few, more.
std::size_t tries(std::size_t movers) {
  return std::clamp<std::size_t>(1200 / movers, 1, 6);
}

bool same_times(std::span<const MotionPiece> a, std::span<const MotionPiece> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const MotionPiece& x, const MotionPiece& y) {
                      return x.t0_s == y.t0_s && x.t1_s == y.t1_s;
                    });
}

/// The line of a and b: how far c is along it, and how far from it at any time.
struct Line {
  const Motions& motions;
  const MotionMover& a;
  const MotionMover& b;
  std::array<double, 2> begins;  ///< where a does
  std::array<double, 2> way;     ///< from there to b
  std::span<const MotionPiece> first = motions.pieces_of(motions.paths[a.path]);
  std::span<const MotionPiece> second = motions.pieces_of(motions.paths[b.path]);

  /// How far along it is who begins at `at`, and whether they may be on the line then.
  [[nodiscard]] double share(const std::array<double, 2>& at) const {
    return (way[0] * (at[0] - begins[0]) + way[1] * (at[1] - begins[1])) /
           (way[0] * way[0] + way[1] * way[1]);
  }
  [[nodiscard]] bool begins_at(const std::array<double, 2>& at, double share) const {
    return std::abs(begins[0] + share * way[0] - at[0]) < 2 * kRigid_m &&
           std::abs(begins[1] + share * way[1] - at[1]) < 2 * kRigid_m;
  }
  /// Infinity if it is more than kRigid_m.
  [[nodiscard]] double drift(const MotionMover& c, double share) const {
    const auto own = motions.pieces_of(motions.paths[c.path]);
    double most = 0;
    for (std::size_t i = 0; i < own.size(); ++i) {
      const double length = own[i].t1_s - own[i].t0_s;
      const int degree = std::max({first[i].degree, second[i].degree, own[i].degree});
      double sum = 0;
      double power = 1;
      for (int k = 0; k <= degree; ++k, power *= length) {
        const Coefficient from = effective(motions, a, first[i], k);
        const Coefficient to = effective(motions, b, second[i], k);
        const Coefficient at = effective(motions, c, own[i], k);
        for (std::size_t d = 0; d < 3; ++d) {
          // On the path it is where a is, and beside it by a share of the way, which is level.
          const double line = from[d] + (d < 2 ? share * (to[d] - from[d]) : 0);
          sum += power * (std::abs(at[d] - line) +
                          0x1p-49 * (1 + std::abs(share)) *
                              (std::abs(from[d]) + std::abs(to[d]) + std::abs(at[d])));
        }
      }
      most = std::max(most, sum);
      if (!(most <= kRigid_m)) return std::numeric_limits<double>::infinity();
    }
    return most;
  }
};

/// How far |N| is from 1 anywhere on the last path.
double error_of_normal(const Motions& lanes, const MotionPath& path) {
  double error = 0;
  for (const MotionPiece& piece : lanes.pieces_of(path)) {
    const Curve<double> normal = normal_points<double>(lanes, piece, piece.t0_s, piece.t1_s);
    const Range<double> length = norm_bounds(normal, 2, std::numeric_limits<double>::infinity());
    error = std::max({error, 1 - length.lower, length.upper - 1});
  }
  return error;
}

/// A path through a with the direction to b as its normal; the distance of the two.
double add_lane(const Line& line, Motions& lanes) {
  const Coefficient from = effective(line.motions, line.a, line.first[0], 0);
  const Coefficient to = effective(line.motions, line.b, line.second[0], 0);
  const double apart = std::hypot(to[0] - from[0], to[1] - from[1]);
  lanes.add_path(0, 0, false);
  std::vector<Coefficient> own;
  for (std::size_t i = 0; i < line.first.size(); ++i) {
    own.clear();
    const int degree = std::max(line.first[i].degree, line.second[i].degree);
    for (int k = 0; k <= degree; ++k) {
      const Coefficient x = effective(line.motions, line.a, line.first[i], k);
      const Coefficient y = effective(line.motions, line.b, line.second[i], k);
      own.push_back({x[0], x[1], x[2], (y[0] - x[0]) / apart, (y[1] - x[1]) / apart});
    }
    lanes.add_piece(line.first[i].t0_s, line.first[i].t1_s, own);
  }
  lanes.paths.back().error_normal = error_of_normal(lanes, lanes.paths.back());
  return apart;
}

double square_apart(const Lone& a, const Lone& b) {
  const double x = b.begins_m[0] - a.begins_m[0];
  const double y = b.begins_m[1] - a.begins_m[1];
  return x * x + y * y;
}

/// Who of `open` is on the line of the first and its nearest; taken out of `open`.
bool take_rank(const Motions& motions, std::vector<Lone>& open, Motions& lanes,
               std::vector<Unit>& out) {
  constexpr double kSamePlace2 = 1e-6;
  const MotionMover& a = motions.movers[open[0].mover];
  const auto pieces_of = [&](const Lone& each) {
    return motions.pieces_of(motions.paths[motions.movers[each.mover].path]);
  };
  const auto first = pieces_of(open[0]);
  const Lone* second = nullptr;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < open.size(); ++i) {
    const double apart = square_apart(open[0], open[i]);
    if (apart >= nearest || apart < kSamePlace2 || !same_times(first, pieces_of(open[i]))) continue;
    nearest = apart;
    second = &open[i];
  }
  if (second == nullptr) return false;
  const std::array<double, 2>& from = open[0].begins_m;
  const Line line{motions,
                  a,
                  motions.movers[second->mover],
                  from,
                  {second->begins_m[0] - from[0], second->begins_m[1] - from[1]}};
  Unit unit;
  std::vector<char> on_it(open.size(), 0);
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Lone& each = open[i];
    // Nearly nobody who begins beside the line is on it.
    const double share = line.share(each.begins_m);
    double drift = std::numeric_limits<double>::infinity();
    if (line.begins_at(each.begins_m, share) && same_times(first, pieces_of(each)))
      drift = line.drift(motions.movers[each.mover], share);
    if (!(drift <= kRigid_m)) continue;
    on_it[i] = 1;
    unit.members.push_back({each.mover, share, {}});
    unit.drift_m = std::max(unit.drift_m, drift);
  }
  if (unit.members.size() < kLeast) return false;
  if (lanes.paths.empty()) lanes = motions;
  const double apart = add_lane(line, lanes);
  unit.path = static_cast<std::uint32_t>(lanes.paths.size() - 1);
  unit.of_class = a.of_class;
  for (Unit::Member& member : unit.members) member.left_m *= apart;
  out.push_back(std::move(unit));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (on_it[i] == 0) open[kept++] = open[i];
  }
  open.resize(kept);
  return true;
}

}  // namespace

void join_ranks(const Motions& motions, std::vector<Lone>& lone, std::vector<Unit>& units,
                Motions& lanes) {
  std::vector<std::uint64_t> times;
  times.reserve(lone.size());
  for (const Lone& each : lone) times.push_back(each.times);
  const Runs runs = runs_of(times);
  const std::size_t before = units.size();
  std::vector<Lone> open;
  for (std::size_t r = 0; r + 1 < runs.starts.size(); ++r) {
    open.clear();
    for (const std::uint32_t i : runs[r]) open.push_back(lone[i]);
    for (std::size_t failed = 0; open.size() >= kLeast && failed < tries(open.size());) {
      if (take_rank(motions, open, lanes, units)) continue;
      if (++failed == tries(open.size())) break;
      std::rotate(open.begin(), open.begin() + 1, open.end());  // somebody else begins
    }
  }
  if (units.size() == before) return;
  std::vector<char> taken(motions.movers.size(), 0);
  for (std::size_t u = before; u < units.size(); ++u) {
    for (const Unit::Member& member : units[u].members) taken[member.mover] = 1;
  }
  std::erase_if(lone, [&](const Lone& each) { return taken[each.mover] != 0; });
}

}  // namespace defilada::proof
