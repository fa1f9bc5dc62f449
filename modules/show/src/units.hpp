// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "quantity.hpp"

/// Units and what people write in their place. Shared by the parser and by the patterns of the JSON
/// Schema.
namespace defilada::show {

struct Unit {
  std::string_view name;
  double numerator;  ///< SI value of one unit is numerator / denominator, divided last: 36 km/h is
                     ///< exactly 10 m/s
  double denominator;
};

/// Of a dimension whose values are one number and one unit, and of durations, offsets and windows
/// (h, min, s, ms: from large to small). Empty for the others.
[[nodiscard]] std::span<const Unit> units_of(Dimension dimension) noexcept;
/// nullptr if the dimension has no such unit.
[[nodiscard]] const Unit* find_unit(Dimension dimension, std::string_view name) noexcept;
/// The unit of the dimension that was probably meant by a misspelt one: "kmh" is "km/h"; "" if
/// none.
[[nodiscard]] std::string meant_unit(Dimension dimension, std::string_view written);
/// What a unit of another dimension measures: "a speed"; "" if it is no unit at all.
[[nodiscard]] std::string_view measured_by(std::string_view unit) noexcept;
/// "mm, cm, m, km, in, ft, NM".
[[nodiscard]] std::string unit_list(Dimension dimension);

}  // namespace defilada::show
