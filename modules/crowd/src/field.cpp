// SPDX-License-Identifier: MIT
#include "defilada/crowd/field.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "defilada/core/check.hpp"
#include "defilada/core/fork.hpp"
#include "defilada/geo/polygon.hpp"
#include "raster.hpp"

namespace defilada::crowd {

using Node = FieldGrid::Node;

namespace {

constexpr float kNever = std::numeric_limits<float>::infinity();
constexpr Vec2 kWays[FieldGrid::kDirections] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
/// Times of nodes up to this many cells from a target are taken straight: near a point the front is
/// too round for differences, which from a radius of r cells on are short by 1 / (3 r) cells.
constexpr int kExactCells = 12;
/// A front that comes to a straight way on level ground earlier than it, by less than this many
/// cells, is short by that error.
constexpr double kFrontErrorCells = 0.25;

PackedDirection packed(Vec2 direction) {
  const double m = length(direction);
  if (!(m > 0)) return {};
  return {static_cast<std::int16_t>(std::lround(32767 * direction.x / m)),
          static_cast<std::int16_t>(std::lround(32767 * direction.y / m))};
}

/// Nodes by time, equal ones by number: a heap of four children a node, of 64-bit keys. Times are
/// not negative, so their bits are in the order of their values.
class Front {
 public:
  void push(float time, Node node) {
    const std::uint64_t key = std::uint64_t{std::bit_cast<std::uint32_t>(time)} << 32U | node;
    std::size_t i = keys_.size();
    keys_.push_back(key);
    while (i > 0 && keys_[(i - 1) / 4] > key) {
      keys_[i] = keys_[(i - 1) / 4];
      i = (i - 1) / 4;
    }
    keys_[i] = key;
  }
  [[nodiscard]] bool empty() const { return keys_.empty(); }
  std::pair<float, Node> pop() {
    const std::uint64_t top = keys_.front();
    const std::uint64_t last = keys_.back();
    keys_.pop_back();
    if (!keys_.empty()) sink(last);
    return {std::bit_cast<float>(static_cast<std::uint32_t>(top >> 32U)), static_cast<Node>(top)};
  }

 private:
  void sink(std::uint64_t key) {
    const std::size_t n = keys_.size();
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= n) break;
      std::size_t least = first;
      for (std::size_t c = first + 1; c < std::min(first + 4, n); ++c) {
        if (keys_[c] < keys_[least]) least = c;
      }
      if (keys_[least] >= key) break;
      keys_[i] = keys_[least];
      i = least;
    }
    keys_[i] = key;
  }
  std::vector<std::uint64_t> keys_;
};

/// What one axis gives to a node: c (T - a) is the slope that way, in cells; c is 1 or, of second
/// order, 1.5.
struct Upwind {
  double a = std::numeric_limits<double>::infinity();
  double c = 1;
  float first = kNever;  ///< time of the neighbour itself
  int direction = -1;
  [[nodiscard]] bool there() const { return direction >= 0; }
};

/// The T with sum of (c (T - a))^2 = slow^2 over both axes that is not before either. Where there
/// is none, or one axis only, the way leads along an axis: then the first order is exact.
double solve(const Upwind& x, const Upwind& y, double slow) {
  const double alone = std::min(x.first, y.first) + slow;
  if (!x.there() || !y.there()) return alone;
  const double xx = x.c * x.c;
  const double yy = y.c * y.c;
  const double inverse = 1 / (xx + yy);
  const double mean = (xx * x.a + yy * y.a) * inverse;
  const double gap = x.a - y.a;
  const double root = (slow * slow - xx * yy * gap * gap * inverse) * inverse;
  if (root < 0) return alone;
  const double t = mean + std::sqrt(root);
  return t >= std::max(x.first, y.first) ? t : alone;
}

}  // namespace

class Marcher {
 public:
  Marcher(const FieldGrid& grid, std::span<const float> speed_scale)
      : grid_(grid), scale_(speed_scale), offered_(grid.size(), kNever), straight_(grid.size(), 0) {
    field_.grid_ = &grid;
    field_.times_.assign(grid.size(), kNever);
    field_.directions_.assign(grid.size(), {});
  }

