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
  const auto failed = [&](const Error& error) {
    work.diagnostics.sort();
    return report_failure(error, work.diagnostics, work.sources, console);
  };
  if (Status status = read_and_plan(options, console, work); !status) return failed(status.error());
  if (!work.plan.feasible) {
    const Error infeasible{Errc::infeasible, phrase("the programme cannot hold: it has no times")};
    if (console.json()) console.print(error_json(infeasible, {}, work.sources, console.words()));
    console.tell(conflict_list(work, console.message_columns(), console.colours_messages(),
                               console.words()));
    return exit_status(infeasible.code);
  }
  const auto document = brief::make_brief(*work.show, work.plan, {options.language, options.zone});
  if (!document) return failed(document.error());
  const std::string text = formatted(*document, options);
  if (options.out) {
    if (Status status = write_file_atomically(*options.out, text); !status)
      return failed(status.error());
  }
  if (console.json()) {
    console.print(nlohmann::json{{"report", text}}.dump() + "\n");
  } else if (!options.out) {
    console.print(text);
  }
  return 0;
}

}  // namespace defilada::app
