// SPDX-License-Identifier: MIT
#include "help.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "command_table.hpp"
#include "option_tree.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

constexpr std::size_t kIndent = 2;

struct Row {
  std::string left;
  std::string_view right;
};

/// Two columns, the right one wrapped.
std::string table(const std::vector<Row>& rows, std::size_t columns) {
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.left.size());
  const std::size_t indent = kIndent + width + 2;
  std::string out;
  for (const Row& row : rows) {
    out += fmt::format("{:{}}{:<{}}  {}\n", "", kIndent, row.left, width,
                       wrapped(row.right, indent, std::max(columns, indent + 20)));
  }
  return out;
}

/// Each example with what it does below it, so that the command can be copied as a line.
std::string examples_of(std::string_view lines) {
  std::string out = "Examples:\n";
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end + 1);
    const std::size_t bar = line.find(" | ");
    out += fmt::format("  {}\n      {}\n", line.substr(0, bar), line.substr(bar + 3));
  }
  return out;
}

std::string left_of(const CLI::Option& option) {
  std::string left;
  for (const std::string& name : option.get_snames()) left += "-" + name + ", ";
  // The first is the documented one; others are kept for those who know them.
  if (!option.get_lnames().empty()) left += "--" + option.get_lnames().front();
  const std::string value = option.get_type_name();
  return value.empty() ? left : left + " " + value;
}

}  // namespace

std::string program_help(const CLI::App& program, int columns) {
  const auto width = static_cast<std::size_t>(std::max(columns, 40));
  std::string out =
      "Defilada plans mass public spectacles: one show file in, a timed programme, a "
      "track for\nevery performer and a run sheet out.\n\n";
  out += examples_of(
      "defilada run shows/first-steps | plan the show of the tutorial\n"
      "defilada check my-show.yaml | what is wrong with a show, and where\n");
  out += "\nUsage: defilada COMMAND [ARGUMENTS]\n\nCommands:\n";
  std::vector<Row> rows;
  for (const CommandText& text : kCommands) rows.push_back({std::string(text.name), text.summary});
  rows.push_back({"help", "show the help of a command"});
  out += table(rows, width);
  out += "\nOptions, before or after the command:\n";
  rows.clear();
  for (const CLI::Option* option : program.get_options()) {
    rows.push_back({left_of(*option), option->get_description()});
  }
  out += table(rows, width);
  out +=
      "\nExit codes: 0 fine, 1 the show breaks a rule, 2 usage, 3 bad input, 4 the programme "
      "cannot\nhold, 5 environment (disk, memory), 130 interrupted.\n";
  return out;
}

std::string command_help(const CLI::App& command, int columns) {
  const auto width = static_cast<std::size_t>(std::max(columns, 40));
  const auto* const text = std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& row) {
    return row.name == command.get_name();
  });
  std::string out = examples_of(text->examples);
  std::vector<Row> arguments;
  std::vector<Row> options;
  std::string usage;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) {
      arguments.push_back({option->get_type_name(), option->get_description()});
      const bool list = option->get_expected_max() > 1;
      const std::string what = option->get_type_name() + (list ? "..." : "");
      usage += may_be_left_out(command, *option) ? " [" + what + "]" : " " + what;
    } else {
      options.push_back({left_of(*option), option->get_description()});
    }
  }
  out += fmt::format("\nUsage: defilada {}{} [OPTIONS]\n\n{}\n", text->name, usage,
                     wrapped(text->description, 0, width));
  if (!arguments.empty()) out += "\nArguments:\n" + table(arguments, width);
  return out + "\nOptions:\n" + table(options, width);
}

}  // namespace defilada::app
