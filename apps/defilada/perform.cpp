// SPDX-License-Identifier: MIT
#include "perform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "certificates.hpp"
#include "defilada/core/file.hpp"
#include "defilada/playback/page.hpp"
#include "palette.hpp"
#include "report.hpp"
#include "sarif.hpp"
#include "summary.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

void report(const Options& options, const Work& work,
            const std::vector<std::filesystem::path>& outputs,
            const std::optional<CertificateNote>& certificate, Console& console) {
  if (console.json()) {
    std::vector<std::filesystem::path> all = outputs;
    if (certificate && certificate->written) all.push_back(*options.certificate);
    console.print(
        summary_json(work, all, {options.findings, options.cues, options.cards}, console.words()));
    if (certificate && !certificate->written) console.say(certificate->said);
    return;
  }
  if (console.quiet()) return;
  const bool colour = console.colours_results();
  const language::Words& say = console.words();
  if (options.cues) console.print(cue_list(work, colour, say));
  if (options.cards) console.print(flight_list(work, colour, say));
  const bool list = outputs.empty() || options.findings;
  if (list) console.print(finding_list(work, colour, say));
  if (!outputs.empty()) {
    const std::string said = overview(work, options, outputs, colour, say);
    const Screenful screen{console.screen_rows(), where_listed(work, options, outputs)};
    if (!list) console.print(error_list(work, screen.less(lines_of(said) + 1), colour, say));
    console.print(said);
  }
  if (certificate) console.print(say(certificate->said) + "\n");
}

/// A person might take the files of the last plan that held for those of this one.
void tell_of_old_result(const Options& options, const Products& products, const Work& work,
                        const Console& console) {
  if (!products.any()) return;
  const std::filesystem::path folder = out_folder(options, *work.show);
  std::error_code unknown;
  console.say(std::filesystem::exists(folder, unknown)
                  ? phrase("Nothing was written; what is in '{}' is of an earlier version of the "
                           "show.",
                           folder.string())
                  : phrase("Nothing was written."));
}

/// Simulating the spectators of a parade takes minutes: meanwhile a director can look.
void tell_of_plan(const Options& options, const Products& products, const Work& work,
                  const Console& console) {
  if (console.quiet()) return;
  const std::filesystem::path folder = out_folder(options, *work.show);
  console.say(products.playback && options.playback
                  ? phrase("The plan is in '{}': run-sheet.html and playback.html can be opened; "
                           "the spectators are simulated now and added.",
                           folder.string())
                  : phrase("The plan is in '{}': run-sheet.html can be opened; the spectators are "
                           "simulated now and added.",
                           folder.string()));
}

/// The plan was written, the spectators are not in it.
int report_unfinished(const Error& error, const Options& options, const Work& work,
                      Console& console) {
  if (error.code != Errc::interrupted)
    return report_failure(error, Diagnostics(), work.sources, console);
  return report_interrupted(
      error,
      spectators_are_kept(options, work)
          ? phrase("interrupted: the plan is written, without the spectators; what is done of "
                   "them is kept: --resume goes on from there")
          : phrase("interrupted: the plan is written, without the spectators"),
      work.sources, console);
}

/// All commands but `check` are asked for something else than a list.
Screenful room_for_lists(const Options& options, const Console& console) {
  if (options.command == Command::check) return {};
  return {console.screen_rows(), fmt::format("defilada check {}", options.show.string())};
}

/// Where not all may be shown, the errors go first.
std::vector<std::string> rendered(const Diagnostics& diagnostics, const Sources& sources,
                                  const Screenful& room, bool colour, const language::Words& say) {
  std::vector<Diagnostic> all = diagnostics.all();
  if (room.limited()) {
    std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return a.severity < b.severity;
    });
  }
  std::vector<std::string> texts;
  texts.reserve(all.size());
  for (const Diagnostic& each : all) texts.push_back(render(each, sources, colour, say));
  return texts;
}

int report_infeasible(const Options& options, const Products& products, const Work& work,
                      Console& console) {
  if (console.json()) {
    console.print(
        summary_json(work, {}, {options.findings, options.cues, options.cards}, console.words()));
  }
  console.tell(conflict_list(work, console.message_columns(), console.colours_messages(),
                             console.words(), room_for_lists(options, console)));
  tell_of_old_result(options, products, work, console);
  return exit_status(Errc::infeasible);
}

/// What is wrong with the show is told in the log, too, whether it could be planned or not.
Status write_sarif(const Options& options, const Status& planned, const Work& work,
                   const language::Words& say) {
  if (!options.sarif || (!planned && planned.error().code != Errc::bad_input)) return {};
  return write_file_atomically(*options.sarif, sarif_log(work, say));
}

}  // namespace

