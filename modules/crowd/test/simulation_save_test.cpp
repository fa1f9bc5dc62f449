// SPDX-License-Identifier: MIT
// A run that was saved goes on to the bit; what is no saved run of it is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "defilada/core/hash.hpp"
#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/simulation.hpp"
#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::add_exit;
using test::add_start;
using test::rectangle;
using test::room;

struct Scene {
  const char* name;
  Ground ground = {};
  std::vector<Person> people = {};
  std::vector<Journey> journeys = {};
  SimulationOptions options = {};
  double until_s = 0;
  /// What somebody does to the run, before a step.
  std::function<void(Simulation&)> meddle = [](Simulation&) {};

  [[nodiscard]] Simulation make(int threads = 1, bool scalar = false) const {
    SimulationOptions mine = options;
    mine.threads = threads;
    mine.scalar = scalar;
    auto made = Simulation::make(ground, people, journeys, mine);
    EXPECT_TRUE(made);
    return std::move(*made);
  }
};

/// Families who come one after the other, are searched, cross when the way opens, wait on spots
/// that are few, and leave by exits that let out so many a second, by shares.
Scene gates_and_spots() {
  Scene scene{.name = "gates and spots", .ground = room(40, 24)};
  Ground& ground = scene.ground;
  ground.barriers.push_back({"", 0, {{0, 8}, {40, 8}}, false, {}});
  ground.gates.push_back({"", 0, {{5, 8}, {9, 8}}, 3, 4, {}, {}});
  ground.gates[0].queues.push_back({"", {{7, 8}, {7, 5.5}, {14, 5.5}}, {}});
  ground.gates.push_back({"", 0, {{25, 8}, {28, 8}}, 2, 3, {{70, INFINITY}}, {}});
  Closure crossing;
  crossing.shape = rectangle(0, 12, 40, 14);
  crossing.shut = {{0, 40}, {60, 75}};
  ground.closures.push_back(crossing);
  add_exit(ground, {0, 15}, {0, 19});
  add_exit(ground, {40, 15}, {40, 19});
  ground.exits[0].persons_per_second = 0.7;
  ground.exits[0].share = 0.6;
  ground.exits[1].share = 0.4;
  add_start(ground, rectangle(1, 1, 39, 4), 90, 60);
  Population families = pedestrians();
  families.company = kCompany;
  auto people = people_of_starts(ground, families, 3);
  EXPECT_TRUE(people);
  scene.people = std::move(*people);
  for (std::size_t k = 0; k < scene.people.size(); k += 7) scene.people[k].premovement_s = 6;
  Stage seat = wait_in(0, rectangle(14, 17, 22, 22), 90, 20);
  seat.spread_s = 20;
  seat.spacing_m = 0.75;
  scene.journeys = {{{go_to(0, rectangle(0, 14.5, 40, 15)), seat, leave(ground, Choice::share)}}};
  scene.until_s = 190;
  return scene;
}

/// Two levels, who goes up meets who comes down; some stand at the landing at first; a stop at
/// which all stop; the alarm rings.
Scene stairs_and_alarm() {
  Scene scene{.name = "stairs and alarm"};
  Ground& ground = scene.ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 8, 8)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(14, 0, 22, 8)}, {}});
  Stair stair;
  stair.polygon = rectangle(8, 3, 14, 5);
  stair.speed_factor = 0.5;
  stair.join = Stair::Join{1, {{14, 3}, {14, 5}}};
  ground.stairs.push_back(stair);
  for (const LevelId level : {LevelId{0}, LevelId{1}}) {
    Exit exit;
    exit.level = level;
    exit.shape = level == 0 ? Line{{0, 2}, {0, 6}} : Line{{22, 2}, {22, 6}};
    ground.exits.push_back(exit);
    StartArea start;
    start.level = level;
    start.polygon = level == 0 ? rectangle(1, 1, 7, 7) : rectangle(14.2, 1, 20, 7);
    start.agents = 25;
    ground.starts.push_back(start);
  }
  scene.people = test::people_of(ground, 1.34, 0.26);
  for (std::size_t k = 0; k < scene.people.size(); ++k) {
    scene.people[k].journey = k < 25 ? 1 : 0;
    scene.people[k].premovement_s = k % 4 == 0 ? 15 : 0;
  }
  scene.journeys = {{{leave_by({0})}}, {{leave_by({1})}}, {{leave_by({0, 1})}}};
  scene.until_s = 60;
  scene.meddle = [](Simulation& simulation) {
    if (simulation.steps() == 200) {
      simulation.send([](std::uint32_t person) {
        return person % 3 == 0 ? std::nullopt : std::optional<std::uint16_t>(2);
      });
    }
    if (simulation.steps() == 260) simulation.shut_exit(1, true);
    if (simulation.steps() == 700) simulation.shut_exit(1, false);
  };
  return scene;
}

/// Everybody looks for a quicker way round a jam.
Scene quickest() {
  Scene scene{.name = "quickest", .ground = room(24, 16)};
  add_exit(scene.ground, {17, 0}, {18, 0});
  add_exit(scene.ground, {22, 0}, {23, 0});
  add_start(scene.ground, rectangle(0, 0, 12, 16), 130);
  scene.people = test::people_of(scene.ground, 1.34, 0.26);
  scene.journeys = {{{leave(scene.ground, Choice::quickest)}}};
  // The ground changes in a step in which people look.
  Closure closure;
  closure.shape = Line{{14, 6}, {24, 6}};
  closure.shut = {{8, 20}};
  scene.ground.closures.push_back(closure);
  scene.options.quickest_every_s = 4;
  scene.until_s = 70;
  return scene;
}

