// SPDX-License-Identifier: MIT
#include "short_cycle.hpp"

#include <algorithm>

namespace defilada::programme::detail {

ShortCycles::ShortCycles(const Arcs& leaving, std::span<const Constraint> constraints,
                         const Relaxation& relaxation, std::uint64_t most_relaxations)
    : leaving_(leaving),
      entering_(leaving.cue_count(), constraints, Direction::entering),
      constraints_(constraints),
      relaxation_(relaxation),
      work_left_(most_relaxations),
      least_(leaving.cue_count(), 0),
      return_(leaving.cue_count()),
      position_(leaving.cue_count(), 0) {}

std::optional<Cycle> ShortCycles::find(std::size_t fewer_than) {
  const auto tails = starts();
  std::optional<Cycle> best;
  std::size_t limit = 1;
  while (!best && work_left_ > 0 && limit < fewer_than) {
    limit = std::min(2 * limit + 1, fewer_than);
    std::size_t to_beat = limit;
    for (const std::uint32_t start : tails) {
      auto cycle = from(start, to_beat);
      if (!cycle) continue;
      to_beat = cycle->size();
      best = std::move(cycle);
    }
  }
  return best;
}

/// Tails of the constraints that the potentials violate, each once.
std::vector<std::uint32_t> ShortCycles::starts() const {
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = 0; i < constraints_.size(); ++i) {
    if (relaxation_.is_upset(i, constraints_[i])) result.push_back(constraints_[i].from.value);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

/// If the work suffices, the cycle has no more constraints than the shortest negative closed walk
/// through the start.
std::optional<Cycle> ShortCycles::from(std::uint32_t start, std::size_t fewer_than) {
  if (fewer_than < 2) return std::nullopt;
  mark_returns(start);
  labels_.assign(1, {0, start, 0, 0});
  frontier_.assign(1, 0);
  auto closing = closing_label(0);
  for (std::size_t hops = 2; hops < fewer_than && !closing && !frontier_.empty(); ++hops) {
    closing = extend();
  }
  std::optional<Cycle> cycle;
  if (closing) cycle = simple_cycle(*closing);
  for (const Label& label : labels_) least_[label.cue] = 0;
  clear_returns(start);
  return cycle;
}

void ShortCycles::mark_returns(std::uint32_t start) {
  for (const Arc& arc : entering_.of(start)) {
    if (relaxation_.is_dropped(arc.constraint)) continue;
    const std::int64_t reduced =
        arc.bound_us + relaxation_.potential(arc.to) - relaxation_.potential(start);
    Return& back = return_[arc.to];
    if (back.constraint == kNobody || reduced < back.reduced) back = {reduced, arc.constraint};
  }
}

void ShortCycles::clear_returns(std::uint32_t start) {
  for (const Arc& arc : entering_.of(start)) return_[arc.to] = {};
}

/// The label of the start reached again, if one constraint leads back and closes below zero.
std::optional<std::uint32_t> ShortCycles::closing_label(std::uint32_t last) {
  const Label label = labels_[last];
  const Return& back = return_[label.cue];
  if (back.constraint == kNobody || label.sum + back.reduced >= 0) return std::nullopt;
  labels_.push_back({label.sum + back.reduced, labels_.front().cue, last, back.constraint});
  return static_cast<std::uint32_t>(labels_.size() - 1);
}

/// One more hop for the whole frontier; the closing label of the first that gets back, if any.
std::optional<std::uint32_t> ShortCycles::extend() {
  const std::size_t level_begin = labels_.size();
  for (const std::uint32_t before : frontier_) {
    const Label label = labels_[before];
    const std::int64_t here = label.sum + relaxation_.potential(label.cue);
    for (const Arc& arc : leaving_.of(label.cue)) {
      if (work_left_ == 0) return std::nullopt;
      --work_left_;
      const std::int64_t sum = here + arc.bound_us - relaxation_.potential(arc.to);
      if (sum >= least_[arc.to] || relaxation_.is_dropped(arc.constraint)) continue;
      least_[arc.to] = sum;
      labels_.push_back({sum, arc.to, before, arc.constraint});
      if (auto closing = closing_label(static_cast<std::uint32_t>(labels_.size() - 1))) {
        return closing;
      }
    }
  }
  frontier_.clear();
  for (std::size_t i = level_begin; i < labels_.size(); ++i) {
    // Else a label with as many hops has overtaken it.
    if (labels_[i].sum == least_[labels_[i].cue]) {
      frontier_.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return std::nullopt;
}

/// A cue that the walk visits twice has a lower sum the second time, so the walk between is a
/// negative cycle too, and a shorter one.
Cycle ShortCycles::simple_cycle(std::uint32_t closing) {
  std::vector<std::uint32_t> walk;
  for (std::uint32_t i = closing; i != 0; i = labels_[i].before) walk.push_back(i);
  walk.push_back(0);
  std::reverse(walk.begin(), walk.end());
  std::size_t end = 0;
  while (position_[labels_[walk[end]].cue] == 0) {
    position_[labels_[walk[end]].cue] = static_cast<std::uint32_t>(end + 1);
    ++end;
  }
  const std::size_t begin = position_[labels_[walk[end]].cue] - 1;
  for (std::size_t i = 0; i < end; ++i) position_[labels_[walk[i]].cue] = 0;
  Cycle cycle;
  for (std::size_t i = begin + 1; i <= end; ++i) cycle.push_back(labels_[walk[i]].constraint);
  return cycle;
}

}  // namespace defilada::programme::detail
