// SPDX-License-Identifier: MIT
#include "defilada/crowd/simulation.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "defilada/core/random.hpp"
#include "routes.hpp"
#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::add_exit;
using test::add_start;
using test::expect_conserved;
using test::people_of;
using test::rectangle;
using test::room;
using test::run;
using test::simulate;

/// RiMEA 4.1.1 test 1.
TEST(Simulation, OnePersonKeepsHisSpeedInACorridor) {
  Ground ground = room(40, 2);
  add_exit(ground, {40, 0}, {40, 2});
  Person person;
  person.profile.free_speed_mps = 1.33F;
  person.place = {0.3, 1};
  person.premovement_s = 1;
  Simulation simulation = simulate(ground, {person});
  run(simulation, 1, 60);
  EXPECT_NEAR(simulation.left_s()[0], 1 + 39.6 / 1.33, 0.2);
  EXPECT_EQ(simulation.exits()[0].persons, 1U);
}

TEST(Simulation, EverybodyWhoCanLeaveLeavesAndPeopleAreConserved) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    Ground ground = room(20, 15);
    Random random(seed, 0, 0);
    for (int k = 0; k < 5; ++k) {
      const double x = random.uniform(9, 17);
      const double y = random.uniform(1, 13);
      ground.levels[0].obstacles.push_back(
          rectangle(x, y, x + random.uniform(0.2, 1.5), y + random.uniform(0.2, 1.5)));
    }
    add_exit(ground, {20, 7}, {20, 8});
    add_exit(ground, {3, 15}, {4.5, 15});
    add_start(ground, rectangle(0.5, 0.5, 8, 14.5), 200);
    SimulationOptions options;
    options.seed = seed;
    Simulation simulation = simulate(ground, people_of(ground, 1.34, 0.26), {}, options);
    run(simulation, 200, 300);
    EXPECT_EQ(simulation.counts().out, 200U) << "seed " << seed;
    EXPECT_EQ(simulation.exits()[0].persons + simulation.exits()[1].persons, 200U);
  }
}

/// Published: 1.3 (hand calculation of the maritime guideline) to 1.9 P/(m s) (experiments of
/// Seyfried and others, Transportation Science 43, 2009) for a door of one metre.
TEST(Simulation, TheFlowThroughADoorIsThatOfExperiments) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    Ground ground = room(10, 10);
    ground.levels[0].walkable.push_back(rectangle(10, 4.5, 10.2, 5.5));
    ground.levels[0].walkable.push_back(rectangle(10.2, 0, 16, 10));
    add_exit(ground, {16, 0}, {16, 10});
    add_start(ground, rectangle(0, 0, 10, 10), 150);
    SimulationOptions options;
    options.seed = seed;
    std::vector<Person> people = people_of(ground, 1.34, 0.26);
    Simulation simulation = simulate(ground, people, {}, options);
    std::vector<double> passed;
    std::set<std::uint32_t> seen;
    simulation.observe([&](const Simulation::Moved& moved) {
      for (std::size_t i = 0; i < moved.was_x.size(); ++i) {
        const bool passes =
            to_metres(moved.was_x[i]) < 10.1 && to_metres(moved.walking.x[i]) >= 10.1;
        // Who steps back and passes again counts once.
        if (passes && seen.insert(moved.walking.person[i]).second) passed.push_back(moved.time_s);
      }
    });
    run(simulation, 150, 300);
    ASSERT_EQ(passed.size(), 150U);
    const double flow = 90 / (passed[119] - passed[29]);
    EXPECT_GT(flow, 1.2) << "seed " << seed;
    EXPECT_LT(flow, 1.9) << "seed " << seed;
  }
}

/// Who leaves is seen for a moment longer: an exit is as wide as a door with a corridor behind.
TEST(Simulation, TheFlowThroughAnExitIsThatThroughADoor) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    Ground ground = room(8, 5);
    add_exit(ground, {8, 2}, {8, 3});
    add_start(ground, rectangle(0.2, 0.2, 7.6, 4.8), 100);
    SimulationOptions options;
    options.seed = seed;
    Simulation simulation = simulate(ground, people_of(ground, 1.34, 0.26), {}, options);
    run(simulation, 100, 300);
    ASSERT_EQ(simulation.counts().out, 100U);
    std::vector<float> left(simulation.left_s().begin(), simulation.left_s().end());
    std::sort(left.begin(), left.end());
    const double flow = 60 / double{left[79] - left[19]};
    EXPECT_GT(flow, 1.3) << "seed " << seed;
    EXPECT_LT(flow, 2.0) << "seed " << seed;
  }
}

