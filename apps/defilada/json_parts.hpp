// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/finding.hpp"
#include "defilada/core/source.hpp"
#include "defilada/language/words.hpp"

/// What the JSON objects of several commands have in common.
namespace defilada::app {

using Json = nlohmann::ordered_json;  ///< keys stay in the order of the contract

/// Ends with a line feed. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string text_of(const Json& json);

/// The double nearest to the exact number of microseconds, so that 100.4 s prints as 100.4.
[[nodiscard]] double seconds_of(std::int64_t us);

/// A text, or null where there is none.
[[nodiscard]] Json or_null(std::string_view text);

/// "file", "line" and "column" of a span; null where it is not known.
void add_place(Json& json, Span span, const Sources& sources);

/// {"text", "edits": [{"file", "start", "end", "new"}]}, offsets in bytes of UTF-8.
[[nodiscard]] Json fix_json(const Fix& fix, const Sources& sources, const language::Words& say);

/// {"severity", "code", "message", "file", "line", "column", "t0_s", "t1_s", "place", "who",
/// "fix"}; null for what it does not have.
[[nodiscard]] Json finding_json(const Finding& finding, const Sources& sources,
                                const language::Words& say);

}  // namespace defilada::app
