// SPDX-License-Identifier: MIT
#include "option_tree.hpp"

#include <algorithm>
#include <utility>

#include "command_table.hpp"
#include "defilada/drawing/pictures.hpp"

namespace defilada::app {

std::string listed(const std::vector<std::string>& words) {
  std::string text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += (i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return text;
}

namespace {

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
  add_value(app, "--lang,--language", "CODE", raw.language,
            "language of what is said and written, and of the show's names: en or pl");
  add_flag(app, "-q,--quiet", raw.quiet, "print errors only (with --json: the object too)");
}

/// Of every command that reads a show.
void add_reading(CLI::App& app, Raw& raw) {
  app.add_option("--catalogue", raw.catalogues,
                 "search this folder for catalogues before the installed ones; may be repeated")
      ->type_name("DIR")
      ->allow_extra_args(false);
  add_value(app, "--variant", "NAME", raw.variant,
            "one of the show's variants, in place of the base");
}

void add_show(CLI::App& app, Raw& raw) {
  add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
  add_reading(app, raw);
  add_flag(app, "--findings", raw.findings, "list every finding (with --json: as \"findings\")");
  add_flag(app, "--cues", raw.cues, "list every cue with its time and slack");
  add_flag(app, "--cards", raw.cards,
           "list every flight: hold, time over target (with --json: whole flight cards)");
  add_flag(app, "--no-variants", raw.no_variants, "do not plan the variants beside the base");
}

void add_out(CLI::App& app, Raw& raw) {
  add_value(app, "-o,--out", "DIR", raw.out,
            "write there instead of into out/NAME; other files in it are left alone");
}

void add_choice(OptionTree& tree, CLI::App& app, const std::string& name, const std::string& type,
                std::string& value, std::vector<std::string> words, const std::string& text) {
  const CLI::Option* option = add_value(app, name, type, value, text + listed(words));
  tree.choices.push_back({&app, option, &value, nullptr, std::move(words)});
}

void add_draw(OptionTree& tree, CLI::App& app) {
  Raw& raw = tree.raw;
  add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
  std::vector<std::string> words;
  for (const drawing::WhatName& what : drawing::kWhats) words.emplace_back(what.name);
  const CLI::Option* what =
      app.add_option("WHAT", raw.pictures, "pictures to draw, all unless given: " + listed(words))
          ->type_name("WHAT")
          ->expected(0, 1000);
  tree.choices.push_back({&app, what, nullptr, &raw.pictures, std::move(words)});
  add_out(app, raw);
  add_choice(tree, app, "--format", "FORMAT", raw.picture_format, {"svg", "png", "pdf"},
             "of the files: ");
  add_value(app, "--dpi", "DPI", raw.dpi, "pixels per inch of a PNG; 150 unless given");
  add_value(app, "--width", "PIXELS", raw.width, "width of each PNG, in place of --dpi");
  add_reading(app, raw);
}

/// Of the spectators of a show.
void add_spectators(CLI::App& app, Raw& raw) {
  add_value(
      app, "--people-share", "SHARE", raw.people_share,
      "simulate this share of a show's spectators, and of lanes and exits: 5%, never 5 or 0.05");
  add_flag(app, "--resume", raw.resume, "go on where an interrupted run has come to");
}

void add_pages(OptionTree& tree, CLI::App& app, const char* left_out) {
  add_flag(app, "--no-pdf", tree.raw.no_pdf, left_out);
  add_choice(tree, app, "--paper", "SIZE", tree.raw.paper, {"a4", "letter"}, "paper of the PDF: ");
}

void add_crowd(OptionTree& tree, CLI::App& app) {
  Raw& raw = tree.raw;
  app.add_option("SITE", raw.sites,
                 "a show; or GeoJSON with roles, well-known text: several files are one site")
      ->type_name("SITE")
      ->expected(1, 100);
  add_value(app, "--agents", "N", raw.agents, "how many people, in place of what the starts say");
  add_value(app, "--seed", "S", raw.seed, "another seed, other people; 1 unless given");
  add_value(app, "--dt", "SECONDS", raw.step, "of a step; 0.05 unless given");
  add_value(app, "--until", "SECONDS", raw.until, "end then at the latest; 3600 unless given");
  add_value(app, "--threads", "N", raw.threads,
            "how many threads; unless given, as many as the machine has. The result is the same");
  add_choice(tree, app, "--model", "NAME", raw.model,
             {"anticipation-velocity", "collision-free-speed", "reciprocal-avoidance", "avm", "csm",
              "orca"},
             "how people walk among others: ");
  add_choice(tree, app, "--exits", "HOW", raw.exits, {"nearest", "quickest"},
             "which exit people of a site leave by where none has a share: ");
  add_value(app, "--runs", "K", raw.runs,
            "repeat over K seeds and give the median and the 95th percentile");
  add_value(app, "--trajectory", "FILE", raw.trajectory,
            "write where everybody was to it, as JuPedSim's SQLite");
  add_value(app, "--fps", "N", raw.fps, "frames a second of --trajectory; 8 unless given");
  add_value(app, "--recording", "FILE", raw.recording,
            "the same in our own compact form, twice a second");
  add_value(app, "--drawing", "FILE", raw.drawing,
            "draw the site as SVG to it, with all that is wrong with it");
  add_spectators(app, raw);
  add_pages(tree, app, "leave out safety.pdf, the report of a show as PDF");
  add_out(app, raw);
  add_reading(app, raw);
}

void add_sheet(OptionTree& tree, CLI::App& app, Command command) {
  add_pages(tree, app,
            command == Command::run ? "leave out run-sheet.pdf and safety.pdf"
                                    : "leave out run-sheet.pdf");
}

void add_plans(OptionTree& tree, Command command, CLI::App& app) {
  Raw& raw = tree.raw;
  add_show(app, raw);
  if (command != Command::check) add_out(app, raw);
  if (command == Command::check) {
    add_value(app, "--sarif", "FILE", raw.sarif,
              "write all that is told to it as a SARIF log, for editors and code hosts");
    add_value(
        app, "--certificate", "FILE", raw.certificate,
        "write a certificate to it that `verify` re-checks: that everybody keeps the distances "
        "asked for, at every instant");
  }
  if (command == Command::plan) {
    add_value(app, "--tracks", "FILE", raw.tracks, "write every mover's track to it as JSON");
  }
  if (command == Command::run || command == Command::sheet) add_sheet(tree, app, command);
  if (command == Command::run) {
    add_flag(app, "--no-playback", raw.no_playback, "leave out playback.html");
  }
  if (command == Command::run) {
    add_spectators(app, raw);
    add_value(app, "--seed", "S", raw.seed, "of the spectators; 1 unless given");
  }
  add_flag(app, "--no-crowd", raw.no_crowd, "do not simulate the spectators");
}

void add_own(OptionTree& tree, Command command, CLI::App& app) {
  Raw& raw = tree.raw;
  switch (command) {
    case Command::run:
    case Command::check:
    case Command::plan:
    case Command::sheet: add_plans(tree, command, app); break;
    case Command::prove:
      add_value(app, "FILE", "FILE", raw.show, "tracks: defilada-tracks/1 (JSON), or CSV");
      add_value(app, "--separation", "LENGTH", raw.separation,
                "the least distance of any two, 2 m; in place of the file's");
      add_value(app, "--horizontal", "LENGTH", raw.horizontal,
                "with --vertical: this far horizontally, or that far vertically");
      add_value(app, "--vertical", "LENGTH", raw.vertical, "see --horizontal");
      add_value(app, "--threads", "N", raw.threads,
                "how many threads; unless given, as many as the machine has. The result is the "
                "same");
      break;
    case Command::crowd: add_crowd(tree, app); break;
    case Command::verify:
      add_value(app, "FILE", "FILE", raw.other, "a certificate, written by `check --certificate`");
      add_value(app, "SHOW", "SHOW", raw.show,
                "a show: is the certificate about its plan? May be left out");
      add_reading(app, raw);
      break;
    case Command::diff:
      add_value(app, "BEFORE", "BEFORE", raw.show, "the earlier issue: a show, or a plan.sqlite");
      add_value(app, "AFTER", "AFTER", raw.other, "the later one; none with --variant");
      add_value(app, "--within", "DURATION", raw.within,
                "clock times that differ by no more are the same; 0.5 s");
      add_reading(app, raw);
      break;
    case Command::rehearsal:
      add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
      add_value(app, "FILE", "FILE", raw.other, "the measured times, CSV");
      add_reading(app, raw);
      break;
    case Command::figure:
      add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
      app.add_option("CONTINGENT", raw.contingent,
                     "whose figure; without it, every figure of the show")
          ->type_name("CONTINGENT")
          ->expected(0, 1);
      add_flag(app, "--best", raw.best,
               "search for where to aim, how high and how large it reads for most, and print the "
               "edit");
      add_flag(app, "--keep-height", raw.keep_height, "with --best: at its height");
      add_flag(app, "--keep-spacing", raw.keep_spacing, "with --best: at its spacing");
      add_flag(app, "--ocr", raw.ocr,
               "let the program tesseract read it, too, from the middle of each stand");
      add_value(app, "--places", "N", raw.places,
                "spectators that are looked at in each stand, 1 to 10 000; 100");
      add_reading(app, raw);
      break;
    case Command::brief:
      add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
      add_value(app, "--zone", "ZONE", raw.zone,
                "the reader's time zone, Europe/Warsaw; unless given, the show's");
      add_choice(tree, app, "--format", "FORMAT", raw.format, {"md", "txt", "html"},
                 "Markdown, plain text or a page: ");
      add_value(app, "-o,--out", "FILE", raw.out, "write to this file, not to standard output");
      add_reading(app, raw);
      break;
    case Command::fix:
      add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
      app.add_option("CODE", raw.codes,
                     "the code of a finding, or CODE:LINE for that line's alone; without one: list "
                     "what can be mended")
          ->type_name("CODE")
          ->expected(0, 1000);
      add_flag(app, "--dry-run", raw.dry_run, "tell what would be edited and what comes of it");
      add_reading(app, raw);
      break;
    case Command::draw: add_draw(tree, app); break;
    case Command::make_new:
      add_choice(tree, app, "WHAT", "WHAT", raw.what, {"parade", "flypast", "carnival"},
                 "what to begin with: ");
      add_value(app, "DIR", "DIR", raw.folder, "the folder to make; it must be new or empty");
      break;
    case Command::studio:
      add_value(app, "SHOW", "SHOW", raw.show, "a folder with a show.yaml, or a show file");
      add_value(app, "--port", "PORT", raw.port,
                "to listen on; unless given, or 0, any that is free");
      add_flag(app, "--no-browser", raw.no_browser, "do not open the browser");
      add_value(app, "--listen", "ADDRESS", raw.listen,
                "an IP address other than 127.0.0.1: then others on the network can reach it");
      app.add_option("--host-name", raw.host_names,
                     "with --listen: a name by which it is reached; may be repeated")
          ->type_name("NAME")
          ->allow_extra_args(false);
      add_reading(app, raw);
      break;
    case Command::completion:
      add_choice(tree, app, "SHELL", "SHELL", raw.shell, {"bash", "zsh", "fish"}, "the shell: ");
      break;
    default: break;
  }
}

}  // namespace

OptionTree::OptionTree() : app("Plans mass public spectacles", "defilada") {
  add_common(app, raw);
  add_flag(app, "--version", raw.version, "print the version");
  for (const CommandText& text : kCommands) {
    CLI::App* command = app.add_subcommand(std::string(text.name), std::string(text.summary));
    add_common(*command, raw);
    add_own(*this, text.command, *command);
  }
  CLI::App* help = app.add_subcommand(std::string(kHelpCommand), "show the help of a command");
  add_common(*help, raw);
  add_value(*help, "COMMAND", "COMMAND", raw.help_about, "the command");
  app.require_subcommand(0, 1);
}

const OptionTree::Choice* OptionTree::choice_of(const CLI::Option& option) const {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const Choice& choice) { return choice.option == &option; });
  return found == choices.end() ? nullptr : &*found;
}

const CLI::App* OptionTree::chosen() const {
  const std::vector<const CLI::App*> used =
      app.get_subcommands([](const CLI::App* command) { return command->parsed(); });
  return used.empty() ? nullptr : used.front();
}

bool may_be_left_out(const CLI::App& command, const CLI::Option& option) {
  if (option.get_items_expected_min() == 0) return true;
  const std::string& name = command.get_name();
  return (name == "verify" && option.get_name() == "SHOW") ||
         (name == "diff" && option.get_name() == "AFTER");
}

}  // namespace defilada::app
