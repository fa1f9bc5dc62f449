// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "build.hpp"
#include "defilada/show/print.hpp"

namespace defilada::sheet {
namespace {

/// Which columns an order has: none that would be empty.
struct Columns {
  bool branch = false;
  bool people = false;
  bool mounted = false;
  bool vehicles = false;
  bool aircraft = false;
  bool times = false;
};

Columns choose_columns(const Context& context, const std::vector<show::ContingentId>& order) {
  Columns columns{.times = context.plan.feasible};
  for (const show::ContingentId id : order) {
    const Tally& tally = context.tally(id);
    columns.branch = columns.branch || !context.attribute(id, "branch").empty();
    columns.people = columns.people || tally.people > 0;
    columns.mounted = columns.mounted || tally.mounted > 0;
    columns.vehicles = columns.vehicles || tally.vehicles > 0;
    columns.aircraft = columns.aircraft || tally.aircraft() > 0;
  }
  return columns;
}

void add_count_columns(const Context& context, const Columns& columns, Table& table) {
  const auto add = [&](bool wanted, Msg heading) {
    if (wanted) table.columns.push_back({.heading = context.words(heading), .align = Align::end});
  };
  add(columns.people, Msg::col_people);
  add(columns.mounted, Msg::col_horses);
  add(columns.vehicles, Msg::col_vehicles);
  add(columns.aircraft, Msg::col_aircraft);
}

void add_count_cells(const Context& context, const Columns& columns, const Tally& tally, Row& row) {
  const auto add = [&](bool wanted, std::int64_t n) {
    if (wanted) row.cells.push_back({n == 0 ? Rich("") : Rich(context.format.count(n))});
  };
  add(columns.people, tally.people);
  add(columns.mounted, tally.mounted);
  add(columns.vehicles, tally.vehicles);
  add(columns.aircraft, tally.aircraft());
}

std::string exhibit_words(const Context& context, show::ContingentId id) {
  std::string text;
  for (const show::Part& part : context.show[id].parts) {
    for (const show::Exhibit& exhibit : part.exhibits) {
      if (!text.empty()) text += ", ";
      text += exhibit.count > 0 ? context.words(Msg::exhibit_count, exhibit.count, exhibit.name)
                                : exhibit.name;
    }
  }
  return text;
}

Rich contingent_name(const Context& context, show::ContingentId id) {
  const std::string card = context.plan.feasible ? "#" + context.card_id(id) : "";
  Rich text(Rich().add(context.label(id), Emphasis::strong, card));
  if (const std::string year = context.attribute(id, "first appearance"); !year.empty()) {
    text.add(" ").add(context.words(Msg::first_time_in, year), Emphasis::tag);
  }
  if (const std::string exhibits = exhibit_words(context, id); !exhibits.empty()) {
    text.line().add(exhibits, Emphasis::small);
  }
  return text;
}

Row order_row(const Context& context, const Columns& columns, show::ContingentId id, int place,
              show::StationId key) {
  Row row;
  row.cells.push_back({Rich(place > 0 ? std::to_string(place) : "", Emphasis::strong)});
  row.cells.push_back({contingent_name(context, id), context.ink(id)});
  if (columns.branch) row.cells.push_back({Rich(context.attribute(id, "branch"))});
  row.cells.push_back({Rich(context.formation_words(id))});
  add_count_cells(context, columns, context.tally(id), row);
  if (!columns.times) return row;
  const plan::Crossing* crossing = key.valid() ? context.crossing(id, key) : nullptr;
  const plan::ContingentPlan* timed = context.plan_of(id);
  std::optional<Time> head = crossing != nullptr ? std::optional(crossing->head) : std::nullopt;
  if (!head && timed != nullptr) head = timed->over_target;
  row.cells.push_back({head ? Rich(context.format.clock(*head), Emphasis::time) : Rich("")});
  const bool headway = crossing != nullptr && crossing->headway;
  row.cells.push_back({headway ? Rich(context.format.duration(*crossing->headway)) : Rich("")});
  return row;
}

Table order_table(const Context& context, show::ProcessionId id) {
  const Words& words = context.words;
  const show::Procession& procession = context.show[id];
  const Columns columns = choose_columns(context, procession.order);
  const show::StationId key = context.key_station(id);
  Table table{.label = words(Msg::order_of_march) + ": " + procession.name,
              .columns = {{.heading = words(Msg::col_place), .align = Align::end},
                          {.heading = words(Msg::col_contingent), .flex = 3}}};
  if (columns.branch) table.columns.push_back({.heading = words(Msg::col_branch), .flex = 1.4});
  table.columns.push_back({.heading = words(Msg::col_formation), .flex = 2});
  add_count_columns(context, columns, table);
  if (columns.times) {
    const std::string heading =
        key.valid()
            ? words(procession.air ? Msg::col_over_at : Msg::col_head_at, context.show[key].name)
            : words(Msg::col_head);
    table.columns.push_back({.heading = heading, .align = Align::end});
    table.columns.push_back({.heading = words(Msg::col_headway), .align = Align::end});
  }
  Tally sum;
  int place = 0;
  for (const show::ContingentId contingent : procession.order) {
    table.rows.push_back(order_row(context, columns, contingent, ++place, key));
    sum += context.tally(contingent);
  }
  Row total{.kind = Row::Kind::total};
  total.cells.resize(2);
  total.cells[1].text = Rich(words(Msg::total));
  if (columns.branch) total.cells.emplace_back();
  // A flag party or a review drive is none of the contingents of the march: "0" would deny the
  // rows.
  total.cells.push_back({sum.contingents == 0
                             ? Rich("")
                             : Rich(words.counted(Msg::n_contingents, sum.contingents,
                                                  context.format.count(sum.contingents)))});
  add_count_cells(context, columns, sum, total);
  total.cells.resize(table.columns.size());
  table.rows.push_back(std::move(total));
  return table;
}

std::vector<show::ContingentId> standing(const Context& context) {
  std::vector<show::ContingentId> order;
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    if (context.show.contingents[i].in_place) order.push_back({i});
  }
  return order;
}

Table standing_table(const Context& context, const std::vector<show::ContingentId>& order) {
  const Words& words = context.words;
  Columns columns = choose_columns(context, order);
  columns.branch = columns.times = false;
  Table table{.label = words(Msg::in_place),
              .columns = {{.heading = words(Msg::col_contingent), .flex = 3},
                          {.heading = words(Msg::col_formation), .flex = 2}}};
  add_count_columns(context, columns, table);
  table.columns.push_back({.heading = words(Msg::col_position), .flex = 2});
  table.columns.push_back({.heading = words(Msg::col_facing)});
  for (const show::ContingentId id : order) {
    const auto& in_place = *context.show[id].in_place;
    Row row;
    row.cells.push_back({contingent_name(context, id), context.ink(id)});
    row.cells.push_back({Rich(context.formation_words(id))});
    add_count_cells(context, columns, context.tally(id), row);
    row.cells.push_back({Rich(context.format.place(in_place.position.x, in_place.position.y))});
    row.cells.push_back({Rich(context.format.compass(in_place.facing_rad))});
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Attributes by which several contingents go together, in alphabetical order, "branch" first.
std::vector<std::string> grouping_keys(const Context& context) {
  std::map<std::string, std::map<std::string, int>> values;
  for (const show::Contingent& contingent : context.show.contingents) {
    for (const auto& [key, value] : contingent.attributes) ++values[key][value];
  }
  std::vector<std::string> keys;
  for (const auto& [key, counts] : values) {
    const bool groups =
        std::any_of(counts.begin(), counts.end(), [](const auto& v) { return v.second > 1; });
    // A number is a property ("types: 4"), not a group; the year of a first appearance is one.
    const bool numbers =
        key != "first appearance" && std::all_of(counts.begin(), counts.end(), [](const auto& v) {
          return v.first.find_first_not_of("0123456789") == std::string::npos;
        });
    if (key == "branch" || (groups && !numbers && counts.size() <= 30)) keys.push_back(key);
  }
  std::stable_partition(keys.begin(), keys.end(),
                        [](const std::string& key) { return key == "branch"; });
  return keys;
}

void add_group(const Context& context, const std::string& key, const Columns& columns,
               Table& table) {
  std::map<std::string, Tally> sums;
  std::vector<std::string> order;  // as they first appear
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    const std::string value = context.attribute({i}, key);
    if (sums.try_emplace(value).second) order.push_back(value);
    sums[value] += context.tally({i});
  }
  std::stable_partition(order.begin(), order.end(),
                        [](const std::string& v) { return !v.empty(); });
  table.rows.push_back(
      {.kind = Row::Kind::group, .cells = {{Rich(context.words(Msg::counts_by, key))}}});
  for (const std::string& value : order) {
    Row row;
    row.cells.push_back(
        {value.empty() ? Rich(context.words(Msg::not_stated), Emphasis::faint) : Rich(value)});
    row.cells.push_back({Rich(context.format.count(sums[value].contingents))});
    add_count_cells(context, columns, sums[value], row);
    table.rows.push_back(std::move(row));
  }
}

Table counts_table(const Context& context) {
  const Words& words = context.words;
  std::vector<show::ContingentId> all;
  Tally sum;
  for (std::uint32_t i = 0; i < context.show.contingents.size(); ++i) {
    all.push_back({i});
    sum += context.tally({i});
  }
  Columns columns = choose_columns(context, all);
  Table table{.label = words(Msg::counts_by, ""),
              .columns = {{.heading = "", .flex = 1},
                          {.heading = words(Msg::col_contingents), .align = Align::end}},
              .width = 0.6,
              .compact = true};
  add_count_columns(context, columns, table);
  for (const std::string& key : grouping_keys(context)) add_group(context, key, columns, table);
  table.rows.push_back({.kind = Row::Kind::group,
                        .cells = {{Rich(words(Msg::counts_by, words(Msg::by_people_role)))}}});
  for (const auto& [role, people] : context.plan.counts.people_by_role) {
    Row row;
    row.cells = {{Rich(context.words(show::print_role(role)))}, {Rich("")}};
    add_count_cells(context, columns, {.people = people}, row);
    table.rows.push_back(std::move(row));
  }
  Row total{.kind = Row::Kind::total};
  total.cells = {{Rich(words(Msg::total))}, {Rich(context.format.count(sum.contingents))}};
  add_count_cells(context, columns, sum, total);
  table.rows.push_back(std::move(total));
  return table;
}

}  // namespace

Section build_order(const Context& context) {
  const Words& words = context.words;
  Section section{.id = "order", .title = words(Msg::order_of_march), .new_page = true};
  for (std::uint32_t p = 0; p < context.show.processions.size(); ++p) {
    const show::Procession& procession = context.show.processions[p];
    if (procession.order.empty()) continue;
    section.blocks.emplace_back(
        Heading{context.procession_id({p}),
                words(Msg::pair, procession.name,
                      words(Msg::on_route, context.show[procession.route].name))});
    section.blocks.emplace_back(order_table(context, {p}));
  }
  if (const auto order = standing(context); !order.empty()) {
    section.blocks.emplace_back(Heading{"in-place", words(Msg::in_place)});
    section.blocks.emplace_back(standing_table(context, order));
  }
  section.blocks.emplace_back(Heading{"counts", words(Msg::counts)});
  section.blocks.emplace_back(counts_table(context));
  return section;
}

}  // namespace defilada::sheet
