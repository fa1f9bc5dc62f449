// SPDX-License-Identifier: MIT
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace defilada::app {
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

Phrase counted_errors(std::int64_t number) {
  return number == 1 ? phrase("1 error") : phrase("{} errors", Count{number});
}
Phrase counted_warnings(std::int64_t number) {
  return number == 1 ? phrase("1 warning") : phrase("{} warnings", Count{number});
}
Phrase counted_notes(std::int64_t number) {
  return number == 1 ? phrase("1 note") : phrase("{} notes", Count{number});
}
Phrase counted_items(std::int64_t number) {
  return number == 1 ? phrase("1 item") : phrase("{} items", Count{number});
}
Phrase counted_cues(std::int64_t number) {
  return number == 1 ? phrase("1 cue") : phrase("{} cues", Count{number});
}
Phrase counted_contingents(std::int64_t number) {
  return number == 1 ? phrase("1 contingent") : phrase("{} contingents", Count{number});
}
Phrase counted_guests(std::int64_t number) {
  return number == 1 ? phrase("1 guest") : phrase("{} guests", Count{number});
}

Measure spoken(Duration duration) {
  const std::int64_t exact_us = std::abs(duration.us);
  const std::int64_t us = exact_us < 1000 ? exact_us : (exact_us + 500) / 1000 * 1000;
  const std::int64_t hours = us / 3'600'000'000;
  const std::int64_t minutes = us < 120'000'000 ? 0 : us / 60'000'000 % 60;
  const std::int64_t rest_us = us - (hours * 60 + minutes) * 60'000'000;
  std::string text;
  const auto add = [&](std::string part) { text += (text.empty() ? "" : " ") + std::move(part); };
  if (hours > 0) add(fmt::format("{} h", hours));
  if (minutes > 0) add(fmt::format("{} min", minutes));
  if (rest_us > 0 || text.empty()) {
    // Exact thousandths of a second print shortest: 3780 / 1000.0 is the double nearest to 3.78.
    const double seconds = rest_us % 1000 == 0 ? static_cast<double>(rest_us / 1000) / 1000.0
                                               : static_cast<double>(rest_us) / 1e6;
    add(fmt::format("{} s", seconds));
  }
  return {(duration.us < 0 ? "-" : "") + text};
}

std::string wrapped(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t width = characters(word);
    if (column > indent && column + 1 + width > columns) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
  }
  return out;
}

}  // namespace defilada::app
