// SPDX-License-Identifier: MIT
#include "distances.hpp"

namespace defilada::programme::detail {

void Distances::settle(const Arcs& arcs, const CueHeap::Entry& entry, std::int64_t sign,
                       std::span<const std::int64_t> potential, std::span<const std::uint8_t> off) {
  const std::int64_t here = entry.key + sign * potential[entry.cue];
  for (const Arc& arc : arcs.of(entry.cue)) {
    const std::int64_t reached = here + arc.bound_us - sign * potential[arc.to];
    if (reached >= distance_[arc.to]) continue;
    if (!off.empty() && off[arc.constraint] != 0) continue;
    distance_[arc.to] = reached;
    heap_.push({reached, arc.to});
  }
}

std::span<const std::int64_t> Distances::compute(const Arcs& arcs, Direction direction,
                                                 std::span<const std::int64_t> potential,
                                                 std::uint32_t source,
                                                 std::span<const std::uint8_t> off) {
  // Walking against the constraints, potentials change sign.
  const std::int64_t sign = direction == Direction::leaving ? 1 : -1;
  distance_.assign(potential.size(), kUnreached);
  heap_.clear();
  distance_[source] = 0;
  heap_.push({0, source});
  while (!heap_.empty()) {
    const CueHeap::Entry entry = heap_.pop();
    if (entry.key == distance_[entry.cue]) settle(arcs, entry, sign, potential, off);
  }
  for (std::size_t cue = 0; cue < distance_.size(); ++cue) {
    if (distance_[cue] != kUnreached) {
      distance_[cue] += sign * (potential[cue] - potential[source]);
    }
  }
  return distance_;
}

Windows windows_about(const Arcs& leaving, const Arcs& entering,
                      std::span<const std::int64_t> potential, std::uint32_t source,
                      Distances& distances) {
  Windows windows;
  windows.latest.reserve(potential.size());
  for (const std::int64_t d : distances.compute(leaving, Direction::leaving, potential, source)) {
    windows.latest.push_back(d == kUnreached ? kNever : Time{d});
  }
  windows.earliest.reserve(potential.size());
  for (const std::int64_t d : distances.compute(entering, Direction::entering, potential, source)) {
    windows.earliest.push_back(d == kUnreached ? kAlways : Time{-d});
  }
  return windows;
}

}  // namespace defilada::programme::detail
