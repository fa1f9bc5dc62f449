// SPDX-License-Identifier: MIT
// Movers on paths of their own who move alike: written out one by one, a block is many tracks that
// differ by a constant. One pass over all tracks notes what tells most of them apart, for a look at
// a track far off in memory costs more than the arithmetic.
#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "units.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// By how much b is not a plus a constant: infinity where it is more than kRigid_m.
double drift_between(const Motions& motions, const MotionMover& a, const MotionMover& b,
                     std::array<double, 3>& offset) {
  const auto first = motions.pieces_of(motions.paths[a.path]);
  const auto second = motions.pieces_of(motions.paths[b.path]);
  if (first.size() != second.size()) return kInfinity;
  double drift = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i].t0_s != second[i].t0_s || first[i].t1_s != second[i].t1_s) return kInfinity;
    const double length = first[i].t1_s - first[i].t0_s;
    const Coefficient x0 = effective(motions, a, first[i], 0);
    const Coefficient y0 = effective(motions, b, second[i], 0);
    if (i == 0) offset = {y0[0] - x0[0], y0[1] - x0[1], y0[2] - x0[2]};
    double own = 0;    // what is not the constant
    double terms = 0;  // of which rounding takes a share
    for (std::size_t d = 0; d < 3; ++d) {
      own += std::abs(y0[d] - x0[d] - offset[d]);
      terms += std::abs(x0[d]) + std::abs(y0[d]);
    }
    double power = length;
    for (int k = 1; k <= std::max(first[i].degree, second[i].degree); ++k, power *= length) {
      const Coefficient x = effective(motions, a, first[i], k);
      const Coefficient y = effective(motions, b, second[i], k);
      double apart = 0;
      double sum = 0;
      for (std::size_t d = 0; d < 3; ++d) {
        apart += std::abs(y[d] - x[d]);
        sum += std::abs(x[d]) + std::abs(y[d]);
      }
      own += power * apart;
      terms += power * sum;
    }
    own += 0x1p-50 * terms;
    drift = std::max(drift, own);
    if (!(drift <= kRigid_m)) return kInfinity;
  }
  return drift * (1 + 1e-9);
}

/// Equal for tracks that differ by a constant, but for rounding at the edge of a millimetre: the
/// shape of one piece. Others are told apart when they are compared.
std::uint64_t shape_hash(const Motions& motions, const MotionMover& mover,
                         const MotionPiece& piece) {
  std::uint64_t hash = piece.degree < 0 ? 0 : static_cast<std::uint64_t>(piece.degree);
  const double length = piece.t1_s - piece.t0_s;
  double power = length;
  for (int k = 1; k <= piece.degree; ++k, power *= length) {
    const Coefficient c = effective(motions, mover, piece, k);
    for (std::size_t d = 0; d < 3; ++d) {
      const double way = c[d] * power;
      if (!(std::abs(way) < 1e9)) continue;
      hash = mixed(hash, static_cast<std::uint64_t>(static_cast<std::int64_t>(way * 1e3 + 0.37)));
    }
  }
  return hash;
}

/// The ends of three pieces: who changes at other times is told apart when they are compared.
std::uint64_t times_hash(std::span<const MotionPiece> pieces, std::uint32_t of_class) {
  std::uint64_t hash = mixed(pieces.size(), of_class);
  for (const std::size_t i : {std::size_t{0}, pieces.size() / 2, pieces.size() - 1}) {
    hash = mixed(hash, std::bit_cast<std::uint64_t>(pieces[i].t0_s));
    hash = mixed(hash, std::bit_cast<std::uint64_t>(pieces[i].t1_s));
  }
  return hash;
}

/// Asks for what look_at_lone will read of a mover, so that it comes while others are looked at.
void fetch_pieces(const Motions& motions, std::uint32_t index) {
  const MotionPath& path = motions.paths[motions.movers[index].path];
  const MotionPiece* first = &motions.pieces[path.first_piece];
  __builtin_prefetch(first);
  __builtin_prefetch(first + path.piece_count / 2);
  __builtin_prefetch(first + path.piece_count - 1);
}
void fetch_coefficients(const Motions& motions, std::uint32_t index) {
  const MotionPath& path = motions.paths[motions.movers[index].path];
  const MotionPiece* first = &motions.pieces[path.first_piece];
  __builtin_prefetch(&motions.coefficients[first->first_coefficient]);
  const MotionPiece* told = first->degree > 1 ? first : first + path.piece_count / 2;
  for (int k = 0; k <= told->degree; ++k)
    __builtin_prefetch(&motions.coefficients[told->first_coefficient] + k);
}

Lone lone_of(const Motions& motions, std::uint32_t index) {
  const MotionMover& mover = motions.movers[index];
  const auto pieces = motions.pieces_of(motions.paths[mover.path]);
  const Coefficient begins = effective(motions, mover, pieces.front(), 0);
  Lone lone;
  lone.mover = index;
  lone.times = times_hash(pieces, mover.of_class);
  // What begins with a curve is told by it; else the middle of the way may tell.
  const std::size_t told = pieces.front().degree > 1 ? 0 : pieces.size() / 2;
  lone.shape = mixed(lone.times, shape_hash(motions, mover, pieces[told]));
  lone.begins_m = {begins[0], begins[1]};
  return lone;
}

/// How a mover moves beside the first of a unit.
struct Beside {
  double drift_m = kInfinity;  ///< infinite: otherwise than it
  std::array<double, 3> offset_m{};
};

