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

/// Tells what stands in the way itself; the status is what the program ends with.
tl::expected<void, int> plan_or_tell(const Options& options, Console& console, Work& work) {
  if (const Status status = read_and_plan(options, console, work); !status) {
    return tl::unexpected(report_failure(status.error(), work.diagnostics, work.sources, console));
  }
  if (work.plan.feasible) return {};
  const Error infeasible{
      Errc::infeasible,
      options.variant.empty()
          ? phrase("the programme of '{}' cannot hold", options.show.string())
          : phrase("the variant '{}' of '{}' cannot hold", options.variant, options.show.string())};
  if (console.json()) console.print(error_json(infeasible, {}, work.sources, console.words()));
  console.tell(
      conflict_list(work, console.message_columns(), console.colours_messages(), console.words()));
  return tl::unexpected(exit_status(infeasible.code));
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
  if (const auto planned = plan_or_tell(of_show, console, work); !planned) {
    return tl::unexpected(planned.error());
  }
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
  if (const auto planned = plan_or_tell(options, console, variant); !planned) {
    return planned.error();
  }
  Options of_base = options;
  of_base.variant.clear();
  Work base;
  if (const auto planned = plan_or_tell(of_base, console, base); !planned) return planned.error();
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
