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

/// Whether there may be a gap of `wide` along one axis: bins of half of it, is one empty?
bool may_part(const Group& group, std::size_t axis, double wide) {
  const double bins = group.side[axis] / (0.5 * wide);
  if (!(bins > 2)) return false;
  std::vector<char> taken(static_cast<std::size_t>(bins) + 1, 0);
  for (const double at : group.at[axis])
    taken[static_cast<std::size_t>((at - group.low[axis]) / (0.5 * wide))] = 1;
  return std::find(taken.begin(), taken.end(), 0) != taken.end();
}

/// Parts of a group between wide gaps along one axis, in order.
std::vector<Members> cut_along(const Group& group, std::size_t axis, double wide) {
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < group.members.size(); ++i) order.push_back({group.at[axis][i], i});
  std::sort(order.begin(), order.end());
  std::vector<Members> parts(1);
  double last = order.front().first;
  for (const auto& [at, i] : order) {
    if (at - last > wide) parts.emplace_back();
    last = at;
    parts.back().push_back(group.members[i]);
  }
  return parts;
}

void cut(Members members, std::vector<Members>& out) {
  constexpr std::size_t kSmall = 8;
  if (members.size() > kSmall) {
    Group group = place(std::move(members));
    const double wide = kWide * spacing(group);
    for (const std::size_t axis : {std::size_t{0}, std::size_t{1}}) {
      if (!may_part(group, axis, wide)) continue;
      std::vector<Members> parts = cut_along(group, axis, wide);
      if (parts.size() == 1) continue;
      for (Members& part : parts) cut(std::move(part), out);
      return;
    }
    members = std::move(group.members);
  }
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.mover < b.mover; });
  out.push_back(std::move(members));
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

void part_units(const Motions& motions, std::vector<Unit>& units) {
  std::vector<Unit> parted;
  for (Unit& unit : units) {
    if (!unit.steady || unit.members.size() == 1) {
      parted.push_back(std::move(unit));
      continue;
    }
    std::vector<Members> parts;
    cut(std::move(unit.members), parts);
    for (Members& part : parts) {
      Unit own = unit;
      own.members = std::move(part);
      if (parts.size() > 1) settle(motions, own);
      parted.push_back(std::move(own));
    }
  }
  units = std::move(parted);
}

}  // namespace defilada::proof
