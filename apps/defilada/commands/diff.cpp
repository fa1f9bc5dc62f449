// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "commands.hpp"
#include "defilada/comparison/compare.hpp"
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
tl::expected<comparison::Issue, int> issue_at(const fs::path& path, const Options& options,
                                              Console& console) {
  Work work;
  const auto failed = [&](const Error& error) {
    return tl::unexpected(report_failure(error, work.diagnostics, work.sources, console));
  };
  if (const auto file = plan_file_of(path)) {
    auto issue = comparison::read_issue(*file);
    if (!issue) return failed(issue.error());
    return std::move(*issue);
  }
  Options of_show = options;
  of_show.show = path;
  if (Status status = read_and_plan(of_show, console, work); !status) return failed(status.error());
  if (!work.plan.feasible) {
    const Error infeasible{Errc::infeasible,
                           phrase("the programme of '{}' cannot hold", path.string())};
    if (console.json()) console.print(error_json(infeasible, {}, work.sources, console.words()));
    console.tell(conflict_list(work, console.message_columns(), console.colours_messages(),
                               console.words()));
    return tl::unexpected(exit_status(infeasible.code));
  }
  return comparison::issue_of(*work.show, work.plan);
}

}  // namespace

int diff_command(const Options& options, Console& console) {
  const auto before = issue_at(options.show, options, console);
  if (!before) return before.error();
  const auto after = issue_at(options.other, options, console);
  if (!after) return after.error();
  const comparison::Tolerance tolerance{options.within_s};
  const comparison::Difference difference = comparison::compare(*before, *after, tolerance);
  if (console.json()) {
    console.print(difference_json(difference));
  } else if (!console.quiet()) {
    console.print(difference_text(difference, console.colours_results(), console.words()));
  }
  return 0;
}

}  // namespace defilada::app