/// A crowd that passes along an exit 8 m wide to another one: some are turned or pressed through.
TEST(Simulation, WhoIsPressedThroughAnExitThatIsNotHisIsOut) {
  Ground ground = room(10, 10);
  add_exit(ground, {0, 1}, {0, 9});
  add_exit(ground, {0, 10}, {1.5, 10});
  add_start(ground, rectangle(0.2, 0.5, 3.5, 8), 120);
  Simulation simulation = simulate(ground, people_of(ground, 1.34, 0.26), {leave_by({1})});
  while (!simulation.finished() && simulation.time_s() < 300) {
    simulation.step();
    expect_conserved(simulation, 120);
    const Columns& c = simulation.walking();
    for (std::size_t i = 0; i < c.size; ++i) {
      ASSERT_TRUE(walkable(ground, 0, {to_metres(c.x[i]), to_metres(c.y[i])}));
    }
  }
  EXPECT_EQ(simulation.counts().out, 120U);
  EXPECT_GT(simulation.exits()[0].persons, 0U);
  EXPECT_GT(simulation.exits()[1].persons, 60U);
}

TEST(Simulation, AnExitLetsOutNoMoreThanItMay) {
  Ground ground = room(12, 8);
  add_exit(ground, {12, 2}, {12, 6});
  ground.exits[0].persons_per_second = 0.5;
  add_start(ground, rectangle(1, 1, 8, 7), 20);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 20, 120);
  const Passage& passage = simulation.exits()[0];
  EXPECT_EQ(passage.persons, 20U);
  EXPECT_NEAR(passage.last_s - passage.first_s, 19 / 0.5, 1.5);
}

TEST(Simulation, WhoWaitsStandsOnASpotAndCostsNothing) {
  Ground ground = room(40, 20);
  add_exit(ground, {0, 8}, {0, 12});
  add_start(ground, rectangle(1, 5, 12, 15), 80);
  std::vector<Stage> stages;
  stages.push_back(wait_in(0, rectangle(28, 4, 38, 16), 100));
  stages.push_back(leave(ground));
  Simulation simulation = simulate(ground, people_of(ground), stages);
  while (simulation.time_s() < 90) {
    simulation.step();
    expect_conserved(simulation, 80);
  }
  EXPECT_EQ(simulation.counts().standing, 80U);
  const std::uint64_t before = simulation.agent_steps();
  while (simulation.time_s() < 99) simulation.step();
  EXPECT_EQ(simulation.agent_steps(), before);
  std::set<std::pair<Fixed, Fixed>> places;
  const Columns& c = simulation.standing();
  for (std::size_t i = 0; i < c.size; ++i) {
    places.insert({c.x[i], c.y[i]});
    EXPECT_TRUE(
        geo::contains(rectangle(27.8, 3.8, 38.2, 16.2), {to_metres(c.x[i]), to_metres(c.y[i])}));
  }
  EXPECT_EQ(places.size(), 80U);
  run(simulation, 80, 300);
  EXPECT_EQ(simulation.counts().out, 80U);
  for (const float left : simulation.left_s()) EXPECT_GT(left, 100 + 27 / 1.35);
}

/// Everybody to his place in an area, two a second; when the last stands, after he came.
double seated_after_s(const geo::Polygon& area, Vec2 look_at, double spacing_m,
                      std::int64_t people) {
  Ground ground = room(40, 30);
  add_exit(ground, {0, 0}, {0, 30});
  add_start(ground, rectangle(1, 1, 39, 4), people, static_cast<double>(people) / 2);
  Stage seat = wait_in(0, area, 1e6);
  seat.look_at = look_at;
  seat.spacing_m = spacing_m;
  Simulation simulation =
      simulate(ground, people_of(ground, 1.34, 0.2), {std::move(seat), leave(ground)});
  while (simulation.time_s() < static_cast<double>(people) / 2 + 600 &&
         simulation.counts().standing < static_cast<std::uint64_t>(people)) {
    simulation.step();
  }
  expect_conserved(simulation, static_cast<std::uint64_t>(people));
  const Columns& c = simulation.standing();
  for (std::size_t i = 0; i < c.size; ++i) {
    EXPECT_TRUE(reached(Shape(area), {}, {to_metres(c.x[i]), to_metres(c.y[i])}, 0.3));
  }
  EXPECT_EQ(simulation.counts().standing, static_cast<std::uint64_t>(people));
  return simulation.time_s() - static_cast<double>(people) / 2;
}

