// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "defilada/core/time.hpp"

namespace defilada::programme {

/// An instant of the programme: an index into Network. Cue 0 is midnight, Time{0}.
struct CueId {
  std::uint32_t value = 0;
  constexpr bool operator==(const CueId&) const = default;
};
inline constexpr CueId kMidnight{0};

/// A sentence that a planner wrote, or a fact of movement. It may stand behind many constraints.
struct StatementId {
  std::uint32_t value = UINT32_MAX;
  constexpr bool operator==(const StatementId&) const = default;
};
/// Behind a constraint that nobody stated and nobody can take back (an item ends after it starts):
/// such a constraint is always in force and is never listed among a conflict's statements.
inline constexpr StatementId kNoStatement{};

/// t(to) - t(from) <= bound, in whole microseconds.
///
///     from o---- bound ---->o to        "at most b after"       from->to  b
///     from o<--- -bound ----o to        "at least b after"      to->from -b
struct Constraint {
  CueId from;
  CueId to;
  Duration bound;
  StatementId statement;
  constexpr bool operator==(const Constraint&) const = default;
};

/// What a single bound, and what the longest sum of bounds along any chain, may be: 285 years and
/// 36 000 years. Below these no sum of the solver can overflow.
inline constexpr Duration kMostBound{std::int64_t{1} << 53};
inline constexpr Duration kMostSum{std::int64_t{1} << 60};

/// A simple temporal network: cues and difference constraints between them.
/// Source: R. Dechter, I. Meiri, J. Pearl, "Temporal constraint networks", Artificial Intelligence
/// 49 (1991): consistent if and only if the distance graph has no negative cycle.
/// Requires (checked): cues that exist, |bound| <= kMostBound, statements < 2^28 (the caller
/// numbers them densely from 0; names and places stay with the caller), constraints < 2^28.
class Network {
 public:
  Network() : cue_count_(1) {}

  CueId add_cue() { return CueId{cue_count_++}; }
  /// Each returns the index of its constraint in constraints(); exactly() adds two, at_most first.
  std::uint32_t at_most(CueId from, CueId to, Duration bound, StatementId statement);
  std::uint32_t at_least(CueId from, CueId to, Duration bound, StatementId statement);
  std::uint32_t exactly(CueId from, CueId to, Duration bound, StatementId statement);
  std::uint32_t add(const Constraint& constraint);
  /// Replaces the bound of one constraint, in the form in which constraints() shows it.
  void set_bound(std::uint32_t constraint, Duration bound);

  [[nodiscard]] std::uint32_t cue_count() const noexcept { return cue_count_; }
  /// One more than the largest statement in use; 0 when there is none.
  [[nodiscard]] std::uint32_t statement_count() const noexcept { return statement_count_; }
  [[nodiscard]] std::span<const Constraint> constraints() const noexcept { return constraints_; }

