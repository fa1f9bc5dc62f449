// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "defilada/geo/polygon.hpp"
#include "defilada/safety/service.hpp"

namespace defilada::safety {
namespace {

/// "4 120 of 5 000 (82%)"
std::string part_of(const Context& context, std::uint64_t n, std::uint64_t of) {
  if (of == 0) return context.count(n);
  return context.say(
      phrase("{} of {} ({})", context.count(n), context.count(of),
             context.words.percent(static_cast<double>(n) / static_cast<double>(of))));
}

class Capacities {
 public:
  explicit Capacities(const Context& context)
      : context_(context), hand_(context.subject.hand), said_(context.said) {
    table_.label = context.say(phrase("The four capacities"));
    table_.columns = {{.heading = context.say(phrase("capacity")), .flex = 1.1},
                      {.heading = context.say(phrase("by hand")), .flex = 3},
                      {.heading = context.say(phrase("people")), .align = Align::end},
                      {.heading = simulated(), .flex = 1.7}};
  }

  Table make() {
    entry();
    holding();
    exit();
    for (std::size_t k = 0; k < hand_.emergencies.size(); ++k) emergency(k);
    if (hand_.emergencies.empty()) {
      row(phrase("Emergency exit"), context_.say(phrase("not stated: the show has no emergency")),
          std::nullopt, "–");
    }
    Row safe{.kind = Row::Kind::total};
    safe.cells = {{Rich(context_.say(phrase("Safe capacity")))},
                  {Rich(context_.say(
                      phrase("the least of these; {} come", context_.format.count(said_.people))))},
                  {Rich(context_.format.count(hand_.safe))},
                  {Rich("")}};
    table_.rows.push_back(std::move(safe));
    return std::move(table_);
  }

 private:
  [[nodiscard]] std::string simulated() const {
    return context_.is_part() ? context_.say(phrase("simulated, {}", context_.share()))
                              : context_.say(phrase("simulated"));
  }
  void row(const Phrase& what, const std::string& by_hand, std::optional<std::int64_t> people,
           const std::string& simulated) {
    Row row;
    if (people) row.marked = *people == hand_.safe;
    row.cells = {{Rich(context_.say(what), Emphasis::strong)},
                 {Rich(by_hand)},
                 {Rich(people ? context_.format.count(*people) : "–", Emphasis::strong)},
                 {Rich(simulated)}};
    table_.rows.push_back(std::move(row));
  }

  void entry() {
    const Phase& in = context_.ingress();
    if (hand_.entry_an_hour == 0) {
      row(phrase("Entry"), context_.say(phrase("not limited: nobody is searched at a gate")),
          std::nullopt, part_of(context_, in.seated_in_time, in.people));
      return;
    }
    row(phrase("Entry"),
        context_.say(phrase("lanes: {}, which let in {} an hour; {:.1f} h until {}", hand_.lanes,
                            context_.format.count(hand_.entry_an_hour), hand_.hours,
                            context_.format.clock(said_.seated_by))),
        hand_.entry,
        context_.say(phrase("{} at their places in time; busiest hour {}",
                            part_of(context_, in.seated_in_time, in.people),
                            context_.count(busiest_hour(in)))));
  }
  void holding() {
    double area_m2 = 0;
    for (const show::Zone& zone : said_.zones) {
      area_m2 += geo::area(context_.show[zone.area].polygon);
    }
    const spectators::Curve in = sum_of(context_.ingress().zones);
    const std::uint64_t most = in.empty() ? 0 : *std::max_element(in.begin(), in.end());
    row(phrase("Holding"),
        context_.say(phrase("places of {} stands and areas; standing on their {} m² at {} per m² "
                            "there would be room for {}",
                            said_.zones.size(), context_.format.count(std::llround(area_m2)),
                            context_.format.decimal(spectators::kStandingPerM2, 1),
                            context_.format.count(hand_.standing))),
        hand_.holding,
        context_.say(phrase("{} at once", part_of(context_, most, context_.ingress().people))));
  }
  void exit() {
    double width_m = 0;
    double per_minute = 0;
    for (const spectators::HandExit& each : hand_.exits) {
      width_m += each.width_m;
      per_minute += each.per_minute;
    }
    const double clear_s = said_.limits.clear.seconds();
    row(phrase("Exit"),
        context_.say(phrase("{} of exits at {:.0f} a minute and metre: {} a minute; {} to clear",
                            context_.format.length(width_m), spectators::kRatePerMetreMinute,
                            context_.format.count(std::llround(per_minute)),
                            context_.length(clear_s))),
        hand_.exit,
        context_.say(phrase(
            "{} out in that time",
            part_of(context_, out_within(context_.egress(), clear_s), context_.egress().people))));
  }
  void emergency(std::size_t k) {
    const show::Emergency& what = said_.emergencies[k];
    const Phase& phase = context_.emergencies()[k];
    row(phrase("Emergency exit: {}", context_.name_of(what)),
        context_.say(phrase("the exits that are left let {} a minute out; {} in which all have "
                            "to be out",
                            context_.format.count(std::llround(hand_.emergencies[k].per_minute)),
                            context_.length(what.within->seconds()))),
        hand_.emergencies[k].capacity,
        context_.say(
            phrase("{} out in that time",
                   part_of(context_, out_within(phase, what.within->seconds()), phase.people))));
  }

