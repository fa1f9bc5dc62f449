// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// What libyaml's complaints mean to the person who wrote the text.
#include "defilada/core/phrase.hpp"

namespace defilada::show::yaml {

struct SyntaxFault {
  std::string_view id;
  Phrase message;
  Phrase expected;
  bool at_context = false;  ///< shown where the construct begins, not where the parser gave up
  Phrase context{};         ///< says what begins at the context's place; "" to leave it out
};

/// `problem` and `context` as libyaml words them ("" if it has none), `character` is the byte at
/// the problem's place (0 at the end).
[[nodiscard]] SyntaxFault explain_syntax(std::string_view problem, std::string_view context,
                                         char character);

}  // namespace defilada::show::yaml
