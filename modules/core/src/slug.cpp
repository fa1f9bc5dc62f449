// SPDX-License-Identifier: MIT
#include "defilada/core/slug.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "defilada/core/file.hpp"
#include "defilada/core/utf8.hpp"
#include "transliteration.hpp"

namespace defilada {
namespace {

std::optional<std::string_view> transliterated(std::uint32_t code_point) {
  const auto found = std::lower_bound(
      kTransliterations.begin(), kTransliterations.end(), code_point,
      [](const Transliteration& row, std::uint32_t wanted) { return row.code_point < wanted; });
  if (found == kTransliterations.end() || found->code_point != code_point) return std::nullopt;
  return found->ascii;
}

/// Signs and spaces that part words, beyond ASCII: nothing is lost with them.
bool parts_words(std::uint32_t code_point) noexcept {
  return code_point < 0xC0 || code_point == 0xD7 || code_point == 0xF7 ||
         (code_point >= 0x2000 && code_point <= 0x206F) ||
         (code_point >= 0x3000 && code_point <= 0x303F);
}

bool is_mark(std::uint32_t code_point) noexcept {
  return code_point >= 0x0300 && code_point <= 0x036F;
}

/// A slug in the making: words with single hyphens between them.
class Words {
 public:
  void add(std::string_view ascii) {
    if (ascii.empty()) return;
    if (parted_ && !text_.empty()) text_ += '-';
    parted_ = false;
    text_ += ascii;
  }
  void part() noexcept { parted_ = true; }
  [[nodiscard]] std::string take() { return std::move(text_); }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

 private:
  std::string text_;
  bool parted_ = false;
};

char lower(std::uint32_t ascii) noexcept {
  return static_cast<char>(ascii >= 'A' && ascii <= 'Z' ? ascii - 'A' + 'a' : ascii);
}

bool is_ascii_word(std::uint32_t c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string slug(std::string_view name) {
  Words words;
  bool lost = false;
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint c = decode_utf8(name.substr(at));
    at += c.bytes;
    if (c.valid && is_ascii_word(c.value)) {
      words.add(std::string(1, lower(c.value)));
    } else if (const auto ascii = transliterated(c.value)) {
      words.add(*ascii);
    } else if (!is_mark(c.value)) {
      words.part();
      lost = lost || !c.valid || !parts_words(c.value);
    }
  }
  if (lost || words.empty()) {
    words.part();
    words.add(content_hash(name).substr(0, 8));
  }
  return words.take();
}

std::string Slugs::add(std::string_view name) {
  const std::string stem = slug(name);
  std::uint32_t& last = last_of_[stem];
  std::string candidate = last == 0 ? stem : fmt::format("{}-{}", stem, last + 1);
  while (!taken_.insert(candidate).second) {
    candidate = fmt::format("{}-{}", stem, ++last + 1);
  }
  ++last;
  return candidate;
}

}  // namespace defilada
