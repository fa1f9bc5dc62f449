// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "all_cases.hpp"
#include "gauges.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {
namespace {

std::string listed(const std::vector<double>& values, int decimals) {
  std::string text;
  for (const double value : values) {
    text += text.empty() ? "" : ", ";
    text += std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "never";
  }
  return text;
}

}  // namespace

Section counterflow() {
  Section section{"Counterflow",
                  "Two rooms of 10 x 10 m, a corridor of 10 x 2 m between them. 100 people go from "
                  "the left room to the right one, 0, 10, 50 and 100 the other way. Measured is "
                  "when the last of the 100 comes out of the corridor.",
                  {},
                  {},
                  {}};
  std::vector<double> times;
  std::string through;
  for (const std::size_t others : {0U, 10U, 50U, 100U}) {
    Scene scene;
    scene.ground =
        ground_of({rectangle(0, 0, 10, 10), rectangle(10, 4, 20, 6), rectangle(20, 0, 30, 10)});
    add_exit(scene.ground, "right", {30, 0}, {30, 10});
    add_exit(scene.ground, "left", {0, 0}, {0, 10});
    scene.ways = {{{0}, Way::Choice::nearest}, {{1}, Way::Choice::nearest}};
    scene.people = spread(rectangle(0.3, 0.3, 9.7, 9.7), 100, 7);
    for (Person person : spread(rectangle(20.3, 0.3, 29.7, 9.7), others, 8)) {
      person.way = 1;
      scene.people.push_back(person);
    }
    draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 9);
    scene.all_leave = false;  // judged here
    LineGauge end({{20, 4}, {20, 6}});
    run(scene, [&](const Frame& frame) { end.see(frame); });
    std::vector<double> passed(100, kNever);
    for (const auto& crossing : end.crossings()) {
      if (crossing.person < 100) passed[crossing.person] = crossing.time_s;
    }
    times.push_back(*std::max_element(passed.begin(), passed.end()));
    through += fmt::format(
        "{}{}", through.empty() ? "" : ", ",
        std::count_if(passed.begin(), passed.end(), [](double t) { return t < kNever; }));
  }
  const bool rises = std::is_sorted(times.begin(), times.end()) && std::isfinite(times.back()) &&
                     times.front() < times.back();
  section.rows.push_back({"NIST 2.8; ISO 6; IMO 8", "the time rises with the counterflow, all pass",
                          fmt::format("{} s; {} of 100 passed", listed(times, 1), through),
                          judge(rises)});
  return section;
}

namespace {

/// Seconds until a hall is empty: exits 0 .. open - 1 of `doors`, each 1 m.
double seconds_to_clear(double width, double depth, const std::vector<Segment>& doors,
                        std::size_t open) {
  Scene scene;
  scene.ground = room(width, depth);
  for (std::size_t i = 0; i < open; ++i) {
    add_exit(scene.ground, fmt::format("door {}", i + 1), doors[i].from, doors[i].to);
  }
  scene.people = spread(rectangle(0.2, 0.2, width - 0.2, depth - 0.2), 1000, 3);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 4);
  scene.until_s = 1500;
  return run(scene).cleared_s();
}

Row doubling(const char* test, double all_s, double half_s) {
  return {test, "half of the doors: about double the time (bound: 1.75 to 2.25 times)",
          fmt::format("{:.0f} s and {:.0f} s: {:.2f} times", all_s, half_s, half_s / all_s),
          judge(half_s / all_s >= 1.75 && half_s / all_s <= 2.25)};
}

}  // namespace

Section four_doors_of_a_square() {
  const std::vector<Segment> doors{{{0, 9.5}, {0, 10.5}},
                                   {{20, 9.5}, {20, 10.5}},
                                   {{9.5, 0}, {10.5, 0}},
                                   {{9.5, 20}, {10.5, 20}}};
  return {
      "Square with four doors",
      "20 x 20 m, 1000 people all over it, four doors of 1 m in the middle of the sides, each "
      "person to the nearest; then two on opposite sides are locked.",
      {doubling("RiMEA 9", seconds_to_clear(20, 20, doors, 4), seconds_to_clear(20, 20, doors, 2))},
      {},
      {}};
}

Section four_doors_of_a_hall() {
  const std::vector<Segment> doors{
      {{7, 0}, {8, 0}}, {{22, 0}, {23, 0}}, {{7, 20}, {8, 20}}, {{22, 20}, {23, 20}}};
  return {
      "Hall with four doors",
      "30 x 20 m, 1000 people all over it, two doors of 1 m in each long side, each person to "
      "the nearest; then the two of one side are locked. (Where the doors are is our choice.)",
      {doubling("IMO 9", seconds_to_clear(30, 20, doors, 4), seconds_to_clear(30, 20, doors, 2))},
      {},
      {}};
}

