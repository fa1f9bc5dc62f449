// SPDX-License-Identifier: MIT
#include "reciprocal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "defilada/core/check.hpp"
#include "kernel_lanes.hpp"

namespace defilada::crowd {
namespace {

constexpr std::size_t kMostPlanes = 32;

Velocity operator+(Velocity a, Velocity b) {
  return {a.x + b.x, a.y + b.y};
}
Velocity operator-(Velocity a, Velocity b) {
  return {a.x - b.x, a.y - b.y};
}
Velocity operator*(double k, Velocity a) {
  return {k * a.x, k * a.y};
}
double dot(Velocity a, Velocity b) {
  return a.x * b.x + a.y * b.y;
}
double cross(Velocity a, Velocity b) {
  return a.x * b.y - a.y * b.x;
}
double length(Velocity a) {
  return std::sqrt(dot(a, a));
}

/// How far v lies on the forbidden side.
double breach(const HalfPlane& plane, Velocity v) {
  return cross(plane.along, plane.at - v);
}

/// What is asked for: the point nearest to a wish, or the farthest in a direction.
struct Goal {
  Velocity wish;
  bool farthest = false;
};

/// The best point of the line of planes[k] within the circle and the planes before it.
std::optional<Velocity> on_line(std::span<const HalfPlane> planes, std::size_t k, const Goal& goal,
                                double most) {
  const HalfPlane& line = planes[k];
  const double middle = -dot(line.at, line.along);
  const double root = middle * middle + most * most - dot(line.at, line.at);
  if (root < 0) return std::nullopt;
  double low = middle - std::sqrt(root);
  double high = middle + std::sqrt(root);
  for (std::size_t j = 0; j < k; ++j) {
    const double across = cross(line.along, planes[j].along);
    const double over = cross(planes[j].along, line.at - planes[j].at);
    if (std::abs(across) < 1e-9) {
      if (over < 0) return std::nullopt;
      continue;
    }
    const double t = over / across;
    if (across > 0) {
      high = std::min(high, t);
    } else {
      low = std::max(low, t);
    }
    if (low > high) return std::nullopt;
  }
  const double t = goal.farthest ? (dot(goal.wish, line.along) > 0 ? high : low)
                                 : std::clamp(dot(line.along, goal.wish - line.at), low, high);
  return line.at + t * line.along;
}

struct Found {
  Velocity velocity;
  std::size_t planes;  ///< that hold; fewer than all: the next cannot
};

Found solve(std::span<const HalfPlane> planes, const Goal& goal, double most) {
  Velocity best = goal.wish;
  const double wished = length(goal.wish);
  if (goal.farthest || wished > most) best = (most / std::max(wished, 1e-12)) * goal.wish;
  for (std::size_t k = 0; k < planes.size(); ++k) {
    if (breach(planes[k], best) <= 0) continue;
    const auto found = on_line(planes, k, goal, most);
    if (!found) return {best, k};
    best = *found;
  }
  return {best, planes.size()};
}

/// From the first plane that cannot hold: the least of the greatest breach.
Velocity least_breach(std::span<const HalfPlane> planes, std::size_t first, Velocity start,
                      double most) {
  Velocity best = start;
  double worst = 0;
  for (std::size_t k = first; k < planes.size(); ++k) {
    if (breach(planes[k], best) <= worst) continue;
    // Where plane j is broken as much as plane k: a line half way between the two.
    std::array<HalfPlane, kMostPlanes> halves;
    std::size_t count = 0;
    for (std::size_t j = 0; j < k; ++j) {
      const double across = cross(planes[k].along, planes[j].along);
      HalfPlane half;
      if (std::abs(across) < 1e-9) {
        if (dot(planes[k].along, planes[j].along) > 0) continue;
        half.at = 0.5 * (planes[k].at + planes[j].at);
      } else {
        const double t = cross(planes[j].along, planes[k].at - planes[j].at) / across;
        half.at = planes[k].at + t * planes[k].along;
      }
      const Velocity along = planes[j].along - planes[k].along;
      half.along = (1 / std::max(length(along), 1e-12)) * along;
      halves[count++] = half;
    }
    const Goal inward = {{-planes[k].along.y, planes[k].along.x}, true};
    const Found found = solve(std::span(halves).first(count), inward, most);
    if (found.planes == count) best = found.velocity;
    worst = breach(planes[k], best);
  }
  return best;
}

}  // namespace

HalfPlane reciprocal_half_plane(Velocity offset, Velocity own, Velocity other, double bodies_m,
                                double horizon_s, double step_s) {
  const Velocity relative = own - other;
  const double square = dot(offset, offset);
  const bool apart = square > bodies_m * bodies_m;
  const double time = apart ? horizon_s : step_s;
  // From the centre of the circle that cuts off the cone of velocities that collide.
  const Velocity from_centre = relative - (1 / time) * offset;
  const double away = length(from_centre);
  const double along = dot(from_centre, offset);
  HalfPlane plane;
  Velocity change;
  if (!apart || (along < 0 && along * along > bodies_m * bodies_m * away * away)) {
    const Velocity out =
        away > 1e-12 ? (1 / away) * from_centre : (-1 / std::sqrt(square)) * offset;
    plane.along = {out.y, -out.x};
    change = (bodies_m / time - away) * out;
  } else {
    // On the leg on whose side the relative velocity lies.
    const double leg = std::sqrt(square - bodies_m * bodies_m);
    const bool left = cross(offset, from_centre) > 0;
    plane.along = left ? (1 / square) * Velocity{offset.x * leg - offset.y * bodies_m,
                                                 offset.x * bodies_m + offset.y * leg}
                       : (-1 / square) * Velocity{offset.x * leg + offset.y * bodies_m,
                                                  -offset.x * bodies_m + offset.y * leg};
    change = dot(relative, plane.along) * plane.along - relative;
  }
  plane.at = own + 0.5 * change;
  return plane;
}

Velocity nearest_allowed(std::span<const HalfPlane> planes, Velocity wish, double most_mps) {
  DEFILADA_CHECK(planes.size() <= kMostPlanes);
  const Found found = solve(planes, {wish, false}, most_mps);
  if (found.planes == planes.size()) return found.velocity;
  return least_breach(planes, found.planes, found.velocity, most_mps);
}

namespace {

/// Those nearest to a walker, in order.
struct Neighbour {
  double square;
  std::uint32_t index;
  const Columns* among;
};

class ReciprocalStep {
 public:
  explicit ReciprocalStep(const StepView& view) : v_(view) {}

