// SPDX-License-Identifier: MIT
#include "defilada/drawing/drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "defilada/core/utf8.hpp"
#include "defilada/drawing/text.hpp"

namespace defilada::drawing {
namespace {

using Advances = std::array<std::uint16_t, 95>;

// Advance widths of U+0020 to U+007E in thousandths of an em, from the hmtx tables of Noto
// Sans 2.004.
constexpr Advances kRegular{
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556,
    519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586,
    566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534,
    258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572};
constexpr Advances kBold{
    260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322, 285, 413, 572, 572, 572,
    572, 572, 572, 572, 572, 572, 572, 285, 285, 572, 572, 572, 477, 897, 690, 672, 637, 740, 560,
    549, 724, 765, 389, 331, 664, 565, 943, 813, 796, 628, 796, 660, 551, 579, 756, 650, 967, 667,
    624, 579, 331, 413, 331, 572, 411, 362, 604, 633, 514, 633, 591, 387, 633, 657, 305, 305, 620,
    305, 982, 657, 619, 633, 633, 454, 497, 434, 657, 569, 856, 578, 569, 488, 394, 551, 394, 572};

constexpr double kAscent = 0.80;   // what a line of mixed text covers above its baseline, em
constexpr double kDescent = 0.22;  // and below

double advance_em(std::uint32_t c, bool bold) noexcept {
  if (c >= 0x20 && c < 0x7F) return 1e-3 * (bold ? kBold : kRegular)[c - 0x20];
  if (c == 0x2009 || c == 0x202F) return 0.22;                               // thin spaces
  if ((c >= 0x0300 && c < 0x0370) || (c >= 0x064B && c < 0x0660)) return 0;  // combining marks
  if (c < 0x0250) return bold ? 0.70 : 0.64;                                 // Latin with marks
  if (c < 0x0700) return 0.72;  // Greek, Cyrillic, Hebrew, Arabic
  if (c >= 0x2010 && c < 0x2028) return c == 0x2026 ? 0.82 : c < 0x2013 ? 0.33 : 0.6;
  return 1.0;
}

}  // namespace

Box extent_of(const std::vector<Point>& points) noexcept {
  Box box{{1e9, 1e9}, {-1e9, -1e9}};
  for (const Point p : points) {
    box = {{std::min(box.min.x, p.x), std::min(box.min.y, p.y)},
           {std::max(box.max.x, p.x), std::max(box.max.y, p.y)}};
  }
  return box;
}

Path rectangle(const Box& box, const Style& style) {
  const auto& [a, b] = box;
  return {.lines = {{a, {b.x, a.y}, b, {a.x, b.y}}}, .closed = true, .style = style};
}

Path line(std::vector<Point> points, const Style& style) {
  return {.lines = {std::move(points)}, .closed = false, .style = style};
}

double text_width_mm(const std::string& text, double size_mm, bool bold) {
  double em = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = decode_utf8(rest);
    em += advance_em(point.valid ? point.value : 0xFFFD, bold);
    rest.remove_prefix(point.bytes);
  }
  return em * size_mm;
}

std::string fit_text(const std::string& text, double size_mm, double width_mm, bool bold) {
  if (text_width_mm(text, size_mm, bold) <= width_mm) return text;
  const std::string ellipsis = "…";
  const double room = width_mm / size_mm - advance_em(0x2026, bold);
  double em = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const CodePoint point = decode_utf8(rest);
    em += advance_em(point.valid ? point.value : 0xFFFD, bold);
    if (em > room) break;
    rest.remove_prefix(point.bytes);
  }
  std::string fitted = text.substr(0, text.size() - rest.size());
  while (!fitted.empty() && fitted.back() == ' ') fitted.pop_back();
  return fitted + ellipsis;
}

Box bounds(const Label& label) {
  const double width = text_width_mm(label.text, label.size_mm, label.bold);
  const double begin = label.anchor == Anchor::start    ? 0
                       : label.anchor == Anchor::middle ? -width / 2
                                                        : -width;
  const double angle = label.rotation_deg * std::numbers::pi / 180;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  const double top = -kAscent * label.size_mm;
  const double bottom = kDescent * label.size_mm;
  std::vector<Point> corners;
  for (const Point corner : {Point{begin, top}, Point{begin + width, top},
                             Point{begin + width, bottom}, Point{begin, bottom}}) {
    corners.push_back({label.at.x + cosine * corner.x - sine * corner.y,
                       label.at.y + sine * corner.x + cosine * corner.y});
  }
  return extent_of(corners);
}

}  // namespace defilada::drawing