  void begin(const Destination::Target& target) {
    if (target.level >= grid_.levels()) return;
    const Raster raster = {grid_.origin(), grid_.cell_m(), grid_.columns(), grid_.rows(),
                           target.level * grid_.rows() * grid_.columns()};
    std::vector<Segment> lines;
    if (const auto* line = std::get_if<Line>(&target.shape)) {
      for (std::size_t i = 0; i + 1 < line->size(); ++i)
        lines.push_back({(*line)[i], (*line)[i + 1]});
    } else {
      const auto& polygon = std::get<geo::Polygon>(target.shape);
      fill_polygons(raster, {polygon}, [&](Node n) { seed(n, target.delay_s, {}, true); });
      for (std::size_t i = 0; i < polygon.outer.size(); ++i) {
        lines.push_back({polygon.outer[i], polygon.outer[(i + 1) % polygon.outer.size()]});
      }
    }
    for (const Segment& line : lines) {
      cells_near(raster, line, kExactCells, [&](Node n) { seed_near(n, line, target); });
    }
  }
  [[nodiscard]] bool begun() const { return !front_.empty(); }

  void march() {
    float* const times = field_.times_.data();
    while (!front_.empty()) {
      const auto [time, n] = front_.pop();
      if (times[n] < kNever) continue;
      times[n] = time;
      for (int d = 0; d < FieldGrid::kDirections; ++d) {
        const Node comer = grid_.comer(n, d);
        if (comer != FieldGrid::kNone && times[comer] == kNever) offer(comer, arrival(comer));
      }
    }
  }

  Field finish() {
    for (Node n = 0; n < grid_.size(); ++n) {
      if (!grid_.is_ground(n)) continue;
      if (field_.times_[n] == kNever) {
        ++field_.unreached_;
      } else {
        field_.directions_[n] = packed(downhill(n));
      }
    }
    for (const Seed& seed : seeds_) {
      if (field_.times_[seed.node] == seed.time) field_.directions_[seed.node] = packed(seed.way);
    }
    return std::move(field_);
  }

 private:
  struct Seed {
    Node node;
    float time;
    Vec2 way;
  };

  [[nodiscard]] double slow(Node n) const {
    const double slowness = grid_.slowness(n);
    return scale_.empty() ? slowness : slowness / scale_[n];
  }

  void offer(Node n, double time) {
    const auto t = static_cast<float>(time);
    const double error = straight_[n] != 0 ? kFrontErrorCells * grid_.cell_m() : 0;
    if (!(t < offered_[n] - error)) return;
    offered_[n] = t;
    front_.push(t, n);
  }

  void seed(Node n, double time, Vec2 way, bool level_ground) {
    if (!grid_.is_ground(n) || !(static_cast<float>(time) < offered_[n])) return;
    const auto t = static_cast<float>(time);
    seeds_.push_back({n, t, way});
    straight_[n] = level_ground ? 1 : 0;
    offered_[n] = t;
    front_.push(t, n);
  }

  void seed_near(Node n, const Segment& line, const Destination::Target& target) {
    if (!grid_.is_ground(n)) return;
    const Vec2 centre = grid_.centre(n);
    const Vec2 way = nearest_on(line, centre) - centre;
    const double away = length(way);
    // Short of the line: it may lie on a wall.
    const Vec2 before = centre + (1 - 1e-6) * way;
    if (away > kExactCells * grid_.cell_m() || grid_.meets_wall(target.level, centre, before) ||
        grid_.meets_landing(target.level, centre, before)) {
      return;
    }
    const double pace = mean_slowness(target.level, centre, before);
    // Nothing is quicker than straight over level ground.
    seed(n, target.delay_s + away * pace, way, pace == 1);
  }

