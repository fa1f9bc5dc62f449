// SPDX-License-Identifier: MIT
#include "gates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/crowd/simulation.hpp"
#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::add_exit;
using test::add_start;
using test::people_of;
using test::rectangle;
using test::room;
using test::run;
using test::simulate;

TEST(Simulation, AGateLetsInAsManyAsItsLanesServe) {
  Ground ground = room(30, 12);
  ground.levels[0].obstacles.push_back(rectangle(20, 0, 20.2, 4));
  ground.levels[0].obstacles.push_back(rectangle(20, 8, 20.2, 12));
  Gate gate;
  gate.line = {{20.1, 4}, {20.1, 8}};
  gate.lanes = 4;
  gate.service_s = 4;
  ground.gates.push_back(gate);
  add_exit(ground, {30, 0}, {30, 12});
  add_start(ground, rectangle(1, 1, 12, 11), 60);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 60, 200);
  EXPECT_EQ(simulation.counts().out, 60U);
  const Passage& passage = simulation.gates()[0];
  EXPECT_EQ(passage.persons, 60U);
  // Four lanes at 4 s: one a second.
  const double each = (passage.last_s - passage.first_s) / 59;
  EXPECT_GT(each, 0.95);
  EXPECT_LT(each, 1.15);
  EXPECT_GT(passage.first_s, 7 / 1.34 + 4);  // from a metre before the line on
  EXPECT_GT(passage.longest_wait_s, passage.waited_s / 60);
}

TEST(Simulation, AGateServesWhoHasWaitedLongest) {
  Ground ground = room(30, 12);
  ground.levels[0].obstacles.push_back(rectangle(20, 0, 20.2, 2));
  ground.levels[0].obstacles.push_back(rectangle(20, 10, 20.2, 12));
  Gate gate;
  gate.line = {{20.1, 2}, {20.1, 10}};  // as wide that a dozen stand at it beside each other
  gate.service_s = 4;
  ground.gates.push_back(gate);
  add_exit(ground, {30, 0}, {30, 12});
  add_start(ground, rectangle(12, 1, 18, 11), 12);
  add_start(ground, rectangle(12, 1, 18, 11), 60);
  std::vector<Person> people = people_of(ground);
  // Those who come later come as fast as they are served: the queue stays as long as it was.
  for (std::size_t k = 12; k < people.size(); ++k) people[k].from_s = 5 * double(k - 11);
  Simulation simulation = simulate(ground, people);
  run(simulation, 72, 500);
  EXPECT_EQ(simulation.counts().out, 72U);
  EXPECT_LT(simulation.gates()[0].longest_wait_s, 100);
}

/// They stand one behind the other as far back as the queue is long, and go in as they came.
TEST(Simulation, AQueueStandsInTurn) {
  Ground ground = room(60, 20);
  Barrier fence;
  fence.line = {{50, 0}, {50, 9}};
  ground.barriers.push_back(fence);
  fence.line = {{50, 11}, {50, 20}};
  ground.barriers.push_back(fence);
  Gate gate;
  gate.line = {{50, 9}, {50, 11}};
  gate.service_s = 6;
  ground.gates.push_back(gate);
  add_exit(ground, {60, 0}, {60, 20});
  add_start(ground, rectangle(1, 1, 3, 19), 40, 80);
  for (const bool to_gate : {false, true}) {
    std::vector<Stage> stages;
    if (to_gate) stages.push_back(go_to(0, Shape(gate.line)));
    stages.push_back(leave(ground));
    Simulation simulation = simulate(ground, people_of(ground), stages);
    std::vector<std::uint32_t> passed;
    simulation.observe([&](const Simulation::Moved& moved) {
      for (std::size_t i = 0; i < moved.was_x.size(); ++i) {
        const bool passes = to_metres(moved.was_x[i]) < 50 && to_metres(moved.walking.x[i]) >= 50;
        if (passes) passed.push_back(moved.walking.person[i]);
      }
    });
    double longest_m = 0;
    double nearest_m = 1;
    while (!simulation.finished() && simulation.time_s() < 400) {
      simulation.step();
      if (simulation.time_s() < 120 || simulation.time_s() > 121) continue;
      const Columns& c = simulation.walking();
      for (std::size_t i = 0; i < c.size; ++i) {
        const Vec2 at = {to_metres(c.x[i]), to_metres(c.y[i])};
        if (at.x > 50) continue;
        EXPECT_NEAR(at.y, 10, 1);
        longest_m = std::max(longest_m, 50 - at.x);
        for (std::size_t k = 0; k < i; ++k) {
          nearest_m =
              std::min(nearest_m, std::hypot(to_metres(c.x[k]) - at.x, to_metres(c.y[k]) - at.y));
        }
      }
    }
    EXPECT_EQ(simulation.counts().out, 40U);
    ASSERT_EQ(passed.size(), 40U);
    for (std::uint32_t k = 0; k < 40; ++k) EXPECT_NEAR(passed[k], k, 4) << "the " << k << "th";
    // At 120 s some 26 wait.
    EXPECT_GT(longest_m, 13);
    EXPECT_GT(nearest_m, 0.4 - 1e-3);
  }
}

