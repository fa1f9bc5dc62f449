// SPDX-License-Identifier: MIT
#include "defilada/drawing/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "defilada/core/check.hpp"
#include "defilada/core/markup.hpp"
#include "defilada/core/utf8.hpp"

namespace defilada::drawing {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool turns_direction(std::uint32_t c) noexcept {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

bool printable(std::uint32_t c) noexcept {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  const bool no_character = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return !control && !no_character && !turns_direction(c);
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const char lead = text.front();
    if (lead == '\n' || lead == '\t' || lead == '\r') {
      clean += ' ';
    } else if (point.valid && printable(point.value)) {
      clean += text.substr(0, point.bytes);
    } else {
      clean += kReplacement;
    }
    text.remove_prefix(point.bytes);
  }
  return clean;
}

std::string escape(std::string_view text) {
  return escape_markup(clean_text(text));
}

std::string format_mm(double value) {
  DEFILADA_CHECK(std::abs(value) < 1e6);
  const auto hundredths = std::llround(value * 100);
  const auto magnitude = static_cast<unsigned long long>(std::abs(hundredths));
  std::string text = hundredths < 0 ? "-" : "";
  text += std::to_string(magnitude / 100);
  if (const auto rest = magnitude % 100; rest != 0) {
    text += '.';
    text += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  }
  return text;
}

bool safe_href(std::string_view href) {
  const auto begins = [&](std::string_view scheme) {
    return href.substr(0, scheme.size()) == scheme;
  };
  if (!begins("#") && !begins("http://") && !begins("https://")) return false;
  return std::none_of(href.begin(), href.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '<' || c == '>' ||
           c == '\\' || c == 0x7F;
  });
}

}  // namespace defilada::drawing
