// SPDX-License-Identifier: MIT
#include <algorithm>

#include "card_setter.hpp"
#include "pages.hpp"
#include "table_setter.hpp"

namespace defilada::sheet {
namespace {

constexpr double kBody = 8.8;         // pt
constexpr double kSectionRoom = 150;  // pt: less is not enough to begin a section in
constexpr double kMostlyFree = 0.7;   // of a page
constexpr double kHeadingRoom = 80;   // what a heading keeps below it
constexpr double kTitleHeight = 46;   // of a section, with the gap above it
constexpr double kHeadingHeight = 26;
constexpr double kMostFigure = 0.95;  // of a page: its heading stands above it

class Composer {
 public:
  Composer(const Document& document, Paper paper, Typesetter& setter)
      : document_(document), setter_(setter), flow_(paper) {}

  std::vector<Page> compose() {
    for (std::size_t i = 0; i < document_.sections.size(); ++i) {
      if (i == 0) {
        begin_cover(document_.sections[i]);
      } else {
        begin_section(document_.sections[i]);
      }
      set_blocks(document_.sections[i].blocks);
    }
    return std::move(flow_).finish();
  }

 private:
  void begin_cover(const Section& section);
  void begin_section(const Section& section);
  void set_blocks(const std::vector<Block>& blocks);
  /// What a heading keeps below it: the beginning of the block that follows.
  [[nodiscard]] double room_for(const Section& section);
  [[nodiscard]] double room_for(const Block& block);
  void set(const Heading& heading) { set(heading, kHeadingRoom); }
  void set(const Heading& heading, double room);
  void set(const Paragraph& paragraph);
  void set(const KeyFigures& figures);
  void set(const List& list);
  void set(const Table& table);
  void set(const Cards& cards) { flow_cards(cards, setter_, flow_); }
  void set(const Figure& figure);
  void set(const Cutouts& cutouts);
  void set(const Contents& contents);
  void set_cut_marks();
  /// Lines of a text over as many pages as it takes; `bar` and `panel` beside and behind them.
  void flow_text(const TextBlock& text, double indent, Ink bar, Ink panel);

  const Document& document_;
  Typesetter& setter_;
  Flow flow_;
};

void Composer::begin_cover(const Section& section) {
  flow_.new_page();
  const double width = flow_.frame().width;
  Canvas canvas;
  canvas.add(TargetMark{section.id, document_.title, 0, 0, 0});
  canvas.add(RectangleMark{0, 0, width, 4, Ink::accent});
  double y = 14;
  y += canvas.add_text(
      setter_.set(Rich(document_.words.kind),
                  {.size_pt = 8.6, .bold = true, .ink = Ink::accent, .letter_spacing_pt = 0.8},
                  width),
      0, y);
  y +=
      3 + canvas.add_text(
              setter_.set(Rich(document_.title),
                          {.size_pt = 24, .bold = true, .serif = true, .line_height = 1.14}, width),
              0, y + 1);
  y += canvas.add_text(setter_.set(document_.subtitle, {.size_pt = 9.6}, width), 0, y + 2);
  canvas.height = y + 8;
  flow_.need(canvas.height);
  flow_.place(std::move(canvas));
}

void Composer::begin_section(const Section& section) {
  flow_.set_section(section.title);
  const bool turn = section.landscape != flow_.landscape();
  // A page that holds but the tail of a section is filled up.
  const bool mostly_free = flow_.room() > kMostlyFree * flow_.frame().height;
  if (turn || (section.new_page && !mostly_free) || flow_.room() < room_for(section)) {
    flow_.new_page(section.landscape);
  } else {
    flow_.skip(20);
  }
  const double width = flow_.frame().width;
  Canvas canvas;
  canvas.add(RectangleMark{0, 0, width, 1.2, Ink::text});
  canvas.add(TargetMark{section.id, section.title, 0, 0, 0});
  const TextStyle style{.size_pt = 15, .bold = true, .serif = true, .line_height = 1.2};
  canvas.height = 5 + canvas.add_text(setter_.set(Rich(section.title), style, width), 0, 5) + 7;
  flow_.place(std::move(canvas));
}

/// Its title does not stand alone above the end of a page.
double Composer::room_for(const Section& section) {
  const auto& blocks = section.blocks;
  std::size_t first = 0;
  double headings = kTitleHeight;
  while (first < blocks.size() && std::holds_alternative<Heading>(blocks[first])) {
    headings += kHeadingHeight;
    ++first;
  }
  if (first == blocks.size() || !std::holds_alternative<Figure>(blocks[first])) return kSectionRoom;
  // One that is as high as a page begins a new one anyway.
  const double room = std::max(kSectionRoom, headings + room_for(blocks[first]));
  return std::min(room, kMostFigure * flow_.frame().height);
}

double Composer::room_for(const Block& block) {
  double height = 0;
  if (const auto* cards = std::get_if<Cards>(&block)) {
    height = first_row_height(*cards, setter_, flow_.frame());
  } else if (const auto* figure = std::get_if<Figure>(&block)) {
    height = set_figure(*figure, flow_.frame().width, kMostFigure * flow_.frame().height, setter_)
                 .height;
  }
  return std::max(kHeadingRoom, height + 4);
}

void Composer::set_blocks(const std::vector<Block>& blocks) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto* heading = std::get_if<Heading>(&blocks[i]);
    if (heading != nullptr && i + 1 < blocks.size()) {
      set(*heading, room_for(blocks[i + 1]));
    } else {
      std::visit([this](const auto& b) { set(b); }, blocks[i]);
    }
  }
}

