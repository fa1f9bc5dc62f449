// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace defilada::display {

/// One character of a line as a terminal shows it.
struct Glyph {
  std::string text;  ///< what is printed: the character, spaces for a tab, U+FFFD for a control
  int columns = 1;   ///< 0 for a combining mark, 2 for a wide character
  std::size_t begin = 0;  ///< byte offset in the line
  std::size_t end = 0;
};

/// Splits a line of UTF-8. Bytes that are not UTF-8 become U+FFFD, one by one. `column` is where
/// the line starts, for its tabs.
[[nodiscard]] std::vector<Glyph> glyphs(std::string_view line, int column = 0);

/// The text with every control and direction-changing character replaced by U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace defilada::display
