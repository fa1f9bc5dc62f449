// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace defilada::app {

/// Escape codes of what is shown; all empty where there is no colour.
struct Palette {
  std::string_view bold, label, error, off;
};
inline constexpr Palette kColours{"\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[0m"};
inline constexpr Palette kPlain{};

[[nodiscard]] constexpr const Palette& palette_of(bool colour) noexcept {
  return colour ? kColours : kPlain;
}

}  // namespace defilada::app
