// SPDX-License-Identifier: MIT
// The first byte chooses the dimension, the rest is the text: a value is finite and within its
// limits, a fault says something, a suggestion changes the text, and durations print to what reads
// back.
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "defilada/core/check.hpp"
#include "quantity.hpp"

namespace defilada::show {
namespace {

void check_duration(Duration duration, bool with_sign) {
  const std::string printed = print_duration(duration);
  const auto again = with_sign ? parse_offset(printed) : parse_duration(printed);
  DEFILADA_CHECK(again && *again == duration);
}

/// The value as a number, where the text has one.
std::optional<double> value_of(Dimension dimension, const std::string& text) {
  const auto number = [](const auto& parsed) -> std::optional<double> {
    if (!parsed) return std::nullopt;
    return static_cast<double>(*parsed);
  };
  switch (dimension) {
    case Dimension::length: return number(parse_length_m(text));
    case Dimension::coordinate: return number(parse_coordinate_m(text));
    case Dimension::speed: return number(parse_speed_mps(text));
    case Dimension::frequency: return number(parse_frequency_hz(text));
    case Dimension::acceleration: return number(parse_acceleration_mps2(text));
    case Dimension::angle: return number(parse_angle_rad(text));
    case Dimension::turn: return number(parse_turn_rad(text));
    case Dimension::clock: return number(parse_clock_us(text));
    case Dimension::count: return number(parse_count(text));
    case Dimension::share: return number(parse_share(text));
    case Dimension::plain_number: return number(parse_plain_number(text));
    case Dimension::duration:
    case Dimension::offset: {
      const bool with_sign = dimension == Dimension::offset;
      const auto duration = with_sign ? parse_offset(text) : parse_duration(text);
      if (!duration) return std::nullopt;
      check_duration(*duration, with_sign);
      return duration->seconds();
    }
    case Dimension::window: {
      const auto window = parse_window(text);
      if (!window) return std::nullopt;
      DEFILADA_CHECK(window->least || window->most);
      DEFILADA_CHECK(!window->least || !window->most || *window->least <= *window->most);
      return 0;
    }
  }
  return std::nullopt;
}

void run(Dimension dimension, const std::string& text) {
  const auto fault = quantity_fault(dimension, text);
  const auto value = value_of(dimension, text);
  DEFILADA_CHECK(fault.has_value() != value.has_value());
  if (value) DEFILADA_CHECK(std::isfinite(*value) && std::abs(*value) < 1e12);
  if (fault) {
    DEFILADA_CHECK(!fault->message.empty() && !fault->expected.empty() && !fault->id.empty());
    DEFILADA_CHECK(fault->suggestion.empty() || fault->suggestion != text);
  }
}

}  // namespace
}  // namespace defilada::show

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto dimension =
      static_cast<defilada::show::Dimension>(data[0] % defilada::show::kDimensions);
  defilada::show::run(dimension, std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  return 0;
}
