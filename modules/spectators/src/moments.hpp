// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

namespace defilada::spectators {

/// When a cue of the show is in its plan; nullopt: the plan tells no time for it (a rank that no
/// statement of the programme names).
[[nodiscard]] std::optional<Time> time_of(const plan::Plan& plan, const show::CueRef& cue);

}  // namespace defilada::spectators
