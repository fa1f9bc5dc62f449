// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "defilada/crowd/kernel.hpp"

/// Where the kernel finds people and walls. All levels share one grid, one above the other, with an
/// empty row between: rows next to each other are the only ones that see each other.
namespace defilada::crowd {

/// Room behind the last entry of a column, in entries: the widest vector.
inline constexpr std::size_t kRoom = 64;
/// Walls are cut into pieces no longer than this, so that places relative to a group of walkers
/// stay below 128 m and are exact in a float.
inline constexpr double kPiece_m = 16;

struct Grid {
  struct Level {
    Fixed x0 = 0;
    Fixed y0 = 0;
    std::uint32_t first_row = 0;
    std::uint32_t rows = 0;
  };
  std::vector<Level> levels;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;        ///< the empty ones included
  std::uint32_t cell_width = 0;  ///< [2^-16 m]
  std::uint32_t row_height = 0;
  std::uint32_t reach_columns = 0;  ///< cells that the reach spans
  std::uint64_t column_factor = 0;  ///< 2^40 / cell_width
  std::uint64_t row_factor = 0;

  Grid(std::span<const LevelBounds> bounds, double reach_m, std::size_t most_people);
  [[nodiscard]] std::uint32_t cells() const { return columns * rows; }
  /// Monotone in x and y; who is outside belongs to the nearest cell.
  [[nodiscard]] std::uint32_t column(const Level& at, Fixed x) const {
    const auto dx = static_cast<std::uint64_t>(std::max<std::int64_t>(std::int64_t{x} - at.x0, 0));
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>((dx * column_factor) >> 40U, columns - 1));
  }
  [[nodiscard]] std::uint32_t row(const Level& at, Fixed y) const {
    const auto dy = static_cast<std::uint64_t>(std::max<std::int64_t>(std::int64_t{y} - at.y0, 0));
    return at.first_row + static_cast<std::uint32_t>(
                              std::min<std::uint64_t>((dy * row_factor) >> 40U, at.rows - 1));
  }
  [[nodiscard]] std::uint32_t cell(std::uint16_t level, Fixed x, Fixed y) const {
    const Level& at = levels[level];
    return row(at, y) * columns + column(at, x);
  }
  /// The cells that the reach comes to: columns [low, high] of the row and of those beside it.
  struct Around {
    std::uint32_t row;
    std::uint32_t low;
    std::uint32_t high;
  };
  [[nodiscard]] Around around(std::uint16_t level, Fixed x, Fixed y) const {
    const Level& at = levels[level];
    const std::uint32_t middle = column(at, x);
    return {row(at, y), middle - std::min(middle, reach_columns),
            std::min(middle + reach_columns, columns - 1)};
  }
};

struct WallPiece {
  Fixed ax, ay, bx, by;
  float inverse_square;  ///< 1 / length^2 [1/m2]
  std::uint32_t one_way;
};

/// Which pieces matter to whom: lists by cell.
struct WallTable {
  std::vector<WallPiece> pieces;
  std::vector<std::uint32_t> near_begin;  ///< (cells + 1)
  std::vector<std::uint32_t> near;        ///< pieces within kWallReach_m of the cell
  std::vector<std::uint32_t> sight_begin;
  std::vector<std::uint32_t> sight;  ///< pieces within reach of the cell with ground on both sides
  void build(const Grid& grid, std::span<const Wall> walls, double reach_m);
};
/// Bodies up to this radius less the buffer.
inline constexpr double kWallReach_m = 0.8;

/// The constants of a model as the vector code takes them.
struct Law {
  enum class Kind : std::uint8_t {
    anticipation,
    collision_free,
    reciprocal
  } kind = Kind::anticipation;
  float strength = 0, range = 0, time_gap = 0, anticipation = 0, follow = 0, band = 0;
  float keep_right = 0, space = 0, give_way = 0, step_aside = 0, side = 0, patience = 9,
        contact = 0, reach = 0, step = 0;
  float horizon = 0;
  std::uint32_t neighbours = 0;
};

/// Memory of one thread, kept from step to step.
struct Scratch {
  std::vector<float> x, y, ax, ay, ex, ey, r;  ///< of candidates, relative to the group
  std::vector<float> distance;                 ///< (candidates, lanes)
  std::vector<std::uint32_t> kept;             ///< candidates that some lane sees
  std::vector<std::uint32_t> touching;         ///< candidates that some lane nearly touches
  std::size_t touched = 0;
  std::size_t standing_begin = 0;  ///< candidates from here on stand
  std::size_t standing_end = 0;
  std::vector<std::uint32_t> sight;  ///< wall pieces that matter to the group
  std::vector<std::uint32_t> seen;   ///< (pieces) the group that asked last
  std::uint32_t group = 0;
};

/// Calls with each column.
template <class Visit>
void for_columns(Columns& c, const Visit& visit) {
  visit(c.x), visit(c.y), visit(c.ex), visit(c.ey), visit(c.vx), visit(c.vy),
      visit(c.free_speed_mps);
  visit(c.radius_m), visit(c.strain), visit(c.turn_rad), visit(c.person), visit(c.level),
      visit(c.errand);
}

/// What a step writes, until it is the present.
struct NextColumns {
  std::size_t size = 0;
  std::vector<Fixed> x, y;
  std::vector<float> ex, ey, vx, vy, strain;
  void resize(std::size_t count);
  /// With the columns of the same names.
  void exchange(Columns& columns);
};

/// What a step reads and where it writes.
struct StepView {
  const Grid* grid = nullptr;
  const WallTable* walls = nullptr;
  const Columns* walking = nullptr;
  const Columns* standing = nullptr;
  const Columns* shadows = nullptr;
  const std::uint32_t* shadow_cells = nullptr;  ///< ascending
  const std::uint32_t* walking_begin = nullptr;
  const std::uint32_t* standing_begin = nullptr;
  const std::uint32_t* cell = nullptr;  ///< of each walker
  const float* wish_x = nullptr;
  const float* wish_y = nullptr;
  const float* wish_speed = nullptr;
  float* chosen_x = nullptr;  ///< by reciprocal avoidance [m/s]
  float* chosen_y = nullptr;
  NextColumns* next = nullptr;
  Law law;
};

/// The shadows [first, second) of cells [from, to). They are few: found by halving.
inline std::pair<std::uint32_t, std::uint32_t> shadows_of(const StepView& view, std::uint32_t from,
                                                          std::uint32_t to) {
  const std::uint32_t* const end = view.shadow_cells + view.shadows->size;
  const std::uint32_t* const first = std::lower_bound(view.shadow_cells, end, from);
  const std::uint32_t* const last = std::lower_bound(first, end, to);
  return {static_cast<std::uint32_t>(first - view.shadow_cells),
          static_cast<std::uint32_t>(last - view.shadow_cells)};
}

/// Reciprocal avoidance: fills chosen_x and chosen_y of the walkers of these rows.
void choose_reciprocally(const StepView& view, std::uint32_t first_row, std::uint32_t last_row);

void step_rows(const StepView& view, std::uint32_t first_row, std::uint32_t last_row,
               Scratch& scratch);
void step_rows_scalar(const StepView& view, std::uint32_t first_row, std::uint32_t last_row,
                      Scratch& scratch);

}  // namespace defilada::crowd
