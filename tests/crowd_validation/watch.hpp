// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "scene.hpp"

namespace defilada::crowd::validation {

/// Looks at every frame whether a body is in another or in a wall, apart from the engine: by
/// squares of the largest body, and all walls.
class Watch {
 public:
  explicit Watch(const Scene& scene);
  void see(const Frame& frame);
  [[nodiscard]] double deepest_overlap_m() const { return overlap_m_; }
  [[nodiscard]] double deepest_in_wall_m() const { return in_wall_m_; }

 private:
  void see_bodies(const Frame& frame, LevelId level);
  void see_walls(const Frame& frame, LevelId level);

  const Scene& scene_;
  double largest_m_ = 0;
  std::vector<double> changes_s_;
  std::vector<std::vector<geo::Polygon>> areas_;  ///< by level
  std::vector<std::vector<Segment>> walls_;       ///< by level, since the last change
  std::size_t changed_ = 0;                       ///< changes that have been taken in
  std::vector<std::pair<std::int64_t, std::size_t>> squares_;
  double overlap_m_ = 0;
  double in_wall_m_ = 0;
};

}  // namespace defilada::crowd::validation
