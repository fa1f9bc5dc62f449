// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// A programme as bars over a clock:
///
///     item      start     length    slack  |  09:00      09:10      09:20
///     salute    09:00:00  4 min 59 s  0 s  |  [####]
///     speech    09:05:00  10 min      0 s  |       `-[#########]         -: the critical chain
///     music     09:05:00  3 min    7 min   |         [###]- - - - -|     - -: slack
struct Gantt {
  Drawing drawing;
  Box plot{};       ///< where the clock is
  double t0_s = 0;  ///< at its left edge, s of day
  double t1_s = 0;  ///< at its right edge
  struct Bar {
    show::ItemId item;
    double x0 = 0;  ///< at the planned start
    double x1 = 0;  ///< at the planned end
    double y0 = 0;
    double y1 = 0;
    std::optional<double> slack_x1;  ///< where it ends at the latest; none: nothing bounds it
  };
  std::vector<Bar> bars;  ///< from top to bottom, in the order of their starts
};

/// Items that one chart shows: those of a part of the day, or all where the show has no parts.
struct GanttPart {
  std::string name;   ///< of the part; "" where there are none
  std::string label;  ///< the same in the language of the context
  std::vector<show::ItemId> items;
};
[[nodiscard]] std::vector<GanttPart> gantt_parts(const Context& context);

/// Bars from start to end to scale; what lasts less than a line is wide a diamond. Requires a
/// feasible plan. Law (tested): a bar's ends are the plan's times, to 1e-6 mm.
[[nodiscard]] Gantt draw_gantt(const Context& context, const GanttPart& part, const std::string& id,
                               double width_mm);

/// Seconds between labelled times of an axis: the first round step of at least `least_mm`.
[[nodiscard]] double clock_step(double seconds_per_mm, double least_mm);

}  // namespace defilada::drawing
