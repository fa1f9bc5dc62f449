// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compile.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/programme/network.hpp"

/// The parts of make_plan, each filling in its share of the plan.
namespace defilada::plan {

/// People, vehicles and aircraft of the show, by role and category.
[[nodiscard]] Counts count(const show::Show& show, const movement::Motions& motions);

/// Planned time of every cue (cue 0 is midnight): the earliest that everything allows, with every
/// wish that still fits.
[[nodiscard]] std::vector<Time> planned_times(const Compiled& compiled,
                                              const programme::Windows& windows);

/// Cues, items, start, end, over and the critical chain.
void fill_programme(const show::Show& show, const Compiled& compiled,
                    const programme::Windows& windows, const std::vector<Time>& times, Plan& plan);

/// Cards and time-distance lines of all contingents.
void fill_contingents(const show::Show& show, const movement::Motions& motions,
                      const Compiled& compiled, const std::vector<Time>& times, Plan& plan);

/// Published figures against the plan; a row that does not hold is also a finding.
void fill_published(const show::Show& show, const Compiled& compiled,
                    const std::vector<Time>& times, Plan& plan);

}  // namespace defilada::plan
