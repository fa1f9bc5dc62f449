// SPDX-License-Identifier: MIT
#include "defilada/drawing/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace defilada::drawing {
namespace {

constexpr std::string_view kUnitSpace = "\u00A0";  // does not break

std::string with_unit(std::string_view number, std::string_view unit) {
  return fmt::format("{}{}{}", number, kUnitSpace, unit);
}

Msg nth(Msg first, int n) noexcept {
  return static_cast<Msg>(static_cast<int>(first) + n);
}

}  // namespace

std::string Format::count(std::int64_t n) const {
  return words_->number(n);
}

std::string Format::decimal(double value, int digits) const {
  return words_->decimal(value, digits);
}

std::string Format::clock_minutes(Time time) const {
  const std::string text = clock(time);
  return text.substr(0, text.rfind(':'));
}

std::string Format::date() const {
  return words_->date(clock_->date(), Msg::date_long);
}

std::string Format::duration(Duration length) const {
  const std::string sign = length.us < 0 ? "\u2212" : "";
  const std::int64_t us = length.us < 0 ? -length.us : length.us;
  const bool tenths = us < 600'000'000;
  const std::int64_t tenths_of_second =
      tenths ? (us + 50'000) / 100'000 : (us + 500'000) / 1'000'000 * 10;
  const std::int64_t hours = tenths_of_second / 36'000;
  const std::int64_t minutes = tenths_of_second / 600 % 60;
  const double seconds = static_cast<double>(tenths_of_second % 600) / 10;
  std::string text;
  const auto append = [&](const std::string& number, Msg unit) {
    if (!text.empty()) text += kUnitSpace;
    text += with_unit(number, (*words_)(unit));
  };
  if (hours > 0) append(std::to_string(hours), Msg::unit_h);
  if (minutes > 0) append(std::to_string(minutes), Msg::unit_min);
  if (seconds > 0 || text.empty()) append(decimal(seconds, 1), Msg::unit_s);
  return text == with_unit("0", (*words_)(Msg::unit_s)) ? text : sign + text;
}

std::string Format::length(double metres) const {
  const double magnitude = std::abs(metres);
  if (magnitude >= 9999.5) return with_unit(decimal(metres / 1000, 1), (*words_)(Msg::unit_km));
  if (magnitude >= 1999.5) return with_unit(decimal(metres / 1000, 2), (*words_)(Msg::unit_km));
  const int digits = magnitude < 9.95 ? 2 : magnitude < 99.95 ? 1 : 0;
  return with_unit(decimal(metres, digits), (*words_)(Msg::unit_m));
}

std::string Format::kilometres(double metres) const {
  return with_unit(decimal(metres / 1000, 2), (*words_)(Msg::unit_km));
}

std::string Format::speed(double mps, show::Category category) const {
  if (category == show::Category::foot || category == show::Category::mounted) {
    return with_unit(words_->fixed(mps, 2), (*words_)(Msg::unit_mps));
  }
  return with_unit(decimal(mps * 3.6, 0), (*words_)(Msg::unit_kmh));
}

namespace {

/// A catalogue tells variants of a gait apart ("quick march/china"); its name is enough here. A
/// speed
/// ("10 km/h") stays whole.
std::string without_variant(const std::string& name) {
  const std::size_t slash = name.find('/');
  const std::string stem = name.substr(0, slash);
  return stem.find_first_of("0123456789") == std::string::npos ? stem : name;
}

/// The gaits of the catalogues have words in every language; one of a show stands as it is written.
Phrase gait_word(const std::string& name, bool mounted) {
  static const std::array kOnFoot{phrase("quick march"),    phrase("quick time"),
                                  phrase("slow march"),     phrase("double"),
                                  phrase("double time"),    phrase("ceremonial step"),
                                  phrase("flag walk"),      phrase("light infantry"),
                                  phrase("chasseur march"), phrase("legion march")};
  static const std::array kMounted{phrase("walk"), phrase("trot")};
  const std::span<const Phrase> known = mounted ? std::span<const Phrase>(kMounted) : kOnFoot;
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Phrase& each) { return each.english() == name; });
  return found == known.end() ? Phrase::verbatim(name) : *found;
}

}  // namespace

std::string Format::gait(const std::string& name, double mps, show::Category category) const {
  const std::string told = speed(mps, category);
  std::string joined = name;
  for (std::size_t at; (at = joined.find(' ')) != std::string::npos;)
    joined.replace(at, 1, kUnitSpace);
  return name.empty() || joined == told
             ? told
             : (*words_)(
                   Msg::gait_at,
                   (*words_)(gait_word(without_variant(name), category == show::Category::mounted)),
                   told);
}

std::string Format::position(double lat_deg, double lon_deg) const {
  return (*words_)(Msg::lat_lon, decimal(std::abs(lat_deg), 4),
                   (*words_)(lat_deg < 0 ? Msg::south_letter : Msg::north_letter),
                   decimal(std::abs(lon_deg), 4),
                   (*words_)(lon_deg < 0 ? Msg::west_letter : Msg::east_letter));
}

std::string Format::place(double east_m, double north_m) const {
  constexpr double kNear = 0.005;  // m: prints as nothing
  const std::string x =
      (*words_)(east_m < 0 ? Msg::metres_west : Msg::metres_east, length(std::abs(east_m)));
  const std::string y =
      (*words_)(north_m < 0 ? Msg::metres_south : Msg::metres_north, length(std::abs(north_m)));
  if (std::abs(east_m) < kNear) return std::abs(north_m) < kNear ? (*words_)(Msg::at_origin) : y;
  return std::abs(north_m) < kNear ? x : (*words_)(Msg::both_directions, x, y);
}

std::string Format::compass(double heading_rad) const {
  const auto eighth = static_cast<int>(std::lround(heading_rad / (std::numbers::pi / 4)));
  return (*words_)(nth(Msg::compass_east, ((eighth % 8) + 8) % 8));
}

}  // namespace defilada::drawing
