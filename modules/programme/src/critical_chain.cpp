// SPDX-License-Identifier: MIT
#include <algorithm>

#include "arcs.hpp"
#include "defilada/core/check.hpp"
#include "defilada/programme/network.hpp"

namespace defilada::programme {
namespace {

using detail::Arc;
using detail::Arcs;

constexpr std::uint32_t kUnseen = UINT32_MAX;

/// Spreads from midnight over tight constraints, breadth first: the chains are the shortest, and
/// circles of tight constraints do no harm. Returns the constraint by which each cue was reached.
std::vector<std::uint32_t> spread(const Arcs& arcs, const std::vector<Time>& times,
                                  std::int64_t sign, CueId goal) {
  std::vector<std::uint32_t> reached_by(times.size(), kUnseen);
  std::vector<std::uint32_t> queue{kMidnight.value};
  for (std::size_t i = 0; i < queue.size() && reached_by[goal.value] == kUnseen; ++i) {
    const std::uint32_t here = queue[i];
    for (const Arc& arc : arcs.of(here)) {
      const bool tight = times[arc.to].us == times[here].us + sign * arc.bound_us;
      if (!tight || reached_by[arc.to] != kUnseen) continue;
      reached_by[arc.to] = arc.constraint;
      queue.push_back(arc.to);
    }
  }
  return reached_by;
}

}  // namespace

Chain critical_chain(const Network& network, const Windows& windows, CueId cue, Side side) {
  DEFILADA_CHECK(cue.value < network.cue_count());
  const bool is_earliest = side == Side::earliest;
  const std::vector<Time>& times = is_earliest ? windows.earliest : windows.latest;
  DEFILADA_CHECK(times.size() == network.cue_count());
  Chain chain;
  if (cue == kMidnight || times[cue.value] == (is_earliest ? kAlways : kNever)) return chain;
  const Arcs arcs(network.cue_count(), network.constraints(),
                  is_earliest ? detail::Direction::entering : detail::Direction::leaving);
  const auto reached_by = spread(arcs, times, is_earliest ? -1 : 1, cue);
  for (CueId at = cue; at != kMidnight;) {
    const std::uint32_t index = reached_by[at.value];
    DEFILADA_CHECK(index != kUnseen);  // else these are not the windows of this network
    const Constraint& c = network.constraints()[index];
    chain.indices.push_back(index);
    chain.constraints.push_back(c);
    at = is_earliest ? c.to : c.from;
  }
  std::reverse(chain.indices.begin(), chain.indices.end());
  std::reverse(chain.constraints.begin(), chain.constraints.end());
  return chain;
}

}  // namespace defilada::programme
