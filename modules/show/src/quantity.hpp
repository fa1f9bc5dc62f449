// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "defilada/core/result.hpp"
#include "defilada/core/time.hpp"

/// Quantities as people write them, to SI. One grammar a dimension; the unit is required:
///   length        0.75 m, 3 km, 20 cm, 5 mm, 1000 ft, 30 in, 6 NM
///   speed         10 km/h, 300 kt, 1.4 m/s, 20 mph
///   duration      3.78 s, 10 min, 1 h, 250 ms, 1 h 10 min, 4 min 20 s
///   offset        +2 min, -30 s, 2 min            (a duration with a sign)
///   frequency     112 /min, 2 /s
///   acceleration  0.5 m/s2, 0.5 m/s²
///   angle         30 deg, 30°, 0.5 rad
///   clock         09:44:30, 09:44, 09:44:30.5, 25:10:00 (the next day)
///   window        90 s to 150 s, at least 30 s, at most 2 min, 30 s (exactly)
///   count         80000, 80 000, 80_000           (a whole number >= 0; no leading zero but 0)
/// A number is digits with an optional point and fraction; no exponent, no sign but where said, no leading zeros,
/// ',' is refused with a hint. An Error's message says what is wrong and what was expected, and suggests the
/// unit that was probably meant. Laws: print(parse(x)) parses to the same value; never NaN or infinite.
namespace defilada::show {

enum class Dimension { length, speed, duration, offset, frequency, acceleration, angle, clock, window, count, plain_number };

[[nodiscard]] Result<double> parse_length_m(std::string_view text);
[[nodiscard]] Result<double> parse_speed_mps(std::string_view text);
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);  ///< >= 0
[[nodiscard]] Result<Duration> parse_offset(std::string_view text);
[[nodiscard]] Result<double> parse_frequency_hz(std::string_view text);
[[nodiscard]] Result<double> parse_acceleration_mps2(std::string_view text);
[[nodiscard]] Result<double> parse_angle_rad(std::string_view text);
[[nodiscard]] Result<std::int64_t> parse_clock_us(std::string_view text);  ///< of the day, [0, 48 h)
[[nodiscard]] Result<std::int64_t> parse_count(std::string_view text);
/// Signed decimal without a unit: latitude, longitude.
[[nodiscard]] Result<double> parse_plain_number(std::string_view text);

struct WindowText {
  std::optional<Duration> least;
  std::optional<Duration> most;
};
[[nodiscard]] Result<WindowText> parse_window(std::string_view text);

/// "1 h 10 min", "50.8 s": the shortest that parses back to the same microsecond.
[[nodiscard]] std::string print_duration(Duration duration);

}  // namespace defilada::show
