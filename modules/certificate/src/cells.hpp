// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

#include "defilada/certificate/statement.hpp"

/// Cells of roads in plain double: where to look. Nothing here shows anything; a mistake can only
/// make a kerb that is kept not shown.
namespace defilada::certificate {

using Place = std::array<double, 2>;  ///< on the ground, m

/// A linear function of a place: along . (place - from).
struct Rule {
  Place from{};
  Place along{};
  [[nodiscard]] double of(Place place) const {
    return along[0] * (place[0] - from[0]) + along[1] * (place[1] - from[1]);
  }
};

/// How far a place is inside a cell's kerbs; negative infinity: it is before or behind the cell.
[[nodiscard]] double room_at(const Cell& cell, Place place);

/// From `from` to the point of a hull of few corners that is nearest to it.
[[nodiscard]] Place nearest(const std::vector<Place>& corners, Place from);

/// The line between two cells, by their ends that are nearest to each other: that of a bend, else
/// the middle; beyond it is above 0. Any line would do, but few show much.
[[nodiscard]] Rule joint(const Cell& a, const Cell& b);

/// The corners on the near side of a line, and where what is between two of them crosses it.
[[nodiscard]] std::vector<Place> clipped(const std::vector<Place>& corners, const Rule& line);

/// The share of the line's values that makes the largest of (value - share line) least, where the
/// line's are below 0 for what counts: the dual of the linear programme max value there.
[[nodiscard]] double best_share(const std::vector<double>& values,
                                const std::vector<double>& lines);

}  // namespace defilada::certificate
