// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "defilada/core/terminal.hpp"
#include "defilada/show/print.hpp"
#include "palette.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

using language::Words;

/// Rows of "  label        text", the texts below each other.
class Rows {
 public:
  explicit Rows(const Words& say) : say_(say) {}

  void add(const Phrase& label, const Phrase& text) {
    rows_.emplace_back(say_(label), say_(text));
    width_ = std::max(width_, characters(rows_.back().first));
  }
  [[nodiscard]] std::string text(const Palette& palette) const {
    std::string out;
    for (const auto& [label, text] : rows_) {
      out += fmt::format("  {}{:<{}}{}  {}\n", palette.label, label, width_, palette.off, text);
    }
    return out;
  }

 private:
  const Words& say_;
  std::vector<std::pair<std::string, std::string>> rows_;
  std::size_t width_ = 11;
};

/// "12:00:00 to 12:14:33".
Phrase span_text(const Work& work) {
  const Clock& clock = work.show->clock;
  return phrase("{} to {}", clock.wall_clock(work.plan.start), clock.wall_clock(work.plan.end));
}

Phrase programme_text(const Work& work) {
  const plan::Plan& plan = work.plan;
  const Clock& clock = work.show->clock;
  const Date date = clock.date();
  const std::string day = fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
  return phrase("{} on {}, {}; {}, {}", span_text(work), day, clock.zone(),
                counted_items(static_cast<std::int64_t>(plan.items.size())),
                counted_cues(static_cast<std::int64_t>(plan.cues.size())));
}

Duration to_the_second(Duration duration) {
  return {(duration.us + (duration.us < 0 ? -500'000 : 500'000)) / 1'000'000 * 1'000'000};
}

/// "1 h 8 min 50 s, 70 s less than wanted".
Phrase length_text(Duration wanted, Duration over) {
  const Duration rounded = to_the_second(over);
  const Measure length = spoken(to_the_second(wanted + over));
  if (rounded.us == 0) return phrase("{}, as wanted", length);
  return rounded.us > 0 ? phrase("{}, {} more than wanted", length, spoken(rounded))
                        : phrase("{}, {} less than wanted", length, spoken(-rounded));
}

