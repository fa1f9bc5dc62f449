// SPDX-License-Identifier: MIT
// What all parts of the work have found, put together: dealt out into ranges of pairs, each range
// by itself on any thread, and the ranges in their order.
//
//     part 0   c a b        range a   a a        sorted, joined, placed
//     part 1   a c     ->   range b   b     ->
//     part 2   b            range c   c c
#include <algorithm>
#include <bit>
#include <span>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr std::size_t kMostRanges = 64;
constexpr std::size_t kOfARange = 1024;  ///< items: fewer are not worth a range of their own

/// How many ranges so many items are worth.
std::size_t ranges_for(std::size_t items) {
  return std::clamp<std::size_t>(items / kOfARange, 1, kMostRanges);
}

/// Items in ranges, in each in the order of the parts that they came from.
template <class Item>
struct Dealt {
  std::vector<Item> items;
  std::vector<std::size_t> starts;  ///< of each range, and the end
  [[nodiscard]] std::span<const Item> operator[](std::size_t range) const {
    return std::span(items).subspan(starts[range], starts[range + 1] - starts[range]);
  }
};

/// `visit(part, put)` calls put(range, item) for the items of a part, the same at each of two
/// calls: one counts, the other places.
template <class Item, class Visit>
Dealt<Item> deal(std::size_t parts, std::size_t ranges, Threads& threads, const Visit& visit) {
  constexpr std::size_t kMostChunks = 64;
  const std::size_t chunks = ranges == 1 ? 1 : std::min(parts, kMostChunks);
  std::vector<std::size_t> next(chunks * ranges, 0);  // (chunk, range)
  const auto each_of = [&](std::size_t chunk, const auto& put) {
    for (std::size_t p = chunk * parts / chunks; p < (chunk + 1) * parts / chunks; ++p)
      visit(p, put);
  };
  threads.each(chunks, [&](std::size_t chunk) {
    std::size_t* own = &next[chunk * ranges];
    each_of(chunk, [own](std::size_t range, const Item&) { ++own[range]; });
  });
  Dealt<Item> dealt;
  std::size_t sum = 0;
  for (std::size_t r = 0; r < ranges; ++r) {
    dealt.starts.push_back(sum);
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
      const std::size_t count = next[chunk * ranges + r];
      next[chunk * ranges + r] = sum;
      sum += count;
    }
  }
  dealt.starts.push_back(sum);
  dealt.items.resize(sum);
  threads.each(chunks, [&](std::size_t chunk) {
    std::size_t* own = &next[chunk * ranges];
    each_of(chunk,
            [&, own](std::size_t range, const Item& item) { dealt.items[own[range]++] = item; });
  });
  return dealt;
}

std::uint64_t spread(std::uint64_t pair) {
  return pair * 0x9E3779B97F4A7C15U;
}

/// Of pairs a << 32 | b, a < b: none is 0.
std::uint64_t count_different(std::span<const std::uint64_t> pairs) {
  std::vector<std::uint64_t> table(std::bit_ceil(2 * pairs.size() + 1), 0);
  const std::size_t last = table.size() - 1;
  std::uint64_t count = 0;
  for (const std::uint64_t pair : pairs) {
    std::size_t at = spread(pair) >> 20U & last;
    while (table[at] != 0 && table[at] != pair) at = (at + 1) & last;
    count += table[at] == 0 ? 1 : 0;
    table[at] = pair;
  }
  return count;
}

std::uint64_t count_looked(const std::vector<Found>& parts, Threads& threads) {
  std::size_t items = 0;
  for (const Found& part : parts) items += part.looked.size();
  if (items == 0) return 0;
  const std::size_t ranges = ranges_for(items);
  const auto visit = [&](std::size_t part, const auto& put) {
    for (const std::uint64_t pair : parts[part].looked) put((spread(pair) >> 58U) % ranges, pair);
  };
  const Dealt<std::uint64_t> dealt = deal<std::uint64_t>(parts.size(), ranges, threads, visit);
  std::vector<std::uint64_t> counts(ranges);
  threads.each(ranges, [&](std::size_t r) { counts[r] = count_different(dealt[r]); });
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts) sum += count;
  return sum;
}

/// Midway between the two, when they are nearest.
void place(const Motions& motions, Approach& each) {
  std::array<double, 3> a{};
  std::array<double, 3> b{};
  motions.position(motions.movers[each.a], each.t_least_s, a);
  motions.position(motions.movers[each.b], each.t_least_s, b);
  for (std::size_t d = 0; d < 3; ++d) each.place_m[d] = 0.5 * (a[d] + b[d]);
}

std::vector<Approach> put_together(const Motions& motions, const std::vector<Found>& parts,
                                   Threads& threads) {
  std::size_t items = 0;
  for (const Found& part : parts) items += part.conflicts.size();
  if (items == 0) return {};
  const std::size_t ranges = ranges_for(items);
  const auto visit = [&](std::size_t part, const auto& put) {
    for (const Approach& each : parts[part].conflicts)
      put(each.a * ranges / motions.movers.size(), &each);
  };
  using Pointer = const Approach*;
  const Dealt<Pointer> dealt = deal<Pointer>(parts.size(), ranges, threads, visit);
  std::vector<std::vector<Approach>> joined(ranges);
  threads.each(ranges, [&](std::size_t r) {
    std::vector<Approach>& own = joined[r];
    own.reserve(dealt[r].size());
    for (const Approach* each : dealt[r]) own.push_back(*each);
    join_conflicts(own);
    for (Approach& each : own) place(motions, each);
  });
  if (ranges == 1) return std::move(joined[0]);
  std::vector<Approach> all;
  all.reserve(items);
  for (const std::vector<Approach>& own : joined) all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace

SeparationReport make_report(const Motions& motions, const SeparationOptions& options,
                             Threads& threads, const std::vector<Found>& parts,
                             const Least& least) {
  const std::uint64_t movers = motions.movers.size();
  SeparationReport report;
  report.pairs = movers < 2 ? 0 : movers * (movers - 1) / 2;
  report.refined = count_looked(parts, threads);
  report.conflicts = put_together(motions, parts, threads);
  report.least_upper_m = std::min(least.upper_m, options.cap_m);
  // Whoever was passed over is further than the least found less the tolerance.
  report.least_lower_m = std::min(least.lower_m, report.least_upper_m);
  if (least.upper_m < options.cap_m) {
    report.nearest = {least.a, least.b};
    report.t_nearest_s = least.t_s;
  }
  return report;
}

}  // namespace defilada::proof
