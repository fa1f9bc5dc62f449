// SPDX-License-Identifier: MIT
#pragma once

#include <cairo.h>

#include "defilada/sheet/drawing.hpp"
#include "typesetter.hpp"

namespace defilada::sheet {

void set_ink(cairo_t* cr, Ink ink, double opacity = 1);

/// Draws shapes with the origin of `cr` at the drawing's top left; one unit of `cr` is a
/// millimetre.
void draw_on_cairo(cairo_t* cr, const Drawing& drawing, const Typesetter& setter);

}  // namespace defilada::sheet
