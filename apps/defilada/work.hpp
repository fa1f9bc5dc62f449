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
#include "options.hpp"

namespace defilada::app {

/// What the stages made of a show.
struct Work {
  Sources sources;
  Diagnostics diagnostics;  ///< of reading
  std::vector<show::InputFile> inputs;
  std::optional<show::Show> show;  ///< the base, or the variant that is asked for
  plan::Plan plan;
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

/// Wall-clock seconds since the first call of the process; never goes back.
[[nodiscard]] double seconds_now();

}  // namespace defilada::app
