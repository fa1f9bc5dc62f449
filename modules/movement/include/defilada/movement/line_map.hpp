// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "defilada/geo/frame.hpp"

namespace defilada::movement {

/// Where a contingent is along the line that it shares with others. Each flight rounds the corners
/// of a line at its own radius, so that behind a corner arc lengths of their own ways no longer
/// agree; the line's own measure is the length along its corner points, taken without rounding:
///
///      own   0 ----------- b~~~arc~~~e -------        straights: a shift
///                          |         |                corners: b and e, and evenly between them
///      line  0 --------- u-t -- u -- u+t ------       (u: the corner point, t: tangent length)
///
/// On the ground, where all walk one way, both measures are the same.
class LineMap {
 public:
  struct Knot {
    double own_m = 0;
    double line_m = 0;
  };

  /// Own and line are the same, everywhere.
  LineMap() = default;

  /// The way through `points`, corner i rounded at `radii[i]`; it is on the line from the end of
  /// corner `joins` on (0: from its first point), and points[joins] is at `at_m` of the line's
  /// measure. Requires points and radii that geo::Route::make takes.
  LineMap(const std::vector<geo::Vec2>& points, const std::vector<double>& radii,
          std::size_t joins = 0, double at_m = 0);

  /// Laws (property-tested): rising, inverse to each other; on straights both grow alike. Before
  /// the first knot and behind the last a shift.
  [[nodiscard]] double line_m(double own_m) const;
  [[nodiscard]] double own_m(double line_m) const;

  /// Where the shared line begins, in its own measure; -inf where own and line are the same.
  [[nodiscard]] double begin_m() const noexcept { return begin_m_; }
  /// Corners of the map, rising.
  [[nodiscard]] std::span<const Knot> knots() const noexcept { return knots_; }

 private:
  std::vector<Knot> knots_;
  double begin_m_ = -std::numeric_limits<double>::infinity();
};

}  // namespace defilada::movement
