// SPDX-License-Identifier: MIT
// The field of one destination: a square with a box in every 20 m, one door, N nodes.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>

#include "defilada/core/random.hpp"
#include "defilada/crowd/field.hpp"

namespace {

using namespace defilada;         // NOLINT: a benchmark
using namespace defilada::crowd;  // NOLINT: likewise

Ground square(double side_m) {
  const auto box = [](double x, double y, double w, double h) {
    return geo::Polygon{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, {}};
  };
  Ground ground;
  ground.levels.push_back({"", 0, {box(0, 0, side_m, side_m)}, {}});
  for (double x = 8; x + 8 < side_m; x += 20) {
    for (double y = 8; y + 8 < side_m; y += 20) {
      ground.levels[0].obstacles.push_back(box(x, y, 5, 3));
    }
  }
  return ground;
}

const Destination kDoor = {{{0, Line{{0, 2}, {0, 5}}}}};

double side_of(benchmark::State& state) {
  return FieldGrid::kCellM * std::sqrt(static_cast<double>(state.range(0)));
}

GridOptions options() {
  GridOptions out;
  out.cell_m = FieldGrid::kCellM;
  out.nodes_max = 100'000'000;
  return out;
}

void grid(benchmark::State& state) {
  const Ground ground = square(side_of(state));
  for (auto _ : state) benchmark::DoNotOptimize(FieldGrid::make(ground, options()));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void field(benchmark::State& state) {
  const auto made = FieldGrid::make(square(side_of(state)), options());
  if (!made) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(travel_times(*made, kDoor));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made->ground_cells()));
}

/// One direction at a random place.
void sample(benchmark::State& state) {
  const double side_m = side_of(state);
  const auto made = FieldGrid::make(square(side_m), options());
  if (!made) std::abort();
  const auto found = travel_times(*made, kDoor);
  if (!found) std::abort();
  Random random(1, 0, 0);
  std::vector<float> places(4096);
  for (float& place : places) place = static_cast<float>(random.uniform(0, side_m));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(found->direction(0, places[i & 4095], places[(i + 1) & 4095]));
    ++i;
  }
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

BENCHMARK(grid)
    ->Name("crowd/grid")
    ->Arg(250'000)
    ->Arg(1'000'000)
    ->Arg(4'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(field)
    ->Name("crowd/field")
    ->Arg(250'000)
    ->Arg(500'000)
    ->Arg(1'000'000)
    ->Arg(2'000'000)
    ->Arg(4'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sample)->Name("crowd/field_direction")->Arg(1'000'000);
