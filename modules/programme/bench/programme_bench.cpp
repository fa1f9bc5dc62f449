// SPDX-License-Identifier: MIT
//
// Networks as a programme has them: four constraints a cue, local in time. `shuffled` has the cues'
// numbers in no order, which is the worst for the cache and for the order of the queue.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "../test/random_network.hpp"
#include "defilada/programme/network.hpp"
#include "defilada/programme/what_if.hpp"

namespace {

using namespace defilada;
using namespace defilada::programme;
using programme::testing::Dice;
using programme::testing::Sample;
using programme::testing::Shape;

constexpr std::int64_t kSecond = 1'000'000;

void count_cues(benchmark::State& state, std::uint32_t cues) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(cues));
}

void solve_feasible(benchmark::State& state, Shape shape, std::uint32_t cues) {
  Dice dice(cues);
  const Sample sample = make_sample(shape, cues, dice);
  for (auto _ : state) {
    const Solution solution = solve(sample.network);
    if (!solution.windows) state.SkipWithError("not feasible");
    benchmark::DoNotOptimize(solution.windows->earliest.data());
  }
  count_cues(state, cues);
}

/// Explained in full: the search, the irreducible set, and that there is no further conflict.
void solve_infeasible(benchmark::State& state, Shape shape, std::uint32_t cues) {
  Dice dice(cues);
  std::vector<Sample> samples;
  for (std::uint32_t links = 3; links <= 6; ++links) {
    samples.push_back(make_sample(shape, cues, dice));
    plant_conflict(samples.back(), links, {95 * kSecond}, dice);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    const Solution solution = solve(samples[next++ % samples.size()].network);
    if (solution.conflicts.empty()) state.SkipWithError("no conflict");
    benchmark::DoNotOptimize(solution.conflicts.data());
  }
  count_cues(state, cues);
}

double percentile_us(std::vector<double>& seconds, double part) {
  const auto rank = static_cast<std::ptrdiff_t>(part * static_cast<double>(seconds.size() - 1));
  std::nth_element(seconds.begin(), seconds.begin() + rank, seconds.end());
  return seconds[static_cast<std::size_t>(rank)] * 1e6;
}

/// This thread's, so that a busy machine does not count.
double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// One edit and the windows after it: a bound is tightened or loosened at random, or an edit that
/// cannot hold is refused.
void edit(benchmark::State& state, Shape shape, std::uint32_t cues) {
  Dice dice(cues);
  const Sample sample = make_sample(shape, cues, dice);
  const auto constraints = static_cast<std::uint32_t>(sample.network.constraints().size());
  Incremental incremental(sample.network);
  std::vector<double> edits;
  std::vector<double> with_windows;
  std::int64_t refused = 0;
  for (auto _ : state) {
    const std::uint32_t index = dice.below(constraints);
    const Constraint& c = incremental.network().constraints()[index];
    const Duration held = sample.schedule[c.to.value] - sample.schedule[c.from.value];
    const Duration bound = held + Duration{dice.between(-5, 30) * kSecond};
    const double before = processor_seconds();
    refused += incremental.change_bound(index, bound) ? 0 : 1;
    const double edited = processor_seconds();
    benchmark::DoNotOptimize(incremental.windows().latest.data());
    const double after = processor_seconds();
    edits.push_back(edited - before);
    with_windows.push_back(after - before);
  }
  state.counters["edit_p99_us"] = percentile_us(edits, 0.99);
  state.counters["edit_max_us"] = percentile_us(edits, 1.0);
  state.counters["p99_us"] = percentile_us(with_windows, 0.99);
  state.counters["max_us"] = percentile_us(with_windows, 1.0);
  state.counters["refused"] = static_cast<double>(refused) / static_cast<double>(edits.size());
  count_cues(state, cues);
}

/// Of a network with a planted conflict, how much each of its statements must give.
void repair(benchmark::State& state, Shape shape, std::uint32_t cues) {
  Dice dice(cues);
  Sample sample = make_sample(shape, cues, dice);
  const auto planted = plant_conflict(sample, 5, {95 * kSecond}, dice);
  WhatIf what_if(sample.network);
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(what_if.least_relaxation(planted[next++ % planted.size()]));
  }
  count_cues(state, cues);
}

using Body = void (*)(benchmark::State&, Shape, std::uint32_t);

void add(const std::string& name, Body body) {
  for (const std::uint32_t cues : {1'000U, 10'000U, 100'000U}) {
    for (const Shape shape : {Shape::programme, Shape::shuffled}) {
      const std::string suffix = shape == Shape::shuffled ? "_shuffled/" : "/";
      benchmark::RegisterBenchmark(("programme/" + name + suffix + std::to_string(cues)).c_str(),
                                   [=](benchmark::State& state) { body(state, shape, cues); })
          ->Unit(benchmark::kMicrosecond);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  add("feasible", solve_feasible);
  add("infeasible", solve_infeasible);
  add("edit", edit);
  add("repair", repair);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
