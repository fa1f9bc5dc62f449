// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/figures/best.hpp"
#include "defilada/figures/report.hpp"
#include "defilada/language/words.hpp"
#include "work.hpp"

namespace defilada::app {

/// What `defilada figure` found of one figure.
struct FigureFound {
  figures::Report report;
  std::vector<std::optional<int>> ocr;  ///< of each stand's middle: at how many heights it is read;
                                        ///< empty: not asked
  bool searched = false;
  std::optional<figures::Rated> best;     ///< of the search; none: nothing reads
  std::optional<figures::Report> better;  ///< of the show with it; none: no better than it is
  std::optional<Fix> fix;
  Phrase worse;  ///< a finding that the change would bring; empty: none
};

/// For a person, in lines.
[[nodiscard]] std::string figure_text(const std::vector<FigureFound>& found, const Work& work,
                                      const language::Words& words, bool colour);

/// "defilada-figure/1" (docs/formats.md).
[[nodiscard]] std::string figure_json(const std::vector<FigureFound>& found, const Work& work,
                                      const language::Words& words);

}  // namespace defilada::app
