// SPDX-License-Identifier: MIT
// Who leaves his place for a moment while all watch.
#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "defilada/crowd/site_run.hpp"

namespace defilada::safety {
namespace {

using spectators::AmenityOutcome;

Table amenities(const Context& context) {
  const spectators::Circulation& it = *context.subject.circulation;
  Table table{.label = context.say(phrase("Toilets, water, refreshments, first aid")),
              .columns = {{.heading = context.say(phrase("name")), .flex = 3},
                          {.heading = context.say(phrase("places")), .align = Align::end},
                          {.heading = context.say(phrase("visits")), .align = Align::end},
                          {.heading = context.say(phrase("in use at most")), .align = Align::end},
                          {.heading = context.say(phrase("longest queue")), .align = Align::end},
                          {.heading = context.say(phrase("at"))},
                          {.heading = context.say(phrase("mean wait")), .align = Align::end},
                          {.heading = context.say(phrase("longest wait")), .align = Align::end}},
              .compact = true};
  const double limit_s = context.said.limits.wait.seconds();
  for (std::size_t a = 0; a < it.amenities.size(); ++a) {
    const AmenityOutcome& each = it.amenities[a];
    const show::Amenity& said = context.said.amenities[a];
    const bool late = limit_s > 0 && each.longest_wait_s > limit_s;
    Row row{.marked = late};
    row.cells = {
        {Rich(Context::code('A', a) + " " + said.name)},
        {Rich(context.format.count(said.places))},
        {Rich(context.count(each.visits))},
        {Rich(context.count(each.busiest))},
        {Rich(context.count(each.longest_queue))},
        {Rich(each.longest_queue > 0 ? context.clock(each.longest_queue_s) : "–")},
        {Rich(context.length(each.mean_wait_s))},
        {Rich(context.length(each.longest_wait_s), late ? Emphasis::alarm : Emphasis::plain)}};
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Over the runs: how many are away at most, how long somebody waits.
std::string over_runs(const Context& context) {
  std::vector<double> away;
  std::vector<double> waits_s;
  for (const spectators::Circulation& run : context.subject.circulations) {
    away.push_back(run.most_away);
    double wait_s = 0;
    for (const AmenityOutcome& each : run.amenities) wait_s = std::max(wait_s, each.longest_wait_s);
    waits_s.push_back(wait_s);
  }
  const auto people = [&](double part) {
    return context.format.count(std::llround(crowd::quantile(away, part)));
  };
  const auto wait = [&](double part) { return context.length(crowd::quantile(waits_s, part)); };
  return context.say(
      phrase("Over {} runs: away at most {} (median) and {} (95th percentile); the longest wait {} "
             "(median) and {} (95th percentile).",
             away.size(), people(0.5), people(0.95), wait(0.5), wait(0.95)));
}

}  // namespace

Section build_circulation(const Context& context) {
  const spectators::Circulation& it = *context.subject.circulation;
  Section section{.id = "circulation", .title = context.say(phrase("While all watch"))};
  section.blocks.emplace_back(Paragraph{
      .text = Rich(context.say(phrase(
          "From {} to {} {} leave their places for a moment; {} are away at most at once, at {}. "
          "Who is back was away for {} in the mean.",
          context.clock(it.begin_s), context.clock(it.end_s), context.count(it.set_out),
          context.count(it.most_away), context.clock(it.most_away_s),
          context.length(it.mean_away_s))))});
  section.blocks.emplace_back(amenities(context));
  if (context.subject.circulations.size() > 1) {
    section.blocks.emplace_back(Paragraph{.text = Rich(over_runs(context))});
  }
  section.blocks.emplace_back(
      Paragraph{.kind = Paragraph::Kind::note,
                .text = Rich(context.say(phrase(
                    "Simulated. They wait in the order of coming; those at their places are no "
                    "bodies: rows let people through at {:.1f} of their speed.",
                    spectators::kThroughRows)))});
  return section;
}

}  // namespace defilada::safety
