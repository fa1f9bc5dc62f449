// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// Grounds and runs for the tests of the simulation.
namespace defilada::crowd::test {

inline geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

inline Ground room(double width_m, double depth_m) {
  Ground ground;
  ground.levels.push_back({"", 0, {rectangle(0, 0, width_m, depth_m)}, {}});
  return ground;
}

inline void add_exit(Ground& ground, Vec2 from, Vec2 to) {
  Exit exit;
  exit.shape = Line{from, to};
  ground.exits.push_back(exit);
}

inline void add_start(Ground& ground, geo::Polygon polygon, std::int64_t agents, double to_s = 0) {
  StartArea start;
  start.name = "start";
  start.polygon = std::move(polygon);
  start.agents = agents;
  start.to_s = to_s;
  ground.starts.push_back(start);
}

/// Everybody of the starts, each with the same profile.
inline std::vector<Person> people_of(const Ground& ground, double speed_mps = 1.34,
                                     double sd = 0.0) {
  Population population = pedestrians();
  population.kinds.front().speed = {speed_mps, sd, sd > 0 ? 0.6 : speed_mps,
                                    sd > 0 ? 2.1 : speed_mps + 1e-6};
  auto people = people_of_starts(ground, population, 1);
  EXPECT_TRUE(people);
  return std::move(*people);
}

inline Simulation simulate(const Ground& ground, std::vector<Person> people,
                           std::vector<Stage> stages = {}, const SimulationOptions& options = {}) {
  if (stages.empty()) stages.push_back(leave(ground));
  auto simulation = Simulation::make(ground, std::move(people), {{std::move(stages)}}, options);
  EXPECT_TRUE(simulation);
  return std::move(*simulation);
}

inline void expect_conserved(const Simulation& simulation, std::uint64_t people) {
  const Counts c = simulation.counts();
  ASSERT_EQ(c.to_come + c.walking + c.standing + c.out, people);
  ASSERT_EQ(c.walking, simulation.walking().size);
  ASSERT_EQ(c.standing, simulation.standing().size);
}

/// Until nobody is left or so many seconds; people are conserved all the time.
inline void run(Simulation& simulation, std::uint64_t people, double until_s) {
  while (!simulation.finished() && simulation.time_s() < until_s) {
    simulation.step();
    expect_conserved(simulation, people);
  }
}

}  // namespace defilada::crowd::test
