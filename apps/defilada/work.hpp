// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "defilada/comparison/variant.hpp"
#include "defilada/core/diagnostics.hpp"
#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"
#include "defilada/show/read.hpp"
#include "defilada/spectators/circulation.hpp"
#include "defilada/spectators/hand.hpp"
#include "options.hpp"

namespace defilada::app {

/// What came of the spectators.
struct Crowd {
  spectators::Scene scene;  ///< refers to the show
  spectators::Hand hand;    ///< of all people, whatever share was simulated
  std::vector<spectators::Phase> phases;
  /// The same day with other seeds, without places and maps; the first is `phases`.
  std::vector<std::vector<spectators::Phase>> runs;
  std::optional<spectators::Circulation> circulation;  ///< none: the show says nothing of it
  /// Of `runs`, where there is one.
  std::vector<spectators::Circulation> circulations = {};
};

/// What the stages made of a show.
struct Work {
  Sources sources;
  Diagnostics diagnostics;  ///< of reading
  std::vector<show::InputFile> inputs;
  std::optional<show::Show> show;  ///< the base, or the variant that is asked for
  plan::Plan plan;
  std::optional<Crowd> crowd;        ///< none: it was not simulated
  std::optional<double> crowd_s;     ///< what that took; none likewise
  std::vector<show::Show> variants;  ///< of the base, as read; empty when a variant is asked for
  /// What came of them; none where they were not asked for, or the base cannot hold.
  std::optional<std::vector<comparison::VariantOutcome>> outcomes;
};

/// Reads the show and plans it: the base, or the variant of --variant. The reader's warnings become
/// findings of the plan, so that they reach every output. Progress is shown on a terminal unless
/// the console is quiet. Errors: bad_input, with the faults in work.diagnostics; environment (the
/// show cannot be read); interrupted. An infeasible programme is no error: see work.plan.feasible.
/// `instead`: see show::ReadOptions.
[[nodiscard]] Status read_and_plan(const Options& options, const Console& console, Work& work,
                                   const std::map<std::string, std::string>& instead = {});

/// The same, planned as `how` says, without a console: what a program does in its own thread.
[[nodiscard]] Status read_and_plan(const Options& options, const plan::Options& how, Work& work,
                                   const std::map<std::string, std::string>& instead = {});

/// Plans the variants beside the base, one after the other, and keeps what came of each, but not
/// its plan. One that cannot hold, or breaks a rule that the base keeps, becomes a finding of the
/// base's plan. Does nothing where the base is infeasible or options.variants is false. Errors:
/// interrupted.
[[nodiscard]] Status plan_variants(const Options& options, const Console& console, Work& work);

/// Whether simulate_spectators() has anything to do.
[[nodiscard]] bool spectators_follow(const Options& options, const Work& work);

/// Simulates the spectators, if the show has any and options.crowd does not leave them out: their
/// findings become the plan's. Until all its runs are done it keeps each phase that is done, and in
/// the end of an interrupted one as much of it, in the folder where the products go;
/// options.crowd.resume takes those of the same runs. Errors: bad_input (the stops and zones do not
/// match), environment, interrupted.
[[nodiscard]] Status simulate_spectators(const Options& options, const Console& console,
                                         Work& work);

/// Whether there is something for options.crowd.resume to go on from. Requires work.show.
[[nodiscard]] bool spectators_are_kept(const Options& options, const Work& work);

/// Wall-clock seconds since the first call of the process; never goes back.
[[nodiscard]] double seconds_now();

}  // namespace defilada::app
