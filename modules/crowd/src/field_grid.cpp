// SPDX-License-Identifier: MIT
#include "defilada/crowd/field_grid.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "raster.hpp"

namespace defilada::crowd {

using geo::cross;
using geo::dot;
using Node = FieldGrid::Node;

namespace {

constexpr Vec2 kWays[FieldGrid::kDirections] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
constexpr std::size_t kMostStairs = 255;

/// Whether the way from a to b meets the line, its ends included.
bool meets(Vec2 a, Vec2 b, const Segment& line, bool one_way) noexcept {
  const Vec2 along = line.to - line.from;
  const double from_side = cross(along, a - line.from);
  const double to_side = cross(along, b - line.from);
  if (one_way && from_side >= 0) return false;
  if ((from_side > 0 && to_side > 0) || (from_side < 0 && to_side < 0)) return false;
  const Vec2 way = b - a;
  const double first = cross(way, line.from - a);
  const double second = cross(way, line.to - a);
  if ((first > 0 && second > 0) || (first < 0 && second < 0)) return false;
  if (from_side != 0 || to_side != 0) return true;
  // All on one line.
  const double reach = dot(along, along);
  const double s = dot(a - line.from, along);
  const double t = dot(b - line.from, along);
  return std::max(s, t) >= 0 && std::min(s, t) <= reach;
}

double distance(Vec2 point, const Segment& line) noexcept {
  return length(point - nearest_on(line, point));
}

}  // namespace

/// Fills a grid in the order of its members.
class GridBuilder {
 public:
  GridBuilder(const Ground& ground, const GridOptions& options)
      : ground_(ground), options_(options) {}

