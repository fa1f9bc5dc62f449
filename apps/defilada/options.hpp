// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "defilada/sheet/run_sheet.hpp"

namespace defilada::app {

enum class Command {
  none,
  help,
  run,
  check,
  plan,
  prove,
  crowd,
  verify,
  sheet,
  diff,
  rehearsal,
  figure,
  brief,
  fix,
  draw,
  make_new,
  studio,
  schema,
  completion,
  man,
  version
};

/// What a command line asks for.
struct Options {
  Command command = Command::none;
  std::string text;  ///< of help, none, man and completion: what to print

  std::filesystem::path show;   ///< a folder with a show.yaml, or a file
  std::filesystem::path other;  ///< diff: the later issue; rehearsal: the measured times;
                                ///< verify: the certificate
  double within_s = 0.5;        ///< diff: clock times that differ by less are the same
  std::optional<std::filesystem::path> out;          ///< none: out/NAME
  std::optional<std::filesystem::path> tracks;       ///< where to write the tracks as JSON too
  std::optional<std::filesystem::path> sarif;        ///< check: where to write the SARIF log
  std::optional<std::filesystem::path> certificate;  ///< check: where to write it
  std::vector<std::filesystem::path> catalogues;     ///< of --catalogue, in order
  std::string variant;                               ///< name or slug; "": the base
  bool variants = true;                              ///< plan the variants beside the base, too

  sheet::Paper paper = sheet::Paper::a4;
  std::string language = "en";
  bool language_given = false;  ///< with --lang
  bool pdf = true;
  bool playback = true;

  std::optional<double> separation_m;  ///< prove: in place of what the file says
  std::optional<double> horizontal_m;  ///< prove: a cylinder, with vertical_m
  std::optional<double> vertical_m;
  int threads = 0;  ///< prove, crowd: 0: as many as the machine has

  /// crowd: the engine used alone.
  struct Crowd {
    std::vector<std::filesystem::path> sites;
    std::optional<std::int64_t> agents;
    std::uint64_t seed = 1;
    double step_s = 0.05;
    double until_s = 3600;
    std::string model;
    std::string exits;  ///< nearest, quickest: how people of a site choose theirs
    int runs = 1;
    std::filesystem::path trajectory;
    double fps = 8;
    std::filesystem::path recording;
    std::filesystem::path drawing;
    // crowd SHOW, run: the spectators of a show.
    bool off = false;     ///< --no-crowd
    bool resume = false;  ///< go on from what an interrupted run has kept
    double share = 1;     ///< of the people
  } crowd;

  std::string zone;           ///< brief: of the reader; "": the show's
  std::string format = "md";  ///< brief: md, txt or html; draw: svg, png or pdf

  std::vector<std::string> pictures;  ///< draw: which kinds; none: all
  std::optional<double> dpi;          ///< draw: of a PNG
  std::optional<int> width_px;        ///< draw: of a PNG, in place of dpi

  std::vector<std::string> codes;  ///< fix: of findings; none: list what can be mended
  bool dry_run = false;            ///< fix: write nothing

  std::string contingent;  ///< figure: whose; "": all
  int places = 100;        ///< figure: spectators looked at in each stand
  bool best = false;       ///< figure: search for what reads for most
  bool keep_height = false;
  bool keep_spacing = false;
  bool ocr = false;

  std::string what;              ///< new: parade, flypast or carnival
  std::filesystem::path folder;  ///< new: where

  std::uint16_t port = 0;               ///< studio: 0: any that is free
  std::string listen;                   ///< studio: an IP address; "": loopback's
  std::vector<std::string> host_names;  ///< studio: it answers to, besides loopback's
  bool browser = true;                  ///< studio: open it

  bool json = false;
  bool findings = false;
  bool cues = false;
  bool cards = false;  ///< flight cards
  bool quiet = false;
  bool colour = true;  ///< false: never, whatever the terminal can do
};

}  // namespace defilada::app
