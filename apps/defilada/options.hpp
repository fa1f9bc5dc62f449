// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "defilada/sheet/run_sheet.hpp"

namespace defilada::app {

enum class Command { none, help, run, check, plan, sheet, schema, version };

/// What a command line asks for.
struct Options {
  Command command = Command::none;
  std::string help;  ///< with Command::help and Command::none: the text to show

  std::filesystem::path show;                     ///< a folder with a show.yaml, or a file
  std::optional<std::filesystem::path> out;       ///< none: out/NAME
  std::optional<std::filesystem::path> tracks;    ///< where to write the tracks as JSON too
  std::vector<std::filesystem::path> catalogues;  ///< of --catalogue, in order

  sheet::Paper paper = sheet::Paper::a4;
  std::string language = "en";
  bool pdf = true;

  bool json = false;
  bool findings = false;
  bool cues = false;
  bool quiet = false;
  bool colour = true;  ///< false: never, whatever the terminal can do
};

}  // namespace defilada::app
