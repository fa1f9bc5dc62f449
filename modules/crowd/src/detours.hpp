// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "defilada/crowd/field.hpp"

/// What jams make of the ways to a destination.
///
///     fine field, solved once            coarse grid, solved every few seconds
///     +-+-+-+-+-+-+                      +-----+-----+     the angle between the quickest way
///     |>|>|>|>|>|v|  wall after wall     |  /  |     |     through the crowd and the way without
///     +-+-+-+-+-+-+                      +-----+-----+     it turns the fine field's way
///
/// So one knows doors and corners to the cell, and goes round a jam for the price of few cells.
namespace defilada::crowd {

class Detours {
 public:
  /// The ground as it is open for routes; each destination's field on the fine grid, or nullptr.
  /// Errors (bad_input): FieldGrid's.
  static Result<Detours> make(const Ground& open, const GridOptions& options,
                              std::vector<Destination> destinations,
                              std::span<const Field* const> fine);

  /// Where jams are told: `speed_scale` of solve() is by node of this grid.
  [[nodiscard]] const FieldGrid& grid() const { return *grid_; }
  /// Looks for the quickest ways where people get on by `speed_scale` of their speed. Cost: a field
  /// of some 100 000 nodes for each destination.
  void solve(std::span<const float> speed_scale);

  /// The way of the destination's fine field, turned where a jam makes another quicker; a unit
  /// vector stays one.
  [[nodiscard]] Direction turned(std::size_t destination, LevelId level, Vec2 at,
                                 Direction way) const {
    const std::vector<PackedDirection>& turns = turns_[destination];
    if (turns.empty()) return way;
    const FieldGrid::Node node = grid_->node(level, at.x, at.y);
    if (node == FieldGrid::kNone) return way;
    const PackedDirection turn = turns[node];
    return turn.x == 0 && turn.y == 0 ? way : rotated(way, turn.unpacked());
  }

 private:
  /// Both are unit vectors but for their packing: one step of Newton's makes one of the product.
  static Direction rotated(Direction way, Direction turn) {
    const float x = way.x * turn.x - way.y * turn.y;
    const float y = way.x * turn.y + way.y * turn.x;
    const float scale = 1.5F - 0.5F * (x * x + y * y);
    return {x * scale, y * scale};
  }
  void look_for_turns(std::size_t destination, const Field& quickest);

  std::unique_ptr<FieldGrid> grid_;
  std::vector<Destination> destinations_;
  std::vector<std::unique_ptr<Field>> empty_;  ///< (destinations) without a crowd; nullptr: no way
  /// (destinations, nodes): where the coarse grid knows the ways as the fine one does, no door
  /// lost.
  std::vector<std::vector<bool>> known_;
  /// (destinations, nodes): cosine and sine; empty, or {0, 0}: straight on.
  std::vector<std::vector<PackedDirection>> turns_;
};

}  // namespace defilada::crowd
