// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "defilada/core/terminal.hpp"
#include "palette.hpp"
#include "report.hpp"
#include "words.hpp"

namespace defilada::app {
namespace {

constexpr std::size_t kNarrowest = 30;
// Of a long sum, with its head: the first lines, one that says how many are left out, the last.
constexpr std::size_t kMostShown = 11;
constexpr std::size_t kShownFirst = 6;

struct Line {
  std::string where;
  std::string total;
  std::string text;
};

/// A sum that began at a clock time is one, and reads best so; no other comes near to half a day.
Phrase total_text(Duration total, const Clock& clock) {
  constexpr Duration kMorning{6LL * 3600 * 1'000'000};
  if (total >= kMorning) return Phrase::verbatim(clock.wall_clock(Time{total.us}, 1));
  return phrase("{}", spoken(total));
}

/// How it is told.
struct Manner {
  std::size_t columns;
  const Screenful& room;
  const Palette& palette;
  const language::Words& say;
};

Line line_of(const plan::ConflictLine& statement, const Work& work, bool ring,
             const language::Words& say) {
  Line line;
  line.where = work.sources.where(statement.span);
  if (line.where.empty()) line.where = say(phrase("(movement)"));
  if (!ring) line.total = say(total_text(statement.running_total, work.show->clock));
  line.text = printable(say(statement.text));
  if (statement.physics) line.text += say(phrase(" (movement: cannot be changed here)"));
  return line;
}

/// The statements as a sum along the clock: what each adds up to with those above it; what is left
/// at the end is missing. A ring has no sum.
std::string statements_text(const std::vector<plan::ConflictLine>& statements, bool ring,
                            const Work& work, const Manner& manner) {
  const auto& [columns, room, palette, say] = manner;
  std::vector<Line> lines{
      {say(phrase("where")), ring ? "" : say(phrase("running total")), say(phrase("statement"))}};
  for (const plan::ConflictLine& statement : statements) {
    lines.push_back(line_of(statement, work, ring, say));
  }
  std::size_t where_width = 0;
  std::size_t total_width = 0;
  for (const Line& line : lines) {
    where_width = std::max(where_width, characters(line.where));
    total_width = std::max(total_width, characters(line.total));
  }
  // Two spaces between the columns; on a narrow screen the sentences may as well run on.
  const std::size_t indent = 2 + where_width + 2 + total_width + 2;
  const bool wraps = columns >= indent + kNarrowest;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const bool head = i == 0;
    if (room.limited() && lines.size() > kMostShown && i == kShownFirst) {
      const std::size_t left_out = lines.size() - kMostShown + 1;
      out += "  " + more_text(left_out, room, say);
      i += left_out - 1;
      continue;
    }
    out += fmt::format("  {}{:<{}}  {:>{}}  {}{}\n", head ? palette.label : "", line.where,
                       where_width, line.total, total_width,
                       wraps ? wrapped(line.text, indent, columns) : line.text,
                       head ? palette.off : "");
  }
  return out;
}

/// How much the fixes below mend.
Phrase fixes_head(const plan::Conflict& conflict) {
  const bool one = conflict.fixes.size() == 1;
  if (conflict.further.empty()) {
    return one ? phrase("This change is enough:") : phrase("Any one of these changes is enough:");
  }
  if (conflict.fixes_cover_further) {
    return one ? phrase("This change is enough for all of this:")
               : phrase("Any one of these changes is enough for all of this:");
  }
  return one ? phrase("This change is enough for the first of these only:")
             : phrase("Any one of these changes is enough for the first of these only:");
}

std::string fixes_text(const plan::Conflict& conflict, const Work& work,
                       const language::Words& say) {
  if (conflict.fixes.empty()) return say(phrase("No single change is enough.")) + "\n";
  std::string out = say(fixes_head(conflict)) + "\n";
  for (const Fix& fix : conflict.fixes) {
    out += fmt::format("  - {}\n", printable(say(fix.text)));
    for (const Edit& edit : fix.edits) {
      out += fmt::format("      {}\n", edit_text(edit, work.sources, say));
    }
  }
  return out;
}

/// What a conflict is, in one line.
Phrase head_text(const plan::Conflict& conflict) {
  const auto count = static_cast<std::int64_t>(conflict.statements.size());
  if (conflict.ring) {
    return phrase(
        "these {} statements wait for each other in a ring: none of them can be the "
        "first",
        count);
  }
  if (count == 1)
    return phrase("this statement cannot hold: it misses by {}", spoken(conflict.short_by));
  return phrase("these {} statements cannot all hold: they miss by {}", count,
                spoken(conflict.short_by));
}

Phrase further_head(const plan::Conflict& conflict, const plan::FurtherConflict& next) {
  const auto count = static_cast<std::int64_t>(next.statements.size());
  const Measure missing = spoken(next.short_by);
  if (conflict.ring) {
    return count == 1
               ? phrase(
                     "When the ring is cut, 1 further statement cannot hold after that; it "
                     "misses by {} more:",
                     missing)
               : phrase(
                     "When the ring is cut, {} further statements cannot hold after that; they "
                     "miss by {} more:",
                     count, missing);
  }
  return count == 1 ? phrase(
                          "When these give way by no more than that, 1 further statement cannot "
                          "hold after that; it misses by {} more:",
                          missing)
                    : phrase(
                          "When these give way by no more than that, {} further statements "
                          "cannot hold after that; they miss by {} more:",
                          count, missing);
}

/// What comes to light behind a conflict.
std::string further_text(const plan::Conflict& conflict, const Work& work, const Manner& manner) {
  if (manner.room.limited() && !conflict.further.empty()) {
    return manner.say(phrase("More comes to light behind it ({}): see {}", conflict.further.size(),
                             manner.room.command)) +
           "\n";
  }
  std::string out;
  for (const plan::FurtherConflict& next : conflict.further) {
    out += fmt::format("{}{}{}\n", manner.palette.bold, manner.say(further_head(conflict, next)),
                       manner.palette.off);
    out += statements_text(next.statements, false, work, manner);
  }
  return out;
}

}  // namespace

std::string conflict_list(const Work& work, std::size_t columns, bool colour,
                          const language::Words& say, const Screenful& room) {
  const Manner manner{columns, room, palette_of(colour), say};
  const Palette& palette = manner.palette;
  const std::vector<plan::Conflict>& conflicts = work.plan.conflicts;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const plan::Conflict& conflict = conflicts[i];
    std::string& out = texts.emplace_back(i > 0 ? "\n" : "");
    out += fmt::format("{}{}:{} {}{}\n", palette.error, say(phrase("error")), palette.off,
                       conflicts.size() == 1 ? "" : fmt::format("({}) ", i + 1),
                       say(head_text(conflict)));
    out += statements_text(conflict.statements, conflict.ring, work, manner);
    out += further_text(conflict, work, manner) + fixes_text(conflict, work, say);
  }
  return fitting(texts, room, say);
}

}  // namespace defilada::app
