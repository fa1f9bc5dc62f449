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
///   coordinate    -3480 m, 83 m, +2 km            (a length with a sign)
///   speed         10 km/h, 300 kt, 1.4 m/s, 20 mph
///   duration      3.78 s, 10 min, 1 h, 250 ms, 1 h 10 min, 4 min 20 s
///   offset        +2 min, -30 s, 2 min            (a duration with a sign)
///   frequency     112 /min, 2 /s
///   acceleration  0.5 m/s2, 0.5 m/s²
///   angle         30 deg, 30°, 0.5 rad
///   turn          left 60 deg, right 0.5 rad      (an angle with a side)
///   clock         09:44:30, 09:44, 09:44:30.5, 25:10:00 (the next day)
///   window        90 s to 150 s, at least 30 s, at most 2 min, 30 s (exactly)
///   share         40 %, 2.5 %
///   count         80000, 80 000, 80_000           (a whole number >= 0; no leading zero but 0)
/// A number is digits with an optional point and fraction; no exponent, no sign but where said, no
/// leading zeros,
/// ',' is refused with a hint. Between number and unit stand any spaces or none; U+00A0, U+2009 and
/// U+202F are spaces. A duration's units go from large to small, each once, and only the last has a
/// fraction; it is rounded to the microsecond. Texts over 100 bytes are refused. A value stays
/// below 1e12 of its SI unit, a duration below 1000 days. An Error's message says what is wrong and
/// what was expected, and suggests the unit that was probably meant. Laws: print(parse(x)) parses
/// to the same value; never NaN or infinite; spaces change nothing.
namespace defilada::show {

enum class Dimension {
  length,
  coordinate,
  speed,
  duration,
  offset,
  frequency,
  acceleration,
  angle,
  turn,
  clock,
  window,
  share,
  count,
  plain_number,
};
inline constexpr int kDimensions = 14;
[[nodiscard]] std::string_view to_string(Dimension dimension) noexcept;

/// What is wrong with a text, for a diagnostic at its place.
struct QuantityFault {
  std::string_view id;     ///< "quantity.unit-missing": docs/messages.md
  Phrase message;          ///< what is wrong
  Phrase expected;         ///< "a length such as 0.75 m; units: mm, cm, m, km, in, ft, NM"
  std::string suggestion;  ///< the text that was probably meant: "10 km/h"; may be empty
};
/// Nothing where the text is a quantity of the dimension. `positive` refuses zero; for dimensions
/// that have a zero and no sign (not windows, clock times, turns).
[[nodiscard]] std::optional<QuantityFault> quantity_fault(Dimension dimension,
                                                          std::string_view text,
                                                          bool positive = false);
/// A regular expression (ECMAScript, anchored) of the texts that have no quantity_fault but for the
/// limits on magnitude: for the JSON Schema. plain_number and count: of the texts that are not JSON
/// numbers.
[[nodiscard]] std::string quantity_pattern(Dimension dimension, bool positive = false);
/// "0.75 m": an example for messages and the reference.
[[nodiscard]] std::string_view quantity_example(Dimension dimension) noexcept;

[[nodiscard]] Result<double> parse_length_m(std::string_view text);
[[nodiscard]] Result<double> parse_coordinate_m(std::string_view text);
[[nodiscard]] Result<double> parse_speed_mps(std::string_view text);
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);  ///< >= 0
[[nodiscard]] Result<Duration> parse_offset(std::string_view text);
[[nodiscard]] Result<double> parse_frequency_hz(std::string_view text);
[[nodiscard]] Result<double> parse_acceleration_mps2(std::string_view text);
[[nodiscard]] Result<double> parse_angle_rad(std::string_view text);
[[nodiscard]] Result<double> parse_turn_rad(std::string_view text);  ///< > 0 to the left
[[nodiscard]] Result<std::int64_t> parse_clock_us(
    std::string_view text);                                       ///< of the day, [0, 48 h)
[[nodiscard]] Result<double> parse_share(std::string_view text);  ///< 40 % is 0.4
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
