// SPDX-License-Identifier: MIT
// Units: finding them, and what happens inside.
#include "units.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double cross(const Unit::Member& o, const Unit::Member& a, const Unit::Member& b) {
  return (a.offset_m[0] - o.offset_m[0]) * (b.offset_m[1] - o.offset_m[1]) -
         (a.offset_m[1] - o.offset_m[1]) * (b.offset_m[0] - o.offset_m[0]);
}

/// Corners of a steady unit: the convex hull (Andrew's chain). What rounding may leave out is
/// within kHull of its size.
void find_hull(Unit& unit) {
  std::vector<Unit::Member> sorted = unit.members;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tie(a.offset_m[0], a.offset_m[1], a.mover) <
           std::tie(b.offset_m[0], b.offset_m[1], b.mover);
  });
  std::vector<Unit::Member>& hull = unit.corners;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t base = hull.size();
    for (const auto& point : sorted) {
      while (hull.size() >= base + 2 && cross(hull[hull.size() - 2], hull.back(), point) <= 0) {
        hull.pop_back();
      }
      hull.push_back(point);
    }
    std::reverse(sorted.begin(), sorted.end());
  }
}

void find_corners(Unit& unit) {
  if (unit.members.size() <= 4) {
    unit.corners = unit.members;
    return;
  }
  if (unit.steady) {
    find_hull(unit);
    if (unit.corners.size() > unit.members.size()) unit.corners = unit.members;
    return;
  }
  const bool same = std::all_of(unit.members.begin(), unit.members.end(), [&](const auto& member) {
    return member.offset_m[0] == unit.members[0].offset_m[0] &&
           member.offset_m[1] == unit.members[0].offset_m[1];
  });
  if (!same) {
    unit.corners = unit.members;
    return;
  }
  const auto [least, most] =
      std::minmax_element(unit.members.begin(), unit.members.end(),
                          [](const auto& a, const auto& b) { return a.left_m < b.left_m; });
  unit.corners = {*least, *most};
}

void complete(const Motions& motions, Unit& unit) {
  unit.height_m = {kInfinity, -kInfinity};
  unit.beside_m = {kInfinity, -kInfinity};
  unit.level = true;
  const MotionPath& path = motions.paths[unit.path];
  for (const auto& member : unit.members) {
    const MotionMover& mover = motions.movers[member.mover];
    const double body = mover.body.circumradius_m();
    const MotionPath& own = motions.paths[mover.path];
    unit.body_m = std::max(unit.body_m, body + own.error_centre_m +
                                            (std::abs(mover.left_m) + body) * own.error_normal);
    // Rounded up: hypot would cost as much as all the rest.
    const auto& o = member.offset_m;
    const double aside = std::sqrt(o[0] * o[0] + o[1] * o[1]) * (1 + 1e-15);
    unit.radius_m =
        std::max(unit.radius_m, std::abs(member.left_m) * (1 + path.error_normal) + aside);
    unit.height_m = {std::min(unit.height_m[0], member.offset_m[2]),
                     std::max(unit.height_m[1], member.offset_m[2])};
    unit.beside_m = {std::min(unit.beside_m[0], member.left_m),
                     std::max(unit.beside_m[1], member.left_m)};
    unit.level = unit.level && member.offset_m[0] == 0 && member.offset_m[1] == 0;
    unit.discs = unit.discs && mover.body.is_disc();
  }
  unit.time_s = motions.interval(path);
  find_corners(unit);
  if (unit.steady) unit.axis = longest_axis(unit.members);
}

/// Movers who share a path and a class are a unit; those whose path is their own go to `alone`.
std::vector<Unit> units_of_paths(const Motions& motions, std::vector<std::uint32_t>& alone) {
  std::vector<std::uint32_t> shared(motions.paths.size(), 0);
  for (const MotionMover& mover : motions.movers) ++shared[mover.path];
  std::vector<Unit> units;
  std::unordered_map<std::uint64_t, std::size_t> of_path;  // looked up only
  for (std::uint32_t i = 0; i < motions.movers.size(); ++i) {
    const MotionMover& mover = motions.movers[i];
    if (motions.paths[mover.path].piece_count == 0) continue;
    if (shared[mover.path] == 1) {
      alone.push_back(i);
      continue;
    }
    const std::uint64_t key = std::uint64_t{mover.path} << 32U | mover.of_class;
    const auto [known, fresh] = of_path.try_emplace(key, units.size());
    if (fresh) {
      units.push_back(unit_of(motions, i));
    } else {
      Unit& unit = units[known->second];
      unit.members.push_back(member_of(motions, i, unit.steady));
    }
  }
  return units;
}

}  // namespace

/// Whether the normal is the same number in all pieces.
bool has_one_normal(const Motions& motions, const MotionPath& path) {
  if (!path.steady) return false;
  const auto pieces = motions.pieces_of(path);
  for (const MotionPiece& piece : pieces) {
    const Coefficient* c = &motions.coefficients[piece.first_coefficient];
    const Coefficient& first = motions.coefficients[pieces.front().first_coefficient];
    if (c[0][3] != first[3] || c[0][4] != first[4]) return false;
    for (int k = 1; k <= piece.degree; ++k) {
      if (c[k][3] != 0 || c[k][4] != 0) return false;
    }
  }
  return true;
}

