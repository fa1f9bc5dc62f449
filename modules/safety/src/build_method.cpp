// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cmath>

#include "build.hpp"
#include "defilada/crowd/model.hpp"

namespace defilada::safety {
namespace {

/// With a decimal where it has one: 0.5 % beside 99.5 %, so that shares add up to 100 %.
std::string percent(const Context& context, double share) {
  const double tenths = std::round(1000 * share);
  return std::fmod(tenths, 10) == 0 ? context.words.percent(share)
                                    : context.format.decimal(tenths / 10, 1) + "%";
}

Table constants(const Context& context) {
  const crowd::AnticipationVelocity model;
  const spectators::RunOptions& run = context.subject.run;
  Table table{.label = context.say(phrase("How the numbers were got")),
              .columns = {{.heading = context.say(phrase("what")), .flex = 2},
                          {.heading = context.say(phrase("value")), .flex = 3}},
              .compact = true,
              .headings = false};
  const auto add = [&](const Phrase& what, const std::string& value) {
    table.rows.push_back({.cells = {{Rich(context.say(what))}, {Rich(value)}}});
  };
  const auto number = [&](double value) { return context.words.decimal(value, 3); };
  add(phrase("model"),
      context.say(phrase("anticipation velocity (Xu, Chraibi, Seyfried, Transportation Research C "
                         "133, 2021)")));
  add(phrase("its constants"),
      context.say(phrase("time gap {} s, turning aside {} within {} m, anticipation {} s, reaction "
                         "{} s, others are seen within {} m",
                         number(model.time_gap_s), number(model.strength), number(model.range_m),
                         number(model.anticipation_s), number(model.reaction_s),
                         number(model.reach_m))));
  add(phrase("step"), context.say(phrase("{} s", number(run.step_s))));
  add(phrase("seed"), fmt::to_string(run.seed));
  add(phrase("runs"), fmt::to_string(std::max<std::size_t>(1, context.subject.runs.size())));
  add(phrase("people simulated"),
      context.say(phrase("{} of {}", context.count(context.subject.scene.people.size()),
                         context.format.count(context.said.people))));
  for (const show::PeopleKind& kind : context.said.population) {
    add(phrase("who they are: {}", context.label(kind.label, kind.name)),
        context.say(phrase("{}; {} m/s on the level, standard deviation {}; bodies of {} m; "
                           "together: {}",
                           percent(context, kind.share), number(kind.speed_mps),
                           number(kind.spread_mps), number(2 * kind.body_m), kind.together)));
  }
  add(phrase("maps"),
      context.say(phrase("cells of {:.0f} m, looked at every 10 s", context.ingress().map.cell_m)));
  for (const Phase& phase : context.subject.phases) {
    add(phrase("fingerprint: {}", context.name_of(phase)),
        context.say(phrase("{}; the same show, seed and program give the same on any machine "
                           "with any number of threads",
                           fmt::format("{:016x}", phase.state_hash))));
  }
  return table;
}

/// "show.yaml:485"
Rich place(const Context& context, Span span) {
  if (!span.known()) return {};
  std::string where = context.subject.sources.where(span);
  where.resize(where.rfind(':'));
  return {where.substr(where.rfind('/') + 1), Emphasis::code};
}

/// "spectators / gates" of "spectators / gates / south gate / lanes", and what is behind it.
std::pair<std::string, std::string> parted(const std::string& path) {
  const std::size_t first = path.find(" / ");
  const std::size_t second = first == std::string::npos ? first : path.find(" / ", first + 3);
  if (second == std::string::npos) return {path, ""};
  return {path.substr(0, second), path.substr(second + 3)};
}

/// One row: values of one place in the file's tree and of one source.
struct Values {
  std::string of;
  std::string source;
  Rich list;
  Span first;
};

void add_value(const show::Provenance& each, std::vector<Values>& rows) {
  const auto [of, name] = parted(each.path);
  if (rows.empty() || rows.back().of != of || rows.back().source != each.source) {
    rows.push_back({of, each.source, {}, each.span});
  }
  Rich& list = rows.back().list;
  if (!list.empty()) list.add("; ");
  list.add(name);
  constexpr std::size_t kShort = 24;  // mappings, lists and sentences stand in the file
  if (each.value.size() > kShort || each.value.find_first_of("[{") != std::string::npos) return;
  list.add((name.empty() ? "" : " ") + each.value, Emphasis::strong);
}

/// Values of the spectators' section, by how good they are.
Table provenance(const Context& context) {
  using show::Quality;
  Table table{.label = context.say(phrase("What the show file says of its values")),
              .columns = {{.heading = ""},
                          {.heading = context.say(phrase("value")), .flex = 4},
                          {.heading = context.say(phrase("source")), .flex = 2},
                          {.heading = context.say(phrase("place"))}},
              .compact = true};
  for (const auto& [quality, title] :
       {std::pair(Quality::published, drawing::Msg::quality_published),
        std::pair(Quality::calibrated, drawing::Msg::quality_calibrated),
        std::pair(Quality::assumed, drawing::Msg::quality_assumed),
        std::pair(Quality::unstated, drawing::Msg::quality_unstated)}) {
    std::vector<Values> rows;
    for (const show::Provenance& each : context.show.provenance) {
      if (each.quality == quality && each.path.starts_with("spectators")) add_value(each, rows);
    }
    if (rows.empty()) continue;
    table.rows.push_back({.kind = Row::Kind::group, .cells = {{Rich(context.words(title))}}});
    for (Values& each : rows) {
      constexpr std::size_t kPrefix = std::string_view("spectators / ").size();
      const std::string of = each.of.size() > kPrefix ? each.of.substr(kPrefix) : each.of;
      table.rows.push_back({.cells = {{Rich(of)},
                                      {std::move(each.list)},
                                      {Rich().add_linked(each.source, Emphasis::small)},
                                      {place(context, each.first)}}});
    }
  }
  return table;
}

}  // namespace

Section build_method(const Context& context) {
  Section section{.id = "method", .title = context.say(phrase("How the numbers were got"))};
  section.blocks.emplace_back(constants(context));
  section.blocks.emplace_back(sheet::Heading{"limits", context.say(phrase("What it cannot say"))});
  sheet::List limits;
  for (const Phrase& each : {
           phrase("People are bodies that know their way: nobody panics, falls, searches for "
                  "others, turns back or follows rumours. Waves, and the pressure that hurts, are "
                  "beyond the model; densities near its limit are to be read as a warning, not "
                  "as a load."),
           phrase("Each phase begins with everybody standing where the phase before left them; "
                  "an emergency while people come takes those on their way as standing."),
           phrase("How the model meets published experiments and the verification tests of the "
                  "field, and where it does not, is told in docs/validation-crowd.md."),
           phrase("The maritime guideline for such simulations (MSC.1/Circ.1533) asks for 50 runs "
                  "and more, and for the 95th percentile: `--runs 50`."),
       }) {
    limits.entries.emplace_back(context.say(each));
  }
  section.blocks.emplace_back(std::move(limits));
  Table values = provenance(context);
  if (!values.rows.empty()) {
    section.blocks.emplace_back(
        sheet::Heading{"values", context.say(phrase("What the show file says of its values"))});
    section.blocks.emplace_back(std::move(values));
  }
  return section;
}

}  // namespace defilada::safety
