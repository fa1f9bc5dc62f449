// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build.hpp"
#include "defilada/crowd/site_run.hpp"
#include "defilada/safety/service.hpp"
#include "draw_chart.hpp"

namespace defilada::safety {
namespace {

double limit_of(const Context& context, const Phase& phase) {
  return phase.what == Phase::What::emergency
             ? context.said.emergencies[phase.emergency].within->seconds()
             : context.said.limits.clear.seconds();
}

/// What the exits take for them by hand, once they are there.
double by_hand_s(const Context& context, const Phase& phase) {
  const spectators::Hand& hand = context.subject.hand;
  const auto people = static_cast<double>(context.said.people);
  if (phase.what == Phase::What::emergency) {
    const double per_minute = hand.emergencies[phase.emergency].per_minute;
    return per_minute > 0 ? 60 * people / per_minute : 0;
  }
  double per_minute = 0;
  for (const spectators::HandExit& each : hand.exits) per_minute += each.per_minute;
  return per_minute > 0 ? 60 * people / per_minute : 0;
}

Table times(const Context& context) {
  Table table{.label = context.say(phrase("Clearance times")),
              .columns = {{.heading = context.say(phrase("phase")), .flex = 2},
                          {.heading = context.say(phrase("from"))},
                          {.heading = context.say(phrase("people")), .align = Align::end},
                          {.heading = context.say(phrase("exits by hand")), .align = Align::end},
                          {.heading = context.say(phrase("half out")), .align = Align::end},
                          {.heading = context.say(phrase("95 % out")), .align = Align::end},
                          {.heading = context.say(phrase("all out")), .align = Align::end},
                          {.heading = context.say(phrase("limit")), .align = Align::end}}};
  for (const Phase& phase : context.subject.phases.subspan(1)) {
    const bool all = phase.out == phase.people;
    const double last_s = phase.last_s - phase.begin_s;
    const double limit_s = limit_of(context, phase);
    const bool late = !all || last_s > limit_s;
    const double half_s = out_after_s(phase, 0.5);
    Row row{.marked = late};
    row.cells = {
        {Rich(context.name_of(phase))},
        {Rich(context.clock(phase.begin_s))},
        {Rich(context.count(phase.people))},
        {Rich(context.length(by_hand_s(context, phase)))},
        {Rich(half_s < 0 ? "–" : context.length(half_s))},
        {Rich(out_after_s(phase, 0.95) < 0 ? "–"
                                           : context.length(phase.last_95_s - phase.begin_s))},
        {Rich(all ? context.length(last_s)
                  : context.say(phrase("{} not out", context.count(phase.people - phase.out))),
              late ? Emphasis::alarm : Emphasis::strong)},
        {Rich(context.length(limit_s))}};
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Median and 95th percentile over the runs, one row a phase.
Table runs(const Context& context) {
  Table table{
      .label = context.say(phrase("Over the runs")),
      .columns = {{.heading = context.say(phrase("phase")), .flex = 2},
                  {.heading = context.say(phrase("all after: median")), .align = Align::end},
                  {.heading = context.say(phrase("95th percentile")), .align = Align::end},
                  {.heading = context.say(phrase("densest, per m²: median")), .align = Align::end},
                  {.heading = context.say(phrase("95th percentile")), .align = Align::end}}};
  for (std::size_t k = 0; k < context.subject.phases.size(); ++k) {
    std::vector<double> lengths;
    std::vector<double> densities;
    for (const auto& run : context.subject.runs) {
      lengths.push_back(run[k].last_s - run[k].begin_s);
      densities.push_back(run[k].most_dense);
    }
    Row row;
    row.cells = {{Rich(context.name_of(context.subject.phases[k]))},
                 {Rich(context.length(crowd::quantile(lengths, 0.5)))},
                 {Rich(context.length(crowd::quantile(lengths, 0.95)))},
                 {Rich(context.words.fixed(crowd::quantile(densities, 0.5), 2))},
                 {Rich(context.words.fixed(crowd::quantile(densities, 0.95), 2))}};
    table.rows.push_back(std::move(row));
  }
  return table;
}

drawing::Drawing curves(const Context& context) {
  Chart chart{.id = "clearance",
              .title = context.say(phrase("Still on the ground, as a share of the people")),
              .description = context.say(
                  phrase("How many are still there, minute by minute, after the cue to leave and "
                         "after each emergency began.")),
              .clock = false,
              .percent = true};
  constexpr std::array kInks{Ink::series_1, Ink::series_2, Ink::series_4, Ink::series_5,
                             Ink::series_6};
  for (std::size_t k = 1; k < context.subject.phases.size(); ++k) {
    const Phase& phase = context.subject.phases[k];
    const double each = phase.people > 0 ? 1 / static_cast<double>(phase.people) : 0;
    chart.series.push_back({.name = context.name_of(phase),
                            .ink = kInks[(k - 1) % kInks.size()],
                            .points = minutes(phase.inside, 0, each)});
    chart.moments.push_back(
        {limit_of(context, phase), context.say(phrase("limit: {}", context.name_of(phase)))});
  }
  return draw_chart(context, chart, kWidth, 66);
}

}  // namespace

Section build_clearance(const Context& context) {
  Section section{.id = "clearance", .title = context.say(phrase("Leaving, and emergencies"))};
  section.blocks.emplace_back(times(context));
  section.blocks.emplace_back(Paragraph{
      .kind = Paragraph::Kind::note,
      .text = Rich(context.say(phrase(
          "By hand: what the exits take for all people at {:.0f} a minute and metre, "
          "without the way there. Simulated times are from the cue to leave, or from the "
          "beginning of the emergency, and hold the time until people get up ({}).",
          spectators::kRatePerMetreMinute, context.length(context.said.get_up.seconds()))))});
  section.blocks.emplace_back(Figure{curves(context), Rich()});
  if (context.subject.runs.size() > 1) {
    section.blocks.emplace_back(
        sheet::Heading{"runs", context.say(phrase("Over all runs, each with other people: {}",
                                                  context.subject.runs.size()))});
    section.blocks.emplace_back(runs(context));
  }
  return section;
}

}  // namespace defilada::safety
