// SPDX-License-Identifier: MIT
// How near somebody is to somebody, so that nobody needs to look further.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <tuple>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Where they are along an axis.
struct Extent {
  std::size_t axis = 0;
  double low = 0;
  double high = 0;
};

/// So many bins of equal width along an axis.
class Bins {
 public:
  Bins(const Extent& extent, std::size_t count)
      : extent_(extent),
        last_(static_cast<double>(count - 1)),
        scale_(extent.high > extent.low ? last_ / (extent.high - extent.low) : 0),
        ends_(count + 1, 0) {}

  /// Copies `seen` to `out`, bin after bin; afterwards end(b) is where the b-th ends.
  void deal(std::span<const Seen> seen, std::span<Seen> out) {
    for (const Seen& p : seen) ++ends_[of(p) + 1];
    for (std::size_t b = 1; b < ends_.size(); ++b) ends_[b] += ends_[b - 1];
    for (const Seen& p : seen) out[ends_[of(p)]++] = p;
  }
  [[nodiscard]] std::size_t end(std::size_t bin) const { return ends_[bin]; }

 private:
  [[nodiscard]] std::size_t of(const Seen& p) const {
    const double bin = (p.at[extent_.axis] - extent_.low) * scale_;
    return bin > 0 ? static_cast<std::size_t>(std::min(bin, last_)) : 0;
  }

  Extent extent_;
  double last_;
  double scale_;
  std::vector<std::uint32_t> ends_;
};

Extent extent_of(std::span<const Seen> seen, std::size_t axis) {
  Extent extent{axis, kInfinity, -kInfinity};
  for (const Seen& each : seen) {
    extent.low = std::min(extent.low, each.at[axis]);
    extent.high = std::max(extent.high, each.at[axis]);
  }
  return extent;
}

/// The longer side of where they are.
Extent longer_extent(std::span<const Seen> seen) {
  const Extent x = extent_of(seen, 0);
  const Extent y = extent_of(seen, 1);
  return x.high - x.low >= y.high - y.low ? x : y;
}

/// By place along an axis, then by mover; in as many bins as there are of them, so that each holds
/// a few.
void sort_part(std::span<const Seen> seen, const Extent& extent, std::span<Seen> out) {
  if (seen.empty()) return;
  Bins bins(extent, seen.size());
  bins.deal(seen, out);
  std::size_t begin = 0;
  for (std::size_t b = 0; b < seen.size(); begin = bins.end(b++)) {
    if (bins.end(b) - begin < 2) continue;
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin),
              out.begin() + static_cast<std::ptrdiff_t>(bins.end(b)),
              [axis = extent.axis](const Seen& x, const Seen& y) {
                return std::tie(x.at[axis], x.mover) < std::tie(y.at[axis], y.mover);
              });
  }
}

/// The same in wide bins first, each of which any thread sorts by itself.
void sort_along(std::vector<Seen>& seen, const Extent& extent, Threads& threads) {
  constexpr std::size_t kWide = 1024;  ///< of them in a wide bin, were they even
  const std::size_t wide = seen.size() / kWide;
  std::vector<Seen> sorted(seen.size());
  if (wide < 2) {
    sort_part(seen, extent, sorted);
    seen.swap(sorted);
    return;
  }
  Bins bins(extent, wide);
  bins.deal(seen, sorted);
  threads.each(wide, [&](std::size_t b) {
    const std::size_t begin = b == 0 ? 0 : bins.end(b - 1);
    const auto own = std::span(sorted).subspan(begin, bins.end(b) - begin);
    sort_part(own, extent_of(own, extent.axis), std::span(seen).subspan(begin, own.size()));
  });
}

}  // namespace

/// Who of those behind the i-th along the axis is nearest to it, if nearer than what was found.
void Prover::nearest_of(const std::vector<Seen>& seen, std::size_t i, std::size_t axis,
                        NearestSeen& found) const {
  constexpr std::size_t kTries = 256;
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const auto& a = seen[i].at;
  const std::size_t end = std::min(seen.size(), i + 1 + kTries);
  for (std::size_t j = i + 1; j < end; ++j) {
    const auto& b = seen[j].at;
    const double wanted = margin ? reach_m_[seen[i].mover] + reach_m_[seen[j].mover] : 0;
    if (b[axis] - a[axis] - (margin ? widest_m_ : 0) >= found.value_m) break;
    // A guess: no care for overflow, which costs more than all the rest.
    const double beside = std::abs(b[1 - axis] - a[1 - axis]);
    if (beside - wanted >= found.value_m) continue;
    const double across = std::sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
    if (across - wanted >= found.value_m) continue;
    const auto [first, second] = std::minmax(seen[i].mover, seen[j].mover);
    const Demand demand = demand_of(motions_, rules_, first, second);
    if (demand.shape == Limit::Shape::none) continue;
    const double rise = std::abs(b[2] - a[2]);
    if (demand.shape == Limit::Shape::cylinder && !(rise < demand.vertical_m - 1e-6)) continue;
    const double distance =
        demand.shape == Limit::Shape::sphere ? std::hypot(across, rise) : across;
    const double value = distance - (margin ? demand.distance_m : 0);
    if (value < found.value_m) found = {value, first, second};
  }
}

