// SPDX-License-Identifier: MIT
#include "yaml_text.hpp"

#include <algorithm>
#include <array>

namespace defilada::show::yaml {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  ///< 0: not UTF-8
};

bool continues(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// RFC 3629, section 4: neither overlong forms nor surrogates nor values above U+10FFFF.
Character decode(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  std::uint32_t code = lead & (0xFFU >> (bytes + 1));
  for (const char c : text.substr(1, bytes - 1)) {
    if (!continues(c)) return {};
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[bytes] || surrogate || code > 0x10FFFF) return {};
  return {code, bytes};
}

bool allowed(std::uint32_t code) noexcept {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  if (code < 0xA0) return code < 0x7F || code == 0x85;
  return code != 0xFEFF && code != 0xFFFE && code != 0xFFFF;
}

/// By its mark, or by its first character: no text in UTF-8 holds a zero.
bool is_utf16(std::string_view text) noexcept {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() > 1 && (text[0] == '\0') != (text[1] == '\0');
}

TextFault not_utf8(std::string_view text, std::size_t offset) {
  return {offset, 1, "yaml.not-utf8",
          is_utf16(text)
              ? phrase("the text is UTF-16")
              : phrase("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[offset])),
          phrase("a text in UTF-8: so it is called where an editor saves it")};
}

}  // namespace

std::optional<TextFault> text_fault(std::string_view text) {
  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const Character character = decode(text.substr(at));
    if (character.bytes == 0) return not_utf8(text, at);
    if (character.code == 0 && is_utf16(text)) return not_utf8(text, at);
    if (!allowed(character.code))
      return TextFault{at, character.bytes, "yaml.control-character",
                       phrase("the text holds the control character U+{:04X}", character.code),
                       phrase("printable characters")};
    at += character.bytes;
  }
  return std::nullopt;
}

CharacterOffsets::CharacterOffsets(std::string_view text) : text_(text) {
  std::size_t character = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (character++ % kStep == 0) starts_.push_back(at);
  }
}

std::size_t CharacterOffsets::byte_of(std::size_t character) const {
  const std::size_t step = character / kStep;
  if (step >= starts_.size()) return text_.size();
  std::size_t at = starts_[step];
  for (std::size_t left = character % kStep; left > 0 && at < text_.size(); --left) {
    ++at;
    while (at < text_.size() && continues(text_[at])) ++at;
  }
  return at;
}

}  // namespace defilada::show::yaml
