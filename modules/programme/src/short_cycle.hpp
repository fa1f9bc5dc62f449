// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "arcs.hpp"
#include "relaxation.hpp"

namespace defilada::programme::detail {

/// Work that keeps explaining near the cost of solving however much a network misses by.
[[nodiscard]] constexpr std::uint64_t most_relaxations(std::size_t constraints) {
  return 2'000'000 + 40 * static_cast<std::uint64_t>(constraints);
}

/// Looks for the negative cycle of fewest constraints among those that are not dropped.
///
/// Every negative cycle has a place to start from at which all its partial sums are negative; with
/// reduced costs (bound + potential[from] - potential[to]) that start is the tail of a constraint
/// that the potentials violate; few are, once the relaxation has settled by parking. From each such
/// tail labels spread hop by hop, and only as long as they are negative, which keeps the search
/// near the trouble. Cycles of at most 2, 4, 8, ... constraints are looked for first, so that a
/// short one is not missed for the work spent on a long one.
///
///     start --(-)--> o --(+)--> o ... o --> start     sums: - - - ... -
///                                     ^ known beforehand, so that the last hop costs nothing
///
/// Exact, for any potentials, as long as the work allowed (relaxations, over all calls) lasts.
/// Sources: the rotation is the cycle lemma (A. Dvoretzky, Th. Motzkin, "A problem of
/// arrangements", Duke Mathematical Journal 14 (1947)); hop-bounded dynamic programming as in
/// J. B. Orlin, K. Subramani, P. Wojciechowski, "Randomized algorithms for finding the shortest
/// negative cost cycle in networks", Discrete Applied Mathematics 236 (2018).
class ShortCycles {
 public:
  /// Keeps references.
  ShortCycles(const Arcs& leaving, std::span<const Constraint> constraints,
              const Relaxation& relaxation, std::uint64_t most_relaxations);

  /// A negative cycle of fewer constraints than asked; nullopt if there is none or the work ran out
  /// before any was found.
  [[nodiscard]] std::optional<Cycle> find(std::size_t fewer_than);

 private:
  static constexpr std::uint32_t kNobody = UINT32_MAX;
  /// A walk from the start, as its last step.
  struct Label {
    std::int64_t sum;  ///< reduced; < 0 but at the start
    std::uint32_t cue;
    std::uint32_t before;  ///< index of the label one hop nearer the start
    std::uint32_t constraint;
  };
  /// The best single constraint from a cue back to the start.
  struct Return {
    std::int64_t reduced = 0;
    std::uint32_t constraint = kNobody;
  };

  [[nodiscard]] std::vector<std::uint32_t> starts() const;
  [[nodiscard]] std::optional<Cycle> from(std::uint32_t start, std::size_t fewer_than);
  void mark_returns(std::uint32_t start);
  void clear_returns(std::uint32_t start);
  [[nodiscard]] std::optional<std::uint32_t> extend();
  [[nodiscard]] std::optional<std::uint32_t> closing_label(std::uint32_t last);
  [[nodiscard]] Cycle simple_cycle(std::uint32_t closing);

  const Arcs& leaving_;
  Arcs entering_;
  std::span<const Constraint> constraints_;
  const Relaxation& relaxation_;
  std::uint64_t work_left_;
  std::vector<std::int64_t> least_;      ///< (cue) 0 where no label is: labels must be negative
  std::vector<Return> return_;           ///< (cue)
  std::vector<std::uint32_t> position_;  ///< (cue) 1 + place in a walk; 0 elsewhere
  std::vector<Label> labels_;            ///< level by level
  std::vector<std::uint32_t> frontier_;  ///< labels of the last level
};

}  // namespace defilada::programme::detail
