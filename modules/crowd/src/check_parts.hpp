// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "defilada/core/phrase.hpp"
#include "defilada/crowd/ground.hpp"
#include "raster.hpp"

/// What the checks of a ground and of its queues share.
namespace defilada::crowd {

[[nodiscard]] inline Phrase named(const std::string& name) {
  return name.empty() ? phrase("without a name") : Phrase::verbatim("'" + name + "'");
}

/// To the nearest of the lines; infinity: there is none.
[[nodiscard]] inline double distance_to(const std::vector<Segment>& lines, Vec2 point) {
  double least = INFINITY;
  for (const Segment& line : lines) {
    least = std::min(least, geo::length(point - nearest_on(line, point)));
  }
  return least;
}

/// How many metres of the piece lie off the ground; `place` becomes the last such point.
[[nodiscard]] inline double off_ground(const Ground& ground, const Segment& piece, LevelId level,
                                       Vec2& place) {
  const double m = geo::length(piece.to - piece.from);
  const int parts = 1 + static_cast<int>(m / kOpeningReachM);
  int off = 0;
  for (int i = 0; i < parts; ++i) {
    const Vec2 p = piece.from + ((i + 0.5) / parts) * (piece.to - piece.from);
    if (walkable(ground, level, p)) continue;
    place = p;
    ++off;
  }
  return m * off / parts;
}

}  // namespace defilada::crowd
