// SPDX-License-Identifier: MIT
#include "numbers.hpp"

#include <charconv>
#include <cmath>
#include <system_error>

namespace defilada::svg {
namespace {

constexpr std::string_view kBetween = " \t\r\n,";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBetween);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBetween) + 1 - first);
}

}  // namespace

std::optional<std::vector<double>> read_numbers(std::string_view text) {
  std::vector<double> numbers;
  for (text = trimmed(text); !text.empty();) {
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || !std::isfinite(value)) return std::nullopt;
    numbers.push_back(value);
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    text = trimmed(text);
  }
  return numbers;
}

std::optional<double> read_length(std::string_view text) {
  text = trimmed(text);
  if (text.ends_with("px")) text.remove_suffix(2);
  const auto numbers = read_numbers(text);
  if (!numbers || numbers->size() != 1) return std::nullopt;
  return numbers->front();
}

}  // namespace defilada::svg
