// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// Processions whose routes begin together, to be drawn on one axis: that of `main`.
struct RouteGroup {
  show::RouteId main;
  std::vector<show::ProcessionId> processions;
  struct Branch {
    show::RouteId route;
    double shared_m = 0;  ///< from here its distances are its own
  };
  std::vector<Branch> branches;
};
/// Every route on which somebody moves, ground before air, in the order of the processions.
[[nodiscard]] std::vector<RouteGroup> route_groups(const Context& context);

struct TimeDistance {
  Drawing drawing;
  std::size_t named_every = 1;  ///< 1: each band has its name or number
  bool numbered = false;        ///< places in the order of march in place of names: no room
};

/// As railways draw trains: clock time to the right, distance along the route upwards; each
/// contingent a band between the line of its head and that of its tail. Nothing to draw: a drawing
/// of no shapes.
[[nodiscard]] TimeDistance draw_time_distance(const Context& context, const RouteGroup& group,
                                              const std::string& id, double width_mm,
                                              double height_mm);

}  // namespace defilada::drawing
