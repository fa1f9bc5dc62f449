// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/programme/network.hpp"

namespace defilada::programme::testing {

/// Whole numbers of any range on top of the core's generator.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed, 0, 0) {}
  /// Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most);
  std::uint32_t below(std::uint32_t count) { return bits_.below(count); }
  bool chance(int percent) { return between(1, 100) <= percent; }

 private:
  defilada::Random bits_;
};

/// A few cues, constraints and statements at random, small bounds; feasible or not. Some statements
/// stand behind many constraints, some constraints behind no statement.
Network small_network(Dice& dice);

enum class Shape {
  scattered,  ///< ends at random
  programme,  ///< local in time, cues numbered in the order of time
  shuffled,   ///< the same with the numbers shuffled
};

/// A network of four constraints a cue that a known schedule satisfies.
struct Sample {
  Network network;
  std::vector<Time> schedule;  ///< (cue) one that holds
  std::vector<CueId> in_time;  ///< cues in the order of the schedule
  std::uint32_t statements = 0;
};
Sample make_sample(Shape shape, std::uint32_t cues, Dice& dice);

/// Adds `links` statements of one constraint each that miss by `short_by` around neighbouring cues.
std::vector<StatementId> plant_conflict(Sample& sample, std::uint32_t links, Duration short_by,
                                        Dice& dice);

/// The network with its cues renamed (midnight stays) and its constraints in another order.
struct Renamed {
  Network network;
  std::vector<std::uint32_t> name;  ///< (old cue)
};
Renamed rename(const Network& network, Dice& dice);

std::vector<std::uint32_t> shuffled_numbers(std::uint32_t count, Dice& dice);

}  // namespace defilada::programme::testing
