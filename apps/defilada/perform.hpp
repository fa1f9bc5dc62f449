// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "console.hpp"
#include "options.hpp"
#include "products.hpp"
#include "screenful.hpp"

namespace defilada::app {

/// The exit status where an error is among the findings.
inline constexpr int kBreaksARule = 1;

/// What the four commands that plan a show have in common: read, plan, write the products, report.
/// Without products the report is the list of findings, else the overview; with --json the summary.
/// Exit status: 0 fine, 1 an error among the findings, 3 bad input, 4 infeasible (nothing is
/// written, the old result stays), 5 environment, 130 interrupted.
[[nodiscard]] int perform(const Options& options, const Products& products, Console& console);

/// 1 when an error is among the findings, else 0.
[[nodiscard]] int status_of_findings(const Work& work);

/// Tells why a command could not do its work: the diagnostics with their places, or the error's own
/// sentence where there are none; with --json an object on standard output too. Where not all have
/// room, the errors go first. Returns the status.
[[nodiscard]] int report_failure(const Error& error, const Diagnostics& diagnostics,
                                 const Sources& sources, Console& console,
                                 const Screenful& room = {});

/// The same of a command that read a show, whose diagnostics are put in order first.
[[nodiscard]] int report_failure(const Error& error, Work& work, Console& console);

/// Reads a show and plans it for a command that has nothing to say without times. None: it is
/// planned; else why not is told (of a programme that cannot hold, its conflicts), and this is the
/// status.
[[nodiscard]] std::optional<int> plan_with_times(const Options& options, Console& console,
                                                 Work& work);

/// The same of an interrupted command that leaves something: `stands` says what, in place of
/// "nothing was written".
[[nodiscard]] int report_interrupted(const Error& error, const Phrase& stands,
                                     const Sources& sources, Console& console);

}  // namespace defilada::app
