// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace defilada::certificate {

/// An instant of the show's day, "03:12:45.250".
[[nodiscard]] inline std::string clock_text(double t_s) {
  const double day = std::min(std::abs(t_s), 1e9);
  const int minutes = static_cast<int>(day / 60);
  return fmt::format("{}{:02}:{:02}:{:06.3f}", t_s < 0 ? "-" : "", minutes / 60, minutes % 60,
                     day - 60.0 * minutes);
}

}  // namespace defilada::certificate
