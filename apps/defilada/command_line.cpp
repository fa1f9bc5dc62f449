// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "command_table.hpp"
#include "defilada/core/suggest.hpp"
#include "defilada/core/terminal.hpp"
#include "help.hpp"

namespace defilada::app {
namespace {

/// What the parser fills before it becomes Options.
struct Raw {
  std::string show, out, tracks, paper = "a4", language = "en", help_about;
  std::vector<std::string> catalogues;
  bool json = false, findings = false, cues = false, quiet = false, no_colour = false;
  bool no_pdf = false, no_crowd = false, version = false;
};

constexpr std::string_view kHelpCommand = "help";

void add_flag(CLI::App& app, const std::string& name, bool& value, const std::string& text) {
  app.add_flag(name, value, text)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
      ->disable_flag_override();
}

CLI::Option* add_value(CLI::App& app, const std::string& name, const std::string& type,
                       std::string& value, const std::string& text) {
  CLI::Option* option = app.add_option(name, value, text)->type_name(type);
  return option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void add_common(CLI::App& app, Raw& raw) {
  app.set_help_flag("-h,--help", "show this help");
  add_flag(app, "--json", raw.json, "print one JSON object on standard output and nothing else");
  add_flag(app, "--no-color", raw.no_colour,
           "no colours and no redrawn lines (so do NO_COLOR and TERM=dumb)");
  add_flag(app, "-q,--quiet", raw.quiet, "print errors only (with --json: the object too)");
}

void add_show(CLI::App& app, Raw& raw) {
  add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
  app.add_option("--catalogue", raw.catalogues,
                 "search this folder for catalogues before the installed ones; may be repeated")
      ->type_name("DIR")
      ->allow_extra_args(false);
  add_flag(app, "--findings", raw.findings, "list every finding (with --json: as \"findings\")");
  add_flag(app, "--cues", raw.cues, "list every cue with its time and slack");
}

void add_out(CLI::App& app, Raw& raw) {
  add_value(app, "-o,--out", "DIR", raw.out,
            "write there instead of into out/NAME; other files in it are left alone");
}

void add_sheet(CLI::App& app, Raw& raw) {
  add_flag(app, "--no-pdf", raw.no_pdf, "leave out run-sheet.pdf");
  add_value(app, "--paper", "SIZE", raw.paper, "paper of the PDF: a4 or letter");
  add_value(app, "--language", "CODE", raw.language,
            "language of names and titles where the show has it, such as pl; else English");
}

/// The parser. Owns what it fills, since CLI::App keeps references.
class Parser {
 public:
  Parser() : app_("Plans mass public spectacles", "defilada") {
    add_common(app_, raw_);
    add_flag(app_, "--version", raw_.version, "print the version");
    for (const CommandText& text : kCommands) {
      CLI::App* command = app_.add_subcommand(std::string(text.name), std::string(text.summary));
      add_common(*command, raw_);
      add_own(text.command, *command);
    }
    CLI::App* help = app_.add_subcommand(std::string(kHelpCommand), "show the help of a command");
    add_common(*help, raw_);
    add_value(*help, "COMMAND", "COMMAND", raw_.help_about, "the command");
    app_.require_subcommand(0, 1);
  }

  tl::expected<Options, Diagnostic> parse(int argc, const char* const* argv);

 private:
  void add_own(Command command, CLI::App& app) {
    const bool plans = command == Command::run || command == Command::check ||
                       command == Command::plan || command == Command::sheet;
    if (!plans) return;
    add_show(app, raw_);
    if (command != Command::check) add_out(app, raw_);
    if (command == Command::plan) {
      add_value(app, "--tracks", "FILE", raw_.tracks, "write every mover's track to it as JSON");
    }
    if (command == Command::run || command == Command::sheet) add_sheet(app, raw_);
    add_flag(app, "--no-crowd", raw_.no_crowd, "leave out the crowd; this version has none yet");
  }

  [[nodiscard]] const CLI::App* chosen() const {
    const std::vector<const CLI::App*> used =
        app_.get_subcommands([](const CLI::App* command) { return command->parsed(); });
    return used.empty() ? nullptr : used.front();
  }
  [[nodiscard]] Diagnostic bad_argument(const CLI::ParseError& error) const;
  [[nodiscard]] Diagnostic extra(const std::vector<std::string>& words) const;
  [[nodiscard]] Diagnostic misspelt_option(const std::string& word) const;
  [[nodiscard]] Diagnostic misspelt_command(const std::string& word) const;
  [[nodiscard]] Diagnostic fault(std::string code, std::string message,
                                 std::string suggestion = {}) const;
  [[nodiscard]] tl::expected<Options, Diagnostic> help() const;
  [[nodiscard]] tl::expected<Options, Diagnostic> checked(const CommandText& text) const;
  [[nodiscard]] Options options(Command command) const;

  Raw raw_;
  CLI::App app_;
};

Diagnostic Parser::fault(std::string code, std::string message, std::string suggestion) const {
  const CLI::App* const command = chosen();
  const bool named = command != nullptr && command->get_name() != kHelpCommand;
  return {Severity::error,
          "usage." + std::move(code),
          std::move(message),
          {},
          fmt::format("see 'defilada {}--help'", named ? command->get_name() + " " : ""),
          std::move(suggestion),
          {}};
}

Diagnostic Parser::misspelt_option(const std::string& word) const {
  const CLI::App* const command = chosen() == nullptr ? &app_ : chosen();
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& long_name : option->get_lnames()) known.push_back("--" + long_name);
  }
  const std::string whose = command == &app_ ? "" : fmt::format(" of '{}'", command->get_name());
  return fault("unknown-option", fmt::format("unknown option '{}'{}", name, whose),
               nearest(name, known));
}

Diagnostic Parser::misspelt_command(const std::string& word) const {
  std::vector<std::string> known;
  for (const CommandText& text : kCommands) known.emplace_back(text.name);
  known.emplace_back(kHelpCommand);
  return fault("unknown-command", fmt::format("unknown command '{}'", word), nearest(word, known));
}

Diagnostic Parser::extra(const std::vector<std::string>& words) const {
  const auto option = std::find_if(words.begin(), words.end(), [](const std::string& word) {
    return word.size() > 1 && word.front() == '-';
  });
  if (option != words.end()) return misspelt_option(*option);
  if (chosen() == nullptr) return misspelt_command(words.front());
  return fault("unexpected-argument", fmt::format("unexpected argument '{}'", words.front()));
}

/// The parser's own words for a missing value are for its programmers: "--out: 1 required DIR
/// missing".
Diagnostic Parser::bad_argument(const CLI::ParseError& error) const {
  const std::string words = error.what();
  const CLI::App* const command = chosen() == nullptr ? &app_ : chosen();
  for (const CLI::Option* option : command->get_options()) {
    const std::string type = option->get_type_name();
    const std::string name = option->get_name();
    if (!type.empty() && words.find(name + ":") == 0 &&
        words.find("missing") != std::string::npos) {
      return fault("missing-value", fmt::format("{} needs a value: {}", name, type));
    }
  }
  return fault("bad-argument", words);
}

tl::expected<Options, Diagnostic> Parser::help() const {
  Options result;
  result.command = Command::help;
  const int columns = std::min(terminal_columns(STDOUT_FILENO), 100);
  const CLI::App* command = chosen();
  if (command != nullptr && command->get_name() == kHelpCommand) {
    command = nullptr;
    if (!raw_.help_about.empty() && raw_.help_about != kHelpCommand) {
      const auto found = app_.get_subcommands(
          [&](const CLI::App* candidate) { return candidate->get_name() == raw_.help_about; });
      if (found.empty()) return tl::unexpected(misspelt_command(raw_.help_about));
      command = found.front();
    }
  }
  result.help = command == nullptr ? program_help(app_, columns) : command_help(*command, columns);
  result.json = raw_.json;
  return result;
}

Options Parser::options(Command command) const {
  Options result;
  result.command = command;
  result.show = raw_.show;
  if (!raw_.out.empty()) result.out = raw_.out;
  if (!raw_.tracks.empty()) result.tracks = raw_.tracks;
  result.catalogues.assign(raw_.catalogues.begin(), raw_.catalogues.end());
  result.paper = raw_.paper == "letter" ? sheet::Paper::letter : sheet::Paper::a4;
  result.language = raw_.language;
  result.pdf = !raw_.no_pdf;
  result.json = raw_.json;
  result.findings = raw_.findings;
  result.cues = raw_.cues;
  result.quiet = raw_.quiet;
  result.colour = !raw_.no_colour;
  return result;
}

tl::expected<Options, Diagnostic> Parser::checked(const CommandText& text) const {
  const bool needs_show = text.command != Command::schema && text.command != Command::version;
  if (needs_show && raw_.show.empty()) {
    return tl::unexpected(
        fault("no-show",
              fmt::format("'{}' needs a SHOW: a folder with a show.yaml, or a file", text.name)));
  }
  static const std::vector<std::string> papers{"a4", "letter"};
  if (std::find(papers.begin(), papers.end(), raw_.paper) == papers.end()) {
    return tl::unexpected(fault("unknown-paper",
                                fmt::format("--paper is a4 or letter, not '{}'", raw_.paper),
                                nearest(raw_.paper, papers)));
  }
  if (raw_.tracks == "-") {
    return tl::unexpected(fault(
        "no-file", "--tracks writes a file, not standard output; './-' is a file of that name"));
  }
  for (const std::string& folder : raw_.catalogues) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
      return tl::unexpected(
          fault("no-catalogue-folder", fmt::format("--catalogue: no folder '{}'", folder)));
    }
  }
  return options(text.command);
}

tl::expected<Options, Diagnostic> Parser::parse(int argc, const char* const* argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return help();
  } catch (const CLI::ExtrasError&) {
    return tl::unexpected(extra(app_.remaining(true)));
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(bad_argument(error));
  }
  if (raw_.version) return options(Command::version);
  const CLI::App* const command = chosen();
  if (command == nullptr) {
    Options nothing = help().value();
    nothing.command = Command::none;
    return nothing;
  }
  if (command->get_name() == kHelpCommand) return help();
  const auto* const text = std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& row) {
    return row.name == command->get_name();
  });
  return checked(*text);
}

}  // namespace

tl::expected<Options, Diagnostic> parse_command_line(int argc, const char* const* argv) {
  return Parser().parse(argc, argv);
}

bool has_flag(int argc, const char* const* argv, const char* flag) {
  for (int i = 1; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    if (std::strcmp(argv[i], flag) == 0) return true;
  }
  return false;
}

}  // namespace defilada::app
