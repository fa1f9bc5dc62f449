// SPDX-License-Identifier: MIT
#pragma once

#include "cells.hpp"

/// Those who stand are many and change seldom: who comes is merged in and who goes is taken out, in
/// place.
///
///     |  sorted by cell, some marked     | came |      a few runs of memory are moved; the rest of
///     a
///     |====x=======x=====================|~~~~~~|      step costs nothing for those who stay
namespace defilada::crowd {

struct StandingChanges {
  std::size_t sorted = 0;           ///< this many are in the order of cells; behind them who came
  std::vector<std::uint32_t> gone;  ///< places of those who go, in any order
  // Memory that is kept:
  std::vector<std::uint64_t> order;   ///< cell, then place, of who came
  std::vector<std::uint32_t> before;  ///< of each who came: how many of the others come first
  std::vector<std::uint64_t> buffer;
};

/// Puts people in the order of cells, those who came behind the others of their cell. `begin`:
/// (cells + 1) of the sorted part, and of all afterwards. Cost: the bytes behind the first change.
void merge(const Grid& grid, StandingChanges& changes, Columns& people,
           std::vector<std::uint32_t>& begin);

}  // namespace defilada::crowd