/// The largest roles first.
Phrase people_text(const plan::Counts& counts) {
  std::vector<std::pair<std::string, std::int64_t>> roles(counts.people_by_role.begin(),
                                                          counts.people_by_role.end());
  std::stable_sort(roles.begin(), roles.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<Phrase> parts;
  for (const auto& [role, count] : roles) {
    parts.push_back(phrase("{0} {1}", Count{count}, show::print_role(printable(role))));
  }
  if (parts.empty()) return phrase("{}", Count{counts.people});
  return phrase("{}: {}", Count{counts.people}, Phrase::joined(parts, ", "));
}

Phrase movers_text(const plan::Counts& counts) {
  std::vector<Phrase> parts;
  const auto add = [&](std::int64_t number, const Phrase& one, const Phrase& many) {
    if (number > 0) parts.push_back(number == 1 ? one : many);
  };
  add(counts.vehicles, phrase("1 vehicle"), phrase("{} vehicles", Count{counts.vehicles}));
  add(counts.aeroplanes, phrase("1 aeroplane"), phrase("{} aeroplanes", Count{counts.aeroplanes}));
  add(counts.helicopters, phrase("1 helicopter"),
      phrase("{} helicopters", Count{counts.helicopters}));
  add(counts.drones, phrase("1 drone"), phrase("{} drones", Count{counts.drones}));
  if (counts.mounted > 0) parts.push_back(phrase("{} mounted", Count{counts.mounted}));
  const Phrase all =
      phrase("{} in {}", Count{counts.movers}, counted_contingents(counts.contingents));
  return parts.empty() ? all : phrase("{}; {}", all, Phrase::joined(parts, ", "));
}

Phrase published_text(const std::vector<plan::PublishedRow>& rows) {
  const auto agreeing = std::count_if(rows.begin(), rows.end(),
                                      [](const plan::PublishedRow& row) { return row.holds; });
  return rows.size() == 1
             ? phrase("{} of 1 figure agree", agreeing)
             : phrase("{} of {} figures agree", agreeing, static_cast<int>(rows.size()));
}

Phrase findings_text(const std::vector<Finding>& findings) {
  const auto of = [&](Severity severity) {
    return std::count_if(findings.begin(), findings.end(),
                         [&](const Finding& finding) { return finding.severity == severity; });
  };
  return phrase("{}, {}, {}", counted_errors(of(Severity::error)),
                counted_warnings(of(Severity::warning)), counted_notes(of(Severity::note)));
}

/// "09:52:10 to 09:52:40; army, navy".
Phrase when_and_who(const Finding& finding, const Clock& clock) {
  constexpr std::size_t kNamed = 5;
  Phrase when;
  if (finding.begin) when = Phrase::verbatim(clock.wall_clock(*finding.begin));
  if (finding.begin && finding.end && *finding.begin < *finding.end) {
    when = phrase("{} to {}", when, clock.wall_clock(*finding.end));
  }
  std::vector<Phrase> names;
  for (std::size_t i = 0; i < std::min(finding.who.size(), kNamed); ++i) {
    names.push_back(Phrase::verbatim(printable(finding.who[i])));
  }
  Phrase who = Phrase::joined(names, ", ");
  if (finding.who.size() > kNamed) {
    who = phrase("{} and {} more", who,
                 Count{static_cast<std::int64_t>(finding.who.size() - kNamed)});
  }
  if (when.empty() || who.empty()) return when.empty() ? who : when;
  return phrase("{}; {}", when, who);
}

std::string finding_text(const Finding& finding, const Work& work, bool colour, const Words& say) {
  Diagnostic diagnostic;
  diagnostic.severity = finding.severity;
  diagnostic.code = finding.code;
  diagnostic.message = finding.message;
  diagnostic.span = finding.span;
  std::string out = render(diagnostic, work.sources, colour, say);
  const Phrase when = when_and_who(finding, work.show->clock);
  if (!when.empty()) out += fmt::format("  {}\n", say(when));
  if (finding.fix) {
    out += fmt::format("  {}\n", printable(say(phrase("to mend it: {}", finding.fix->text))));
    for (const Edit& edit : finding.fix->edits) {
      out += fmt::format("      {}\n", edit_text(edit, work.sources, say));
    }
  }
  return out;
}

/// The spectators' findings are of a simulation, which `check` does not do.
bool is_of_spectators(const Finding& finding) {
  return finding.code.starts_with("crowd.");
}

/// The path among those written that has this name; empty where there is none.
std::string written_as(std::string_view name, const Outputs& outputs) {
  const auto found =
      std::find_if(outputs.begin(), outputs.end(),
                   [&](const std::filesystem::path& path) { return path.filename() == name; });
  return found == outputs.end() ? std::string() : found->string();
}

/// "out/x/run-sheet.pdf to print, out/x/playback.html in a browser".
Phrase open_text(const Outputs& outputs) {
  std::vector<Phrase> parts;
  const std::string sheet = written_as("run-sheet.pdf", outputs);
  const std::string safety = written_as("safety.pdf", outputs);
  if (!sheet.empty()) {
    parts.push_back(safety.empty() ? phrase("{} to print", sheet)
                                   : phrase("{} and {} to print", sheet, safety));
  }
  const std::string page = sheet.empty() ? written_as("run-sheet.html", outputs) : "";
  for (const std::string& each : {page, written_as("playback.html", outputs)}) {
    if (!each.empty()) parts.push_back(phrase("{} in a browser", each));
  }
  return Phrase::joined(parts, ", ");
}

Phrase took_text(const plan::Seconds& seconds, std::optional<double> crowd_s) {
  const double all_s = seconds.read + seconds.programme + seconds.tracks + seconds.proof +
                       seconds.variants + crowd_s.value_or(0) + seconds.write;
  std::vector<Phrase> parts{phrase("read {:.2f}", seconds.read),
                            phrase("programme {:.2f}", seconds.programme),
                            phrase("tracks {:.2f}", seconds.tracks)};
  if (seconds.proof > 0) parts.push_back(phrase("proof {:.2f}", seconds.proof));
  if (seconds.variants > 0) parts.push_back(phrase("variants {:.2f}", seconds.variants));
  if (crowd_s) parts.push_back(phrase("spectators {:.2f}", *crowd_s));
  parts.push_back(phrase("write {:.2f}", seconds.write));
  return phrase("{:.2f} s: {}", all_s, Phrase::joined(parts, ", "));
}

/// A margin is that of the nearest pair: how much farther apart it stays than it must.
Phrase proof_text(const plan::ProofSummary& proof) {
  return phrase("{} pairs at every instant, {} of them one by one; least margin {:.2f} m",
                Count{static_cast<std::int64_t>(proof.pairs)},
                Count{static_cast<std::int64_t>(proof.refined)}, proof.least_margin_m);
}

/// "3 planned; all hold", "3 planned; 'late guest' cannot hold".
Phrase variants_text(const Work& work) {
  std::vector<Phrase> faults;
  for (const comparison::VariantOutcome& outcome : *work.outcomes) {
    if (outcome.holds()) continue;
    faults.push_back(outcome.feasible
                         ? phrase("'{}' breaks what the base keeps", outcome.variant.name)
                         : phrase("'{}' cannot hold", outcome.variant.name));
  }
  const std::size_t planned = work.outcomes->size();
  if (faults.empty()) return phrase("{} planned; all hold", planned);
  return phrase("{} planned; {}", planned, Phrase::joined(faults, ", "));
}

/// Whether a variant holds, when its show proper begins and ends, for how many it changes
/// something.
Phrase variant_text(const comparison::VariantOutcome& outcome, const Clock& clock) {
  if (!outcome.feasible) return phrase("cannot hold");
  const auto changed = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  std::vector<Phrase> who{counted_items(changed(outcome.difference.items.size())),
                          counted_contingents(changed(outcome.difference.contingents.size()))};
  if (!outcome.guests.empty()) who.push_back(counted_guests(changed(outcome.guests.size())));
  const std::string from = clock.wall_clock(outcome.begins);
  const std::string to = clock.wall_clock(outcome.ends);
  const Phrase told = Phrase::joined(who, ", ");
  return outcome.holds() ? phrase("holds, {} to {}; changed: {}", from, to, told)
                         : phrase("breaks a rule, {} to {}; changed: {}", from, to, told);
}

std::string variant_list(const Work& work, const Palette& palette, const Words& say) {
  if (!work.outcomes || work.outcomes->empty()) return {};
  std::string out = fmt::format("{}{}{}\n", palette.bold, say(phrase("variants")), palette.off);
  for (const comparison::VariantOutcome& outcome : *work.outcomes) {
    out += fmt::format("  {}: {}\n", printable(outcome.variant.name),
                       say(variant_text(outcome, work.show->clock)));
  }
  return out + "\n";
}

/// Every run of blanks as one space: what is taken out may go to the next line.
std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank || out.empty() || out.back() != ' ') out += blank ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string edit_text(const Edit& edit, const Sources& sources, const Words& say) {
  const std::string old_text = printable(on_one_line(sources.text(edit.span)));
  const std::string new_text = printable(on_one_line(edit.text));
  const std::string where = sources.where(edit.span);
  if (old_text.empty()) return say(phrase("{}: insert '{}'", where, new_text));
  if (new_text.empty()) return say(phrase("{}: delete '{}'", where, old_text));
  return say(phrase("{}: '{}' becomes '{}'", where, old_text, new_text));
}

