// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "all_cases.hpp"
#include "gauges.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

/// A room of `width` x `depth`, its right wall at x = 0, and a bottleneck in the middle of that
/// wall.
struct Bottleneck {
  double room_width = 10;  ///< along the wall with the bottleneck
  double room_depth = 10;
  double width = 1;
  double length = 0.2;
  double beyond_depth = 10;  ///< of the second room, as wide as the first
  double goal = 8;           ///< how far behind the bottleneck the exit is
  std::size_t people = 150;
  double start_depth = 5;  ///< people fill the room this far from its back wall
  double until_s = 900;
  std::uint64_t seed = 21;
};

Scene scene_of(const Bottleneck& b) {
  const double half = b.room_width / 2;
  Scene scene;
  scene.ground = ground_of({rectangle(-b.room_depth, -half, 0, half),
                            rectangle(0, -b.width / 2, b.length, b.width / 2),
                            rectangle(b.length, -half, b.length + b.beyond_depth, half)});
  const double x = b.length + b.goal;
  const double reach = b.goal > 0 ? half : b.width / 2;
  add_exit(scene.ground, "goal", {x, -reach}, {x, reach});
  scene.people =
      spread(rectangle(-b.room_depth + 0.2, -half + 0.2, -b.room_depth + b.start_depth, half - 0.2),
             b.people, b.seed);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, b.seed + 1);
  scene.until_s = b.until_s;
  return scene;
}

struct Passage {
  double flow = 0;       ///< people a second in the middle of the bottleneck, steady part
  double passed_s = 0;   ///< when the last one was through
  double cleared_s = 0;  ///< when the last one left
  double longest_pause_s = 0;
};

Passage pass(const Bottleneck& b) {
  const Scene scene = scene_of(b);
  const double x = b.length / 2;
  LineGauge gauge({{x, -b.width / 2}, {x, b.width / 2}});
  const Outcome outcome = run(scene, [&](const Frame& frame) { gauge.see(frame); });
  // Who leaves at the bottleneck's end is taken away a little before the line.
  const auto times = b.goal > 0 ? gauge.times_s() : outcome.left_s;
  if (times.empty()) return {};
  return {flow_between(times), *std::max_element(times.begin(), times.end()), outcome.cleared_s(),
          longest_pause_s(times)};
}

/// Means of `crowds` crowds; cleared and passed never if one of them was not.
Passage mean_passage(Bottleneck b, int crowds) {
  Passage mean;
  for (int crowd = 0; crowd < crowds; ++crowd) {
    b.seed = static_cast<std::uint64_t>(21 + 10 * crowd);
    const Passage passage = pass(b);
    mean.flow += passage.flow / crowds;
    mean.passed_s += passage.passed_s / crowds;
    mean.cleared_s += passage.cleared_s / crowds;
    mean.longest_pause_s += passage.longest_pause_s / crowds;
  }
  return mean;
}

std::string listed(const std::vector<double>& values, int decimals) {
  std::string text;
  for (const double value : values) {
    text += fmt::format("{}{:.{}f}", text.empty() ? "" : ", ", value, decimals);
  }
  return text;
}

}  // namespace

Section goal_behind_a_bottleneck() {
  std::vector<double> passed;
  std::vector<double> cleared;
  for (const double a : {0.0, 1.0, 2.0, 4.0, 6.0, 8.0, 9.9}) {
    passed.push_back(0);
    cleared.push_back(0);
    const int crowds = 16;
    for (int crowd = 0; crowd < crowds; ++crowd) {
      const Passage passage = pass({.goal = a, .seed = static_cast<std::uint64_t>(200 + crowd)});
      passed.back() += passage.passed_s / crowds;
      cleared.back() += passage.cleared_s / crowds;
    }
  }
  bool rises = true;
  for (std::size_t i = 1; i < passed.size(); ++i) {
    rises = rises && passed[i] >= 0.98 * passed[i - 1] && cleared[i] >= 0.98 * cleared[i - 1];
  }
  const auto [least, most] = std::minmax_element(passed.begin() + 3, passed.end());
  return {
      "Goal behind a bottleneck",
      "A room of 10 x 10 m with 150 people in its farther half, a bottleneck 1 m wide and 0.2 m "
      "long, a second room; the goal is a line across it, 0, 1, 2, 4, 6, 8 and 9.9 m behind the "
      "bottleneck. Means of sixteen crowds.",
      {{"RiMEA 12a",
        "the time rises with the distance and that of passing levels off (bounds: 2 % for a "
        "fall, 5 % from 4 m on)",
        fmt::format("last one through after {} s, at the goal after {} s", listed(passed, 1),
                    listed(cleared, 1)),
        judge(rises && *most <= 1.05 * *least)}},
      {},
      {}};
}

