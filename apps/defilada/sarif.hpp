// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/language/words.hpp"
#include "work.hpp"

namespace defilada::app {

/// All that is told of a show as a SARIF log, which editors and code hosts show at the lines:
/// faults of reading, findings of the plan, conflicts of an infeasible programme; each with its
/// code as the rule, its place (columns in code points, offsets in bytes), and its fix as
/// replacements. When, where and who are properties.
/// Format: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard,
/// 27 March 2020 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
[[nodiscard]] std::string sarif_log(const Work& work, const language::Words& say);

}  // namespace defilada::app