std::vector<Scene> scenes() {
  return {gates_and_spots(), stairs_and_alarm(), quickest()};
}

bool same(const Passage& a, const Passage& b) {
  return a.persons == b.persons && a.first_s == b.first_s && a.last_s == b.last_s &&
         a.waited_s == b.waited_s && a.longest_wait_s == b.longest_wait_s;
}

void expect_same(const Simulation& a, const Simulation& b) {
  EXPECT_EQ(a.state_hash(), b.state_hash());
  EXPECT_EQ(a.counts(), b.counts());
  EXPECT_EQ(a.time_s(), b.time_s());
  EXPECT_EQ(a.agent_steps(), b.agent_steps());
  EXPECT_TRUE(std::equal(a.left_s().begin(), a.left_s().end(), b.left_s().begin()));
  EXPECT_TRUE(std::equal(a.exits().begin(), a.exits().end(), b.exits().begin(), same));
  EXPECT_TRUE(std::equal(a.gates().begin(), a.gates().end(), b.gates().begin(), same));
  EXPECT_TRUE(a.save() == b.save());
}

TEST(SavedRun, GoesOnToTheBitFromAnyInstant) {
  std::mt19937 random(11);
  for (const Scene& scene : scenes()) {
    Simulation whole = scene.make();
    std::vector<std::uint64_t> hashes{whole.state_hash()};
    std::vector<std::pair<std::uint64_t, std::string>> saved;
    const auto last = static_cast<std::uint64_t>(scene.until_s / scene.options.step_s);
    std::vector<std::uint64_t> at{0};  // steps after which it is saved
    for (int k = 0; k < 7; ++k) at.push_back(random() % last);
    while (whole.steps() < last) {
      if (std::count(at.begin(), at.end(), whole.steps()) > 0) {
        saved.emplace_back(whole.steps(), whole.save());
      }
      scene.meddle(whole);
      whole.step();
      hashes.push_back(whole.state_hash());
    }
    EXPECT_GT(whole.counts().out, scene.people.size() / 4) << scene.name;
    int kind = 0;
    for (const auto& [step, bytes] : saved) {
      SCOPED_TRACE(std::string(scene.name) + ", saved after step " + std::to_string(step));
      Simulation other = scene.make(1 + kind % 3, kind % 3 == 2);
      ++kind;
      ASSERT_TRUE(other.load(bytes));
      EXPECT_TRUE(other.save() == bytes);
      EXPECT_EQ(other.state_hash(), hashes[step]);
      while (other.steps() < last) {
        scene.meddle(other);
        other.step();
        ASSERT_EQ(other.state_hash(), hashes[other.steps()]) << "after step " << other.steps();
      }
      expect_same(other, whole);
    }
  }
}

TEST(SavedRun, OfOthersIsRefused) {
  const Scene scene = quickest();
  const std::string bytes = scene.make().save();
  ASSERT_TRUE(scene.make(2).load(bytes));
  std::vector<Scene> others(6, scene);
  others[0].ground.exits[0].persons_per_second = 1;
  others[1].ground.levels[0].walkable[0].outer[0].x -= 0.5;
  others[2].people[5].profile.free_speed_mps += 0.01F;
  others[3].options.seed = 2;
  others[4].options.model = CollisionFreeSpeed{};
  others[5].journeys[0].stages[0].choice = Choice::nearest;
  for (std::size_t k = 0; k < others.size(); ++k) {
    const Status status = others[k].make().load(bytes);
    ASSERT_FALSE(status) << k;
    EXPECT_EQ(status.error().message, "this saved run is of other people, or of another ground");
  }
}

TEST(SavedRun, DamageIsTold) {
  const Scene scene = stairs_and_alarm();
  Simulation simulation = scene.make();
  while (simulation.time_s() < 10) simulation.step();
  const std::string bytes = simulation.save();
  std::mt19937 random(5);
  for (int k = 0; k < 200; ++k) {
    std::string damaged = bytes;
    if (k % 2 == 0) {
      damaged.resize(random() % bytes.size());
    } else {
      damaged[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    }
    const Status status = simulation.load(damaged);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "this saved run is damaged");
  }
}

/// Whoever makes the checksum right again gets an error or a run that goes on, never a crash.
TEST(SavedRun, NoBytesAreWorseThanAnError) {
  std::mt19937 random(6);
  int taken = 0;
  for (const Scene& scene : scenes()) {
    Simulation whole = scene.make();
    while (whole.time_s() < 20) whole.step();
    std::string bytes = whole.save();
    bytes.resize(bytes.size() - 8);
    for (int k = 0; k < 60; ++k) {
      std::string changed = bytes;
      for (int n = 0; n < 1 + k % 3; ++n) {
        changed[12 + random() % (changed.size() - 12)] = static_cast<char>(random());
      }
      StateWriter sum;
      sum(fnv_1a(changed));
      Simulation other = scene.make(1);
      if (!other.load(changed + std::move(sum).take())) continue;
      ++taken;
      for (int step = 0; step < 30; ++step) other.step();
    }
  }
  EXPECT_GT(taken, 20);
}

}  // namespace
}  // namespace defilada::crowd
