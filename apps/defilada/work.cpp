// SPDX-License-Identifier: MIT
#include "work.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "catalogues.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/core/suggest.hpp"
#include "show_path.hpp"

namespace defilada::app {
namespace {

/// One line for each stage, in place of the stage's before.
class StageProgress {
 public:
  StageProgress(bool shown, const language::Words& say) : shown_(shown), say_(say) {}

  void at(std::string_view stage, double share) {
    if (!shown_) return;
    if (stage != stage_) {
      stage_ = stage;
      progress_ = std::make_unique<Progress>(
          stage_ == "tracks" ? phrase("tracks") : phrase("programme"), kSteps, say_);
      done_ = 0;
    }
    const auto steps = static_cast<std::uint64_t>(std::clamp(share, 0.0, 1.0) * kSteps);
    progress_->advance(steps > done_ ? steps - done_ : 0);
    done_ = std::max(done_, steps);
  }

 private:
  static constexpr std::uint64_t kSteps = 1000;
  bool shown_;
  language::Words say_;
  std::string stage_;
  std::uint64_t done_ = 0;
  std::unique_ptr<Progress> progress_;
};

/// "'a', 'b', 'c'".
Phrase listed_names(const std::vector<std::string>& names) {
  std::vector<Phrase> quoted;
  for (const std::string& name : names) quoted.push_back(phrase("'{}'", name));
  return Phrase::joined(quoted, ", ");
}

Finding finding_of(const Diagnostic& diagnostic) {
  Finding finding;
  finding.severity = diagnostic.severity;
  finding.code = diagnostic.code;
  finding.message = diagnostic.message;
  if (!diagnostic.expected.empty()) {
    finding.message = phrase("{}; {}", finding.message, phrase("expected {}", diagnostic.expected));
  }
  if (!diagnostic.suggestion.empty()) {
    finding.message =
        phrase("{}; {}", finding.message, phrase("did you mean '{}'?", diagnostic.suggestion));
  }
  finding.span = diagnostic.span;
  return finding;
}

/// Before the stages' own findings of the same severity: their lines come first in time, too.
void add_warnings_of_reading(Work& work) {
  std::vector<Finding> findings;
  for (const Diagnostic& diagnostic : work.diagnostics.all()) {
    findings.push_back(finding_of(diagnostic));
  }
  if (findings.empty()) return;
  std::vector<Finding>& all = work.plan.findings;
  all.insert(all.begin(), std::make_move_iterator(findings.begin()),
             std::make_move_iterator(findings.end()));
  std::stable_sort(all.begin(), all.end(),
                   [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
}

/// The variant of that name or slug.
Status choose(const std::string& wanted, const std::string& path, show::ShowAndVariants& reading,
              Work& work) {
  if (wanted.empty()) {
    work.show = std::move(reading.base);
    work.variants = std::move(reading.variants);
    return {};
  }
  std::vector<std::string> names;
  for (show::Show& each : reading.variants) {
    names.push_back(each.variant->name);
    if (each.variant->name != wanted && each.variant->slug != wanted) continue;
    work.show = std::move(each);
    return {};
  }
  const std::string near = nearest(wanted, names);
  Phrase told = names.empty()
                    ? phrase("'{}' has no variant '{}': it has none", path, wanted)
                    : phrase("'{}' has no variant '{}', but {}", path, wanted, listed_names(names));
  if (!near.empty()) told += phrase("; did you mean '{}'?", near);
  return fail(Errc::usage, std::move(told));
}

Status read(const Options& options, Work& work, const std::map<std::string, std::string>& instead) {
  if (Status found = find_show(options.show, work.diagnostics); !found) return found;
  const show::ReadOptions read_options{catalogue_folders(options.catalogues), instead};
  auto reading =
      show::read_variants(options.show, read_options, work.sources, work.diagnostics, &work.inputs);
  work.diagnostics.sort();
  if (reading) return choose(options.variant, options.show.string(), *reading, work);
  return fail(Errc::bad_input,
              phrase("the show '{}' has errors: nothing was planned", options.show.string()));
}

/// Whose findings are to be relied on; the others only need times and tracks.
bool proves(Command command) {
  return command == Command::run || command == Command::check || command == Command::fix;
}

/// Pairs of contingents that come near each other are looked for where they are drawn.
std::size_t nearness_of(const Options& options) {
  constexpr std::size_t kPairs = 8;
  const auto& wanted = options.pictures;
  const bool drawn =
      wanted.empty() || std::find(wanted.begin(), wanted.end(), "nearness") != wanted.end();
  return options.command == Command::draw && drawn ? kPairs : 0;
}

Result<plan::Plan> planned(const show::Show& show, const Console& console, bool proof,
                           std::size_t nearness = 0) {
  StageProgress progress(!console.quiet(), console.words());
  plan::Options plan_options;
  plan_options.proof = proof;
  plan_options.nearness = nearness;
  plan_options.progress = [&](std::string_view stage, double share) {
    progress.at(stage, share);
    return !interrupted();
  };
  return plan::make_plan(show, plan_options);
}

/// What a planner of the base must know of a variant; nothing where it holds.
std::optional<Finding> finding_of(const comparison::VariantOutcome& outcome) {
  if (outcome.holds()) return std::nullopt;
  Finding finding;
  finding.severity = Severity::error;
  finding.span = outcome.variant.span;
  if (!outcome.feasible) {
    finding.code = "variant.cannot-hold";
    finding.message =
        phrase("the variant '{}' cannot hold: {}", outcome.variant.name, outcome.why());
  } else {
    finding.code = "variant.breaks-rule";
    finding.message = phrase("the variant '{}' breaks what the base keeps: {}",
                             outcome.variant.name, outcome.why());
    finding.who = outcome.breaks.front().who;
  }
  return finding;
}

}  // namespace

double seconds_now() {
  static const auto start = std::chrono::steady_clock::now();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Status read_and_plan(const Options& options, const Console& console, Work& work,
                     const std::map<std::string, std::string>& instead) {
  const double start_s = seconds_now();
  if (Status status = read(options, work, instead); !status) return status;
  const double read_s = seconds_now() - start_s;
  if (Status status = check_interrupt(); !status) return status;

  Result<plan::Plan> plan =
      planned(*work.show, console, proves(options.command), nearness_of(options));
  if (!plan) return tl::unexpected(plan.error());
  work.plan = std::move(*plan);
  work.plan.seconds.read = read_s;
  add_warnings_of_reading(work);
  return check_interrupt();
}

Status plan_variants(const Options& options, const Console& console, Work& work) {
  if (!options.variants || !work.plan.feasible) return {};
  const double start_s = seconds_now();
  work.outcomes.emplace();
  std::vector<Finding>& findings = work.plan.findings;
  for (const show::Show& variant : work.variants) {
    const Result<plan::Plan> plan = planned(variant, console, false);
    if (!plan) return tl::unexpected(plan.error());
    work.outcomes->push_back(comparison::outcome_of(*work.show, work.plan, variant, *plan));
    if (Status status = check_interrupt(); !status) return status;
  }
  for (const auto& outcome : *work.outcomes) {
    if (auto finding = finding_of(outcome)) findings.push_back(std::move(*finding));
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
  work.plan.seconds.variants = seconds_now() - start_s;
  return {};
}

}  // namespace defilada::app
