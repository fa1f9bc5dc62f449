// SPDX-License-Identifier: MIT
//
//   u --new--> v     v must come down by -(pi(u) + bound - pi(v)); what hangs on v follows, the
//   ^          |     one that must come down most first, so each cue moves once. If u itself would
//   +--- .. <--+     have to come down, the new constraint closes a negative cycle: all is undone.
#include "arcs.hpp"
#include "cue_heap.hpp"
#include "defilada/core/check.hpp"
#include "defilada/programme/network.hpp"
#include "distances.hpp"
#include "relaxation.hpp"

namespace defilada::programme {
namespace {

using detail::Arc;
using detail::Arcs;
using detail::CueHeap;

/// Edits let potentials drift downwards; below this they are solved for afresh, long before a sum
/// could overflow.
constexpr std::int64_t kLowestPotential = -4 * kMostSum.us;

}  // namespace

struct Incremental::State {
  explicit State(Network n)
      : network(std::move(n)),
        leaving(network.cue_count(), network.constraints(), detail::Direction::leaving),
        entering(network.cue_count(), network.constraints(), detail::Direction::entering),
        drop(network.cue_count(), 0),
        settled(network.cue_count(), 0) {
    DEFILADA_CHECK(sums_are_exact(network));
    solve_afresh();
  }

  void solve_afresh();
  [[nodiscard]] bool tighten(CueId from, CueId to, Duration bound);
  [[nodiscard]] bool follow(std::uint32_t cue, std::uint32_t from);
  void finish(bool keep);
  void accept(Duration bound);

  struct Moved {
    std::int64_t potential_before;
    std::uint32_t cue;
  };

  Network network;
  Arcs leaving;
  Arcs entering;
  std::vector<std::int64_t> potential;  ///< (cue)
  std::vector<std::int64_t> drop;       ///< (cue) by how much it must move, <= 0; 0 between edits
  std::vector<std::uint8_t> settled;    ///< (cue) moved already; 0 between edits
  std::vector<Moved> moved;
  std::vector<std::uint32_t> reached;  ///< cues whose drop or settled may not be 0
  CueHeap heap;
  bool is_too_low = false;
  Duration unchecked_sum;  ///< |bounds| edited since sums were last found exact
  detail::Distances distances;
  std::optional<Windows> windows;
};

void Incremental::State::solve_afresh() {
  detail::Relaxation relaxation(leaving, network.constraints());
  relaxation.wake_all();
  const bool is_feasible = !relaxation.settle();
  DEFILADA_CHECK(is_feasible);
  potential = relaxation.potentials();
  is_too_low = false;
}

/// Moves a cue whose drop is final; false if `from` would have to move.
bool Incremental::State::follow(std::uint32_t cue, std::uint32_t from) {
  moved.push_back({potential[cue], cue});
  potential[cue] += drop[cue];
  settled[cue] = 1;
  for (const Arc& arc : leaving.of(cue)) {
    const std::int64_t change = potential[cue] + arc.bound_us - potential[arc.to];
    if (change >= drop[arc.to] || settled[arc.to] != 0) continue;
    if (arc.to == from) return false;
    drop[arc.to] = change;
    reached.push_back(arc.to);
    heap.push({change, arc.to});
  }
  return true;
}

bool Incremental::State::tighten(CueId from, CueId to, Duration bound) {
  const std::int64_t change = potential[from.value] + bound.us - potential[to.value];
  if (change >= 0) return true;
  if (from == to) return false;
  drop[to.value] = change;
  reached.push_back(to.value);
  heap.push({change, to.value});
  bool is_feasible = true;
  while (is_feasible && !heap.empty()) {
    const CueHeap::Entry entry = heap.pop();
    const bool out_of_date = settled[entry.cue] != 0 || entry.key != drop[entry.cue];
    if (!out_of_date) is_feasible = follow(entry.cue, from.value);
  }
  finish(is_feasible);
  return is_feasible;
}

void Incremental::State::finish(bool keep) {
  for (const Moved& m : moved) {
    if (!keep) potential[m.cue] = m.potential_before;
    is_too_low |= potential[m.cue] < kLowestPotential;
  }
  for (const std::uint32_t cue : reached) {
    drop[cue] = 0;
    settled[cue] = 0;
  }
  moved.clear();
  reached.clear();
  heap.clear();
}

/// After the edit is in the network. Sums were exact with kMostSum; potentials leave room for as
/// much again.
void Incremental::State::accept(Duration bound) {
  windows.reset();
  unchecked_sum += bound < Duration{} ? -bound : bound;
  if (unchecked_sum > kMostSum) {
    DEFILADA_CHECK(sums_are_exact(network));
    unchecked_sum = {};
  }
  if (is_too_low) solve_afresh();
}

Incremental::Incremental(Network network) : state_(std::make_unique<State>(std::move(network))) {}
Incremental::~Incremental() = default;
Incremental::Incremental(Incremental&&) noexcept = default;
Incremental& Incremental::operator=(Incremental&&) noexcept = default;

CueId Incremental::add_cue() {
  State& s = *state_;
  s.leaving.add_cue();
  s.entering.add_cue();
  s.potential.push_back(0);
  s.drop.push_back(0);
  s.settled.push_back(0);
  s.windows.reset();
  return s.network.add_cue();
}

bool Incremental::add(const Constraint& constraint) {
  State& s = *state_;
  DEFILADA_CHECK(constraint.from.value < s.network.cue_count() &&
                 constraint.to.value < s.network.cue_count());
  DEFILADA_CHECK(constraint.bound <= kMostBound && -kMostBound <= constraint.bound);
  if (!s.tighten(constraint.from, constraint.to, constraint.bound)) return false;
  const std::uint32_t index = s.network.add(constraint);
  s.leaving.append(index, constraint);
  s.entering.append(index, constraint);
  s.accept(constraint.bound);
  return true;
}

bool Incremental::change_bound(std::uint32_t constraint, Duration bound) {
  State& s = *state_;
  DEFILADA_CHECK(constraint < s.network.constraints().size());
  DEFILADA_CHECK(bound <= kMostBound && -kMostBound <= bound);
  const Constraint before = s.network.constraints()[constraint];
  if (bound == before.bound) return true;
  if (bound < before.bound && !s.tighten(before.from, before.to, bound)) return false;
  s.network.set_bound(constraint, bound);
  s.leaving.set_bound(constraint, s.network.constraints()[constraint]);
  s.entering.set_bound(constraint, s.network.constraints()[constraint]);
  s.accept(bound);
  return true;
}

const Network& Incremental::network() const noexcept {
  return state_->network;
}

const Windows& Incremental::windows() {
  State& s = *state_;
  if (!s.windows) {
    s.windows =
        detail::windows_about(s.leaving, s.entering, s.potential, kMidnight.value, s.distances);
  }
  return *s.windows;
}

}  // namespace defilada::programme
