// SPDX-License-Identifier: MIT
#pragma once

#include <limits>
#include <optional>
#include <vector>

#include "defilada/plan/plan.hpp"
#include "defilada/proof/abilities.hpp"

/// Floors and ceilings of air lines, and heights that mend what is beyond them.
///
///   ceiling ------------------------------------------
///                       .--------------- over the target ---x  breaks off: no longer asked
///       own line  o----'  joins
///   floor   ------------------------------------------
///
/// A flight is on the line that it comes by until the first of it joins, then on the line of its
/// flypast until the first of it breaks off. What a kind says of itself holds all the time.
namespace defilada::plan {

/// When a contingent is on a line with limits.
struct HeightStretch {
  show::ContingentId contingent;
  show::RouteId line;
  double from_s = 0;  ///< may be infinite
  double to_s = 0;
};
[[nodiscard]] std::vector<HeightStretch> height_stretches(const show::Show& show, const Plan& plan);

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

/// Between which heights above the datum one may fly.
struct HeightLimits {
  double floor_m = -std::numeric_limits<double>::infinity();
  double ceiling_m = std::numeric_limits<double>::infinity();
};
/// Of all kinds of a contingent together and, where there is one, of a line.
[[nodiscard]] HeightLimits height_limits(const show::Show& show, const show::Contingent& who,
                                         std::optional<show::RouteId> line);

/// Another height for the flight, in steps of 5 m, where the show file writes its height above the
/// ground; none where it would then be beyond one of `limits`.
[[nodiscard]] std::optional<Fix> other_height(const show::Show& show, const show::Contingent& who,
                                              const HeightLimits& limits,
                                              const proof::Excess& worst);

}  // namespace defilada::plan
