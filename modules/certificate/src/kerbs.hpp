// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/certificate/statement.hpp"
#include "defilada/core/phrase.hpp"
#include "defilada/core/result.hpp"

/// Whether movers stay between the kerbs of a road, as bounds are kept: shown anew, not believed.
///
///      ======================.           A straight is convex; a bend is but for its inner kerb,
///       [ a body  :    ]      `.         which a line keeps away. So corners show what is between
///      - - - - - - : - - - - .    \        them: of a body that is in two cells, up to the line
///      that
///      ===================. : \    |       parts them in one, beyond it in the other. Bodies and
///                                         time are halved where that does not show it.
namespace defilada::certificate {

/// Why it is not shown that everybody of the kerb's class stays on its road, with at least `room_m`
/// between outlines and kerbs; none: they do. Who is between two others on one path is in the hull
/// of the two. Cost: pieces of the class's paths, times the cells that a piece passes; more for
/// long bodies that are in several.
[[nodiscard]] std::optional<Phrase> fault_of(const Statement& statement, const Kerb& kerb,
                                             double room_m);

/// A room that fault_of() accepts, a twentieth below the least that is, or less: a closer one costs
/// many parts. Error (bad_input): none is.
[[nodiscard]] Result<double> room_of(const Statement& statement, const Kerb& kerb);

}  // namespace defilada::certificate
