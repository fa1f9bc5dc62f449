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
  if (const auto status = plan_with_times(options, console, work)) return *status;
  constexpr std::uint64_t kLargest = 8u << 20;
  auto text = read_text_file(options.other, kLargest);
  if (!text) return report_failure(text.error(), work, console);
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
