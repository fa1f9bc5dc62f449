// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "defilada/crowd/population.hpp"
#include "defilada/crowd/simulation.hpp"
#include "simulation_scene.hpp"

namespace defilada::crowd {
namespace {

using test::add_exit;
using test::add_start;
using test::rectangle;
using test::room;
using test::run;
using test::simulate;

/// NIST TN 1822, verification 2.9: four quick ones and a slow one, past people who are slower yet.
TEST(Simulation, WhoCameTogetherLeavesTogether) {
  const auto apart_s = [](bool together) {
    Ground ground = room(25, 5);
    add_exit(ground, {25, 2}, {25, 3});
    std::vector<Person> people;
    for (std::size_t k = 0; k < 15; ++k) {
      Person person;
      const auto row = static_cast<double>(k);
      person.place = k < 5 ? Vec2{1 + 0.6 * static_cast<double>(k % 2), 1.5 + 0.5 * row}
                           : Vec2{10 + 0.5 * (row - 5), 0.5 + 0.4 * (row - 5)};
      person.profile.free_speed_mps = k < 4 ? 1.25F : k == 4 ? 0.5F : 0.2F;
      if (together && k < 5) person.group = 77;
      people.push_back(person);
    }
    Simulation simulation = simulate(ground, people);
    run(simulation, 15, 300);
    EXPECT_EQ(simulation.counts().out, 15U);
    const auto left = simulation.left_s().first(5);
    return *std::max_element(left.begin(), left.end()) -
           *std::min_element(left.begin(), left.end());
  };
  EXPECT_LT(apart_s(true), 10);
  EXPECT_GT(apart_s(false), 20);
}

TEST(Simulation, AFamilyChoosesOneExit) {
  Ground ground = room(40, 20);
  add_exit(ground, {0, 5}, {0, 15});
  add_exit(ground, {40, 5}, {40, 15});
  ground.exits[0].share = ground.exits[1].share = 0.5;
  add_start(ground, rectangle(10, 2, 30, 18), 200);
  Population population = pedestrians();
  population.company = kCompany;
  auto people = people_of_starts(ground, population, 1);
  ASSERT_TRUE(people);
  std::vector<std::uint32_t> group(200);
  for (std::size_t k = 0; k < 200; ++k) group[k] = (*people)[k].group;
  EXPECT_LT(std::set<std::uint32_t>(group.begin(), group.end()).size(), 150U);
  double apart = 0;
  for (std::size_t k = 1; k < 200; ++k) {
    if (group[k] != group[k - 1]) continue;
    apart = std::max(apart, geo::length((*people)[k].place - (*people)[k - 1].place));
  }
  EXPECT_LT(apart, 12);
  Simulation simulation = simulate(ground, *people, {leave(ground, Choice::share)});
  // On which side each was last.
  std::vector<double> x(200);
  simulation.observe([&](const Simulation::Moved& moved) {
    for (std::size_t i = 0; i < moved.walking.size; ++i) {
      x[moved.walking.person[i]] = to_metres(moved.walking.x[i]);
    }
  });
  run(simulation, 200, 300);
  EXPECT_EQ(simulation.counts().out, 200U);
  for (std::size_t k = 1; k < 200; ++k) {
    if (group[k] == group[k - 1]) {
      EXPECT_EQ(x[k] < 20, x[k - 1] < 20);
    }
  }
  EXPECT_GT(simulation.exits()[0].persons, 50U);
  EXPECT_GT(simulation.exits()[1].persons, 50U);
}

TEST(Population, GroupsAreAsLargeAsThePoissonDistributionSays) {
  Population population = pedestrians();
  EXPECT_EQ(draw_group_size(population, 1, 1), 1U);
  population.company = kCompany;
  std::vector<double> count(kLargestGroup + 1, 0);
  constexpr std::uint32_t kDraws = 20000;
  for (std::uint32_t k = 0; k < kDraws; ++k) ++count[draw_group_size(population, 5, k)];
  double expected = kDraws / std::expm1(kCompany);
  for (std::size_t size = 1; size <= 5; ++size) {
    expected *= kCompany / static_cast<double>(size);
    EXPECT_NEAR(count[size], expected, 4 * std::sqrt(expected)) << size;
  }
  EXPECT_EQ(count[0], 0);
}

/// Two starts of one site: at one all come alone, at the other three of five in company.
TEST(Population, AStartSaysHowManyOfItsPeopleComeInGroups) {
  Ground ground = room(60, 40);
  add_exit(ground, {0, 0}, {0, 10});
  add_start(ground, rectangle(1, 1, 29, 39), 400);
  add_start(ground, rectangle(31, 1, 59, 39), 600);
  ground.starts[1].group_share = 0.6;
  const auto people = people_of_starts(ground, pedestrians(), 9);
  ASSERT_TRUE(people);
  std::map<std::uint32_t, int> sizes;
  for (std::size_t k = 0; k < people->size(); ++k) {
    if (k < 400) {
      EXPECT_EQ((*people)[k].group, Person::kAlone);
    } else {
      ++sizes[(*people)[k].group];
    }
  }
  int together = 0;
  for (const auto& [group, size] : sizes) together += size > 1 ? size : 0;
  // Draws of whole groups: four deviations of some 350 of them.
  EXPECT_NEAR(together, 360, 60);
  EXPECT_DOUBLE_EQ(company_of_share(1 - std::exp(-kCompany)), kCompany);
}

}  // namespace
}  // namespace defilada::crowd
