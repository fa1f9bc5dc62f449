// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compile.hpp"
#include "defilada/plan/plan.hpp"

namespace defilada::plan {

/// What a constraint of movement says: how long it is from which moment to which.
[[nodiscard]] Phrase movement_sentence(const Compiled& compiled,
                                       const programme::Constraint& constraint);

/// Tells conflicts of the network in the planner's own words, with a running total, and the single
/// changes of the show file that would each be enough, solved again before they are offered.
[[nodiscard]] std::vector<Conflict> explain(const Compiled& compiled,
                                            const std::vector<programme::Conflict>& conflicts);

}  // namespace defilada::plan
