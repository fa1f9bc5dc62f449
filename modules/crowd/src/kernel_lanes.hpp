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

/// In which strain comes and goes [s].
inline constexpr float kStrain_s = 0.5F;
inline constexpr float kSlowStrain = 0.1F;
inline constexpr float kMostStrain = 2;

/// Cosine from which on somebody is ahead of who gives way.
inline constexpr float kAhead = 0.1F;
/// Cosine of the facings below which somebody comes head on.
inline constexpr float kHeadOn = -0.3F;
/// Of who steps back [m/s].
inline constexpr float kBackSpeed = 0.3F;

inline void grow(Scratch& s, std::size_t count) {
  for (std::vector<float>* column : {&s.x, &s.y, &s.ax, &s.ay, &s.ex, &s.ey, &s.r}) {
    column->resize(count + count / 2);
  }
  s.kept.resize(count + count / 2);
  s.touching.resize(count + count / 2);
}

}  // namespace defilada::crowd
