// SPDX-License-Identifier: MIT
#include "defilada/programme/what_if.hpp"

#include <algorithm>
#include <vector>

#include "arcs.hpp"
#include "defilada/core/check.hpp"
#include "distances.hpp"
#include "relaxation.hpp"
#include "statement_index.hpp"

namespace defilada::programme {

using detail::Cycle;

struct WhatIf::State {
  explicit State(const Network& network)
      : constraints(network.constraints().begin(), network.constraints().end()),
        leaving(network.cue_count(), constraints, detail::Direction::leaving),
        relaxation(leaving, constraints),
        statements(network),
        rate(constraints.size(), 0) {
    DEFILADA_CHECK(sums_are_exact(network));
    relaxation.wake_all();
    // Twice, for what the first round leaves upset: each question sets out from here.
    static_cast<void>(relaxation.settle_by_parking());
    relaxation.wake_upset(constraints);
    static_cast<void>(relaxation.settle_by_parking());
    relaxation.commit();
    relaxation.unpark();
    for (std::uint32_t i = 0; i < constraints.size(); ++i) {
      if (relaxation.is_upset(i, constraints[i])) upset.push_back(i);
    }
  }

  [[nodiscard]] std::optional<Cycle> settle();
  [[nodiscard]] bool holds();
  void set_bound(std::uint32_t index, Duration bound);
  [[nodiscard]] std::optional<Cycle> try_moves(std::span<const Move> moves, std::int64_t amount);
  std::vector<std::uint32_t> switch_off(std::span<const StatementId> which);
  void switch_on(std::span<const std::uint32_t> indices);

