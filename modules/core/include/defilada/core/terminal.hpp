// SPDX-License-Identifier: MIT
#pragma once

namespace defilada {

/// Whether a person may be shown escape codes (colours, a line that is redrawn) on the open file
/// `fd`: it is a terminal, NO_COLOR is unset or empty (https://no-color.org), TERM is neither unset
/// nor "dumb". In a pipe, a file or a build log the output is plain text.
[[nodiscard]] bool wants_escapes(int fd);

/// Width of the terminal behind `fd` in columns; 80 where it cannot be told.
[[nodiscard]] int terminal_columns(int fd);

}  // namespace defilada
