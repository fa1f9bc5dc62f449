// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/drawing/drawing.hpp"

/// Drawings within drawings.
namespace defilada::drawing {

/// Appends the shapes of `part`, `scale` times as large, with its top left at `at`. Texts and lines
/// are scaled, too. Law: every point p of `part` comes to lie at `at` + scale * p.
void append_at(const Drawing& part, Point at, double scale, Drawing& onto);

/// The same, as large as fits into `box` but no larger than it was, in the middle of its top edge;
/// says how large.
double append_into(const Drawing& part, const Box& box, Drawing& onto);

}  // namespace defilada::drawing
