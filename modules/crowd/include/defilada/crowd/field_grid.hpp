// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

struct GridOptions {
  double cell_m = 0;  ///< 0: kCellM, or coarser so that there are no more than `nodes_max`
  std::size_t nodes_max = 4'000'000;
  double time_s = 0;  ///< what is open and shut is taken at this time
  /// Who is nearer to a wall than this is taken to be slower, so that the quickest ways keep away
  /// from corners: `margin_slowness` times at the wall, linear between. 0: true travel times.
  double margin_m = 0;
  double margin_slowness = 2;
};

/// The ground at one time as square cells, the same for all fields on it.
///
///      +---+---+---+     Nodes are the centres of cells that lie on the ground. A link joins two
///      | o-|-o | x |     that lie side by side, unless the way between them meets a wall: so walls
///      +-|-+-|-+===+     thinner than a cell hold. One-way lines close a link in one direction.
///      | o-|-o-|-o |     At a landing a link leads to the other level.
///      +---+---+---+
///
/// All levels share one raster: node = (level * rows + row) * columns + column; row 0 is the
/// southernmost, and the outermost rows and columns are empty. A passage narrower than a cell may
/// be lost: keep cells at most half as wide as the narrowest door.
class FieldGrid {
 public:
  using Node = std::uint32_t;
  static constexpr Node kNone = UINT32_MAX;
  static constexpr double kCellM = 0.25;
  /// East, north, west, south.
  static constexpr int kDirections = 4;

  /// Errors (bad_input): a faulty polygon (area), no ground at all, more than `nodes_max` nodes for
  /// a cell that was asked for. Cost: the cells of the bounding box of all levels, and the length
  /// of the walls; 11 bytes a cell.
  static Result<FieldGrid> make(const Ground& ground, const GridOptions& options = {});

  [[nodiscard]] std::size_t size() const noexcept { return links_.size(); }
  [[nodiscard]] double cell_m() const noexcept { return cell_m_; }
  /// South-west corner of the raster; whole multiples of the cell.
  [[nodiscard]] Vec2 origin() const noexcept { return origin_; }
  [[nodiscard]] std::uint32_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::uint32_t rows() const noexcept { return rows_; }
  [[nodiscard]] LevelId levels() const noexcept { return levels_; }

  /// The cell that holds the point; kNone outside the raster, for unknown levels and NaN.
  [[nodiscard]] Node node(LevelId level, double x, double y) const noexcept {
    const double column = (x - origin_.x) * inverse_;
    const double row = (y - origin_.y) * inverse_;
    if (!(column >= 0 && row >= 0 && column < columns_ && row < rows_) || level >= levels_) {
      return kNone;
    }
    return (level * rows_ + static_cast<Node>(row)) * columns_ + static_cast<Node>(column);
  }
  [[nodiscard]] Vec2 centre(Node node) const noexcept {
    return {origin_.x + (node % columns_ + 0.5) * cell_m_,
            origin_.y + (node / columns_ % rows_ + 0.5) * cell_m_};
  }
  [[nodiscard]] LevelId level(Node node) const noexcept {
    return static_cast<LevelId>(node / columns_ / rows_);
  }

  /// Whether the cell's centre lies on the ground.
  [[nodiscard]] bool is_ground(Node node) const noexcept { return slowness_[node] > 0; }
  /// How many cells are ground.
  [[nodiscard]] std::size_t ground_cells() const noexcept;
  /// Index in Ground::stairs of the stair under the cell's centre, or -1.
  [[nodiscard]] int stair(Node node) const noexcept { return int{stair_[node]} - 1; }
  /// Seconds per metre of who walks 1 m/s on the level; 0 off the ground. Of a stair whose
  /// directions differ the mean of both.
  [[nodiscard]] float slowness(Node node) const noexcept { return slowness_[node]; }

  /// Whether one may walk from the node to its neighbour in that direction.
  [[nodiscard]] bool linked(Node node, int direction) const noexcept {
    return (links_[node] >> direction & 1) != 0;
  }
  /// The neighbour; across a landing it is on another level. Requires linked().
  [[nodiscard]] Node neighbour(Node node, int direction) const noexcept {
    return (links_[node] >> (direction + 4) & 1) != 0 ? joined(node, direction)
                                                      : node + step_[direction];
  }
  /// Every node that has a link to this one in direction (direction + 2) % 4; kNone if it has none.
  [[nodiscard]] Node comer(Node node, int direction) const noexcept {
    // Landings are passed both ways: the link back says on which level the neighbour is.
    const unsigned back = 1U << ((direction + 2) % 4);
    if ((links_[node] >> (direction + 4) & 1) != 0) return comer_across(node, direction);
    const Node from = node + step_[direction];
    return (links_[from] & (back | back << 4U)) == back ? from : kNone;
  }

  /// Whether a wall runs through the cell or one beside it (of eight).
  [[nodiscard]] bool near_wall(Node node) const noexcept { return near_[node] != 0; }
  /// Whether someone who walks straight from a to b meets a wall, touching included, or a one-way
  /// line from its wrong side. Cost: the length in cells; a few walls near them.
  [[nodiscard]] bool meets_wall(LevelId level, Vec2 a, Vec2 b) const noexcept;
  /// Whether someone who walks straight from a to b changes levels on the way. Cost: the landings.
  [[nodiscard]] bool meets_landing(LevelId level, Vec2 a, Vec2 b) const noexcept;
  /// Distance from the nearest wall; +inf where none is within a cell of the point's.
  [[nodiscard]] double clearance(LevelId level, Vec2 point) const noexcept;

 private:
  struct Wall {
    Segment line;
    bool one_way;
  };
  /// Where a link leads that crosses a landing.
  struct Joined {
    Node node;
    std::uint8_t direction;
    Node to;
  };
  friend class GridBuilder;

  FieldGrid() = default;
  [[nodiscard]] Node joined(Node node, int direction) const noexcept;
  [[nodiscard]] Node comer_across(Node node, int direction) const noexcept;
  [[nodiscard]] std::span<const std::uint32_t> walls_near(Node node) const noexcept {
    const std::uint32_t k = near_[node];
    if (k == 0) return {};
    return std::span(lists_).subspan(begins_[k - 1], begins_[k] - begins_[k - 1]);
  }

  double cell_m_ = 0;
  double inverse_ = 0;
  Vec2 origin_;
  std::uint32_t columns_ = 0;
  std::uint32_t rows_ = 0;
  LevelId levels_ = 0;
  std::uint32_t step_[kDirections] = {};  ///< modulo 2^32
  std::vector<std::uint8_t> links_;       ///< low half: linked; high half: across a landing
  std::vector<std::uint8_t> stair_;       ///< 0: none
  std::vector<float> slowness_;
  std::vector<std::uint32_t> near_;    ///< 0: none; else 1 + index in begins_
  std::vector<std::uint32_t> begins_;  ///< in lists_
  std::vector<std::uint32_t> lists_;   ///< walls that run through the cell and those beside it
  std::vector<Wall> walls_;
  std::vector<Joined> joins_;  ///< by node, then direction
  struct Landing {
    LevelId level;
    Segment line;
  };
  std::vector<Landing> landings_;  ///< of both levels
};

}  // namespace defilada::crowd
