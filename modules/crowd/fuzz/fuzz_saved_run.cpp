// SPDX-License-Identifier: MIT
// Simulation::load refuses, and never crashes, whatever the bytes; what it takes goes on with as
// many people as there were. Input: a saved run without its first 12 bytes, which say what it is
// of, and without its checksum: a fuzzer would find neither.
#include <cstdint>
#include <string>

#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/core/state_bytes.hpp"
#include "defilada/crowd/simulation.hpp"

namespace {

using namespace defilada;         // NOLINT: a fuzzer
using namespace defilada::crowd;  // NOLINT: likewise

constexpr std::size_t kHeader = 12;
constexpr std::uint64_t kPeople = 24;

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

/// Two levels, a gate that serves with a drawn queue, places to wait at, jams to go round.
Simulation make() {
  Ground ground;
  ground.levels.push_back({"below", 0, {rectangle(0, 0, 12, 8)}, {}});
  ground.levels.push_back({"above", 4, {rectangle(16, 0, 20, 8)}, {}});
  Stair stair;
  stair.polygon = rectangle(12, 3, 16, 5);
  stair.speed_factor = 0.5;
  stair.join = Stair::Join{1, {{16, 3}, {16, 5}}};
  ground.stairs.push_back(stair);
  ground.barriers.push_back({"", 0, {{6, 0}, {6, 8}}, false, {}});
  Gate gate;
  gate.line = {{6, 3}, {6, 5}};
  gate.lanes = 2;
  gate.service_s = 2;
  gate.queues.push_back({"", {{6, 4}, {2, 4}, {2, 7}}, {}});
  ground.gates.push_back(gate);
  for (const double y : {0.0, 8.0}) {
    Exit exit;
    exit.shape = Line{{8, y}, {9, y}};
    exit.persons_per_second = 1;
    exit.shut = {{5, 9}};
    ground.exits.push_back(exit);
  }
  std::vector<Person> people(kPeople);
  for (std::size_t k = 0; k < people.size(); ++k) {
    people[k].place = {0.5 + 0.6 * static_cast<double>(k % 8), 0.5 + static_cast<double>(k / 8)};
    people[k].from_s = k < 12 ? 0 : 0.3 * static_cast<double>(k);
    people[k].journey = k % 3 == 0 ? 1 : 0;
    people[k].group = k % 4 == 0 ? Person::kAlone : static_cast<std::uint32_t>(k / 4);
  }
  const Journey out = {{leave(ground, Choice::quickest)}};
  const Journey watch = {{wait_in(1, rectangle(17, 1, 19, 7), 8, 2), leave(ground)}};
  auto made = Simulation::make(std::move(ground), std::move(people), {out, watch});
  DEFILADA_CHECK(made.has_value());
  return std::move(*made);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Simulation simulation = make();
  std::string bytes = simulation.save().substr(0, kHeader);
  bytes.append(reinterpret_cast<const char*>(data), size);
  StateWriter sum;
  sum(fnv_1a(bytes));
  if (!simulation.load(bytes + std::move(sum).take())) return 0;
  for (int step = 0; step < 40; ++step) {
    simulation.step();
    const Counts c = simulation.counts();
    DEFILADA_CHECK(c.to_come + c.walking + c.standing + c.out == kPeople);
  }
  return 0;
}
