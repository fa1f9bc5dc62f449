// SPDX-License-Identifier: MIT
#include "defilada/drawing/format.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <numbers>
#include <regex>
#include <set>

#include "source_dir.hpp"

namespace defilada::drawing {
namespace {

const Words kWords("en");

Format format_on(Date date) {
  static std::vector<std::unique_ptr<Clock>> clocks;
  clocks.push_back(std::make_unique<Clock>(*Clock::make(date, "Europe/Warsaw")));
  return {kWords, *clocks.back()};
}

/// With plain spaces, to be read.
std::string plain(std::string text) {
  for (const std::string space : {"\u00A0", "\u202F"}) {
    for (std::size_t at; (at = text.find(space)) != std::string::npos;)
      text.replace(at, space.size(), " ");
  }
  return text;
}

TEST(Format, durations) {
  const Format format = format_on({2025, 9, 3});
  const auto told = [&](double seconds) {
    return plain(format.duration(duration_from_seconds(seconds)));
  };
  EXPECT_EQ(told(0), "0 s");
  EXPECT_EQ(told(50.8), "50.8 s");
  EXPECT_EQ(told(-3), "\u22123 s");
  EXPECT_EQ(told(298.62), "4 min 58.6 s");
  EXPECT_EQ(told(59.96), "1 min");
  EXPECT_EQ(told(600.4), "10 min");
  EXPECT_EQ(told(4200), "1 h 10 min");
  EXPECT_EQ(told(3599.6), "1 h");
  EXPECT_EQ(told(-0.04), "0 s") << "no minus on nothing";
  EXPECT_EQ(told(90061), "25 h 1 min 1 s");
}

/// The names of the section `gaits` of a catalogue, without the country behind the slash.
std::set<std::string> gaits_of(const std::string& catalogue) {
  std::ifstream file(std::string(test::source_dir()) + "/catalogue/" + catalogue + ".yaml");
  static const std::regex kName("  ([a-z ]+)(/[a-z]+)?: .*");
  std::set<std::string> names;
  bool inside = false;
  std::smatch found;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') inside = line.starts_with("gaits:");
    if (inside && std::regex_match(line, found, kName)) names.insert(found[1]);
  }
  return names;
}

TEST(Format, gaits_of_the_catalogues_have_polish_words_and_those_of_a_show_stay) {
  const Words polish("pl");
  const auto clock = Clock::make({2025, 9, 3}, "Europe/Warsaw");
  const Format format(polish, *clock);
  const auto on_foot = gaits_of("foot");
  const auto mounted = gaits_of("horses");
  EXPECT_GE(on_foot.size(), 8U);
  EXPECT_GE(mounted.size(), 2U);
  for (const std::string& name : on_foot) {
    EXPECT_THAT(format.gait(name + "/poland", 1.4, show::Category::foot),
                testing::Not(testing::HasSubstr(name)));
  }
  for (const std::string& name : mounted) {
    EXPECT_THAT(format.gait(name, 1.4, show::Category::mounted),
                testing::Not(testing::HasSubstr(name)));
  }
  EXPECT_THAT(format.gait("walk", 1.4, show::Category::foot), testing::StartsWith("walk, "));
  EXPECT_THAT(format.gait("krok ludowy", 1.4, show::Category::foot),
              testing::StartsWith("krok ludowy, "));
}

TEST(Format, counts_and_lengths) {
  const Format format = format_on({2025, 9, 3});
  EXPECT_EQ(plain(format.count(0)), "0");
  EXPECT_EQ(plain(format.count(1140)), "1140") << "four digits stay together";
  EXPECT_EQ(plain(format.count(80'000)), "80 000");
  EXPECT_EQ(plain(format.count(-1'234'567)), "\u22121 234 567");
  EXPECT_EQ(plain(format.length(0.75)), "0.75 m");
  EXPECT_EQ(plain(format.length(71.04)), "71 m");
  EXPECT_EQ(plain(format.length(1452.4)), "1452 m");
  EXPECT_EQ(plain(format.length(3480)), "3.48 km");
  EXPECT_EQ(plain(format.length(106'000)), "106 km");
  EXPECT_EQ(plain(format.kilometres(800)), "0.8 km");
}

TEST(Format, speeds_and_gaits) {
  const Format format = format_on({2025, 9, 3});
  EXPECT_EQ(plain(format.speed(1.4, show::Category::foot)), "1.40 m/s");
  EXPECT_EQ(plain(format.speed(125, show::Category::aeroplane)), "450 km/h");
  EXPECT_EQ(plain(format.gait("quick march", 1.4, show::Category::foot)), "quick march, 1.40 m/s");
  EXPECT_EQ(plain(format.gait("10 km/h", 10 / 3.6, show::Category::vehicle)), "10 km/h");
  EXPECT_EQ(plain(format.gait("", 10 / 3.6, show::Category::vehicle)), "10 km/h");
}

TEST(Format, dates_and_clock) {
  EXPECT_EQ(format_on({2025, 9, 3}).date(), "Wednesday 3 September 2025");
  EXPECT_EQ(format_on({2024, 2, 29}).date(), "Thursday 29 February 2024");
  EXPECT_EQ(format_on({2000, 1, 1}).date(), "Saturday 1 January 2000");
  EXPECT_EQ(format_on({1999, 12, 31}).date(), "Friday 31 December 1999");
  EXPECT_EQ(format_on({2025, 9, 3}).clock_minutes(time_from_seconds(9 * 3600 + 47 * 60)), "09:47");
}

TEST(Format, places_and_directions) {
  const Format format = format_on({2025, 9, 3});
  EXPECT_EQ(plain(format.position(39.9063, 116.3914)), "39.9063° N, 116.3914° E");
  EXPECT_EQ(plain(format.position(-33.5, -70.25)), "33.5° S, 70.25° W");
  EXPECT_EQ(plain(format.place(48, -160)), "48 m east, 160 m south");
  EXPECT_EQ(plain(format.place(0, 30)), "30 m north");
  EXPECT_EQ(plain(format.place(-2500, 0)), "2.5 km west");
  EXPECT_EQ(plain(format.place(0, 0)), "at the origin");
  const double eighth = std::numbers::pi / 4;
  EXPECT_EQ(format.compass(0), "east");
  EXPECT_EQ(format.compass(2 * eighth), "north");
  EXPECT_EQ(format.compass(-2 * eighth + 0.1), "south");
  EXPECT_EQ(format.compass(4 * eighth), "west");
  EXPECT_EQ(format.compass(-4 * eighth), "west");
  EXPECT_EQ(format.compass(9 * eighth), "north-east");
}

TEST(Format, polish) {
  const Words words("pl");
  const Clock clock = *Clock::make({2025, 9, 3}, "Europe/Warsaw");
  const Format format(words, clock);
  EXPECT_EQ(plain(format.duration(duration_from_seconds(50.8))), "50,8 s");
  EXPECT_EQ(plain(format.length(0.75)), "0,75 m");
  EXPECT_EQ(plain(format.speed(1.4, show::Category::foot)), "1,40 m/s");
  EXPECT_EQ(plain(format.count(80'000)), "80 000");
  EXPECT_EQ(format.date(), "środa, 3 września 2025");
  EXPECT_EQ(plain(format.position(39.9063, 116.3914)), "39,9063° N; 116,3914° E");
  EXPECT_EQ(plain(format.place(48, -160)), "48 m na wschód, 160 m na południe");
}

}  // namespace
}  // namespace defilada::drawing
