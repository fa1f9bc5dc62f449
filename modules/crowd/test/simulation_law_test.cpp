// SPDX-License-Identifier: MIT
// What holds of any run: bodies apart, across landings too; everybody leaves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "crowd_scene.hpp"
#include "defilada/crowd/simulation.hpp"
#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::add_exit;
using test::expect_conserved;
using test::people_of;
using test::rectangle;
using test::room;
using test::simulate;

/// Two rooms on two levels and a stair, half of the people up, half down: bodies keep apart across
/// the landing as on one level, some of them stand there at first.
TEST(Simulation, PeopleOfTwoLevelsKeepApartAtALanding) {
  Ground ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 8, 8)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(14, 0, 22, 8)}, {}});
  Stair stair;
  stair.polygon = rectangle(8, 3, 14, 5);
  stair.speed_factor = 0.5;
  const Segment landing = {{14, 3}, {14, 5}};
  stair.join = Stair::Join{1, landing};
  ground.stairs.push_back(stair);
  for (const LevelId level : {LevelId{0}, LevelId{1}}) {
    Exit exit;
    exit.level = level;
    exit.shape = level == 0 ? Line{{0, 2}, {0, 6}} : Line{{22, 2}, {22, 6}};
    ground.exits.push_back(exit);
    StartArea start;
    start.level = level;
    start.polygon = level == 0 ? rectangle(1, 1, 7, 7) : rectangle(14.2, 1, 20, 7);
    start.agents = 40;
    ground.starts.push_back(start);
  }
  std::vector<Person> people = people_of(ground, 1.34, 0.26);
  ASSERT_EQ(people.size(), 80U);
  for (std::size_t k = 0; k < people.size(); ++k) {
    people[k].journey = k < 40 ? 1 : 0;
    people[k].premovement_s = k % 4 == 0 ? 20 : 0;
  }
  for (const Model& model :
       {Model{AnticipationVelocity{}}, Model{CollisionFreeSpeed{}}, Model{ReciprocalAvoidance{}}}) {
    SimulationOptions options;
    options.model = model;
    auto made = Simulation::make(ground, people, {{{leave_by({0})}}, {{leave_by({1})}}}, options);
    ASSERT_TRUE(made);
    Simulation& simulation = *made;
    std::size_t across = 0;
    while (!simulation.finished() && simulation.time_s() < 120) {
      simulation.step();
      struct Body {
        Vec2 at;
        LevelId level;
      };
      std::vector<Body> bodies;
      for (const Columns* c : {&simulation.walking(), &simulation.standing()}) {
        for (std::size_t i = 0; i < c->size; ++i) {
          const Vec2 at = {to_metres(c->x[i]), to_metres(c->y[i])};
          if (std::abs(at.x - landing.from.x) < 2) bodies.push_back({at, c->level[i]});
        }
      }
      for (std::size_t i = 0; i < bodies.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          ASSERT_GT(geo::length(bodies[i].at - bodies[j].at), 0.4 - Kernel::kOverlap_m)
              << bodies[i].level << bodies[j].level << " at " << simulation.time_s();
          across += bodies[i].level != bodies[j].level ? 1U : 0U;
        }
      }
    }
    EXPECT_GT(across, 1000U) << model.index();
  }
}

/// The law of a run, for any model and density up to 6 per m2 in a room with obstacles: no body in
/// a wall or in another, people are conserved, everybody leaves.
class AnyModel : public testing::TestWithParam<Model> {};

TEST_P(AnyModel, EverybodyLeavesAndNobodyIsEverInAWallOrABody) {
  for (const double per_m2 : {1.0, 3.0, 6.0}) {
    Ground ground = room(9, 7);
    ground.levels[0].obstacles.push_back(rectangle(4, 2, 4.6, 3));
    ground.levels[0].obstacles.push_back({{{6, 4.5}, {7, 4.8}, {6.3, 5.6}}, {}});
    add_exit(ground, {9, 2.5}, {9, 4});
    add_exit(ground, {1, 7}, {2.2, 7});
    const std::vector<Segment> walls_there = walls(ground, 0);
    std::vector<Person> people;
    for (const test::Body& body : test::lattice({0, 0}, {9, 7}, per_m2, 1000, 3)) {
      const auto clear = [&](const Segment& wall) {
        return geo::length(test::nearest_point(wall, body.place) - body.place) > 0.201;
      };
      if (!walkable(ground, 0, body.place) ||
          !std::all_of(walls_there.begin(), walls_there.end(), clear)) {
        continue;
      }
      Person person;
      person.place = body.place;
      person.profile = draw(pedestrians(), 4, static_cast<std::uint32_t>(people.size()));
      people.push_back(person);
    }
    ASSERT_GT(static_cast<double>(people.size()), 40 * per_m2);
    SimulationOptions options;
    options.model = GetParam();
    Simulation simulation = simulate(ground, people, {}, options);
    while (!simulation.finished() && simulation.time_s() < 400) {
      simulation.step();
      expect_conserved(simulation, people.size());
      if (simulation.steps() % 10 != 1) continue;
      const Columns& c = simulation.walking();
      for (std::size_t i = 0; i < c.size; ++i) {
        const Vec2 at = test::place(c, i);
        for (const Segment& wall : walls_there) {
          ASSERT_GT(geo::length(test::nearest_point(wall, at) - at), 0.2 - Kernel::kOverlap_m);
        }
        for (std::size_t j = 0; j < i; ++j) {
          ASSERT_GT(geo::length(test::place(c, j) - at), 0.4 - Kernel::kOverlap_m);
        }
      }
    }
    EXPECT_EQ(simulation.counts().out, people.size()) << per_m2 << " per m2";
  }
}

INSTANTIATE_TEST_SUITE_P(Simulation, AnyModel,
                         testing::Values(Model{AnticipationVelocity{}}, Model{CollisionFreeSpeed{}},
                                         Model{ReciprocalAvoidance{}}),
                         test::model_name);

}  // namespace
}  // namespace defilada::crowd