  std::vector<Constraint> constraints;  ///< as the question asked now has them
  detail::Arcs leaving;
  detail::Relaxation relaxation;
  detail::StatementIndex statements;
  std::vector<std::uint32_t> upset;  ///< the only constraints that the potentials violate
  std::vector<std::int32_t> rate;    ///< (constraint) of the moves asked about; 0 between questions
  detail::Distances distances;
};

/// Leaves the potentials for the caller to read before the roll back.
std::optional<Cycle> WhatIf::State::settle() {
  for (const std::uint32_t index : upset) relaxation.wake_if_upset(index, constraints[index]);
  return relaxation.settle();
}

bool WhatIf::State::holds() {
  const bool result = !settle();
  relaxation.roll_back();
  return result;
}

void WhatIf::State::set_bound(std::uint32_t index, Duration bound) {
  constraints[index].bound = bound;
  leaving.set_bound(index, constraints[index]);
  relaxation.wake_if_upset(index, constraints[index]);
}

/// Returns what it switched off, which leaves out what was off already.
std::vector<std::uint32_t> WhatIf::State::switch_off(std::span<const StatementId> which) {
  std::vector<std::uint32_t> switched;
  for (const StatementId statement : which) {
    for (const std::uint32_t index : statements.constraints_of(statement)) {
      if (relaxation.is_dropped(index)) continue;
      relaxation.switch_off(index);
      switched.push_back(index);
    }
  }
  return switched;
}

void WhatIf::State::switch_on(std::span<const std::uint32_t> indices) {
  for (const std::uint32_t index : indices) relaxation.switch_on(index);
}

/// The cycle that stays negative when the moves have gone so far; restores the bounds.
std::optional<Cycle> WhatIf::State::try_moves(std::span<const Move> moves, std::int64_t amount) {
  for (const Move& m : moves) {
    set_bound(m.constraint, {constraints[m.constraint].bound.us + m.rate * amount});
  }
  auto cycle = settle();
  relaxation.roll_back();
  for (const Move& m : moves) {
    set_bound(m.constraint, {constraints[m.constraint].bound.us - m.rate * amount});
  }
  relaxation.roll_back();  // forgets what the restored bounds upset
  return cycle;
}

WhatIf::WhatIf(const Network& network) : state_(std::make_unique<State>(network)) {}
WhatIf::~WhatIf() = default;
WhatIf::WhatIf(WhatIf&&) noexcept = default;
WhatIf& WhatIf::operator=(WhatIf&&) noexcept = default;

void WhatIf::leave_out(StatementId statement) {
  static_cast<void>(state_->switch_off(std::span(&statement, 1)));
}

void WhatIf::keep_only(std::span<const StatementId> statements) {
  std::vector<std::uint32_t> kept;
  for (const StatementId s : statements) kept.push_back(s.value);
  std::sort(kept.begin(), kept.end());
  for (std::uint32_t i = 0; i < state_->constraints.size(); ++i) {
    const StatementId s = state_->constraints[i].statement;
    const bool stays = s == kNoStatement || std::binary_search(kept.begin(), kept.end(), s.value);
    if (!stays) state_->relaxation.switch_off(i);
  }
}

bool WhatIf::feasible() {
  return state_->holds();
}

bool WhatIf::feasible_without(StatementId statement) {
  return feasible_without(std::span(&statement, 1));
}

bool WhatIf::feasible_without(std::span<const StatementId> statements) {
  const auto switched = state_->switch_off(statements);
  const bool result = state_->holds();
  state_->switch_on(switched);
  return result;
}

bool WhatIf::feasible_with(std::uint32_t constraint, Duration bound) {
  const BoundChange change{constraint, bound};
  return feasible_with(std::span(&change, 1));
}

bool WhatIf::feasible_with(std::span<const BoundChange> changes) {
  State& s = *state_;
  std::vector<BoundChange> before;
  for (const BoundChange& c : changes) {
    DEFILADA_CHECK(c.constraint < s.constraints.size());
    DEFILADA_CHECK(c.bound <= kMostBound && -kMostBound <= c.bound);
    before.push_back({c.constraint, s.constraints[c.constraint].bound});
    s.set_bound(c.constraint, c.bound);
  }
  const bool result = s.holds();
  for (const BoundChange& c : before) s.set_bound(c.constraint, c.bound);
  s.relaxation.roll_back();
  return result;
}

std::optional<Duration> WhatIf::least_relaxation(std::uint32_t constraint) {
  State& s = *state_;
  DEFILADA_CHECK(constraint < s.constraints.size());
  const Constraint& c = s.constraints[constraint];
  if (s.relaxation.is_dropped(constraint)) {
    return feasible() ? std::optional(Duration{}) : std::nullopt;
  }
  s.relaxation.switch_off(constraint);
  std::optional<Duration> result;
  if (!s.settle()) {
    // The constraint closes a negative cycle with the shortest way back, or none at all.
    const std::int64_t back =
        s.distances.compute(s.leaving, detail::Direction::leaving, s.relaxation.potentials(),
                            c.to.value, s.relaxation.off())[c.from.value];
    const bool is_free = back == detail::kUnreached || back + c.bound.us >= 0;
    result = is_free ? Duration{} : Duration{-(back + c.bound.us)};
  }
  s.relaxation.roll_back();
  s.relaxation.switch_on(constraint);
  return result;
}

std::optional<Duration> WhatIf::least_relaxation(StatementId statement) {
  const auto indices = state_->statements.constraints_of(statement);
  if (indices.size() == 1) return least_relaxation(indices.front());
  std::vector<Move> moves;
  for (const std::uint32_t index : indices) moves.push_back({index, 1});
  return least_move(moves);
}

std::optional<Duration> WhatIf::least_move(std::span<const Move> moves) {
  State& s = *state_;
  for (const Move& m : moves) {
    DEFILADA_CHECK(m.constraint < s.constraints.size() && (m.rate == 1 || m.rate == -1));
    DEFILADA_CHECK(s.rate[m.constraint] == 0);
    s.rate[m.constraint] = m.rate;
  }
  std::int64_t low = 0;
  std::int64_t high =
      std::min(kMostBound.us, kMostSum.us / std::max<std::int64_t>(1, std::ssize(moves)));
  std::optional<Duration> least;
  for (bool halve = false; low <= high; halve = !halve) {
    const std::int64_t amount = halve ? low + (high - low) / 2 : low;
    const auto cycle = s.try_moves(moves, amount);
    if (!cycle) {
      least = Duration{amount};
      high = amount - 1;
      continue;
    }
    std::int64_t sum = 0;
    std::int64_t rate = 0;
    for (const std::uint32_t index : *cycle) {
      sum += s.constraints[index].bound.us;
      rate += s.rate[index];
    }
    // sum + rate * d must not be negative, and is at `amount`.
    if (rate > 0) low = std::max(low, (-sum + rate - 1) / rate);
    if (rate < 0) high = std::min(high, sum >= 0 ? sum / -rate : -1);
    if (rate == 0) high = -1;
  }
  for (const Move& m : moves) s.rate[m.constraint] = 0;
  return least;
}

bool feasible_without(const Network& network, StatementId statement) {
  return WhatIf(network).feasible_without(statement);
}

bool feasible_with(const Network& network, std::uint32_t constraint, Duration bound) {
  return WhatIf(network).feasible_with(constraint, bound);
}

std::optional<Duration> least_relaxation(const Network& network, std::uint32_t constraint) {
  return WhatIf(network).least_relaxation(constraint);
}

}  // namespace defilada::programme
