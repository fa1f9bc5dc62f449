// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/result.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/drawing/lettering.hpp"

/// A drawing as a file of its own. Same drawing, same bytes.
namespace defilada::drawing {

/// Pixels along one side that a picture may have.
inline constexpr int kPixelsMost = 30'000;

/// An SVG file: real text, colours of the light palette written out in a style of its own.
[[nodiscard]] std::string svg_file(const Drawing& drawing);

/// A PNG of width_mm * dpi / 25.4 pixels, on white. Errors: bad_input where a side would have no
/// pixel or more than kPixelsMost; environment where there is no memory for it.
[[nodiscard]] Result<std::string> png_file(const Drawing& drawing, double dpi,
                                           const Lettering& lettering);

/// A PDF of one page as large as the drawing; `created` is its date, ISO 8601.
[[nodiscard]] Result<std::string> pdf_file(const Drawing& drawing, const std::string& created,
                                           const Lettering& lettering);

}  // namespace defilada::drawing
