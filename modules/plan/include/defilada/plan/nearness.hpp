// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "defilada/show/model.hpp"

namespace defilada::plan {

/// How near two contingents come to each other, for pictures: centre to centre on the ground,
/// between those of them whose heights do not keep them apart already.
struct Nearness {
  show::ContingentId a;  ///< a < b
  show::ContingentId b;
  double wanted_m = 0;  ///< where they are nearest: what those two owe each other
  double lower_m = 0;   ///< the least distance lies in [lower, upper], 1 cm at most (docs/proof.md)
  double upper_m = 0;
  double t_s = 0;                   ///< then, s of day
  std::array<double, 3> place_m{};  ///< midway between the two
  /// (s of day, m) at instants, the nearest among them; NaN where nobody is to be compared.
  std::vector<std::array<double, 2>> curve;
};

}  // namespace defilada::plan
