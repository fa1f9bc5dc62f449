// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// Appends a drawing as an <svg> element: real text, a title and a description, millimetres as user
/// units; colours are the classes f… (fill) and k… (stroke) of the page's style. Well-formed XML.
void append_svg(const Drawing& drawing, std::string& out);

}  // namespace defilada::drawing