Section length_of_a_bottleneck() {
  const Passage brief = pass({.length = 0.2});
  const Passage lengthy = pass({.length = 5});
  return {"Length of a bottleneck",
          "As before, the goal 8 m behind the bottleneck, which is 0.2 m and 5 m long.",
          {{"RiMEA 12b", "the longer one takes longer",
            fmt::format("{:.1f} s and {:.1f} s; {:.2f} and {:.2f} people per m and s",
                        brief.cleared_s, lengthy.cleared_s, brief.flow, lengthy.flow),
            judge(lengthy.cleared_s > brief.cleared_s)}},
          {},
          {}};
}

Section two_bottlenecks() {
  Scene scene;
  scene.ground = ground_of({rectangle(0, 0, 10, 10), rectangle(10, 4.5, 10.2, 5.5),
                            rectangle(10.2, 0, 20.2, 10), rectangle(20.2, 4.5, 20.4, 5.5),
                            rectangle(20.4, 0, 25.4, 10)});
  add_exit(scene.ground, "end", {25.4, 0}, {25.4, 10});
  scene.people = spread(rectangle(0.2, 0.2, 5, 9.8), 150, 23);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 24);
  AreaGauge first({8, 3.5}, {10, 6.5});
  AreaGauge second({18.2, 3.5}, {20.2, 6.5});
  run(scene, [&](const Frame& frame) {
    first.see(frame);
    second.see(frame);
  });
  const auto slowest = [](const AreaGauge& gauge) { return gauge.mean(20, 60); };
  const auto a = slowest(first);
  const auto b = slowest(second);
  return {"Two bottlenecks",
          "Three rooms in a row, two of 10 x 10 m and one of 5 x 10 m, with bottlenecks 1 m wide "
          "and 0.2 m long between them; 150 people in the first. Measured in 2 x 3 m before each "
          "bottleneck from 20 to 60 s.",
          {{"RiMEA 12c",
            "congestion at the first, none at the second (bound: denser and less dense than 1.75 "
            "per m², where Weidmann's flow is greatest)",
            fmt::format("first {:.1f} per m² at {:.2f} m/s, peak {:.1f}; second {:.1f} at {:.2f}, "
                        "peak {:.1f}",
                        a.density, a.speed_mps, first.peak_density(), b.density, b.speed_mps,
                        second.peak_density()),
            judge(a.density > 1.75 && b.density < 1.75 &&
                  first.peak_density() > second.peak_density())}},
          {},
          {}};
}

