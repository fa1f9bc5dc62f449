// SPDX-License-Identifier: MIT
// Movers that move alike need not stand together: the third ranks of all blocks are one unit if all
// blocks step off alike, and its outline would cover everybody else's.
//
//      o o o o          o o o o          o o o o      cut where the gap is wide against the spacing
//              | 30 m |         | 30 m |
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "units.hpp"

namespace defilada::proof {
namespace {

constexpr double kWide = 3;  ///< gaps of more than so many mean spacings part a unit

using Members = std::vector<Unit::Member>;

/// A group in the frame of its axis.
struct Group {
  Members members;
  std::array<std::vector<double>, 2> at;  ///< (axis, member)
  std::array<double, 2> low{};
  std::array<double, 2> side{};
};

Group place(Members members) {
  Group group;
  const std::array<double, 2> axis = longest_axis(members);
  for (std::vector<double>& at : group.at) at.reserve(members.size());
  for (const auto& member : members) {
    const auto& o = member.offset_m;
    group.at[0].push_back(o[0] * axis[0] + o[1] * axis[1]);
    group.at[1].push_back(o[1] * axis[0] - o[0] * axis[1]);
  }
  for (std::size_t d = 0; d < 2; ++d) {
    const auto [low, high] = std::minmax_element(group.at[d].begin(), group.at[d].end());
    group.low[d] = *low;
    group.side[d] = *high - *low;
  }
  group.members = std::move(members);
  return group;
}

/// The mean spacing: on a line or all over a rectangle.
double spacing(const Group& group) {
  const auto n = static_cast<double>(group.members.size());
  const auto& side = group.side;
  return std::max(std::sqrt(side[0] * side[1] / n), std::max(side[0], side[1]) / n);
}

/// Parts of a group between wide gaps along one axis, in order; of each the members in theirs. In
/// bins of half of `wide` a wide gap is where one is empty, so nobody needs to be sorted.
std::vector<Members> cut_along(Group& group, std::size_t axis, double wide) {
  const double bin = 0.5 * wide;
  const double last = group.side[axis] / bin;
  if (!(last > 2)) return {};
  struct Bin {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    std::uint32_t count = 0;
    std::uint32_t part = 0;
  };
  std::vector<Bin> bins(static_cast<std::size_t>(last) + 1);
  const auto bin_of = [&](double at) -> Bin& {
    return bins[static_cast<std::size_t>((at - group.low[axis]) / bin)];
  };
  for (const double at : group.at[axis]) {
    Bin& own = bin_of(at);
    own.low = std::min(own.low, at);
    own.high = std::max(own.high, at);
    ++own.count;
  }
  std::vector<std::uint32_t> counts(1, 0);
  double reached = bins.front().high;
  for (Bin& each : bins) {
    if (each.count == 0) continue;
    if (each.low - reached > wide) counts.push_back(0);
    reached = each.high;
    each.part = static_cast<std::uint32_t>(counts.size() - 1);
    counts.back() += each.count;
  }
  if (counts.size() == 1) return {};
  std::vector<Members> parts(counts.size());
  for (std::size_t p = 0; p < parts.size(); ++p) parts[p].reserve(counts[p]);
  for (std::size_t i = 0; i < group.members.size(); ++i)
    parts[bin_of(group.at[axis][i]).part].push_back(group.members[i]);
  return parts;
}

/// Parts of which each may be cut again; one that is not to be cut comes back as it is, by mover.
struct Clump {
  std::size_t unit = 0;
  Members members;
  bool whole = false;  ///< not to be cut any more
};

std::vector<Clump> cut(Clump clump) {
  constexpr std::size_t kSmall = 8;
  if (clump.members.size() > kSmall) {
    Group group = place(std::move(clump.members));
    const double wide = kWide * spacing(group);
    for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
      std::vector<Members> parts = cut_along(group, axis, wide);
      if (parts.empty()) continue;
      std::vector<Clump> out;
      for (Members& part : parts) out.push_back({clump.unit, std::move(part), false});
      return out;
    }
    clump.members = std::move(group.members);
  }
  const auto by_mover = [](const auto& a, const auto& b) { return a.mover < b.mover; };
  if (!std::is_sorted(clump.members.begin(), clump.members.end(), by_mover))
    std::sort(clump.members.begin(), clump.members.end(), by_mover);
  clump.whole = true;
  std::vector<Clump> out;
  out.push_back(std::move(clump));
  return out;
}

}  // namespace

std::array<double, 2> longest_axis(const std::vector<Unit::Member>& members) {
  double mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
  for (const auto& member : members) {
    mx += member.offset_m[0];
    my += member.offset_m[1];
  }
  mx /= static_cast<double>(members.size());
  my /= static_cast<double>(members.size());
  for (const auto& member : members) {
    const double x = member.offset_m[0] - mx;
    const double y = member.offset_m[1] - my;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  if (xx == 0 && yy == 0) return {1, 0};
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  return {std::cos(angle), std::sin(angle)};
}

namespace {

/// About the track of its own first member, so that its outline is small about its path.
void settle(const Motions& motions, Unit& unit) {
  const Unit::Member before = unit.members[0];
  const Unit::Member first = member_of(motions, before.mover, true);
  if (first.left_m != 0) return;
  unit.path = motions.movers[before.mover].path;
  unit.drift_m *= 2;
  for (Unit::Member& member : unit.members) {
    for (std::size_t d = 0; d < 3; ++d)
      member.offset_m[d] = first.offset_m[d] + (member.offset_m[d] - before.offset_m[d]);
  }
}

}  // namespace

/// All clumps at once are cut on all threads, each once more in every round.
void part_units(const Motions& motions, std::vector<Unit>& units, Threads& threads) {
  std::vector<Clump> clumps;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const bool whole = !units[u].steady || units[u].members.size() == 1;
    clumps.push_back({u, std::move(units[u].members), whole});
  }
  for (bool any = true; any;) {
    std::vector<std::vector<Clump>> cuts(clumps.size());
    threads.each(clumps.size(), [&](std::size_t i) {
      if (!clumps[i].whole) cuts[i] = cut(std::move(clumps[i]));
    });
    any = false;
    std::vector<Clump> next;
    for (std::size_t i = 0; i < clumps.size(); ++i) {
      if (cuts[i].empty()) next.push_back(std::move(clumps[i]));
      for (Clump& each : cuts[i]) {
        any = any || !each.whole;
        next.push_back(std::move(each));
      }
    }
    clumps = std::move(next);
  }
  std::vector<std::size_t> parts(units.size(), 0);
  for (const Clump& each : clumps) ++parts[each.unit];
  std::vector<Unit> parted(clumps.size());
  constexpr std::size_t kBatch = 64;
  threads.in_batches(clumps.size(), kBatch, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      Unit& own = parted[i];
      own = units[clumps[i].unit];
      own.members = std::move(clumps[i].members);
      if (parts[clumps[i].unit] > 1) settle(motions, own);
    }
  });
  units = std::move(parted);
}

}  // namespace defilada::proof
