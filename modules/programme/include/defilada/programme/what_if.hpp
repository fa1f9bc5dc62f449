// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "defilada/core/time.hpp"
#include "defilada/programme/network.hpp"

namespace defilada::programme {

/// Another bound for one constraint, in the form in which Network::constraints() shows it.
struct BoundChange {
  std::uint32_t constraint = 0;
  Duration bound;
};

/// How one bound, in the form in which Network::constraints() shows it, follows an amount d >= 0:
/// bound + rate * d. Rate +1 loosens the constraint, -1 tightens it. Of exactly(midnight, cue, t),
/// index i: {{i, +1}, {i + 1, -1}} moves the cue later, {{i, -1}, {i + 1, +1}} earlier.
struct Move {
  std::uint32_t constraint = 0;
  std::int32_t rate = 1;
};

/// Answers "would this one change be enough?" on a network that is infeasible (or not), many times,
/// each from where the network stands and not from scratch. No question changes anything, but for
/// leave_out and keep_only.
///
///     network --(potentials of all but a few constraints)--> question --> verdict
///                                ^________ rolled back ________|
///
/// Copies what it needs of the network. Laws (property-tested): every answer equals a fresh solve
/// of the changed network's. Cost: the constructor's is a solve without windows; a question's is
/// near the part of the network that it upsets, a fresh solve at worst.
class WhatIf {
 public:
  explicit WhatIf(const Network& network);
  ~WhatIf();
  WhatIf(WhatIf&&) noexcept;
  WhatIf& operator=(WhatIf&&) noexcept;

  /// From now on this statement's constraints are not there.
  void leave_out(StatementId statement);
  /// From now on only these statements' constraints (and those of no statement) are there: with
  /// Conflict::statements the questions are about that conflict alone.
  void keep_only(std::span<const StatementId> statements);

  [[nodiscard]] bool feasible();
  [[nodiscard]] bool feasible_without(StatementId statement);
  [[nodiscard]] bool feasible_without(std::span<const StatementId> statements);
  /// A constraint may be named only once. Requires: |bound| <= kMostBound.
  [[nodiscard]] bool feasible_with(std::uint32_t constraint, Duration bound);
  [[nodiscard]] bool feasible_with(std::span<const BoundChange> changes);

  /// How much one bound must be loosened for everything to hold: 0 if it does already, nothing if
  /// no amount is enough. Cost: one shortest path.
  [[nodiscard]] std::optional<Duration> least_relaxation(std::uint32_t constraint);
  /// The same for all constraints of a statement, loosened by the same amount.
  [[nodiscard]] std::optional<Duration> least_relaxation(StatementId statement);
  /// The least d >= 0 with which everything holds when the bounds move together. Nothing if there
  /// is none up to min(kMostBound, kMostSum / moves). A constraint may be named only once; rates
  /// are +1 or -1. Each try that fails yields a cycle, whose sum is linear in d and so cuts the
  /// range from below or from above; the rest is halved. Cost: a few questions in practice, about
  /// 110 at worst.
  [[nodiscard]] std::optional<Duration> least_move(std::span<const Move> moves);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Single questions; a WhatIf is quicker for many.
[[nodiscard]] bool feasible_without(const Network& network, StatementId statement);
[[nodiscard]] bool feasible_with(const Network& network, std::uint32_t constraint, Duration bound);
[[nodiscard]] std::optional<Duration> least_relaxation(const Network& network,
                                                       std::uint32_t constraint);

}  // namespace defilada::programme