  /// Of the straight way from a to b; exactly 1 where all of it is level ground without a jam.
  [[nodiscard]] double mean_slowness(LevelId level, Vec2 a, Vec2 b) const {
    const int parts = 1 + static_cast<int>(length(b - a) / grid_.cell_m());
    double sum = 0;
    for (int i = 0; i < parts; ++i) {
      const Vec2 p = a + ((i + 0.5) / parts) * (b - a);
      const Node n = grid_.node(level, p.x, p.y);
      // Off the ground only beside a wall, in part of a cell.
      sum += n != FieldGrid::kNone && grid_.is_ground(n) ? slow(n) : 1;
    }
    return sum / parts;
  }

  /// The better neighbour of the two at one axis, which may lead on to a second. Those that are not
  /// reached yet are at kNever.
  [[nodiscard]] Upwind upwind(Node n, int axis) const {
    Upwind best;
    Node next = n;
    for (const int d : {axis, axis + 2}) {
      if (!grid_.linked(n, d)) continue;
      const Node beside = grid_.neighbour(n, d);
      if (!(field_.times_[beside] < best.first)) continue;
      next = beside;
      best.first = field_.times_[beside];
      best.direction = d;
    }
    best.a = best.first;
    if (!best.there() || !grid_.linked(next, best.direction)) return best;
    const float second = field_.times_[grid_.neighbour(next, best.direction)];
    if (second > best.first) return best;
    // (3 T - 4 a + b) / 2 = 3/2 (T - (4 a - b) / 3): of second order.
    best.a = (4.0 * best.first - second) * (1.0 / 3);
    best.c = 1.5;
    return best;
  }

  [[nodiscard]] double arrival(Node n) const {
    const Upwind x = upwind(n, 0);
    const Upwind y = upwind(n, 1);
    return solve(x, y, slow(n) * grid_.cell_m());
  }

  [[nodiscard]] Vec2 downhill(Node n) const {
    const double t = field_.times_[n];
    Vec2 way;
    double steepest = 0;
    int along = -1;
    for (const int axis : {0, 1}) {
      const Upwind up = upwind(n, axis);
      if (!up.there() || !(field_.times_[grid_.neighbour(n, up.direction)] < t)) continue;
      const double slope = std::max(up.c * (t - up.a), 0.0);
      way = way + slope * kWays[up.direction];
      const double drop = t - field_.times_[grid_.neighbour(n, up.direction)];
      if (drop > steepest) {
        steepest = drop;
        along = up.direction;
      }
    }
    if (along < 0) return {};
    // Between two open links a corner may still poke in.
    const double m = length(way);
    if (!(m > 0)) return kWays[along];
    if (grid_.near_wall(n) && grid_.meets_wall(grid_.level(n), grid_.centre(n),
                                               grid_.centre(n) + (grid_.cell_m() / m) * way)) {
      return kWays[along];
    }
    return way;
  }

  const FieldGrid& grid_;
  std::span<const float> scale_;
  std::vector<float> offered_;          ///< the best so far of those that are not reached yet
  std::vector<std::uint8_t> straight_;  ///< the time is that of a straight way
  std::vector<Seed> seeds_;
  Front front_;
  Field field_;
};

Result<Field> travel_times(const FieldGrid& grid, const Destination& destination,
                           std::span<const float> speed_scale) {
  DEFILADA_CHECK(speed_scale.empty() || speed_scale.size() == grid.size());
  Marcher marcher(grid, speed_scale);
  for (const Destination::Target& target : destination.targets) marcher.begin(target);
  if (!marcher.begun()) {
    return fail(Errc::bad_input, phrase("no part of the destination lies on the ground"));
  }
  marcher.march();
  return marcher.finish();
}

std::vector<Result<Field>> travel_times(const FieldGrid& grid,
                                        std::span<const Destination> destinations,
                                        std::span<const float> speed_scale) {
  std::vector<std::optional<Result<Field>>> found(destinations.size());
  {
    const auto solve = [&](std::size_t i) {
      found[i] = travel_times(grid, destinations[i], speed_scale);
    };
    const Fork fork(solve);
    tbb::parallel_for(std::size_t{0}, destinations.size(), fork.task());
  }
  std::vector<Result<Field>> out;
  out.reserve(found.size());
  for (auto& field : found) out.push_back(std::move(*field));
  return out;
}

