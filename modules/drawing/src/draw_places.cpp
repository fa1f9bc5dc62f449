// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_places.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace defilada::drawing {
namespace {

constexpr double kRowName = 12;    // mm at the left
constexpr double kPitchMost = 13;  // mm from place to place
constexpr double kBoxMost = 7;
constexpr double kNamesMost = 27;  // mm of a name that stands upright
constexpr double kArrow = 6;       // mm above the front row

/// Who has a place, or nobody.
struct Taken {
  std::string number;
  std::string name;
};

class PlacesDrawing {
 public:
  PlacesDrawing(const Context& context, PlacesOf what, const show::PlaceRows& rows, double width_mm)
      : context_(context), rows_(rows), width_mm_(width_mm) {
    const int most = *std::max_element(rows.rows.begin(), rows.rows.end());
    pitch_ = std::min(kPitchMost, (width_mm - kRowName) / std::max(1, most));
    box_ = std::min(kBoxMost, pitch_ - 0.5);
    name_mm_ = std::clamp(0.62 * pitch_, 0.9, 2.3);
    for (const plan::GuestCard& card : context.plan.guests.guests) {
      const auto& place = what == PlacesOf::seats ? card.seat : card.photograph;
      if (place) taken_[{place->row, place->column}] = taken_by(card);
    }
  }

  Drawing draw(std::string id, std::string title) {
    drawing_.id = std::move(id);
    drawing_.title = std::move(title);
    drawing_.width_mm = width_mm_;
    draw_arrow();
    double top = kArrow;
    std::vector<std::string> told;
    for (int row = 0; row < static_cast<int>(rows_.rows.size()); ++row)
      top += draw_row(row, top, told);
    drawing_.height_mm = top;
    drawing_.description =
        context_.words(Msg::places_description, fmt::format("{}", fmt::join(told, "; ")));
    return std::move(drawing_);
  }

 private:
  [[nodiscard]] Taken taken_by(const plan::GuestCard& card) const {
    const show::Delegation& delegation = context_.show[card.delegation];
    std::string number = std::to_string(card.delegation.value + 1);
    if (card.place > 0) number += "·" + std::to_string(card.place + 1);
    return {number, context_.label(delegation.label, delegation.name)};
  }

  void draw_arrow() {
    const double x = kRowName + (width_mm_ - kRowName) / 2;
    drawing_.shapes.emplace_back(Path{.lines = {{{x, 0.6}, {x + 1.6, 3.8}, {x, 3}, {x - 1.6, 3.8}}},
                                      .closed = true,
                                      .style = {.fill = Ink::faint}});
  }

  /// A row of an even number of places has no middle.
  [[nodiscard]] double x_of(int row, int column) const {
    const bool even = rows_.rows[static_cast<std::size_t>(row)] % 2 == 0;
    const double across = even ? column - std::copysign(0.5, column) : column;
    return kRowName + (width_mm_ - kRowName) / 2 + across * pitch_;
  }

  [[nodiscard]] std::vector<int> columns_of(int row) const {
    const int count = rows_.rows[static_cast<std::size_t>(row)];
    std::vector<int> columns;
    for (int column = -(count / 2); column <= count / 2; ++column)
      if (column != 0 || count % 2 == 1) columns.push_back(column);
    return columns;
  }

  [[nodiscard]] bool is_host(int row, int column) const { return row == 0 && column == 0; }

  [[nodiscard]] Taken who(int row, int column) const {
    const auto found = taken_.find({row, column});
    if (found != taken_.end()) return found->second;
    if (!is_host(row, column)) return {};
    return {"", context_.label(context_.show.guests->host, "")};
  }

  /// Height of the row with its names; appends what it holds to `told`.
  double draw_row(int row, double top, std::vector<std::string>& told) {
    const std::vector<int> columns = columns_of(row);
    double longest = 0;
    for (const int column : columns)
      longest = std::max(longest, text_width_mm(who(row, column).name, name_mm_));
    const bool flat = longest <= pitch_ - 0.8;
    drawing_.shapes.emplace_back(Label{.at = {0, top + box_ / 2 + 0.8},
                                       .text = context_.words(Msg::row_number, row + 1),
                                       .size_mm = 2.2,
                                       .ink = Ink::faint});
    std::vector<std::string> names;
    for (const int column : columns) {
      draw_place(row, column, top, flat);
      if (const std::string name = who(row, column).name; !name.empty()) names.push_back(name);
    }
    told.push_back(context_.words.list(names));
    return box_ + 1 + (flat ? name_mm_ : std::min(longest, kNamesMost)) + 3;
  }

  void draw_place(int row, int column, double top, bool flat) {
    const double x = x_of(row, column);
    const Taken taken = who(row, column);
    const bool kept = std::any_of(rows_.kept.begin(), rows_.kept.end(), [&](const auto& each) {
      return each.row == row && each.column == column;
    });
    const bool host = is_host(row, column);
    const Ink line = host ? Ink::accent : taken.name.empty() ? Ink::rule : Ink::text;
    drawing_.shapes.emplace_back(rectangle({{x - box_ / 2, top}, {x + box_ / 2, top + box_}},
                                           {.fill = host ? Ink::accent : Ink::paper,
                                            .stroke = line,
                                            .width_mm = kept ? 0.35 : 0.2,
                                            .dash = kept ? Dash::dashed : Dash::solid}));
    if (!taken.number.empty() && pitch_ > 2.4) {
      const double size = std::min({3.0, 0.5 * box_, 0.9 * box_ / text_width_mm(taken.number, 1)});
      drawing_.shapes.emplace_back(Label{.at = {x, top + box_ / 2 + 0.36 * size},
                                         .text = taken.number,
                                         .size_mm = size,
                                         .anchor = Anchor::middle,
                                         .bold = true});
    }
    if (taken.name.empty()) return;
    Label name{.text = fit_text(taken.name, name_mm_, flat ? pitch_ - 0.4 : kNamesMost),
               .size_mm = name_mm_,
               .anchor = flat ? Anchor::middle : Anchor::end,
               .rotation_deg = flat ? 0.0 : -90.0,
               .ink = host ? Ink::accent : Ink::text,
               .bold = host};
    name.at =
        flat ? Point{x, top + box_ + 0.6 + name_mm_} : Point{x + 0.36 * name_mm_, top + box_ + 1};
    drawing_.shapes.emplace_back(std::move(name));
  }

  const Context& context_;
  const show::PlaceRows& rows_;
  double width_mm_;
  double pitch_ = 0;
  double box_ = 0;
  double name_mm_ = 0;
  std::map<std::pair<int, int>, Taken> taken_;
  Drawing drawing_;
};

}  // namespace

std::optional<Drawing> draw_places(const Context& context, PlacesOf what, double width_mm) {
  if (!context.show.guests || context.plan.guests.guests.empty()) return std::nullopt;
  const show::Guests& guests = *context.show.guests;
  const auto& rows = what == PlacesOf::seats ? guests.seats : guests.photograph;
  if (!rows || rows->rows.empty()) return std::nullopt;
  const bool seats = what == PlacesOf::seats;
  return PlacesDrawing(context, what, *rows, width_mm)
      .draw(seats ? "places-seats" : "places-photograph",
            context.words(seats ? Msg::seating : Msg::photograph_places));
}

}  // namespace defilada::drawing
