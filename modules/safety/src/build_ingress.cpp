// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build.hpp"
#include "defilada/safety/service.hpp"
#include "defilada/spectators/fluid.hpp"
#include "draw_chart.hpp"

namespace defilada::safety {
namespace {

/// Who is there over the whole day: has come, is at a place, is inside.
drawing::Drawing occupancy(const Context& context) {
  const Phase& in = context.ingress();
  const Phase& out = context.egress();
  Chart chart{.id = "occupancy",
              .title = context.say(phrase("People on the ground over the day")),
              .description = context.say(
                  phrase("{} people came from {} on, the last one had a place at {}; all left "
                         "from {} on.",
                         context.count(in.people), context.clock(in.begin_s),
                         context.clock(in.last_s), context.clock(out.begin_s)))};
  std::vector<float> comes;
  for (const spectators::Spectator& each : context.subject.scene.people) {
    comes.push_back(static_cast<float>(each.comes_s));
  }
  std::sort(comes.begin(), comes.end());
  Series come{
      .name = context.say(phrase("have come")), .ink = Ink::faint, .dash = drawing::Dash::dashed};
  for (double now_s = in.begin_s; !comes.empty(); now_s += 60) {
    const auto n = std::upper_bound(comes.begin(), comes.end(), static_cast<float>(now_s));
    come.points.push_back({now_s, static_cast<double>(n - comes.begin())});
    if (n == comes.end()) break;
  }
  Series inside{.name = context.say(phrase("on the ground")), .ink = Ink::series_1, .filled = true};
  inside.points = minutes(in.inside, in.begin_s);
  // Between the phases everybody stays.
  if (!inside.points.empty()) inside.points.push_back({out.begin_s, inside.points.back().y});
  for (const drawing::Point& point : minutes(out.inside, out.begin_s)) {
    inside.points.push_back(point);
  }
  Series seated{.name = context.say(phrase("at their places")), .ink = Ink::good};
  seated.points = minutes(sum_of(in.zones), in.begin_s);
  chart.series = {std::move(inside), std::move(come), std::move(seated)};
  chart.moments = {{context.said.seated_by.seconds(),
                    context.say(phrase("all at their places by {}",
                                       context.format.clock_minutes(context.said.seated_by)))},
                   {out.begin_s, context.say(phrase("leave from {}", context.clock(out.begin_s)))}};
  return draw_chart(context, chart, kWidth, 62);
}

std::vector<drawing::Drawing> queues(const Context& context) {
  constexpr double kGutter = 5;
  std::vector<drawing::Drawing> charts;
  const Phase& in = context.ingress();
  for (std::size_t g = 0; g < in.gates.size(); ++g) {
    const spectators::GateOutcome& gate = in.gates[g];
    Chart chart{.id = "queue-" + std::to_string(g + 1),
                .title = Context::code('G', g) + " " + context.said.gates[g].name,
                .description = context.say(phrase(
                    "Longest queue before {}: {}, at {}.", context.said.gates[g].name,
                    context.count(gate.longest_queue), context.clock(gate.longest_queue_s)))};
    chart.series.push_back({.name = context.say(phrase("waiting, simulated")),
                            .ink = Ink::series_2,
                            .filled = true,
                            .points = minutes(gate.queue, in.begin_s)});
    chart.series.push_back({.name = context.say(phrase("by hand, without the walk")),
                            .ink = Ink::text,
                            .dash = drawing::Dash::dotted,
                            .points = minutes(spectators::queue_by_hand(context.subject.scene, g),
                                              context.subject.scene.begin_s)});
    charts.push_back(draw_chart(context, chart, (kWidth - 2 * kGutter) / 3, 46));
  }
  return in_columns(charts, "queues", 3, kGutter, 2);
}

Table gates(const Context& context) {
  const Phase& in = context.ingress();
  Table table{.label = context.say(phrase("Gates by hand and simulated")),
              .columns = {{.heading = context.say(phrase("gate")), .flex = 2},
                          {.heading = context.say(phrase("lanes")), .align = Align::end},
                          {.heading = context.say(phrase("needed by hand")), .align = Align::end},
                          {.heading = context.say(phrase("queue by hand")), .align = Align::end},
                          {.heading = context.say(phrase("longest queue")), .align = Align::end},
                          {.heading = context.say(phrase("at"))},
                          {.heading = context.say(phrase("mean wait")), .align = Align::end},
                          {.heading = context.say(phrase("longest wait")), .align = Align::end},
                          {.heading = context.say(phrase("passed")), .align = Align::end}},
              .compact = true};
  const double limit_s = context.said.limits.wait.seconds();
  for (std::size_t g = 0; g < in.gates.size(); ++g) {
    const spectators::GateOutcome& gate = in.gates[g];
    const spectators::HandGate& hand = context.subject.hand.gates[g];
    const bool late = limit_s > 0 && gate.longest_wait_s > limit_s;
    Row row{.marked = late || hand.lanes_needed > hand.lanes};
    row.cells = {
        {Rich(Context::code('G', g) + " " + context.said.gates[g].name)},
        {Rich(context.format.count(hand.lanes))},
        {Rich(context.format.count(hand.lanes_needed))},
        {Rich(context.format.count(hand.most_queue))},
        {Rich(context.count(gate.longest_queue))},
        {Rich(gate.longest_queue > 0 ? context.clock(gate.longest_queue_s) : "–")},
        {Rich(context.length(gate.mean_wait_s))},
        {Rich(context.length(gate.longest_wait_s), late ? Emphasis::alarm : Emphasis::plain)},
        {Rich(context.count(gate.passed))}};
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section build_ingress(const Context& context) {
  Section section{.id = "ingress", .title = context.say(phrase("Coming"))};
  section.blocks.emplace_back(Figure{
      occupancy(context),
      Rich(context.say(phrase("Simulated. Those on the ground who are not at their places walk or "
                              "wait before a gate.")),
           Emphasis::small)});
  if (!context.ingress().gates.empty()) {
    section.blocks.emplace_back(
        sheet::Heading{"gates", context.say(phrase("Gates by hand and simulated"))});
    section.blocks.emplace_back(gates(context));
    if (context.is_part()) {
      section.blocks.emplace_back(Paragraph{
          .kind = Paragraph::Kind::note,
          .text = Rich(context.say(phrase("By hand: of all people; simulated, and in the curves: "
                                          "of {} of them.",
                                          context.share())))});
    }
    section.blocks.emplace_back(sheet::Heading{"queues", context.say(phrase("Queues over time"))});
    for (drawing::Drawing& each : queues(context)) {
      section.blocks.emplace_back(Figure{std::move(each), Rich()});
    }
  }
  return section;
}

}  // namespace defilada::safety
