// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "defilada/core/terminal.hpp"
#include "palette.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

/// "  label        text".
std::string row(std::string_view label, std::string_view text, const Palette& palette) {
  return fmt::format("  {}{:<11}{}  {}\n", palette.label, label, palette.off, text);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

/// "12:00:00 to 12:14:33".
std::string span_text(const Work& work) {
  const Clock& clock = work.show->clock;
  return clock.wall_clock(work.plan.start) + " to " + clock.wall_clock(work.plan.end);
}

std::string programme_text(const Work& work) {
  const plan::Plan& plan = work.plan;
  const Clock& clock = work.show->clock;
  const Date date = clock.date();
  return fmt::format("{} on {:04}-{:02}-{:02}, {}; {}, {}", span_text(work), date.year, date.month,
                     date.day, clock.zone(),
                     counted(static_cast<std::int64_t>(plan.items.size()), "item"),
                     counted(static_cast<std::int64_t>(plan.cues.size()), "cue"));
}

Duration to_the_second(Duration duration) {
  return {(duration.us + (duration.us < 0 ? -500'000 : 500'000)) / 1'000'000 * 1'000'000};
}

/// "1 h 8 min 50 s, 70 s less than wanted".
std::string length_text(Duration wanted, Duration over) {
  const Duration rounded = to_the_second(over);
  const std::string length = spoken(to_the_second(wanted + over));
  if (rounded.us == 0) return length + ", as wanted";
  return fmt::format("{}, {} {} than wanted", length, spoken(rounded.us > 0 ? rounded : -rounded),
                     rounded.us > 0 ? "more" : "less");
}

/// The largest roles first.
std::string people_text(const plan::Counts& counts) {
  std::vector<std::pair<std::string, std::int64_t>> roles(counts.people_by_role.begin(),
                                                          counts.people_by_role.end());
  std::stable_sort(roles.begin(), roles.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> parts;
  for (const auto& [role, count] : roles) {
    parts.push_back(fmt::format("{} {}", grouped(count), printable(role)));
  }
  return fmt::format("{}{}{}", grouped(counts.people), parts.empty() ? "" : ": ", joined(parts));
}

std::string movers_text(const plan::Counts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t number, std::string_view one) {
    if (number > 0) parts.push_back(counted(number, one));
  };
  add(counts.vehicles, "vehicle");
  add(counts.aeroplanes, "aeroplane");
  add(counts.helicopters, "helicopter");
  add(counts.drones, "drone");
  if (counts.mounted > 0) parts.push_back(fmt::format("{} mounted", grouped(counts.mounted)));
  return fmt::format("{} in {}{}{}", grouped(counts.movers),
                     counted(counts.contingents, "contingent"), parts.empty() ? "" : "; ",
                     joined(parts));
}

std::string published_text(const std::vector<plan::PublishedRow>& rows) {
  const auto agreeing = std::count_if(rows.begin(), rows.end(),
                                      [](const plan::PublishedRow& row) { return row.holds; });
  return fmt::format("{} of {} agree", agreeing, counted(static_cast<int>(rows.size()), "figure"));
}

std::string findings_text(const std::vector<Finding>& findings) {
  const auto of = [&](Severity severity) {
    return std::count_if(findings.begin(), findings.end(),
                         [&](const Finding& finding) { return finding.severity == severity; });
  };
  return fmt::format("{}, {}, {}", counted(of(Severity::error), "error"),
                     counted(of(Severity::warning), "warning"),
                     counted(of(Severity::note), "note"));
}

/// "09:52:10 to 09:52:40; army, navy".
std::string when_and_who(const Finding& finding, const Clock& clock) {
  constexpr std::size_t kNamed = 5;
  std::string out;
  if (finding.begin) out = clock.wall_clock(*finding.begin);
  if (finding.begin && finding.end && *finding.begin < *finding.end) {
    out += " to " + clock.wall_clock(*finding.end);
  }
  for (std::size_t i = 0; i < std::min(finding.who.size(), kNamed); ++i) {
    out += (i > 0 ? ", " : out.empty() ? "" : "; ") + printable(finding.who[i]);
  }
  if (finding.who.size() > kNamed) {
    out += fmt::format(" and {} more",
                       grouped(static_cast<std::int64_t>(finding.who.size() - kNamed)));
  }
  return out;
}

std::string finding_text(const Finding& finding, const Work& work, bool colour) {
  Diagnostic diagnostic;
  diagnostic.severity = finding.severity;
  diagnostic.code = finding.code;
  diagnostic.message = finding.message;
  diagnostic.span = finding.span;
  std::string out = render(diagnostic, work.sources, colour);
  const std::string when = when_and_who(finding, work.show->clock);
  if (!when.empty()) out += fmt::format("  {}\n", when);
  if (finding.fix) {
    out += fmt::format("  to mend it: {}\n", printable(finding.fix->text));
    for (const Edit& edit : finding.fix->edits) {
      out += fmt::format("      {}\n", edit_text(edit, work.sources));
    }
  }
  return out;
}

std::string errors_among(const Work& work, bool colour) {
  std::string out;
  for (const Finding& finding : work.plan.findings) {
    if (finding.severity == Severity::error) out += finding_text(finding, work, colour);
  }
  return out.empty() ? out : out + "\n";
}

std::string took_text(const plan::Seconds& seconds) {
  return fmt::format("{:.2f} s: read {:.2f}, programme {:.2f}, tracks {:.2f}, write {:.2f}",
                     seconds.read + seconds.programme + seconds.tracks + seconds.write,
                     seconds.read, seconds.programme, seconds.tracks, seconds.write);
}

}  // namespace

