// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

/// Who may come near whom in a slice of time, by the relative linear motion of all neighbours.
namespace defilada::proof {

/// Movers in one slice, sorted by cell of a grid; s runs over [-1, 1]:
///   place(s) is within `reach` less what is owed of  (cx, cy, cz) + s (hx, hy, hz).
///     c - h  o-----c----->  c + h
struct SliceArrays {
  std::vector<float> cx, cy, cz;  ///< middle of the chord (mover) [m]
  std::vector<float> hx, hy, hz;  ///< half of the chord (mover) [m]
  std::vector<float> reach;       ///< deviation from the chord and half of what is owed (mover) [m]
  std::vector<std::uint32_t> cell_start;  ///< (cell, row by row; one more) first mover
  std::uint32_t columns = 0;              ///< at least 4: the grid closes on itself like a torus
  std::uint32_t rows = 0;                 ///< at least 4
  std::uint32_t wide_begin = 0;           ///< movers from here on are too fast for the cells
  void resize(std::size_t count);         ///< with room for a whole vector behind
};

struct IndexPair {
  std::uint32_t i;
  std::uint32_t j;
};

/// All pairs of movers whose linear motions come within the sum of their reaches: of neighbouring
/// cells, and of the wide ones with everybody. In a fixed order; the same on every instruction set.
/// Rounding of the floats: docs/proof.md, "The filter"; `reach` has room for it.
void filter_pairs(const SliceArrays& slice, std::vector<IndexPair>& out);

/// Those of rows [first_row, last_row), of rows + 1: the wide ones are the last. One after another
/// all rows give what filter_pairs gives.
void filter_rows(const SliceArrays& slice, std::uint32_t first_row, std::uint32_t last_row,
                 std::vector<IndexPair>& out);

/// The same without vectors, written out: the reference.
void filter_pairs_scalar(const SliceArrays& slice, std::vector<IndexPair>& out);

}  // namespace defilada::proof
