// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/sheet/render.hpp"
#include "defilada/show/model.hpp"
#include "defilada/spectators/circulation.hpp"
#include "defilada/spectators/day.hpp"
#include "defilada/spectators/hand.hpp"

/// The safety report: what a safety advisory group asks of an event's spectators, from the show
/// file, the hand arithmetic and the simulated day. HTML and PDF are settings of one document.
///
///     cover        the day in figures, what was found
///     matrix       design, information, management x ingress, circulation, egress: what is stated,
///                  what is computed, what nobody has stated; normal, then in an emergency
///     plan         the ground, its gates, exits, stands, with their short names
///     capacities   entry, holding, exit, emergency exit; the least of them rules
///     coming       occupancy, queues of each gate, maps of density and of the level of service
///     leaving      clearance times, curves, maps, of the egress and of each emergency
///     findings, and how the numbers were got
namespace defilada::safety {

/// What the report is about. All references must outlive its making.
struct Subject {
  const show::Show& show;  ///< with spectators
  const plan::Plan& plan;  ///< feasible
  const Sources& sources;
  const spectators::Scene& scene;  ///< of the share that was simulated
  const spectators::Hand& hand;    ///< of all people
  /// All of a day: ingress, egress, emergencies.
  std::span<const spectators::Phase> phases;
  /// The same day with other seeds; fewer than two: `phases` alone.
  std::span<const std::vector<spectators::Phase>> runs;
  std::span<const Finding> findings;  ///< of the spectators
  spectators::RunOptions run;         ///< seed, share and step
  /// Who left his place meanwhile; nullptr: the show says nothing of it.
  const spectators::Circulation* circulation = nullptr;
  std::span<const spectators::Circulation> circulations = {};  ///< of `runs`
};

struct ReportOptions {
  std::string language = "en";
  sheet::Paper paper = sheet::Paper::a4;
};

/// One self-contained HTML file: no script, no request.
[[nodiscard]] std::string report_html(const Subject& subject, const ReportOptions& options = {});

/// PDF with bookmarks and page numbers; the same subject, the same bytes. Written atomically.
/// Errors (environment): named by what failed.
[[nodiscard]] Status write_report_pdf(const std::filesystem::path& path, const Subject& subject,
                                      const ReportOptions& options = {});

}  // namespace defilada::safety
