// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>

#include "defilada/core/finding.hpp"
#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/drawing/context.hpp"
#include "defilada/sheet/document.hpp"
#include "defilada/sheet/run_sheet.hpp"

/// The two settings of a document, for the run sheet and for other reports.
namespace defilada::sheet {

/// One HTML file: no script, no request, one style for screens (light and dark) and for paper. It
/// is well-formed XML, too.
[[nodiscard]] std::string render_html(const Document& document);

/// PDF 1.5: embedded fonts, bookmarks, links, page numbers; its dates are the document's, so that
/// the same document gives the same bytes. Errors (environment): no font; what cairo reports.
[[nodiscard]] Result<std::string> render_pdf(const Document& document, Paper paper);

/// Findings by severity, each with who, when and its place in the show file; its id is "findings".
/// nullopt: there are none.
[[nodiscard]] std::optional<Section> findings_section(const drawing::Context& context,
                                                      const Sources& sources,
                                                      std::span<const Finding> findings);

}  // namespace defilada::sheet
