// SPDX-License-Identifier: MIT
#include "completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <algorithm>
#include <vector>

#include "option_tree.hpp"

namespace defilada::app {
namespace {

std::vector<const CLI::App*> commands_of(const OptionTree& tree) {
  return tree.app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  return names;
}

/// "-o", "--out".
std::vector<std::string> spellings(const CLI::Option& option) {
  std::vector<std::string> all;
  for (const std::string& name : option.get_snames()) all.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) all.push_back("--" + name);
  return all;
}

/// What stands for a value.
enum class Value { none, words, folder, file, text };

Value value_of(const OptionTree& tree, const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (type.empty()) return Value::none;
  if (tree.choice_of(option) != nullptr || type == "COMMAND") return Value::words;
  if (type == "DIR") return Value::folder;
  return type == "FILE" || type == "SHOW" || type == "BEFORE" || type == "AFTER" ? Value::file
                                                                                 : Value::text;
}

std::vector<std::string> words_of(const OptionTree& tree, const CLI::Option& option) {
  if (const auto* choice = tree.choice_of(option)) return choice->words;
  return names_of(commands_of(tree));
}

/// In single quotes of a POSIX shell and of fish.
std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// ---------------------------------------------------------------- bash

std::string bash_reply(const OptionTree& tree, const CLI::Option& option) {
  switch (value_of(tree, option)) {
    case Value::words:
      return fmt::format("COMPREPLY=($(compgen -W \"{}\" -- \"$word\"))",
                         fmt::join(words_of(tree, option), " "));
    case Value::folder: return "COMPREPLY=($(compgen -d -- \"$word\"))";
    case Value::file: return "COMPREPLY=($(compgen -f -- \"$word\"))";
    case Value::text: return "COMPREPLY=()";
    case Value::none: break;
  }
  return {};
}

/// Values of the options that take one, by the word before.
std::string bash_values(const OptionTree& tree, const CLI::App& command) {
  std::string out;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() || value_of(tree, *option) == Value::none) continue;
    out += fmt::format("      {}) {}; return ;;\n", fmt::join(spellings(*option), "|"),
                       bash_reply(tree, *option));
  }
  return out.empty() ? out : "      case \"$before\" in\n" + out + "      esac\n";
}

std::string bash_arguments(const OptionTree& tree, const CLI::App& command) {
  std::string out;
  int place = 0;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    // The last may be a list.
    const char* const which = option->get_expected_max() > 1 ? "ge" : "eq";
    out +=
        fmt::format("      [[ $place -{} {} ]] && {}\n", which, place++, bash_reply(tree, *option));
  }
  return out;
}

std::string bash_command(const OptionTree& tree, const CLI::App& command) {
  std::vector<std::string> options;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) continue;
    const auto all = spellings(*option);
    options.insert(options.end(), all.begin(), all.end());
  }
  return fmt::format(
      "    {})\n{}"
      "      if [[ $word == -* ]]; then\n"
      "        COMPREPLY=($(compgen -W \"{}\" -- \"$word\"))\n"
      "        return\n"
      "      fi\n{}"
      "      ;;\n",
      command.get_name(), bash_values(tree, command), fmt::join(options, " "),
      bash_arguments(tree, command));
}

std::string bash(const OptionTree& tree) {
  std::string cases;
  for (const CLI::App* command : commands_of(tree)) cases += bash_command(tree, *command);
  return fmt::format(
      "# bash completion of defilada; made by 'defilada completion bash'\n"
      "_defilada() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  local command= place=0 i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    [[ ${{COMP_WORDS[i]}} == -* ]] && continue\n"
      "    if [[ -z $command ]]; then command=${{COMP_WORDS[i]}}; else ((place++)); fi\n"
      "  done\n"
      "  case \"$command\" in\n"
      "    '') COMPREPLY=($(compgen -W \"{}\" -- \"$word\")) ;;\n"
      "{}"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _defilada defilada\n",
      fmt::join(names_of(commands_of(tree)), " "), cases);
}

