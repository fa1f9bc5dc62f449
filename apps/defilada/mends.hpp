// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/finding.hpp"
#include "work.hpp"

/// What of a plan can be mended by an edit of the show file, and how.
namespace defilada::app {

/// A change that would mend something, with the word by which `defilada fix` knows it: the code of
/// a finding, or "conflict.N.M", the M-th change that is enough for the N-th conflict of an
/// infeasible programme.
struct Mend {
  std::string code;
  Phrase message;  ///< what is wrong
  Span span;       ///< where
  Fix fix;         ///< has edits
};

/// Findings first, in their order, then conflicts. Those without an edit are left out.
[[nodiscard]] std::vector<Mend> mends_of(const Work& work);

/// How a person names a mend: its code, or CODE:LINE where only that line's is meant.
struct Choice {
  std::vector<Mend> chosen;             ///< no two overlap, none twice
  std::vector<Mend> skipped;            ///< overlap an earlier one: a second call takes them
  std::vector<std::string> unknown;     ///< nothing of that code was found
  std::vector<std::string> unmendable;  ///< found, but without an edit
};
[[nodiscard]] Choice choose(const Work& work, const std::vector<Mend>& mends,
                            const std::vector<std::string>& codes);

}  // namespace defilada::app
