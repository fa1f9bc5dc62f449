// SPDX-License-Identifier: MIT
//
//   relax all ---- nothing upset ----------------------------> two Dijkstras: windows
//      |
//      +-- a cycle --> fewest constraints --> irreducible --> conflict
//            ^                                                   |
//            +------ its statements dropped, relax again <-------+
#include <algorithm>

#include "arcs.hpp"
#include "defilada/core/check.hpp"
#include "defilada/programme/network.hpp"
#include "distances.hpp"
#include "irreducible.hpp"
#include "relaxation.hpp"
#include "short_cycle.hpp"
#include "statement_index.hpp"

namespace defilada::programme {
namespace {

using detail::Cycle;
using detail::Relaxation;

void start_at_midnight(Cycle& cycle, std::span<const Constraint> constraints) {
  const auto midnight = std::find_if(cycle.begin(), cycle.end(), [&](std::uint32_t index) {
    return constraints[index].from == kMidnight;
  });
  if (midnight != cycle.end()) std::rotate(cycle.begin(), midnight, cycle.end());
}

Conflict conflict_of(Cycle cycle, std::span<const Constraint> constraints) {
  start_at_midnight(cycle, constraints);
  Conflict conflict;
  for (const std::uint32_t index : cycle) {
    conflict.cycle.push_back(constraints[index]);
    conflict.short_by += -constraints[index].bound;
  }
  conflict.statements = detail::statements_of(cycle, constraints);
  conflict.indices = std::move(cycle);
  return conflict;
}

class Explanation {
 public:
  Explanation(const Network& network, const SolveOptions& options, const detail::Arcs& leaving,
              Relaxation& relaxation)
      : network_(network),
        options_(options),
        relaxation_(relaxation),
        short_cycles_(leaving, network.constraints(), relaxation,
                      detail::most_relaxations(network.constraints().size())),
        statements_(network) {}

  std::vector<Conflict> conflicts(std::optional<Cycle> cycle) {
    std::vector<Conflict> result;
    while (cycle) {
      if (auto shorter = short_cycles_.find(cycle->size())) cycle = std::move(shorter);
      Cycle irreducible = detail::make_irreducible(*cycle, network_, statements_, relaxation_);
      result.push_back(conflict_of(std::move(irreducible), network_.constraints()));
      const bool enough = result.size() == static_cast<std::size_t>(options_.max_conflicts);
      if (enough || result.back().statements.empty()) break;  // empty: nothing can be dropped
      drop(result.back().statements);
      cycle = next_cycle();
    }
    return result;
  }

 private:
  [[nodiscard]] bool is_physics(StatementId s) const {
    return s.value < options_.physics.size() && options_.physics[s.value];
  }

  void drop(std::span<const StatementId> statements) {
    const bool only_physics = std::all_of(statements.begin(), statements.end(),
                                          [this](StatementId s) { return is_physics(s); });
    for (const StatementId s : statements) {
      if (is_physics(s) && !only_physics) continue;
      for (const std::uint32_t index : statements_.constraints_of(s)) {
        relaxation_.switch_off(index);
      }
    }
  }

  std::optional<Cycle> next_cycle() {
    relaxation_.unpark();
    relaxation_.wake_upset(network_.constraints());
    auto cycle = relaxation_.settle_by_parking();
    relaxation_.commit();
    return cycle;
  }

  const Network& network_;
  const SolveOptions& options_;
  Relaxation& relaxation_;
  detail::ShortCycles short_cycles_;
  detail::StatementIndex statements_;
};

Windows windows_about(const Network& network, const detail::Arcs& leaving,
                      const Relaxation& relaxation, CueId source) {
  const detail::Arcs entering(network.cue_count(), network.constraints(),
                              detail::Direction::entering);
  detail::Distances distances;
  return detail::windows_about(leaving, entering, relaxation.potentials(), source.value, distances);
}

}  // namespace

Solution solve(const Network& network, const SolveOptions& options) {
  DEFILADA_CHECK(sums_are_exact(network));
  const detail::Arcs leaving(network.cue_count(), network.constraints(),
                             detail::Direction::leaving);
  Relaxation relaxation(leaving, network.constraints());
  relaxation.wake_all();
  Solution solution;
  if (options.max_conflicts <= 0) {
    if (relaxation.settle()) return solution;
  } else if (auto cycle = relaxation.settle_by_parking()) {
    relaxation.commit();
    Explanation explanation(network, options, leaving, relaxation);
    solution.conflicts = explanation.conflicts(std::move(cycle));
    return solution;
  }
  solution.windows = windows_about(network, leaving, relaxation, kMidnight);
  return solution;
}

bool feasible(const Network& network) {
  DEFILADA_CHECK(sums_are_exact(network));
  const detail::Arcs leaving(network.cue_count(), network.constraints(),
                             detail::Direction::leaving);
  Relaxation relaxation(leaving, network.constraints());
  relaxation.wake_all();
  return !relaxation.settle();
}

Windows windows_from(const Network& network, CueId from) {
  DEFILADA_CHECK(sums_are_exact(network));
  DEFILADA_CHECK(from.value < network.cue_count());
  const detail::Arcs leaving(network.cue_count(), network.constraints(),
                             detail::Direction::leaving);
  Relaxation relaxation(leaving, network.constraints());
  relaxation.wake_all();
  const bool is_feasible = !relaxation.settle();
  DEFILADA_CHECK(is_feasible);
  return windows_about(network, leaving, relaxation, from);
}

}  // namespace defilada::programme
