// SPDX-License-Identifier: MIT
#include "typesetter.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/drawing/palette.hpp"
#include "defilada/drawing/text.hpp"

namespace defilada::sheet {
using drawing::clean_text;
namespace {

double from_pango(int units) noexcept {
  return static_cast<double>(units) / PANGO_SCALE;
}

/// Adds attributes for a stretch of bytes.
class AttributePen {
 public:
  AttributePen(PangoAttrList* list, std::size_t begin, std::size_t end, double size_pt)
      : list_(list),
        begin_(static_cast<guint>(begin)),
        end_(static_cast<guint>(end)),
        size_pt_(size_pt) {}

  void add(PangoAttribute* attribute) {
    attribute->start_index = begin_;
    attribute->end_index = end_;
    pango_attr_list_insert(list_, attribute);
  }
  void scale(double factor) {
    add(pango_attr_size_new_absolute(
        static_cast<int>(std::lround(size_pt_ * factor * PANGO_SCALE))));
  }
  void bold() { add(pango_attr_weight_new(PANGO_WEIGHT_BOLD)); }
  void ink(Ink ink) {
    const std::uint32_t rgb = colour_of(ink).light;
    const auto channel = [&](int shift) {
      return static_cast<guint16>(((rgb >> shift) & 0xFFU) * 257);
    };
    add(pango_attr_foreground_new(channel(16), channel(8), channel(0)));
  }

 private:
  PangoAttrList* list_;
  guint begin_;
  guint end_;
  double size_pt_;
};

void apply(Emphasis emphasis, AttributePen pen) {
  switch (emphasis) {
    case Emphasis::plain: break;
    case Emphasis::strong: pen.bold(); break;
    case Emphasis::faint: pen.ink(Ink::faint); break;
    case Emphasis::small: pen.scale(0.86), pen.ink(Ink::faint); break;
    case Emphasis::time: pen.scale(1.2), pen.bold(); break;
    case Emphasis::tag:
      pen.scale(0.74), pen.bold(), pen.ink(Ink::accent);
      pen.add(pango_attr_letter_spacing_new(PANGO_SCALE / 3));
      pen.add(pango_attr_text_transform_new(PANGO_TEXT_TRANSFORM_UPPERCASE));
      break;
    case Emphasis::alarm: pen.bold(), pen.ink(Ink::accent); break;
    case Emphasis::code:
      pen.scale(0.78), pen.ink(Ink::faint);
      pen.add(pango_attr_family_new(drawing::kMono));
      break;
    case Emphasis::quote: pen.add(pango_attr_style_new(PANGO_STYLE_ITALIC)); break;
  }
}

PangoAlignment alignment_of(Align align) noexcept {
  return align == Align::start ? PANGO_ALIGN_LEFT
         : align == Align::end ? PANGO_ALIGN_RIGHT
                               : PANGO_ALIGN_CENTER;
}

}  // namespace

TextBlock::TextBlock(GPtr<PangoLayout> layout, std::vector<Run> runs, const TextStyle& style)
    : layout_(std::move(layout)), runs_(std::move(runs)), style_(style) {
  std::string text;
  PangoAttrList* attributes = pango_attr_list_new();
  for (Run& run : runs_) {
    if (run.new_line) text += '\n';
    const std::size_t begin = text.size();
    run.text = clean_text(run.text);
    text += run.text;
    apply(run.emphasis, AttributePen(attributes, begin, text.size(), style.size_pt));
  }
  // A name that is broken for its length is not the name with a hyphen.
  AttributePen(attributes, 0, text.size(), style.size_pt).add(pango_attr_insert_hyphens_new(FALSE));
  if (style.letter_spacing_pt > 0) {
    AttributePen(attributes, 0, text.size(), style.size_pt)
        .add(
            pango_attr_letter_spacing_new(static_cast<int>(style.letter_spacing_pt * PANGO_SCALE)));
  }
  pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout_.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_font_description(
      layout_.get(), drawing::make_font(style.size_pt, style.bold, style.serif).get());
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  // A name from right to left is still set where the column's other names begin.
  pango_layout_set_auto_dir(layout_.get(), FALSE);
  PangoRectangle logical;
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  natural_width_ = from_pango(logical.width);
  measure();
}

void TextBlock::wrap(double width_pt) {
  // A hair wider than asked: widths that were measured must not wrap for rounding.
  pango_layout_set_width(layout_.get(), static_cast<int>(std::ceil(width_pt * PANGO_SCALE)) + 8);
  pango_layout_set_alignment(layout_.get(), alignment_of(style_.align));
  measure();
  find_links();
}

void TextBlock::measure() {
  lines_.clear();
  PangoLayoutIter* iter = pango_layout_get_iter(layout_.get());
  double top = 0;
  do {
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    const double baseline = from_pango(pango_layout_iter_get_baseline(iter) - logical.y);
    const double natural = from_pango(logical.height);
    // Noto's own lines are 1.36 em high: the leading is taken off above and below.
    const double tightened = natural * style_.line_height / 1.362;
    Line line;
    line.top = top;
    line.bottom = top + tightened;
    line.baseline = top + baseline - (natural - tightened) / 2;
    line.x = from_pango(logical.x);
    line.line = pango_layout_iter_get_line_readonly(iter);
    lines_.push_back(line);
    top = line.bottom;
  } while (pango_layout_iter_next_line(iter) != FALSE);
  pango_layout_iter_free(iter);
}

void TextBlock::find_links() {
  links_.clear();
  std::size_t begin = 0;
  for (const Run& run : runs_) {
    if (run.new_line) ++begin;
    const std::size_t end = begin + run.text.size();
    for (std::size_t i = 0; !run.href.empty() && i < lines_.size(); ++i) {
      int* ranges = nullptr;
      int count = 0;
      pango_layout_line_get_x_ranges(lines_[i].line, static_cast<int>(begin), static_cast<int>(end),
                                     &ranges, &count);
      const auto line_begin =
          static_cast<std::size_t>(pango_layout_line_get_start_index(lines_[i].line));
      const std::size_t line_end =
          line_begin + static_cast<std::size_t>(pango_layout_line_get_length(lines_[i].line));
      const bool touches = begin < line_end && end > line_begin;
      for (int r = 0; touches && r < count; ++r) {
        // pango counts from the layout's left edge.
        links_.push_back({i, from_pango(ranges[2 * r]), from_pango(ranges[2 * r + 1]), run.href});
      }
      g_free(ranges);
    }
    begin = end;
  }
}

Result<std::unique_ptr<Typesetter>> Typesetter::make(const std::string& language) {
  auto lettering = drawing::Lettering::make(language);
  if (!lettering) return tl::unexpected(lettering.error());
  return std::unique_ptr<Typesetter>(new Typesetter(std::move(*lettering)));
}

TextBlock& Typesetter::set(const Rich& rich, const TextStyle& style) {
  return blocks_.emplace_back(lettering_.layout(), rich.runs(), style);
}

TextBlock& Typesetter::set(const Rich& rich, const TextStyle& style, double width_pt) {
  TextBlock& block = set(rich, style);
  block.wrap(width_pt);
  return block;
}

}  // namespace defilada::sheet
