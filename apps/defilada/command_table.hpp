// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

#include "options.hpp"

namespace defilada::app {

/// One command as help shows it. Examples come first: they are what most people look for.
struct CommandText {
  Command command;
  std::string_view name;
  std::string_view summary;      ///< a line
  std::string_view examples;     ///< lines "command | what it does"
  std::string_view description;  ///< a paragraph
};

inline constexpr std::array kCommands{
    CommandText{
        Command::run, "run", "plan a show and write everything: plan file, run sheet, playback",
        "defilada run shows/first-steps | everything, into out/first-steps\n"
        "defilada run my-show.yaml --out print --paper letter | into another folder, on US paper\n"
        "defilada run my-show.yaml --json | the summary as JSON, for a program\n"
        "defilada run my-show --variant no-flying-weather | everything of a variant, into "
        "out/my-show/variants/no-flying-weather\n",
        "Reads the show, times its programme, gives every mover a track, and writes plan.sqlite, "
        "run-sheet.html, run-sheet.pdf, playback.html (one page to mail: the whole day in 3-D and "
        "on the map), the press report as brief.html and brief.md (in the languages of the show's "
        "title, or in that of --lang) and summary.json. Nothing is replaced until all of it is "
        "there."},
    CommandText{
        Command::check, "check", "read and plan a show, write nothing, list what is wrong",
        "defilada check shows/first-steps | findings with their lines\n"
        "defilada check my-show.yaml --cues | the clock time and the slack of every cue as well\n"
        "defilada check my-show.yaml --json --findings | the same for a program\n"
        "defilada check my-show --certificate my-show.certificate | the proof as a file that "
        "others "
        "can re-check\n",
        "Lists findings by severity, each with its place in the show file, and ends with 1 when "
        "one "
        "of them is an error."},
    CommandText{
        Command::plan, "plan", "write the plan file only",
        "defilada plan shows/first-steps | out/first-steps/plan.sqlite\n"
        "sqlite3 out/first-steps/plan.sqlite .schema | what can be asked of it\n"
        "defilada plan my-show.yaml --tracks tracks.json | every mover's track as JSON too\n",
        "Writes the programme, the contingents, the tracks and the findings as one SQLite file."},
    CommandText{
        Command::prove, "prove", "decide whether tracks keep their distance, at every instant",
        "defilada prove tracks.json | clear, or who comes too near whom, when and where\n"
        "defilada prove recorded.csv --separation 1.5m | columns time, id, x, y and z\n"
        "defilada prove tracks.json --json --threads 2 | for a program\n",
        "No samples: the distance of two movers is a polynomial on each piece of their tracks, and "
        "its bounds decide for all instants (docs/proof.md). A distance equal to the separation, "
        "to "
        "a nanometre, is clear. Ends with 1 when there is a conflict."},
    CommandText{
        Command::verify, "verify", "re-check the certificate of a show",
        "defilada verify my-show.certificate | whether it shows what it says\n"
        "defilada verify my-show.certificate my-show | and is about the plan of this show\n"
        "defilada verify my-show.certificate --json | for a program\n",
        "A certificate holds the tracks, the distances asked for, and the steps of a proof that "
        "everybody keeps them at every instant. This checks each step with interval arithmetic and "
        "believes nothing (docs/certificate.md); it shares no code with the proof. Ends with 1 "
        "when "
        "a step does not hold, or the plan is another."},
    CommandText{
        Command::crowd, "crowd", "let people walk on a site and leave it: how long, how dense",
        "defilada crowd my-show --people-share 10% | a show's spectators: coming, leaving, "
        "emergencies\n"
        "defilada crowd site.geojson --agents 1000 | everybody leaves by the nearest exit\n"
        "defilada crowd site.geojson --json --runs 50 | median and 95th percentile over 50 seeds\n"
        "defilada crowd site.geojson --trajectory walk.sqlite | for JuPedSim's and PedPy's tools\n"
        "defilada crowd area.wkt exits.geojson --drawing site.svg | ground and roles apart\n",
        "The engine alone, without a show (docs/crowd.md): polygons with roles say where people "
        "start, wait, pass gates and leave. Everything that is wrong with a site is told at once, "
        "before the run. The same seed gives the same run to the bit, for any number of threads."},
    CommandText{Command::sheet, "sheet", "write the run sheet only",
                "defilada sheet shows/first-steps | run-sheet.html and run-sheet.pdf\n"
                "defilada sheet my-show.yaml --no-pdf --lang pl | only the page, in Polish\n",
                "Writes the run sheet as one self-contained page and as a PDF."},
    CommandText{
        Command::diff, "diff", "tell what changed between two issues of a plan",
        "defilada diff issued/plan.sqlite my-show | what changed since that was handed out\n"
        "defilada diff monday.yaml tuesday.yaml --within 2s | only what moved by 2 s or more\n"
        "defilada diff my-show --variant no-flying-weather | what a variant changes for whom\n",
        "By contingent: who must be told what. Each side is a show, or a plan.sqlite that was "
        "written earlier, or its folder."},
    CommandText{
        Command::rehearsal, "rehearsal", "hold times measured at a rehearsal against the plan",
        "defilada rehearsal my-show measured.csv | cue by cue\n"
        "defilada check my-show --cues | the names of the cues\n",
        "The file has the columns cue and time, and if wanted note: 'head of army crosses "
        "salute line,09:48:03.5'. Says how late each was, and by how much it is beyond what "
        "the plan can take."},
    CommandText{
        Command::figure, "figure", "for whom a figure in the air reads, and where it reads best",
        "defilada figure my-show | each figure, from each stand\n"
        "defilada figure my-show eighty --best | where to aim, how high, how large: and the edit\n"
        "defilada figure my-show --ocr --json | a second opinion by tesseract; for a program\n",
        "Looks at each figure of a flypast with the eyes of spectators who are spread over each "
        "stand: for which share of them it reads upright, and for how long. Reading is told by a "
        "measure that stands in for people's eyes (docs/figures.md). With --best, tries other "
        "aims, heights and spacings and prints the edit of the show file for the best."},
    CommandText{
        Command::brief, "brief", "print a press report made from the plan",
        "defilada brief my-show > brief.md | in English, by the show's clock\n"
        "defilada brief my-show --lang pl --zone Europe/Warsaw | in Polish, by the reader's\n"
        "defilada brief my-show --format html --out brief.html | a page\n",
        "Says what the show file and the plan say and nothing else: quotations are the "
        "show's statements with their sources, numbers are the plan's."},
    CommandText{
        Command::fix, "fix", "apply the edits that mend findings to the show file",
        "defilada fix my-show | what can be mended, and how\n"
        "defilada fix my-show movement.line-up-too-long | mend what has that code\n"
        "defilada fix my-show conflict.1.2 --dry-run | try the second change of a conflict\n",
        "Edits the show file as the findings of `check` say, comments and order kept, after the "
        "edited show has been read and planned; then lists what is left. A conflict's changes are "
        "called conflict.N.M: the M-th of the N-th conflict."},
    CommandText{
        Command::draw, "draw", "draw pictures of a show: maps, timeline, formations, poster",
        "defilada draw my-show | all pictures as SVG, into out/NAME\n"
        "defilada draw my-show poster --format pdf --lang pl | the poster for a printer, in "
        "Polish\n"
        "defilada draw my-show site gantt --format png --width 2400 | two kinds, for a screen\n",
        "Writes each picture as a file: the site with routes, stands and "
        "formed-up "
        "contingents to scale; time and distance; the timeline with slack and the critical chain; "
        "each formation from above with roles; the air picture at each time over target; figures "
        "in the air as the stands see them; one poster (A2) of the whole. Of a programme that "
        "cannot hold it draws what needs no times."},
    CommandText{Command::make_new, "new", "write a small commented show that runs, to begin with",
                "defilada new parade my-parade | a march-past on a street, with a flypast\n"
                "defilada new flypast my-flypast | flights over a point at set times\n"
                "defilada new carnival my-carnival | floats, bands and dancers on a round\n",
                "Writes DIR/show.yaml. It runs as it is; its comments say what each part means and "
                "what to change first. A folder that holds anything is left alone."},
    CommandText{
        Command::studio, "studio", "edit, scrub, inspect and print a show in the browser",
        "defilada studio shows/first-steps | opens the browser; Ctrl-C ends it\n"
        "defilada studio my-show --port 8080 --no-browser | only tells the address\n",
        "Serves the studio on this machine alone, and prints its address as the first line: "
        "whoever "
        "has it can change the show. Edits are edits of the show file, comments and order kept; a "
        "file that was changed outside is never written over without asking. Nothing of it needs a "
        "network."},
    CommandText{Command::schema, "schema", "print the JSON Schema of the show file",
                "defilada schema > show.schema.json | for an editor that completes and checks\n",
                "The schema comes from the same table as the reader, so that the two agree."},
    CommandText{Command::completion, "completion", "print the completions of a shell",
                "defilada completion bash > /etc/bash_completion.d/defilada | for everybody\n"
                "defilada completion zsh > ~/.zfunc/_defilada | for one person, in zsh\n"
                "defilada completion fish > ~/.config/fish/completions/defilada.fish | in fish\n",
                "Commands, options and their values, made from the same table as the help."},
    CommandText{Command::man, "man", "print the manual page",
                "defilada man > defilada.1 | as man(1) reads it\n"
                "defilada man > page && man -l page | read it now\n",
                "The whole help as one page, made from the same table."},
    CommandText{Command::version, "version", "print the version",
                "defilada version | the program's version\n"
                "defilada version --json | with the versions of the file formats\n",
                "Says which program this is and which file formats it reads and writes."},
};

/// The entry of a command; null for Command::none and Command::help.
[[nodiscard]] constexpr const CommandText* text_of(Command command) noexcept {
  for (const CommandText& text : kCommands) {
    if (text.command == command) return &text;
  }
  return nullptr;
}

}  // namespace defilada::app