// ---------------------------------------------------------------- zsh

std::string zsh_action(const OptionTree& tree, const CLI::Option& option) {
  const std::string type = option.get_type_name();
  switch (value_of(tree, option)) {
    case Value::words: return fmt::format(":{}:({})", type, fmt::join(words_of(tree, option), " "));
    case Value::folder: return fmt::format(":{}:_files -/", type);
    case Value::file: return fmt::format(":{}:_files", type);
    case Value::text: return fmt::format(":{}: ", type);
    case Value::none: break;
  }
  return {};
}

/// What stands in [] of _arguments: colons and brackets would end it.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_command(const OptionTree& tree, const CLI::App& command) {
  std::string out = fmt::format("      {})\n        _arguments \\\n", command.get_name());
  for (const CLI::Option* option : command.get_options()) {
    const std::string action = zsh_action(tree, *option);
    if (option->get_positional()) {
      out += fmt::format("          {} \\\n", shell_quoted(":" + action.substr(1)));
      continue;
    }
    for (const std::string& name : spellings(*option)) {
      out += fmt::format(
          "          {} \\\n",
          shell_quoted(fmt::format("{}[{}]{}", name, zsh_text(option->get_description()), action)));
    }
  }
  return out + "          && return\n        ;;\n";
}

std::string zsh(const OptionTree& tree) {
  std::string described;
  std::string cases;
  for (const CLI::App* command : commands_of(tree)) {
    described += fmt::format(
        "    {}\n", shell_quoted(command->get_name() + ":" + zsh_text(command->get_description())));
    cases += zsh_command(tree, *command);
  }
  return fmt::format(
      "#compdef defilada\n"
      "# zsh completion of defilada; made by 'defilada completion zsh'\n"
      "_defilada() {{\n"
      "  local state line\n"
      "  local -a commands=(\n{}  )\n"
      "  _arguments -C '1:command:->command' '*::argument:->argument' && return\n"
      "  case $state in\n"
      "    command) _describe command commands ;;\n"
      "    argument)\n"
      "      case $line[1] in\n{}      esac\n"
      "      ;;\n"
      "  esac\n"
      "}}\n"
      "_defilada \"$@\"\n",
      described, cases);
}

// ---------------------------------------------------------------- fish

std::string fish_option(const OptionTree& tree, const CLI::Option& option,
                        const std::string& condition) {
  std::string out = "complete -c defilada" + condition;
  for (const std::string& name : option.get_snames()) out += " -s " + name;
  for (const std::string& name : option.get_lnames()) out += " -l " + name;
  switch (value_of(tree, option)) {
    case Value::words:
      out += fmt::format(" -x -a {}",
                         shell_quoted(fmt::format("{}", fmt::join(words_of(tree, option), " "))));
      break;
    case Value::folder: out += " -x -a '(__fish_complete_directories)'"; break;
    case Value::file: out += " -r -F"; break;
    case Value::text: out += " -x"; break;
    case Value::none: break;
  }
  return out + " -d " + shell_quoted(option.get_description()) + "\n";
}

std::string fish(const OptionTree& tree) {
  std::string out =
      "# fish completion of defilada; made by 'defilada completion fish'\n"
      "complete -c defilada -f\n";
  for (const CLI::App* command : commands_of(tree)) {
    out += fmt::format("complete -c defilada -n __fish_use_subcommand -a {} -d {}\n",
                       command->get_name(), shell_quoted(command->get_description()));
    const std::string condition =
        fmt::format(" -n '__fish_seen_subcommand_from {}'", command->get_name());
    for (const CLI::Option* option : command->get_options()) {
      out += fish_option(tree, *option, condition);
    }
  }
  return out;
}

}  // namespace

std::string completion_script(const OptionTree& tree, std::string_view shell) {
  if (shell == "zsh") return zsh(tree);
  return shell == "fish" ? fish(tree) : bash(tree);
}

}  // namespace defilada::app
