// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "all_cases.hpp"
#include "gauges.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

using drawing::Ink;

geo::Polygon polygon(std::vector<Vec2> ring) {
  return {std::move(ring), {}};
}

}  // namespace

Section corner() {
  Scene scene;
  scene.ground = ground_of({polygon({{0, 0}, {12, 0}, {12, 12}, {10, 12}, {10, 2}, {0, 2}})});
  add_exit(scene.ground, "end", {10, 12}, {12, 12});
  scene.people = spread(rectangle(0, 0, 6, 2), 20, 71);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 72);
  std::vector<Series> ways(20, Series{"", {}, Series::As::line, {}, Ink::series_2});
  const Outcome outcome = run(
      scene,
      [&](const Frame& frame) {
        for (std::size_t i = 0; i < 20; ++i) {
          if (frame.inside[i] != 0) ways[i].points.push_back({frame.at[i].x, frame.at[i].y});
        }
      },
      4);
  Plot plot{"corner",
            "Twenty people round a corner",
            "The ways of 20 people round a corner of corridors of 2 m",
            {"m", -4, 18, 2},
            {"m", 0, 12, 2},
            {{"walls",
              {{0, 0}, {12, 0}, {12, 12}, {10, 12}, {10, 2}, {0, 2}, {0, 0}},
              Series::As::line,
              {},
              Ink::text}}};
  ways.front().name = "ways of the people";
  plot.series.insert(plot.series.end(), ways.begin(), ways.end());
  return {
      "Corner",
      "Two corridors of 2 x 10 m that meet in a left turn, 20 people on the first 6 m.",
      {{"RiMEA 6; NIST 2.3; ISO 4; IMO 6", "nobody crosses a wall (to 1 mm), everybody comes round",
        fmt::format("{} out after {:.1f} s; no body deeper than {:.1f} mm in a wall", outcome.out(),
                    outcome.cleared_s(), 1000 * outcome.deepest_in_wall_m),
        judge(outcome.out() == 20 && outcome.deepest_in_wall_m <= 0.001)}},
      {plot},
      {}};
}

Section large_crowd_round_a_corner() {
  using Choice = Way::Choice;
  const auto leave = [](std::vector<Vec2> ring, Segment end, Choice choice = Choice::least_time) {
    Scene scene;
    scene.ground = ground_of({polygon(std::move(ring))});
    add_exit(scene.ground, "end", end.from, end.to);
    scene.people = spread(rectangle(0, 0, 6, 20), 500, 73);
    draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 74);
    scene.ways = {{{}, choice}};
    auto times = run(scene).left_s;
    std::sort(times.begin(), times.end());
    return times;
  };
  const auto inner = leave({{0, 0}, {44, 0}, {44, 20}, {0, 20}}, {{44, 0}, {44, 20}});
  const std::vector<Vec2> corner{{0, 0}, {34, 0}, {34, 50}, {14, 50}, {14, 20}, {0, 20}};
  const auto turn = leave(corner, {{14, 50}, {34, 50}});
  const auto pressed = leave(corner, {{14, 50}, {34, 50}}, Choice::nearest);
  const auto outer = leave({{0, 0}, {75.4, 0}, {75.4, 20}, {0, 20}}, {{75.4, 0}, {75.4, 20}});
  const auto curve = [](const char* name, const std::vector<double>& times, Ink ink) {
    Series series{name, {}, Series::As::line, {}, ink};
    for (std::size_t i = 0; i < times.size(); i += 5) {
      series.points.push_back({times[i], static_cast<double>(i + 1)});
    }
    return series;
  };
  Plot plot{"large-corner",
            "500 people round a corner",
            "How many of 500 people have left after what time, on a straight way of 44 m, round a "
            "corner and on a straight way of 75.4 m",
            {"s", 0, 20 * std::ceil(std::max(turn.back(), outer.back()) / 20), 20},
            {"people", 0, 500, 100},
            {curve("straight, 44 m", inner, Ink::series_1),
             curve("corner, 34 + 30 m", turn, Ink::series_2),
             curve("straight, 75.4 m", outer, Ink::series_3)}};
  return {
      "A large crowd round a corner",
      "A way 20 m wide with 500 people on its first 6 m (4.2 per m²): straight for 44 m, round a "
      "left corner (34 m to its outer wall, 30 m behind it), and straight for 75.4 m: as long as "
      "the shortest way round the corner, and as an arc along its outside. Everybody takes the "
      "way that is quickest in the crowd as it is, looked at again every 10 s.",
      {{"RiMEA 15", "the corner takes longer than the short and less than the long straight way",
        fmt::format("{:.1f}, {:.1f} and {:.1f} s", inner.back(), turn.back(), outer.back()),
        judge(inner.back() < turn.back() && turn.back() < outer.back())},
       {"The corner by the shortest way", "the same", fmt::format("{:.1f} s", pressed.back()),
        judge(inner.back() < pressed.back() && pressed.back() < outer.back())}},
      {plot},
      "By the shortest way everybody presses on the inner corner."};
}

}  // namespace defilada::crowd::validation
