// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

/// The press report: what the show file and the plan say, in sentences, and nothing else. Words in
/// quotation marks are statements of the show (or their translations, which say so) with their
/// source; numbers are the plan's.
namespace defilada::brief {

struct Block {
  /// report: what a source says without quoting anybody.
  enum class Is { title, dateline, heading, paragraph, quotation, report, entry };
  Is is = Is::paragraph;
  std::string text{};
  std::string origin{};  ///< who says so: source, and whose translation; "": the show and the plan
};
using Document = std::vector<Block>;

struct Options {
  std::string language = "en";  ///< "en" or "pl"; labels fall back to English
  std::string zone{};           ///< of the reader's clock, an IANA name; "": the show's
};

/// Requires a feasible plan. Errors (bad_input): the zone is unknown, or has no midnight on the
/// show's date. Pure: the same show gives the same text. Cost: linear in the plan.
[[nodiscard]] Result<Document> make_brief(const show::Show& show, const plan::Plan& plan,
                                          const Options& options);

/// CommonMark, plain text, and a page of HTML on its own. Texts may hold anything: each is escaped
/// for its format.
[[nodiscard]] std::string markdown(const Document& document);
[[nodiscard]] std::string plain_text(const Document& document);
/// Several languages follow each other on one page, each with a link to it at the top.
struct Edition {
  std::string language;
  Document document;
};
[[nodiscard]] std::string markdown(const std::vector<Edition>& editions);
[[nodiscard]] std::string html(const std::vector<Edition>& editions);

}  // namespace defilada::brief
