// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build.hpp"

namespace defilada::sheet {
namespace {

constexpr double kAsideWidth = 27;  // mm
constexpr double kAsideHeight = 36;
constexpr std::size_t kStationsMost = 20;  // a card stays on its page

Msg message_of(show::Evolution::What what) {
  using What = show::Evolution::What;
  switch (what) {
    case What::open_order: return Msg::opens_order;
    case What::close_order: return Msg::closes_order;
    case What::countermarch: return Msg::countermarches;
    case What::wheel: return Msg::wheels;
    case What::form_line: return Msg::forms_line;
    case What::form_column: return Msg::forms_column;
    case What::dress: return Msg::dresses;
    case What::mark_time: return Msg::marks_time;
  }
  return Msg::marks_time;
}

class CardWriter {
 public:
  CardWriter(const Context& context, show::ContingentId id)
      : context_(context),
        words_(context.words),
        id_(id),
        contingent_(context.show[id]),
        plan_(context.plan_of(id)) {}

  Card write() {
    card_.id = context_.card_id(id_);
    card_.ink = context_.ink(id_);
    card_.number = plan_ != nullptr && plan_->place > 0 ? std::to_string(plan_->place) : "";
    card_.outline = context_.label(id_);
    card_.title = Rich(context_.label(id_));
    card_.subtitle = subtitle();
    write_fields();
    Figure aside{.drawing = draw_formation(context_, id_, kAsideWidth, kAsideHeight)};
    card_.aside.push_back(std::move(aside));
    write_crossings();
    write_notes();
    return std::move(card_);
  }

 private:
  [[nodiscard]] bool flies() const {
    return contingent_.procession.valid() && context_.show[contingent_.procession].air;
  }
  void field(Msg label, Rich value) {
    if (!value.empty()) card_.fields.push_back({words_(label), std::move(value)});
  }
  [[nodiscard]] Rich subtitle() const;
  [[nodiscard]] Rich neighbour(const std::optional<show::ContingentId>& id) const;
  void write_fields();
  void write_times();
  [[nodiscard]] std::string exhibits() const;
  [[nodiscard]] std::string kinds() const;
  void write_crossings();
  Row crossing_row(const plan::Crossing& crossing, const std::string& gait_before);
  void write_notes();

