// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "all_cases.hpp"
#include "defilada/core/random.hpp"
#include "gauges.hpp"
#include "published.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

using drawing::Ink;
using Mean = AreaGauge::Mean;

/// People all over a corridor of `length` x `width` from x = 0, who walk to its right end; those
/// that `leftwards` picks to its left end.
Scene corridor_full_of(double length, double width, std::size_t count, bool both_ways,
                       std::uint64_t seed) {
  Scene scene;
  scene.ground = room(length, width);
  add_exit(scene.ground, "right", {length, 0}, {length, width});
  add_exit(scene.ground, "left", {0, 0}, {0, width});
  scene.ways = {{{0}, Way::Choice::nearest}, {{1}, Way::Choice::nearest}};
  scene.people = spread(rectangle(0, 0, length, width), count, seed);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, seed + 1);
  if (both_ways) {
    for (std::size_t i = 0; i < count; ++i) scene.people[i].way = i % 2;
  }
  scene.all_leave = false;
  return scene;
}

std::vector<Vec2> headings_of(const Scene& scene) {
  std::vector<Vec2> headings;
  for (const Person& person : scene.people) headings.push_back({person.way == 0 ? 1.0 : -1.0, 0});
  return headings;
}

std::vector<drawing::Point> curve(double from, double to, double (*value)(double),
                                  bool times_density) {
  std::vector<drawing::Point> points;
  for (int i = 0; i <= 100; ++i) {
    const double x = std::lerp(from, to, i / 100.0);
    points.push_back({x, value(x) * (times_density ? x : 1)});
  }
  return points;
}

std::vector<drawing::Point> points_of(const std::vector<Mean>& means, bool flow) {
  std::vector<drawing::Point> points;
  for (const Mean& mean : means) {
    points.push_back({mean.density, flow ? mean.specific_flow() : mean.speed_mps});
  }
  return points;
}

std::string table(const std::vector<Mean>& means) {
  std::string text;
  for (const Mean& mean : means) {
    text += fmt::format("{}{:.2f} m/s at {:.2f}", text.empty() ? "" : ", ", mean.speed_mps,
                        mean.density);
  }
  return text + " per m²";
}

double greatest_flow(const std::vector<Mean>& means) {
  double most = 0;
  for (const Mean& mean : means) most = std::max(most, mean.specific_flow());
  return most;
}

}  // namespace