/// Who comes late finds the way to the places at the back shut by those who came early.
TEST(Simulation, AnAreaIsFilledToItsLastSpotThoughThoseAtItsEdgeCameFirst) {
  // 8 x 8 m with a spot each 0.6 m: 13 rows of 15 or 14.
  EXPECT_LT(seated_after_s(rectangle(16, 12, 24, 20), {20, 12}, 0.6, 195), 450);
}

/// The nearest way in is one leg; half of the spots are in the other, across open ground.
TEST(Simulation, AnAreaOfTwoLegsIsFilledFromEither) {
  const geo::Polygon legs = {{{8, 8}, {14, 8}, {18, 16}, {22, 8}, {28, 8}, {28, 24}, {8, 24}}, {}};
  EXPECT_LT(seated_after_s(legs, {18, 30}, 0.8, 350), 80);
}

TEST(Simulation, AShutCrossingIsWaitedAtAndCrossedWhenItOpens) {
  Ground ground = room(40, 10);
  Closure closure;
  closure.shape = Line{{20, 0}, {20, 10}};
  closure.shut = {{0, 60}};
  ground.closures.push_back(closure);
  add_exit(ground, {40, 3}, {40, 7});
  add_start(ground, rectangle(1, 1, 9, 9), 40);
  Simulation simulation = simulate(ground, people_of(ground));
  std::size_t at_the_line = 0;
  while (simulation.time_s() < 59) {
    simulation.step();
    at_the_line = 0;
    for (std::size_t i = 0; i < simulation.walking().size; ++i) {
      const double x = to_metres(simulation.walking().x[i]);
      ASSERT_LT(x, 20 - 0.2 + Kernel::kOverlap_m);
      at_the_line += x > 14 ? 1U : 0U;
    }
  }
  EXPECT_EQ(at_the_line, 40U);
  run(simulation, 40, 200);
  EXPECT_EQ(simulation.counts().out, 40U);
}

/// NIST TN 1822, verification 4.1.
TEST(Simulation, WhoseExitShutsForGoodLeavesByAnother) {
  Ground ground = room(20, 10);
  add_exit(ground, {0, 4}, {0, 6});
  add_exit(ground, {20, 4}, {20, 6});
  ground.exits[0].shut = {{2, std::numeric_limits<double>::infinity()}};
  add_start(ground, rectangle(4, 2, 8, 8), 20);
  Simulation simulation = simulate(ground, people_of(ground));
  run(simulation, 20, 100);
  EXPECT_EQ(simulation.exits()[0].persons, 0U);
  EXPECT_EQ(simulation.exits()[1].persons, 20U);
}

TEST(Simulation, StairsSlowAndLeadToAnotherLevel) {
  Ground ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 10, 4)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(20, 0, 30, 4)}, {}});
  Stair stair;
  stair.polygon = rectangle(10, 1, 20, 3);
  stair.speed_factor = 0.5;
  stair.join = Stair::Join{1, {{20, 1}, {20, 3}}};
  ground.stairs.push_back(stair);
  Exit exit;
  exit.level = 1;
  exit.shape = Line{{30, 0}, {30, 4}};
  ground.exits.push_back(exit);
  Person person;
  person.profile.free_speed_mps = 1;
  person.place = {2, 2};
  Simulation simulation = simulate(ground, {person});
  run(simulation, 1, 100);
  // 8 m on the level, 10 m at half the speed, 10 m on the level.
  EXPECT_NEAR(simulation.left_s()[0], 8 + 20 + 10, 1.0);
}

TEST(Simulation, SharesAreKept) {
  Ground ground = room(40, 20);
  add_exit(ground, {0, 5}, {0, 15});
  add_exit(ground, {40, 5}, {40, 15});
  ground.exits[0].share = 0.2;
  ground.exits[1].share = 0.8;
  add_start(ground, rectangle(5, 2, 35, 18), 400);
  Simulation simulation = simulate(ground, people_of(ground), {leave(ground, Choice::share)});
  run(simulation, 400, 200);
  // Three standard deviations of a binomial.
  EXPECT_NEAR(static_cast<double>(simulation.exits()[0].persons), 80, 24);
  EXPECT_EQ(simulation.exits()[0].persons + simulation.exits()[1].persons, 400U);
}

