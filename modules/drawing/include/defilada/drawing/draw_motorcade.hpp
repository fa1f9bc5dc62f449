// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/plan/guest_plan.hpp"

namespace defilada::drawing {

struct MotorcadeMap {
  Map map;
  MapView view;
};
/// The map of a motorcade's road, from the tail of the line of cars to the end of the road and the
/// venue; what is driven is a thick line. Its id ends with `number`.
[[nodiscard]] MotorcadeMap draw_motorcade(const Context& context,
                                          const plan::MotorcadePlan& motorcade, int number,
                                          double width_mm, double height_max_mm);

}  // namespace defilada::drawing