Section fundamental_diagram() {
  Section section{
      "Speed against density",
      "A corridor of 1000 x 10 m, all of it filled with 0.5, 1, 2, 3, 4, 5 and 6 people "
      "per m² (5000 to 60 000), everybody walks to its end. Measured in three areas of "
      "2 x 2 m (in the middle and 100 m before and behind) from 10 to 70 s, when the run "
      "is cut.",
      {},
      {},
      {}};
  std::vector<Mean> means;
  double widest = 0;
  for (const double density : {0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0}) {
    Scene scene = corridor_full_of(1000, 10, static_cast<std::size_t>(10000 * density), false, 31);
    scene.until_s = 70;
    std::vector<AreaGauge> gauges;
    for (const double x : {399.0, 499.0, 599.0}) {
      gauges.emplace_back(Vec2{x, 4}, Vec2{x + 2, 6});
      gauges.back().set_headings(headings_of(scene));
    }
    run(
        scene,
        [&](const Frame& frame) {
          for (AreaGauge& gauge : gauges) gauge.see(frame);
        },
        10);
    Mean all;
    double people = 0;
    for (const AreaGauge& gauge : gauges) {
      const Mean mean = gauge.mean(10, 70);
      all.density += mean.density / 3;
      all.speed_mps += mean.density * mean.speed_mps;
      people += mean.density;
    }
    if (people > 0) all.speed_mps /= people;
    means.push_back(all);
    widest = std::max(widest, std::abs(all.speed_mps - weidmann_mps(all.density)));
  }
  // At 5 and 6 people per m2 nearly nobody gets on, and the small areas hold what they held.
  std::sort(means.begin(), means.end(),
            [](const Mean& a, const Mean& b) { return a.density < b.density; });
  bool falls = true;
  for (std::size_t i = 1; i < means.size(); ++i) {
    falls = falls && means[i].speed_mps < means[i - 1].speed_mps;
  }
  section.rows.push_back(
      {"RiMEA 4", "the speed falls with the density that is measured", table(means), judge(falls)});
  section.rows.push_back(
      {"Weidmann's diagram",
       "1.34 (1 - exp(-1.913 (1/ρ - 1/5.4))) m/s (bound: 0.26 m/s, the deviation of free speeds)",
       fmt::format("at most {:.2f} m/s off", widest), judge(widest <= kFreeSpeedDeviation_mps)});
  section.rows.push_back({"Greatest flow, Weidmann", "about 1.22 people per m and s (bound: 25 %)",
                          fmt::format("{:.2f}", greatest_flow(means)),
                          judge(std::abs(greatest_flow(means) / 1.22 - 1) <= 0.25)});
  Plot speed{
      "fundamental-speed",
      "Speed against density, one direction",
      "Mean speeds in a corridor of 1000 x 10 m beside the formulas of Weidmann and the SFPE "
      "handbook",
      {"people per m²", 0, 6.5, 1},
      {"m/s", 0, 1.6, 0.2},
      {{"Weidmann", curve(0.02, 5.4, weidmann_mps, false), Series::As::line, {}, Ink::series_1},
       {"SFPE", curve(0.54, 3.75, sfpe_mps, false), Series::As::dashed, {}, Ink::series_4},
       {"Defilada", points_of(means, false), Series::As::points, {}, Ink::series_2}}};
  Plot flow{
      "fundamental-flow",
      "Flow against density, one direction",
      "People per metre and second in a corridor of 1000 x 10 m beside the formulas of "
      "Weidmann and the SFPE handbook",
      {"people per m²", 0, 6.5, 1},
      {"people per m and s", 0, 2.5, 0.5},
      {{"Weidmann", curve(0.02, 5.4, weidmann_mps, true), Series::As::line, {}, Ink::series_1},
       {"SFPE", curve(0.54, 3.75, sfpe_mps, true), Series::As::dashed, {}, Ink::series_4},
       {"Defilada", points_of(means, true), Series::As::points, {}, Ink::series_2}}};
  section.plots = {speed, flow};
  return section;
}

namespace {

/// How well a crowd is sorted by direction, 0 to 1: the mean, over strips of 0.4 m in windows of
/// 5 m, of ((n1 - n2) / (n1 + n2))², weighted by the people in them; chance alone gives about
/// 1 / (people in a strip).
double lane_order(const Frame& frame, const Scene& scene, double from_x, double to_x) {
  std::map<std::pair<int, int>, std::pair<double, double>> strips;
  for (std::size_t i = 0; i < frame.at.size(); ++i) {
    const Vec2 p = frame.at[i];
    if (frame.inside[i] == 0 || p.x < from_x || p.x >= to_x) continue;
    auto& [right, left] = strips[{static_cast<int>(p.x / 5), static_cast<int>(p.y / 0.4)}];
    (scene.people[i].way == 0 ? right : left) += 1;
  }
  double sum = 0;
  double people = 0;
  for (const auto& [key, counts] : strips) {
    const auto& [right, left] = counts;
    sum += (right - left) * (right - left) / (right + left);
    people += right + left;
  }
  return people > 0 ? sum / people : 0;
}

struct BothWays {
  Mean mean;
  double order_before = 0;
  double order_after = 0;
};

BothWays walk(double density, bool both_ways) {
  const double length = 240;
  const double width = 4;
  Scene scene = corridor_full_of(length, width,
                                 static_cast<std::size_t>(std::lround(length * width * density)),
                                 both_ways, 41);
  scene.until_s = 60;
  AreaGauge gauge({100, 0}, {140, width});
  gauge.set_headings(headings_of(scene));
  BothWays result;
  run(
      scene,
      [&](const Frame& frame) {
        gauge.see(frame);
        if (frame.time_s < 1) result.order_before = lane_order(frame, scene, 100, 140);
        result.order_after = lane_order(frame, scene, 100, 140);
      },
      10);
  result.mean = gauge.mean(20, 60);
  return result;
}

}  // namespace

