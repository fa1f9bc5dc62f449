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

struct Line {
  std::string where;
  std::string total;
  std::string text;
};

/// A sum that began at a clock time is one, and reads best so; no other comes near to half a day.
std::string total_text(Duration total, const Clock& clock) {
  constexpr Duration kMorning{6LL * 3600 * 1'000'000};
  return total >= kMorning ? clock.wall_clock(Time{total.us}, 1) : spoken(total);
}

Line line_of(const plan::ConflictLine& statement, const Work& work, bool ring) {
  Line line;
  line.where = work.sources.where(statement.span);
  if (line.where.empty()) line.where = "(movement)";
  if (!ring) line.total = total_text(statement.running_total, work.show->clock);
  line.text = printable(statement.text);
  if (statement.physics) line.text += " (movement: cannot be changed here)";
  return line;
}

/// The statements as a sum along the clock: what each adds up to with those above it; what is left
/// at the end is missing. A ring has no sum.
std::string statements_text(const std::vector<plan::ConflictLine>& statements, bool ring,
                            const Work& work, std::size_t columns, const Palette& palette) {
  std::vector<Line> lines{{"where", ring ? "" : "running total", "statement"}};
  for (const plan::ConflictLine& statement : statements) {
    lines.push_back(line_of(statement, work, ring));
  }
  std::size_t where_width = 0;
  std::size_t total_width = 0;
  for (const Line& line : lines) {
    where_width = std::max(where_width, line.where.size());
    total_width = std::max(total_width, line.total.size());
  }
  // Two spaces between the columns; on a narrow screen the sentences may as well run on.
  const std::size_t indent = 2 + where_width + 2 + total_width + 2;
  const bool wraps = columns >= indent + kNarrowest;
  std::string out;
  for (const Line& line : lines) {
    const bool head = &line == lines.data();
    out += fmt::format("  {}{:<{}}  {:>{}}  {}{}\n", head ? palette.label : "", line.where,
                       where_width, line.total, total_width,
                       wraps ? wrapped(line.text, indent, columns) : line.text,
                       head ? palette.off : "");
  }
  return out;
}

std::string fixes_text(const plan::Conflict& conflict, const Work& work) {
  if (conflict.fixes.empty()) return "No single change is enough.\n";
  const bool one = conflict.fixes.size() == 1;
  const char* const all = conflict.further.empty()       ? ""
                          : conflict.fixes_cover_further ? " for all of this"
                                                         : " for the first of these only";
  std::string out = one ? fmt::format("This change is enough{}:\n", all)
                        : fmt::format("Any one of these changes is enough{}:\n", all);
  for (const Fix& fix : conflict.fixes) {
    out += fmt::format("  - {}\n", printable(fix.text));
    for (const Edit& edit : fix.edits) {
      out += fmt::format("      {}\n", edit_text(edit, work.sources));
    }
  }
  return out;
}

/// What a conflict is, in one line.
std::string head_text(const plan::Conflict& conflict) {
  const auto count = static_cast<std::int64_t>(conflict.statements.size());
  if (conflict.ring) {
    return fmt::format("these {} wait for each other in a ring: none of them can be the first",
                       counted(count, "statement"));
  }
  return fmt::format("these {} cannot all hold: they miss by {}", counted(count, "statement"),
                     spoken(conflict.short_by));
}

/// What comes to light behind a conflict.
std::string further_text(const plan::Conflict& conflict, const Work& work, std::size_t columns,
                         const Palette& palette) {
  std::string out;
  for (const plan::FurtherConflict& next : conflict.further) {
    const auto count = static_cast<std::int64_t>(next.statements.size());
    out +=
        fmt::format("{}When {}, {} cannot hold after that; they miss by {} more{}:\n", palette.bold,
                    conflict.ring ? "the ring is cut" : "these give way by no more than that",
                    counted(count, "further statement"), spoken(next.short_by), palette.off);
    out += statements_text(next.statements, false, work, columns, palette);
  }
  return out;
}

}  // namespace

std::string conflict_list(const Work& work, std::size_t columns, bool colour) {
  const Palette& palette = palette_of(colour);
  const std::vector<plan::Conflict>& conflicts = work.plan.conflicts;
  std::string out;
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const plan::Conflict& conflict = conflicts[i];
    if (i > 0) out += "\n";
    out +=
        fmt::format("{}error:{} {}{}\n", palette.error, palette.off,
                    conflicts.size() == 1 ? "" : fmt::format("({}) ", i + 1), head_text(conflict));
    out += statements_text(conflict.statements, conflict.ring, work, columns, palette);
    out += further_text(conflict, work, columns, palette) + fixes_text(conflict, work);
  }
  return out;
}

}  // namespace defilada::app
