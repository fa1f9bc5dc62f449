// SPDX-License-Identifier: MIT
#include "defilada/programme/network.hpp"

#include <algorithm>
#include <cstdlib>

#include "defilada/core/check.hpp"

namespace defilada::programme {
namespace {

constexpr std::uint32_t kMostStatements = std::uint32_t{1} << 28;
constexpr std::size_t kMostConstraints = std::size_t{1} << 28;

bool within_bounds(Duration bound) {
  return bound <= kMostBound && -kMostBound <= bound;
}

}  // namespace

std::uint32_t Network::add(const Constraint& constraint) {
  DEFILADA_CHECK(constraint.from.value < cue_count_ && constraint.to.value < cue_count_);
  DEFILADA_CHECK(within_bounds(constraint.bound));
  DEFILADA_CHECK(constraints_.size() < kMostConstraints);
  if (constraint.statement != kNoStatement) {
    DEFILADA_CHECK(constraint.statement.value < kMostStatements);
    statement_count_ = std::max(statement_count_, constraint.statement.value + 1);
  }
  constraints_.push_back(constraint);
  return static_cast<std::uint32_t>(constraints_.size() - 1);
}

std::uint32_t Network::at_most(CueId from, CueId to, Duration bound, StatementId statement) {
  return add({from, to, bound, statement});
}

std::uint32_t Network::at_least(CueId from, CueId to, Duration bound, StatementId statement) {
  DEFILADA_CHECK(within_bounds(bound));  // before it is negated: the least int64 has no opposite
  return add({to, from, -bound, statement});
}

std::uint32_t Network::exactly(CueId from, CueId to, Duration bound, StatementId statement) {
  const std::uint32_t index = at_most(from, to, bound, statement);
  at_least(from, to, bound, statement);
  return index;
}

void Network::set_bound(std::uint32_t constraint, Duration bound) {
  DEFILADA_CHECK(constraint < constraints_.size() && within_bounds(bound));
  constraints_[constraint].bound = bound;
}

bool sums_are_exact(const Network& network) {
  // A chain enters each cue at most once.
  std::vector<std::int64_t> largest_into(network.cue_count(), 0);
  for (const Constraint& c : network.constraints()) {
    std::int64_t& largest = largest_into[c.to.value];
    largest = std::max(largest, std::abs(c.bound.us));
  }
  std::int64_t sum = 0;
  for (const std::int64_t largest : largest_into) {
    sum += largest;
    if (sum > kMostSum.us) return false;
  }
  return true;
}

std::optional<Duration> slack(const Windows& windows, CueId cue) {
  const Time earliest = windows.earliest[cue.value];
  const Time latest = windows.latest[cue.value];
  if (earliest == kAlways || latest == kNever) return std::nullopt;
  return latest - earliest;
}

}  // namespace defilada::programme
