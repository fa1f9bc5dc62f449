// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "arcs.hpp"

namespace defilada::programme::detail {

/// Constraints of a simple cycle by index, in walking order.
using Cycle = std::vector<std::uint32_t>;

/// Queue Bellman-Ford with subtree disassembly over the constraints that are in force: lowers
/// potentials until each constraint in force has potential[to] <= potential[from] + bound, or finds
/// a negative cycle.
///
///     u ---arc---> v      lowering v makes every label below v in the tree out of date, so v's
///     |           / \     subtree is taken apart at once; if u is found in it, tree path v..u and
///    ...        x    y    the arc are a negative cycle.
///
/// The tree is a set of circular lists, one a root, each in depth-first order: a subtree is a run
/// of its list. Any potentials may be started from (each is then the label of a root).
/// Sources: R. E. Tarjan, "Shortest paths" (1981); B. V. Cherkassky, A. V. Goldberg, "Negative-
/// cycle detection algorithms" (1999), algorithm BFCT.
class Relaxation {
 public:
  /// All potentials 0, nothing to do, all constraints in force. Keeps a reference to `leaving`.
  Relaxation(const Arcs& leaving, std::span<const Constraint> constraints);

  /// Puts a constraint out of force or back; between runs only. One that comes back upset (that
  /// is, violated) needs wake_if_upset.
  void switch_off(std::uint32_t constraint) { off_[constraint] |= kDropped; }
  void switch_on(std::uint32_t constraint) {
    off_[constraint] &= static_cast<std::uint8_t>(~kDropped);
  }
  [[nodiscard]] bool is_dropped(std::uint32_t constraint) const {
    return (off_[constraint] & kDropped) != 0;
  }
  /// (constraint) 0 where in force.
  [[nodiscard]] std::span<const std::uint8_t> off() const noexcept { return off_; }

  void wake_all();
  /// Requires: the bound in `constraint` is the bound that the arc has.
  void wake_if_upset(std::uint32_t index, const Constraint& constraint);
  void wake_upset(std::span<const Constraint> constraints);

  /// Runs until nothing is upset (nullopt) or a negative cycle is found. After a cycle the work
  /// that is left is forgotten; the potentials are then just some potentials.
  [[nodiscard]] std::optional<Cycle> settle();

  /// Runs as far as it gets by parking one constraint of each negative cycle that it meets: out of
  /// force until unpark(). The one parked is the one that has been in most cycles so far, so that
  /// one wrong clock time does not park a constraint for each of its clashes. Gives up after
  /// kMostParked: a network with more contradictions than a person can mend at once is not worth
  /// settling. Returns the first cycle; nullopt if there is none, and then nothing is upset. Else
  /// few constraints are, but not only parked ones: cues below one were taken apart in the hope of
  /// a lower label through it.
  [[nodiscard]] std::optional<Cycle> settle_by_parking();
  void unpark();

  /// Ends a run: keeps its potentials, or restores those before it. Cost: O(cues touched).
  void commit() { finish(true); }
  void roll_back() { finish(false); }

  /// Whether the potentials violate a constraint, in force or parked, that is not dropped.
  [[nodiscard]] bool is_upset(std::uint32_t index, const Constraint& c) const {
    return !is_dropped(index) && potential(c.from.value) + c.bound.us < potential(c.to.value);
  }
  [[nodiscard]] std::int64_t potential(std::uint32_t cue) const { return nodes_[cue].potential; }
  [[nodiscard]] std::vector<std::int64_t> potentials() const;
  void set_potentials(std::span<const std::int64_t> potential);

 private:
  static constexpr std::uint8_t kDropped = 1;
  static constexpr std::uint8_t kParked = 2;
  static constexpr std::size_t kMostParked = 64;
  enum Flag : std::uint8_t { kQueued = 1, kActive = 2, kTouched = 4 };

  /// Half a cache line: a relaxation reads and writes one place.
  struct Node {
    std::int64_t potential = 0;
    std::uint32_t next = 0;  ///< in the list; itself when alone
    std::uint32_t previous = 0;
    std::uint32_t depth = 0;   ///< 0: a root
    std::uint32_t parent = 0;  ///< valid below a root
    std::uint32_t parent_constraint = 0;
    std::uint8_t flags = 0;
  };
  static_assert(sizeof(Node) == 32);

  struct Touched {
    std::int64_t potential_before;
    std::uint32_t cue;
  };

  void wake(std::uint32_t cue);
  [[nodiscard]] std::uint32_t pop();
  [[nodiscard]] bool fall_asleep(std::uint32_t cue);
  [[nodiscard]] std::optional<Cycle> scan(std::uint32_t cue, bool park);
  [[nodiscard]] bool take_apart(std::uint32_t top, std::uint32_t sought);
  void attach(std::uint32_t cue, std::uint32_t parent, const Arc& arc, std::int64_t potential);
  [[nodiscard]] Cycle cycle_closed_by(std::uint32_t from, const Arc& arc) const;
  void park_one_of(const Cycle& cycle);
  void touch(std::uint32_t cue);
  void finish(bool keep);

  const Arcs& leaving_;
  std::vector<Node> nodes_;           ///< (cue)
  std::vector<std::uint8_t> off_;     ///< (constraint)
  std::vector<std::uint32_t> queue_;  ///< ring; each cue at most once
  std::size_t queue_begin_ = 0;
  std::size_t queue_size_ = 0;
  std::vector<Touched> touched_;
  std::vector<std::uint32_t> parked_;
  std::vector<std::uint32_t> times_in_cycle_;  ///< (constraint) empty until a constraint is parked
};

}  // namespace defilada::programme::detail
