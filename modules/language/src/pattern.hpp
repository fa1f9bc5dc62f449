// SPDX-License-Identifier: MIT
#pragma once

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace defilada::language {

/// ICU's locale of kLanguages[column]: its numbers and dates are those of one country.
[[nodiscard]] const icu::Locale& locale_of(std::size_t column);

[[nodiscard]] inline icu::UnicodeString to_icu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}
[[nodiscard]] inline std::string from_icu(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// Digits in groups of three from five on, divided by U+202F.
[[nodiscard]] std::string grouped(std::string_view digits);
/// A text of ICU's with its numbers grouped like that in place of as the locale of
/// kLanguages[column] groups them.
[[nodiscard]] std::string regrouped(std::string_view text, std::size_t column);

}  // namespace defilada::language
