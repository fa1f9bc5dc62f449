// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/result.hpp"
#include "defilada/sheet/run_sheet.hpp"

/// The cards of the run sheet alone, which are handed out: one to each contingent, and the crews'
/// cards for the knee.
namespace defilada::sheet {

/// Requires a feasible plan. One self-contained HTML file: no script, no request. Of the options,
/// the language alone.
[[nodiscard]] std::string contingent_cards_html(const show::Show& show, const plan::Plan& plan,
                                                const Sources& sources,
                                                const SheetOptions& options = {});

/// The same as PDF; same plan, same bytes. Of the options, the paper too. Errors (environment):
/// named by what failed.
[[nodiscard]] Result<std::string> contingent_cards_pdf(const show::Show& show,
                                                       const plan::Plan& plan,
                                                       const Sources& sources,
                                                       const SheetOptions& options = {});

}  // namespace defilada::sheet
