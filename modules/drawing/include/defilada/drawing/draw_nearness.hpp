// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/plan/nearness.hpp"

namespace defilada::drawing {

/// How near two contingents come to each other over the day, a row for each pair of
/// plan::nearest_pairs:
///
///     (1) navy          0.62 m     |  \      /  40 m     the distance of the nearest two while it
///     is
///         air force   of 0.50 m    |   \_(.)/            small: each row has its own times
///                     09:48:12     |- - - - - - limit
///                                    09:40   10:00
struct NearnessPicture {
  Drawing drawing;
  struct Row {
    std::size_t pair = 0;  ///< index in the pairs
    Box plot{};
    double top_m = 0;  ///< distance at the upper edge; 0 is the lower
    Point least{};     ///< the dot
    double limit_y = 0;
    double t0_s = 0;  ///< at the left edge of the plot
    double t1_s = 0;
  };
  std::vector<Row> rows;
};

/// Law (tested): the dot of a row is at the pair's time and distance, to 1e-6 mm. Without pairs: a
/// drawing of no shapes.
[[nodiscard]] NearnessPicture draw_nearness(const Context& context,
                                            std::span<const plan::Nearness> pairs,
                                            const std::string& id, double width_mm);

/// The places of the rows, numbered as they are, to be marked on a map (MapRequest::marks).
[[nodiscard]] std::vector<MapMark> nearness_marks(std::span<const plan::Nearness> pairs);

/// What the numbers on the map stand for, in two columns: who, when, how near.
[[nodiscard]] Drawing draw_nearness_key(const Context& context,
                                        std::span<const plan::Nearness> pairs, double width_mm);

}  // namespace defilada::drawing
