// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/comparison/compare.hpp"
#include "defilada/comparison/rehearsal.hpp"
#include "defilada/comparison/variant.hpp"
#include "defilada/language/words.hpp"
#include "work.hpp"

/// What changed between two issues of a plan, and what a rehearsal measured: for a person and, as
/// JSON (docs/formats.md), for a program.
namespace defilada::app {

/// By contingent, neighbours that moved alike in one line. Clock times are to the tenth of a
/// second.
[[nodiscard]] std::string difference_text(const comparison::Difference& difference,
                                          const std::vector<comparison::GuestChange>& guests,
                                          bool colour, const language::Words& say);
/// "defilada-diff/1".
[[nodiscard]] std::string difference_json(const comparison::Difference& difference,
                                          const std::vector<comparison::GuestChange>& guests);

[[nodiscard]] std::string rehearsal_text(const std::vector<comparison::Held>& held,
                                         const Work& work, bool colour, const language::Words& say);
/// "defilada-rehearsal/1".
[[nodiscard]] std::string rehearsal_json(const std::vector<comparison::Held>& held,
                                         const Work& work);

}  // namespace defilada::app