Unit::Member member_of(const Motions& motions, std::uint32_t index, bool steady) {
  const MotionMover& mover = motions.movers[index];
  Unit::Member member{index, mover.left_m, mover.offset_m};
  const MotionPath& path = motions.paths[mover.path];
  if (steady && mover.left_m != 0 && path.piece_count > 0) {
    const Coefficient& c = motions.coefficients[motions.pieces[path.first_piece].first_coefficient];
    member.offset_m[0] += mover.left_m * c[3];
    member.offset_m[1] += mover.left_m * c[4];
    member.left_m = 0;
  }
  return member;
}

Unit unit_of(const Motions& motions, std::uint32_t index) {
  const MotionMover& mover = motions.movers[index];
  Unit unit;
  unit.path = mover.path;
  unit.of_class = mover.of_class;
  unit.steady = has_one_normal(motions, motions.paths[mover.path]);
  unit.members = {member_of(motions, index, unit.steady)};
  return unit;
}

Units find_units(const Motions& motions, bool groups, Motions& lanes, Threads& threads) {
  Units found;
  if (!groups) {
    for (std::uint32_t i = 0; i < motions.movers.size(); ++i) {
      if (motions.paths[motions.movers[i].path].piece_count > 0) found.alone.push_back(i);
    }
    return found;
  }
  found.units = units_of_paths(motions, found.alone);
  std::vector<Lone> lone = look_at_lone(motions, found.alone, threads);
  join_alike(motions, lone, found.units, threads);
  join_ranks(motions, lone, found.units, lanes);
  part_units(motions, found.units, threads);
  found.alone.clear();
  for (const Lone& each : lone) found.alone.push_back(each.mover);
  std::erase_if(found.units, [&](const Unit& unit) {
    if (unit.members.size() == 1) found.alone.push_back(unit.members[0].mover);
    return unit.members.size() == 1;
  });
  if (!std::is_sorted(found.alone.begin(), found.alone.end()))
    std::sort(found.alone.begin(), found.alone.end());
  constexpr std::size_t kBatch = 8;
  const Motions& all = lanes.paths.empty() ? motions : lanes;
  threads.in_batches(found.units.size(), kBatch, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) complete(all, found.units[i]);
  });
  return found;
}

Unit lone_unit(const Motions& motions, std::uint32_t index) {
  Unit unit = unit_of(motions, index);
  complete(motions, unit);
  return unit;
}

/// Inside a unit members keep their distance, or on a path that turns at least the difference of
/// their places beside it: sorted along the axis, only near ones are looked at.
void Prover::inside(const Unit& unit, Found& found) const {
  const Limit& limit = rules_.between(unit.of_class, unit.of_class);
  if (limit.shape == Limit::Shape::none || unit.members.size() < 2) return;
  PairProof proof = pair_proof();
  proof.interest_m = options_.cap_m;
  struct Placed {
    double along;
    const Unit::Member* member;
  };
  std::vector<Placed> placed;
  double spread = 0;
  for (const auto& member : unit.members) {
    const double along = unit.steady
                             ? member.offset_m[0] * unit.axis[0] + member.offset_m[1] * unit.axis[1]
                             : member.left_m;
    placed.push_back({along, &member});
    if (!unit.steady)
      spread = std::max(spread, std::hypot(member.offset_m[0] - unit.members[0].offset_m[0],
                                           member.offset_m[1] - unit.members[0].offset_m[1]));
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.along, a.member->mover) < std::tie(b.along, b.member->mover);
  });
  const double shrink = 1 - motions_.paths[unit.path].error_normal - 1e-9;
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const auto range = [&](double demand) {
    const double interest = std::min(proof.interest_m, proof.least.upper_m) - options_.tolerance_m;
    return margin ? demand + std::max(0.0, interest) : std::max(demand, interest);
  };
  const double widest = limit.distance_m + 2 * unit.body_m;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    for (std::size_t j = i + 1; j < placed.size(); ++j) {
      const double slack = 2 * unit.drift_m + 2 * spread + 1e-9;
      if ((placed[j].along - placed[i].along) * shrink - slack >= range(widest)) break;
      const auto& a = *placed[i].member;
      const auto& b = *placed[j].member;
      const double across =
          std::hypot(b.offset_m[0] - a.offset_m[0], b.offset_m[1] - a.offset_m[1]);
      const double beside = std::abs(b.left_m - a.left_m) * shrink;
      const double rise = std::abs(b.offset_m[2] - a.offset_m[2]);
      const bool flat = limit.shape == Limit::Shape::cylinder || !unit.discs;
      const double apart =
          unit.steady ? (flat ? across : std::hypot(across, rise)) : std::abs(beside - across);
      const double lower = apart - 2 * unit.drift_m - 1e-9;
      if (lower >= range(widest)) {
        proof.least.lower_m = std::min(proof.least.lower_m, range(widest) - (margin ? widest : 0));
        continue;
      }
      const auto [first, second] = std::minmax(a.mover, b.mover);
      found.looked.push_back(std::uint64_t{first} << 32U | second);
      proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
      proof.look(first, second, unit.time_s[0], unit.time_s[1]);
    }
  }
  keep(proof, found);
}

void Prover::inside_units() {
  std::vector<const Unit*> many;
  for (const Unit& unit : units_) {
    if (unit.members.size() > 1) many.push_back(&unit);
  }
  interest_m_ = options_.cap_m;
  in_parallel(many.size(), [&](std::size_t i, Found& found) { inside(*many[i], found); });
}

}  // namespace defilada::proof
