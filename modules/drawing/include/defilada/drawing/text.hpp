// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace defilada::drawing {

/// The text as it may be printed: bytes that are not UTF-8, control characters, characters that
/// turn the direction of what follows and those that XML forbids become U+FFFD; line feeds and tabs
/// become spaces. Law: idempotent; the result is valid UTF-8 and may stand in XML once escaped.
[[nodiscard]] std::string clean_text(std::string_view text);

/// clean_text, then & < > " ' as character references: good inside elements and quoted attributes.
[[nodiscard]] std::string escape(std::string_view text);

/// Millimetres to at most two decimals, without an exponent or trailing zeros: "12.5", "-0.25",
/// "0". Requires |value| < 1e6.
[[nodiscard]] std::string format_mm(double value);

/// Whether a link may be written: "#id", or an http or https address without spaces or quotes.
[[nodiscard]] bool safe_href(std::string_view href);

}  // namespace defilada::drawing
