// SPDX-License-Identifier: MIT
// How long formations take. Items are slots.
#include <benchmark/benchmark.h>

#include <string>

#include "defilada/formation/figure.hpp"
#include "defilada/formation/layout.hpp"

namespace defilada::formation {
namespace {

void run_figure(benchmark::State& state, const std::string& text) {
  const auto n = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(figure(text, n));
  state.SetItemsProcessed(state.iterations() * n);
}
BENCHMARK_CAPTURE(run_figure, 80, "80")->Name("formation/figure_80")->Arg(26)->Arg(52)->Arg(104);
BENCHMARK_CAPTURE(run_figure, 2025, "2025")
    ->Name("formation/figure_2025")
    ->Arg(500)
    ->Arg(1000)
    ->Arg(2000)
    ->Unit(benchmark::kMillisecond);

void run_block(benchmark::State& state) {
  Spec spec;
  spec.files = 25;
  spec.ranks = static_cast<int>(state.range(0));
  spec.leaders = 2;
  for (auto _ : state) benchmark::DoNotOptimize(layout(spec));
  state.SetItemsProcessed(state.iterations() * (spec.files * spec.ranks + spec.leaders));
}
BENCHMARK(run_block)->Name("formation/block")->Arg(14)->Arg(400)->Arg(4000);

}  // namespace
}  // namespace defilada::formation

BENCHMARK_MAIN();
