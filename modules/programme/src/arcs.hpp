// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/programme/network.hpp"

namespace defilada::programme::detail {

/// The constraints seen from one of their ends.
struct Arc {
  std::int64_t bound_us;
  std::uint32_t to;          ///< the other end
  std::uint32_t constraint;  ///< index into Network::constraints()
};
static_assert(sizeof(Arc) == 16);

enum class Direction { leaving, entering };

/// Adjacency in one array, each cue's arcs side by side in the order of the constraints. A cue that
/// outgrows its place moves to the end of the array with twice the room, so appending is amortised.
///
///     arcs_    | cue 0 ...... | cue 1 . | (left) | cue 3 .. | cue 2 .... spare |
///     places_  {begin, end, limit} of each cue
class Arcs {
 public:
  Arcs(std::uint32_t cue_count, std::span<const Constraint> constraints, Direction direction);

  [[nodiscard]] std::span<const Arc> of(std::uint32_t cue) const noexcept {
    const Place& place = places_[cue];
    return {arcs_.data() + place.begin, arcs_.data() + place.end};
  }
  [[nodiscard]] std::uint32_t cue_count() const noexcept {
    return static_cast<std::uint32_t>(places_.size());
  }

  void add_cue() { places_.push_back({}); }
  void append(std::uint32_t index, const Constraint& constraint);
  /// Takes the new bound from `constraint`, which is otherwise the one that it was. Cost: O(1),
  /// but for the first call, which indexes all arcs.
  void set_bound(std::uint32_t index, const Constraint& constraint);

 private:
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t limit = 0;
  };
  [[nodiscard]] std::uint32_t owner(const Constraint& c) const noexcept {
    return direction_ == Direction::leaving ? c.from.value : c.to.value;
  }
  [[nodiscard]] Arc arc(std::uint32_t index, const Constraint& c) const noexcept {
    return {c.bound.us, direction_ == Direction::leaving ? c.to.value : c.from.value, index};
  }
  void move_to_end(Place& place);
  void index_places();

  Direction direction_;
  std::vector<Place> places_;  ///< (cue)
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> position_;  ///< (constraint) in arcs_; empty until asked for
};

}  // namespace defilada::programme::detail