std::string where_listed(const Work& work, const Options& options, const Outputs& outputs) {
  const std::vector<Finding>& findings = work.plan.findings;
  const bool of_plan = !std::all_of(findings.begin(), findings.end(), is_of_spectators);
  const bool of_spectators = std::any_of(findings.begin(), findings.end(), is_of_spectators);
  const std::string show = options.show.string();
  const std::string safety = written_as("safety.html", outputs);
  if (!of_spectators) return "defilada check " + show;
  if (safety.empty()) return fmt::format("defilada run {} --findings", show);
  return of_plan ? fmt::format("defilada check {}, {}", show, safety) : safety;
}

std::string error_list(const Work& work, const Screenful& room, bool colour, const Words& say) {
  std::vector<std::string> texts;
  for (const Finding& finding : work.plan.findings) {
    if (finding.severity == Severity::error)
      texts.push_back(finding_text(finding, work, colour, say));
  }
  return texts.empty() ? "" : fitting(texts, room, say) + "\n";
}

std::string overview(const Work& work, const Options& options, const Outputs& outputs, bool colour,
                     const Words& say) {
  const Palette& palette = palette_of(colour);
  const plan::Plan& plan = work.plan;
  std::string out = fmt::format("{}{}{}\n", palette.bold,
                                printable(work.show->title.in(options.language)), palette.off);
  Rows rows(say);
  const auto add = [&](const Phrase& label, const Phrase& text) { rows.add(label, text); };
  add(phrase("programme"), programme_text(work));
  if (plan.over && work.show->wanted) {
    add(phrase("length"), length_text(work.show->wanted->lasts, *plan.over));
  }
  add(phrase("movers"), movers_text(plan.counts));
  add(phrase("people"), people_text(plan.counts));
  if (plan.counts.spectators > 0) {
    add(phrase("spectators"), phrase("{}", Count{plan.counts.spectators}));
  }
  if (!plan.published.empty()) add(phrase("published"), published_text(plan.published));
  Phrase findings = findings_text(plan.findings);
  if (!plan.findings.empty()) {
    findings += phrase("; listed by: {}", where_listed(work, options, outputs));
  }
  add(phrase("findings"), findings);
  if (plan.proof && plan.proof->pairs > 0) add(phrase("proof"), proof_text(*plan.proof));
  if (work.outcomes && !work.outcomes->empty()) add(phrase("variants"), variants_text(work));
  for (const std::filesystem::path& output : outputs) {
    add(&output == outputs.data() ? phrase("written") : Phrase(),
        Phrase::verbatim(output.string()));
  }
  add(phrase("took"), took_text(plan.seconds, work.crowd_s));
  if (const Phrase open = open_text(outputs); !open.empty()) add(phrase("open"), open);
  return out + rows.text(palette);
}

