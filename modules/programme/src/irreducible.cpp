// SPDX-License-Identifier: MIT
#include "irreducible.hpp"

#include <unordered_map>
#include <unordered_set>

#include "short_cycle.hpp"

namespace defilada::programme::detail {
namespace {

/// The part of a network that some statements are about, with cues of its own numbering.
class Excerpt {
 public:
  Excerpt(const Network& network, const StatementIndex& index,
          std::span<const StatementId> statements, const Relaxation& potentials) {
    for (const StatementId s : statements) append(network, index.constraints_of(s), potentials);
    append(network, index.constraints_of(kNoStatement), potentials);
  }

  [[nodiscard]] std::span<const Constraint> constraints() const { return constraints_; }
  [[nodiscard]] std::span<const std::int64_t> potentials() const { return potentials_; }
  [[nodiscard]] std::uint32_t cue_count() const {
    return static_cast<std::uint32_t>(potentials_.size());
  }
  [[nodiscard]] Cycle in_the_network(const Cycle& cycle) const {
    Cycle result;
    for (const std::uint32_t constraint : cycle) result.push_back(origin_[constraint]);
    return result;
  }

 private:
  void append(const Network& network, std::span<const std::uint32_t> indices,
              const Relaxation& potentials) {
    for (const std::uint32_t index : indices) {
      Constraint c = network.constraints()[index];
      c.from = local(c.from, potentials);
      c.to = local(c.to, potentials);
      constraints_.push_back(c);
      origin_.push_back(index);
    }
  }
  CueId local(CueId cue, const Relaxation& potentials) {
    const auto next = static_cast<std::uint32_t>(potentials_.size());
    const auto [place, is_new] = local_.emplace(cue.value, next);
    if (is_new) potentials_.push_back(potentials.potential(cue.value));
    return CueId{place->second};
  }

  std::unordered_map<std::uint32_t, std::uint32_t> local_;  ///< looked up only, never walked
  std::vector<Constraint> constraints_;
  std::vector<std::uint32_t> origin_;  ///< (constraint here) index in the network
  std::vector<std::int64_t> potentials_;
};

/// Which constraints of an excerpt stand behind each statement, by position in `statements`.
class Trial {
 public:
  Trial(const Excerpt& excerpt, std::span<const StatementId> statements)
      : constraints_(excerpt.constraints()),
        leaving_(excerpt.cue_count(), constraints_, Direction::leaving),
        relaxation_(leaving_, constraints_) {
    relaxation_.set_potentials(excerpt.potentials());
    // The excerpt lists constraints statement by statement.
    std::uint32_t i = 0;
    for (const StatementId s : statements) {
      const std::uint32_t begin = i;
      while (i < constraints_.size() && constraints_[i].statement == s) ++i;
      groups_.push_back({s, begin, i, true});
    }
    relaxation_.wake_upset(constraints_);
  }

  [[nodiscard]] std::size_t size() const { return groups_.size(); }
  [[nodiscard]] bool holds(std::size_t statement) const { return groups_[statement].kept; }

  void leave_out(std::size_t statement) {
    const Group& group = groups_[statement];
    for (std::uint32_t i = group.begin; i < group.end; ++i) relaxation_.switch_off(i);
  }
  void bring_back(std::size_t statement) {
    const Group& group = groups_[statement];
    for (std::uint32_t i = group.begin; i < group.end; ++i) {
      relaxation_.switch_on(i);
      relaxation_.wake_if_upset(i, constraints_[i]);
    }
  }
  std::optional<Cycle> settle() {
    auto cycle = relaxation_.settle();
    relaxation_.commit();
    return cycle;
  }
  [[nodiscard]] std::optional<Cycle> shorter_than(const Cycle& cycle) const {
    return ShortCycles(leaving_, constraints_, relaxation_, most_relaxations(constraints_.size()))
        .find(cycle.size());
  }
  /// Leaves all other statements out for good.
  void keep_only(std::span<const StatementId> statements) {
    std::unordered_set<std::uint32_t> kept;
    for (const StatementId s : statements) kept.insert(s.value);
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      groups_[i].kept = kept.contains(groups_[i].statement.value);
      if (!groups_[i].kept) leave_out(i);
    }
    relaxation_.wake_upset(constraints_);
  }

 private:
  struct Group {
    StatementId statement;
    std::uint32_t begin;
    std::uint32_t end;
    bool kept;
  };
  std::span<const Constraint> constraints_;
  Arcs leaving_;
  Relaxation relaxation_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<StatementId> statements_of(const Cycle& cycle,
                                       std::span<const Constraint> constraints) {
  std::vector<StatementId> result;
  std::unordered_set<std::uint32_t> seen;
  for (const std::uint32_t index : cycle) {
    const StatementId statement = constraints[index].statement;
    if (statement != kNoStatement && seen.insert(statement.value).second) {
      result.push_back(statement);
    }
  }
  return result;
}

Cycle make_irreducible(const Cycle& cycle, const Network& network, const StatementIndex& index,
                       const Relaxation& potentials) {
  const auto statements = statements_of(cycle, network.constraints());
  const Excerpt excerpt(network, index, statements, potentials);
  Trial trial(excerpt, statements);
  std::optional<Cycle> found;
  for (std::size_t i = 0; i < trial.size(); ++i) {
    if (!trial.holds(i)) continue;
    trial.leave_out(i);
    if (auto smaller = trial.settle()) {
      found = std::move(smaller);
      trial.keep_only(statements_of(*found, excerpt.constraints()));
    } else {
      trial.bring_back(i);
    }
  }
  if (!found) return cycle;
  // All negative cycles that are left are about the same statements; show the shortest.
  if (auto shorter = trial.shorter_than(*found)) found = std::move(shorter);
  return excerpt.in_the_network(*found);
}

}  // namespace defilada::programme::detail
