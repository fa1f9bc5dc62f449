// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "defilada/formation/figure.hpp"

/// Dots joined to lines as an eye joins them that does not know what they mean to show.
///
///     o   o            o---o        two dots are joined when no third is nearer to both than
///         o     =>         |        they are to each other, and when they are not much farther
///     o   o            o---o        apart than either is from its second nearest
namespace defilada::legibility {

using formation::Point;

/// An edge may be this many times as long as the smaller of the distances of its two ends to their
/// second nearest dots.
inline constexpr double kLongestEdge = 1.6;

struct Joined {
  std::vector<Point> dots;  ///< as given
  std::vector<std::array<std::uint32_t, 2>> edges;
  double gap = 0;  ///< mean distance of a dot to its nearest; 0 of fewer than two dots
};

/// The relative-neighbour graph of the dots without its long edges. x to the right, y upwards, in
/// any unit.
///
/// Laws (property-tested against all triples): an edge if and only if no third dot is nearer to
/// both ends than they are to each other (by a billionth), and its length is at most kLongestEdge
/// times the smaller of the two second-nearest distances; edges in ascending order, the smaller
/// index first; unchanged under shifts, turns, mirroring and scaling; a pure function.
///
/// Cost: O(n sqrt n) for dots along lines; 15 us for 26, 6 ms for 2 000. Source: G. Toussaint, "The
/// relative neighbourhood graph of a finite planar set", Pattern Recognition 12 (1980),
/// https://doi.org/10.1016/0031-3203(80)90066-7.
[[nodiscard]] Joined join(std::span<const Point> dots);

/// The box that holds all points. Requires one at least.
struct Box {
  Point low;
  Point high;
  [[nodiscard]] double width() const noexcept { return high.x - low.x; }
  [[nodiscard]] double height() const noexcept { return high.y - low.y; }
};
[[nodiscard]] Box box_of(std::span<const Point> points);

}  // namespace defilada::legibility