Section width_of_a_bottleneck() {
  Section section{
      "Width of a bottleneck",
      "RiMEA: as above with a bottleneck 5 m long. Experiments: 180 people at 3 per m² before a "
      "bottleneck 1 m long in the middle of a wall of 8 m. Flow between the first and the last "
      "fifth of the people.",
      {},
      {},
      {}};
  std::vector<double> rimea;
  for (const double width : {0.8, 1.0, 1.2})
    rimea.push_back(pass({.width = width, .length = 5}).flow);
  section.rows.push_back({"RiMEA 12d", "the flow rises with 0.8, 1.0 and 1.2 m",
                          listed(rimea, 2) + " people per s",
                          judge(rimea[0] < rimea[1] && rimea[1] < rimea[2])});
  std::vector<double> widths;
  std::vector<double> flows;
  std::vector<double> specific;
  for (const double width : {0.6, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6, 1.8, 2.0, 2.25, 2.5}) {
    const Passage passage = mean_passage({.room_width = 8,
                                          .room_depth = 10,
                                          .width = width,
                                          .length = 1,
                                          .goal = 6,
                                          .people = 180,
                                          .start_depth = 8},
                                         4);
    widths.push_back(width);
    flows.push_back(passage.flow);
    specific.push_back(passage.flow / width);
  }
  const auto [least, most] = std::minmax_element(specific.begin(), specific.end());
  const LinearFit fit = fit_line(widths, flows);
  section.rows.push_back(
      {"Flow through a bottleneck",
       "about 1.9 people per m and s for widths of 0.6 to 2.5 m (bound: 1.43 to 2.38, 25 %)",
       fmt::format("{:.2f} to {:.2f}, mean {:.2f}", *least, *most, mean_of(specific)),
       judge(*least >= 1.425 && *most <= 2.375)});
  section.rows.push_back(
      {"Flow against width", "linear, without steps (bound: R² above 0.98)",
       fmt::format("{:.2f} + {:.2f} b, R² = {:.3f}", fit.intercept, fit.slope, fit.r2),
       judge(fit.r2 > 0.98 && fit.slope > 0)});
  Plot plot{
      "bottleneck",
      "Flow through a bottleneck against its width",
      "The flow of 180 people through bottlenecks of 0.6 to 2.5 m beside 1.9 people per metre "
      "and second, and 1.33, the maritime limit",
      {"width of the bottleneck, m", 0, 3, 0.5},
      {"people per second", 0, 6, 1},
      {}};
  plot.series.push_back({"experiments: 1.9 per m and s, 25 %",
                         {{0.6, 0.6 * 2.375}, {2.5, 2.5 * 2.375}},
                         Series::As::band,
                         {{0.6, 0.6 * 1.425}, {2.5, 2.5 * 1.425}},
                         drawing::Ink::series_1});
  plot.series.push_back(
      {"1.9", {{0.6, 1.14}, {2.5, 4.75}}, Series::As::line, {}, drawing::Ink::series_1});
  plot.series.push_back(
      {"IMO: 1.33", {{0, 0}, {3, 3.99}}, Series::As::dashed, {}, drawing::Ink::series_4});
  Series measured{"Defilada", {}, Series::As::points, {}, drawing::Ink::series_2};
  for (std::size_t i = 0; i < widths.size(); ++i) measured.points.push_back({widths[i], flows[i]});
  plot.series.push_back(measured);
  section.plots.push_back(plot);
  return section;
}

Section wide_bottlenecks() {
  std::vector<double> specific;
  for (const double width : {1.0, 2.0, 3.0, 4.0, 5.0}) {
    const auto people = static_cast<std::size_t>(std::lround(115 * width));
    const double depth = static_cast<double>(people) / 3.0 / 12;
    const Passage passage = pass({.room_width = 12,
                                  .room_depth = depth + 1,
                                  .width = width,
                                  .length = 1,
                                  .goal = 6,
                                  .people = people,
                                  .start_depth = depth});
    specific.push_back(passage.flow / width);
  }
  const auto [least, most] = std::minmax_element(specific.begin(), specific.end());
  return {
      "Wide bottlenecks",
      "A room 12 m wide with 115 people for each metre of the bottleneck at 3 per m², which is "
      "1, 2, 3, 4 and 5 m wide and 1 m long.",
      {{"Flow through wide bottlenecks",
        "the flow per metre is constant up to 5 m (bound: 15 % between the least and the most)",
        fmt::format("{} people per m and s", listed(specific, 2)), judge(*most <= 1.15 * *least)}},
      {},
      {}};
}

Section narrow_doors() {
  Section section{
      "Narrow doors",
      "A room of 10 x 10 m with 100 people in its farther half and a door 0.2 m deep. A "
      "door that is hardly wider than a person (body 0.4 m) must not stay blocked. Means of four "
      "crowds.",
      {},
      {},
      {}};
  for (const double width : {0.5, 0.6, 0.7, 0.8}) {
    const Passage passage = mean_passage({.width = width, .people = 100}, 4);
    section.rows.push_back(
        {fmt::format("Clogging at {:.1f} m", width),
         "everybody passes; longest pause below 5 s (ours)",
         fmt::format("{:.2f} people per s, {:.2f} per m and s; longest pause {:.1f} s",
                     passage.flow, passage.flow / width, passage.longest_pause_s),
         judge(std::isfinite(passage.cleared_s) && passage.longest_pause_s < 5)});
  }
  return section;
}

}  // namespace defilada::crowd::validation
