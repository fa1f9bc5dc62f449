// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "relaxation.hpp"
#include "statement_index.hpp"

namespace defilada::programme::detail {

/// The statements behind a cycle, each once, in walking order.
[[nodiscard]] std::vector<StatementId> statements_of(const Cycle& cycle,
                                                     std::span<const Constraint> constraints);

/// A negative cycle whose statements are among those of `cycle` and irreducible: all constraints of
/// these statements (and those of no statement) cannot hold together; without any one statement
/// they can. `potentials` (cue) may be any; near feasible ones make it quick.
///
/// Each statement in turn is left out. If what remains has a negative cycle, that cycle takes over;
/// else the statement is needed, and its neighbour on the cycle is left out next, from the
/// potentials just found: for a plain cycle that moves a cue or two, so the whole is near-linear.
/// Works on a small copy of the network that holds only the constraints concerned.
[[nodiscard]] Cycle make_irreducible(const Cycle& cycle, const Network& network,
                                     const StatementIndex& statements,
                                     const Relaxation& potentials);

}  // namespace defilada::programme::detail