/// RiMEA 4.1.1 test 11: the nearer exit is preferred, some take the farther.
TEST(Simulation, WhoLooksForTheQuickestWayGoesRoundAJam) {
  const auto persons = [](Choice choice) {
    Ground ground = room(30, 20);
    add_exit(ground, {21.5, 0}, {22.5, 0});
    add_exit(ground, {27.5, 0}, {28.5, 0});
    add_start(ground, rectangle(0, 0, 15, 20), 300);
    Simulation simulation = simulate(ground, people_of(ground), {leave(ground, choice)});
    run(simulation, 300, 600);
    EXPECT_EQ(simulation.counts().out, 300U);
    return std::pair{simulation.exits()[1].persons, simulation.time_s()};
  };
  const auto [straight, long_s] = persons(Choice::nearest);
  const auto [round, short_s] = persons(Choice::quickest);
  EXPECT_LT(straight, 30U);
  EXPECT_GT(round, 60U);
  EXPECT_LT(round, 170U);
  EXPECT_LT(short_s, 0.8 * long_s);
}

/// By the shortest ways everybody presses on the near end of a wide exit.
TEST(Simulation, AWideExitIsUsedInItsWholeWidth) {
  const auto seconds = [](Choice choice) {
    Ground ground = room(40, 60);
    add_exit(ground, {0, 5}, {0, 20});
    add_start(ground, rectangle(1, 40, 15, 59), 600);
    std::vector<Stage> stages = {leave(ground, choice)};
    Simulation simulation = simulate(ground, people_of(ground, 1.34, 0.2), std::move(stages));
    run(simulation, 600, 400);
    EXPECT_EQ(simulation.counts().out, 600U);
    return simulation.exits()[0].last_s;
  };
  EXPECT_LT(seconds(Choice::quickest), 0.8 * seconds(Choice::nearest));
}

/// On a large ground jams are looked at in cells in which the near door is lost.
TEST(Simulation, ADoorThatIsNarrowerThanTheCellsOfDetoursIsKnown) {
  Ground ground;
  ground.levels.push_back({"",
                           0,
                           {rectangle(0, 0, 150, 300), rectangle(150, 20.1, 150.2, 20.8),
                            rectangle(150, 280, 150.2, 290), rectangle(150.2, 0, 300, 300)},
                           {}});
  add_exit(ground, {300, 10}, {300, 30});
  add_start(ground, rectangle(130, 15, 140, 25), 30);
  // A jam elsewhere, so that detours are looked for at all.
  add_exit(ground, {0, 200}, {0, 200.8});
  add_start(ground, rectangle(0.5, 195, 10, 205), 150);
  std::vector<Person> people = people_of(ground);
  std::vector<Journey> journeys = {{{leave_by({0}, Choice::quickest)}},
                                   {{leave_by({1}, Choice::quickest)}}};
  for (Person& person : people) person.journey = person.place.x < 100 ? 1 : 0;
  auto simulation = Simulation::make(ground, people, journeys);
  ASSERT_TRUE(simulation);
  while (simulation->exits()[0].persons < 30 && simulation->time_s() < 300) simulation->step();
  EXPECT_EQ(simulation->exits()[0].persons, 30U);
}

TEST(Simulation, PeopleComeOverTimeAndWhereThereIsRoom) {
  Ground ground = room(30, 6);
  add_exit(ground, {30, 1}, {30, 5});
  add_start(ground, rectangle(1, 1, 4, 5), 60, 120);
  Simulation simulation = simulate(ground, people_of(ground));
  for (double t = 20; t <= 100; t += 20) {
    while (simulation.time_s() < t) simulation.step();
    const double came = 60 - static_cast<double>(simulation.counts().to_come);
    EXPECT_NEAR(came, t / 2, 2);
  }
  run(simulation, 60, 300);
  EXPECT_EQ(simulation.counts().out, 60U);
}

