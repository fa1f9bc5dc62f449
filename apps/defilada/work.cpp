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

Status read(const Options& options, Work& work, const std::map<std::string, std::string>& instead) {
  if (Status found = find_show(options.show, work.diagnostics); !found) return found;
  const show::ReadOptions read_options{catalogue_folders(options.catalogues), instead};
  work.show =
      show::read_show(options.show, read_options, work.sources, work.diagnostics, &work.inputs);
  work.diagnostics.sort();
  if (work.show) return {};
  return fail(Errc::bad_input,
              phrase("the show '{}' has errors: nothing was planned", options.show.string()));
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

  StageProgress progress(!console.quiet(), console.words());
  plan::Options plan_options;
  plan_options.progress = [&](std::string_view stage, double share) {
    progress.at(stage, share);
    return !interrupted();
  };
  Result<plan::Plan> plan = plan::make_plan(*work.show, plan_options);
  if (!plan) return tl::unexpected(plan.error());
  work.plan = std::move(*plan);
  work.plan.seconds.read = read_s;
  add_warnings_of_reading(work);
  return check_interrupt();
}

}  // namespace defilada::app
