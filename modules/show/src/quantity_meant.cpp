// SPDX-License-Identifier: MIT
// What people write in place of a clock time or a window.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>

#include "quantity_text.hpp"

namespace defilada::show::quantity_text {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

int number_of(const std::ssub_match& digits) {
  return digits.matched ? std::stoi(digits.str()) : 0;
}

/// Of a clock of twelve hours; nothing where it has no such hour.
std::optional<int> hour_of(int hours, const std::string& half) {
  if (half.empty()) return hours;
  if (hours < 1 || hours > 12) return std::nullopt;
  return hours % 12 + (half == "pm" ? 12 : 0);
}

}  // namespace

std::string meant_clock(std::string_view written) {
  const std::string text = lower(written);
  if (text == "noon" || text == "midday") return "12:00";
  if (text == "midnight") return "24:00";
  // 11.00, 11h00, 11:00 am, 1100, 9.30.15, 11 pm
  static const std::regex pattern(
      R"(^([0-9]{1,2})(?:[.:h]?([0-9]{2}))?(?:[.:]([0-9]{2}))?h? ?(am|pm)?$)");
  std::smatch parts;
  if (!std::regex_match(text, parts, pattern)) return {};
  const auto hours = hour_of(number_of(parts[1]), parts[4].str());
  const int minutes = number_of(parts[2]);
  const int seconds = number_of(parts[3]);
  if (!hours || *hours > 47 || minutes > 59 || seconds > 59) return {};
  return parts[3].matched ? fmt::format("{:02}:{:02}:{:02}", *hours, minutes, seconds)
                          : fmt::format("{:02}:{:02}", *hours, minutes);
}

std::string meant_decimal(std::string_view number, std::string_view behind) {
  // 52°15'03"N, 52° 15.05' N, 21°E
  static const std::regex pattern(
      "^ *° *(?:([0-9]{1,2}(?:\\.[0-9]+)?) *['\u2032] *)?"
      "(?:([0-9]{1,2}(?:\\.[0-9]+)?) *(?:\"|''|\u2033) *)?([NSEW]?)$");
  const std::string text(behind);
  std::smatch parts;
  if (!std::regex_match(text, parts, pattern)) return std::string(number);
  const auto value = [](const std::ssub_match& part) {
    return part.matched ? std::stod(part.str()) : 0.0;
  };
  const double degrees =
      std::stod(std::string(number)) + value(parts[1]) / 60 + value(parts[2]) / 3600;
  const bool negative = parts[3] == "S" || parts[3] == "W";
  // A metre is about the fifth decimal of a degree.
  return fmt::format("{}{:.6g}", negative ? "-" : "", degrees);
}

MeantWindow meant_window(std::string_view written) {
  // 8-12 min, 8 min – 12 min, 8 to 12 min, 8..12 min
  static const std::regex pattern(
      "^([0-9][0-9.]*?)([ a-z]*?)( *(?:-|\u2013|\u2014|\u2212|\\.\\.+|\u2026) *| +to +)"
      "([0-9].*?)([a-z]+)$");
  const std::string text(written);
  std::smatch parts;
  if (!std::regex_match(text, parts, pattern)) return {};
  const std::string unit(trimmed(parts[2].str()));
  MeantWindow meant;
  meant.dash = parts[3].str().find("to") == std::string::npos;
  meant.text = fmt::format("{} {} to {}{}", parts[1].str(), unit.empty() ? parts[5].str() : unit,
                           parts[4].str(), parts[5].str());
  return meant;
}

}  // namespace defilada::show::quantity_text