Section bidirectional_corridor() {
  Section section{
      "Corridor in one direction and in two",
      "A corridor of 240 x 4 m filled with 0.5 to 5 people per m²; all walk one way, then "
      "every other person the other way. Measured over the 40 m in its middle from 20 to "
      "60 s, when the run is cut; flow is density times the speed in the own direction.",
      {},
      {},
      {}};
  std::vector<Mean> one;
  std::vector<Mean> two;
  BothWays lanes;
  for (const double density : {0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0}) {
    one.push_back(walk(density, false).mean);
    const BothWays both = walk(density, true);
    two.push_back(both.mean);
    if (density == 1.5) lanes = both;
  }
  double widest = 0;
  for (const Mean& mean : one) {
    widest = std::max(widest, std::abs(mean.speed_mps - weidmann_mps(mean.density)));
  }
  section.rows.push_back({"Weidmann's diagram, corridor of 4 m", "bound: 0.26 m/s",
                          fmt::format("at most {:.2f} m/s off; {}", widest, table(one)),
                          judge(widest <= kFreeSpeedDeviation_mps)});
  const double most_one = greatest_flow(one);
  const double most_two = greatest_flow(two);
  section.rows.push_back(
      {"Greatest flow in one direction", "about 2.0 people per m and s (bound: 25 %)",
       fmt::format("{:.2f}", most_one), judge(std::abs(most_one / 2.0 - 1) <= 0.25)});
  section.rows.push_back({"Greatest flow in two directions",
                          "about 1.5 people per m and s, less than in one (bound: 25 %)",
                          fmt::format("{:.2f}; {}", most_two, table(two)),
                          judge(std::abs(most_two / 1.5 - 1) <= 0.25 && most_two < most_one)});
  const bool alike_below = std::abs(one[0].speed_mps - two[0].speed_mps) < 0.1;
  const bool apart_above = two[3].specific_flow() < one[3].specific_flow();
  section.rows.push_back(
      {"One direction against two", "alike at 0.5 per m² (bound: 0.1 m/s), less flow in two at 2",
       fmt::format("{:.2f} and {:.2f} m/s; {:.2f} and {:.2f} people per m and s", one[0].speed_mps,
                   two[0].speed_mps, one[3].specific_flow(), two[3].specific_flow()),
       judge(alike_below && apart_above)});
  section.rows.push_back(
      {"Lane formation",
       "order rises from chance; bound (ours): above 0.6 after 60 s at 1.5 per m²",
       fmt::format("{:.2f}, then {:.2f}", lanes.order_before, lanes.order_after),
       judge(lanes.order_after > 0.6 && lanes.order_after > lanes.order_before)});
  section.plots.push_back(
      {"bidirectional-flow",
       "Flow against density, one direction and two",
       "People per metre and second in a corridor of 240 x 4 m, walking in one direction and in "
       "two, beside Weidmann's formula and the greatest flows of experiments",
       {"people per m²", 0, 5.5, 1},
       {"people per m and s", 0, 2.5, 0.5},
       {{"Weidmann", curve(0.02, 5.4, weidmann_mps, true), Series::As::line, {}, Ink::series_1},
        {"2.0 and 1.5", {{0, 2}, {5.5, 2}}, Series::As::dashed, {}, Ink::series_4},
        {"one direction", points_of(one, true), Series::As::points, {}, Ink::series_2},
        {"two", points_of(two, true), Series::As::points, {}, Ink::series_3}}});
  section.plots.back().series.insert(
      section.plots.back().series.begin() + 2,
      Series{"", {{0, 1.5}, {5.5, 1.5}}, Series::As::dashed, {}, Ink::series_4});
  section.after =
      "The order of lanes is the mean of ((n1 - n2) / (n1 + n2))² over strips of 0.4 x 5 m, "
      "weighted "
      "by the people in them: 1 where each strip is walked in one direction only.";
  return section;
}

