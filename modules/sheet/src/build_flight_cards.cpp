// SPDX-License-Identifier: MIT
// The flight cards: a list of all, then a card of A5 for each flight lead.
#include "build.hpp"
#include "defilada/drawing/draw_flight_card.hpp"

namespace defilada::sheet {
namespace {

Row flight_row(const Context& context, const plan::FlightCard& card) {
  const auto clock = [&](const std::optional<Time>& time) {
    return time ? Rich(context.format.clock(*time)) : Rich("");
  };
  std::optional<Time> enters;
  std::optional<Time> leaves;
  std::optional<Time> away;
  std::string fix;
  if (card.hold) {
    fix = context.show[card.hold->fix].name;
    enters = card.hold->enters;
    leaves = card.hold->leaves;
  }
  if (card.break_off) away = card.break_off->time;
  Row row;
  row.cells = {{Rich(std::to_string(card.place), Emphasis::strong)},
               {Rich().add(context.label(card.contingent), Emphasis::strong,
                           "#flight-" + context.card_id(card.contingent)),
                context.ink(card.contingent)},
               {Rich(fix)},
               {clock(enters)},
               {clock(leaves)},
               {Rich(context.format.clock(card.over_target), Emphasis::time)},
               {Rich(context.format.length(card.height_m))},
               {clock(away)}};
  return row;
}

Table flight_table(const Context& context) {
  const Words& words = context.words;
  Table table{.label = words(Msg::flight_cards),
              .columns = {{.heading = words(Msg::col_place), .align = Align::end},
                          {.heading = words(Msg::col_contingent), .flex = 2},
                          {.heading = words(Msg::card_in_hold), .flex = 1},
                          {.heading = words(Msg::card_enter), .align = Align::end},
                          {.heading = words(Msg::card_leave), .align = Align::end},
                          {.heading = words(Msg::col_time_over), .align = Align::end},
                          {.heading = words(Msg::col_height), .align = Align::end},
                          {.heading = words(Msg::card_break_off), .align = Align::end}}};
  std::optional<show::ProcessionId> flypast;
  for (const plan::FlightCard& card : context.plan.flights) {
    if (flypast != card.flypast) {
      flypast = card.flypast;
      table.rows.push_back(
          {.kind = Row::Kind::group, .cells = {{Rich(context.show[card.flypast].name)}}});
    }
    table.rows.push_back(flight_row(context, card));
  }
  return table;
}

}  // namespace

std::optional<Section> build_flight_cards(const Context& context) {
  if (context.plan.flights.empty()) return std::nullopt;
  Section section{
      .id = "flight-cards", .title = context.words(Msg::flight_cards), .new_page = true};
  section.blocks.emplace_back(flight_table(context));
  Cutouts cutouts;
  for (const plan::FlightCard& card : context.plan.flights)
    cutouts.cards.push_back(drawing::draw_flight_card(context, card));
  section.blocks.emplace_back(std::move(cutouts));
  return section;
}

}  // namespace defilada::sheet
