// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/field_grid.hpp"
#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

/// Where people go: the nearest in time of some lines and areas. A line that lies on a wall counts
/// as reached at the wall.
struct Destination {
  struct Target {
    LevelId level = 0;
    Shape shape;
    double delay_s = 0;  ///< what passing it still costs, as a queue does; >= 0
  };
  std::vector<Target> targets;
};

/// Unit vector, or {0, 0}: stay.
struct Direction {
  float x = 0;
  float y = 0;
};

/// The same in four bytes: multiples of 1/32767. What is stored for each node.
struct PackedDirection {
  std::int16_t x = 0;
  std::int16_t y = 0;
  [[nodiscard]] constexpr Direction unpacked() const noexcept {
    return {static_cast<float>(x) * (1.0F / 32767), static_cast<float>(y) * (1.0F / 32767)};
  }
};

/// Travel time to one destination from everywhere, for who walks 1 m/s on the level: divide by the
/// speed of others. The ways are the quickest ones round walls, slower on stairs, across landings.
///
/// Laws: a step of half a cell along direction() meets no wall; who goes on like this arrives, on a
/// way at most a tenth longer than time() says (and 2 m); on it the time falls, but for up to three
/// cells beside the corners of walls. +inf and {0, 0} where no way leads to the destination.
class Field {
 public:
  [[nodiscard]] const FieldGrid& grid() const noexcept { return *grid_; }

  /// At any point of the level; a point off the ground gets what the nearest node says. Cost: 20 to
  /// 40 ns away from walls (four nodes), ten times that beside them (nine nodes, of which those
  /// count that no wall hides).
  [[nodiscard]] float time(LevelId level, float x, float y) const noexcept;
  [[nodiscard]] Direction direction(LevelId level, float x, float y) const noexcept;

  /// By node: for kernels that take the cell's value as it is. {0, 0} also where people arrive.
  /// Law: a cell's length from the node's centre that way meets no wall (but one beyond the
  /// destination).
  [[nodiscard]] std::span<const float> times() const noexcept { return times_; }
  [[nodiscard]] std::span<const PackedDirection> directions() const noexcept { return directions_; }

  /// Cells of the ground from which no way leads to the destination.
  [[nodiscard]] std::size_t unreached() const noexcept { return unreached_; }

 private:
  friend class Marcher;
  Field() = default;
  struct Best {
    FieldGrid::Node node = FieldGrid::kNone;
    float time = 0;
  };
  [[nodiscard]] Best best_beside(LevelId level, Vec2 point, bool to_step) const noexcept;
  [[nodiscard]] bool may_step(LevelId level, Vec2 point, Direction way) const noexcept;

  const FieldGrid* grid_ = nullptr;
  std::vector<float> times_;
  std::vector<PackedDirection> directions_;
  std::size_t unreached_ = 0;
};

/// Solves the eikonal equation |grad T| = slowness with T = delay on the targets by fast marching,
/// of second order where the values allow it; straight within twelve cells of a target.
/// `speed_scale`, if not empty, has a factor for each node by which people are slower there (a
/// jam); in (0, 1]. `grid` must outlive the field. Errors (bad_input): no target that lies on the
/// ground. Error of the times: below 1 % beyond ten cells in the open, about half a cell more
/// behind each corner (field_test.cpp). Cost: O(n log n) of the nodes reached (docs/benchmarks.md).
/// Sources: J. Sethian, "Fast marching methods", SIAM Review 41 (1999),
/// https://doi.org/10.1137/S0036144598347059.
[[nodiscard]] Result<Field> travel_times(const FieldGrid& grid, const Destination& destination,
                                         std::span<const float> speed_scale = {});
Result<Field> travel_times(FieldGrid&& grid, const Destination& destination,
                           std::span<const float> speed_scale = {}) = delete;

/// All of them, on as many threads as the machine has; the same bits for any number. In the order
/// of `destinations`.
[[nodiscard]] std::vector<Result<Field>> travel_times(const FieldGrid& grid,
                                                      std::span<const Destination> destinations,
                                                      std::span<const float> speed_scale = {});

}  // namespace defilada::crowd
