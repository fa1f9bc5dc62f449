// SPDX-License-Identifier: MIT
#include "defilada/brief/brief.hpp"

#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "defilada/core/file.hpp"
#include "perform.hpp"
#include "report.hpp"
#include "summary.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

std::string formatted(const brief::Document& document, const Options& options) {
  if (options.format == "html") return brief::html({{options.language, document}});
  return options.format == "txt" ? brief::plain_text(document) : brief::markdown(document);
}

}  // namespace

int brief_command(const Options& options, Console& console) {
  Work work;
  if (const auto status = plan_with_times(options, console, work)) return *status;
  const auto document = brief::make_brief(*work.show, work.plan, {options.language, options.zone});
  if (!document) return report_failure(document.error(), work, console);
  const std::string text = formatted(*document, options);
  if (options.out) {
    if (Status status = write_file_atomically(*options.out, text); !status)
      return report_failure(status.error(), work, console);
  }
  if (console.json()) {
    console.print(nlohmann::json{{"report", text}}.dump() + "\n");
  } else if (!options.out) {
    console.print(text);
  }
  return 0;
}

}  // namespace defilada::app
