// SPDX-License-Identifier: MIT
#include "defilada/crowd/measure.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

Simulation walkers(std::vector<Person> people, double width_m, double depth_m,
                   std::vector<Gate> gates = {}) {
  Ground ground;
  ground.levels.push_back({"", 0, {rectangle(0, 0, width_m, depth_m)}, {}});
  Exit exit;
  exit.shape = Line{{width_m, 0}, {width_m, depth_m}};
  ground.exits.push_back(exit);
  ground.gates = std::move(gates);
  Journey journey = {{leave(ground)}};
  auto simulation = Simulation::make(ground, std::move(people), {journey});
  EXPECT_TRUE(simulation);
  return std::move(*simulation);
}

Person at(double x, double y, double speed_mps = 1.3) {
  Person person;
  person.place = {x, y};
  person.profile.free_speed_mps = static_cast<float>(speed_mps);
  return person;
}

TEST(Measure, LevelsOfServiceAreFruins) {
  EXPECT_EQ(letter(level_of_service(0)), 'A');
  EXPECT_EQ(letter(level_of_service(0.30)), 'A');
  EXPECT_EQ(letter(level_of_service(0.32)), 'B');
  EXPECT_EQ(letter(level_of_service(0.5)), 'C');
  EXPECT_EQ(letter(level_of_service(1.0)), 'D');
  EXPECT_EQ(letter(level_of_service(2.0)), 'E');
  EXPECT_EQ(letter(level_of_service(2.2)), 'F');
}

/// Weidmann's peak: 1.22 persons per metre and second at 1.75 per m2.
TEST(Measure, WeidmannsDiagramHasItsPeak) {
  double best = 0;
  double best_at = 0;
  for (double density = 0.05; density < 5.4; density += 0.01) {
    const double flow = density * weidmann_speed_mps(density);
    if (flow > best) {
      best = flow;
      best_at = density;
    }
  }
  EXPECT_NEAR(best, 1.22, 0.01);
  EXPECT_NEAR(best_at, 1.75, 0.05);
  EXPECT_EQ(weidmann_speed_mps(5.4), 0);
  EXPECT_EQ(weidmann_speed_mps(0), 1.34);
}

TEST(Measure, ALineCountsEachWayAndTellsFlowAndSpeed) {
  // Thirty in single file, 1.3 m apart, at 1.3 m/s: one a second.
  std::vector<Person> people;
  for (int k = 0; k < 30; ++k) people.push_back(at(1 + 1.5 * k, 2));
  Simulation simulation = walkers(people, 60, 4);
  LineCounter right(0, {{50, 4}, {50, 0}});
  LineCounter left(0, {{50, 0}, {50, 4}});
  LineCounter beside(0, {{50, 3}, {50, 4}});
  simulation.observe([&](const Simulation::Moved& moved) {
    right.see(moved), left.see(moved), beside.see(moved);
  });
  while (!simulation.finished() && simulation.time_s() < 100) simulation.step();
  EXPECT_EQ(right.net(), -30);
  EXPECT_EQ(left.net(), 30);
  EXPECT_EQ(beside.net(), 0);
  EXPECT_NEAR(left.speed_mps(0, 100), 1.3, 0.02);
  EXPECT_NEAR(left.flow_per_m_s(10, 30), 1.3 / 1.5 / 4, 0.02);
  EXPECT_EQ(left.speed_mps(200, 300), 0);
}

/// Closed form: on a square lattice every cell is a square.
TEST(Measure, VoronoiCellsOfALatticeAreItsSquares) {
  std::vector<Standpoint> people;
  for (int x = 0; x < 9; ++x) {
    for (int y = 0; y < 9; ++y) people.push_back({{0.8 * x, 0.8 * y}, {}, 0});
  }
  const std::vector<double> areas = voronoi_areas_m2(people, 2, 0.05);
  EXPECT_NEAR(areas[40], 0.64, 0.01);
  EXPECT_NEAR(voronoi_density_per_m2(people, rectangle(2, 2, 4.5, 4.2), 0.05), 1 / 0.64, 0.03);
  // A cell at the edge ends at the cut-off.
  const double alone = voronoi_areas_m2({{{{0, 0}, {}, 0}}}, 1, 0.02).front();
  EXPECT_NEAR(alone, M_PI, 0.02);
  EXPECT_TRUE(voronoi_areas_m2({}, 1).empty());
}

/// The cells share out the ground.
TEST(Measure, VoronoiCellsShareOutTheGround) {
  Random random(4, 0, 0);
  std::vector<Standpoint> people;
  for (std::uint32_t k = 0; k < 60; ++k) {
    const double x = random.uniform(0, 8);
    people.push_back({{x, random.uniform(0, 5)}, {}, k});
  }
  Ground ground;
  ground.levels.push_back({"", 0, {rectangle(0, 0, 8, 5)}, {}});
  const auto grid = FieldGrid::make(ground);
  ASSERT_TRUE(grid);
  const std::vector<double> areas = voronoi_areas_m2(people, 5, 0.05, &*grid);
  EXPECT_NEAR(std::accumulate(areas.begin(), areas.end(), 0.0), 40, 0.5);
}

TEST(Measure, OccupancyAndClearanceAreCounted) {
  Simulation simulation = walkers({at(1, 1), at(3, 1), at(5, 1), at(7, 1)}, 20, 3);
  EXPECT_EQ(occupancy(simulation, 0, rectangle(2, 0, 6, 3)), 2U);
  EXPECT_TRUE(std::isinf(clearance_s(simulation, 0.25)));
  while (!simulation.finished()) simulation.step();
  EXPECT_NEAR(clearance_s(simulation, 0.25), 13 / 1.3, 0.3);
  EXPECT_NEAR(clearance_s(simulation, 0.5), 15 / 1.3, 0.3);
  EXPECT_NEAR(clearance_s(simulation), 19 / 1.3, 0.4);
}

}  // namespace
}  // namespace defilada::crowd
