// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>

#include "filter.hpp"

namespace defilada::proof {

/// Calls test(i, begin, end) so that every pair that may be near is met once, for movers of rows
/// [first_row, last_row); one row beyond the last is that of the wide ones. Of a mover's
/// neighbours, half:
///      [ ] [i] [>]      the rest of its own cell and the next,
///      [v] [v] [v]      and three of the row below: runs in the sorted arrays,
///                       cut in two where the torus closes
template <class Test>
void walk_neighbours(const SliceArrays& s, std::uint32_t first_row, std::uint32_t last_row,
                     const Test& test) {
  const std::uint32_t columns = s.columns;
  const auto first = [&](std::uint32_t row, std::uint32_t column) {
    return s.cell_start[row * columns + column];
  };
  const auto after = [&](std::uint32_t row, std::uint32_t column) {
    return s.cell_start[row * columns + column + 1];
  };
  for (std::uint32_t row = first_row; row < std::min(last_row, s.rows); ++row) {
    const std::uint32_t below = row + 1 == s.rows ? 0 : row + 1;
    for (std::uint32_t column = 0; column < columns; ++column) {
      const std::uint32_t begin = first(row, column);
      const std::uint32_t end = after(row, column);
      if (begin == end) continue;
      const bool closes_right = column + 1 == columns;
      const bool closes_left = column == 0;
      const std::uint32_t own_end = closes_right ? end : after(row, column + 1);
      const std::uint32_t lower_begin = first(below, closes_left ? 0 : column - 1);
      const std::uint32_t lower_end = after(below, closes_right ? column : column + 1);
      for (std::uint32_t i = begin; i < end; ++i) {
        if (i + 1 < own_end) test(i, i + 1, own_end);
        if (closes_right && first(row, 0) < after(row, 0)) test(i, first(row, 0), after(row, 0));
        if (lower_begin < lower_end) test(i, lower_begin, lower_end);
        if (closes_right && first(below, 0) < after(below, 0))
          test(i, first(below, 0), after(below, 0));
        if (closes_left && first(below, columns - 1) < after(below, columns - 1)) {
          test(i, first(below, columns - 1), after(below, columns - 1));
        }
      }
    }
  }
  if (last_row <= s.rows) return;
  const auto count = static_cast<std::uint32_t>(s.reach.size() - 64);
  for (std::uint32_t i = s.wide_begin; i < count; ++i) {
    if (i > 0) test(i, 0, i);
  }
}

}  // namespace defilada::proof
