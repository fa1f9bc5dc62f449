// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/core/result.hpp"
#include "defilada/sheet/document.hpp"
#include "defilada/sheet/run_sheet.hpp"

namespace defilada::sheet {

/// A document as PDF 1.5: embedded fonts, bookmarks, links, page numbers; its dates are the
/// document's, so that the same document gives the same bytes. Errors (environment): no font; what
/// cairo reports.
[[nodiscard]] Result<std::string> render_pdf(const Document& document, Paper paper);

}  // namespace defilada::sheet