/// One more mover for a unit, which moves like the first of it.
void join(const Motions& motions, std::uint32_t index, const Beside& beside, Unit& unit) {
  if (unit.members.size() == 1) {
    // From now on the path with the first member's place is the common motion.
    unit.steady = true;
    unit.members[0] = member_of(motions, unit.members[0].mover, true);
  }
  Unit::Member member = unit.members[0];
  member.mover = index;
  for (std::size_t d = 0; d < 3; ++d) member.offset_m[d] += beside.offset_m[d];
  unit.members.push_back(member);
  unit.drift_m = std::max(unit.drift_m, beside.drift_m);
}

/// Of movers of one shape each joins the first that it moves like; `joined` (of all) tells who. One
/// leader after another, so that all the others can be held against each on all threads.
void join_of_shape(const Motions& motions, const std::vector<Lone>& lone,
                   std::span<const std::uint32_t> alike, std::vector<char>& joined,
                   std::vector<Unit>& units, Threads& threads) {
  constexpr std::size_t kLeaders = 8;
  constexpr std::size_t kBatch = 256;
  // A mover beside a path that turns does not move as the path does.
  const auto leads = [&](std::uint32_t i) {
    const MotionMover& mover = motions.movers[lone[i].mover];
    return mover.left_m == 0 || has_one_normal(motions, motions.paths[mover.path]);
  };
  std::vector<std::uint32_t> open(alike.begin(), alike.end());
  std::vector<Beside> besides;
  for (std::size_t round = 0; round < kLeaders; ++round) {
    const auto leader = std::find_if(open.begin(), open.end(), leads);
    if (leader == open.end() || leader + 1 == open.end()) break;
    const MotionMover& first = motions.movers[lone[*leader].mover];
    const std::span<const std::uint32_t> others(leader + 1, open.end());
    besides.assign(others.size(), {});
    threads.in_batches(others.size(), kBatch, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        besides[i].drift_m = drift_between(motions, first, motions.movers[lone[others[i]].mover],
                                           besides[i].offset_m);
      }
    });
    Unit unit = unit_of(motions, lone[*leader].mover);
    unit.members.reserve(others.size() + 1);
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (besides[i].drift_m == kInfinity) continue;
      join(motions, lone[others[i]].mover, besides[i], unit);
      joined[others[i]] = 1;
    }
    if (unit.members.size() > 1) {
      joined[*leader] = 1;
      units.push_back(std::move(unit));
    }
    open.erase(leader);
    std::erase_if(open, [&](std::uint32_t i) { return joined[i] != 0; });
  }
}

}  // namespace

std::vector<Lone> look_at_lone(const Motions& motions, std::span<const std::uint32_t> alone,
                               Threads& threads) {
  constexpr std::size_t kBatch = 512;
  constexpr std::size_t kAhead = 8;
  std::vector<Lone> lone(alone.size());
  threads.in_batches(alone.size(), kBatch, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (i + 2 * kAhead < end) fetch_pieces(motions, alone[i + 2 * kAhead]);
      if (i + kAhead < end) fetch_coefficients(motions, alone[i + kAhead]);
      lone[i] = lone_of(motions, alone[i]);
    }
  });
  return lone;
}

Runs runs_of(std::span<const std::uint64_t> keys) {
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  const std::size_t room = std::bit_ceil(2 * keys.size() + 1);
  std::vector<std::uint32_t> table(room, kNone);  // the first item of each run
  std::vector<std::uint32_t> run(keys.size());
  Runs runs;
  std::vector<std::uint32_t> count;
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    std::size_t at = (keys[i] * 0x9E3779B97F4A7C15U) >> 20U & (room - 1);
    while (table[at] != kNone && keys[table[at]] != keys[i]) at = (at + 1) & (room - 1);
    if (table[at] == kNone) {
      table[at] = i;
      run[i] = static_cast<std::uint32_t>(count.size());
      count.push_back(0);
    } else {
      run[i] = run[table[at]];
    }
    ++count[run[i]];
  }
  runs.starts.assign(count.size() + 1, 0);
  for (std::size_t r = 0; r < count.size(); ++r) runs.starts[r + 1] = runs.starts[r] + count[r];
  std::vector<std::uint32_t> next(runs.starts.begin(), runs.starts.end() - 1);
  runs.items.resize(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) runs.items[next[run[i]]++] = i;
  return runs;
}

void join_alike(const Motions& motions, std::vector<Lone>& lone, std::vector<Unit>& units,
                Threads& threads) {
  std::vector<std::uint64_t> shapes;
  shapes.reserve(lone.size());
  for (const Lone& each : lone) shapes.push_back(each.shape);
  const Runs runs = runs_of(shapes);
  std::vector<char> joined(lone.size(), 0);
  std::vector<std::size_t> several;
  for (std::size_t r = 0; r + 1 < runs.starts.size(); ++r) {
    if (runs[r].size() > 1) several.push_back(r);
  }
  std::vector<std::vector<Unit>> found(several.size());
  // Few of one shape each by itself, many each on all threads.
  constexpr std::size_t kMany = 1024;
  threads.each(several.size(), [&](std::size_t i) {
    Threads alone(1);
    if (runs[several[i]].size() < kMany)
      join_of_shape(motions, lone, runs[several[i]], joined, found[i], alone);
  });
  for (std::size_t i = 0; i < several.size(); ++i) {
    if (runs[several[i]].size() >= kMany)
      join_of_shape(motions, lone, runs[several[i]], joined, found[i], threads);
  }
  for (std::vector<Unit>& each : found)
    std::move(each.begin(), each.end(), std::back_inserter(units));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < lone.size(); ++i) {
    if (joined[i] == 0) lone[kept++] = lone[i];
  }
  lone.resize(kept);
}

}  // namespace defilada::proof
