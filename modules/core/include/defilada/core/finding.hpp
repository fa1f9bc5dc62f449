// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/core/time.hpp"

namespace defilada {

/// Something the planner must know about a show that reads well: what, where, when, who, and what
/// would mend it. One finding per cause, not one per pair of movers.
struct Finding {
  Severity severity = Severity::warning;
  std::string code;  ///< stable id, "movement.outer-file-pace"
  Phrase message;    ///< one sentence with its figures and units
  Span span;         ///< the statement that causes it
  std::optional<Time> begin;
  std::optional<Time> end;
  std::optional<std::array<double, 3>> place;  ///< m, in the show's frame
  std::vector<std::string> who;                ///< "contingent" or "contingent/slot"
  std::optional<Fix> fix;
};

}  // namespace defilada
