// SPDX-License-Identifier: MIT
// The guests' pages: who is received when and where, who sits where, who rides with whom.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "defilada/drawing/draw_motorcade.hpp"
#include "defilada/drawing/draw_places.hpp"

namespace defilada::sheet {
namespace {

constexpr double kRoadHeight = 84;  // mm, of the map of a motorcade's road

std::string delegation_name(const Context& context, show::DelegationId id) {
  const show::Delegation& delegation = context.show[id];
  const std::string label = context.label(delegation.label, delegation.name);
  const bool headed = !delegation.head.by_language.empty();
  return headed ? context.label(delegation.head, "") + " (" + label + ")" : label;
}

Rich guest_name(const Context& context, const plan::GuestCard& card) {
  const show::Delegation& delegation = context.show[card.delegation];
  const std::string label = context.label(delegation.label, delegation.name);
  if (card.place > 0)
    return Rich(context.words(Msg::guest_companion, label, card.place + 1), Emphasis::faint);
  if (delegation.head.by_language.empty()) return Rich(label, Emphasis::strong);
  Rich text(context.label(delegation.head, ""), Emphasis::strong);
  text.line().add(label, Emphasis::small);
  return text;
}

Rich place_words(const Context& context, const std::optional<guests::Place>& place) {
  if (!place) return Rich("");
  const Msg side = place->column > 0   ? Msg::place_right
                   : place->column < 0 ? Msg::place_left
                                       : Msg::place_middle;
  if (place->column == 0) return Rich(context.words(side, place->row + 1));
  return Rich(context.words(side, place->row + 1, std::abs(place->column)));
}

/// When a guest comes to stand somewhere, or sets out for it.
std::optional<Time> time_of(const plan::GuestCard& card, guests::Where where, bool moves) {
  for (const plan::GuestStay& stay : card.stays)
    if (stay.where == where && stay.moves == moves) return stay.from;
  return std::nullopt;
}

/// Which columns the table of guests has: none that would be empty.
struct Columns {
  bool arrives = false, greeted = false, photograph = false, walks = false, seat = false;
};

Columns choose_columns(const std::vector<plan::GuestCard>& cards) {
  Columns columns;
  for (const plan::GuestCard& card : cards) {
    columns.arrives = columns.arrives || card.arrives;
    columns.greeted = columns.greeted || card.greeted;
    columns.photograph = columns.photograph || card.photograph;
    columns.walks = columns.walks || time_of(card, guests::Where::seat, true);
    columns.seat = columns.seat || card.seat;
  }
  return columns;
}

class GuestTable {
 public:
  explicit GuestTable(const Context& context)
      : context_(context), columns_(choose_columns(context.plan.guests.guests)) {}

  Table write() {
    const Words& words = context_.words;
    table_.label = words(Msg::guests_order);
    table_.compact = true;
    table_.columns = {{.heading = words(Msg::col_place), .align = Align::end},
                      {.heading = words(Msg::col_delegation), .flex = 1}};
    heading(columns_.arrives, Msg::col_arrives);
    heading(columns_.greeted, Msg::col_greeting);
    heading(columns_.photograph, Msg::col_photograph);
    heading(columns_.walks, Msg::col_walks);
    heading(columns_.seat, Msg::col_seated);
    heading(columns_.seat, Msg::col_seat);
    heading(columns_.seat, Msg::col_gets_up);
    for (const plan::GuestCard& card : context_.plan.guests.guests) add(card);
    return std::move(table_);
  }

