// SPDX-License-Identifier: MIT
// What `defilada plan` does: read, programme, tracks, write. Items per second are performers.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <filesystem>

#include "defilada/plan/plan.hpp"
#include "defilada/plan/plan_file.hpp"
#include "defilada/show/read.hpp"
#include "scaled_show.hpp"
#include "source_dir.hpp"

namespace {

using namespace defilada;

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// False when the show could not be planned: a benchmark of an error would be a lie.
bool plan_and_write(benchmark::State& state, const std::optional<show::Show>& show,
                    const Sources& sources, const std::filesystem::path& out, double& movers) {
  if (!show) {
    state.SkipWithError("the show does not read");
    return false;
  }
  const auto plan = plan::make_plan(*show);
  if (!plan || !plan->feasible) {
    state.SkipWithError("the programme is infeasible");
    return false;
  }
  if (!plan::write_plan_file(out, *show, *plan, sources, {})) {
    state.SkipWithError("the plan file cannot be written");
    return false;
  }
  movers = static_cast<double>(plan->counts.movers);
  return true;
}

void report(benchmark::State& state, double movers) {
  state.SetItemsProcessed(
      static_cast<std::int64_t>(movers * static_cast<double>(state.iterations())));
  state.counters["movers"] = movers;
  state.counters["peak_MiB"] = peak_mib();
}

const std::filesystem::path kOut =
    std::filesystem::temp_directory_path() / "defilada-bench-plan.sqlite";

void beijing(benchmark::State& state) {
  double movers = 0;
  for (auto _ : state) {
    Sources sources;
    Diagnostics diagnostics;
    const std::filesystem::path root = test::source_dir();
    const auto show =
        show::read_show(root / "shows/beijing-2025", {{root / "catalogue"}}, sources, diagnostics);
    if (!plan_and_write(state, show, sources, kOut, movers)) return;
  }
  report(state, movers);
}

void scaled(benchmark::State& state) {
  const std::string text = plan::scaled_show(state.range(0));
  double movers = 0;
  for (auto _ : state) {
    Sources sources;
    Diagnostics diagnostics;
    const auto show = show::read_show_text(text, "scaled.yaml", {}, sources, diagnostics);
    if (!plan_and_write(state, show, sources, kOut, movers)) return;
  }
  report(state, movers);
}

/// The proof of the show alone, as `check` does it: separation of centres and outlines, and what
/// everybody can do.
void prove(benchmark::State& state, const std::optional<show::Show>& show, int threads) {
  if (!show) {
    state.SkipWithError("the show does not read");
    return;
  }
  plan::Options options;
  options.proof = true;
  options.threads = threads;
  for (auto _ : state) {
    const auto plan = plan::make_plan(*show, options);
    if (!plan || !plan->proof) {
      state.SkipWithError("nothing was proven");
      return;
    }
    state.SetIterationTime(plan->seconds.proof);
    state.counters["pairs"] = static_cast<double>(plan->proof->pairs);
    state.counters["refined"] = static_cast<double>(plan->proof->refined);
    state.counters["movers"] = static_cast<double>(plan->counts.movers);
  }
}

void prove_beijing(benchmark::State& state, int threads) {
  Sources sources;
  Diagnostics diagnostics;
  const std::filesystem::path root = test::source_dir();
  const auto show =
      show::read_show(root / "shows/beijing-2025", {{root / "catalogue"}}, sources, diagnostics);
  prove(state, show, threads);
}

/// N, 2N and 4N: its growth.
void prove_scaled(benchmark::State& state) {
  Sources sources;
  Diagnostics diagnostics;
  const auto show = show::read_show_text(plan::scaled_show(state.range(0)), "scaled.yaml", {},
                                         sources, diagnostics);
  prove(state, show, 1);
}

BENCHMARK(prove_scaled)
    ->Name("proof/scaled")
    ->Arg(10000)
    ->Arg(20000)
    ->Arg(40000)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(prove_beijing, one_thread, 1)
    ->Name("proof/beijing")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();
BENCHMARK_CAPTURE(prove_beijing, two_threads, 2)
    ->Name("proof/beijing/2")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();

BENCHMARK(beijing)->Name("plan/beijing")->Unit(benchmark::kMillisecond);
BENCHMARK(scaled)
    ->Name("plan/scaled")
    ->Arg(10000)
    ->Arg(25000)
    ->Arg(50000)
    ->Arg(100000)
    ->Arg(200000)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