  const Context& context_;
  const spectators::Hand& hand_;
  const show::Spectators& said_;
  Table table_;
};

Table exits(const Context& context) {
  Table table{
      .label = context.say(phrase("Exits by hand and simulated")),
      .columns = {{.heading = context.say(phrase("exit")), .flex = 2},
                  {.heading = context.say(phrase("width")), .align = Align::end},
                  {.heading = context.say(phrase("by hand, a minute")), .align = Align::end}},
      .compact = true};
  for (const Phase& phase : context.subject.phases.subspan(1)) {
    table.columns.push_back({.heading = context.say(phrase("{}: people", context.name_of(phase))),
                             .align = Align::end,
                             .flex = 1.2});
    table.columns.push_back({.heading = context.say(phrase("most a minute")), .align = Align::end});
  }
  for (std::size_t e = 0; e < context.said.exits.size(); ++e) {
    const spectators::HandExit& exit = context.subject.hand.exits[e];
    Row row;
    row.cells = {{Rich(Context::code('E', e) + " " + context.said.exits[e].name)},
                 {Rich(context.format.length(exit.width_m))},
                 {Rich(context.format.count(std::llround(exit.per_minute)))}};
    for (const Phase& phase : context.subject.phases.subspan(1)) {
      const bool blocked = phase.what == Phase::What::emergency && [&] {
        const auto& shut = context.said.emergencies[phase.emergency].blocked;
        return std::any_of(shut.begin(), shut.end(),
                           [&](show::WayOutId id) { return id.value == e; });
      }();
      row.cells.push_back(
          {Rich(blocked ? context.say(phrase("blocked")) : context.count(phase.exits[e].passed))});
      row.cells.push_back({Rich(blocked ? "–" : context.count(phase.exits[e].most_a_minute))});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Exits by which nobody leaves though nothing is the matter; by hand they count all the same.
std::vector<std::string> idle_exits(const Context& context) {
  std::vector<std::string> idle;
  const Phase& out = context.egress();
  for (std::size_t e = 0; e < out.exits.size(); ++e) {
    if (out.exits[e].passed == 0) {
      idle.push_back(Context::code('E', e) + " " + context.said.exits[e].name);
    }
  }
  return idle;
}

}  // namespace

Section build_capacities(const Context& context) {
  Section section{.id = "capacities", .title = context.say(phrase("The four capacities"))};
  section.blocks.emplace_back(Paragraph{
      .text = Rich(context.say(
          phrase("How many come in, have a place, get out, and get out in an emergency, within the "
                 "times that the show sets. The least of the four rules (Guide to Safety at Sports "
                 "Grounds, 6th edition, whose design maximum of {:.0f} people a minute and metre "
                 "of exit and of {} standing people per m² are used).",
                 spectators::kRatePerMetreMinute,
                 context.format.decimal(spectators::kStandingPerM2, 1))))});
  section.blocks.emplace_back(Capacities(context).make());
  section.blocks.emplace_back(
      sheet::Heading{"exits", context.say(phrase("Exits by hand and simulated"))});
  section.blocks.emplace_back(exits(context));
  if (const auto idle = idle_exits(context); !idle.empty() && context.egress().out > 0) {
    section.blocks.emplace_back(Paragraph{
        .kind = Paragraph::Kind::note,
        .text = Rich(context.say(phrase("In the simulation nobody leaves by {} when all go home; "
                                        "the capacity by hand counts on all exits.",
                                        context.words.list(idle))))});
  }
  return section;
}

}  // namespace defilada::safety
