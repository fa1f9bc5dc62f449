// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "defilada/core/phrase.hpp"
#include "defilada/core/time.hpp"

/// Figures as people read them.
namespace defilada::app {

/// "3 cues", "10 412 people": a number with what is counted.
[[nodiscard]] Phrase counted_errors(std::int64_t number);
[[nodiscard]] Phrase counted_warnings(std::int64_t number);
[[nodiscard]] Phrase counted_notes(std::int64_t number);
[[nodiscard]] Phrase counted_items(std::int64_t number);
[[nodiscard]] Phrase counted_cues(std::int64_t number);
[[nodiscard]] Phrase counted_contingents(std::int64_t number);
[[nodiscard]] Phrase counted_guests(std::int64_t number);

/// "98.4 s", "2 min 5.25 s", "1 h 10 min": to the millisecond, or to the microsecond where there is
/// less than one; minutes from two on. Negative ones carry their sign.
[[nodiscard]] Measure spoken(Duration duration);

/// Of UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text);

/// Breaks the words of `text` into lines of at most `columns` characters, the first of which is
/// begun at `indent` and the others are indented by it; a word that is longer stays whole.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns);

}  // namespace defilada::app
