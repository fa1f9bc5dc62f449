// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include "build.hpp"

namespace defilada::sheet {
namespace {

std::vector<show::ItemId> by_start(const Context& context) {
  std::vector<show::ItemId> order;
  for (std::uint32_t i = 0; i < context.show.items.size(); ++i) {
    if (context.plan_of(show::ItemId{i}) != nullptr) order.push_back({i});
  }
  std::stable_sort(order.begin(), order.end(), [&](show::ItemId a, show::ItemId b) {
    return context.plan_of(a)->start < context.plan_of(b)->start;
  });
  return order;
}

std::map<show::ItemId, std::string> reasons(const Context& context) {
  std::map<show::ItemId, std::string> because;
  for (const plan::Cue& cue : context.plan.cues) {
    if (cue.what == plan::Cue::What::item_start && cue.item.valid())
      because[cue.item] = context.words(cue.because);
  }
  return because;
}

void add_movement(const Context& context, const show::Item& item, Rich& text) {
  if (!item.procession) return;
  const show::Procession& procession = context.show[*item.procession];
  text.line().add(context.words(procession.air ? Msg::flypast_of : Msg::march_of, procession.name),
                  Emphasis::small, "#" + context.procession_id(*item.procession));
}

/// Of an item that may last from so long to so long: what was planned of it.
std::string planned_length(const Context& context, const show::Item& item, Duration planned) {
  if (item.procession || item.lasts.least == item.lasts.most) return {};
  const auto& [least, most] = item.lasts;
  const auto said = [&](Duration length) { return context.format.duration(length); };
  const Words& words = context.words;
  std::string text = least && most ? words(Msg::length_window, said(*least), said(*most))
                     : least       ? words(Msg::length_at_least, said(*least))
                                   : words(Msg::length_at_most, said(*most));
  text += words(Msg::length_planned, said(planned));
  if (planned == least) text += words(Msg::planned_least);
  if (planned == most) text += words(Msg::planned_most);
  return text;
}

Rich describe(const Context& context, show::ItemId id) {
  const Words& words = context.words;
  const show::Item& item = context.show[id];
  const plan::ItemPlan& timed = *context.plan_of(id);
  Rich text(context.label(id), Emphasis::strong);
  if (timed.critical) text.add(" ").add(words(Msg::critical), Emphasis::tag);
  add_movement(context, item, text);
  if (const std::string planned = planned_length(context, item, timed.end - timed.start);
      !planned.empty()) {
    text.line().add(planned, Emphasis::small);
  }
  if (item.shots) {
    const Duration each{*item.shots > 1 ? (timed.end - timed.start).us / (*item.shots - 1) : 0};
    text.line().add(
        words(Msg::shots, context.format.count(*item.shots),
              context.format.decimal(each.seconds(), 2) + "\u00A0" + words(Msg::unit_s)),
        Emphasis::small);
  }
  for (const auto& [what, count] : item.released) {
    text.line().add(words(Msg::released, words(Msg::pair, context.format.count(count), what)),
                    Emphasis::small);
  }
  for (const auto& [key, value] : item.attributes) {
    const std::string& said = value.in(words.language());
    const std::string name = key == "who"     ? words(Msg::attribute_who)
                             : key == "place" ? words(Msg::attribute_place)
                                              : key;
    text.line().add(words(Msg::key_value, name, said), Emphasis::small);
  }
  if (!item.note.empty()) text.line().add(item.note, Emphasis::small);
  return text;
}

Row programme_row(const Context& context, show::ItemId id, const std::string& because) {
  const plan::ItemPlan& timed = *context.plan_of(id);
  const Words& words = context.words;
  const bool instant = timed.start == timed.end;
  Row row{.marked = timed.critical};
  row.cells.push_back({Rich(context.format.clock(timed.start), Emphasis::time)});
  row.cells.push_back({instant ? Rich(words(Msg::instant), Emphasis::faint)
                               : Rich(context.format.clock(timed.end))});
  row.cells.push_back({instant ? Rich(words(Msg::instant), Emphasis::faint)
                               : Rich(context.format.duration(timed.end - timed.start))});
  row.cells.push_back({describe(context, id)});
  row.cells.push_back({Rich(because, Emphasis::small)});
  row.cells.push_back({!timed.slack ? Rich(words(Msg::slack_free), Emphasis::faint)
                                    : Rich(context.format.duration(*timed.slack))});
  return row;
}

/// The words in the sheet's language where the source has them in another; never without saying
/// that it is a translation, and whose.
void add_translation(const Context& context, const show::Statement& statement, Rich& text) {
  const Words& words = context.words;
  const auto found = statement.translated.find(std::string(words.language()));
  if (found == statement.translated.end() || statement.language == words.language()) return;
  const std::string quoted = words(Msg::quoted, found->second);
  text.line().add(statement.translator.empty()
                      ? words(Msg::translation_by_author, quoted)
                      : words(Msg::translation_by, quoted, statement.translator),
                  Emphasis::small);
}

/// Those of meetings stand on the guests' pages.
void add_statements(const Context& context, const std::vector<show::ItemId>& order,
                    std::vector<Block>& blocks) {
  bool headed = false;
  for (const show::ItemId id : order) {
    const show::Item& item = context.show[id];
    if (!item.participants.empty()) continue;
    for (const show::Statement& statement : item.statements) {
      if (!headed) blocks.emplace_back(Heading{"statements", context.words(Msg::words_spoken)});
      headed = true;
      Rich before(context.format.clock(context.plan_of(id)->start) + " ", Emphasis::strong);
      before.add(context.label(id) + ". ", Emphasis::faint);
      blocks.emplace_back(statement_block(context, statement, std::move(before)));
    }
  }
}

/// Where the day is told in parts: the heading of the one that an item belongs to.
class PartRows {
 public:
  explicit PartRows(const Context& context) : context_(context) {}