void Composer::set(const Heading& heading, double room) {
  const TextBlock& text =
      setter_.set(Rich(heading.text), {.size_pt = 10.4, .bold = true}, flow_.frame().width);
  if (!flow_.at_top()) flow_.skip(8);
  flow_.need(text.height() + room);
  Canvas canvas;
  canvas.add(TargetMark{heading.id, heading.text, 1, 0, 0});
  canvas.height = canvas.add_text(text, 0, 0) + 4;
  flow_.place(std::move(canvas));
}

void Composer::flow_text(const TextBlock& text, double indent, Ink bar, Ink panel) {
  const auto& lines = text.lines();
  const double padding = panel == Ink::none ? 0 : 6;
  for (std::size_t first = 0; first < lines.size();) {
    const std::size_t together = std::min(lines.size() - first, std::size_t{2});
    flow_.need(lines[first + together - 1].bottom - lines[first].top + 2 * padding);
    std::size_t last = first + 1;
    while (last < lines.size() &&
           lines[last].bottom - lines[first].top + 2 * padding <= flow_.room()) {
      ++last;
    }
    Canvas canvas{.height = lines[last - 1].bottom - lines[first].top + 2 * padding};
    if (panel != Ink::none)
      canvas.add(RectangleMark{0, 0, flow_.frame().width, canvas.height, panel});
    if (bar != Ink::none)
      canvas.add(RectangleMark{0, 0, panel == Ink::none ? 1.0 : 4.0, canvas.height, bar});
    canvas.add(TextMark{&text, first, last, indent, padding});
    flow_.place(std::move(canvas));
    first = last;
  }
}

void Composer::set(const Paragraph& paragraph) {
  const double width = flow_.frame().width;
  switch (paragraph.kind) {
    case Paragraph::Kind::body:
      flow_text(setter_.set(paragraph.text, {.size_pt = kBody}, width), 0, Ink::none, Ink::none);
      break;
    case Paragraph::Kind::note:
      flow_text(setter_.set(paragraph.text, {.size_pt = 7.8, .ink = Ink::faint}, width), 0,
                Ink::none, Ink::none);
      break;
    case Paragraph::Kind::alarm:
      flow_text(setter_.set(paragraph.text, {.size_pt = 10}, width - 24), 14, Ink::accent,
                Ink::tint);
      break;
    case Paragraph::Kind::quote:
      flow_text(setter_.set(paragraph.text, {.size_pt = kBody}, width - 10), 8, Ink::rule,
                Ink::none);
      break;
  }
  flow_.skip(5);
}

