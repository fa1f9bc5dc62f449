// SPDX-License-Identifier: MIT
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace defilada::app {

inline constexpr std::string_view kHelpCommand = "help";

/// What the parser fills before it becomes Options: words as they were typed.
struct Raw {
  std::string show, out, tracks, paper = "a4", language, help_about;
  std::string zone, format = "md";                 ///< of `brief`
  std::string picture_format = "svg", dpi, width;  ///< of `draw`
  std::vector<std::string> pictures;
  std::string what, folder, shell;      ///< of `new` and `completion`
  std::string other, within = "0.5 s";  ///< of `diff`, `rehearsal` and `verify`
  std::string sarif, certificate;       ///< of `check`
  std::string places = "100";           ///< of `figure`
  std::vector<std::string> contingent;  ///< of `figure`: one at most
  bool best = false, keep_height = false, keep_spacing = false, ocr = false;
  std::vector<std::string> catalogues, codes;
  std::vector<std::string> sites;  ///< of `crowd`, as what follows
  std::string agents, seed, step, until, runs, fps, model = "anticipation-velocity",
                                                    exits = "nearest";
  std::string trajectory, recording, drawing;
  std::string people_share;  ///< of `crowd` and `run`
  bool resume = false;
  std::string variant;  ///< of every command that reads a show
  bool json = false, findings = false, cues = false, cards = false, quiet = false,
       no_colour = false;
  std::string port, listen;             ///< of `studio`
  std::vector<std::string> host_names;  ///< of `studio`
  bool no_browser = false;
  std::string separation, horizontal, vertical, threads;  ///< of `prove`, the last of `crowd` too
  bool no_pdf = false, no_playback = false, no_crowd = false, dry_run = false, version = false;
  bool no_variants = false;
};

/// "bash, zsh or fish". Requires a word.
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

/// Every command with its arguments and options. The parser, the help, the manual page and the
/// completions read this one tree, so that they cannot drift.
class OptionTree {
 public:
  OptionTree();
  // CLI::App keeps references to what it fills.
  OptionTree(const OptionTree&) = delete;
  OptionTree& operator=(const OptionTree&) = delete;

  CLI::App app;
  Raw raw;

  /// An argument that takes one of a few words.
  struct Choice {
    const CLI::App* command = nullptr;
    const CLI::Option* option = nullptr;
    const std::string* value = nullptr;                ///< what was typed, or
    const std::vector<std::string>* values = nullptr;  ///< the same of several
    std::vector<std::string> words;
  };
  std::vector<Choice> choices;
  [[nodiscard]] const Choice* choice_of(const CLI::Option& option) const;

  /// The command that the parsed line names; null when none.
  [[nodiscard]] const CLI::App* chosen() const;
};

/// Whether a command understands its call without this positional argument, for some other one.
[[nodiscard]] bool may_be_left_out(const CLI::App& command, const CLI::Option& option);

}  // namespace defilada::app
