// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace defilada {

/// Whether a person may be shown escape codes (colours, a line that is redrawn) on the open file
/// `fd`: it is a terminal, NO_COLOR is unset or empty (https://no-color.org), TERM is neither unset
/// nor "dumb". In a pipe, a file or a build log the output is plain text.
[[nodiscard]] bool wants_escapes(int fd);

/// The text with every control and direction-changing character replaced by U+FFFD, so that what a
/// show file holds cannot drive a terminal or show a name other than it is.
[[nodiscard]] std::string printable(std::string_view text);

/// Width of the terminal behind `fd` in columns; 80 where it cannot be told.
[[nodiscard]] int terminal_columns(int fd);

/// Height of the terminal behind `fd` in lines; 0 where it cannot be told.
[[nodiscard]] int terminal_rows(int fd);

}  // namespace defilada