void Composer::set(const KeyFigures& figures) {
  if (figures.entries.empty()) return;
  const std::size_t columns = std::min<std::size_t>(figures.entries.size(), 7);
  const double width = flow_.frame().width / static_cast<double>(columns);
  for (std::size_t i = 0; i < figures.entries.size(); i += columns) {
    Canvas canvas;
    for (std::size_t k = i; k < std::min(i + columns, figures.entries.size()); ++k) {
      const double x = static_cast<double>(k - i) * width;
      const auto& [value, label] = figures.entries[k];
      double y = 4;
      y += canvas.add_text(
          setter_.set(Rich(value), {.size_pt = 17, .serif = true, .line_height = 1.15}, width - 6),
          x, y);
      y += canvas.add_text(
          setter_.set(Rich(label), {.size_pt = 7.8, .ink = Ink::faint, .line_height = 1.15},
                      width - 6),
          x, y);
      canvas.height = std::max(canvas.height, y + 7);
    }
    flow_.need(canvas.height);
    flow_.place(std::move(canvas));
  }
}

void Composer::set(const List& list) {
  const double width = flow_.frame().width;
  for (std::size_t i = 0; i < list.entries.size(); ++i) {
    const TextBlock& number =
        setter_.set(Rich(std::to_string(i + 1) + "."),
                    {.size_pt = kBody, .ink = Ink::faint, .align = Align::end}, 16);
    const TextBlock& text = setter_.set(list.entries[i], {.size_pt = kBody}, width - 22);
    flow_.need(std::min(text.height(), flow_.frame().height / 2));
    flow_.add(TextMark{&number, 0, number.lines().size(), flow_.frame().left, flow_.y()});
    flow_text(text, 22, Ink::none, Ink::none);
    flow_.skip(1.5);
  }
  flow_.skip(4);
}

void Composer::set(const Table& table) {
  SetTable(table, flow_.frame().width, setter_).flow(flow_);
  flow_.skip(6);
}

void Composer::set(const Figure& figure) {
  Canvas canvas =
      set_figure(figure, flow_.frame().width, kMostFigure * flow_.frame().height, setter_);
  flow_.need(canvas.height);
  flow_.place(std::move(canvas));
  flow_.skip(7);
}

/// Marks at the edges of the page, where it is cut in two.
void Composer::set_cut_marks() {
  constexpr double kLong = 5 * kPointsPerMm;
  constexpr double kThin = 0.4;
  const Frame& frame = flow_.frame();
  const double x = (frame.page_width - kThin) / 2;
  flow_.add(RectangleMark{x, 0, kThin, kLong, Ink::text});
  flow_.add(RectangleMark{x, frame.page_height - kLong, kThin, kLong, Ink::text});
}

void Composer::set(const Cutouts& cutouts) {
  for (std::size_t i = 0; i < cutouts.cards.size(); ++i) {
    if (i % 2 == 0) {
      flow_.new_bare_page();
      set_cut_marks();
    }
    const Drawing& card = cutouts.cards[i];
    const double half = flow_.frame().page_width / 2;
    const double x = half * static_cast<double>(i % 2) + (half - card.width_mm * kPointsPerMm) / 2;
    const double y = (flow_.frame().page_height - card.height_mm * kPointsPerMm) / 2;
    flow_.add(TargetMark{card.id, card.title, 2, x, y});
    flow_.add(DrawingMark{&card, x, y});
  }
}

void Composer::set(const Contents&) {
  const std::size_t count = document_.sections.size() - 1;
  const std::size_t rows = (count + 1) / 2;
  const double gutter = 24;
  const double width = (flow_.frame().width - gutter) / 2;
  Canvas canvas;
  canvas.add(RectangleMark{0, 0, flow_.frame().width, 0.35, Ink::rule});
  double y = 5;
  for (std::size_t row = 0; row < rows; ++row) {
    double height = 0;
    for (const std::size_t i : {row, row + rows}) {
      if (i >= count) continue;
      const Section& section = document_.sections[i + 1];
      const double x = i == row ? 0 : width + gutter;
      const TextBlock& title =
          setter_.set(Rich().add(section.title, Emphasis::plain, "#" + section.id),
                      {.size_pt = kBody}, width - 24);
      height = std::max(height, canvas.add_text(title, x, y));
      canvas.add(PageNumberMark{section.id, x + width, y + title.first_baseline()});
    }
    y += height + 1;
  }
  canvas.height = y + 4;
  flow_.need(canvas.height);
  flow_.place(std::move(canvas));
}

}  // namespace

std::vector<Page> compose(const Document& document, Paper paper, Typesetter& setter) {
  return Composer(document, paper, setter).compose();
}

}  // namespace defilada::sheet