Section zones_of_a_corridor() {
  std::vector<Mean> means;
  for (const std::size_t count : {60U, 120U, 240U, 360U, 480U}) {
    Scene scene = corridor_full_of(60, 2, count, false, 51);
    for (Person& person : scene.people) person.speed_mps = 1;
    scene.until_s = 15;
    AreaGauge gauge({20, 0}, {40, 2});
    gauge.set_headings(headings_of(scene));
    run(scene, [&](const Frame& frame) { gauge.see(frame); });
    means.push_back(gauge.mean(5, 15));
  }
  bool falls = true;
  for (std::size_t i = 1; i < means.size(); ++i) {
    falls = falls && means[i].speed_mps < means[i - 1].speed_mps + 1e-3;
  }
  const double fastest =
      std::max_element(means.begin(), means.end(), [](const Mean& a, const Mean& b) {
        return a.speed_mps < b.speed_mps;
      })->speed_mps;
  return {
      "Zones of a corridor",
      "A corridor of 2 x 60 m filled with 60, 120, 240, 360 and 480 people of 1.0 m/s. Measured "
      "over the 20 m in its middle from 5 to 15 s, when the run is cut.",
      {{"ISO 13", "speeds fall with the density and none is above the free one (to 0.05 m/s)",
        table(means), judge(falls && fastest <= 1.05)}},
      {},
      {}};
}

Section single_file() {
  // By tenths of people per metre: sums of the speeds, and how many.
  std::map<int, std::pair<double, double>> bins;
  for (const double line_density : {0.4, 0.7, 1.0, 1.25, 1.5, 1.75, 2.0, 2.2}) {
    const auto count = static_cast<std::size_t>(std::lround(200 * line_density));
    Scene scene = corridor_full_of(200, 0.6, 0, false, 61);
    Random random(61, 0, 0);
    for (std::size_t i = 0; i < count; ++i) {
      const double gap = 1 / line_density;
      const double slack = (gap - 2 * kRadius_m) / 2;
      scene.people.push_back(
          {.at = {(static_cast<double>(i) + 0.5) * gap + random.uniform(-slack, slack), 0.3}});
    }
    draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 62);
    scene.until_s = 50;
    run(
        scene,
        [&](const Frame& frame) {
          if (frame.time_s < 15) return;
          std::vector<std::pair<double, std::size_t>> order;
          for (std::size_t i = 0; i < frame.at.size(); ++i) {
            if (frame.inside[i] != 0) order.emplace_back(frame.at[i].x, i);
          }
          std::sort(order.begin(), order.end());
          for (std::size_t k = 1; k + 1 < order.size(); ++k) {
            const auto [x, i] = order[k];
            if (x < 70 || x > 130) continue;
            const double density = 2 / (order[k + 1].first - order[k - 1].first);
            auto& [sum, n] = bins[static_cast<int>(density * 5)];
            sum += (x - frame.before[i].x) / frame.since_s;
            ++n;
          }
        },
        10);
  }
  Section section{
      "Single file",
      "A corridor of 200 x 0.6 m in which nobody can overtake, 0.4 to 2.2 people per metre. "
      "Density of a person: one over half the distance from the one before to the one "
      "behind. Measured in the 60 m in its middle from 15 to 50 s, when the run is cut; "
      "means by steps of 0.2 people per metre.",
      {},
      {},
      {}};
  std::string text;
  Series measured{"Defilada", {}, Series::As::points, {}, Ink::series_2};
  for (const auto& [bin, sums] : bins) {
    if (sums.second < 20) continue;
    const double density = (bin + 0.5) / 5;
    measured.points.push_back({density, sums.first / sums.second});
    if (bin % 2 == 0) {
      text += fmt::format("{}{:.2f} at {:.1f}", text.empty() ? "" : ", ", sums.first / sums.second,
                          density);
    }
  }
  section.rows.push_back(
      {"RiMEA 16",
       "inside the 10 and 90 % percentiles of the guideline's table: not compared, the table was "
       "not at hand",
       text + " per m (m/s)", Verdict::told});
  section.plots.push_back({"single-file",
                           "Speed against density in single file",
                           "Mean speeds in a corridor of 0.6 m against people per metre",
                           {"people per m", 0, 3, 0.5},
                           {"m/s", 0, 1.6, 0.2},
                           {measured}});
  return section;
}

}  // namespace defilada::crowd::validation