Section room_with_one_door() {
  Scene scene;
  scene.ground = room(8, 5);
  add_exit(scene.ground, "door", {8, 2}, {8, 3});
  scene.people = spread(rectangle(0.2, 0.2, 7.6, 4.8), 100, 11);
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 12);
  const Outcome outcome = run(scene);
  const double whole = flow_between(outcome.left_s, 0, 1);
  const double steady = flow_between(outcome.left_s);
  return {
      "Room with one door",
      "A room of 8 x 5 m with an exit of 1 m in the middle of the 5 m wall, 100 people.",
      {{"NIST 5.2; ISO 11; IMO 4", "from the first to the last: at most 1.33 people per m and s",
        fmt::format("{:.2f}", whole), judge(whole <= 1.33)},
       {"Door against bottlenecks",
        "about 1.9 people per m and s in the experiments (bound: 1.43 to 2.38, 25 %)",
        fmt::format("{:.2f} in the steady part", steady),
        judge(steady >= 1.425 && steady <= 2.375)}},
      {},
      "The two criteria exclude each other: 1.33 is the greatest flow that the maritime "
      "guideline lets a calculation count on, 1.9 is what people in experiments do."};
}

Section rooms_along_a_corridor() {
  // Rooms 1 to 6 south, 7 to 12 north of a corridor; a lobby at its west end with the main exit.
  Scene scene;
  std::vector<geo::Polygon> ground{rectangle(-2, -0.5, -0.1, 1.5), rectangle(-0.2, 0, 9.2, 1)};
  const double widths[] = {1.5, 1.5, 1.2, 1.5, 1.5, 1.5};
  const double wall = 0.1;
  std::vector<int> home;
  const std::size_t main_exit = 0;
  const std::size_t second_exit = 1;
  for (const bool north : {false, true}) {
    double x = 0;
    for (int i = 0; i < 6; ++i) {
      const double x1 = x + widths[i] - wall;
      const double middle = (x + x1) / 2;
      const double y0 = north ? 1 + wall : -5;
      ground.push_back(rectangle(x, y0, x1, y0 + 5 - wall));
      // The door reaches into both: edges that should meet may miss by a rounding.
      ground.push_back(north ? rectangle(middle - 0.45, 0.9, middle + 0.45, 1.2)
                             : rectangle(middle - 0.45, -0.2, middle + 0.45, 0.1));
      const int number = (north ? 7 : 1) + i;
      const bool second = i >= 4;  // 5, 6, 11, 12
      const std::size_t count = number == 12 ? 1 : 2;
      for (Person person : spread(rectangle(x + 0.1, y0 + 0.5, x1 - 0.1, y0 + 4), count,
                                  static_cast<std::uint64_t>(number))) {
        person.way = second ? 1 : 0;
        scene.people.push_back(person);
        home.push_back(number);
      }
      x += widths[i];
    }
  }
  scene.ground = ground_of(std::move(ground));
  add_exit(scene.ground, "main", {-2, -0.1}, {-2, 1.1});
  add_exit(scene.ground, "secondary", {9.2, 0}, {9.2, 1});
  scene.ways = {{{main_exit}, Way::Choice::nearest}, {{second_exit}, Way::Choice::nearest}};
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 14);
  const Outcome outcome = run(scene);
  int right = 0;
  for (std::size_t i = 0; i < scene.people.size(); ++i) {
    if (outcome.exit[i] == static_cast<int>(scene.people[i].way)) ++right;
  }
  return {
      "Rooms along a corridor",
      "A corridor of 1 x 9.2 m with six rooms on either side, 1.5, 1.5, 1.2, 1.5, 1.5 and 1.5 m "
      "wide and 5 m deep, doors of 0.9 m, 23 people; the main exit of 1.2 m in a lobby at one "
      "end, the secondary one at the other. Rooms 1 to 4 and 7 to 10 are told the main exit, "
      "the others the secondary one.",
      {{"RiMEA 10; NIST 3.1; ISO 8; IMO 10", "everybody leaves by the exit that was told",
        fmt::format("{} of {}", right, scene.people.size()),
        judge(right == static_cast<int>(scene.people.size()) && right == 23)}},
      {},
      {}};
}

Section two_doors_on_one_wall() {
  Scene scene;
  scene.ground = room(30, 20);
  add_exit(scene.ground, "near", {21.5, 0}, {22.5, 0});
  add_exit(scene.ground, "far", {27.5, 0}, {28.5, 0});
  // As dense as a square lattice of 0.42 m: 5.7 people a square metre.
  const int rows = 46;
  for (int i = 0; i < 1000; ++i) {
    scene.people.push_back({.at = {0.3 + 0.42 * (i / rows), 0.5 + 0.42 * (i % rows)}});
  }
  draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 15);
  scene.ways = {{{}, Way::Choice::least_time}};
  scene.until_s = 1500;
  const Outcome outcome = run(scene);
  const auto near_by = std::count(outcome.exit.begin(), outcome.exit.end(), 0);
  const auto far_off = std::count(outcome.exit.begin(), outcome.exit.end(), 1);
  return {"Two doors on one wall",
          "A room of 30 x 20 m, 1000 people packed at its left wall (5.7 per m²), two doors of 1 m "
          "in the long wall at 22 and 28 m; everybody takes the way that is quickest with the "
          "queues as they are.",
          {{"RiMEA 11", "the nearer one is preferred, some take the farther",
            fmt::format("{} by the nearer, {} by the farther; empty after {:.0f} s", near_by,
                        far_off, outcome.cleared_s()),
            judge(near_by > far_off && far_off > 0)}},
          {},
          {}};
}

}  // namespace defilada::crowd::validation
