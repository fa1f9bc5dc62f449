// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "defilada/language/words.hpp"
#include "options.hpp"
#include "screenful.hpp"
#include "work.hpp"

/// What a person reads: text in lines, with colours where asked for.
namespace defilada::app {

/// What was written.
using Outputs = std::vector<std::filesystem::path>;

/// What came out: programme, performers, findings by severity, what was written, what to open.
[[nodiscard]] std::string overview(const Work& work, const Options& options, const Outputs& outputs,
                                   bool colour, const language::Words& say);

/// The errors among the findings as finding_list() shows them, as many as there is room for; empty
/// where there are none.
[[nodiscard]] std::string error_list(const Work& work, const Screenful& room, bool colour,
                                     const language::Words& say);

/// The command or the page that lists all findings: `check` does not simulate the spectators.
[[nodiscard]] std::string where_listed(const Work& work, const Options& options,
                                       const Outputs& outputs);

/// Every finding with its line in the show, worst first, then a verdict in one line.
[[nodiscard]] std::string finding_list(const Work& work, bool colour, const language::Words& say);

/// A line for every cue, in the order of time: clock time, slack, what happens.
[[nodiscard]] std::string cue_list(const Work& work, bool colour, const language::Words& say);
/// Every flight with its hold and its time over target.
[[nodiscard]] std::string flight_list(const Work& work, bool colour, const language::Words& say);

/// Why a programme cannot hold: for each conflict the planner's own sentences with their lines and
/// a running total, and the single changes of which each is enough. Sentences are broken at
/// `columns`; 0: not at all. Where the room is limited, of a long sum the middle is left out, and
/// of what is behind a conflict all but how much it is.
[[nodiscard]] std::string conflict_list(const Work& work, std::size_t columns, bool colour,
                                        const language::Words& say, const Screenful& room = {});

/// "show.yaml:12:7: '8 min' becomes '6 min 20 s'".
[[nodiscard]] std::string edit_text(const Edit& edit, const Sources& sources,
                                    const language::Words& say);

}  // namespace defilada::app