TEST(Simulation, AnEvacuationSendsThoseWhoStandToo) {
  Ground ground = room(30, 10);
  add_exit(ground, {0, 3}, {0, 7});
  add_exit(ground, {30, 3}, {30, 7});
  add_start(ground, rectangle(1, 1, 8, 9), 30);
  std::vector<Person> people = people_of(ground);
  Journey watch;
  watch.stages.push_back(wait_in(0, rectangle(12, 1, 18, 9), 1000));
  watch.stages.push_back(leave(ground));
  const Journey flee = {{leave_by({1})}};
  auto made = Simulation::make(ground, people, {watch, flee});
  ASSERT_TRUE(made);
  Simulation& simulation = *made;
  while (simulation.time_s() < 60) simulation.step();
  ASSERT_EQ(simulation.counts().standing, 30U);
  simulation.send([](std::uint32_t) { return std::optional<std::uint16_t>(1); });
  run(simulation, 30, 120);
  EXPECT_EQ(simulation.exits()[1].persons, 30U);
  EXPECT_LT(simulation.time_s(), 100);
}

/// Who is sent from one wait to another keeps the second one's time, not the first one's.
TEST(Simulation, WhoIsSentToWaitElsewhereWaitsThere) {
  Ground ground = room(30, 10);
  add_exit(ground, {30, 3}, {30, 7});
  add_start(ground, rectangle(1, 1, 8, 9), 12);
  const auto watch = [&](double x, double until_s) {
    return Journey{{wait_in(0, rectangle(x, 1, x + 6, 9), until_s), leave(ground)}};
  };
  auto made = Simulation::make(ground, people_of(ground), {watch(9, 100), watch(18, 200)});
  ASSERT_TRUE(made);
  Simulation& simulation = *made;
  while (simulation.time_s() < 60) simulation.step();
  ASSERT_EQ(simulation.counts().standing, 12U);
  simulation.send([](std::uint32_t) { return std::optional<std::uint16_t>(1); });
  while (simulation.time_s() < 90) simulation.step();
  ASSERT_EQ(simulation.counts().standing, 12U);
  while (simulation.time_s() < 199) {
    simulation.step();
    ASSERT_EQ(simulation.counts().standing, 12U) << "at " << simulation.time_s() << " s";
  }
  run(simulation, 12, 260);
  EXPECT_EQ(simulation.counts().out, 12U);
}

std::uint64_t hash_of_a_run(const SimulationOptions& options) {
  Ground ground = room(30, 20);
  ground.levels[0].obstacles.push_back(rectangle(12, 6, 13, 14));
  add_exit(ground, {30, 9}, {30, 11});
  add_exit(ground, {10, 20}, {12, 20});
  add_start(ground, rectangle(1, 1, 11, 19), 250);
  add_start(ground, rectangle(14, 1, 18, 5), 50, 10);
  std::vector<Stage> stages;
  stages.push_back(leave(ground, Choice::quickest));
  Simulation simulation = simulate(ground, people_of(ground, 1.34, 0.26), stages, options);
  while (simulation.time_s() < 25) simulation.step();
  EXPECT_GT(simulation.counts().out, 20U);
  EXPECT_GT(simulation.counts().inside(), 50U);
  return simulation.state_hash();
}

TEST(Simulation, SameBitsForAnyNumberOfThreadsAndForTheReference) {
  const tbb::global_control threads_allowed(tbb::global_control::max_allowed_parallelism, 4);
  SimulationOptions options;
  options.threads = 1;
  const std::uint64_t reference = hash_of_a_run(options);
  for (const int threads : {2, 3, 4}) {
    options.threads = threads;
    EXPECT_EQ(hash_of_a_run(options), reference) << threads << " threads";
  }
  options.scalar = true;
  EXPECT_EQ(hash_of_a_run(options), reference) << "scalar";
  options.seed = 2;
  EXPECT_NE(hash_of_a_run(options), reference) << "another seed";
}

TEST(Simulation, FaultsOfJourneysAreSaid) {
  Ground ground = room(10, 10);
  add_exit(ground, {0, 3}, {0, 7});
  Person person;
  person.place = {5, 5};
  EXPECT_FALSE(Simulation::make(ground, {person}, {}));
  EXPECT_FALSE(Simulation::make(ground, {person}, {{{leave_by({1})}}}));
  EXPECT_FALSE(Simulation::make(ground, {person}, {{{leave_by({0}), leave_by({0})}}}));
  EXPECT_FALSE(Simulation::make(ground, {person}, {{{go_to(0, Line{{1, 1}, {2, 1}})}}}));
  person.start = 0;
  EXPECT_FALSE(Simulation::make(ground, {person}, {{{leave_by({0})}}}));
}

}  // namespace
}  // namespace defilada::crowd