  void begin(show::ItemId id, Table& table) {
    if (context_.plan.parts.empty()) return;
    const auto part = context_.show[id].part;
    if (last_ == part && !table.rows.empty()) return;
    last_ = part;
    table.rows.push_back({.kind = Row::Kind::group, .cells = {{Rich(heading(part))}}});
  }

 private:
  [[nodiscard]] std::string heading(std::optional<show::DayPartId> part) const {
    if (!part) return context_.words(Msg::part_of_show);
    const show::DayPart& what = context_.show[*part];
    const std::string label = context_.label(what.label, what.name);
    for (const plan::PartPlan& each : context_.plan.parts) {
      if (each.part != *part) continue;
      return context_.words(Msg::part_times, label, context_.format.clock(each.start),
                            context_.format.clock(each.end));
    }
    return label;
  }

  const Context& context_;
  std::optional<show::DayPartId> last_;
};

}  // namespace

Paragraph statement_block(const Context& context, const show::Statement& statement, Rich before) {
  const Words& words = context.words;
  const std::string reported = statement.reported ? statement.reported->in(words.language()) : "";
  Rich text = std::move(before);
  if (statement.text.empty()) {
    text.add(words(Msg::reported), Emphasis::faint).add(reported);
  } else {
    text.add(statement.to.empty() ? words(Msg::says, statement.who)
                                  : words(Msg::says_to, statement.who, statement.to));
    text.add(" ").add(words(Msg::quoted, statement.text), Emphasis::quote);
    if (!reported.empty()) text.line().add(reported, Emphasis::small);
    add_translation(context, statement, text);
  }
  if (!statement.source.empty()) text.line().add_linked(statement.source, Emphasis::small);
  return {.kind = Paragraph::Kind::quote, .text = std::move(text)};
}

Section build_programme(const Context& context) {
  const Words& words = context.words;
  Section section{.id = "programme", .title = words(Msg::programme), .new_page = true};
  Table table{.label = words(Msg::programme),
              .columns = {{.heading = words(Msg::col_start)},
                          {.heading = words(Msg::col_end)},
                          {.heading = words(Msg::col_length), .align = Align::end},
                          {.heading = words(Msg::col_item), .flex = 3},
                          {.heading = words(Msg::col_waits_for), .flex = 2.4},
                          {.heading = words(Msg::col_slack), .align = Align::end}}};
  const std::vector<show::ItemId> order = by_start(context);
  const auto because = reasons(context);
  PartRows parts(context);
  for (const show::ItemId id : order) {
    parts.begin(id, table);
    const auto found = because.find(id);
    table.rows.push_back(programme_row(context, id, found == because.end() ? "" : found->second));
  }
  section.blocks.emplace_back(std::move(table));
  section.blocks.emplace_back(
      Paragraph{.kind = Paragraph::Kind::note, .text = Rich(words(Msg::programme_legend))});
  if (!context.plan.critical_chain.empty()) {
    section.blocks.emplace_back(Heading{"critical-chain", words(Msg::critical_chain)});
    List chain;
    for (const Phrase& sentence : context.plan.critical_chain)
      chain.entries.emplace_back(words(sentence));
    section.blocks.emplace_back(std::move(chain));
  }
  add_statements(context, order, section.blocks);
  return section;
}

}  // namespace defilada::sheet
