// SPDX-License-Identifier: MIT
#include "watch.hpp"

#include <algorithm>
#include <cmath>

namespace defilada::crowd::validation {
namespace {

constexpr std::int64_t kRow = std::int64_t{1} << 32;

double distance_to(const Segment& wall, Vec2 p) {
  const Vec2 along = wall.to - wall.from;
  const double length2 = dot(along, along);
  const double t = length2 > 0 ? std::clamp(dot(p - wall.from, along) / length2, 0.0, 1.0) : 0;
  return length(p - (wall.from + t * along));
}

}  // namespace

Watch::Watch(const Scene& scene) : scene_(scene), changes_s_(change_times(scene.ground)) {
  for (const Person& person : scene.people) largest_m_ = std::max(largest_m_, person.radius_m);
  for (std::size_t level = 0; level < scene.ground.levels.size(); ++level) {
    const auto id = static_cast<LevelId>(level);
    areas_.push_back(area(scene.ground, id).value_or(std::vector<geo::Polygon>{}));
    walls_.push_back(walls(scene.ground, id, 0, areas_.back()));
  }
  while (changed_ < changes_s_.size() && changes_s_[changed_] <= 0) ++changed_;
}

void Watch::see(const Frame& frame) {
  // A wall that has just shut may have somebody under it: looked at from the next frame on.
  const auto due = [&] {
    return changed_ < changes_s_.size() && changes_s_[changed_] < frame.time_s;
  };
  for (; due(); ++changed_) {
    for (std::size_t level = 0; level < walls_.size(); ++level) {
      walls_[level] =
          walls(scene_.ground, static_cast<LevelId>(level), changes_s_[changed_], areas_[level]);
    }
  }
  for (std::size_t level = 0; level < walls_.size(); ++level) {
    see_bodies(frame, static_cast<LevelId>(level));
    see_walls(frame, static_cast<LevelId>(level));
  }
}

void Watch::see_bodies(const Frame& frame, LevelId level) {
  const double size = 2 * largest_m_;
  const auto square_of = [&](Vec2 p) {
    return static_cast<std::int64_t>(std::floor(p.y / size)) * kRow +
           static_cast<std::int64_t>(std::floor(p.x / size));
  };
  squares_.clear();
  for (std::size_t i = 0; i < frame.at.size(); ++i) {
    if (frame.inside[i] != 0 && frame.level[i] == level) {
      squares_.emplace_back(square_of(frame.at[i]), i);
    }
  }
  std::sort(squares_.begin(), squares_.end());
  for (std::size_t k = 0; k < squares_.size(); ++k) {
    const auto [square, i] = squares_[k];
    const auto pair_with = [&](std::size_t j) {
      const double reach = scene_.people[i].radius_m + scene_.people[j].radius_m;
      overlap_m_ = std::max(overlap_m_, reach - length(frame.at[i] - frame.at[j]));
    };
    // The one to the right, and the three in the row above; those to the left have looked already.
    for (std::size_t m = k + 1; m < squares_.size() && squares_[m].first <= square + 1; ++m) {
      pair_with(squares_[m].second);
    }
    auto above = std::lower_bound(squares_.begin(), squares_.end(),
                                  std::pair{square + kRow - 1, std::size_t{0}});
    for (; above != squares_.end() && above->first <= square + kRow + 1; ++above) {
      pair_with(above->second);
    }
  }
}

void Watch::see_walls(const Frame& frame, LevelId level) {
  for (const Segment& wall : walls_[level]) {
    const double least_x = std::min(wall.from.x, wall.to.x) - largest_m_;
    const double most_x = std::max(wall.from.x, wall.to.x) + largest_m_;
    const double least_y = std::min(wall.from.y, wall.to.y) - largest_m_;
    const double most_y = std::max(wall.from.y, wall.to.y) + largest_m_;
    for (std::size_t i = 0; i < frame.at.size(); ++i) {
      const Vec2 p = frame.at[i];
      if (p.x < least_x || p.x > most_x || p.y < least_y || p.y > most_y) continue;
      if (frame.inside[i] == 0 || frame.level[i] != level) continue;
      in_wall_m_ = std::max(in_wall_m_, scene_.people[i].radius_m - distance_to(wall, p));
    }
  }
}

}  // namespace defilada::crowd::validation
