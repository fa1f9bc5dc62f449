// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "defilada/drawing/drawing.hpp"

namespace defilada::drawing {

/// An ink on paper and light screens, and on dark ones: 0xRRGGBB.
struct InkColour {
  std::string_view name;  ///< of its CSS variable
  std::uint32_t light = 0;
  std::uint32_t dark = 0;
};

/// (ink). Text inks have a contrast of at least 4.5 : 1 to paper and tint in both schemes (tested).
inline constexpr std::array<InkColour, kInks> kPalette{{
    {"none", 0, 0},
    {"text", 0x1B1C20, 0xE9E7E2},
    {"faint", 0x5C6066, 0xA5A7AB},
    {"rule", 0xC6C5C0, 0x45474C},
    {"tint", 0xF5F3EE, 0x212328},
    {"shade", 0xE4DFD3, 0x34353A},
    {"paper", 0xFFFFFF, 0x17181B},
    {"accent", 0x9E1B22, 0xFF8A80},
    {"good", 0x2E6B41, 0x7FC796},
    {"s1", 0x1E3A63, 0x8FB3E8},
    {"s2", 0xA4442C, 0xE9937B},
    {"s3", 0x3C7A57, 0x7FC79E},
    {"s4", 0xB9892F, 0xE0BC6C},
    {"s5", 0x67478A, 0xBF9FE0},
    {"s6", 0x2E8199, 0x78C4D9},
    {"s7", 0x74777D, 0xB0B3B9},
    {"s8", 0xB5587A, 0xE59AB7},
}};

[[nodiscard]] constexpr const InkColour& colour_of(Ink ink) noexcept {
  return kPalette[static_cast<std::size_t>(ink)];
}

/// Lengths of dashes and gaps in mm, for a line of any width.
inline constexpr std::array<double, 2> kDashed{1.6, 1.0};
inline constexpr std::array<double, 2> kDotted{0.3, 0.7};

}  // namespace defilada::drawing
