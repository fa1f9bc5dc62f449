// SPDX-License-Identifier: MIT
#include "random_network.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace defilada::programme::testing {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// "b comes x to y after a", around the time that the schedule has.
void add_gap(Sample& sample, CueId a, CueId b, Dice& dice) {
  const Duration gap = sample.schedule[b.value] - sample.schedule[a.value];
  const StatementId statement{sample.statements++};
  const Duration above{dice.between(0, 30) * kSecond};
  const Duration below{dice.between(0, 30) * kSecond};
  sample.network.at_most(a, b, gap + above, statement);
  sample.network.at_least(a, b, gap - below, statement);
}

CueId neighbour(const Sample& sample, Shape shape, std::uint32_t place, Dice& dice) {
  const auto cues = static_cast<std::uint32_t>(sample.in_time.size());
  if (shape == Shape::scattered) return sample.in_time[dice.below(cues)];
  if (dice.chance(2)) return kMidnight;  // a clock time
  const std::uint32_t reach = std::min<std::uint32_t>(place, 20);
  return sample.in_time[place - 1 - dice.below(reach)];
}

}  // namespace

std::int64_t Dice::between(std::int64_t least, std::int64_t most) {
  const auto count = static_cast<std::uint64_t>(most - least) + 1;
  return least + static_cast<std::int64_t>(bits_.bits() % count);
}

std::vector<std::uint32_t> shuffled_numbers(std::uint32_t count, Dice& dice) {
  std::vector<std::uint32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0U);
  for (std::uint32_t i = count; i > 1; --i) std::swap(numbers[i - 1], numbers[dice.below(i)]);
  return numbers;
}

Network small_network(Dice& dice) {
  Network network;
  const std::uint32_t cues = 1 + dice.below(8);
  for (std::uint32_t i = 1; i < cues; ++i) network.add_cue();
  const std::uint32_t constraints = dice.below(4 * cues);
  const std::uint32_t statements = 1 + dice.below(constraints + 1);
  const std::int64_t least = -dice.between(0, 10);
  for (std::uint32_t i = 0; i < constraints; ++i) {
    const bool is_stated = !dice.chance(10);
    network.add({CueId{dice.below(cues)}, CueId{dice.below(cues)},
                 Duration{dice.between(least, 15)},
                 is_stated ? StatementId{dice.below(statements)} : kNoStatement});
  }
  return network;
}

Sample make_sample(Shape shape, std::uint32_t cues, Dice& dice) {
  Sample sample;
  for (std::uint32_t i = 1; i < cues; ++i) sample.network.add_cue();
  auto order = shuffled_numbers(cues, dice);
  if (shape != Shape::shuffled) std::iota(order.begin(), order.end(), 0U);
  std::iter_swap(order.begin(), std::find(order.begin(), order.end(), kMidnight.value));
  sample.schedule.resize(cues);
  std::int64_t now = 0;
  for (const std::uint32_t cue : order) {
    sample.in_time.push_back(CueId{cue});
    sample.schedule[cue] = Time{now * kSecond};
    now += dice.between(1, 20);
  }
  for (std::uint32_t place = 1; place < cues; ++place) {
    const CueId cue = sample.in_time[place];
    add_gap(sample, sample.in_time[place - 1], cue, dice);
    add_gap(sample, neighbour(sample, shape, place, dice), cue, dice);
  }
  return sample;
}

std::vector<StatementId> plant_conflict(Sample& sample, std::uint32_t links, Duration short_by,
                                        Dice& dice) {
  const auto cues = static_cast<std::uint32_t>(sample.in_time.size());
  const std::uint32_t first = dice.below(cues - links + 1);
  std::vector<StatementId> planted;
  for (std::uint32_t i = 0; i < links; ++i) {
    const CueId from = sample.in_time[first + i];
    const CueId to = sample.in_time[first + (i + 1) % links];
    Duration bound = sample.schedule[to.value] - sample.schedule[from.value];
    if (i == 0) bound = bound - short_by;
    planted.push_back(StatementId{sample.statements++});
    sample.network.at_most(from, to, bound, planted.back());
  }
  return planted;
}

Renamed rename(const Network& network, Dice& dice) {
  Renamed renamed;
  for (std::uint32_t i = 1; i < network.cue_count(); ++i) renamed.network.add_cue();
  renamed.name = shuffled_numbers(network.cue_count(), dice);
  std::swap(renamed.name[0], *std::find(renamed.name.begin(), renamed.name.end(), kMidnight.value));
  const auto count = static_cast<std::uint32_t>(network.constraints().size());
  for (const std::uint32_t i : shuffled_numbers(count, dice)) {
    Constraint c = network.constraints()[i];
    c.from.value = renamed.name[c.from.value];
    c.to.value = renamed.name[c.to.value];
    renamed.network.add(c);
  }
  return renamed;
}

}  // namespace defilada::programme::testing
