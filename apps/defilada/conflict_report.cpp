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

Line line_of(const plan::ConflictLine& statement, const Work& work) {
  Line line;
  line.where = work.sources.where(statement.span);
  if (line.where.empty()) line.where = "(movement)";
  line.total = total_text(statement.running_total, work.show->clock);
  line.text = printable(statement.text);
  if (statement.physics) line.text += " (movement: cannot be changed here)";
  return line;
}

/// The statements as a sum along the clock: what each adds up to with those above it; what is left
/// at the end is missing.
std::string statements_text(const plan::Conflict& conflict, const Work& work, std::size_t columns,
                            const Palette& palette) {
  std::vector<Line> lines{{"where", "running total", "statement"}};
  for (const plan::ConflictLine& statement : conflict.statements) {
    lines.push_back(line_of(statement, work));
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
  std::string out = conflict.fixes.size() == 1 ? "This change is enough:\n"
                                               : "Any one of these changes is enough:\n";
  for (const Fix& fix : conflict.fixes) {
    out += fmt::format("  - {}\n", printable(fix.text));
    for (const Edit& edit : fix.edits) {
      out += fmt::format("      {}\n", edit_text(edit, work.sources));
    }
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
    const auto count = static_cast<std::int64_t>(conflict.statements.size());
    if (i > 0) out += "\n";
    out += fmt::format("{}error:{} {}these {} cannot all hold: they miss by {}\n", palette.error,
                       palette.off, conflicts.size() == 1 ? "" : fmt::format("({}) ", i + 1),
                       counted(count, "statement"), spoken(conflict.short_by));
    out += statements_text(conflict, work, columns, palette) + fixes_text(conflict, work);
  }
  return out;
}

}  // namespace defilada::app
