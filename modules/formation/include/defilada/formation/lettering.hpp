// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/figure.hpp"

namespace defilada::formation {

/// The centre lines of a text alone, without slots; lengths in glyph heights, x from 0 to `width`,
/// y from 0 to 1.
struct Lettering {
  std::vector<Stroke> strokes;
  double width = 0;
};

/// Neighbouring glyphs stand `apart` heights apart. Errors (bad_input): as figure() has them of a
/// text. Law (tested): lettering(text, glyph_distance(f, text)) has the strokes of f = figure(text,
/// n). Cost: 16 us for three characters.
[[nodiscard]] Result<Lettering> lettering(std::string_view text, double apart);

/// How far apart the neighbouring glyphs of a figure of `text` stand, heights; 0 of one glyph.
[[nodiscard]] double glyph_distance(const Figure& figure, std::string_view text);

}  // namespace defilada::formation
