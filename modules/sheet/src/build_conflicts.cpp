// SPDX-License-Identifier: MIT
#include "build.hpp"

namespace defilada::sheet {
namespace {

Table statements(const Context& context, const std::vector<plan::ConflictLine>& lines) {
  const Words& words = context.words;
  Table table{.label = words(Msg::conflicts),
              .columns = {{.heading = words(Msg::col_place), .align = Align::end},
                          {.heading = words(Msg::col_statement), .flex = 4},
                          {.heading = words(Msg::col_where)},
                          {.heading = words(Msg::col_running), .align = Align::end}}};
  int place = 0;
  for (const plan::ConflictLine& line : lines) {
    Rich text(context.words(line.text), line.physics ? Emphasis::plain : Emphasis::strong);
    if (line.physics) text.line().add(words(Msg::physics), Emphasis::tag);
    const bool last = &line == &lines.back();
    table.rows.push_back({.cells = {{std::to_string(++place)},
                                    {std::move(text)},
                                    {context.where(line.span)},
                                    {Rich(context.format.duration(line.running_total),
                                          last ? Emphasis::alarm : Emphasis::plain)}}});
  }
  return table;
}

}  // namespace

Section build_conflicts(const Context& context) {
  const Words& words = context.words;
  Section section{.id = "conflicts", .title = words(Msg::conflicts), .new_page = true};
  section.blocks.emplace_back(Paragraph{.kind = Paragraph::Kind::alarm,
                                        .text = Rich(words(Msg::programme_fails), Emphasis::strong)
                                                    .add(" " + words(Msg::conflict_subtitle))});
  int number = 0;
  for (const plan::Conflict& conflict : context.plan.conflicts) {
    section.blocks.emplace_back(Heading{
        "conflict-" + std::to_string(++number),
        conflict.ring ? words(Msg::conflict_ring)
                      : words(Msg::conflict_title, context.format.duration(conflict.short_by))});
    section.blocks.emplace_back(statements(context, conflict.statements));
    for (const plan::FurtherConflict& next : conflict.further) {
      section.blocks.emplace_back(Paragraph{
          .text = Rich(words(Msg::conflict_further, context.format.duration(next.short_by)),
                       Emphasis::strong)});
      section.blocks.emplace_back(statements(context, next.statements));
    }
    if (conflict.fixes.empty()) continue;
    const bool some = !conflict.further.empty() && !conflict.fixes_cover_further;
    section.blocks.emplace_back(
        Paragraph{.text = Rich(words(some ? Msg::conflict_fixes_some : Msg::conflict_fixes),
                               Emphasis::strong)});
    List fixes;
    for (const Fix& fix : conflict.fixes) fixes.entries.emplace_back(words(fix.text));
    section.blocks.emplace_back(std::move(fixes));
  }
  return section;
}

}  // namespace defilada::sheet