 private:
  void heading(bool wanted, Msg text) {
    if (wanted) table_.columns.push_back({.heading = context_.words(text), .align = Align::end});
  }
  [[nodiscard]] Rich clock(const std::optional<Time>& time) const {
    return time ? Rich(context_.format.clock(*time)) : Rich("");
  }
  void add(const plan::GuestCard& card) {
    Row row;
    const auto cell = [&](bool wanted, Rich text) {
      if (wanted) row.cells.push_back({std::move(text)});
    };
    row.cells.push_back({card.place == 0
                             ? Rich(std::to_string(card.delegation.value + 1), Emphasis::strong)
                             : Rich("")});
    row.cells.push_back({guest_name(context_, card)});
    cell(columns_.arrives, clock(card.arrives));
    cell(columns_.greeted, clock(card.greeted));
    Rich photograph = clock(time_of(card, guests::Where::photograph, false));
    const Rich stands = place_words(context_, card.photograph);
    if (!stands.empty()) photograph.line().add(stands.runs().front().text, Emphasis::small);
    cell(columns_.photograph, std::move(photograph));
    cell(columns_.walks, clock(time_of(card, guests::Where::seat, true)));
    cell(columns_.seat, clock(card.seated));
    cell(columns_.seat, place_words(context_, card.seat));
    cell(columns_.seat, card.leaves ? clock(card.leaves)
                                    : Rich(context_.words(Msg::stays_to_the_end), Emphasis::faint));
    table_.rows.push_back(std::move(row));
  }

