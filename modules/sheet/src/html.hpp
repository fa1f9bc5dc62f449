// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "defilada/sheet/document.hpp"
#include "defilada/sheet/run_sheet.hpp"

namespace defilada::sheet {

/// A document as one HTML file: no script, no request, one style for screens (light and dark) and
/// for paper. It is well-formed XML, too.
[[nodiscard]] std::string render_html(const Document& document);

/// The page's style.
[[nodiscard]] std::string html_style();

}  // namespace defilada::sheet
