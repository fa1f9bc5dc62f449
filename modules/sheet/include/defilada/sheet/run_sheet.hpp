// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "defilada/comparison/variant.hpp"
#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/nearness.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

/// The run sheet: what a parade director prints. Both forms come from one document (document.hpp)
/// and one list of drawings (drawing.hpp), so that they cannot differ.
namespace defilada::sheet {

enum class Paper { a4, letter };

/// As many pairs as a page shows well.
inline constexpr std::size_t kSheetPairs = 6;

struct SheetOptions {
  std::string language = "en";
  Paper paper = Paper::a4;
  /// What came of the show's variants, for a page of its own; none: it has none. Must outlive the
  /// sheet's making.
  const std::vector<comparison::VariantOutcome>* variants = nullptr;
  /// Who comes near whom (plan::nearest_pairs), for a page of its own; empty: it has none.
  std::vector<plan::Nearness> nearness = {};
};

/// One self-contained HTML file: no script, no request, prints well on A4 and Letter.
[[nodiscard]] std::string run_sheet_html(const show::Show& show, const plan::Plan& plan,
                                         const Sources& sources, const SheetOptions& options = {});

/// PDF with selectable text, bookmarks and page numbers; same plan, same bytes. Written atomically.
/// Errors (environment): named by what failed.
[[nodiscard]] Status write_run_sheet_pdf(const std::filesystem::path& path, const show::Show& show,
                                         const plan::Plan& plan, const Sources& sources,
                                         const SheetOptions& options = {});

}  // namespace defilada::sheet
