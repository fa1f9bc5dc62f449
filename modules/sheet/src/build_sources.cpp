// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "build.hpp"

namespace defilada::sheet {
namespace {

Row published_row(const Context& context, const plan::PublishedRow& figure) {
  Row row{.marked = !figure.holds};
  row.cells.push_back({Rich(figure.name)});
  row.cells.push_back({Rich(figure.published)});
  row.cells.push_back({Rich(figure.computed, Emphasis::strong)});
  row.cells.push_back({Rich(figure.difference)});
  row.cells.push_back({figure.holds ? Rich(context.words(Msg::yes))
                                    : Rich(context.words(Msg::no), Emphasis::alarm)});
  row.cells.push_back({Rich().add_linked(figure.source, Emphasis::small)});
  return row;
}

Row provenance_row(const Context& context, const show::Provenance& provenance) {
  Row row;
  row.cells.push_back({Rich(provenance.path)});
  row.cells.push_back({Rich(provenance.value)});
  row.cells.push_back({Rich().add_linked(provenance.source)});
  row.cells.push_back({context.where(provenance.span)});
  return row;
}

}  // namespace

std::optional<Section> build_published(const Context& context) {
  if (context.plan.published.empty()) return std::nullopt;
  using Is = show::Published::Is;
  const Words& words = context.words;
  Table table{.label = words(Msg::published),
              .columns = {{.heading = words(Msg::col_figure), .flex = 2},
                          {.heading = words(Msg::col_published), .align = Align::end},
                          {.heading = words(Msg::col_plan), .align = Align::end},
                          {.heading = words(Msg::col_difference), .align = Align::end},
                          {.heading = words(Msg::col_holds)},
                          {.heading = words(Msg::col_source), .flex = 2}}};
  for (const auto& [is, title] :
       {std::pair(Is::predicted, Msg::predicted), std::pair(Is::calibrated, Msg::calibrated),
        std::pair(Is::identity, Msg::identity)}) {
    bool headed = false;
    for (const plan::PublishedRow& figure : context.plan.published) {
      if (figure.is != is) continue;
      if (!headed)
        table.rows.push_back({.kind = Row::Kind::group, .cells = {{Rich(words(title))}}});
      headed = true;
      table.rows.push_back(published_row(context, figure));
    }
  }
  Section section{.id = "published", .title = words(Msg::published)};
  section.blocks.emplace_back(
      Paragraph{.kind = Paragraph::Kind::note, .text = Rich(words(Msg::published_legend))});
  section.blocks.emplace_back(std::move(table));
  return section;
}

std::optional<Section> build_provenance(const Context& context) {
  if (context.show.provenance.empty()) return std::nullopt;
  using show::Quality;
  const Words& words = context.words;
  Table table{.label = words(Msg::provenance),
              .columns = {{.heading = words(Msg::col_value_of), .flex = 2.2},
                          {.heading = words(Msg::col_value), .flex = 1.4},
                          {.heading = words(Msg::col_source), .flex = 3},
                          {.heading = words(Msg::col_where)}},
              .compact = true};
  for (const auto& [quality, title] : {std::pair(Quality::assumed, Msg::quality_assumed),
                                       std::pair(Quality::calibrated, Msg::quality_calibrated),
                                       std::pair(Quality::published, Msg::quality_published),
                                       std::pair(Quality::unstated, Msg::quality_unstated)}) {
    bool headed = false;
    for (const show::Provenance& provenance : context.show.provenance) {
      if (provenance.quality != quality) continue;
      if (!headed)
        table.rows.push_back({.kind = Row::Kind::group, .cells = {{Rich(words(title))}}});
      headed = true;
      table.rows.push_back(provenance_row(context, provenance));
    }
  }
  Section section{.id = "provenance", .title = words(Msg::provenance)};
  section.blocks.emplace_back(std::move(table));
  return section;
}

}  // namespace defilada::sheet
