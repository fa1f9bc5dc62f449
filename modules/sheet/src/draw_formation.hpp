// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "context.hpp"
#include "defilada/sheet/drawing.hpp"

/// Formations seen from above, the direction of march up.
namespace defilada::sheet {

/// What a contingent covers, bodies included: right of its axis and behind its head, m.
[[nodiscard]] Box formation_extent(const Context& context, show::ContingentId id);

/// Its bodies at 1 : `scale`, the head line's middle at `head`. Bodies too small to print are drawn
/// 0.25 mm large.
void draw_bodies(const Context& context, show::ContingentId id, double scale, Point head,
                 Drawing& drawing);

/// One contingent in a frame, with its scale and the direction of march.
[[nodiscard]] Drawing draw_formation(const Context& context, show::ContingentId id, double width_mm,
                                     double height_mm);

/// All contingents of a procession from the first to the last, at one scale, with names below.
[[nodiscard]] Drawing draw_procession(const Context& context, show::ProcessionId id,
                                      double width_mm);

}  // namespace defilada::sheet
