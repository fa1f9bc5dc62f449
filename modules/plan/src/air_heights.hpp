// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "defilada/plan/plan.hpp"
#include "defilada/proof/abilities.hpp"

/// Floors and ceilings of air lines.
///
///   ceiling ------------------------------------------
///                       .--------------- over the target ---x  breaks off: no longer asked
///       own line  o----'  joins
///   floor   ------------------------------------------
///
/// A flight is on the line that it comes by until the first of it joins, then on the line of its
/// flypast until the first of it breaks off.
namespace defilada::plan {

/// Who is beyond the heights of a line, at some instant.
struct BeyondLine {
  show::RouteId line;
  std::vector<proof::Excess> excesses;  ///< movers as in the plan's tracks
};

/// Whether all flights keep between floor and ceiling of the lines they are on, at every instant,
/// to the bound of their tracks' error; lines with excesses only, in the show's order. Needs the
/// tracks and the flight cards. Errors: interrupted. Cost: O(pieces of flights on such lines).
[[nodiscard]] Result<std::vector<BeyondLine>> prove_heights(const show::Show& show,
                                                            const Plan& plan,
                                                            const proof::AbilityOptions& options);

/// Another height for the flight, in steps of 5 m, where the show file writes its height above the
/// ground; none where it would then be beyond the other limit of the line.
[[nodiscard]] std::optional<Fix> other_height(const show::Show& show, const show::Contingent& who,
                                              const show::Route& line, const proof::Excess& worst);

}  // namespace defilada::plan
