// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "commands.hpp"
#include "defilada/comparison/compare.hpp"
#include "defilada/comparison/variant.hpp"
#include "difference_report.hpp"
#include "perform.hpp"
#include "report.hpp"
#include "summary.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPlanFile = "plan.sqlite";

/// A plan file, or the folder of one; none: a show.
std::optional<fs::path> plan_file_of(const fs::path& path) {
  std::error_code unknown;
  if (path.extension() == ".sqlite") return path;
  const bool show = fs::exists(path / "show.yaml", unknown);
  if (!show && fs::exists(path / kPlanFile, unknown)) return path / kPlanFile;
  return std::nullopt;
}

tl::expected<comparison::Issue, int> issue_at(const fs::path& path, const Options& options,
                                              Console& console) {
  Work work;
  if (const auto file = plan_file_of(path)) {
    auto issue = comparison::read_issue(*file);
    if (issue) return std::move(*issue);
    return tl::unexpected(report_failure(issue.error(), work.diagnostics, work.sources, console));
  }
  Options of_show = options;
  of_show.show = path;
  if (const auto status = plan_with_times(of_show, console, work)) return tl::unexpected(*status);
  return comparison::issue_of(*work.show, work.plan);
}

void tell(const comparison::Difference& difference,
          const std::vector<comparison::GuestChange>& guests, Console& console) {
  if (console.json()) {
    console.print(difference_json(difference, guests));
  } else if (!console.quiet()) {
    console.print(difference_text(difference, guests, console.colours_results(), console.words()));
  }
}

/// A show's base against one of its variants.
int diff_variant(const Options& options, Console& console) {
  if (plan_file_of(options.show)) {
    return report_failure(
        {Errc::usage, phrase("'{}' is a plan: variants stand in a show", options.show.string())},
        Diagnostics(), Sources(), console);
  }
  Work variant;
  if (const auto status = plan_with_times(options, console, variant)) return *status;
  Options of_base = options;
  of_base.variant.clear();
  Work base;
  if (const auto status = plan_with_times(of_base, console, base)) return *status;
  const comparison::VariantOutcome outcome = comparison::outcome_of(
      *base.show, base.plan, *variant.show, variant.plan, {.time_s = options.within_s});
  tell(outcome.difference, outcome.guests, console);
  return 0;
}

}  // namespace

int diff_command(const Options& options, Console& console) {
  if (!options.variant.empty()) return diff_variant(options, console);
  const auto before = issue_at(options.show, options, console);
  if (!before) return before.error();
  const auto after = issue_at(options.other, options, console);
  if (!after) return after.error();
  const comparison::Tolerance tolerance{options.within_s};
  const comparison::Difference difference = comparison::compare(*before, *after, tolerance);
  tell(difference, {}, console);
  return 0;
}

}  // namespace defilada::app
