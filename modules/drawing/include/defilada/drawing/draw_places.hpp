// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

enum class PlacesOf { seats, photograph };

/// The rows of the seats or of the photograph with who has which place, seen from behind: everybody
/// looks up the page, the front row is at the top, the host's right is at the right. Numbers are
/// the precedence of the delegations; "5·2" is the second of delegation 5. nullopt where the show
/// has no such rows, or the plan no guests.
///
///            ^
///     [4] [2] [host] [1] [3]
///     [10] [8] [6] [5] [7] [9]
///
/// Laws (tested): a box for each place; every guest's number once; boxes of a row do not overlap.
[[nodiscard]] std::optional<Drawing> draw_places(const Context& context, PlacesOf what,
                                                 double width_mm);

}  // namespace defilada::drawing
