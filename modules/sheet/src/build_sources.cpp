// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <tuple>

#include "build.hpp"

namespace defilada::sheet {
namespace {

Row published_row(const Context& context, const plan::PublishedRow& figure) {
  Row row{.marked = !figure.holds};
  row.cells.push_back({Rich(figure.name)});
  row.cells.push_back({Rich(context.words(figure.published))});
  row.cells.push_back({Rich(context.words(figure.computed), Emphasis::strong)});
  row.cells.push_back({Rich(context.words(figure.difference))});
  row.cells.push_back({figure.holds ? Rich(context.words(Msg::yes))
                                    : Rich(context.words(Msg::no), Emphasis::alarm)});
  row.cells.push_back({Rich().add_linked(figure.source, Emphasis::small)});
  return row;
}

/// Short enough to be told: mappings, lists and sentences stand in the file.
bool is_short(const std::string& value) {
  constexpr double kMost = 18;  // em
  const bool plain =
      value.find(": ") == std::string::npos && value.find_first_of("[{,") == std::string::npos;
  return plain && drawing::text_width_mm(value, 1) <= kMost;
}

/// A published figure and its source stand in a table of their own.
bool is_figure(const show::Provenance& provenance) {
  return provenance.path.rfind("published / ", 0) == 0;
}

/// "site" of "site / stations / salute line".
std::string place_of(const std::string& path) {
  return path.substr(0, path.find(" / "));
}

/// Values of one source, in the order of the file; behind them those without, by where they stand.
struct Sourced {
  std::string source;
  std::vector<const show::Provenance*> values;
};

std::vector<Sourced> by_source(const Context& context, show::Quality quality) {
  std::vector<Sourced> all;
  std::map<std::string, std::size_t> known;
  for (const show::Provenance& provenance : context.show.provenance) {
    if (provenance.quality != quality || is_figure(provenance)) continue;
    const std::string& source = provenance.source;
    const auto [found, fresh] =
        known.emplace(source.empty() ? "\n" + place_of(provenance.path) : source, all.size());
    if (fresh) all.push_back({source, {}});
    all[found->second].values.push_back(&provenance);
  }
  std::stable_partition(all.begin(), all.end(),
                        [](const Sourced& each) { return !each.source.empty(); });
  return all;
}

/// A source is told once, with all that it says: "marches / foot column / headway 50.8 s
/// show.yaml:142".
Table provenance_table(const Context& context, show::Quality quality, const std::string& label) {
  const Words& words = context.words;
  Table table{.label = label,
              .columns = {{.heading = words(Msg::col_source), .flex = 2},
                          {.heading = words(Msg::col_value_of), .flex = 5}},
              .compact = true};
  const std::vector<Sourced> sources = by_source(context, quality);
  for (const Sourced& sourced : sources) {
    Rich values;
    for (const show::Provenance* value : sourced.values) {
      if (!values.empty()) values.add("; ");
      values.add(value->path + " ");
      if (is_short(value->value)) values.add(value->value + " ", Emphasis::strong);
      values.append(context.line_of(value->span));
    }
    table.rows.push_back(
        {.cells = {{sourced.source.empty() ? Rich(words(Msg::not_stated), Emphasis::faint)
                                           : Rich().add_linked(sourced.source)},
                   {std::move(values)}}});
  }
  const bool sourced = std::any_of(sources.begin(), sources.end(),
                                   [](const Sourced& each) { return !each.source.empty(); });
  if (sourced) return table;
  table.columns.erase(table.columns.begin());
  for (Row& row : table.rows) row.cells.erase(row.cells.begin());
  return table;
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
  Section section{.id = "provenance", .title = words(Msg::provenance)};
  for (const auto& [quality, title, id] :
       {std::tuple(Quality::assumed, Msg::quality_assumed, "assumed"),
        std::tuple(Quality::calibrated, Msg::quality_calibrated, "calibrated"),
        std::tuple(Quality::published, Msg::quality_published, "sourced"),
        std::tuple(Quality::unstated, Msg::quality_unstated, "unstated")}) {
    Table table = provenance_table(context, quality, words(title));
    if (table.rows.empty()) continue;
    section.blocks.emplace_back(Heading{std::string("provenance-") + id, words(title)});
    section.blocks.emplace_back(std::move(table));
  }
  return section;
}

}  // namespace defilada::sheet
