// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"
#include "defilada/spectators/scene.hpp"

namespace defilada::spectators {

/// When a cue of the show is in its plan; nullopt: the plan tells no time for it (a rank that no
/// statement of the programme names).
[[nodiscard]] std::optional<Time> time_of(const plan::Plan& plan, const show::CueRef& cue);

/// The rest of the day, from -inf to inf.
[[nodiscard]] std::vector<DayPeriod> complement(std::vector<DayPeriod> periods);

}  // namespace defilada::spectators
