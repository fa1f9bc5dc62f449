// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "defilada/crowd/kernel.hpp"

namespace defilada::crowd {

/// The densest square of 2 m, of those whose corners are whole metres. Only squares of 1 m on which
/// somebody stands are kept: a site may be as wide as a county.
class Densest {
 public:
  struct Found {
    double density = 0;  ///< persons per m2
    Vec2 place;          ///< its middle
  };

  /// From `origin`, which is at whole metres, so many squares of 1 m on each level.
  Densest(Vec2 origin, std::uint64_t columns, std::uint64_t rows)
      : origin_(origin), columns_(columns), rows_(rows) {}

  void clear() { people_.clear(); }
  /// Who is beyond the squares does not count.
  void add(const Columns& people);
  /// The densest of those that were added, if it is denser than `least`; of equals the first by
  /// level, row, column. Cost: O(n log n) of n people. Memory: 8 n bytes.
  [[nodiscard]] Found denser_than(double least);

 private:
  struct Square {
    std::uint64_t key;
    std::uint64_t people;
  };
  void count();
  [[nodiscard]] std::uint64_t people_on(std::uint64_t key) const;

  Vec2 origin_;
  std::uint64_t columns_;
  std::uint64_t rows_;
  std::vector<std::uint64_t> people_;  ///< (level, row, column) of each as one number
  std::vector<Square> squares_;        ///< by key
};

}  // namespace defilada::crowd
