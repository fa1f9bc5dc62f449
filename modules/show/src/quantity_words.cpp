// SPDX-License-Identifier: MIT
// What messages, the JSON Schema and the key reference say of the dimensions.
#include <fmt/format.h>

#include "quantity.hpp"
#include "quantity_text.hpp"
#include "units.hpp"

namespace defilada::show {
namespace {

// Alternatives in place of a character class: a class of characters beyond ASCII means bytes to
// some engines.
constexpr std::string_view kSpace = "(?: |\u00a0|\u2009|\u202f)";
constexpr std::string_view kWhole = "(?:0|[1-9][0-9]*)";
constexpr std::string_view kFraction = "(?:\\.[0-9]+)?";

std::string amount(Dimension dimension) {
  std::string units;
  for (const Unit& unit : units_of(dimension))
    units += fmt::format("{}{}", units.empty() ? "" : "|", unit.name);
  return fmt::format("{}{}{}*(?:{})", kWhole, kFraction, kSpace, units);
}

/// Units from large to small, each at most once, one at least; a fraction in the last only.
std::string pieces() {
  std::string all;
  std::string before;
  for (const Unit& unit : units_of(Dimension::duration)) {
    const std::string last = fmt::format("{}{}{}*{}", kWhole, kFraction, kSpace, unit.name);
    all += fmt::format("{}{}{}", all.empty() ? "" : "|", before, last);
    before += fmt::format("(?:{}{}*{}{}*)?", kWhole, kSpace, unit.name, kSpace);
  }
  return fmt::format("(?:{})", all);
}

std::string window() {
  return fmt::format("(?:at{0}+(?:least|most){0}+{1}|{1}(?:{0}+to{0}+{1})?)", kSpace, pieces());
}

std::string body(Dimension dimension) {
  switch (dimension) {
    case Dimension::length:
    case Dimension::speed:
    case Dimension::frequency:
    case Dimension::acceleration:
    case Dimension::share:
    case Dimension::angle: return amount(dimension);
    case Dimension::coordinate: return "[+-]?" + amount(dimension);
    case Dimension::duration: return pieces();
    case Dimension::offset: return "[+-]?" + pieces();
    case Dimension::turn: return fmt::format("(?:left|right){}+{}", kSpace, amount(dimension));
    case Dimension::clock:
      return "(?:[0-3][0-9]|4[0-7]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,6})?)?";
    case Dimension::window: return window();
    case Dimension::count:
      return fmt::format("(?:{}|[1-9][0-9]{{0,2}}(?:(?:_|{})[0-9]{{3}})+)", kWhole, kSpace);
    case Dimension::plain_number: return fmt::format("[+-]?{}{}", kWhole, kFraction);
  }
  return {};
}

}  // namespace

std::string_view to_string(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::length: return "length";
    case Dimension::coordinate: return "coordinate";
    case Dimension::speed: return "speed";
    case Dimension::duration: return "duration";
    case Dimension::offset: return "offset";
    case Dimension::frequency: return "frequency";
    case Dimension::acceleration: return "acceleration";
    case Dimension::angle: return "angle";
    case Dimension::turn: return "turn";
    case Dimension::clock: return "clock time";
    case Dimension::window: return "window";
    case Dimension::share: return "share";
    case Dimension::count: return "count";
    case Dimension::plain_number: return "number";
  }
  return {};
}

std::string_view quantity_example(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::length: return "0.75 m";
    case Dimension::coordinate: return "-3480 m";
    case Dimension::speed: return "10 km/h";
    case Dimension::duration: return "1 h 10 min";
    case Dimension::offset: return "+2 min";
    case Dimension::frequency: return "112 /min";
    case Dimension::acceleration: return "0.5 m/s2";
    case Dimension::angle: return "30 deg";
    case Dimension::turn: return "left 60 deg";
    case Dimension::clock: return "09:44:30";
    case Dimension::window: return "90 s to 150 s";
    case Dimension::share: return "40 %";
    case Dimension::count: return "80 000";
    case Dimension::plain_number: return "39.9063";
  }
  return {};
}

std::string quantity_pattern(Dimension dimension, bool positive) {
  // A digit above zero in the number; the digits of units (m/s2) come after it.
  std::string_view above_zero;
  if (positive)
    above_zero = units_of(dimension).empty() || dimension == Dimension::duration
                     ? "(?=.*[1-9])"
                     : "(?=[0-9.]*[1-9])";
  return fmt::format("^{}{}$", above_zero, body(dimension));
}

namespace quantity_text {

Dimension measured(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::coordinate: return Dimension::length;
    case Dimension::offset:
    case Dimension::window: return Dimension::duration;
    case Dimension::turn: return Dimension::angle;
    default: return dimension;
  }
}

namespace {
Phrase name_and_example(Dimension dimension) {
  const std::string_view example = quantity_example(dimension);
  switch (dimension) {
    case Dimension::length: return phrase("a length such as {}", example);
    case Dimension::coordinate: return phrase("a coordinate such as {}", example);
    case Dimension::speed: return phrase("a speed such as {}", example);
    case Dimension::duration: return phrase("a duration such as {}", example);
    case Dimension::offset: return phrase("an offset such as {}", example);
    case Dimension::frequency: return phrase("a frequency such as {}", example);
    case Dimension::acceleration: return phrase("an acceleration such as {}", example);
    case Dimension::angle: return phrase("an angle such as {}", example);
    case Dimension::turn: return phrase("a turn such as {}", example);
    case Dimension::clock: return phrase("a clock time such as {}", example);
    case Dimension::window: return phrase("a window such as {}", example);
    case Dimension::share: return phrase("a share such as {}", example);
    case Dimension::count: return phrase("a count such as {}", example);
    case Dimension::plain_number: return phrase("a number such as {}", example);
  }
  return {};
}
}  // namespace

Phrase name_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::length: return phrase("length");
    case Dimension::coordinate: return phrase("coordinate");
    case Dimension::speed: return phrase("speed");
    case Dimension::duration: return phrase("duration");
    case Dimension::offset: return phrase("offset");
    case Dimension::frequency: return phrase("frequency");
    case Dimension::acceleration: return phrase("acceleration");
    case Dimension::angle: return phrase("angle");
    case Dimension::turn: return phrase("turn");
    case Dimension::clock: return phrase("clock time");
    case Dimension::window: return phrase("window");
    case Dimension::share: return phrase("share");
    case Dimension::count: return phrase("count");
    case Dimension::plain_number: return phrase("number");
  }
  return {};
}

Phrase expectation(Dimension dimension) {
  const Phrase text = name_and_example(dimension);
  const std::string units = unit_list(dimension);
  return units.empty() ? text : phrase("{} (units: {})", text, units);
}

}  // namespace quantity_text
}  // namespace defilada::show
