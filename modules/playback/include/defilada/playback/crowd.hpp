// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "defilada/geo/frame.hpp"

namespace defilada::playback {

/// The spectators of a day as densities, for the player: nobody by name. What it says is of all
/// people, whatever share of them was simulated.
struct Crowd {
  /// Row 0 is the southernmost.
  geo::Vec2 origin;  ///< south-west corner of the cells, m
  double cell_m = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint32_t steps = 1;  ///< a value v of a cell is v / steps people per m2
  /// A stand or an area, and how many have their place in it.
  struct Zone {
    std::uint32_t area = 0;  ///< index in the site's areas
    std::uint32_t people = 0;
  };
  std::vector<Zone> zones{};
  /// Holds until the next.
  struct Frame {
    double time_s = 0;  ///< of day; ascending
    /// Cells with people, ascending: cell << 8 | value, 1 to 255.
    std::vector<std::uint32_t> cells;
    std::vector<std::uint32_t> seated;  ///< (zone) at their places
  };
  std::vector<Frame> frames{};
};

}  // namespace defilada::playback
