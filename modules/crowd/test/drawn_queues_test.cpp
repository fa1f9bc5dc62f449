// SPDX-License-Identifier: MIT
// Queues that are drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "defilada/crowd/simulation.hpp"
#include "routes.hpp"
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

/// A room with a fence at x = 50 and a gate in it at y = 9 to 11, people at the left wall.
Ground behind_a_fence(int lanes, double service_s, std::int64_t people, double in_s) {
  Ground ground = room(60, 30);
  for (const auto& [from, to] : {std::pair{Vec2{50, 0}, Vec2{50, 9}}, {{50, 11}, {50, 30}}}) {
    ground.barriers.push_back(
        {.name = "", .level = 0, .line = {from, to}, .one_way = false, .span = {}});
  }
  Gate gate;
  gate.line = {{50, 9}, {50, 11}};
  gate.lanes = lanes;
  gate.service_s = service_s;
  ground.gates.push_back(gate);
  add_exit(ground, {60, 0}, {60, 30});
  add_start(ground, rectangle(1, 5, 4, 29), people, in_s);
  return ground;
}

const Line kSerpentine = {{50, 10}, {40, 10}, {40, 11.6}, {49, 11.6}, {49, 12.8}, {40, 12.8}};

/// How far along the line its nearest point is, and how far away that is.
std::pair<double, double> on_line(const Line& line, Vec2 at) {
  std::pair<double, double> best = {0, 1e9};
  double before = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Vec2 along = line[k + 1] - line[k];
    const double length = geo::length(along);
    const double t = std::clamp(geo::dot(at - line[k], along) / (length * length), 0.0, 1.0);
    const double away = geo::length(line[k] + t * along - at);
    if (away < best.second) best = {before + t * length, away};
    before += length;
  }
  return best;
}

struct Queued {
  double along_m;
  double away_m;
  std::uint32_t person;
};
/// Who waits at this moment, or moves up, but for those who are served; from the gate backwards.
std::vector<Queued> queued(const Simulation& simulation, const Line& line) {
  std::vector<Queued> all;
  const Columns& c = simulation.walking();
  for (std::size_t i = 0; i < c.size; ++i) {
    const Vec2 at = {to_metres(c.x[i]), to_metres(c.y[i])};
    if (at.x > 49.2 || std::hypot(c.vx[i], c.vy[i]) > 1) continue;
    const auto [along, away] = on_line(line, at);
    all.push_back({along, away, c.person[i]});
  }
  std::sort(all.begin(), all.end(),
            [](const Queued& a, const Queued& b) { return a.along_m < b.along_m; });
  return all;
}

/// Who went through the gate, in that order.
void watch_passing(Simulation& simulation, std::vector<std::uint32_t>& passed) {
  simulation.observe([&passed](const Simulation::Moved& moved) {
    for (std::size_t i = 0; i < moved.was_x.size(); ++i) {
      const bool passes = to_metres(moved.was_x[i]) < 50 && to_metres(moved.walking.x[i]) >= 50;
      if (passes) passed.push_back(moved.walking.person[i]);
    }
  });
}

/// Of those who stood in the queue in this order nobody comes in before who stood before him.
void expect_in_order(const std::vector<Queued>& stood, const std::vector<std::uint32_t>& passed,
                     std::ptrdiff_t slack) {
  std::ptrdiff_t last = 0;
  for (const Queued& each : stood) {
    const auto at = std::find(passed.begin(), passed.end(), each.person) - passed.begin();
    EXPECT_GE(at, last - slack) << "person " << each.person;
    last = std::max(last, at);
  }
}

