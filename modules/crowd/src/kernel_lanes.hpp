// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>

#include "cells.hpp"

/// What the code of every instruction set shares.
namespace defilada::crowd {

/// Kept back from every gap for the rounding of the step [m].
inline constexpr float kMargin = 1.5e-4F;
/// From the body on: who walks into a wall turns along it within this [m].
inline constexpr float kWallBuffer = 0.1F;

inline void grow(Scratch& s, std::size_t count) {
  for (std::vector<float>* column : {&s.x, &s.y, &s.vx, &s.vy, &s.ex, &s.ey, &s.r}) {
    column->resize(count + count / 2);
  }
  s.kept.resize(count + count / 2);
  s.touching.resize(count + count / 2);
}

}  // namespace defilada::crowd
