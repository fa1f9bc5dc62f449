// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/language/words.hpp"
#include "json_parts.hpp"
#include "studio/planner.hpp"

namespace defilada::app::studio {

/// The parts of a plan as the page gets them, name and JSON text, in a fixed order: "diagnostics",
/// and where there is a show "summary", "site", "items", "processions", "lines", "findings",
/// "conflicts", "spectators", "variants", "day" (docs/studio.md). Times in seconds from 00:00 of
/// the show's date, lengths in metres, places in files as byte offsets. Part by part, so that a
/// part that is the same is not sent again.
using Sections = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Sections sections_of(const Outcome& outcome, const language::Words& say);

/// A text in its languages: {"en": "…", "pl": "…"}.
[[nodiscard]] Json text_json(const show::Text& text);
/// One of "findings".
[[nodiscard]] Json finding_json(const Finding& finding, const Sources& sources,
                                const language::Words& say);

/// "defilada-studio/1": one JSON object of the sections, without those that `base` has as well.
[[nodiscard]] std::string plan_json(const Outcome& outcome, const Sections& sections,
                                    const Sections* base, const language::Words& say);

}  // namespace defilada::app::studio
