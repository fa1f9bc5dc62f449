// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The text under a YAML parser: which bytes may be in it, and where its n-th character lies.
#include "defilada/core/phrase.hpp"

namespace defilada::show::yaml {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct TextFault {
  std::size_t offset = 0;
  std::size_t bytes = 1;
  std::string_view id;  ///< "yaml.not-utf8", "yaml.control-character"
  Phrase message;
  Phrase expected;
};

/// The first byte that is not UTF-8 (RFC 3629), or the first character that YAML does not allow
/// (YAML 1.1, section 4.1.1: control characters but tab, line feed, carriage return and next line).
[[nodiscard]] std::optional<TextFault> text_fault(std::string_view text);

/// Turns a count of characters into an offset in bytes. Cost: O(n) once, then O(1).
class CharacterOffsets {
 public:
  /// `text` must be UTF-8 and outlive this.
  explicit CharacterOffsets(std::string_view text);
  /// Past the last character: the end of the text.
  [[nodiscard]] std::size_t byte_of(std::size_t character) const;

 private:
  static constexpr std::size_t kStep = 64;
  std::string_view text_;
  std::vector<std::size_t> starts_;  ///< of every kStep-th character
};

}  // namespace defilada::show::yaml