/// Two who come to the end of a queue at once may stand in the wrong order: they change places, or
/// all behind them would wait for ever.
TEST(Simulation, ADrawnQueueNeverStandsStill) {
  for (const bool taped : {false, true}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      SCOPED_TRACE(taped ? "taped" : "free");
      SCOPED_TRACE(seed);
      Ground ground;
      ground.levels.push_back({"", 0, {rectangle(0, 0, 80, 40)}, {}});
      add_start(ground, rectangle(2, 2, 10, 38), 150);
      ground.starts.back().to_s = 150;
      ground.starts.back().group_share = 0.4;
      add_exit(ground, {80, 15}, {80, 25});
      ground.barriers.push_back(
          {.name = "", .level = 0, .line = {{50, 0}, {50, 40}}, .one_way = false, .span = {}});
      Gate gate;
      gate.line = {{50, 16}, {50, 24}};
      gate.lanes = 4;
      gate.service_s = 3;
      gate.queues.push_back({.name = "", .line = {{50, 20}, {12, 20}}, .span = {}});
      if (taped)
        gate.queues.front().line = {{50, 20}, {46, 20}, {46, 36}, {44, 36},
                                    {44, 6},  {42, 6},  {42, 36}};
      ground.gates.push_back(gate);
      if (taped) {
        ground.barriers.push_back(
            {.name = "", .level = 0, .line = {{45, 20}, {45, 34}}, .one_way = false, .span = {}});
        ground.barriers.push_back(
            {.name = "", .level = 0, .line = {{43, 8}, {43, 40}}, .one_way = false, .span = {}});
      }
      auto people = people_of_starts(ground, pedestrians(), seed);
      ASSERT_TRUE(people);
      SimulationOptions options;
      options.seed = seed;
      Simulation simulation = simulate(ground, std::move(*people), {}, options);
      run(simulation, 150, 900);
      EXPECT_EQ(simulation.counts().out, 150U) << simulation.queue(0) << " in the queue";
    }
  }
}

/// On the line within a step of it, at their spacing, round its corners too; in order, but for two
/// who change places.
TEST(Simulation, ADrawnQueueStandsOnItsLineInTurn) {
  for (const bool taped : {false, true}) {
    for (const int lanes : {1, 2}) {
      SCOPED_TRACE(taped);
      SCOPED_TRACE(lanes);
      Ground ground = behind_a_fence(lanes, 6 * lanes, 45, 90);
      ground.gates[0].queues.push_back({.name = "", .line = kSerpentine, .span = {}});
      if (taped) {
        // As at a counter: the only way to the gate is along the line.
        for (const Line& tape :
             {Line{{50, 9}, {39, 9}, {39, 12.2}, {48.4, 12.2}}, Line{{50, 11}, {40.6, 11}}}) {
          ground.barriers.push_back(
              {.name = "", .level = 0, .line = tape, .one_way = false, .span = {}});
        }
      }
      Simulation simulation = simulate(ground, people_of(ground));
      std::vector<std::uint32_t> passed;
      watch_passing(simulation, passed);
      std::vector<Queued> stood;
      while (!simulation.finished() && simulation.time_s() < 500) {
        simulation.step();
        if (std::abs(simulation.time_s() - 150) > 0.01) continue;
        stood = queued(simulation, kSerpentine);
        EXPECT_GT(stood.size(), 20U);
        for (std::size_t k = 0; k < stood.size(); ++k) {
          EXPECT_LT(stood[k].away_m, 0.5) << k;
          if (k == 0) continue;
          EXPECT_GT(stood[k].along_m - stood[k - 1].along_m, 0.3) << k;
        }
      }
      EXPECT_EQ(simulation.counts().out, 45U);
      ASSERT_EQ(passed.size(), 45U);
      // Of two who are served at the same time the second may be through first.
      expect_in_order(stood, passed, lanes);
    }
  }
}

/// A queue for all lanes lets in as many as a queue for each.
TEST(Simulation, ADrawnQueueFeedsItsLanes) {
  Ground ground = behind_a_fence(4, 8, 60, 0);
  ground.gates[0].queues.push_back({.name = "", .line = kSerpentine, .span = {}});
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 60, 300);
  EXPECT_EQ(simulation.counts().out, 60U);
  const Passage& passage = simulation.gates()[0];
  const double each = (passage.last_s - passage.first_s) / 59;
  EXPECT_GT(each, 1.9);
  EXPECT_LT(each, 2.2);
}

