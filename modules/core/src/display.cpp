// SPDX-License-Identifier: MIT
#include "display.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "defilada/core/utf8.hpp"

namespace defilada::display {
namespace {

constexpr int kTabColumns = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Wide and full-width blocks of Unicode Standard Annex 11, "East Asian Width", by whole blocks.
constexpr std::array<Range, 14> kWide{{{0x1100, 0x115F},
                                       {0x2E80, 0x303E},
                                       {0x3041, 0x33FF},
                                       {0x3400, 0x4DBF},
                                       {0x4E00, 0x9FFF},
                                       {0xA000, 0xA4CF},
                                       {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},
                                       {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},
                                       {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1F64F},
                                       {0x1F900, 0x1F9FF},
                                       {0x20000, 0x3FFFD}}};
// Blocks of combining marks, joiners and variation selectors: they take no column of their own.
constexpr std::array<Range, 9> kCombining{{{0x0300, 0x036F},
                                           {0x0483, 0x0489},
                                           {0x1AB0, 0x1AFF},
                                           {0x1DC0, 0x1DFF},
                                           {0x200B, 0x200D},
                                           {0x20D0, 0x20FF},
                                           {0xFE00, 0xFE0F},
                                           {0xFE20, 0xFE2F},
                                           {0xE0100, 0xE01EF}}};
// Controls, line and paragraph separators, and the marks that change the direction of the text.
constexpr std::array<Range, 6> kUnprintable{{{0x0000, 0x001F},
                                             {0x007F, 0x009F},
                                             {0x061C, 0x061C},
                                             {0x200E, 0x200F},
                                             {0x2028, 0x202E},
                                             {0x2066, 0x2069}}};

bool within(std::uint32_t code_point, std::span<const Range> ranges) noexcept {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return range.first <= code_point && code_point <= range.last;
  });
}

int columns_of(std::uint32_t code_point) noexcept {
  if (within(code_point, kCombining)) return 0;
  return within(code_point, kWide) ? 2 : 1;
}

}  // namespace

std::vector<Glyph> glyphs(std::string_view line, int column) {
  std::vector<Glyph> result;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint code_point = decode_utf8(line.substr(at));
    Glyph glyph{std::string(kReplacement), 1, at, at + code_point.bytes};
    if (code_point.valid && code_point.value == '\t') {
      glyph.columns = kTabColumns - column % kTabColumns;
      glyph.text.assign(static_cast<std::size_t>(glyph.columns), ' ');
    } else if (code_point.valid && !within(code_point.value, kUnprintable)) {
      glyph.columns = columns_of(code_point.value);
      glyph.text = line.substr(at, code_point.bytes);
    }
    column += glyph.columns;
    at = glyph.end;
    result.push_back(std::move(glyph));
  }
  return result;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const Glyph& glyph : glyphs(text)) result += glyph.text;
  return result;
}

}  // namespace defilada::display
