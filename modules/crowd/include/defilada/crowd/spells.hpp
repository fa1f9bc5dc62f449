// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

/// A place where something was too much for too long.
struct Spell {
  Vec2 place;  ///< the middle of the cell where it was most
  double from_s = 0;
  double to_s = 0;
  double density = 0;       ///< the greatest in it, people per m2
  std::uint32_t cells = 0;  ///< that touch and are taken together
  LevelId level = 0;
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(place.x, place.y, from_s, to_s, density, cells, level);
  }
};

/// A raster of square cells, all levels one after another, row 0 of each the southernmost:
/// cell = (level * rows + row) * columns + column.
struct CellRaster {
  Vec2 origin;
  double cell_m = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint32_t levels = 1;
  [[nodiscard]] std::size_t size() const { return std::size_t{columns} * rows * levels; }
  static constexpr std::size_t kNone = SIZE_MAX;
  /// The cell that holds the point; kNone: none does.
  [[nodiscard]] std::size_t cell(LevelId level, double x, double y) const {
    const double column = (x - origin.x) / cell_m;
    const double row = (y - origin.y) / cell_m;
    if (!(column >= 0 && row >= 0 && column < columns && row < rows) || level >= levels) {
      return kNone;
    }
    return (std::size_t{level} * rows + static_cast<std::size_t>(row)) * columns +
           static_cast<std::size_t>(column);
  }
  [[nodiscard]] Vec2 middle(std::size_t cell) const {
    return origin + cell_m * Vec2{static_cast<double>(cell % columns) + 0.5,
                                  static_cast<double>(cell / columns % rows) + 0.5};
  }
};

/// Which cells were over a limit for a while: from when to when, and by how much at most. A cell
/// that falls to the limit or below begins anew.
class Spells {
 public:
  Spells() = default;
  Spells(std::size_t cells, double limit, double lasts_s);

  /// What the cell has now. Times of a cell ascend.
  void see(std::size_t cell, double now_s, float density);
  /// Cells that touch, also at a corner, as one spell; in the order in which they begin. Requires a
  /// raster of as many cells. Law: no cell is in two of them.
  [[nodiscard]] std::vector<Spell> joined(const CellRaster& raster) const;

  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(since_s_, from_s_, to_s_, most_);
  }
  /// Whether what was read is of so many cells.
  [[nodiscard]] bool sound(std::size_t cells) const;

 private:
  float limit_ = 0;
  float lasts_s_ = 0;
  std::vector<float> since_s_;  ///< (cells) over the limit; < 0: is not
  std::vector<float> from_s_, to_s_, most_;
};

}  // namespace defilada::crowd
