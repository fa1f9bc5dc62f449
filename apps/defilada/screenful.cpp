// SPDX-License-Identifier: MIT
#include "screenful.hpp"

#include <algorithm>
#include <cstdint>

namespace defilada::app {

Screenful Screenful::less(std::size_t lines) const {
  return {limited() ? std::max(rows, lines + 1) - lines : 0, command};
}

std::size_t lines_of(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string more_text(std::size_t left, const Screenful& room, const language::Words& say) {
  const Count count{static_cast<std::int64_t>(left)};
  return say(phrase("... and {} more: see {}", count, room.command)) + "\n";
}

std::string fitting(const std::vector<std::string>& texts, const Screenful& room,
                    const language::Words& say) {
  std::string out;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    rows += lines_of(texts[i]);
    const bool last = i + 1 == texts.size();
    // The line that tells of the rest needs room, too.
    if (room.limited() && i > 0 && rows + (last ? 0 : 1) > room.rows)
      return out + more_text(texts.size() - i, room, say);
    out += texts[i];
  }
  return out;
}

}  // namespace defilada::app
