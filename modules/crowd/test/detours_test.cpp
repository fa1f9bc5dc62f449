// SPDX-License-Identifier: MIT
#include "detours.hpp"

#include <gtest/gtest.h>

#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::rectangle;

/// Cells that a sloping wall cuts have the way of their centre's side, which leads the other way:
/// who walks along the wall is not led to and fro by it.
TEST(Simulation, WhoWalksAlongASlopingWallGetsOn) {
  Ground ground = test::room(30, 20);
  ground.barriers.push_back({.name = "",
                             .level = 0,
                             .line = {{2, 17.3}, {26, 4.1}, {26, 0}},
                             .one_way = false,
                             .span = {}});
  test::add_exit(ground, {30, 2}, {30, 6});
  SimulationOptions options;
  options.grid.cell_m = 0.5;
  std::vector<Person> people;
  for (double x = 4; x < 25; x += 0.7) {
    Person person;
    person.profile.free_speed_mps = 0.85F;
    person.place = {x, 17.3 - (x - 2) * 13.2 / 24 + 0.24};
    people.push_back(person);
  }
  const std::size_t all = people.size();
  Simulation simulation = test::simulate(ground, people, {}, options);
  test::run(simulation, all, 120);
  EXPECT_EQ(simulation.counts().out, all);
}

/// Before that door nobody is turned towards the far one, wherever a jam is: the coarse ways there
/// are no ways of the fine field. Where both agree a jam turns people.
TEST(Detours, TurnNobodyWhereTheCoarseGridLosesTheDoor) {
  const auto two_rooms = [](double door_y) {
    Ground ground;
    ground.levels.push_back(
        {"",
         0,
         {rectangle(0, 0, 150, 300), rectangle(150, door_y - 0.35, 150.2, door_y + 0.35),
          rectangle(150, 280, 150.2, 290), rectangle(150.2, 0, 300, 300)},
         {}});
    return ground;
  };
  const Destination out = {{{0, Line{{300, 10}, {300, 30}}, 0}}};
  GridOptions coarse;
  coarse.nodes_max = 120'000;
  const auto cells = FieldGrid::make(two_rooms(20), coarse);
  ASSERT_TRUE(cells);
  // Midway between the centres of two rows of cells.
  const double door_y = cells->centre(cells->node(0, 10, 20)).y + 0.5 * cells->cell_m();
  const Ground ground = two_rooms(door_y);
  const auto grid = FieldGrid::make(ground);
  ASSERT_TRUE(grid);
  const auto fine = travel_times(*grid, out);
  ASSERT_TRUE(fine);
  const Field* const fields[] = {&*fine};
  auto detours = Detours::make(ground, {}, {out}, fields);
  ASSERT_TRUE(detours);
  ASSERT_EQ(detours->grid().cell_m(), cells->cell_m());
  const auto lost = travel_times(detours->grid(), out);
  ASSERT_TRUE(lost);
  ASSERT_GT(lost->time(0, 140, 20), 2 * fine->time(0, 140, 20));
  std::vector<float> speed(detours->grid().size(), 1);
  for (FieldGrid::Node node = 0; node < speed.size(); ++node) {
    const Vec2 at = detours->grid().centre(node);
    // Across the coarse way from the near door to the far one, and before the exit.
    const bool up = at.x > 110 && at.x < 150 && at.y > 60 && at.y < 120;
    const bool before_exit = at.x > 240 && at.x < 260 && at.y > 0 && at.y < 60;
    if (up || before_exit) speed[node] = 0.05F;
  }
  detours->solve(speed);
  const auto turned = [&](double x, double y) {
    const Direction way = detours->turned(0, 0, {x, y}, {1, 0});
    return way.x != 1 || way.y != 0;
  };
  int turns = 0;
  for (double x = 100; x < 149; x += 2) {
    for (double y = 2; y < 58; y += 2) turns += turned(x, y) ? 1 : 0;
  }
  EXPECT_EQ(turns, 0);
  int round_the_jam = 0;
  for (double x = 200; x < 238; x += 2) {
    for (double y = 10; y < 58; y += 2) round_the_jam += turned(x, y) ? 1 : 0;
  }
  EXPECT_GT(round_the_jam, 20);
}

}  // namespace
}  // namespace defilada::crowd
