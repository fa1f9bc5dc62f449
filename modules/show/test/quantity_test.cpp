// SPDX-License-Identifier: MIT
#include "quantity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>
#include <random>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "defilada/core/suggest.hpp"

namespace defilada::show {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kSecond = 1'000'000;

// ---------------------------------------------------------------- values

TEST(Quantity, ReadsEachUnitExactly) {
  EXPECT_EQ(parse_length_m("0.75 m"), 0.75);
  EXPECT_EQ(parse_length_m("3 km"), 3000.0);
  EXPECT_EQ(parse_length_m("20 cm"), 0.2);
  EXPECT_EQ(parse_length_m("5 mm"), 0.005);
  EXPECT_EQ(parse_length_m("1000 ft"), 304.8);
  EXPECT_EQ(parse_length_m("30 in"), 0.762);
  EXPECT_EQ(parse_length_m("6 NM"), 11112.0);
  EXPECT_EQ(parse_coordinate_m("-3480 m"), -3480.0);
  EXPECT_EQ(parse_coordinate_m("+2 km"), 2000.0);
  EXPECT_EQ(parse_speed_mps("36 km/h"), 10.0);
  EXPECT_EQ(parse_speed_mps("3600 kt"), 1852.0);
  EXPECT_EQ(parse_speed_mps("1.4 m/s"), 1.4);
  EXPECT_DOUBLE_EQ(*parse_speed_mps("20 mph"), 8.9408);
  EXPECT_EQ(parse_frequency_hz("120 /min"), 2.0);
  EXPECT_EQ(parse_frequency_hz("2 /s"), 2.0);
  EXPECT_EQ(parse_acceleration_mps2("0.5 m/s2"), 0.5);
  EXPECT_EQ(parse_acceleration_mps2("0.5 m/s²"), 0.5);
  EXPECT_EQ(parse_angle_rad("180 deg"), std::numbers::pi);
  EXPECT_EQ(parse_angle_rad("180°"), std::numbers::pi);
  EXPECT_EQ(parse_angle_rad("0.5 rad"), 0.5);
  EXPECT_EQ(parse_turn_rad("left 0.5 rad"), 0.5);
  EXPECT_EQ(parse_turn_rad("right 0.5 rad"), -0.5);
}

TEST(Quantity, ReadsTimesInMicroseconds) {
  EXPECT_EQ(parse_duration("3.78 s")->us, 3'780'000);
  EXPECT_EQ(parse_duration("1 h 10 min")->us, 4200 * kSecond);
  EXPECT_EQ(parse_duration("4 min 20 s")->us, 260 * kSecond);
  EXPECT_EQ(parse_duration("250 ms")->us, 250'000);
  EXPECT_EQ(parse_duration("1.5 h")->us, 5400 * kSecond);
  EXPECT_EQ(parse_duration("1h10min0.5s")->us, 4200 * kSecond + 500'000);
  EXPECT_EQ(parse_duration("0 s")->us, 0);
  EXPECT_EQ(parse_duration("0.0000015 s")->us, 2) << "rounds to the nearest microsecond";
  EXPECT_EQ(parse_offset("+2 min")->us, 120 * kSecond);
  EXPECT_EQ(parse_offset("-30 s")->us, -30 * kSecond);
  EXPECT_EQ(parse_offset("2 min")->us, 120 * kSecond);
  EXPECT_EQ(parse_clock_us("09:44"), (9 * 60 + 44) * 60 * kSecond);
  EXPECT_EQ(parse_clock_us("09:44:30.5"), ((9 * 60 + 44) * 60 + 30) * kSecond + 500'000);
  EXPECT_EQ(parse_clock_us("25:10:00"), (25 * 60 + 10) * 60 * kSecond);
  EXPECT_EQ(parse_clock_us("47:59:59.999999"), 48 * 3600 * kSecond - 1);
}

TEST(Quantity, ReadsWindowsAndCounts) {
  const auto both = parse_window("90 s to 2 min 30 s");
  EXPECT_EQ(both->least, Duration{90 * kSecond});
  EXPECT_EQ(both->most, Duration{150 * kSecond});
  EXPECT_EQ(parse_window("at least 30 s")->least, Duration{30 * kSecond});
  EXPECT_EQ(parse_window("at least 30 s")->most, std::nullopt);
  EXPECT_EQ(parse_window("at most 2 min")->least, std::nullopt);
  EXPECT_EQ(parse_window("at most 2 min")->most, Duration{120 * kSecond});
  EXPECT_EQ(parse_window("30 s")->least, Duration{30 * kSecond});
  EXPECT_EQ(parse_window("30 s")->most, Duration{30 * kSecond});
  EXPECT_EQ(parse_count("0"), 0);
  EXPECT_EQ(parse_count("80000"), 80'000);
  EXPECT_EQ(parse_count("80 000"), 80'000);
  EXPECT_EQ(parse_count("1_234_567"), 1'234'567);
  EXPECT_EQ(parse_plain_number("39.9063"), 39.9063);
  EXPECT_EQ(parse_plain_number("-116.3914"), -116.3914);
}

// Oracle: strtold times the unit in long double.
TEST(Quantity, ValuesAgreeWithALongDoubleOracle) {
  const std::vector<std::pair<std::string, long double>> units = {
      {"mm", 1e-3L},   {"cm", 1e-2L},   {"m", 1.0L},    {"km", 1e3L},
      {"in", 0.0254L}, {"ft", 0.3048L}, {"NM", 1852.0L}};
  std::mt19937_64 random(2);
  for (int i = 0; i < 20'000; ++i) {
    const auto& [unit, si] = units[random() % units.size()];
    std::string number = std::to_string(random() % 1'000'000);
    if (random() % 2 == 0) number += "." + std::to_string(random() % 1'000'000);
    const auto parsed = parse_length_m(number + " " + unit);
    ASSERT_TRUE(parsed) << number << unit;
    const long double exact = std::strtold(number.c_str(), nullptr) * si;
    EXPECT_LE(std::abs(*parsed - exact), std::abs(exact) * 4e-16L) << number << unit;
  }
}

// ---------------------------------------------------------------- laws

TEST(Quantity, EverySpaceIsASpace) {
  for (const std::string space : {"", " ", "  ", "\u00a0", "\u2009", "\u202f", " \u00a0"}) {
    EXPECT_EQ(parse_length_m("0.75" + space + "m"), 0.75);
    EXPECT_EQ(parse_duration("1" + space + "h" + space + "10" + space + "min")->us, 4200 * kSecond);
    EXPECT_EQ(parse_angle_rad("180" + space + "°"), std::numbers::pi);
  }
  EXPECT_EQ(parse_count("80\u202f000"), 80'000);
  EXPECT_EQ(parse_window("90\u00a0s\u00a0to  150 s")->most, Duration{150 * kSecond});
  EXPECT_EQ(parse_turn_rad("left\u00a00.5 rad"), 0.5);
}

TEST(Quantity, PrintedDurationsReadBack) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 50'000; ++i) {
    // Of all magnitudes, up to the largest that is read.
    const auto us = static_cast<std::int64_t>(random() % 86'399'999'999'999) >> (random() % 46);
    EXPECT_EQ(parse_duration(print_duration({us}))->us, us);
    EXPECT_EQ(parse_offset(print_duration({-us}))->us, -us);
  }
  EXPECT_EQ(print_duration({4200 * kSecond}), "1 h 10 min");
  EXPECT_EQ(print_duration({50'800'000}), "50.8 s");
  EXPECT_EQ(print_duration({0}), "0 s");
  EXPECT_EQ(print_duration({-90 * kSecond}), "-1 min 30 s");
  EXPECT_EQ(print_duration({std::numeric_limits<std::int64_t>::min()}).substr(0, 1), "-");
}

// ---------------------------------------------------------------- faults

struct Bad {
  Dimension dimension;
  std::string text;
  std::string id;
  std::string suggestion;
};

TEST(Quantity, SaysWhatIsWrongAndWhatWasMeant) {
  using enum Dimension;
  const std::vector<Bad> all = {
      {length, "", "quantity.malformed", ""},
      {length, "14", "quantity.unit-missing", ""},
      {length, "wide", "quantity.malformed", ""},
      {length, " 14 m", "quantity.malformed", "14 m"},
      {length, "14 m\u00a0", "quantity.malformed", "14 m"},
      {length, "0,75 m", "quantity.decimal-comma", "0.75 m"},
      {length, "1,000 m", "quantity.decimal-comma", ""},
      {length, "010 m", "quantity.malformed", "10 m"},
      {length, ".5 m", "quantity.malformed", "0.5 m"},
      {length, "5. m", "quantity.malformed", "5 m"},
      {length, "1e3 m", "quantity.malformed", ""},
      {length, "1.5E-3 m", "quantity.malformed", ""},
      {length, ".nan", "quantity.malformed", ""},
      {length, "-5 m", "quantity.sign", "5 m"},
      {length, "+5 m", "quantity.sign", "5 m"},
      {length, "1 000 m", "quantity.malformed", "1000 m"},
      {length, "1_000 m", "quantity.malformed", "1000 m"},
      {length, "5 metres", "quantity.unit-unknown", "5 m"},
      {length, "5 KM", "quantity.unit-unknown", "5 km"},
      {length, "5 nm", "quantity.unit-unknown", "5 NM"},
      {length, "5 feet", "quantity.unit-unknown", "5 ft"},
      {length, "5 km/h", "quantity.unit-of-another-dimension", ""},
      {length, "5 furlongs", "quantity.unit-unknown", ""},
      {length, "inf m", "quantity.malformed", ""},
      {length, "nan m", "quantity.malformed", ""},
      {length, "0x10 m", "quantity.unit-unknown", ""},
      {length, "999999999999999 km", "quantity.too-large", ""},
      {length, std::string(99, '9') + " m", "quantity.malformed", ""},
      {coordinate, "\u22125 m", "quantity.sign", ""},
      {coordinate, "--5 m", "quantity.sign", "5 m"},
      {coordinate, "- 5 m", "quantity.malformed", ""},
      {speed, "10 kmh", "quantity.unit-unknown", "10 km/h"},
      {speed, "10 kph", "quantity.unit-unknown", "10 km/h"},
      {speed, "10 knots", "quantity.unit-unknown", "10 kt"},
      {speed, "10 km", "quantity.unit-of-another-dimension", ""},
      {speed, "10", "quantity.unit-missing", ""},
      {duration, "5 m", "quantity.unit-of-another-dimension", "5 min"},
      {duration, "5 minutes", "quantity.unit-unknown", "5 min"},
      {duration, "5 secs", "quantity.unit-unknown", "5 s"},
      {duration, "10 min 5", "quantity.unit-missing", ""},
      {duration, "10 s 5 min", "quantity.malformed", ""},
      {duration, "5 s 5 s", "quantity.malformed", ""},
      {duration, "1.5 min 5 s", "quantity.malformed", ""},
      {duration, "-5 s", "quantity.sign", "5 s"},
      {duration, "1000 h 999 h", "quantity.malformed", ""},
      {duration, "24001 h", "quantity.too-large", ""},
      {duration, "23999 h 600 min", "quantity.too-large", ""},
      {offset, "+-5 s", "quantity.sign", "5 s"},
      {frequency, "112", "quantity.unit-missing", ""},
      {frequency, "112 bpm", "quantity.unit-unknown", "112 /min"},
      {frequency, "112 Hz", "quantity.unit-unknown", "112 /s"},
      {acceleration, "0.5 m/s^2", "quantity.unit-unknown", "0.5 m/s2"},
      {acceleration, "0.5 m/s", "quantity.unit-of-another-dimension", "0.5 m/s2"},
      {angle, "30 degrees", "quantity.unit-unknown", "30 deg"},
      {angle, "30", "quantity.unit-missing", ""},
      {turn, "60 deg", "quantity.turn-side", ""},
      {turn, "left", "quantity.turn-side", ""},
      {turn, "left 60", "quantity.unit-missing", ""},
      {turn, "left60 deg", "quantity.turn-side", ""},
      {clock, "9:44", "quantity.clock", "09:44"},
      {clock, "09:60", "quantity.clock", ""},
      {clock, "48:00", "quantity.clock", ""},
      {clock, "09:44:60", "quantity.clock", ""},
      {clock, "09.44", "quantity.clock", "09:44"},
      {clock, "11.00", "quantity.clock", "11:00"},
      {clock, "9.30.15", "quantity.clock", "09:30:15"},
      {clock, "11h30", "quantity.clock", "11:30"},
      {clock, "1130", "quantity.clock", "11:30"},
      {clock, "11", "quantity.clock", "11:00"},
      {clock, "11:05 PM", "quantity.clock", "23:05"},
      {clock, "12:05 am", "quantity.clock", "00:05"},
      {clock, "13 pm", "quantity.clock", ""},
      {clock, "11.75", "quantity.clock", ""},
      {clock, "midnight", "quantity.clock", "24:00"},
      {clock, "09:44:", "quantity.clock", ""},
      {clock, "09:44:3", "quantity.clock", ""},
      {clock, "09:44:30.", "quantity.clock", ""},
      {clock, "09:44:30.1234567", "quantity.clock", ""},
      {clock, "09:44 am", "quantity.clock", "09:44"},
      {clock, "noon", "quantity.clock", "12:00"},
      {window, "90 to 150 s", "quantity.unit-missing", "90 s to 150 s"},
      {window, "8-12 min", "quantity.malformed", "8 min to 12 min"},
      {window, "8\u201312 min", "quantity.malformed", "8 min to 12 min"},
      {window, "8 min - 12 min", "quantity.malformed", "8 min to 12 min"},
      {window, "50 s..2 min", "quantity.malformed", "50 s to 2 min"},
      {window, "0.5-1.5 h", "quantity.malformed", "0.5 h to 1.5 h"},
      {window, "12-8 min", "quantity.unit-unknown", ""},
      {window, "8-12 miles", "quantity.unit-unknown", ""},
      {window, "150 s to 90 s", "quantity.window-order", "90 s to 150 s"},
      {window, "at least", "quantity.malformed", ""},
      {window, "at  most", "quantity.malformed", ""},
      {window, "about 5 s", "quantity.malformed", ""},
      {window, "5 s to", "quantity.malformed", ""},
      {count, "80,000", "quantity.decimal-comma", "80000"},
      {count, "80 00", "quantity.malformed", ""},
      {count, "8000 000", "quantity.malformed", ""},
      {count, "080", "quantity.malformed", "80"},
      {count, "80.0", "quantity.count", ""},
      {count, "-1", "quantity.sign", ""},
      {count, "many", "quantity.count", ""},
      {count, "1000000000000", "quantity.too-large", ""},
      {plain_number, "39,9", "quantity.decimal-comma", "39.9"},
      {plain_number, "39.9 N", "quantity.malformed", "39.9"},
      {plain_number, "1e3", "quantity.malformed", ""},
      {plain_number, "52°15'03\"N", "quantity.malformed", "52.2508"},
      {plain_number, "21° 0.6' W", "quantity.malformed", "-21.01"},
      {plain_number, "33.5°S", "quantity.malformed", "-33.5"},
  };
  for (const Bad& bad : all) {
    const auto fault = quantity_fault(bad.dimension, bad.text);
    ASSERT_TRUE(fault) << to_string(bad.dimension) << " '" << bad.text << "'";
    EXPECT_EQ(fault->id, bad.id) << "'" << bad.text << "': " << fault->message;
    EXPECT_EQ(fault->suggestion, bad.suggestion) << "'" << bad.text << "': " << fault->message;
    EXPECT_FALSE(fault->message.empty());
    EXPECT_THAT(fault->expected, HasSubstr(std::string(quantity_example(bad.dimension))));
  }
}

TEST(Quantity, ASuggestionIsItselfRight) {
  using enum Dimension;
  for (const auto& [dimension, text] :
       std::vector<std::pair<Dimension, std::string>>{{length, "0,75 m"},
                                                      {length, ".5 m"},
                                                      {length, "1 000 m"},
                                                      {length, "5 feet"},
                                                      {speed, "10 kmh"},
                                                      {duration, "5 m"},
                                                      {clock, "9:44"},
                                                      {clock, "noon"},
                                                      {clock, "midnight"},
                                                      {clock, "11.00"},
                                                      {window, "8-12 min"},
                                                      {window, "150 s to 90 s"},
                                                      {count, "80,000"},
                                                      {frequency, "112 bpm"},
                                                      {acceleration, "1 m/s^2"}}) {
    const auto fault = quantity_fault(dimension, text);
    ASSERT_TRUE(fault && !fault->suggestion.empty()) << text;
    EXPECT_FALSE(quantity_fault(dimension, fault->suggestion)) << fault->suggestion;
  }
}

TEST(Quantity, AnErrorIsOneSentenceWithAllOfIt) {
  EXPECT_EQ(parse_speed_mps("10 kmh").error().message,
            "unknown unit 'kmh'; expected a speed such as 10 km/h (units: m/s, km/h, kt, mph); did "
            "you mean '10 km/h'?");
  EXPECT_EQ(parse_speed_mps("10 kmh").error().code, Errc::bad_input);
}

TEST(Quantity, ZeroIsRefusedWhereItMustBe) {
  EXPECT_FALSE(quantity_fault(Dimension::length, "0.0 m"));
  EXPECT_EQ(quantity_fault(Dimension::length, "0.0 m", true)->id, "quantity.zero");
  EXPECT_EQ(quantity_fault(Dimension::count, "0", true)->id, "quantity.zero");
  EXPECT_FALSE(quantity_fault(Dimension::length, "0.001 mm", true));
}

// ---------------------------------------------------------------- patterns

/// Texts near to quantities: fragments of the grammar in any order.
std::string near_quantity(std::mt19937_64& random) {
  static const std::array<std::string, 46> kFragments = {
      "0",        "1",     "90",    "007", "1.5", ".5",      "5.",    "0.0",
      "80 000",   "1_000", "2,5",   "+",   "-",   " ",       " ",     " ",
      "\u00a0",   "  ",    "m",     "km",  "mm",  "ft",      "NM",    "m/s",
      "km/h",     "kt",    "s",     "ms",  "min", "h",       "/min",  "/s",
      "m/s2",     "m/s²",  "deg",   "°",   "rad", "left",    "right", "at least ",
      "at most ", " to ",  "09:44", ":30", ".5",  "47:59:59"};
  std::string text;
  for (std::uint64_t n = 1 + random() % 5; n > 0; --n)
    text += kFragments[random() % kFragments.size()];
  return text;
}

/// Damages an example a little.
std::string near_example(std::mt19937_64& random, Dimension dimension) {
  std::string text(quantity_example(dimension));
  for (std::uint64_t n = random() % 3; n > 0; --n) {
    const std::size_t at = random() % (text.size() + 1);
    if (at < text.size() && random() % 2 == 0)
      text.erase(at, 1);
    else
      text.insert(at, 1, "0123456789 .:_+-msh/"[random() % 20]);
  }
  return text;
}

bool can_be_positive(Dimension dimension) {
  using enum Dimension;
  return dimension != coordinate && dimension != offset && dimension != turn &&
         dimension != clock && dimension != window && dimension != plain_number;
}

bool beyond_patterns(std::string_view id) {
  return id == "quantity.too-large" || id == "quantity.window-order" || id == "quantity.zero";
}

TEST(Quantity, PatternsAcceptWhatTheParserAccepts) {
  std::mt19937_64 random(5);
  std::array<int, kDimensions> accepted{};
  for (int d = 0; d < kDimensions; ++d) {
    const auto dimension = static_cast<Dimension>(d);
    for (const bool positive : {false, true}) {
      if (positive && !can_be_positive(dimension)) continue;
      const std::regex pattern(quantity_pattern(dimension, positive));
      for (int i = 0; i < 1500; ++i) {
        const std::string text =
            i % 3 == 0 ? near_quantity(random) : near_example(random, dimension);
        const auto fault = quantity_fault(dimension, text, positive);
        const bool matches = std::regex_match(text, pattern);
        if (!fault) {
          EXPECT_TRUE(matches) << to_string(dimension) << " '" << text << "'";
          ++accepted[static_cast<std::size_t>(d)];
        } else if (matches) {
          EXPECT_TRUE(beyond_patterns(fault->id))
              << to_string(dimension) << " '" << text << "': " << fault->message;
        }
      }
    }
    EXPECT_GT(accepted[static_cast<std::size_t>(d)], 100) << to_string(dimension);
  }
}

TEST(Quantity, ZeroIsNoMatchOfAPositivePattern) {
  const auto matches = [](Dimension dimension, const std::string& text) {
    return std::regex_match(text, std::regex(quantity_pattern(dimension, true)));
  };
  EXPECT_FALSE(matches(Dimension::acceleration, "0 m/s2"));
  EXPECT_TRUE(matches(Dimension::acceleration, "0.1 m/s2"));
  EXPECT_FALSE(matches(Dimension::count, "0"));
  EXPECT_FALSE(matches(Dimension::duration, "0 h 0 s"));
  EXPECT_TRUE(matches(Dimension::duration, "0 h 1 s"));
}

TEST(Quantity, AnyBytesGiveAFiniteValueOrAFault) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 12; n > 0; --n)
      text += random() % 2 == 0 ? "0123456789.,:+- mskh"[random() % 20]
                                : static_cast<char>(random() % 256);
    for (const auto& value :
         {parse_length_m(text), parse_coordinate_m(text), parse_speed_mps(text),
          parse_angle_rad(text), parse_turn_rad(text), parse_plain_number(text)})
      if (value)
        EXPECT_TRUE(std::isfinite(*value)) << text;
      else
        EXPECT_FALSE(value.error().message.empty());
  }
}

}  // namespace
}  // namespace defilada::show