/// Its first sets out for a lane before it is free: the walk there costs the gate nothing.
TEST(Simulation, TheWayFromADrawnQueueToItsLanesCostsNoTime) {
  Ground ground = room(60, 30);
  for (const auto& [from, to] : {std::pair{Vec2{50, 0}, Vec2{50, 5}}, {{50, 25}, {50, 30}}}) {
    ground.barriers.push_back(
        {.name = "", .level = 0, .line = {from, to}, .one_way = false, .span = {}});
  }
  Gate gate;
  gate.line = {{50, 5}, {50, 25}};  // lanes 5 m to both sides of the queue
  gate.lanes = 2;
  gate.service_s = 8;
  gate.queues.push_back({.name = "", .line = {{50, 15}, {20, 15}}, .span = {}});
  ground.gates.push_back(gate);
  add_exit(ground, {60, 0}, {60, 30});
  add_start(ground, rectangle(1, 5, 4, 25), 30);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 30, 300);
  EXPECT_EQ(simulation.counts().out, 30U);
  const Passage& passage = simulation.gates()[0];
  const double each = (passage.last_s - passage.first_s) / 29;
  EXPECT_GT(each, 3.8);
  EXPECT_LT(each, 4.5);
}

/// Each lane has its own line, and is of the one that begins nearest to it.
TEST(Simulation, EachLaneMayHaveItsDrawnQueue) {
  Ground ground = behind_a_fence(2, 5, 40, 60);
  const Line south = {{50, 9.5}, {45, 9.5}, {45, 2}};
  const Line north = {{50, 10.5}, {45, 10.5}, {45, 18}};
  ground.gates[0].queues.push_back({.name = "", .line = north, .span = {}});
  ground.gates[0].queues.push_back({.name = "", .line = south, .span = {}});
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 40, 75);
  std::size_t on[2] = {0, 0};
  for (const Queued& each : queued(simulation, south)) on[0] += each.away_m < 0.45 ? 1 : 0;
  for (const Queued& each : queued(simulation, north)) on[1] += each.away_m < 0.45 ? 1 : 0;
  EXPECT_GT(on[0], 5U);
  EXPECT_GT(on[1], 5U);
  run(simulation, 40, 300);
  EXPECT_EQ(simulation.counts().out, 40U);
}

/// How often somebody who does not stand in a queue walks between two neighbours who stand on it.
std::size_t walks_through(Simulation& simulation, const std::vector<Line>& queues, double until_s) {
  constexpr double kStands_mps = 0.3;
  std::size_t count = 0;
  simulation.observe([&](const Simulation::Moved& moved) {
    const Columns& c = moved.walking;
    std::vector<std::vector<double>> stand(queues.size());
    for (std::size_t i = 0; i < c.size; ++i) {
      if (std::hypot(c.vx[i], c.vy[i]) > kStands_mps) continue;
      for (std::size_t q = 0; q < queues.size(); ++q) {
        const auto [along, away] = on_line(queues[q], {to_metres(c.x[i]), to_metres(c.y[i])});
        if (away < 0.25) stand[q].push_back(along);
      }
    }
    for (auto& each : stand) std::sort(each.begin(), each.end());
    for (std::size_t i = 0; i < moved.was_x.size(); ++i) {
      if (std::hypot(c.vx[i], c.vy[i]) <= kStands_mps) continue;
      const Vec2 was = {to_metres(moved.was_x[i]), to_metres(moved.was_y[i])};
      const Vec2 now = {to_metres(c.x[i]), to_metres(c.y[i])};
      for (std::size_t q = 0; q < queues.size(); ++q) {
        for (std::size_t k = 0; k + 1 < queues[q].size(); ++k) {
          if (!crosses({queues[q][k], queues[q][k + 1]}, was, now)) continue;
          const double at = on_line(queues[q], now).first;
          const auto behind = std::upper_bound(stand[q].begin(), stand[q].end(), at);
          const bool between = behind != stand[q].begin() && behind != stand[q].end() &&
                               *behind - *(behind - 1) < 0.9;
          count += between ? 1 : 0;
        }
      }
    }
  });
  while (!simulation.finished() && simulation.time_s() < until_s) simulation.step();
  return count;
}

