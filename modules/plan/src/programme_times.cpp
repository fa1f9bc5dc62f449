// SPDX-License-Identifier: MIT
#include <algorithm>

#include "defilada/core/check.hpp"
#include "defilada/programme/what_if.hpp"
#include "explain.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using programme::CueId;

/// The statement that fixes the earliest time of each cue: a tight constraint from a cue that is
/// not later, the planner's own before a fact of movement.
std::vector<std::uint32_t> reasons(const Compiled& compiled, const std::vector<Time>& times) {
  std::vector<std::uint32_t> reason(times.size(), UINT32_MAX);
  const auto rank = [&](const programme::Constraint& constraint) {
    if (constraint.statement == programme::kNoStatement) return 3;
    if (!compiled.told[constraint.statement.value].physics) return 0;
    return constraint.bound.us < 0 ? 1 : 2;
  };
  const auto constraints = compiled.network.constraints();
  for (std::uint32_t i = 0; i < constraints.size(); ++i) {
    const auto& constraint = constraints[i];
    // to - from <= bound, so from >= to - bound: from waits for to when that is tight.
    const std::uint32_t waits = constraint.from.value;
    if (constraint.bound.us > 0) continue;
    if (times[waits].us != times[constraint.to.value].us - constraint.bound.us) continue;
    if (reason[waits] == UINT32_MAX || rank(constraint) < rank(constraints[reason[waits]])) {
      reason[waits] = i;
    }
  }
  return reason;
}

/// Marks the cues that decide when the last one comes, and tells the chain as sentences.
void mark_critical(const Compiled& compiled, const programme::Windows& windows, CueId last,
                   Plan& plan, std::vector<bool>& critical) {
  const auto chain = programme::critical_chain(compiled.network, windows, last);
  for (std::size_t i = 0; i < chain.constraints.size();) {
    const auto& constraint = chain.constraints[i];
    critical[constraint.from.value] = true;
    critical[constraint.to.value] = true;
    // A run of constraints of one statement is one sentence.
    std::size_t next = i + 1;
    while (next < chain.constraints.size() &&
           chain.constraints[next].statement == constraint.statement) {
      critical[chain.constraints[next].from.value] = true;
      ++next;
    }
    if (!(constraint.statement == programme::kNoStatement)) {
      const Told& told = compiled.told[constraint.statement.value];
      if (told.physics && constraint.bound.us == 0) {
        // Moments that are one, and items without a length, explain nothing.
      } else if (!told.exact_lengths) {
        plan.critical_chain.push_back(next - i > 1 ? phrase("{}, {} times", told.text, next - i)
                                                   : told.text);
      } else {
        plan.critical_chain.push_back(movement_sentence(compiled, constraint));
      }
    }
    i = next;
  }
}

}  // namespace

std::vector<Time> planned_times(const Compiled& compiled, const programme::Windows& windows) {
  if (compiled.wishes.empty()) return windows.earliest;
  programme::Incremental wished(compiled.network);
  for (const auto& wish : compiled.wishes) {
    const auto& now = wished.windows();
    const std::int64_t nearest =
        std::clamp(wish.time.us, now.earliest[wish.cue.value].us, now.latest[wish.cue.value].us);
    // Both succeed: inside its window each cue can have any time.
    const bool kept =
        wished.add({wish.cue, programme::kMidnight, {-nearest}, programme::kNoStatement}) &&
        wished.add({programme::kMidnight, wish.cue, {nearest}, programme::kNoStatement});
    DEFILADA_CHECK(kept);
  }
  return wished.windows().earliest;
}

void fill_programme(const show::Show& show, const Compiled& compiled,
                    const programme::Windows& windows, const std::vector<Time>& times, Plan& plan) {
  const std::vector<std::uint32_t> reason = reasons(compiled, times);
  CueId first{};
  CueId last{};
  CueId goal{};  // the end of the show proper: what decides it is critical
  for (std::size_t i = 0; i < show.items.size(); ++i) {
    const CueId start = compiled.item_start[i];
    const CueId end = compiled.item_end[i];
    if (first == programme::kMidnight || times[start.value] < times[first.value]) first = start;
    if (last == programme::kMidnight || times[end.value] > times[last.value]) last = end;
    if (!performs(show, show.items[i])) continue;
    if (goal == programme::kMidnight || times[end.value] > times[goal.value]) goal = end;
  }
  std::vector<bool> critical(times.size(), false);
  if (goal == programme::kMidnight) goal = last;  // nothing performs
  if (!(goal == programme::kMidnight)) mark_critical(compiled, windows, goal, plan, critical);
  plan.start = times[first.value];
  plan.end = times[last.value];

  for (std::uint32_t node = 1; node < times.size(); ++node) {
    Cue cue = compiled.cues[node - 1];
    cue.time = times[node];
    cue.earliest = windows.earliest[node];
    cue.latest = windows.latest[node];
    cue.critical = critical[node];
    if (reason[node] != UINT32_MAX) {
      const auto& constraint = compiled.network.constraints()[reason[node]];
      if (!(constraint.statement == programme::kNoStatement)) {
        cue.because = compiled.told[constraint.statement.value].text;
      }
    }
    plan.cues.push_back(std::move(cue));
  }
  // What nothing holds back starts when it would like to.
  for (const auto& wish : compiled.wishes) {
    Phrase& because = plan.cues[wish.cue.value - 1].because;
    if (because.empty()) because = compiled.told[wish.statement.value].text;
  }
  for (std::uint32_t i = 0; i < show.items.size(); ++i) {
    const CueId start = compiled.item_start[i];
    const CueId end = compiled.item_end[i];
    plan.items.push_back({show::ItemId{i}, times[start.value], times[end.value],
                          programme::slack(windows, start),
                          critical[start.value] || critical[end.value]});
  }
  if (show.wanted) {
    plan.over =
        times[compiled.wanted_to.value] - times[compiled.wanted_from.value] - show.wanted->lasts;
  }
}

}  // namespace defilada::plan