  const Context& context_;
  Columns columns_;
  Table table_;
};

void add_places(const Context& context, drawing::PlacesOf what, std::vector<Block>& blocks) {
  auto drawn = drawing::draw_places(context, what, kPortraitWidth);
  if (!drawn) return;
  const bool seats = what == drawing::PlacesOf::seats;
  const show::PlaceRows& rows =
      seats ? *context.show.guests->seats : *context.show.guests->photograph;
  const std::string title = context.words(seats ? Msg::seating : Msg::photograph_places);
  std::string caption =
      context.words(Msg::places_caption, title, context.format.compass(rows.facing_rad),
                    context.words(rows.honour_left ? Msg::side_left : Msg::side_right));
  std::vector<std::string> kept;
  for (const auto& each : rows.kept) kept.push_back(delegation_name(context, each.who));
  if (!kept.empty()) caption += context.words(Msg::places_kept, context.words.list(kept));
  blocks.emplace_back(Heading{seats ? "seats" : "photograph", title});
  blocks.emplace_back(Figure{std::move(*drawn), Rich(std::move(caption), Emphasis::small)});
}

Table motorcade_table(const Context& context, const plan::MotorcadePlan& motorcade) {
  const Words& words = context.words;
  Table table{.label = context.show[motorcade.motorcade].name,
              .columns = {{.heading = words(Msg::col_car), .align = Align::end},
                          {.heading = words(Msg::col_rides), .flex = 1},
                          {.heading = words(Msg::col_departs), .align = Align::end}},
              .compact = true};
  std::vector<show::StationId> stations;
  for (const auto& passing : motorcade.cars.front().passings) stations.push_back(passing.station);
  for (const show::StationId station : stations)
    table.columns.push_back({.heading = context.show[station].name, .align = Align::end});
  table.columns.push_back({.heading = words(Msg::col_there), .align = Align::end});
  for (std::size_t i = 0; i < motorcade.cars.size(); ++i) {
    const plan::MotorcadeCar& car = motorcade.cars[i];
    Row row;
    std::vector<std::string> names;
    for (const show::DelegationId who : car.who) names.push_back(delegation_name(context, who));
    Rich riders(words.list(names));
    if (car.who.size() > 1) riders.add(" ").add(words(Msg::shared_car), Emphasis::tag);
    row.cells = {{Rich(std::to_string(i + 1), Emphasis::strong)},
                 {std::move(riders)},
                 {Rich(context.format.clock(car.departs))}};
    for (const show::StationId station : stations) {
      const auto at = std::find_if(car.passings.begin(), car.passings.end(),
                                   [&](const auto& each) { return each.station == station; });
      row.cells.push_back(
          {at == car.passings.end() ? Rich("") : Rich(context.format.clock(at->nose))});
    }
    row.cells.push_back({Rich(context.format.clock(car.arrives))});
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_motorcade(const Context& context, const plan::MotorcadePlan& motorcade, int number,
                   std::vector<Block>& blocks) {
  const Words& words = context.words;
  const show::Motorcade& what = context.show[motorcade.motorcade];
  const plan::ItemPlan& timed = *context.plan_of(motorcade.item);
  if (motorcade.cars.empty()) return;
  blocks.emplace_back(
      Heading{"motorcade-" + std::to_string(number),
              words(Msg::motorcade_title, context.label(motorcade.item),
                    context.format.clock(timed.start), context.format.clock(timed.end))});
  const auto cars = static_cast<std::int64_t>(motorcade.cars.size());
  blocks.emplace_back(Paragraph{
      .text = Rich(words(Msg::motorcade_about, cars, context.format.count(cars),
                         context.format.length(motorcade.length_m), context.show[what.route].name,
                         context.show[what.from].name, context.show[what.to].name))});
  blocks.emplace_back(motorcade_table(context, motorcade));
  auto drawn = drawing::draw_motorcade(context, motorcade, number, kPortraitWidth, kRoadHeight);
  blocks.emplace_back(Figure{
      std::move(drawn.map.drawing),
      Rich(words(Msg::motorcade_caption, context.format.count(std::llround(drawn.view.scale)),
                 context.show[what.from].name, context.show[what.to].name),
           Emphasis::small)});
}

std::string who_meets(const Context& context, const show::Item& item) {
  if (item.participants.size() == context.show.guests->delegations.size())
    return context.words(Msg::meeting_all);
  std::vector<std::string> names;
  for (const show::DelegationId who : item.participants)
    names.push_back(delegation_name(context, who));
  return context.words(Msg::meeting_who, context.words.list(names));
}

void add_meetings(const Context& context, std::vector<Block>& blocks) {
  int number = 0;
  for (const plan::ItemPlan& timed : context.plan.items) {
    const show::Item& item = context.show[timed.item];
    if (item.participants.empty()) continue;
    blocks.emplace_back(
        Heading{"meeting-" + std::to_string(++number),
                context.words(Msg::meeting_title, context.label(timed.item),
                              context.format.clock(timed.start), context.format.clock(timed.end))});
    const auto place = item.attributes.find("place");
    std::string text = context.words(Msg::meeting_place, place != item.attributes.end()
                                                             ? context.label(place->second, "")
                                                             : context.show[*item.venue].name);
    text += who_meets(context, item);
    blocks.emplace_back(Paragraph{.text = Rich(std::move(text))});
    for (const show::Statement& said : item.statements)
      blocks.emplace_back(statement_block(context, said, Rich()));
  }
}

}  // namespace

std::optional<Section> build_guests(const Context& context) {
  if (!context.show.guests || context.plan.guests.guests.empty()) return std::nullopt;
  const Words& words = context.words;
  const plan::Counts& counts = context.plan.counts;
  Section section{.id = "guests", .title = words(Msg::guests), .new_page = true};
  std::vector<Block>& blocks = section.blocks;
  blocks.emplace_back(
      Paragraph{.text = Rich(words(Msg::guests_about,
                                   words.counted(Msg::brief_guests_count, counts.guests,
                                                 context.format.count(counts.guests)),
                                   words.counted(Msg::brief_delegations, counts.delegations,
                                                 context.format.count(counts.delegations))))});
  blocks.emplace_back(Heading{"guests-order", words(Msg::guests_order)});
  blocks.emplace_back(GuestTable(context).write());
  blocks.emplace_back(
      Paragraph{.kind = Paragraph::Kind::note, .text = Rich(words(Msg::places_legend))});
  add_places(context, drawing::PlacesOf::photograph, blocks);
  add_places(context, drawing::PlacesOf::seats, blocks);
  int number = 0;
  for (const plan::MotorcadePlan& motorcade : context.plan.guests.motorcades)
    add_motorcade(context, motorcade, ++number, blocks);
  add_meetings(context, blocks);
  return section;
}

}  // namespace defilada::sheet
