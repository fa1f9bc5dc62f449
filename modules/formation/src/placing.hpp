// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "outline.hpp"

namespace defilada::formation {

/// How many slots lie inside each curve of an outline (its nodes have one each besides).
using Counts = std::vector<int>;

/// The fewest for each curve.
[[nodiscard]] Counts least_counts(const Outline& outline);

/// Shares `spare` further slots among the curves of all outlines: each goes where the arc gap that
/// it leaves is largest; ties to the first. This makes the smallest arc gap of all as large as it
/// can be. `counts` has a row for each outline. Cost: O(spare log curves).
void share_out(const std::vector<const Outline*>& outlines, int spare, std::vector<Counts>& counts);

/// Slots on one outline with their quality.
struct Placing {
  std::vector<Point> slots;  ///< nodes first, then curve by curve
  double least_gap = 0;      ///< smallest straight distance between two of them
  double mean_gap = 0;       ///< mean of the distances to the nearest
};

/// Spreads the slots: from even arc gaps, each slides along its curve under a repulsion that falls
/// with a high power of the straight distance, raised step by step, so that the smallest distances
/// grow first. All slots move at once, which keeps the symmetry of a symmetric glyph.
/// A closed curve without nodes has a slot where it begins (our glyphs: at the top). Cost: O(k^2)
/// and 300 passes over near pairs.
[[nodiscard]] Placing spread(const Outline& outline, const Counts& counts);

}  // namespace defilada::formation
