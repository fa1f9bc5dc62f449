// SPDX-License-Identifier: MIT
#include "explain.hpp"

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

Phrase cue_label(const Compiled& compiled, programme::CueId cue) {
  return cue == programme::kMidnight ? Phrase::verbatim("00:00")
                                     : compiled.cues[cue.value - 1].said;
}

bool between_steps_off(const Compiled& compiled, const programme::Constraint& constraint) {
  const auto steps_off = [&](programme::CueId cue) {
    return !(cue == programme::kMidnight) &&
           compiled.cues[cue.value - 1].what == Cue::What::step_off;
  };
  return steps_off(constraint.from) && steps_off(constraint.to);
}

Phrase line_text(const Compiled& compiled, const programme::Conflict& conflict,
                 StatementId statement) {
  const Told& told = compiled.told[statement.value];
  std::vector<Phrase> lengths;
  std::size_t uses = 0;
  bool spacing = false;
  for (const auto& constraint : conflict.cycle) {
    if (!(constraint.statement == statement)) continue;
    ++uses;
    spacing = between_steps_off(compiled, constraint);
    if (told.exact_lengths) lengths.push_back(movement_sentence(compiled, constraint));
  }
  if (!lengths.empty()) return Phrase::joined(lengths, "; ");
  const Phrase text = uses > 1 ? phrase("{}, {} times", told.text, uses) : told.text;
  if (!spacing) return text;
  // A headway at a station is another length between stepping off and stepping off: the sum needs
  // that one.
  const std::int64_t length = std::abs(contribution(conflict, statement).us);
  const Measure shown{show::print_duration({(length + 50'000) / 100'000 * 100'000})};
  return uses > 1 ? phrase("{}: {} from stepping off to stepping off in all", text, shown)
                  : phrase("{}: {} from stepping off to stepping off", text, shown);
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

std::vector<programme::BoundChange> changes_of(const Compiled& compiled, const Knob& knob,
                                               Duration amount) {
  std::vector<programme::BoundChange> changes;
  for (const auto& move : knob.moves) {
    const Duration now = compiled.network.constraints()[move.constraint].bound;
    changes.push_back({move.constraint, {now.us + move.rate * amount.us}});
  }
  return changes;
}

std::optional<Fix> try_knob(programme::WhatIf& what_if, const Compiled& compiled,
                            const Knob& knob) {
  const auto least = what_if.least_move(knob.moves);
  if (!least || least->us <= 0 || *least > knob.most) return std::nullopt;
  for (const Duration amount : rounded(*least)) {
    if (amount > knob.most || !what_if.feasible_with(changes_of(compiled, knob, amount))) continue;
    Fix fix{knob.text(amount), {}};
    if (knob.edit) fix.edits.push_back(knob.edit(amount));
    return fix;
  }
  return std::nullopt;
}

/// One conflict among all that were found.
struct Case {
  const Compiled& compiled;
  const std::vector<programme::Conflict>& conflicts;
  std::size_t own = 0;

  [[nodiscard]] const programme::Conflict& conflict() const { return conflicts[own]; }

  /// Statements of the other conflicts that this one does not share.
  [[nodiscard]] std::vector<StatementId> of_others() const {
    const auto& mine = conflict().statements;
    std::vector<StatementId> others;
    for (std::size_t i = 0; i < conflicts.size(); ++i) {
      if (i == own) continue;
      for (const StatementId statement : conflicts[i].statements) {
        const bool shared = std::find(mine.begin(), mine.end(), statement) != mine.end();
        if (!shared && !compiled.told[statement.value].physics) others.push_back(statement);
      }
    }
    return others;
  }
};

/// The network as it would be with the other conflicts mended, so that a fix is judged on this one.
/// Nothing where more conflicts hide behind it, which no single change of its statements mends.
std::optional<programme::WhatIf> without_others(const Case& the) {
  programme::WhatIf what_if(the.compiled.network);
  for (const StatementId statement : the.of_others()) what_if.leave_out(statement);
  for (const StatementId statement : the.conflict().statements) {
    if (!the.compiled.told[statement.value].physics && what_if.feasible_without(statement)) {
      return what_if;
    }
  }
  return std::nullopt;
}

programme::WhatIf alone(const Case& the) {
  programme::WhatIf what_if(the.compiled.network);
  what_if.keep_only(the.conflict().statements);
  return what_if;
}

/// Every link says "at least so long after": what is waited for waits in its turn.
bool is_ring(const programme::Conflict& conflict) {
  return std::all_of(conflict.cycle.begin(), conflict.cycle.end(), [](const auto& link) {
    return link.bound.us <= 0 && !(link.from == programme::kMidnight) &&
           !(link.to == programme::kMidnight);
  });
}

/// A way out of a conflict: a bound that moves, or a statement that goes.
struct WayOut {
  Fix fix;
  StatementId statement;
  const Knob* knob = nullptr;  ///< nullptr: the statement goes
};

std::vector<WayOut> ways_out(const Case& the, programme::WhatIf& what_if) {
  std::vector<WayOut> ways;
  const bool ring = is_ring(the.conflict());
  for (const StatementId statement : the.conflict().statements) {
    const Told& told = the.compiled.told[statement.value];
    if (ring && told.removal && what_if.feasible_without(statement)) {
      ways.push_back({{told.removal->text, told.removal->edits}, statement, nullptr});
    }
    // Nobody means a ring whose lengths are nothing.
    if (ring) continue;
    for (const Knob& knob : told.knobs) {
      if (auto fix = try_knob(what_if, the.compiled, knob)) {
        ways.push_back({std::move(*fix), statement, &knob});
      }
    }
  }
  return ways;
}

/// A network as it is after a way out has been taken, and no more than it had to.
struct GivenWay {
  Duration amount;         ///< by which the bound has moved
  std::vector<bool> gone;  ///< (statement)
};

programme::Network network_of(const Case& the, const WayOut& way, const GivenWay& given) {
  std::vector<programme::Constraint> constraints(the.compiled.network.constraints().begin(),
                                                 the.compiled.network.constraints().end());
  if (way.knob != nullptr) {
    for (const auto& change : changes_of(the.compiled, *way.knob, given.amount)) {
      constraints[change.constraint].bound = change.bound;
    }
  }
  programme::Network network;
  while (network.cue_count() < the.compiled.network.cue_count()) network.add_cue();
  for (const auto& constraint : constraints) {
    const StatementId statement = constraint.statement;
    if (statement == programme::kNoStatement || !given.gone[statement.value]) {
      network.add(constraint);
    }
  }
  return network;
}

/// The sentences of a conflict with their sum. The cycle is walked against the clock; people read
/// it along: from what begins to what cannot be met.
std::vector<ConflictLine> lines_of(const Compiled& compiled, const programme::Conflict& conflict) {
  std::vector<ConflictLine> lines;
  Duration total;
  for (auto it = conflict.statements.rbegin(); it != conflict.statements.rend(); ++it) {
    total += -contribution(conflict, *it);
    const Told& source = compiled.told[it->value];
    lines.push_back({line_text(compiled, conflict, *it), source.span, source.physics, total});
  }
  return lines;
}

/// What is missing now, and gives way in its turn.
std::optional<FurtherConflict> next_conflict(const Case& the, const WayOut& way, GivenWay& given) {
  const programme::Network network = network_of(the, way, given);
  if (!programme::sums_are_exact(network)) return std::nullopt;
  programme::SolveOptions options{.max_conflicts = 1, .physics = {}};
  for (const Told& told : the.compiled.told) options.physics.push_back(told.physics);
  const auto found = programme::solve(network, options).conflicts;
  if (found.empty()) return std::nullopt;
  const programme::Conflict& conflict = found.front();
  FurtherConflict next{conflict.short_by, lines_of(the.compiled, conflict)};
  bool moved = false;
  for (std::size_t i = 0; i < conflict.statements.size(); ++i) {
    const StatementId statement = conflict.statements[conflict.statements.size() - 1 - i];
    if (way.knob != nullptr && statement == way.statement) {
      Phrase& text = next.statements[i].text;
      text = phrase("{} (moved by {})", text, Measure{show::print_duration(given.amount)});
      moved = true;
    }
  }
  if (moved) given.amount += conflict.short_by;
  for (const StatementId statement : conflict.statements) {
    if (!moved && !the.compiled.told[statement.value].physics) given.gone[statement.value] = true;
  }
  return next;
}

bool same_sentences(const FurtherConflict& a, const FurtherConflict& b) {
  return std::equal(
      a.statements.begin(), a.statements.end(), b.statements.begin(), b.statements.end(),
      [](const ConflictLine& one, const ConflictLine& other) { return one.span == other.span; });
}

std::vector<FurtherConflict> further(const Case& the, const WayOut& way) {
  constexpr std::size_t kMost = 5;
  GivenWay given{{}, std::vector<bool>(the.compiled.told.size())};
  for (const StatementId statement : the.of_others()) given.gone[statement.value] = true;
  if (way.knob == nullptr) {
    given.gone[way.statement.value] = true;
  } else if (const auto least = alone(the).least_move(way.knob->moves)) {
    given.amount = *least;
  } else {
    return {};
  }
  std::vector<FurtherConflict> found;
  while (found.size() < kMost) {
    auto next = next_conflict(the, way, given);
    if (!next) break;
    // Moving the bound does not help this one: another end of the same length holds it.
    if (!found.empty() && same_sentences(found.back(), *next)) break;
    found.push_back(std::move(*next));
  }
  return found;
}

Conflict told(const Case& the) {
  Conflict out;
  out.short_by = the.conflict().short_by;
  out.ring = is_ring(the.conflict());
  out.statements = lines_of(the.compiled, the.conflict());
  auto what_if = without_others(the);
  out.fixes_cover_further = what_if.has_value();
  if (!what_if) what_if = alone(the);
  const std::vector<WayOut> ways = ways_out(the, *what_if);
  for (const WayOut& way : ways) out.fixes.push_back(way.fix);
  if (!ways.empty()) out.further = further(the, ways.front());
  return out;
}

}  // namespace

Phrase movement_sentence(const Compiled& compiled, const programme::Constraint& constraint) {
  const bool least = constraint.bound.us <= 0;
  const auto& earlier = least ? constraint.to : constraint.from;
  const auto& later = least ? constraint.from : constraint.to;
  const Duration length{least ? -constraint.bound.us : constraint.bound.us};
  // Tenths are enough for a person; the running total stays exact.
  const Duration shown{(length.us + 50'000) / 100'000 * 100'000};
  if (length.us == 0) {
    return phrase("\"{}\" is the moment of \"{}\"", cue_label(compiled, later),
                  cue_label(compiled, earlier));
  }
  return phrase("from \"{}\" to \"{}\" it is {}", cue_label(compiled, earlier),
                cue_label(compiled, later), Measure{show::print_duration(shown)});
}

std::vector<Conflict> explain(const Compiled& compiled,
                              const std::vector<programme::Conflict>& conflicts) {
  std::vector<Conflict> all;
  for (std::size_t i = 0; i < conflicts.size(); ++i) all.push_back(told({compiled, conflicts, i}));
  return all;
}

}  // namespace defilada::plan
