// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "studio/crowd_runs.hpp"
#include "studio/planner.hpp"

/// What a person takes away from the studio: the same files as `defilada run` and `draw` write, and
/// the cards of the run sheet alone.
namespace defilada::app::studio {

struct Download {
  std::string type;
  std::string bytes;
  /// Of the page, where it is one: styles of its own, in a sandbox of no origin.
  std::string policy{};
};

/// Names: "run-sheet.html", "run-sheet.pdf", "cards.html", "cards.pdf", "safety.html",
/// "safety.pdf", "brief.html", "brief.md", "playback.html", "plan.sqlite", "pictures/NAME.svg",
/// ".png" or ".pdf". None where there is nothing of that name. Requires a plan that holds, except
/// for pictures; the safety report, that `crowd` is a run of this very text. `crowd` may be null.
[[nodiscard]] Result<std::optional<Download>> download(const std::string& name,
                                                       const Outcome& outcome,
                                                       const WholeRunPtr& crowd,
                                                       const std::string& language);

/// What can be had now, as JSON: [{"name", "what", "title"}].
[[nodiscard]] std::string downloads_json(const Outcome& outcome, const WholeRunPtr& crowd,
                                         const std::string& language);

}  // namespace defilada::app::studio
