// SPDX-License-Identifier: MIT
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "build.hpp"
#include "defilada/drawing/draw_figure_view.hpp"

namespace defilada::sheet {
namespace {

constexpr double kFigureViewHeight = 56;  // mm
constexpr double kMapWithCard_mm = 60;
constexpr double kMapAlone_mm = 150;
constexpr std::size_t kRowsBesideMap = 8;

double degrees(double rad) noexcept {
  return std::abs(rad) * 180 / std::numbers::pi;
}

std::string break_off_words(const Context& context, const show::BreakOff& off) {
  const Msg side = off.turn_rad > 0 ? Msg::break_off_left : Msg::break_off_right;
  std::string text = context.words(
      side, context.show[off.station].name, context.format.decimal(degrees(off.turn_rad), 0),
      context.format.decimal(degrees(off.bank_rad), 0), context.format.length(off.then_m));
  if (off.climb_mps > 0) {
    text += context.words(Msg::break_off_climb,
                          context.format.speed(off.climb_mps, show::Category::foot));
  }
  return text;
}

/// Least and most of some values as one text, or one of them where they print alike.
std::string range_words(const std::set<std::string>& shown) {
  return fmt::format("{}", fmt::join(shown, ", "));
}

class FlypastWriter {
 public:
  FlypastWriter(const Context& context, show::ProcessionId id)
      : context_(context), words_(context.words), id_(id), procession_(context.show[id]) {}

  Card write() {
    const show::Station& over = context_.show[procession_.over];
    const geo::Vec2 direction = context_.show[procession_.route].geometry.at(over.s_m).direction;
    card_.id = "flypast-" + context_.procession_id(id_);
    card_.ink = procession_.order.empty() ? Ink::text : context_.ink(procession_.order.front());
    card_.outline = procession_.name;
    card_.title = Rich(procession_.name);
    card_.subtitle =
        Rich(words_(Msg::flypast_subtitle, context_.show[procession_.route].name, over.name,
                    context_.format.compass(std::atan2(direction.y, direction.x))),
             Emphasis::faint);
    write_fields();
    write_table();
    card_.below.push_back({.drawing = draw_procession(context_, id_, kPortraitWidth - 8),
                           .caption = Rich(words_(Msg::flypast_drawing_caption), Emphasis::small)});
    for (drawing::FigureView& view :
         drawing::draw_figure_views(context_, id_, kPortraitWidth - 8, kFigureViewHeight)) {
      card_.below.push_back({.drawing = std::move(view.drawing),
                             .caption = Rich(std::move(view.caption), Emphasis::small)});
    }
    return std::move(card_);
  }

 private:
  void write_fields();
  void write_table();
  [[nodiscard]] std::optional<Time> time_over(show::ContingentId id) const;
  [[nodiscard]] double height_m(show::ContingentId id) const;
  [[nodiscard]] std::string speed(show::ContingentId id) const;