/// Of units those at the edge, who meet others first, and all who go alone but are in no slice.
std::vector<std::uint32_t> Prover::at_the_edge() const {
  std::vector<char> edges(motions_.movers.size(), 0);
  if (long_slices_.empty()) {
    for (const std::uint32_t index : singles_) edges[index] = 1;
  }
  for (const Unit& unit : units_) {
    for (const auto& corner : unit.corners) edges[corner.mover] = 1;
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    if (edges[i] != 0) out.push_back(i);
  }
  return out;
}

/// Where these are at an instant, and those of the long slice about it.
std::vector<Seen> Prover::seen_at(double t_s, const std::vector<std::uint32_t>& movers,
                                  Threads& threads) const {
  constexpr std::size_t kBatch = 512;
  const auto for_each = [&](std::size_t count, const auto& see) {
    threads.in_batches(count, kBatch, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) see(i);
    });
  };
  constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  std::vector<Seen> seen(movers.size());
  for_each(movers.size(), [&](std::size_t i) {
    const bool there = motions_.position(motions_.movers[movers[i]], t_s, seen[i].at);
    seen[i].mover = there ? movers[i] : kNobody;
  });
  std::erase_if(seen, [](const Seen& each) { return each.mover == kNobody; });
  for (const LongSlice& slice : long_slices_) {
    if (t_s < slice.from_s || t_s >= slice.to_s) continue;
    const double dt = t_s - slice.from_s;
    const double s = dt / (slice.to_s - slice.from_s);
    const std::size_t before = seen.size();
    seen.resize(before + slice.here.size());
    for_each(slice.here.size(), [&](std::size_t i) {
      const InSlice& in = slice.here[i];
      Seen& own = seen[before + i];
      own.mover = in.mover;
      for (std::size_t d = 0; d < 3; ++d)
        own.at[d] = in.from[d] + s * (in.to[d] - in.from[d]) + (d < 2 ? slice.common[d] * dt : 0);
    });
  }
  return seen;
}

/// Who is nearest to whom at an instant, sorted along the longer side; if nearer than what is of
/// interest. Parts of them each by itself, the same parts on any number of threads.
NearestSeen Prover::nearest_at(double t_s, const std::vector<std::uint32_t>& edge,
                               Threads& threads) const {
  constexpr std::size_t kPart = 1024;
  std::vector<Seen> seen = seen_at(t_s, edge, threads);
  const Extent extent = longer_extent(seen);
  sort_along(seen, extent, threads);
  std::vector<NearestSeen> found((seen.size() + kPart - 1) / kPart, {interest_m_, 0, 0});
  threads.in_batches(seen.size(), kPart, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      nearest_of(seen, i, extent.axis, found[begin / kPart]);
  });
  NearestSeen best{interest_m_, 0, 0};
  for (const NearestSeen& each : found) {
    if (each.value_m < best.value_m) best = each;
  }
  return best;
}

/// A first guess of the least value: the nearest two at two instants; of many, at one, which tells
/// as much.
std::optional<Prover::Guess> Prover::sample() {
  constexpr std::size_t kMany = 4000;
  const std::vector<std::uint32_t> edge = at_the_edge();
  const std::array<double, 2> shares{0.37, 0.71};
  std::array<double, 2> instants_s{};
  for (std::size_t k = 0; k < shares.size(); ++k)
    instants_s[k] = time_s_[0] + shares[k] * (time_s_[1] - time_s_[0]);
  std::array<NearestSeen, 2> found;
  found.fill({interest_m_, 0, 0});
  if (edge.size() + singles_.size() > kMany) {
    found[0] = nearest_at(instants_s[0], edge, threads_);
  } else {
    threads_.each(found.size(), [&](std::size_t k) {
      Threads alone(1);
      found[k] = nearest_at(instants_s[k], edge, alone);
    });
  }
  const std::size_t k = found[1].value_m < found[0].value_m ? 1 : 0;
  if (found[k].value_m >= interest_m_) return std::nullopt;
  return Guess{found[k].first, found[k].second, instants_s[k]};
}

}  // namespace defilada::proof
