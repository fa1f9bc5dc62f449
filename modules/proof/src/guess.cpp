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

/// By place along an axis, then by mover: counted into as many bins, which are sorted each by
/// itself.
void sort_along(std::vector<Seen>& seen, std::size_t axis, double low, double high) {
  if (seen.empty()) return;
  const auto last = static_cast<double>(seen.size() - 1);
  const double scale = high > low ? last / (high - low) : 0;
  const auto bin_of = [&](const Seen& p) {
    const double bin = (p.at[axis] - low) * scale;
    return bin > 0 ? static_cast<std::size_t>(std::min(bin, last)) : 0;
  };
  std::vector<std::uint32_t> ends(seen.size() + 1, 0);
  for (const Seen& p : seen) ++ends[bin_of(p) + 1];
  for (std::size_t b = 1; b < ends.size(); ++b) ends[b] += ends[b - 1];
  std::vector<Seen> sorted(seen.size());
  for (const Seen& p : seen) sorted[ends[bin_of(p)]++] = p;
  std::size_t begin = 0;
  for (std::size_t b = 0; b < seen.size(); begin = ends[b++]) {
    if (ends[b] - begin < 2) continue;
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(begin), sorted.begin() + ends[b],
              [axis](const Seen& x, const Seen& y) {
                return std::tie(x.at[axis], x.mover) < std::tie(y.at[axis], y.mover);
              });
  }
  seen.swap(sorted);
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
std::vector<Seen> Prover::seen_at(double t_s, const std::vector<std::uint32_t>& movers) const {
  constexpr std::size_t kBatch = 512;
  const auto in_batches = [&](std::size_t count, const auto& see) {
    threads_.each((count + kBatch - 1) / kBatch, [&](std::size_t batch) {
      for (std::size_t i = batch * kBatch; i < std::min(count, (batch + 1) * kBatch); ++i) see(i);
    });
  };
  constexpr std::uint32_t kNobody = 0xFFFFFFFF;
  std::vector<Seen> seen(movers.size());
  in_batches(movers.size(), [&](std::size_t i) {
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
    in_batches(slice.here.size(), [&](std::size_t i) {
      const InSlice& in = slice.here[i];
      Seen& own = seen[before + i];
      own.mover = in.mover;
      for (std::size_t d = 0; d < 3; ++d)
        own.at[d] = in.from[d] + s * (in.to[d] - in.from[d]) + (d < 2 ? slice.common[d] * dt : 0);
    });
  }
  return seen;
}

/// A first guess of the least value: who is nearest to whom at two instants, sorted along the
/// longer side. Parts of them each by itself, the same parts on any number of threads.
std::optional<Prover::Guess> Prover::sample() {
  constexpr std::size_t kMany = 4000;  // one instant tells as much
  constexpr std::size_t kPart = 1024;
  std::optional<Guess> best;
  const double cap = interest_m_;
  const std::vector<std::uint32_t> edge = at_the_edge();
  const std::array<double, 2> shares{0.37, 0.71};
  const bool many = edge.size() + singles_.size() > kMany;
  for (const double share : std::span(shares).first(many ? 1 : 2)) {
    const double t = time_s_[0] + share * (time_s_[1] - time_s_[0]);
    std::vector<Seen> seen = seen_at(t, edge);
    std::array<double, 2> low{kInfinity, kInfinity};
    std::array<double, 2> high{-kInfinity, -kInfinity};
    for (const Seen& each : seen) {
      for (std::size_t d = 0; d < 2; ++d) {
        low[d] = std::min(low[d], each.at[d]);
        high[d] = std::max(high[d], each.at[d]);
      }
    }
    const std::size_t axis = high[0] - low[0] >= high[1] - low[1] ? 0 : 1;
    sort_along(seen, axis, low[axis], high[axis]);
    std::vector<NearestSeen> found((seen.size() + kPart - 1) / kPart);
    threads_.each(found.size(), [&](std::size_t part) {
      found[part].value_m = interest_m_;
      const std::size_t end = std::min(seen.size(), (part + 1) * kPart);
      for (std::size_t i = part * kPart; i < end; ++i) nearest_of(seen, i, axis, found[part]);
    });
    for (const NearestSeen& each : found) {
      if (each.value_m >= interest_m_) continue;
      interest_m_ = each.value_m;
      best = Guess{each.first, each.second, t};
    }
  }
  interest_m_ = cap;
  return best;
}

}  // namespace defilada::proof