/// A barrier stands across the way of the queue: it ends there, and people come round it.
TEST(Simulation, AQueueEndsAtABarrier) {
  Ground ground = room(40, 20);
  for (const auto& [from, to] : {std::pair{Vec2{30, 0}, Vec2{30, 9}}, {{30, 11}, {30, 20}}}) {
    ground.barriers.push_back(
        {.name = "", .level = 0, .line = {from, to}, .one_way = false, .span = {}});
  }
  ground.barriers.push_back(
      {.name = "", .level = 0, .line = {{26, 4}, {26, 20}}, .one_way = false, .span = {}});
  Gate gate;
  gate.line = {{30, 9}, {30, 11}};
  gate.service_s = 3;
  ground.gates.push_back(gate);
  add_exit(ground, {40, 0}, {40, 20});
  add_start(ground, rectangle(1, 1, 10, 19), 40);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 40, 300);
  EXPECT_EQ(simulation.counts().out, 40U);
  // Before it there is room for six or seven, behind the gate up to the wall.
  const GateService service(ground, 0);
  const std::vector<Segment> places = service.queue_places(0);
  ASSERT_EQ(places.size(), 2U);
  for (const Segment& each : places) {
    EXPECT_GT(std::min(each.from.x, each.to.x), 26);
    EXPECT_LT(std::max(each.from.x, each.to.x), 40);
    EXPECT_GT(std::abs(each.to.x - each.from.x), 3);
  }
}

/// People pass along a fence with a gate that opens much later, and one that never does.
TEST(Simulation, WhoPassesAShutGateDoesNotQueueThere) {
  for (const double opens_s : {1000.0, std::numeric_limits<double>::infinity()}) {
    Ground ground = room(40, 12);
    ground.levels[0].obstacles.push_back(rectangle(0, 6, 40, 6.2));
    Gate gate;
    gate.line = {{18, 6.1}, {22, 6.1}};
    gate.service_s = 4;
    gate.shut = {{0, opens_s}};
    ground.gates.push_back(gate);
    add_exit(ground, {40, 1}, {40, 5});
    add_start(ground, rectangle(1, 3, 6, 5.8), 20);
    Simulation simulation = simulate(ground, people_of(ground));
    std::uint64_t longest = 0;
    while (!simulation.finished() && simulation.time_s() < 120) {
      simulation.step();
      longest = std::max(longest, simulation.queue(0));
    }
    EXPECT_EQ(simulation.counts().out, 20U);
    EXPECT_EQ(longest, 0U);
    EXPECT_LT(simulation.time_s(), 45);
  }
}

/// Who queues at a gate when it shuts for good goes to another.
TEST(Simulation, WhoQueuesAtAGateThatShutsForGoodGoesOn) {
  Ground ground = room(30, 20);
  ground.levels[0].obstacles.push_back(rectangle(20, 0, 20.2, 4));
  ground.levels[0].obstacles.push_back(rectangle(20, 6, 20.2, 14));
  ground.levels[0].obstacles.push_back(rectangle(20, 16, 20.2, 20));
  for (const double y : {4.0, 14.0}) {
    Gate gate;
    gate.line = {{20.1, y}, {20.1, y + 2}};
    gate.lanes = 2;
    gate.service_s = 3;
    ground.gates.push_back(gate);
  }
  ground.gates[0].shut = {{15, std::numeric_limits<double>::infinity()}};
  add_exit(ground, {30, 0}, {30, 20});
  add_start(ground, rectangle(12, 1, 18, 8), 20);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 20, 200);
  EXPECT_EQ(simulation.counts().out, 20U);
  EXPECT_GT(simulation.gates()[0].persons, 1U);
  EXPECT_GT(simulation.gates()[1].persons, 5U);
}

}  // namespace
}  // namespace defilada::crowd