  Result<FieldGrid> build() {
    if (auto status = areas(); !status) return tl::unexpected(status.error());
    if (auto status = raster(); !status) return tl::unexpected(status.error());
    fill();
    list_walls();
    if (options_.margin_m > 0) slow_at_walls();
    link();
    for (const Stair& stair : ground_.stairs) {
      if (stair.join) join(stair);
    }
    std::sort(grid_.joins_.begin(), grid_.joins_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.node, a.direction) < std::tie(b.node, b.direction);
    });
    return std::move(grid_);
  }

 private:
  Status areas() {
    if (ground_.stairs.size() > kMostStairs) {
      return fail(Errc::bad_input, phrase("more than {} stairs", kMostStairs));
    }
    for (LevelId level = 0; level < ground_.levels.size(); ++level) {
      auto found = area(ground_, level);
      if (!found) return tl::unexpected(found.error());
      areas_.push_back(std::move(*found));
    }
    return {};
  }

  Status raster() {
    Vec2 low{INFINITY, INFINITY};
    Vec2 high{-INFINITY, -INFINITY};
    for (const auto& polygons : areas_) {
      for (const geo::Polygon& polygon : polygons) {
        for (const Vec2 p : polygon.outer) {
          low = {std::min(low.x, p.x), std::min(low.y, p.y)};
          high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
      }
    }
    if (!(low.x < high.x)) return fail(Errc::bad_input, phrase("there is no ground to walk on"));
    const bool chosen = options_.cell_m > 0;
    double cell = chosen ? options_.cell_m : FieldGrid::kCellM;
    while (!place(low, high, cell)) {
      if (chosen) {
        return fail(Errc::bad_input,
                    phrase("cells of {:.6g} m are too many for this ground: more than {}", cell,
                           options_.nodes_max));
      }
      cell *= 2;
    }
    const std::size_t size = std::size_t{grid_.columns_} * grid_.rows_ * grid_.levels_;
    grid_.links_.assign(size, 0);
    grid_.stair_.assign(size, 0);
    grid_.slowness_.assign(size, 0);
    grid_.near_.assign(size, 0);
    return {};
  }

  bool place(Vec2 low, Vec2 high, double cell) {
    const double west = std::floor(low.x / cell) - 1;
    const double south = std::floor(low.y / cell) - 1;
    const double columns = std::floor(high.x / cell) + 2 - west;
    const double rows = std::floor(high.y / cell) + 2 - south;
    const double levels = static_cast<double>(areas_.size());
    if (!(columns * rows * levels <= static_cast<double>(options_.nodes_max))) return false;
    grid_.cell_m_ = cell;
    grid_.inverse_ = 1 / cell;
    grid_.origin_ = {west * cell, south * cell};
    grid_.columns_ = static_cast<std::uint32_t>(columns);
    grid_.rows_ = static_cast<std::uint32_t>(rows);
    grid_.levels_ = static_cast<LevelId>(areas_.size());
    grid_.step_[0] = 1;
    grid_.step_[1] = grid_.columns_;
    grid_.step_[2] = 0U - 1U;
    grid_.step_[3] = 0U - grid_.columns_;
    return true;
  }

  [[nodiscard]] Raster raster_of(LevelId level) const {
    return {grid_.origin_, grid_.cell_m_, grid_.columns_, grid_.rows_,
            level * grid_.rows_ * grid_.columns_};
  }

  void fill() {
    for (LevelId level = 0; level < grid_.levels_; ++level) {
      fill_polygons(raster_of(level), areas_[level], [&](Node n) { grid_.slowness_[n] = 1; });
    }
    for (std::size_t i = 0; i < ground_.stairs.size(); ++i) {
      const Stair& stair = ground_.stairs[i];
      const double up = stair.up_factor.value_or(stair.speed_factor);
      const auto slow = static_cast<float>(0.5 * (1 / stair.speed_factor + 1 / up));
      fill_polygons(raster_of(stair.level), {stair.polygon}, [&](Node n) {
        if (grid_.slowness_[n] <= 0) return;
        grid_.slowness_[n] = slow;
        grid_.stair_[n] = static_cast<std::uint8_t>(i + 1);
      });
    }
  }

  /// A counting sort of (cell, wall) by cell.
  void list_walls() {
    std::vector<std::pair<Node, std::uint32_t>> pairs;
    for (LevelId level = 0; level < grid_.levels_; ++level) {
      const auto add = [&](const Segment& line, bool one_way) {
        const auto wall = static_cast<std::uint32_t>(grid_.walls_.size());
        grid_.walls_.push_back({line, one_way});
        cells_near(raster_of(level), line, 1, [&](Node n) { pairs.emplace_back(n, wall); });
      };
      for (const Segment& line : walls(ground_, level, options_.time_s, areas_[level])) {
        add(line, false);
      }
      for (const Segment& line : one_ways(ground_, level, options_.time_s)) add(line, true);
    }
    std::sort(pairs.begin(), pairs.end());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i == 0 || pairs[i].first != pairs[i - 1].first) {
        grid_.begins_.push_back(static_cast<std::uint32_t>(i));
        grid_.near_[pairs[i].first] = static_cast<std::uint32_t>(grid_.begins_.size());
      }
      grid_.lists_.push_back(pairs[i].second);
    }
    grid_.begins_.push_back(static_cast<std::uint32_t>(pairs.size()));
  }

  void slow_at_walls() {
    const double margin = options_.margin_m;
    const int reach = 1 + static_cast<int>(std::ceil(margin / grid_.cell_m_));
    std::vector<float> clear(grid_.size(), static_cast<float>(margin));
    for (LevelId level = 0; level < grid_.levels_; ++level) {
      for (const Segment& line : walls(ground_, level, options_.time_s, areas_[level])) {
        cells_near(raster_of(level), line, reach, [&](Node n) {
          clear[n] = std::min(clear[n], static_cast<float>(distance(grid_.centre(n), line)));
        });
      }
    }
    for (Node n = 0; n < grid_.size(); ++n) {
      const double part = 1 - clear[n] / margin;
      grid_.slowness_[n] *= static_cast<float>(1 + (options_.margin_slowness - 1) * part);
    }
  }

  void link() {
    for (Node n = 0; n < grid_.size(); ++n) {
      if (!grid_.is_ground(n)) continue;
      for (int d = 0; d < FieldGrid::kDirections; ++d) {
        if (!grid_.is_ground(n + grid_.step_[d])) continue;
        if (grid_.near_wall(n) && blocked(n, d)) continue;
        grid_.links_[n] |= static_cast<std::uint8_t>(1U << d);
      }
    }
  }

  [[nodiscard]] Vec2 beside(Vec2 centre, int direction) const {
    return centre + grid_.cell_m_ * kWays[direction];
  }

  [[nodiscard]] bool blocked(Node n, int direction) const {
    const Vec2 from = grid_.centre(n);
    const Vec2 to = beside(from, direction);
    const auto near = grid_.walls_near(n);
    return std::any_of(near.begin(), near.end(), [&](std::uint32_t wall) {
      return meets(from, to, grid_.walls_[wall].line, grid_.walls_[wall].one_way);
    });
  }

  /// Links that cross the landing lead from the stair's level to the other and back; those on one
  /// level across it are closed.
  void join(const Stair& stair) {
    const Segment& landing = stair.join->landing;
    grid_.landings_.push_back({stair.level, landing});
    grid_.landings_.push_back({stair.join->level, landing});
    const Vec2 along = landing.to - landing.from;
    const double stair_side = cross(along, geo::centroid(stair.polygon) - landing.from);
    const Node up = (Node{stair.join->level} - Node{stair.level}) * grid_.rows_ * grid_.columns_;
    cells_near(raster_of(stair.level), landing, 1, [&](Node below) {
      if (!grid_.is_ground(below)) return;
      const Vec2 from = grid_.centre(below);
      if (cross(along, from - landing.from) * stair_side <= 0) return;
      for (int d = 0; d < FieldGrid::kDirections; ++d) {
        if (!meets(from, beside(from, d), landing, false)) continue;
        const Node above = below + up + grid_.step_[d];
        const int back = (d + 2) % 4;
        close(below, d);
        close(below + grid_.step_[d], back);
        close(above, back);
        close(below + up, d);
        if (!grid_.is_ground(above)) continue;
        open(below, d, above);
        open(above, back, below);
      }
    });
  }

  void close(Node n, int direction) {
    grid_.links_[n] &= static_cast<std::uint8_t>(~(1U << direction));
  }
  void open(Node n, int direction, Node to) {
    grid_.links_[n] |= static_cast<std::uint8_t>(0x11U << direction);
    grid_.joins_.push_back({n, static_cast<std::uint8_t>(direction), to});
  }

  const Ground& ground_;
  const GridOptions& options_;
  std::vector<std::vector<geo::Polygon>> areas_;
  FieldGrid grid_;
};

