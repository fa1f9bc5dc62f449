// SPDX-License-Identifier: MIT
// The two scenes that other engines were measured in: everybody walks, walls, routes and stages on.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>

#include "defilada/core/random.hpp"
#include "defilada/crowd/simulation.hpp"

namespace defilada::crowd {
namespace {

geo::Polygon square(double side_m) {
  return {{{0, 0}, {side_m, 0}, {side_m, side_m}, {0, side_m}}, {}};
}

/// On a lattice of squares, each shaken by a fifth of its cell.
std::vector<Person> lattice(std::uint32_t count, double side_m) {
  const auto across = static_cast<std::uint32_t>(std::ceil(std::sqrt(count)));
  const double cell = side_m / across;
  std::vector<Person> people(count);
  for (std::uint32_t k = 0; k < count; ++k) {
    Random random(1, k, 0);
    const double dx = random.uniform(-0.2, 0.2);
    people[k].place = {(k % across + 0.5 + dx) * cell,
                       (k / across + 0.5 + random.uniform(-0.2, 0.2)) * cell};
    people[k].profile.free_speed_mps = static_cast<float>(random.uniform(1.0, 1.6));
  }
  return people;
}

SimulationOptions with_threads(std::int64_t threads, const Model& model) {
  SimulationOptions options;
  options.model = model;
  options.threads = static_cast<int>(threads);
  return options;
}

Simulation made(Ground ground, std::vector<Person> people, std::vector<Journey> journeys,
                std::int64_t threads, const Model& model) {
  auto simulation = Simulation::make(std::move(ground), std::move(people), std::move(journeys),
                                     with_threads(threads, model));
  if (!simulation) std::abort();
  return std::move(*simulation);
}

/// A square at 1 person per m2; a quarter each to the east, west, north and south edge, then to the
/// opposite one, again and again.
Simulation open_square(std::uint32_t count, std::int64_t threads, const Model& model) {
  const double side = std::sqrt(count);
  Ground ground;
  ground.levels.push_back({"", 0, {square(side)}, {}});
  Exit exit;
  exit.shape = Line{{0, 0}, {1, 0}};
  ground.exits.push_back(exit);
  const Stage east = go_to(0, Line{{side, 0}, {side, side}});
  const Stage west = go_to(0, Line{{0, 0}, {0, side}});
  const Stage north = go_to(0, Line{{0, side}, {side, side}});
  const Stage south = go_to(0, Line{{0, 0}, {side, 0}});
  std::vector<Journey> journeys(4);
  for (int turn = 0; turn < 100; ++turn) {
    journeys[0].stages.insert(journeys[0].stages.end(), {east, west});
    journeys[1].stages.insert(journeys[1].stages.end(), {west, east});
    journeys[2].stages.insert(journeys[2].stages.end(), {north, south});
    journeys[3].stages.insert(journeys[3].stages.end(), {south, north});
  }
  for (Journey& journey : journeys) journey.stages.push_back(leave(ground));
  std::vector<Person> people = lattice(count, side);
  for (std::uint32_t k = 0; k < count; ++k) {
    people[k].journey = static_cast<std::uint16_t>(Random(2, k, 0).below(4));
  }
  return made(std::move(ground), std::move(people), std::move(journeys), threads, model);
}

/// A square at 2 people per m2 with openings of 5 m in the middle of its sides; everybody leaves by
/// the nearest.
Simulation four_gates(std::uint32_t count, std::int64_t threads, const Model& model) {
  const double side = std::sqrt(count / 2.0);
  Ground ground;
  ground.levels.push_back({"", 0, {square(side)}, {}});
  const double a = side / 2 - 2.5;
  const double b = side / 2 + 2.5;
  for (const Line& line : {Line{{a, 0}, {b, 0}}, Line{{side, a}, {side, b}},
                           Line{{a, side}, {b, side}}, Line{{0, a}, {0, b}}}) {
    Exit exit;
    exit.shape = line;
    ground.exits.push_back(exit);
  }
  Journey journey = {{leave(ground)}};
  return made(ground, lattice(count, side), {journey}, threads, model);
}

using Scene = Simulation (*)(std::uint32_t, std::int64_t, const Model&);

void measure(benchmark::State& state, Scene make, const Model& model = AnticipationVelocity{}) {
  constexpr int kWarmUp = 20;
  const auto count = static_cast<std::uint32_t>(state.range(0));
  auto simulation = std::make_unique<Simulation>(make(count, state.range(1), model));
  for (int k = 0; k < kWarmUp; ++k) simulation->step();
  std::uint64_t steps = simulation->agent_steps();
  std::uint64_t done = 0;
  for (auto _ : state) {
    simulation->step();
    done += simulation->agent_steps() - steps;
    steps = simulation->agent_steps();
    // Everybody still inside: from the start again after 100 steps.
    if (simulation->steps() < 120) continue;
    state.PauseTiming();
    simulation = std::make_unique<Simulation>(make(count, state.range(1), model));
    for (int k = 0; k < kWarmUp; ++k) simulation->step();
    steps = simulation->agent_steps();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(done));
}

void crowd_open(benchmark::State& state) {
  measure(state, open_square);
}
void crowd_gates(benchmark::State& state) {
  measure(state, four_gates);
}
void crowd_collision_free(benchmark::State& state) {
  measure(state, four_gates, CollisionFreeSpeed{});
}
void crowd_reciprocal(benchmark::State& state) {
  measure(state, four_gates, ReciprocalAvoidance{});
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const int threads : {1, 2}) {
    for (const int count : {1'000, 10'000, 20'000, 50'000, 200'000, 1'000'000}) {
      bench->Args({count, threads});
    }
  }
  bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
}
BENCHMARK(crowd_open)->Name("crowd/open")->Apply(sizes);
BENCHMARK(crowd_gates)->Name("crowd/gates")->Apply(sizes);

void few_sizes(benchmark::internal::Benchmark* bench) {
  for (const int count : {10'000, 20'000, 50'000}) bench->Args({count, 1});
  bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
}
BENCHMARK(crowd_collision_free)->Name("crowd/gates-collision-free")->Apply(few_sizes);
BENCHMARK(crowd_reciprocal)->Name("crowd/gates-reciprocal")->Apply(few_sizes);

}  // namespace
}  // namespace defilada::crowd
