// SPDX-License-Identifier: MIT
// What a run takes of memory, counted: this program's operator new is the one below.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <new>

#include "defilada/core/random.hpp"
#include "defilada/crowd/simulation.hpp"

namespace {
std::atomic<std::uint64_t> allocations{0};
std::atomic<std::int64_t> bytes{0};

[[maybe_unused]] void* counted(void* place) {
  if (place == nullptr) throw std::bad_alloc();
  ++allocations;
  bytes += static_cast<std::int64_t>(malloc_usable_size(place));
  return place;
}
[[maybe_unused]] void give_back(void* place) noexcept {
  bytes -= static_cast<std::int64_t>(malloc_usable_size(place));
  std::free(place);  // NOLINT(cppcoreguidelines-no-malloc)
}
}  // namespace

// A sanitizer has all forms of its own, which do not call these.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DEFILADA_COUNTS_ALLOCATIONS false
#else
#define DEFILADA_COUNTS_ALLOCATIONS true
// The other forms call these by the standard's default.
void* operator new(std::size_t size) {
  return counted(std::malloc(size == 0 ? 1 : size));  // NOLINT(cppcoreguidelines-no-malloc)
}
void operator delete(void* place) noexcept {
  if (place != nullptr) give_back(place);
}
void operator delete(void* place, std::size_t /*size*/) noexcept {
  if (place != nullptr) give_back(place);
}
#endif

namespace defilada::crowd {
namespace {

/// A square in which everybody walks to the opposite side and back, 2 people per m2 at most.
Simulation square(std::size_t count, double side_m, int threads) {
  Ground ground;
  ground.levels.push_back(
      {"", 0, {{{{0, 0}, {side_m, 0}, {side_m, side_m}, {0, side_m}}, {}}}, {}});
  Exit exit;
  exit.shape = Line{{0, 0}, {1, 0}};
  ground.exits.push_back(exit);
  Journey journey;
  for (int turn = 0; turn < 20; ++turn) {
    journey.stages.push_back(go_to(0, Line{{side_m, 0}, {side_m, side_m}}));
    journey.stages.push_back(go_to(0, Line{{0, 0}, {0, side_m}}));
  }
  journey.stages.push_back(leave(ground));
  std::vector<Person> people(count);
  const auto across = static_cast<std::size_t>(side_m * std::sqrt(2.0));
  for (std::size_t k = 0; k < count; ++k) {
    people[k].place = {(static_cast<double>(k % across) + 0.5) / std::sqrt(2.0),
                       (static_cast<double>(k / across) + 0.5) / std::sqrt(2.0)};
  }
  SimulationOptions options;
  options.threads = threads;
  auto made = Simulation::make(std::move(ground), std::move(people), {journey}, options);
  if (!made) std::abort();
  return std::move(*made);
}

TEST(CrowdMemory, AStepAllocatesNothing) {
  if (!DEFILADA_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer counts them itself";
  for (const int threads : {1, 2}) {
    Simulation simulation = square(5000, 60, threads);
    for (int step = 0; step < 100; ++step) simulation.step();
    const std::uint64_t before = allocations;
    for (int step = 0; step < 100; ++step) simulation.step();
    EXPECT_EQ(allocations - before, 0U) << threads << " threads";
  }
}

/// The bound of docs/benchmarks.md.
TEST(CrowdMemory, APersonTakesLessThan120Bytes) {
  if (!DEFILADA_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer counts them itself";
  const auto bytes_of = [](std::size_t count) {
    const std::int64_t before = bytes;
    Simulation simulation = square(count, 250, 1);
    for (int step = 0; step < 3; ++step) simulation.step();
    return static_cast<double>(bytes - before);
  };
  const double few = bytes_of(20'000);
  const double many = bytes_of(120'000);
  const double each = (many - few) / 100'000;
  RecordProperty("bytes_each", std::to_string(each));
  EXPECT_LT(each, 120);
  EXPECT_GT(each, 48);  // else the counter counts nothing
}

}  // namespace
}  // namespace defilada::crowd
