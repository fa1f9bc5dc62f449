// SPDX-License-Identifier: MIT
// The proof beside what others do, on the same tracks over 60 s. Names: proof/SCENE/N is the proof,
// proof/sampling_10hz/... the k-d tree and proof/grid_10hz/... our own grid on SCENE (random where
// none is named); a last /2 is two threads. scripts/bench-proof makes the tables.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <string>

#include "../test/scenes.hpp"
#include "samplers.hpp"

namespace defilada::proof::bench {
namespace {

constexpr double kRate_hz = 10;

struct Scene {
  std::string name;  ///< of the proof's benchmark, between proof/ and /N
  double limit_m;
  Motions (*make)(std::uint32_t count);
  bool groups = true;
};

const std::vector<Scene>& all_scenes() {
  static const std::vector<Scene> scenes{
      {"random", 1.5, [](std::uint32_t n) { return scenes::crossings(n, 1); }},
      {"parade/blocks", 0.6, [](std::uint32_t n) { return scenes::parade(n, false); }},
      {"parade/ripple", 0.6, [](std::uint32_t n) { return scenes::parade(n, true); }},
      {"parade/swaying", 0.6, [](std::uint32_t n) { return scenes::swaying(n, 1); }},
      {"parade/alone", 0.6, [](std::uint32_t n) { return scenes::parade(n, true); }, false}};
  return scenes;
}

/// Made once: benchmarks are called again and again.
struct Made {
  Motions motions;
  Pairs conflicts;  ///< by the proof
};
const Made& made(const Scene& scene, std::uint32_t count) {
  static std::map<std::pair<std::string, std::uint32_t>, Made> known;
  const auto [found, fresh] = known.try_emplace({scene.name, count});
  if (fresh) {
    Made& own = found->second;
    own.motions = scene.make(count);
    const auto report = prove_separation(own.motions, scenes::rules(scene.limit_m));
    for (const Approach& each : report->conflicts)
      own.conflicts.push_back(std::uint64_t{each.a} << 32U | each.b);
    own.conflicts.erase(std::unique(own.conflicts.begin(), own.conflicts.end()),
                        own.conflicts.end());
  }
  return found->second;
}

void prove(benchmark::State& state, const Scene& scene, std::uint32_t count, int threads) {
  const Made& own = made(scene, count);
  SeparationOptions options;
  options.threads = threads;
  options.groups = scene.groups;
  std::uint64_t refined = 0;
  double pairs = 0;
  for (auto _ : state) {
    const auto report = prove_separation(own.motions, scenes::rules(scene.limit_m), options);
    refined = report->refined;
    pairs = static_cast<double>(report->pairs);
  }
  state.counters["pairs"] = pairs;
  state.counters["refined"] = static_cast<double>(refined);
  state.counters["conflicts"] = static_cast<double>(own.conflicts.size());
  state.SetItemsProcessed(static_cast<std::int64_t>(count) * state.iterations());
}

using Sampler = Pairs (*)(const Motions&, double limit_m, double rate_hz, unsigned threads);

void sample(benchmark::State& state, Sampler sampler, const Scene& scene, std::uint32_t count,
            unsigned threads) {
  const Made& own = made(scene, count);
  Pairs found;
  for (auto _ : state) found = sampler(own.motions, scene.limit_m, kRate_hz, threads);
  Pairs missed;
  std::set_difference(own.conflicts.begin(), own.conflicts.end(), found.begin(), found.end(),
                      std::back_inserter(missed));
  state.counters["conflicts"] = static_cast<double>(found.size());
  state.counters["missed"] = static_cast<double>(missed.size());
  state.SetItemsProcessed(static_cast<std::int64_t>(count) * state.iterations());
}

void add(const Scene& scene, std::uint32_t count, int threads) {
  const std::string tail =
      "/" + std::to_string(count) + (threads > 1 ? "/" + std::to_string(threads) : "");
  const auto settle = [threads](benchmark::internal::Benchmark* each) {
    each->Unit(benchmark::kMillisecond);
    if (threads > 1) each->UseRealTime();
  };
  settle(benchmark::RegisterBenchmark(
      ("proof/" + scene.name + tail).c_str(),
      [&scene, count, threads](benchmark::State& s) { prove(s, scene, count, threads); }));
  constexpr std::uint32_t kMostSampled = 10000;  // sampling twice as many tells no more
  if (!scene.groups || count > kMostSampled) return;
  const std::string of = scene.name == "random" ? "" : "/" + scene.name;
  const auto sampled = [&](const char* name, Sampler sampler) {
    settle(benchmark::RegisterBenchmark(
        ("proof/" + (name + of) + tail).c_str(), [&scene, count, threads, sampler](auto& s) {
          sample(s, sampler, scene, count, static_cast<unsigned>(threads));
        }));
  };
  sampled("sampling_10hz", sample_by_tree);
  sampled("grid_10hz", sample_by_grid);
}

void add_all() {
  for (const Scene& scene : all_scenes()) {
    const std::vector<std::uint32_t> counts =
        scene.name == "random" ? std::vector<std::uint32_t>{1000, 2000, 4000, 5000, 10000}
                               : std::vector<std::uint32_t>{2500, 5000, 10000, 20000, 40000};
    for (const std::uint32_t count : counts) {
      for (const int threads : {1, 2}) add(scene, count, threads);
    }
  }
}

}  // namespace
}  // namespace defilada::proof::bench

int main(int argc, char** argv) {
  defilada::proof::bench::add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
