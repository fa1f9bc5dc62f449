// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/show/cue_ref.hpp"
#include "defilada/show/drill.hpp"

/// The words of the cue grammar (cue.hpp).
namespace defilada::show {

struct Word {
  std::string_view text;
  std::size_t begin;
};
[[nodiscard]] std::vector<Word> split_words(std::string_view text);

/// crosses, clears or over.
[[nodiscard]] std::optional<CueRef::Passes> passes_of(std::string_view word);
/// The verb that a word was meant to be; "" if none.
[[nodiscard]] std::string meant_verb(std::string_view word);
/// A whole number from 1.
[[nodiscard]] std::optional<int> rank_number(std::string_view word);

/// All of them; verb_of() says how each is told.
inline constexpr std::array kEvolutions{Evolution::What::open_order,   Evolution::What::close_order,
                                        Evolution::What::countermarch, Evolution::What::wheel,
                                        Evolution::What::form_line,    Evolution::What::form_column,
                                        Evolution::What::dress,        Evolution::What::mark_time};

}  // namespace defilada::show
