// SPDX-License-Identifier: MIT
#include "card_setter.hpp"

#include <algorithm>

#include "table_setter.hpp"

namespace defilada::sheet {
namespace {

constexpr double kSize = 7.2;  // pt, of text on cards
constexpr double kLeading = 1.22;
constexpr double kEdge = 3;  // pt, the coloured edge
constexpr double kPadding = 6;
constexpr double kGutter = 8;  // between cards
constexpr double kAsideGap = 6;

/// Sets the pieces of one card at a width, from the top to the bottom.
class CardSetter {
 public:
  CardSetter(const Card& card, double width, Typesetter& setter)
      : card_(card), width_(width), setter_(setter) {}

  /// Head, fields and the drawing beside them.
  [[nodiscard]] Canvas top() const;
  [[nodiscard]] double write_head(Canvas& canvas, double width) const;
  [[nodiscard]] double write_fields(Canvas& canvas, double y, double width) const;
  [[nodiscard]] Canvas notes() const;

 private:
  const Card& card_;
  double width_;
  Typesetter& setter_;
};

double CardSetter::write_head(Canvas& canvas, double width) const {
  double x = 0;
  double top = 0;
  const TextBlock& number = setter_.set(card_.number, {.size_pt = 16, .serif = true});
  const TextStyle title_style{.size_pt = 10, .bold = true, .line_height = 1.15};
  if (!card_.number.empty()) x = std::max(16.0, number.natural_width() + 6);
  const TextBlock& title = setter_.set(card_.title, title_style, width - x);
  if (!card_.number.empty()) {
    top = std::max(0.0, number.first_baseline() - title.first_baseline() - 4);
    canvas.add_text(number, 0, top + title.first_baseline() - number.first_baseline());
  }
  double y = top + canvas.add_text(title, x, top);
  if (!card_.subtitle.empty()) {
    y += canvas.add_text(
        setter_.set(card_.subtitle, {.size_pt = kSize, .line_height = kLeading}, width - x), x, y);
  }
  return y + 3;
}

double CardSetter::write_fields(Canvas& canvas, double y, double width) const {
  const TextStyle label_style{.size_pt = kSize, .ink = Ink::faint, .line_height = kLeading};
  double labels = 0;
  for (const Card::Field& field : card_.fields) {
    labels = std::max(labels, setter_.set(field.label, label_style).natural_width());
  }
  labels = std::min(labels, width / 2) + 6;
  for (const auto& [label, value] : card_.fields) {
    const double left = canvas.add_text(setter_.set(Rich(label), label_style, labels - 6), 0, y);
    const double right = canvas.add_text(
        setter_.set(value, {.size_pt = kSize, .line_height = kLeading}, width - labels), labels, y);
    y += std::max(left, right) + 0.3;
  }
  return y;
}

Canvas CardSetter::top() const {
  Canvas canvas;
  double width = width_;
  double aside_height = 0;
  if (!card_.aside.empty()) {
    Canvas aside = set_figure(card_.aside.front(), width_ / 2, 1e9, setter_);
    const double aside_width = card_.aside.front().drawing.width_mm * kPointsPerMm;
    width = width_ - std::min(aside_width, width_ / 2) - kAsideGap;
    aside_height = aside.height;
    canvas.append(std::move(aside), width + kAsideGap, 0);
  }
  const double head = write_head(canvas, width);
  canvas.height = std::max(write_fields(canvas, head, width), aside_height) + 2;
  canvas.add(TargetMark{card_.id, card_.outline, 2, 0, 0});
  return canvas;
}

Canvas CardSetter::notes() const {
  Canvas canvas;
  for (const Rich& note : card_.notes) {
    canvas.height += 1.5;
    canvas.height += canvas.add_text(
        setter_.set(note, {.size_pt = kSize * 0.94, .ink = Ink::faint}, width_), 0, canvas.height);
  }
  return canvas;
}

/// The whole card at its outer width, panel included.
Canvas set_card(const Card& card, double outer_width, Typesetter& setter) {
  const double width = outer_width - 2 * kPadding - kEdge;
  const CardSetter pieces(card, width, setter);
  Canvas inner;
  const auto stack = [&](Canvas canvas) {
    const double height = canvas.height;
    inner.append(std::move(canvas), 0, inner.height);
    inner.height += height;
  };
  stack(pieces.top());
  for (const Table& table : card.tables) {
    inner.height += 3;
    stack(SetTable(table, width, setter).whole());
  }
  stack(pieces.notes());
  for (const Figure& figure : card.below) {
    inner.height += 6;
    stack(set_figure(figure, width, 1e9, setter));
  }
  Canvas canvas{.height = inner.height + 2 * kPadding};
  canvas.add(RectangleMark{0, 0, outer_width, canvas.height, Ink::tint});
  canvas.add(RectangleMark{0, 0, kEdge, canvas.height, card.ink});
  canvas.append(std::move(inner), kEdge + kPadding, kPadding);
  return canvas;
}

void flow_tall_card(const Card& card, Typesetter& setter, Flow& flow) {
  const double width = flow.frame().width;
  const CardSetter pieces(card, width, setter);
  Canvas top = pieces.top();
  flow.need(top.height + 40);
  flow.place(std::move(top));
  for (const Table& table : card.tables) {
    flow.skip(4);
    SetTable(table, width, setter).flow(flow);
  }
  Canvas notes = pieces.notes();
  flow.need(notes.height);
  flow.place(std::move(notes));
  for (const Figure& figure : card.below) {
    Canvas drawing = set_figure(figure, width, flow.frame().height, setter);
    flow.skip(6);
    flow.need(drawing.height);
    flow.place(std::move(drawing));
  }
}

}  // namespace

Canvas set_figure(const Figure& figure, double width_pt, double height_most_pt,
                  Typesetter& setter) {
  const Drawing& drawing = figure.drawing;
  Canvas canvas;
  double caption_height = 0;
  const TextBlock* caption = nullptr;
  if (!figure.caption.empty()) {
    caption = &setter.set(figure.caption, {.size_pt = 8.4}, width_pt);
    caption_height = caption->height() + 3;
  }
  const double scale =
      std::min({1.0, width_pt / (drawing.width_mm * kPointsPerMm),
                (height_most_pt - caption_height) / (drawing.height_mm * kPointsPerMm)});
  canvas.add(DrawingMark{&drawing, 0, 0, scale});
  canvas.height = drawing.height_mm * kPointsPerMm * scale;
  if (caption != nullptr) {
    canvas.add_text(*caption, 0, canvas.height + 3);
    canvas.height += caption_height;
  }
  return canvas;
}

namespace {

double card_width(std::size_t columns, const Frame& frame) noexcept {
  return (frame.width - kGutter * static_cast<double>(columns - 1)) / static_cast<double>(columns);
}

std::size_t columns_of(const Cards& cards) noexcept {
  return static_cast<std::size_t>(std::max(1, cards.columns));
}

}  // namespace

double first_row_height(const Cards& cards, Typesetter& setter, const Frame& frame) {
  const std::size_t columns = columns_of(cards);
  double height = 0;
  for (std::size_t i = 0; i < std::min(columns, cards.cards.size()); ++i) {
    height = std::max(height, set_card(cards.cards[i], card_width(columns, frame), setter).height);
  }
  return height > frame.height ? 0 : height;
}

void flow_cards(const Cards& cards, Typesetter& setter, Flow& flow) {
  const std::size_t columns = columns_of(cards);
  const double width = card_width(columns, flow.frame());
  for (std::size_t i = 0; i < cards.cards.size(); i += columns) {
    std::vector<Canvas> row;
    double height = 0;
    const std::size_t end = std::min(i + columns, cards.cards.size());
    for (std::size_t k = i; k < end; ++k) {
      row.push_back(set_card(cards.cards[k], width, setter));
      height = std::max(height, row.back().height);
    }
    if (height > flow.frame().height) {
      for (std::size_t k = i; k < end; ++k) flow_tall_card(cards.cards[k], setter, flow);
      continue;
    }
    flow.need(height);
    Canvas line{.height = height};
    for (std::size_t k = 0; k < row.size(); ++k) {
      // Panels of a row are equally tall.
      for (std::size_t mark = 0; mark < 2; ++mark) {
        std::get<RectangleMark>(row[k].marks[mark]).height = height;
      }
      line.append(std::move(row[k]), static_cast<double>(k) * (width + kGutter), 0);
    }
    flow.place(std::move(line));
    flow.skip(kGutter);
  }
}

}  // namespace defilada::sheet
