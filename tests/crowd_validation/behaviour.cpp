// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "all_cases.hpp"
#include "gauges.hpp"
#include "scene.hpp"

namespace defilada::crowd::validation {

Section exit_that_shuts() {
  Scene scene;
  scene.ground = room(10, 4);
  add_exit(scene.ground, "exit 1", {0, 1.5}, {0, 2.5});
  add_exit(scene.ground, "exit 2", {10, 1.5}, {10, 2.5});
  scene.ground.exits[0].shut = {{1, kNever}};
  scene.people.push_back({.at = {3, 2}, .speed_mps = 1});
  const Outcome outcome = run(scene);
  return {"Exit that shuts",
          "A room of 10 x 4 m with an exit of 1 m at either end, one person at 1 m/s, 3 m from "
          "exit 1 and 7 m from exit 2. Exit 1 shuts after 1 s.",
          {{"NIST 4.1; ISO 9", "leaves by exit 2",
            fmt::format("exit {} after {:.1f} s", outcome.exit[0] + 1, outcome.left_s[0]),
            judge(outcome.exit[0] == 1)}},
          {},
          {}};
}

Section overtaking() {
  std::vector<double> cleared;
  for (const bool disabled : {false, true}) {
    Scene scene;
    scene.ground = ground_of({rectangle(0, 0, 10, 10), rectangle(10, 4, 25, 6)});
    add_exit(scene.ground, "end", {25, 4}, {25, 6});
    scene.people = spread(rectangle(1, 1, 7, 9), 24, 16);
    for (Person& person : scene.people) person.speed_mps = 1.25;
    scene.people.push_back(
        {.at = {9, 5}, .speed_mps = disabled ? 0.8 : 1.25, .radius_m = disabled ? 0.4 : 0.2});
    cleared.push_back(run(scene).cleared_s());
  }
  return {"A slower and larger person",
          "A room of 10 x 10 m and a corridor of 15 x 2 m. 24 people at 1.25 m/s in the room, one "
          "more at the corridor's mouth: with 0.8 m/s and a radius of 0.4 m, then as the others.",
          {{"NIST 2.10; ISO 7", "it takes longer than with 25 alike",
            fmt::format("{:.1f} s against {:.1f} s", cleared[1], cleared[0]),
            judge(cleared[1] > cleared[0])}},
          {},
          {}};
}

namespace {

/// The seconds between the first and the last of a group of five at the exit; `seed` places the
/// others.
double spread_of_group(const std::vector<double>& speeds, double others_mps, std::uint64_t seed) {
  Scene scene;
  scene.ground = room(25, 5);
  add_exit(scene.ground, "door", {25, 2}, {25, 3});
  for (std::size_t i = 0; i < speeds.size(); ++i) {
    scene.people.push_back(
        {.at = {1 + 0.6 * static_cast<double>(i % 2), 1.5 + 0.5 * static_cast<double>(i)},
         .speed_mps = speeds[i],
         .group = 0});
  }
  for (Person person : spread(rectangle(10, 0.5, 15, 4.5), 10, seed)) {
    person.speed_mps = others_mps;
    scene.people.push_back(person);
  }
  const Outcome outcome = run(scene);
  const auto [first, last] = std::minmax_element(
      outcome.left_s.begin(), outcome.left_s.begin() + static_cast<std::ptrdiff_t>(speeds.size()));
  return *last - *first;
}

struct Spread {
  double mean_s = 0;
  double most_s = 0;
};
Spread spread_of_groups(const std::vector<double>& speeds, double others_mps) {
  const int crowds = 8;
  Spread result;
  for (int crowd = 0; crowd < crowds; ++crowd) {
    const double each = spread_of_group(speeds, others_mps, static_cast<std::uint64_t>(17 + crowd));
    result.mean_s += each / crowds;
    result.most_s = std::max(result.most_s, each);
  }
  return result;
}
std::string told(const Spread& spread) {
  return fmt::format("{:.1f} s, at most {:.1f}", spread.mean_s, spread.most_s);
}

}  // namespace

Section groups() {
  const Spread mixed = spread_of_groups({1.25, 1.25, 1.25, 1.25, 0.5}, 0.2);
  const Spread alike = spread_of_groups({1.25, 1.25, 1.25, 1.25, 1.25}, 0.5);
  return {
      "Groups",
      "A room of 25 x 5 m with an exit of 1 m. A group of five at one end, ten others in the "
      "middle. Means of eight arrangements of the others.",
      {{"NIST 2.9", "four at 1.25 and one at 0.5 m/s, the others at 0.2: within 10 s at the exit",
        told(mixed), judge(mixed.mean_s <= 10)},
       {"ISO 14", "five at 1.25 m/s, the others at 0.5: within 10 s", told(alike),
        judge(alike.mean_s <= 10)}},
      {},
      {}};
}

Section familiar_exit() {
  struct Shares {
    std::ptrdiff_t first = 0;
    std::ptrdiff_t second = 0;
  };
  const auto by_share = [](double share) {
    Scene scene;
    scene.ground = room(20, 10);
    add_exit(scene.ground, "exit 1", {0, 4}, {0, 6});
    add_exit(scene.ground, "exit 2", {20, 4}, {20, 6});
    scene.ground.exits[0].share = share;
    scene.ground.exits[1].share = 1 - share;
    scene.people = spread(rectangle(8, 1, 12, 9), 100, 18);
    draw_speeds(scene.people, kFreeSpeed_mps, kFreeSpeedDeviation_mps, 19);
    scene.ways = {{{}, Way::Choice::by_share}};
    const Outcome outcome = run(scene);
    return Shares{std::count(outcome.exit.begin(), outcome.exit.end(), 0),
                  std::count(outcome.exit.begin(), outcome.exit.end(), 1)};
  };
  const Shares even = by_share(0.5);
  const Shares biased = by_share(0.8);
  return {"Familiar exit",
          "A room of 20 x 10 m, 100 people in its middle, an exit of 2 m at either end. Exits are "
          "drawn by share: 50 and 50; then exit 1 is the familiar one, 80 and 20.",
          {{"NIST 3.3; ISO 16", "50 and 50 to 10, then more by the familiar exit; everybody leaves",
            fmt::format("{} and {}, then {} and {}", even.first, even.second, biased.first,
                        biased.second),
            judge(std::abs(even.first - 50) <= 10 && biased.first > even.first &&
                  even.first + even.second == 100 && biased.first + biased.second == 100)}},
          {},
          {}};
}

}  // namespace defilada::crowd::validation
