// SPDX-License-Identifier: MIT
#include "manual.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <string_view>

#include "command_table.hpp"
#include "option_tree.hpp"
#include "version.hpp"

namespace defilada::app {
namespace {

/// Text for roff: a backslash and a hyphen would be read otherwise, and so would a dot or a quote
/// that begins a line.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool begins = out.empty() || out.back() == '\n';
    if (begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out;
}

std::string examples(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    const std::size_t bar = line.find(" | ");
    out += fmt::format(".TP\n.B {}\n{}\n", roff(line.substr(0, bar)), roff(line.substr(bar + 3)));
  }
  return out;
}

std::string option_row(const CLI::Option& option) {
  std::string names;
  const auto add = [&](const std::string& dashes, const std::string& name) {
    names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", roff(dashes + name));
  };
  for (const std::string& name : option.get_snames()) add("-", name);
  if (!option.get_lnames().empty()) add("--", option.get_lnames().front());
  const std::string type = option.get_type_name();
  if (!type.empty()) names += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", roff(type));
  return fmt::format(".TP\n{}\n{}\n", names, roff(option.get_description()));
}

/// An option that every command has is told once.
bool is_common(const CLI::App& program, const CLI::Option& option) {
  for (const CLI::Option* known : program.get_options()) {
    if (known->get_lnames() == option.get_lnames() && !option.get_lnames().empty()) return true;
  }
  return false;
}

std::string command_section(const OptionTree& tree, const CommandText& text) {
  const CLI::App* const command = tree.app.get_subcommand(std::string(text.name));
  std::string usage;
  std::string rows;
  for (const CLI::Option* option : command->get_options()) {
    if (is_common(tree.app, *option)) continue;
    if (option->get_positional()) {
      const std::string name = "\\fI" + roff(option->get_type_name()) + "\\fR" +
                               (option->get_expected_max() > 1 ? " ..." : "");
      usage += may_be_left_out(*command, *option) ? " [" + name + "]" : " " + name;
    }
    rows += option_row(*option);
  }
  return fmt::format(".SS defilada {}\n.B defilada {}\\fR{} [\\fIOPTIONS\\fR]\n.PP\n{}\n{}{}",
                     roff(text.name), roff(text.name), usage, roff(text.description), rows,
                     examples(text.examples));
}

constexpr std::string_view kExitCodes =
    "0|fine\n"
    "1|the show breaks a rule: there is a finding of severity error\n"
    "2|the command line is wrong\n"
    "3|the show or a catalogue is wrong or is not there\n"
    "4|the programme cannot hold\n"
    "5|the disk is full, a folder cannot be written to, memory is gone\n"
    "130|interrupted (Ctrl-C); nothing is written but the plan of run and what --resume takes up\n";
constexpr std::string_view kFiles =
    "SHOW/show.yaml|the show, where SHOW is a folder\n"
    "out/NAME/|what run, plan and sheet write, unless --out says otherwise\n"
    "PREFIX/share/defilada/catalogue/|the installed catalogues of gaits and kinds\n";
constexpr std::string_view kEnvironment =
    "DEFILADA_CATALOGUE|folders with catalogues, separated by colons\n"
    "NO_COLOR, TERM=dumb|no colours and no redrawn lines\n";

std::string table(std::string_view rows) {
  std::string out;
  while (!rows.empty()) {
    const std::string_view row = rows.substr(0, rows.find('\n'));
    rows.remove_prefix(row.size() + 1);
    const std::size_t bar = row.find('|');
    out += fmt::format(".TP\n.B {}\n{}\n", roff(row.substr(0, bar)), roff(row.substr(bar + 1)));
  }
  return out;
}

}  // namespace

std::string manual_page(const OptionTree& tree) {
  std::string out = fmt::format(
      ".TH DEFILADA 1 \"\" \"defilada {}\" \"User commands\"\n"
      ".SH NAME\ndefilada \\- plans mass public spectacles\n"
      ".SH SYNOPSIS\n.B defilada\n.I COMMAND\n[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n"
      ".SH DESCRIPTION\n"
      "One show file in, a timed programme, a track for every performer and a run sheet out.\n"
      ".SH COMMANDS\n",
      kVersion);
  for (const CommandText& text : kCommands) out += command_section(tree, text);
  out += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const CLI::Option* option : tree.app.get_options()) out += option_row(*option);
  out += ".SH EXIT STATUS\n" + table(kExitCodes);
  out += ".SH FILES\n" + table(kFiles);
  return out + ".SH ENVIRONMENT\n" + table(kEnvironment);
}

}  // namespace defilada::app
