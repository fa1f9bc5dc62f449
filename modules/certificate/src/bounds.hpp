// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/certificate/statement.hpp"
#include "defilada/core/phrase.hpp"

/// Whether movers stay within bounds of speed, of its changes, and of height. Nothing is claimed
/// beforehand: what is to be shown of one mover is short enough to be shown anew.
namespace defilada::certificate {

/// Why a bound is not shown; none: every mover of its class keeps it at every instant. The squares
/// of speeds, climbs and heights are polynomials; their ranges are halved in time until they lie
/// within. The fastest on a path is one of the outermost two, since |C' + left N'| is convex in
/// left; for a least speed, and for changes of speed and direction where the path turns, everybody
/// is looked at. Cost: pieces of the class's paths.
[[nodiscard]] std::optional<Phrase> fault_of(const Statement& statement, const Bound& bound);

}  // namespace defilada::certificate
