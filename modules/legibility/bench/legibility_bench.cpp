// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include "defilada/legibility/reading.hpp"

namespace defilada::legibility {
namespace {

void make(benchmark::State& state, const char* text, int slots) {
  const formation::Figure figure = formation::figure(text, slots).value();
  for (auto _ : state) benchmark::DoNotOptimize(Measure(figure, text).rivals());
}
BENCHMARK_CAPTURE(make, 80_of_26, "80", 26)->Name("legibility/make/80")->UseRealTime();
BENCHMARK_CAPTURE(make, 100_of_29, "100", 29)->Name("legibility/make/100")->UseRealTime();

void read(benchmark::State& state, const char* text, int slots) {
  const formation::Figure figure = formation::figure(text, slots).value();
  const Measure measure(figure, text);
  for (auto _ : state) benchmark::DoNotOptimize(measure.reads(figure.slots));
}
BENCHMARK_CAPTURE(read, 80_of_26, "80", 26)->Name("legibility/read/80")->UseRealTime();
BENCHMARK_CAPTURE(read, 100_of_29, "100", 29)->Name("legibility/read/100")->UseRealTime();

}  // namespace
}  // namespace defilada::legibility

BENCHMARK_MAIN();