std::string finding_list(const Work& work, bool colour, const Words& say) {
  std::string out;
  for (const Finding& finding : work.plan.findings) out += finding_text(finding, work, colour, say);
  if (!out.empty()) out += "\n";
  const Palette& palette = palette_of(colour);
  out += variant_list(work, palette, say);
  return out + fmt::format("{}{}{}: {}; {}\n", palette.bold, printable(work.show->name),
                           palette.off, say(findings_text(work.plan.findings)),
                           say(span_text(work)));
}

std::string cue_list(const Work& work, bool colour, const Words& say) {
  const Palette& palette = palette_of(colour);
  std::string out = fmt::format("{}{:<12}  {:>16}  {}{}\n", palette.label, say(phrase("time")),
                                say(phrase("slack")), say(phrase("cue")), palette.off);
  for (const plan::Cue& cue : work.plan.cues) {
    const std::optional<Duration> slack = cue.slack();
    out += fmt::format("{:<12}  {:>16}  {}\n", work.show->clock.wall_clock(cue.time, 1),
                       say(slack ? phrase("{}", spoken(*slack)) : phrase("any")),
                       printable(cue.label));
  }
  return out + "\n";
}

std::string flight_list(const Work& work, bool colour, const Words& say) {
  const show::Show& show = *work.show;
  const Palette& palette = palette_of(colour);
  std::string out = fmt::format("{}{:<10}  {:<10}  {:<10}  {}{}\n", palette.label,
                                say(phrase("over")), say(phrase("enters")), say(phrase("leaves")),
                                say(phrase("flight and hold")), palette.off);
  for (const plan::FlightCard& card : work.plan.flights) {
    const auto clock = [&](Time time) { return show.clock.wall_clock(time, 1); };
    const std::string flight = fmt::format("{}, {} {}", printable(show[card.contingent].name),
                                           printable(show[card.flypast].name), card.place);
    out += fmt::format(
        "{:<10}  {:<10}  {:<10}  {}\n", clock(card.over_target),
        card.hold ? clock(card.hold->enters) : "-", card.hold ? clock(card.hold->leaves) : "-",
        card.hold ? say(phrase("{}, hold at {}", flight, printable(show[card.hold->fix].name)))
                  : flight);
  }
  return out + "\n";
}

}  // namespace defilada::app