 private:
  std::uint32_t cue_count_;
  std::uint32_t statement_count_ = 0;
  std::vector<Constraint> constraints_;
};

/// Whether every sum of bounds that solving can form is exact in 64 bits: the sum over all cues of
/// the largest |bound| into each is at most kMostSum. A network made from a person's text is asked
/// this before it is solved; everything below requires (and checks) it. Cost: O(cues +
/// constraints).
[[nodiscard]] bool sums_are_exact(const Network& network);

/// When every cue may happen. Where all are bounded, earliest and latest are each a consistent
/// schedule of all cues. kNever marks a cue that nothing bounds above, kAlways one that nothing
/// bounds below.
inline constexpr Time kNever{INT64_MAX};
inline constexpr Time kAlways{INT64_MIN};
struct Windows {
  std::vector<Time> earliest;  ///< (cue) kAlways when unbounded below
  std::vector<Time> latest;    ///< (cue) kNever when unbounded above
};
/// How far a cue can slip with all statements kept; nothing when it is unbounded on either side.
[[nodiscard]] std::optional<Duration> slack(const Windows& windows, CueId cue);

/// Statements that cannot all hold, and the reason.
struct Conflict {
  /// A simple negative cycle, in the order in which it is walked, from midnight if midnight is on
  /// it: each constraint's `to` is the next one's `from`. The bounds sum to -short_by. No negative
  /// cycle of these statements has fewer constraints.
  std::vector<Constraint> cycle;
  std::vector<std::uint32_t> indices;  ///< (link of the cycle) index into Network::constraints()
  Duration short_by;                   ///< > 0
  /// The statements of the cycle with no repetition, in walking order. Irreducible: all constraints
  /// of these statements together cannot hold; without any one of them (all its constraints) the
  /// others can. Empty only if constraints of no statement contradict each other.
  std::vector<StatementId> statements;
};

struct Solution {
  std::optional<Windows> windows;  ///< present if and only if feasible
  /// Present if and only if infeasible (and asked for). Independent of each other: a statement in
  /// two of them is physics.
  std::vector<Conflict> conflicts;
};

struct SolveOptions {
  int max_conflicts = 5;  ///< 0: the verdict only, which is the quickest
  /// (statement) true: a fact of movement, which is stated but never relaxed. The search for
  /// further conflicts drops only the other statements, except after a conflict between facts of
  /// movement alone, which it then drops. Empty, or shorter than the statements: the rest are not.
  std::vector<bool> physics;
};

/// Solves the whole network.
/// Feasible: queue Bellman-Ford with subtree disassembly gives potentials, then two Dijkstras on
/// reduced costs give earliest and latest. Infeasible: the first conflict is the negative cycle of
/// fewest constraints that a search by hops finds, made irreducible statement by statement; then
/// all its statements but physics are dropped and the search goes on. The search is exact unless
/// its work, 2 million relaxations and 40 a constraint over all conflicts, runs out, as it does
/// where hundreds of statements contradict each other; then the cycle is as Bellman-Ford met it.
/// Requires: sums_are_exact(network).
/// Laws (property-tested): feasible <=> an LP solver says so; earliest/latest equal
/// Floyd-Warshall's; verdict and windows do not depend on the order of constraints and follow a
/// renumbering of cues; conflicts as their members say; the same input gives the same output.
/// Cost: near-linear in practice (see README.md), O(cues * constraints) at worst.
/// Sources: R. E. Tarjan, "Shortest paths", AT&T technical report (1981) for subtree disassembly;
/// B. V. Cherkassky, A. V. Goldberg, "Negative-cycle detection algorithms", Mathematical
/// Programming 85 (1999).
[[nodiscard]] Solution solve(const Network& network, const SolveOptions& options = {});

/// Only the verdict. Cost: the first part of solve().
[[nodiscard]] bool feasible(const Network& network);

/// Least and most of t(b) - t(from), for every b, as windows about `from` instead of midnight:
/// kAlways and kNever where nothing bounds them. Requires a feasible network.
[[nodiscard]] Windows windows_from(const Network& network, CueId from);

enum class Side { earliest, latest };

/// Why a cue cannot be earlier than its earliest time, or later than its latest.
struct Chain {
  /// Tight constraints that join midnight and the cue, in order from midnight; as few as can be.
  /// Their bounds sum to -earliest or to latest. Empty for midnight and for an unbounded cue.
  std::vector<Constraint> constraints;
  std::vector<std::uint32_t> indices;  ///< (link) index into Network::constraints()
};
/// Requires: windows = *solve(network).windows. Cost: O(cues + constraints).
///
///     Side::earliest   midnight <--- -b1 --- o <--- -b2 --- cue    "at least b1, then at least b2"
///     Side::latest     midnight ---- b1 ---> o ---- b2 ---> cue    "at most b1, then at most b2"
[[nodiscard]] Chain critical_chain(const Network& network, const Windows& windows, CueId cue,
                                   Side side = Side::earliest);

/// Keeps a solved network and mends it after an edit instead of solving again.
/// Laws (property-tested): after any sequence of edits verdicts and windows equal a fresh solve's.
/// Source: S. Cotton, O. Maler, "Fast and flexible difference constraint propagation for DPLL(T)",
/// SAT 2006.
class Incremental {
 public:
  /// Requires a feasible network (checked).
  explicit Incremental(Network network);
  ~Incremental();
  Incremental(Incremental&&) noexcept;
  Incremental& operator=(Incremental&&) noexcept;

  /// A cue that nothing bounds yet.
  CueId add_cue();
  /// Adds a constraint, as the last of network().constraints(). True if still feasible; on false
  /// nothing has changed. Cost: O(touched cues * log) amortised.
  bool add(const Constraint& constraint);
  /// Tightens or loosens a constraint. True if still feasible; on false nothing has changed.
  bool change_bound(std::uint32_t constraint, Duration bound);

  [[nodiscard]] const Network& network() const noexcept;
  /// Windows after the last edit; computed when asked for (two Dijkstras), kept until the next.
  [[nodiscard]] const Windows& windows();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace defilada::programme