  Velocity choose(std::size_t i) {
    find_neighbours(i);
    const Columns& c = *v_.walking;
    const double wish = double{v_.wish_speed[i]};
    const Velocity own = {double{c.vx[i]}, double{c.vy[i]}};
    std::array<HalfPlane, kMostPlanes> planes;
    for (std::size_t k = 0; k < count_; ++k) {
      const Columns& other = *near_[k].among;
      const std::uint32_t j = near_[k].index;
      planes[k] = reciprocal_half_plane(offset(i, other, j), own,
                                        {double{other.vx[j]}, double{other.vy[j]}},
                                        double{c.radius_m[i]} + double{other.radius_m[j]},
                                        double{v_.law.horizon}, double{v_.law.step});
    }
    return nearest_allowed(std::span(planes).first(count_),
                           {wish * double{v_.wish_x[i]}, wish * double{v_.wish_y[i]}}, wish);
  }

 private:
  Velocity offset(std::size_t i, const Columns& other, std::size_t j) const {
    return {to_metres(other.x[j] - v_.walking->x[i]), to_metres(other.y[j] - v_.walking->y[i])};
  }
  /// Column by column outwards from his own, until the next is further away than the last of those
  /// found (who is outside the grid, in its nearest cell, is further away still): at 2 people per
  /// m2 a quarter of those within reach is looked at.
  void find_neighbours(std::size_t i) {
    const Grid& grid = *v_.grid;
    const std::uint32_t row = v_.cell[i] / grid.columns;
    const std::uint32_t column = v_.cell[i] % grid.columns;
    const auto most = std::min<std::size_t>(v_.law.neighbours, kMostPlanes);
    const Grid::Level& level = grid.levels[v_.walking->level[i]];
    const std::int64_t bottom =
        std::int64_t{level.y0} + std::int64_t{row - level.first_row} * grid.row_height;
    const auto up = static_cast<Fixed>(std::int64_t{v_.walking->y[i]} - bottom);
    const Rows rows = {row, to_metres(up), to_metres(static_cast<Fixed>(grid.row_height) - up)};
    count_ = 0;
    for (std::uint32_t away = 0; away <= grid.reach_columns; ++away) {
      const double least_m =
          away < 2 ? 0 : (away - 1) * to_metres(static_cast<Fixed>(grid.cell_width));
      if (count_ == most && least_m * least_m > near_[count_ - 1].square) break;
      if (away <= column) look_at(i, rows, column - away, most);
      if (away > 0 && column + away < grid.columns) look_at(i, rows, column + away, most);
    }
    if (v_.shadows->size == 0) return;
    const std::uint32_t low = column - std::min(column, grid.reach_columns);
    const std::uint32_t high = std::min(column + grid.reach_columns, grid.columns - 1);
    for (std::uint32_t r = row - 1; r <= row + 1; ++r) {
      const auto [first, last] =
          shadows_of(v_, r * grid.columns + low, r * grid.columns + high + 1);
      consider(i, *v_.shadows, first, last, most);
    }
  }
  /// The row of a walker, and how far the two beside it are from him.
  struct Rows {
    std::uint32_t own;
    double below_m;
    double above_m;
  };
  void look_at(std::size_t i, const Rows& rows, std::uint32_t column, std::size_t most) {
    look_at(i, rows.own, column, 0, most);
    look_at(i, rows.own - 1, column, rows.below_m, most);
    look_at(i, rows.own + 1, column, rows.above_m, most);
  }
  void look_at(std::size_t i, std::uint32_t row, std::uint32_t column, double away_m,
               std::size_t most) {
    if (count_ == most && away_m > 0 && away_m * away_m > near_[count_ - 1].square) return;
    const std::uint32_t cell = row * v_.grid->columns + column;
    consider(i, *v_.walking, v_.walking_begin[cell], v_.walking_begin[cell + 1], most);
    if (v_.standing->size == 0) return;
    consider(i, *v_.standing, v_.standing_begin[cell], v_.standing_begin[cell + 1], most);
  }
  void consider(std::size_t i, const Columns& people, std::size_t first, std::size_t last,
                std::size_t most) {
    const double reach = double{v_.law.reach};
    const double limit = count_ == most ? near_[count_ - 1].square : reach * reach;
    for (std::size_t j = first; j < last; ++j) {
      const Velocity d = offset(i, people, j);
      const double square = dot(d, d);
      if (square <= 1e-12 || square > limit) continue;
      insert({square, static_cast<std::uint32_t>(j), &people}, most);
    }
  }
  void insert(const Neighbour& one, std::size_t most) {
    if (count_ == most && one.square >= near_[count_ - 1].square) return;
    if (count_ < most) ++count_;
    std::size_t at = count_ - 1;
    for (; at > 0 && near_[at - 1].square > one.square; --at) near_[at] = near_[at - 1];
    near_[at] = one;
  }

  const StepView& v_;
  std::array<Neighbour, kMostPlanes> near_{};
  std::size_t count_ = 0;
};

}  // namespace

void choose_reciprocally(const StepView& view, std::uint32_t first_row, std::uint32_t last_row) {
  ReciprocalStep step(view);
  const std::uint32_t columns = view.grid->columns;
  const std::size_t end = view.walking_begin[last_row * columns];
  for (std::size_t i = view.walking_begin[first_row * columns]; i < end; ++i) {
    const Velocity chosen = step.choose(i);
    view.chosen_x[i] = static_cast<float>(chosen.x);
    view.chosen_y[i] = static_cast<float>(chosen.y);
  }
}

}  // namespace defilada::crowd
