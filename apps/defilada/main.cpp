// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>

#include "command_line.hpp"
#include "commands.hpp"
#include "console.hpp"
#include "defilada/core/interrupt.hpp"
#include "memory.hpp"
#include "palette.hpp"
#include "perform.hpp"
#include "summary.hpp"

namespace defilada::app {
namespace {

int perform_command(const Options& options, Console& console) {
  switch (options.command) {
    case Command::run: return run_command(options, console);
    case Command::check: return check_command(options, console);
    case Command::plan: return plan_command(options, console);
    case Command::prove: return prove_command(options, console);
    case Command::crowd: return crowd_command(options, console);
    case Command::sheet: return sheet_command(options, console);
    case Command::schema: return schema_command(options, console);
    case Command::verify: return verify_command(options, console);
    case Command::version: return version_command(options, console);
    case Command::diff: return diff_command(options, console);
    case Command::rehearsal: return rehearsal_command(options, console);
    case Command::figure: return figure_command(options, console);
    case Command::brief: return brief_command(options, console);
    case Command::fix: return fix_command(options, console);
    case Command::draw: return draw_command(options, console);
    case Command::make_new: return new_command(options, console);
    case Command::studio: return studio_command(options, console);
    case Command::help:
    case Command::man:
    case Command::completion: console.print(options.text); return 0;
    case Command::none: break;
  }
  if (console.json())
    console.print(error_json({Errc::usage, phrase("no command given")}, {}, {}, console.words()));
  console.tell(options.text);
  return exit_status(Errc::usage);
}

int report_usage(const Diagnostic& fault, Console& console) {
  const Palette& palette = palette_of(console.colours_messages());
  const language::Words& say = console.words();
  if (console.json()) console.print(error_json({Errc::usage, fault.message}, {fault}, {}, say));
  console.tell(fmt::format("{}{}:{} {}", palette.error, say(phrase("error")), palette.off,
                           say(fault.message)));
  if (!fault.suggestion.empty()) {
    console.tell("; " + say(phrase("did you mean '{}'?", fault.suggestion)));
  }
  console.tell("\n" + say(fault.expected) + "\n");
  return exit_status(Errc::usage);
}

int perform_guarded(const tl::expected<Options, Diagnostic>& options, Console& console) {
  const auto failed = [&](const Phrase& message) {
    return report_failure({Errc::environment, message}, Diagnostics(), Sources(), console);
  };
  try {
    return options ? perform_command(*options, console) : report_usage(options.error(), console);
  } catch (const std::bad_alloc&) {
    return failed(phrase("not enough memory"));
  } catch (const std::exception& exception) {
    return failed(phrase("a fault of the program, not of the show: {}", exception.what()));
  }
}

int program(int argc, const char* const* argv) {
  const bool colour = !has_flag(argc, argv, "--no-color");
  // Progress asks the environment only.
  if (!colour) ::setenv("NO_COLOR", "1", 1);
  const InterruptGuard guard;
  const bool quiet = has_flag(argc, argv, "--quiet") || has_flag(argc, argv, "-q");
  Console console({has_flag(argc, argv, "--json"), quiet, colour, language_of(argc, argv)});
  const int status = perform_guarded(parse_command_line(argc, argv), console);
  if (const Status printed = console.finish(); !printed) {
    console.tell(fmt::format("{}: {}\n", console.words()(phrase("error")),
                             console.words()(printed.error().message)));
    return status == 0 ? exit_status(printed.error().code) : status;
  }
  return status;
}

}  // namespace
}  // namespace defilada::app

int main(int argc, char** argv) {
  defilada::app::prepare_streams();
  defilada::app::ask_for_little_memory();
  return defilada::app::program(argc, argv);
}