bool Field::may_step(LevelId level, Vec2 point, Direction way) const noexcept {
  return !grid_->meets_wall(level, point, point + 0.5 * grid_->cell_m() * Vec2{way.x, way.y});
}

/// Of the nine nodes round the point the one through which it arrives first, of those that no wall
/// hides from it (`to_step`: and towards which it may step); if there is none, the nearest.
Field::Best Field::best_beside(LevelId level, Vec2 point, bool to_step) const noexcept {
  const FieldGrid& grid = *grid_;
  const double cell = grid.cell_m();
  Best best{FieldGrid::kNone, kNever};
  Best hidden{FieldGrid::kNone, kNever};
  double hidden_m = kNever;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      const Node n = grid.node(level, point.x + dx * cell, point.y + dy * cell);
      if (n == FieldGrid::kNone || !(times_[n] < kNever)) continue;
      const Vec2 centre = grid.centre(n);
      const double away = length(centre - point);
      const float time = times_[n] + static_cast<float>(away) * grid.slowness(n);
      if (grid.meets_wall(level, point, centre) ||
          (to_step && !may_step(level, point, packed(centre - point).unpacked()))) {
        if (away < hidden_m) {
          hidden_m = away;
          hidden = {n, time};
        }
      } else if (time < best.time) {
        best = {n, time};
      }
    }
  }
  return best.node == FieldGrid::kNone ? hidden : best;
}

namespace {

/// The four nodes round a point away from walls, with their weights.
struct Four {
  Node node[4];
  float weight[4];
};
std::optional<Four> four_round(const FieldGrid& grid, std::span<const float> times, LevelId level,
                               float x, float y) noexcept {
  const Node own = grid.node(level, x, y);
  if (own == FieldGrid::kNone || grid.near_wall(own)) return std::nullopt;
  const auto u = (x - grid.origin().x) / grid.cell_m() - 0.5;
  const auto v = (y - grid.origin().y) / grid.cell_m() - 0.5;
  const auto column = static_cast<Node>(std::max(u, 0.0));
  const auto row = static_cast<Node>(std::max(v, 0.0));
  const auto fx = static_cast<float>(u - column);
  const auto fy = static_cast<float>(v - row);
  const Node first = (level * grid.rows() + row) * grid.columns() + column;
  const Four four = {{first, first + 1, first + grid.columns(), first + grid.columns() + 1},
                     {(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy}};
  for (const Node n : four.node) {
    if (n >= times.size() || !(times[n] < kNever)) return std::nullopt;
  }
  return four;
}

}  // namespace

float Field::time(LevelId level, float x, float y) const noexcept {
  if (const auto four = four_round(*grid_, times_, level, x, y)) {
    float sum = 0;
    for (int i = 0; i < 4; ++i) sum += four->weight[i] * times_[four->node[i]];
    return sum;
  }
  return best_beside(level, {x, y}, false).time;
}

Direction Field::direction(LevelId level, float x, float y) const noexcept {
  if (const auto four = four_round(*grid_, times_, level, x, y)) {
    Direction sum;
    for (int i = 0; i < 4; ++i) {
      const Direction part = directions_[four->node[i]].unpacked();
      sum.x += four->weight[i] * part.x;
      sum.y += four->weight[i] * part.y;
    }
    const float m = std::sqrt(sum.x * sum.x + sum.y * sum.y);
    // Where ways part, the mean of them is no way.
    if (m > 0.5F) return {sum.x / m, sum.y / m};
    return directions_[grid_->node(level, x, y)].unpacked();
  }
  const FieldGrid& grid = *grid_;
  const Vec2 point{x, y};
  const Node own = grid.node(level, x, y);
  if (own != FieldGrid::kNone && times_[own] < kNever &&
      !grid.meets_wall(level, point, grid.centre(own))) {
    const Direction way = directions_[own].unpacked();
    if (may_step(level, point, way)) return way;
  }
  const Best best = best_beside(level, point, true);
  if (best.node == FieldGrid::kNone) return {};
  return packed(grid.centre(best.node) - point).unpacked();
}

}  // namespace defilada::crowd