  const Context& context_;
  const Words& words_;
  show::ProcessionId id_;
  const show::Procession& procession_;
  Card card_;
};

std::optional<Time> FlypastWriter::time_over(show::ContingentId id) const {
  const plan::ContingentPlan* timed = context_.plan_of(id);
  if (timed != nullptr && timed->over_target) return timed->over_target;
  const plan::Crossing* crossing = context_.crossing(id, procession_.over);
  return crossing != nullptr ? std::optional(crossing->head) : std::nullopt;
}

double FlypastWriter::height_m(show::ContingentId id) const {
  const plan::ContingentPlan* timed = context_.plan_of(id);
  if (timed != nullptr && timed->height_m) return *timed->height_m;
  return context_.show[id].height_m.value_or(procession_.height_m);
}

std::string FlypastWriter::speed(show::ContingentId id) const {
  const plan::Crossing* crossing = context_.crossing(id, procession_.over);
  const double mps = crossing != nullptr
                         ? crossing->speed_mps
                         : context_.show[id].base_gait.value_or(procession_.base_gait).speed_mps;
  return context_.format.speed(mps, context_.kind(id).category);
}

void FlypastWriter::write_fields() {
  if (procession_.order.empty()) return;
  Tally sum;
  std::set<std::string> speeds;
  for (const show::ContingentId id : procession_.order) {
    sum += context_.tally(id);
    speeds.insert(speed(id));
  }
  const auto first = time_over(procession_.order.front());
  const auto last = time_over(procession_.order.back());
  if (first && last) {
    card_.fields.push_back(
        {words_(Msg::field_window),
         Rich(procession_.order.size() == 1 ? context_.format.clock(*first)
                                            : words_(Msg::from_to, context_.format.clock(*first),
                                                     context_.format.clock(*last)),
              Emphasis::strong)});
  }
  card_.fields.push_back({words_(Msg::col_aircraft), Rich(context_.tally_words(sum))});
  card_.fields.push_back({words_(Msg::field_speed), Rich(range_words(speeds))});
  if (procession_.break_off) {
    card_.fields.push_back(
        {words_(Msg::field_break_off), Rich(break_off_words(context_, *procession_.break_off))});
  }
}

void FlypastWriter::write_table() {
  Table table{.label = procession_.name,
              .columns = {{.heading = words_(Msg::col_place), .align = Align::end},
                          {.heading = words_(Msg::col_contingent), .flex = 2},
                          {.heading = words_(Msg::col_aircraft_kind), .flex = 1.5},
                          {.heading = words_(Msg::col_formation), .flex = 2},
                          {.heading = words_(Msg::col_time_over), .align = Align::end},
                          {.heading = words_(Msg::col_spacing), .align = Align::end},
                          {.heading = words_(Msg::col_height), .align = Align::end},
                          {.heading = words_(Msg::col_speed), .align = Align::end}}};
  int place = 0;
  for (const show::ContingentId id : procession_.order) {
    const plan::Crossing* crossing = context_.crossing(id, procession_.over);
    const auto over = time_over(id);
    const show::Kind& kind = context_.kind(id);
    Row row;
    row.cells.push_back({Rich(std::to_string(++place), Emphasis::strong)});
    row.cells.push_back(
        {Rich().add(context_.label(id), Emphasis::strong, "#" + context_.card_id(id)),
         context_.ink(id)});
    row.cells.push_back({Rich(context_.label(kind.label, kind.name))});
    row.cells.push_back({Rich(context_.formation_words(id))});
    row.cells.push_back({over ? Rich(context_.format.clock(*over), Emphasis::time) : Rich("")});
    Rich spacing;
    if (crossing != nullptr && crossing->headway)
      spacing.add(context_.format.duration(*crossing->headway));
    if (crossing != nullptr && crossing->gap_m) {
      spacing.line().add(context_.format.length(*crossing->gap_m), Emphasis::small);
    }
    row.cells.push_back({std::move(spacing)});
    row.cells.push_back({Rich(context_.format.length(height_m(id)))});
    row.cells.push_back({Rich(speed(id))});
    table.rows.push_back(std::move(row));
  }
  card_.tables.push_back(std::move(table));
}

}  // namespace

std::optional<Section> build_flypasts(const Context& context) {
  Section section{.id = "flypasts", .title = context.words(Msg::flypasts), .new_page = true};
  Cards cards{.columns = 1};
  for (std::uint32_t p = 0; p < context.show.processions.size(); ++p) {
    const show::Procession& procession = context.show.processions[p];
    if (procession.air && !procession.order.empty()) {
      cards.cards.push_back(FlypastWriter(context, {p}).write());
    }
  }
  if (cards.cards.empty()) return std::nullopt;
  // The card of a long stream takes a page of its own, so the map has the rest of its page.
  const std::size_t rows = cards.cards.front().tables.front().rows.size();
  const double most_mm = rows > kRowsBesideMap ? kMapAlone_mm : kMapWithCard_mm;
  if (const auto view = air_view(context, kPortraitWidth, most_mm)) {
    Map map = draw_map(context, *view,
                       {.id = "map-air", .title = context.words(Msg::map_air_title), .air = true});
    std::string caption =
        context.words(Msg::map_air_caption, context.format.count(std::llround(view->scale)));
    if (!map.unlabelled.empty()) {
      caption +=
          context.words(Msg::map_unlabelled, fmt::format("{}", fmt::join(map.unlabelled, ", ")));
    }
    section.blocks.emplace_back(
        Figure{std::move(map.drawing), Rich(std::move(caption), Emphasis::small)});
  }
  section.blocks.emplace_back(std::move(cards));
  return section;
}

}  // namespace defilada::sheet
