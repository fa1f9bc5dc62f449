// SPDX-License-Identifier: MIT
#include "explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "defilada/show/print.hpp"

namespace defilada::plan {
namespace {

using programme::StatementId;

/// What the constraints of one statement add to the walk around the cycle.
Duration contribution(const programme::Conflict& conflict, StatementId statement) {
  Duration sum;
  for (const auto& constraint : conflict.cycle) {
    if (constraint.statement == statement) sum += constraint.bound;
  }
  return sum;
}

const std::string& cue_label(const Compiled& compiled, programme::CueId cue) {
  static const std::string kMidnightLabel = "00:00";
  return cue == programme::kMidnight ? kMidnightLabel : compiled.cues[cue.value - 1].label;
}

bool between_steps_off(const Compiled& compiled, const programme::Constraint& constraint) {
  const auto steps_off = [&](programme::CueId cue) {
    return !(cue == programme::kMidnight) &&
           compiled.cues[cue.value - 1].what == Cue::What::step_off;
  };
  return steps_off(constraint.from) && steps_off(constraint.to);
}

std::string line_text(const Compiled& compiled, const programme::Conflict& conflict,
                      StatementId statement) {
  const Told& told = compiled.told[statement.value];
  std::string text;
  std::size_t uses = 0;
  bool spacing = false;
  for (const auto& constraint : conflict.cycle) {
    if (!(constraint.statement == statement)) continue;
    ++uses;
    spacing = between_steps_off(compiled, constraint);
    if (told.exact_lengths) {
      text += (text.empty() ? "" : "; ") + movement_sentence(compiled, constraint);
    }
  }
  if (!text.empty()) return text;
  text = uses > 1 ? fmt::format("{}, {} times", told.text, uses) : told.text;
  if (!spacing) return text;
  // A headway at a station is another length between stepping off and stepping off: the sum needs
  // that one.
  const std::int64_t length = std::abs(contribution(conflict, statement).us);
  const Duration shown{(length + 50'000) / 100'000 * 100'000};
  return fmt::format("{}: {} from stepping off to stepping off{}", text,
                     show::print_duration(shown), uses > 1 ? " in all" : "");
}

/// Rounds an amount up to what people write, when that is still enough.
std::vector<Duration> rounded(Duration least) {
  std::vector<Duration> tries;
  for (const std::int64_t unit : {std::int64_t{60'000'000}, std::int64_t{1'000'000},
                                  std::int64_t{100'000}, std::int64_t{1'000}}) {
    if (least.us < 10 * unit && unit > 1'000) continue;
    tries.push_back({(least.us + unit - 1) / unit * unit});
  }
  tries.push_back(least);
  return tries;
}

std::optional<Fix> try_knob(programme::WhatIf& what_if, const Compiled& compiled,
                            const Knob& knob) {
  const auto least = what_if.least_move(knob.moves);
  if (!least || least->us <= 0 || *least > knob.most) return std::nullopt;
  for (const Duration amount : rounded(*least)) {
    if (amount > knob.most) continue;
    std::vector<programme::BoundChange> changes;
    for (const auto& move : knob.moves) {
      const Duration now = compiled.network.constraints()[move.constraint].bound;
      changes.push_back({move.constraint, {now.us + move.rate * amount.us}});
    }
    if (!what_if.feasible_with(changes)) continue;
    Fix fix{knob.text(amount), {}};
    if (knob.edit) fix.edits.push_back(knob.edit(amount));
    return fix;
  }
  return std::nullopt;
}

/// The network as it would be with the other conflicts mended, so that a fix is judged on this one.
/// Where more conflicts hide behind them, only this conflict's statements count.
programme::WhatIf without_others(const Compiled& compiled,
                                 const std::vector<programme::Conflict>& conflicts,
                                 std::size_t own) {
  programme::WhatIf what_if(compiled.network);
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    if (i == own) continue;
    for (const StatementId statement : conflicts[i].statements) {
      const auto& mine = conflicts[own].statements;
      const bool shared = std::find(mine.begin(), mine.end(), statement) != mine.end();
      if (!shared && !compiled.told[statement.value].physics) what_if.leave_out(statement);
    }
  }
  for (const StatementId statement : conflicts[own].statements) {
    if (!compiled.told[statement.value].physics && what_if.feasible_without(statement))
      return what_if;
  }
  programme::WhatIf alone(compiled.network);
  alone.keep_only(conflicts[own].statements);
  return alone;
}

}  // namespace

std::string movement_sentence(const Compiled& compiled, const programme::Constraint& constraint) {
  const bool least = constraint.bound.us <= 0;
  const auto& earlier = least ? constraint.to : constraint.from;
  const auto& later = least ? constraint.from : constraint.to;
  const Duration length{least ? -constraint.bound.us : constraint.bound.us};
  // Tenths are enough for a person; the running total stays exact.
  const Duration shown{(length.us + 50'000) / 100'000 * 100'000};
  if (length.us == 0) {
    return fmt::format("\"{}\" is the moment of \"{}\"", cue_label(compiled, later),
                       cue_label(compiled, earlier));
  }
  return fmt::format("from \"{}\" to \"{}\" it is {}", cue_label(compiled, earlier),
                     cue_label(compiled, later), show::print_duration(shown));
}

std::vector<Conflict> explain(const Compiled& compiled,
                              const std::vector<programme::Conflict>& conflicts) {
  std::vector<Conflict> told;
  for (std::size_t i = 0; i < conflicts.size(); ++i) {
    const programme::Conflict& conflict = conflicts[i];
    Conflict out;
    out.short_by = conflict.short_by;
    // The cycle is walked against the clock; people read it along: from what begins to what cannot
    // be met.
    Duration total;
    for (auto it = conflict.statements.rbegin(); it != conflict.statements.rend(); ++it) {
      const StatementId statement = *it;
      total += -contribution(conflict, statement);
      const Told& source = compiled.told[statement.value];
      out.statements.push_back(
          {line_text(compiled, conflict, statement), source.span, source.physics, total});
    }
    programme::WhatIf what_if = without_others(compiled, conflicts, i);
    for (const StatementId statement : conflict.statements) {
      for (const Knob& knob : compiled.told[statement.value].knobs) {
        if (auto fix = try_knob(what_if, compiled, knob)) out.fixes.push_back(std::move(*fix));
      }
    }
    told.push_back(std::move(out));
  }
  return told;
}

}  // namespace defilada::plan
