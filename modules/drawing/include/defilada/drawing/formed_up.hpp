// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/track/tracks.hpp"

namespace defilada::drawing {

/// A contingent of a march as it stands in its line-up: the least rectangle along its heading that
/// holds all its bodies, by their tracks at the moment at which it steps off.
///
///      corners[1] o-------------o corners[0]      --> heading of its first mover
///                 |  o o o o o  |
///      corners[2] o-------------o corners[3]
struct FormedUp {
  show::ContingentId contingent;
  std::array<geo::Vec2, 4> corners{};
  double along_m = 0;  ///< bodies included
  double across_m = 0;
};

/// In the order of the show's contingents; none where there are no tracks. Cost: O(movers).
[[nodiscard]] std::vector<FormedUp> formed_up(const Context& context);

}  // namespace defilada::drawing