  const Context& context_;
  const Words& words_;
  show::ContingentId id_;
  const show::Contingent& contingent_;
  const plan::ContingentPlan* plan_;
  Card card_;
};

Rich CardWriter::subtitle() const {
  Rich text;
  std::string joined;
  const auto add = [&](const std::string& part) {
    if (part.empty()) return;
    if (!joined.empty()) joined += " · ";
    joined += part;
  };
  add(context_.attribute(id_, "branch"));
  add(context_.attribute(id_, "nation"));
  add(contingent_.procession.valid() ? context_.show[contingent_.procession].name
                                     : words_(Msg::in_place));
  text.add(joined, Emphasis::faint);
  if (const std::string year = context_.attribute(id_, "first appearance"); !year.empty()) {
    text.add(" ").add(words_(Msg::first_time_in, year), Emphasis::tag);
  }
  return text;
}

Rich CardWriter::neighbour(const std::optional<show::ContingentId>& id) const {
  if (!id) return Rich(words_(Msg::nobody), Emphasis::faint);
  return Rich().add(context_.label(*id), Emphasis::plain, "#" + context_.card_id(*id));
}

std::string CardWriter::exhibits() const {
  std::string text;
  for (const show::Part& part : contingent_.parts) {
    for (const show::Exhibit& exhibit : part.exhibits) {
      if (!text.empty()) text += ", ";
      text += exhibit.count > 0 ? words_(Msg::exhibit_count, exhibit.count, exhibit.name)
                                : exhibit.name;
    }
  }
  return text;
}

std::string CardWriter::kinds() const {
  std::string text;
  std::vector<show::KindId> seen;
  for (const show::Part& part : contingent_.parts) {
    if (std::find(seen.begin(), seen.end(), part.kind) != seen.end()) continue;
    seen.push_back(part.kind);
    const show::Kind& kind = context_.show[part.kind];
    if (!text.empty()) text += ", ";
    text += context_.label(kind.label, kind.name);
  }
  return text;
}

void CardWriter::write_times() {
  if (plan_ == nullptr) return;
  const auto clock = [&](Msg label, const std::optional<Time>& time) {
    if (time) field(label, Rich(context_.format.clock(*time), Emphasis::strong));
  };
  if (!flies()) clock(Msg::field_forms_up, plan_->forms_up);
  clock(flies() ? Msg::field_on_line : Msg::field_steps_off, plan_->steps_off);
  if (flies()) clock(Msg::field_over, plan_->over_target);
  clock(flies() ? Msg::field_leaves : Msg::field_clears, plan_->disperses);
}

void CardWriter::write_fields() {
  field(Msg::field_formation, Rich(context_.formation_words(id_)));
  field(Msg::field_strength, Rich(context_.tally_words(context_.tally(id_))));
  // That marchers march is not worth a line.
  if (context_.kind(id_).category != show::Category::foot) field(Msg::field_kind, Rich(kinds()));
  if (const std::string text = exhibits(); !text.empty()) field(Msg::field_exhibits, Rich(text));
  for (const auto& [key, value] : contingent_.attributes) {
    // These three are told above.
    if (key == "branch" || key == "nation" || key == "first appearance") continue;
    card_.fields.push_back({key, Rich(value)});
  }
  if (plan_ != nullptr && plan_->depth_m > 0) {
    field(Msg::field_size, Rich(words_(Msg::size_words, context_.format.length(plan_->width_m),
                                       context_.format.length(plan_->depth_m))));
  }
  if (contingent_.in_place) {
    const auto& place = *contingent_.in_place;
    field(Msg::field_place,
          Rich(words_(Msg::facing_place, context_.format.place(place.position.x, place.position.y),
                      context_.format.compass(place.facing_rad))));
    return;
  }
  if (plan_ != nullptr && plan_->height_m) {
    field(Msg::field_height, Rich(context_.format.length(*plan_->height_m)));
  }
  write_times();
  if (plan_ == nullptr) return;
  field(Msg::field_ahead, neighbour(plan_->ahead));
  field(Msg::field_behind, neighbour(plan_->behind));
}

Row CardWriter::crossing_row(const plan::Crossing& crossing, const std::string& gait_before) {
  const show::Category category = context_.kind(id_).category;
  Rich station(context_.show[crossing.station].name);
  const std::string gait = context_.format.gait(crossing.gait, crossing.speed_mps, category);
  // The gait is told where it changes.
  if (gait != gait_before && crossing.speed_mps > 0) station.line().add(gait, Emphasis::small);
  Row row;
  row.cells.push_back({std::move(station)});
  row.cells.push_back({Rich(context_.format.clock(crossing.head), Emphasis::strong)});
  row.cells.push_back({Rich(context_.format.clock(crossing.tail))});
  row.cells.push_back(
      {crossing.headway ? Rich(context_.format.duration(*crossing.headway)) : Rich("")});
  const std::string gap = crossing.gap_m ? context_.format.length(*crossing.gap_m)
                          : crossing.gap ? context_.format.duration(*crossing.gap)
                                         : "";
  row.cells.push_back({Rich(gap)});
  return row;
}

void CardWriter::write_crossings() {
  if (plan_ == nullptr || plan_->crossings.empty()) return;
  Table table{.label = context_.label(id_),
              .columns = {{.heading = words_(Msg::col_station), .flex = 1},
                          {.heading = words_(Msg::col_head), .align = Align::end},
                          {.heading = words_(Msg::col_tail), .align = Align::end},
                          {.heading = words_(Msg::col_headway), .align = Align::end},
                          {.heading = words_(Msg::col_gap), .align = Align::end}},
              .compact = true};
  const std::size_t shown = std::min(plan_->crossings.size(), kStationsMost);
  std::string gait_before;
  for (std::size_t i = 0; i < shown; ++i) {
    const plan::Crossing& crossing = plan_->crossings[i];
    table.rows.push_back(crossing_row(crossing, gait_before));
    gait_before =
        context_.format.gait(crossing.gait, crossing.speed_mps, context_.kind(id_).category);
  }
  card_.tables.push_back(std::move(table));
  if (const std::size_t more = plan_->crossings.size() - shown; more > 0) {
    card_.notes.emplace_back(
        words_.counted(Msg::more_stations, static_cast<std::int64_t>(more), std::to_string(more)));
  }
}

void CardWriter::write_notes() {
  if (plan_ == nullptr) return;
  Rich note;
  if (plan_->least_gap_m) {
    const std::string gap = context_.format.length(*plan_->least_gap_m);
    note.add(plan_->least_gap_at_s_m
                 ? words_(Msg::least_gap_at, gap, context_.format.length(*plan_->least_gap_at_s_m))
                 : words_(Msg::least_gap, gap));
  }
  if (plan_->pace_outer_m > 0) {
    if (!note.empty()) note.add(" ");
    note.add(words_(Msg::wheel_paces, context_.format.length(plan_->pace_inner_m),
                    context_.format.length(plan_->pace_outer_m)));
  }
  if (!note.empty()) card_.notes.push_back(std::move(note));
  for (const plan::EvolutionPlan& each : plan_->drill) {
    const show::Evolution& evolution = context_.show[id_].drill[each.evolution];
    card_.notes.emplace_back(
        words_(Msg::drill_line, context_.format.clock(each.begin), context_.format.clock(each.end),
               words_(message_of(evolution.what)), context_.show[evolution.station].name,
               std::to_string(each.files), std::to_string(each.ranks),
               context_.format.length(each.width_m), context_.format.length(each.depth_m)));
  }
}

}  // namespace

Section build_cards(const Context& context) {
  Section section{.id = "cards", .title = context.words(Msg::cards), .new_page = true};
  section.blocks.emplace_back(
      Paragraph{.kind = Paragraph::Kind::note, .text = Rich(context.words(Msg::cards_legend))});
  for (std::uint32_t p = 0; p < context.show.processions.size(); ++p) {
    const show::Procession& procession = context.show.processions[p];
    if (procession.order.empty()) continue;
    section.blocks.emplace_back(Heading{"cards-" + context.procession_id({p}), procession.name});
    Cards cards;
    for (const show::ContingentId id : procession.order) {
      cards.cards.push_back(CardWriter(context, id).write());
    }
    section.blocks.emplace_back(std::move(cards));
  }
  Cards standing;
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    if (context.show.contingents[i].in_place)
      standing.cards.push_back(CardWriter(context, {i}).write());
  }
  if (!standing.cards.empty()) {
    section.blocks.emplace_back(Heading{"cards-in-place", context.words(Msg::in_place)});
    section.blocks.emplace_back(std::move(standing));
  }
  return section;
}

}  // namespace defilada::sheet
