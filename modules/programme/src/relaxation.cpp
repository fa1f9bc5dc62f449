// SPDX-License-Identifier: MIT
#include "relaxation.hpp"

#include <algorithm>

namespace defilada::programme::detail {

Relaxation::Relaxation(const Arcs& leaving, std::span<const Constraint> constraints)
    : leaving_(leaving),
      nodes_(leaving.cue_count()),
      off_(constraints.size(), 0),
      queue_(leaving.cue_count()) {
  for (std::uint32_t cue = 0; cue < nodes_.size(); ++cue) {
    nodes_[cue].next = nodes_[cue].previous = cue;
  }
}

void Relaxation::wake(std::uint32_t cue) {
  Node& node = nodes_[cue];
  if ((node.flags & kQueued) == 0) {
    std::size_t end = queue_begin_ + queue_size_;
    if (end >= queue_.size()) end -= queue_.size();
    queue_[end] = cue;
    ++queue_size_;
  }
  node.flags |= kQueued | kActive;
}

/// True if the cue, just popped, has a label to scan.
bool Relaxation::fall_asleep(std::uint32_t cue) {
  std::uint8_t& flags = nodes_[cue].flags;
  const bool was_active = (flags & kActive) != 0;
  flags &= static_cast<std::uint8_t>(~(kQueued | kActive));
  return was_active;
}

std::uint32_t Relaxation::pop() {
  const std::uint32_t cue = queue_[queue_begin_];
  if (++queue_begin_ == queue_.size()) queue_begin_ = 0;
  --queue_size_;
  return cue;
}

void Relaxation::wake_all() {
  // Last first: programmes are written in the order of time, and with all potentials 0 it is the
  // later cues that push the earlier ones down.
  for (auto cue = static_cast<std::uint32_t>(nodes_.size()); cue > 0; --cue) wake(cue - 1);
}

void Relaxation::wake_if_upset(std::uint32_t index, const Constraint& constraint) {
  if (off_[index] == 0 && is_upset(index, constraint)) wake(constraint.from.value);
}

void Relaxation::wake_upset(std::span<const Constraint> constraints) {
  for (std::uint32_t i = 0; i < constraints.size(); ++i) wake_if_upset(i, constraints[i]);
}

void Relaxation::touch(std::uint32_t cue) {
  Node& node = nodes_[cue];
  if ((node.flags & kTouched) != 0) return;
  node.flags |= kTouched;
  touched_.push_back({node.potential, cue});
}

/// Makes each cue of the subtree a root of its own whose label needs no scan; true if `sought` was
/// among them. Parents stay readable.
bool Relaxation::take_apart(std::uint32_t top, std::uint32_t sought) {
  const std::uint32_t depth = nodes_[top].depth;
  const std::uint32_t before = nodes_[top].previous;
  bool found = false;
  std::uint32_t cue = top;
  do {
    Node& node = nodes_[cue];
    const std::uint32_t next = node.next;
    found |= cue == sought;
    node.next = node.previous = cue;
    node.depth = 0;
    node.flags &= static_cast<std::uint8_t>(~kActive);
    cue = next;
  } while (nodes_[cue].depth > depth);
  if (depth > 0) {  // a root's list is the whole subtree
    nodes_[before].next = cue;
    nodes_[cue].previous = before;
  }
  return found;
}

void Relaxation::attach(std::uint32_t cue, std::uint32_t parent, const Arc& arc,
                        std::int64_t potential) {
  touch(parent);
  touch(cue);
  Node& above = nodes_[parent];
  Node& node = nodes_[cue];
  node.potential = potential;
  node.depth = above.depth + 1;
  node.parent = parent;
  node.parent_constraint = arc.constraint;
  node.next = above.next;
  node.previous = parent;
  nodes_[above.next].previous = cue;
  above.next = cue;
  wake(cue);
}

Cycle Relaxation::cycle_closed_by(std::uint32_t from, const Arc& arc) const {
  Cycle cycle{arc.constraint};
  for (std::uint32_t cue = from; cue != arc.to; cue = nodes_[cue].parent) {
    cycle.push_back(nodes_[cue].parent_constraint);
  }
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

void Relaxation::park_one_of(const Cycle& cycle) {
  if (times_in_cycle_.empty()) times_in_cycle_.resize(off_.size(), 0);
  std::uint32_t chosen = cycle.back();
  for (const std::uint32_t constraint : cycle) ++times_in_cycle_[constraint];
  for (const std::uint32_t constraint : cycle) {
    if (times_in_cycle_[constraint] > times_in_cycle_[chosen]) chosen = constraint;
  }
  off_[chosen] |= kParked;
  parked_.push_back(chosen);
}

/// Returns the cycle that stopped the scan, or when parking the first that it met.
std::optional<Cycle> Relaxation::scan(std::uint32_t cue, bool park) {
  std::optional<Cycle> first;
  const std::int64_t here = nodes_[cue].potential;
  for (const Arc& arc : leaving_.of(cue)) {
    const std::int64_t reached = here + arc.bound_us;
    if (reached >= nodes_[arc.to].potential) continue;
    if (off_[arc.constraint] != 0) continue;
    if (!take_apart(arc.to, cue)) {
      attach(arc.to, cue, arc, reached);
      continue;
    }
    Cycle cycle = cycle_closed_by(cue, arc);
    if (!park) return cycle;
    park_one_of(cycle);
    if (!first) first = std::move(cycle);
  }
  return first;
}

std::optional<Cycle> Relaxation::settle() {
  while (queue_size_ > 0) {
    const std::uint32_t cue = pop();
    if (!fall_asleep(cue)) continue;
    if (auto cycle = scan(cue, false)) return cycle;
  }
  return std::nullopt;
}

std::optional<Cycle> Relaxation::settle_by_parking() {
  std::optional<Cycle> first;
  while (queue_size_ > 0 && parked_.size() < kMostParked) {
    const std::uint32_t cue = pop();
    if (!fall_asleep(cue)) continue;
    auto cycle = scan(cue, true);
    if (cycle && !first) first = std::move(cycle);
  }
  return first;
}

void Relaxation::unpark() {
  for (const std::uint32_t constraint : parked_) {
    off_[constraint] &= static_cast<std::uint8_t>(~kParked);
  }
  parked_.clear();
}

void Relaxation::finish(bool keep) {
  while (queue_size_ > 0) {
    static_cast<void>(fall_asleep(pop()));
  }
  for (const Touched& touched : touched_) {
    Node& node = nodes_[touched.cue];
    if (!keep) node.potential = touched.potential_before;
    node.next = node.previous = touched.cue;
    node.depth = 0;
    node.flags = 0;
  }
  touched_.clear();
}

std::vector<std::int64_t> Relaxation::potentials() const {
  std::vector<std::int64_t> potential;
  potential.reserve(nodes_.size());
  for (const Node& node : nodes_) potential.push_back(node.potential);
  return potential;
}

void Relaxation::set_potentials(std::span<const std::int64_t> potential) {
  for (std::size_t cue = 0; cue < nodes_.size(); ++cue) nodes_[cue].potential = potential[cue];
}

}  // namespace defilada::programme::detail
