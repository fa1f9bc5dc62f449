// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/phrase.hpp"
#include "defilada/language/words.hpp"

/// What of a long list a person is shown who asked for something else than the list.
namespace defilada::app {

/// Room for a list on a screen, and the command that shows the whole of it.
struct Screenful {
  std::size_t rows = 0;  ///< 0: all of it, however long
  std::string command;   ///< "defilada check my-parade"

  [[nodiscard]] bool limited() const noexcept { return rows > 0; }
  /// The room that is left below so many lines; one line at least.
  [[nodiscard]] Screenful less(std::size_t lines) const;
};

[[nodiscard]] std::size_t lines_of(std::string_view text);

/// "... and 12 more: see defilada check my-parade", a line.
[[nodiscard]] std::string more_text(std::size_t left, const Screenful& room,
                                    const language::Words& say);

/// The first of the texts, each of whole lines, that together take no more than the room, but one
/// at least; where some are left out a last line says how many, and which command shows them.
[[nodiscard]] std::string fitting(const std::vector<std::string>& texts, const Screenful& room,
                                  const language::Words& say);

}  // namespace defilada::app
