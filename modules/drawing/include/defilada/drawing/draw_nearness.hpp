// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// How near two contingents come to each other over the day, a row for each pair of
/// plan::Plan::nearness:
///
///     (1) navy          0.62 m     |  \      /  40 m     the distance of the nearest two; above
///     the
///         air force   of 0.50 m    |   \_(.)/            row where it is larger
///                     09:48:12     |- - - - - - limit
///                                     09:40   10:00
struct NearnessPicture {
  Drawing drawing;
  struct Row {
    std::size_t pair = 0;  ///< index in Plan::nearness
    Box plot{};
    double top_m = 0;  ///< distance at the upper edge; 0 is the lower
    Point least{};     ///< the dot
    double limit_y = 0;
  };
  std::vector<Row> rows;
  double t0_s = 0;  ///< at the left edge of the plots
  double t1_s = 0;
};

/// Law (tested): the dot of a row is at the pair's time and distance, to 1e-6 mm. Without pairs: a
/// drawing of no shapes.
[[nodiscard]] NearnessPicture draw_nearness(const Context& context, const std::string& id,
                                            double width_mm);

/// The places of the rows, numbered as they are, to be marked on a map (MapRequest::marks).
[[nodiscard]] std::vector<MapMark> nearness_marks(const Context& context);

}  // namespace defilada::drawing