Result<FieldGrid> FieldGrid::make(const Ground& ground, const GridOptions& options) {
  return GridBuilder(ground, options).build();
}

std::size_t FieldGrid::ground_cells() const noexcept {
  return static_cast<std::size_t>(
      std::count_if(slowness_.begin(), slowness_.end(), [](float s) { return s > 0; }));
}

Node FieldGrid::joined(Node node, int direction) const noexcept {
  const auto found = std::lower_bound(joins_.begin(), joins_.end(), std::pair(node, direction),
                                      [](const Joined& a, const std::pair<Node, int>& b) {
                                        return std::pair(a.node, int{a.direction}) < b;
                                      });
  return found->to;
}

Node FieldGrid::comer_across(Node node, int direction) const noexcept {
  const Node from = joined(node, direction);
  const unsigned back = 0x11U << ((direction + 2) % 4);
  return (links_[from] & back) == back ? from : kNone;
}

bool FieldGrid::meets_wall(LevelId level, Vec2 a, Vec2 b) const noexcept {
  // A stretch no longer than a cell stays within the cells beside that of its beginning.
  const int parts = std::max(1, static_cast<int>(std::ceil(length(b - a) * inverse_)));
  for (int i = 0; i < parts; ++i) {
    const Vec2 from = a + (static_cast<double>(i) / parts) * (b - a);
    const Node n = node(level, from.x, from.y);
    if (n == kNone) continue;
    for (const std::uint32_t wall : walls_near(n)) {
      if (meets(a, b, walls_[wall].line, walls_[wall].one_way)) return true;
    }
  }
  return false;
}

bool FieldGrid::meets_landing(LevelId level, Vec2 a, Vec2 b) const noexcept {
  return std::any_of(landings_.begin(), landings_.end(), [&](const Landing& landing) {
    return landing.level == level && meets(a, b, landing.line, false);
  });
}

double FieldGrid::clearance(LevelId level, Vec2 point) const noexcept {
  double least = INFINITY;
  const Node n = node(level, point.x, point.y);
  if (n == kNone) return least;
  for (const std::uint32_t wall : walls_near(n)) {
    if (!walls_[wall].one_way) least = std::min(least, distance(point, walls_[wall].line));
  }
  return least;
}

}  // namespace defilada::crowd
