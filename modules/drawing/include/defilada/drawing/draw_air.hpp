// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// Where a flight is at an instant, along its way.
struct FlightPlace {
  show::ContingentId contingent;
  double to_go_m = 0;  ///< along its way, from its head to the target; negative: has passed
  double height_m = 0;
};

/// All flights that are in the air at an instant and lead over the target, the first of the order
/// first. One that still flies in its hold is not among them: it has no place along its way.
[[nodiscard]] std::vector<FlightPlace> flights_at(const Context& context, Time time);

/// A moment at which some flight is over its target.
struct OverTarget {
  Time time;
  show::ContingentId contingent;
};
[[nodiscard]] std::vector<OverTarget> times_over_target(const Context& context);

/// The air picture at each time over target, a row each:
///
///     09:44:30  ^    flags   |   3   2   1>  |        distance to the target to scale, higher is
///     09:45:02  ^^  fighters |       3   2   1>       higher
///
/// With more rows than `rows_most` it shows the first, and says how many it left out. Rows are
/// `row_mm` high (5 at least); below 12 mm they say less. A drawing of no shapes where nothing
/// flies, or the programme has no times.
[[nodiscard]] Drawing draw_air_picture(const Context& context, const std::string& id,
                                       double width_mm, std::size_t rows_most, double row_mm = 15);

}  // namespace defilada::drawing