int report_failure(const Error& error, const Diagnostics& diagnostics, const Sources& sources,
                   Console& console, const Screenful& room) {
  const bool colour = console.colours_messages();
  const language::Words& say = console.words();
  if (console.json()) console.print(error_json(error, diagnostics.all(), sources, say));
  console.tell(fitting(rendered(diagnostics, sources, room, colour, say), room, say));
  if (diagnostics.dropped() > 0) {
    console.say(phrase("... and {} more", Count{static_cast<std::int64_t>(diagnostics.dropped())}));
  }
  const bool told = error.code == Errc::bad_input && diagnostics.has_errors();
  if (error.code == Errc::interrupted) {
    console.say(phrase("interrupted: nothing was written"));
  } else if (!told) {
    const Palette& palette = palette_of(colour);
    console.tell(fmt::format("{}{}:{} {}\n", palette.error, say(phrase("error")), palette.off,
                             say(error.message)));
  } else if (diagnostics.errors() > 1) {
    console.say(counted_errors(static_cast<std::int64_t>(diagnostics.errors())));
  }
  return exit_status(error.code);
}

int report_failure(const Error& error, Work& work, Console& console) {
  work.diagnostics.sort();
  return report_failure(error, work.diagnostics, work.sources, console);
}

std::optional<int> plan_with_times(const Options& options, Console& console, Work& work) {
  if (Status status = read_and_plan(options, console, work); !status)
    return report_failure(status.error(), work, console);
  if (work.plan.feasible) return std::nullopt;
  const Error infeasible{
      Errc::infeasible,
      options.variant.empty()
          ? phrase("the programme of '{}' cannot hold", options.show.string())
          : phrase("the variant '{}' of '{}' cannot hold", options.variant, options.show.string())};
  if (console.json()) console.print(error_json(infeasible, {}, work.sources, console.words()));
  console.tell(
      conflict_list(work, console.message_columns(), console.colours_messages(), console.words()));
  return exit_status(infeasible.code);
}

int report_interrupted(const Error& error, const Phrase& stands, const Sources& sources,
                       Console& console) {
  if (console.json()) console.print(error_json(error, {}, sources, console.words()));
  console.say(stands);
  return exit_status(error.code);
}

int status_of_findings(const Work& work) {
  const bool breaks =
      std::any_of(work.plan.findings.begin(), work.plan.findings.end(),
                  [](const Finding& finding) { return finding.severity == Severity::error; });
  return breaks ? kBreaksARule : 0;
}

int perform(const Options& options, const Products& products, Console& console) {
  Work work;
  const auto failed = [&](const Error& error) {
    return report_failure(error, work.diagnostics, work.sources, console,
                          room_for_lists(options, console));
  };
  if (Status status = check_destinations(options); !status) return failed(status.error());
  const Status planned = read_and_plan(options, console, work);
  if (Status status = write_sarif(options, planned, work, console.words()); !status)
    return failed(status.error());
  if (!planned) return failed(planned.error());
  if (!work.plan.feasible) return report_infeasible(options, products, work, console);
  if (Status status = plan_variants(options, console, work); !status) return failed(status.error());
  std::vector<std::filesystem::path> outputs;
  std::optional<CertificateNote> certificate;
  const auto write = [&](const Products& some) -> Status {
    auto written = write_products(options, some, console, work);
    if (!written) return tl::unexpected(written.error());
    outputs = std::move(*written);
    return {};
  };
  if (options.command == Command::run && spectators_follow(options, work)) {
    if (Status status = write(products); !status) return failed(status.error());
    remove_safety_report(options, *work.show);
    tell_of_plan(options, products, work, console);
    if (Status status = simulate_spectators(options, console, work); !status) {
      return report_unfinished(status.error(), options, work, console);
    }
    // Again, with what came of the spectators; the tracks are as they were.
    Products rest = products;
    rest.tracks = false;
    if (Status status = write(rest); !status) return failed(status.error());
    if (options.tracks) outputs.push_back(*options.tracks);
  } else if (products.any()) {
    if (Status status = write(products); !status) return failed(status.error());
  }
  if (options.certificate) {
    auto written = write_certificate(options, console, work);
    if (!written) return failed(written.error());
    certificate = std::move(*written);
  }
  report(options, work, outputs, certificate, console);
  if (products.playback && options.playback && !playback::player_is_built()) {
    console.say(phrase(
        "note: this build has no player (DEFILADA_PLAYER=OFF): no playback.html is written"));
  }
  if (certificate && !certificate->written) return kBreaksARule;
  return status_of_findings(work);
}

}  // namespace defilada::app
