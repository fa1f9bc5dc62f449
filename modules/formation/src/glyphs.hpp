// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

namespace defilada::formation {

/// The centre lines of a character in a box of height 1, in the language that outline_of() reads;
/// nothing for a character without a glyph. Space has no lines: its path is empty.
[[nodiscard]] std::optional<std::string_view> glyph_path(char character) noexcept;

}  // namespace defilada::formation
