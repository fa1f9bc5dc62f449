// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/certificate/statement.hpp"
#include "defilada/plan/plan.hpp"

namespace defilada::plan {

/// What a certificate of the plan is to show: its tracks, and the same limits that the proof holds
/// them against, as two questions: centres, and outlines with the edges of stands and obstacles;
/// and bounds of speed, climb and height.
/// Of a plan without tracks: nobody. Pure: the same show and plan give the same statement.
[[nodiscard]] certificate::Statement statement_of(const show::Show& show, const Plan& plan);

}  // namespace defilada::plan
