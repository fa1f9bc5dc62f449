// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "arcs.hpp"
#include "cue_heap.hpp"

namespace defilada::programme::detail {

/// Marks a cue that no chain of constraints reaches.
inline constexpr std::int64_t kUnreached = INT64_MAX;

/// Shortest distances [us] from (arcs leaving) or to (arcs entering) one cue, by Dijkstra on
/// reduced costs. Keeps its memory between calls.
/// Requires potentials with potential[to] <= potential[from] + bound for every constraint that
/// `off` (constraint; may be empty: none) does not switch off.
/// Source: D. B. Johnson, "Efficient algorithms for shortest paths in sparse networks", Journal of
/// the ACM 24 (1977).
class Distances {
 public:
  /// The result is valid until the next call; (cue) [us], kUnreached where there is no chain.
  std::span<const std::int64_t> compute(const Arcs& arcs, Direction direction,
                                        std::span<const std::int64_t> potential,
                                        std::uint32_t source,
                                        std::span<const std::uint8_t> off = {});

 private:
  void settle(const Arcs& arcs, const CueHeap::Entry& entry, std::int64_t sign,
              std::span<const std::int64_t> potential, std::span<const std::uint8_t> off);

  std::vector<std::int64_t> distance_;  ///< (cue) reduced while computing, true afterwards
  CueHeap heap_;
};

/// Windows of all cues relative to `source`. Same requirement.
[[nodiscard]] Windows windows_about(const Arcs& leaving, const Arcs& entering,
                                    std::span<const std::int64_t> potential, std::uint32_t source,
                                    Distances& distances);

}  // namespace defilada::programme::detail
