// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/drawing/drawing.hpp"

/// Measured values beside published curves.
namespace defilada::crowd::validation {

struct Series {
  enum class As : std::uint8_t { points, line, dashed, band };
  std::string name;                    ///< empty: not in the legend
  std::vector<drawing::Point> points;  ///< in the units of the axes
  As as = As::points;
  std::vector<drawing::Point> lower;  ///< of a band
  drawing::Ink ink = drawing::Ink::text;
};

struct Axis {
  std::string name;
  double least = 0;
  double most = 1;
  double step = 1;  ///< between marks
};

struct Plot {
  std::string file;  ///< [a-z0-9-]+, without ending
  std::string title;
  std::string description;
  Axis x;
  Axis y;
  std::vector<Series> series;
};

[[nodiscard]] drawing::Drawing draw(const Plot& plot);

}  // namespace defilada::crowd::validation
