// SPDX-License-Identifier: MIT
#pragma once

#include <cairo.h>

#include "defilada/drawing/drawing.hpp"
#include "defilada/drawing/lettering.hpp"

namespace defilada::drawing {

void set_ink(cairo_t* cr, Ink ink, double opacity = 1);

/// Draws shapes with the origin of `cr` at the drawing's top left; one unit of `cr` is a
/// millimetre.
void draw_on_cairo(cairo_t* cr, const Drawing& drawing, const Lettering& lettering);

}  // namespace defilada::drawing
