// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "defilada/core/time.hpp"

/// Figures as people read them.
namespace defilada::app {

/// 10412 -> "10 412".
[[nodiscard]] std::string grouped(std::int64_t number);

/// 1, "cue" -> "1 cue"; 2 -> "2 cues". `one` takes an s.
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one);

/// "98.4 s", "2 min 5.25 s", "1 h 10 min": to the millisecond, or to the microsecond where there is
/// less than one; minutes from two on. Negative ones carry their sign.
[[nodiscard]] std::string spoken(Duration duration);

/// Breaks the words of `text` into lines of at most `columns` characters, the first of which is
/// begun at `indent` and the others are indented by it; a word that is longer stays whole.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns);

}  // namespace defilada::app
