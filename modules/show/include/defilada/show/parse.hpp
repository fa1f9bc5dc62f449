// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include "defilada/core/result.hpp"
#include "defilada/core/time.hpp"

/// Quantities as the show file writes them, for other texts that people write: measured times,
/// words of the command line. An Error's message says what is wrong and what was expected.
namespace defilada::show {

/// "09:47", "09:47:03.5", "25:10" (the next day): microseconds of the wall clock, [0, 48 h).
[[nodiscard]] Result<std::int64_t> parse_clock_us(std::string_view text);
/// "2 s", "1 min 30 s"; not below zero.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);
/// "0.75 m", "20 cm", "1000 ft"; not below zero.
[[nodiscard]] Result<double> parse_length_m(std::string_view text);

}  // namespace defilada::show
