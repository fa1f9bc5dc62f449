// SPDX-License-Identifier: MIT
#include "defilada/comparison/rehearsal.hpp"

#include <fmt/format.h>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "difference_report.hpp"
#include "perform.hpp"
#include "report.hpp"
#include "summary.hpp"
#include "work.hpp"

namespace defilada::app {

int rehearsal_command(const Options& options, Console& console) {
  Work work;
  const auto failed = [&](const Error& error) {
    work.diagnostics.sort();
    return report_failure(error, work.diagnostics, work.sources, console);
  };
  constexpr std::uint64_t kLargest = 8u << 20;
  if (Status status = read_and_plan(options, console, work); !status) return failed(status.error());
  if (!work.plan.feasible) {
    const Error infeasible{Errc::infeasible, phrase("the programme cannot hold: it has no times")};
    if (console.json()) console.print(error_json(infeasible, {}, work.sources, console.words()));
    console.tell(conflict_list(work, console.message_columns(), console.colours_messages(),
                               console.words()));
    return exit_status(infeasible.code);
  }
  auto text = read_text_file(options.other, kLargest);
  if (!text) return failed(text.error());
  const FileId file = work.sources.add(options.other.string(), std::move(*text));
  Diagnostics faults;
  const auto measured =
      comparison::read_rehearsal(file, work.sources, work.plan, work.show->clock, faults);
  if (!measured) {
    faults.sort();
    return report_failure({Errc::bad_input, phrase("the measured times have errors")}, faults,
                          work.sources, console);
  }
  const auto held = comparison::hold_against(work.plan, *measured);
  if (console.json()) {
    console.print(rehearsal_json(held, work));
  } else if (!console.quiet()) {
    console.print(rehearsal_text(held, work, console.colours_results(), console.words()));
  }
  return 0;
}

}  // namespace defilada::app
