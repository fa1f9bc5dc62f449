// SPDX-License-Identifier: MIT
#include "units.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <vector>

#include "defilada/core/suggest.hpp"

namespace defilada::show {
namespace {

// 1 in = 25.4 mm, 1 ft = 12 in, 1 mile = 5280 ft (international yard and pound agreement, 1959);
// 1 NM = 1852 m (First International Extraordinary Hydrographic Conference, 1929).
constexpr std::array kLength = {
    Unit{"mm", 1, 1000},    Unit{"cm", 1, 100},      Unit{"m", 1, 1},    Unit{"km", 1000, 1},
    Unit{"in", 254, 10000}, Unit{"ft", 3048, 10000}, Unit{"NM", 1852, 1}};
constexpr std::array kSpeed = {Unit{"m/s", 1, 1}, Unit{"km/h", 1000, 3600}, Unit{"kt", 1852, 3600},
                               Unit{"mph", 1609.344, 3600}};
constexpr std::array kDuration = {Unit{"h", 3600, 1}, Unit{"min", 60, 1}, Unit{"s", 1, 1},
                                  Unit{"ms", 1, 1000}};
constexpr std::array kFrequency = {Unit{"/min", 1, 60}, Unit{"/s", 1, 1}};
constexpr std::array kAcceleration = {Unit{"m/s2", 1, 1}, Unit{"m/s²", 1, 1}};
constexpr std::array kAngle = {Unit{"deg", std::numbers::pi, 180}, Unit{"°", std::numbers::pi, 180},
                               Unit{"rad", 1, 1}};
constexpr std::array kShare = {Unit{"%", 1, 100}};

struct Alias {
  std::string_view written;
  std::string_view meant;
};

// Compared without regard to case. A word may stand for units of several dimensions ("m" for
// minutes): the first that the asked dimension has is taken.
constexpr std::array kAliases = {Alias{"kmh", "km/h"},
                                 Alias{"kph", "km/h"},
                                 Alias{"kmph", "km/h"},
                                 Alias{"km/hr", "km/h"},
                                 Alias{"km/hour", "km/h"},
                                 Alias{"kmh-1", "km/h"},
                                 Alias{"mps", "m/s"},
                                 Alias{"m/sec", "m/s"},
                                 Alias{"ms", "m/s"},
                                 Alias{"ms-1", "m/s"},
                                 Alias{"knot", "kt"},
                                 Alias{"knots", "kt"},
                                 Alias{"kts", "kt"},
                                 Alias{"kn", "kt"},
                                 Alias{"mi/h", "mph"},
                                 Alias{"miles/h", "mph"},
                                 Alias{"metre", "m"},
                                 Alias{"metres", "m"},
                                 Alias{"meter", "m"},
                                 Alias{"meters", "m"},
                                 Alias{"mtr", "m"},
                                 Alias{"kms", "km"},
                                 Alias{"kilometre", "km"},
                                 Alias{"kilometres", "km"},
                                 Alias{"kilometer", "km"},
                                 Alias{"kilometers", "km"},
                                 Alias{"foot", "ft"},
                                 Alias{"feet", "ft"},
                                 Alias{"'", "ft"},
                                 Alias{"inch", "in"},
                                 Alias{"inches", "in"},
                                 Alias{"\"", "in"},
                                 Alias{"nmi", "NM"},
                                 Alias{"nautical miles", "NM"},
                                 Alias{"sec", "s"},
                                 Alias{"secs", "s"},
                                 Alias{"second", "s"},
                                 Alias{"seconds", "s"},
                                 Alias{"m", "min"},
                                 Alias{"mins", "min"},
                                 Alias{"minute", "min"},
                                 Alias{"minutes", "min"},
                                 Alias{"hr", "h"},
                                 Alias{"hrs", "h"},
                                 Alias{"hour", "h"},
                                 Alias{"hours", "h"},
                                 Alias{"msec", "ms"},
                                 Alias{"millis", "ms"},
                                 Alias{"milliseconds", "ms"},
                                 Alias{"bpm", "/min"},
                                 Alias{"spm", "/min"},
                                 Alias{"rpm", "/min"},
                                 Alias{"ppm", "/min"},
                                 Alias{"per minute", "/min"},
                                 Alias{"per min", "/min"},
                                 Alias{"1/min", "/min"},
                                 Alias{"min-1", "/min"},
                                 Alias{"paces/min", "/min"},
                                 Alias{"steps/min", "/min"},
                                 Alias{"hz", "/s"},
                                 Alias{"1/s", "/s"},
                                 Alias{"per second", "/s"},
                                 Alias{"m/s^2", "m/s2"},
                                 Alias{"m/s/s", "m/s2"},
                                 Alias{"m/s**2", "m/s2"},
                                 Alias{"mps2", "m/s2"},
                                 Alias{"percent", "%"},
                                 Alias{"per cent", "%"},
                                 Alias{"pct", "%"},
                                 Alias{"degree", "deg"},
                                 Alias{"degrees", "deg"},
                                 Alias{"radian", "rad"},
                                 Alias{"radians", "rad"}};

constexpr std::array kMeasured = {
    Dimension::length,       Dimension::speed, Dimension::duration, Dimension::frequency,
    Dimension::acceleration, Dimension::angle, Dimension::share};

bool same_letters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::span<const Unit> units_of(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::length:
    case Dimension::coordinate: return kLength;
    case Dimension::speed: return kSpeed;
    case Dimension::duration:
    case Dimension::offset:
    case Dimension::window: return kDuration;
    case Dimension::frequency: return kFrequency;
    case Dimension::acceleration: return kAcceleration;
    case Dimension::angle:
    case Dimension::turn: return kAngle;
    case Dimension::share: return kShare;
    case Dimension::clock:
    case Dimension::count:
    case Dimension::plain_number: return {};
  }
  return {};
}

const Unit* find_unit(Dimension dimension, std::string_view name) noexcept {
  for (const Unit& unit : units_of(dimension))
    if (unit.name == name) return &unit;
  return nullptr;
}

std::string meant_unit(Dimension dimension, std::string_view written) {
  const auto units = units_of(dimension);
  for (const Unit& unit : units)
    if (same_letters(unit.name, written)) return std::string(unit.name);
  for (const Alias& alias : kAliases)
    if (same_letters(alias.written, written) && find_unit(dimension, alias.meant) != nullptr)
      return std::string(alias.meant);
  std::vector<std::string> names;
  for (const Unit& unit : units) names.emplace_back(unit.name);
  // Of one or two letters almost any unit is one edit away: too little to guess from.
  return written.size() < 3 ? std::string() : nearest(written, names);
}

std::string_view measured_by(std::string_view unit) noexcept {
  for (const Dimension dimension : kMeasured)
    if (find_unit(dimension, unit) != nullptr) return to_string(dimension);
  return {};
}

std::string unit_list(Dimension dimension) {
  std::string list;
  for (const Unit& unit : units_of(dimension)) {
    if (!list.empty()) list += ", ";
    list += unit.name;
  }
  return list;
}

}  // namespace defilada::show