/// Without tapes: who comes to its end goes round those who stand in it, and round another queue.
TEST(Simulation, NobodyWalksThroughThoseWhoStandInADrawnQueue) {
  for (const bool two : {false, true}) {
    SCOPED_TRACE(two);
    Ground ground = room(60, 40);
    ground.barriers.push_back(
        {.name = "", .level = 0, .line = {{50, 0}, {50, 40}}, .one_way = false, .span = {}});
    Gate gate;
    gate.line = {{50, 17}, {50, 23}};
    gate.lanes = 2;
    gate.service_s = 5;
    std::vector<Line> queues = {{{50, 21}, {30, 21}, {30, 22.5}, {48, 22.5}, {48, 24}, {30, 24}}};
    // The other lies between the first one's end and those who come from the south.
    if (two) queues.push_back({{50, 18.5}, {25, 18.5}});
    for (const Line& each : queues) gate.queues.push_back({.name = "", .line = each, .span = {}});
    ground.gates.push_back(gate);
    add_exit(ground, {60, 0}, {60, 40});
    add_start(ground, rectangle(30, 1, 44, 6), 90, 90);
    Simulation simulation = simulate(ground, people_of(ground));
    // Of those who come to its end a few join it from the other side. Through the other queue seven
    // went when only their own was gone round.
    EXPECT_LE(walks_through(simulation, queues, 500), two ? 2U : 4U);
    EXPECT_EQ(simulation.counts().out, 90U);
  }
}

/// Who finds no place on the line waits behind its end; who has waited longest is the next on it.
TEST(Simulation, WhoFindsADrawnQueueFullWaitsBehindIt) {
  Ground ground = behind_a_fence(1, 5, 40, 60);
  const Line line = {{50, 10}, {46, 10}, {46, 15}};
  ground.gates[0].queues.push_back({.name = "", .line = line, .span = {}});
  Simulation simulation = simulate(ground, people_of(ground));
  std::vector<std::uint32_t> passed;
  watch_passing(simulation, passed);
  run(simulation, 40, 90);
  std::vector<Queued> on_it;
  std::vector<std::uint32_t> behind;
  for (const Queued& each : queued(simulation, line)) {
    if (each.along_m < 7.5) {
      on_it.push_back(each);
      EXPECT_LT(each.away_m, 0.45) << "beside the queue, not behind it";
    } else {
      behind.push_back(each.person);
      EXPECT_LT(each.away_m, 4);
    }
  }
  EXPECT_GE(on_it.size(), 11U);
  EXPECT_GT(behind.size(), 5U);
  run(simulation, 40, 400);
  EXPECT_EQ(simulation.counts().out, 40U);
  ASSERT_EQ(passed.size(), 40U);
  expect_in_order(on_it, passed, 0);
  const auto rank = [&](std::uint32_t person) {
    return std::find(passed.begin(), passed.end(), person) - passed.begin();
  };
  for (const std::uint32_t person : behind) EXPECT_GT(rank(person), rank(on_it.back().person));
  // Those behind it have no places: who presses nearer may come before who has waited longer.
  double late = 0;
  for (std::uint32_t k = 0; k < 40; ++k) late += std::abs(double(passed[k]) - k) / 40;
  EXPECT_LT(late, 5);
}

}  // namespace
}  // namespace defilada::crowd