std::string edit_text(const Edit& edit, const Sources& sources) {
  const std::string old_text = printable(sources.text(edit.span));
  const std::string new_text = printable(edit.text);
  const std::string where = sources.where(edit.span);
  if (old_text.empty()) return fmt::format("{}: insert '{}'", where, new_text);
  if (new_text.empty()) return fmt::format("{}: delete '{}'", where, old_text);
  return fmt::format("{}: '{}' becomes '{}'", where, old_text, new_text);
}

std::string overview(const Work& work, const Options& options,
                     const std::vector<std::filesystem::path>& outputs, bool colour) {
  const Palette& palette = palette_of(colour);
  const plan::Plan& plan = work.plan;
  std::string out = errors_among(work, colour);
  out += fmt::format("{}{}{}\n", palette.bold, printable(work.show->title.in(options.language)),
                     palette.off);
  out += row("programme", programme_text(work), palette);
  if (plan.over && work.show->wanted) {
    out += row("length", length_text(work.show->wanted->lasts, *plan.over), palette);
  }
  out += row("movers", movers_text(plan.counts), palette);
  out += row("people", people_text(plan.counts), palette);
  if (plan.counts.spectators > 0) {
    out += row("spectators", grouped(plan.counts.spectators), palette);
  }
  if (!plan.published.empty()) out += row("published", published_text(plan.published), palette);
  std::string findings = findings_text(plan.findings);
  if (!plan.findings.empty()) {
    findings += fmt::format("; listed by: defilada check {}", options.show.string());
  }
  out += row("findings", findings, palette);
  for (const std::filesystem::path& output : outputs) {
    out += row(&output == outputs.data() ? "written" : "", output.string(), palette);
  }
  return out + row("took", took_text(plan.seconds), palette);
}

std::string finding_list(const Work& work, bool colour) {
  std::string out;
  for (const Finding& finding : work.plan.findings) out += finding_text(finding, work, colour);
  if (!out.empty()) out += "\n";
  const Palette& palette = palette_of(colour);
  return out + fmt::format("{}{}{}: {}; {}\n", palette.bold, printable(work.show->name),
                           palette.off, findings_text(work.plan.findings), span_text(work));
}

std::string cue_list(const Work& work, bool colour) {
  const Palette& palette = palette_of(colour);
  std::string out =
      fmt::format("{}{:<12}  {:>16}  {}{}\n", palette.label, "time", "slack", "cue", palette.off);
  for (const plan::Cue& cue : work.plan.cues) {
    const std::optional<Duration> slack = cue.slack();
    out += fmt::format("{:<12}  {:>16}  {}\n", work.show->clock.wall_clock(cue.time, 1),
                       slack ? spoken(*slack) : "any", printable(cue.label));
  }
  return out + "\n";
}

}  // namespace defilada::app
