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

}  // namespace

/// A first guess of the least value: who is nearest to whom at two instants, sorted along the
/// longer side.
std::optional<Prover::Guess> Prover::sample() {
  std::optional<Guess> best;
  const double cap = interest_m_;
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  struct Placed {
    std::array<double, 3> at;
    std::uint32_t mover;
  };
  // Of units those at the edge: they meet others first.
  std::vector<std::uint32_t> at_the_edge;
  if (long_slices_.empty()) at_the_edge = singles_;
  for (const Unit& unit : units_) {
    for (const auto& corner : unit.corners) at_the_edge.push_back(corner.mover);
  }
  // A hull ends where it begins.
  std::sort(at_the_edge.begin(), at_the_edge.end());
  at_the_edge.erase(std::unique(at_the_edge.begin(), at_the_edge.end()), at_the_edge.end());
  // Of many, one instant tells as much.
  constexpr std::size_t kMany = 4000;
  const std::array<double, 2> shares{0.37, 0.71};
  const bool many = at_the_edge.size() + singles_.size() > kMany;
  for (const double share : std::span(shares).first(many ? 1 : 2)) {
    const double t = time_s_[0] + share * (time_s_[1] - time_s_[0]);
    std::vector<Placed> placed;
    placed.reserve(at_the_edge.size() + singles_.size());
    std::array<double, 3> low{kInfinity, kInfinity, 0};
    std::array<double, 3> high{-kInfinity, -kInfinity, 0};
    const auto put = [&](const Placed& p) {
      for (std::size_t d = 0; d < 2; ++d) {
        low[d] = std::min(low[d], p.at[d]);
        high[d] = std::max(high[d], p.at[d]);
      }
      placed.push_back(p);
    };
    for (const std::uint32_t index : at_the_edge) {
      Placed p{{}, index};
      if (motions_.position(motions_.movers[index], t, p.at)) put(p);
    }
    for (const LongSlice& slice : long_slices_) {
      if (t < slice.from_s || t >= slice.to_s) continue;
      const double dt = t - slice.from_s;
      const double s = dt / (slice.to_s - slice.from_s);
      for (const InSlice& in : slice.here) {
        Placed p{{}, in.mover};
        for (std::size_t d = 0; d < 3; ++d)
          p.at[d] = in.from[d] + s * (in.to[d] - in.from[d]) + (d < 2 ? slice.common[d] * dt : 0);
        put(p);
      }
    }
    const std::size_t axis = high[0] - low[0] >= high[1] - low[1] ? 0 : 1;
    std::sort(placed.begin(), placed.end(), [axis](const Placed& a, const Placed& b) {
      return std::tie(a.at[axis], a.mover) < std::tie(b.at[axis], b.mover);
    });
    for (std::size_t i = 0; i < placed.size(); ++i) {
      std::size_t tried = 0;
      for (std::size_t j = i + 1; j < placed.size() && tried < 256; ++j, ++tried) {
        const double wanted = margin ? reach_m_[placed[i].mover] + reach_m_[placed[j].mover] : 0;
        if (placed[j].at[axis] - placed[i].at[axis] - (margin ? widest_m_ : 0) >= interest_m_)
          break;
        const auto& a = placed[i].at;
        const auto& b = placed[j].at;
        // A guess: no care for overflow, which costs more than all the rest.
        const double beside = std::abs(b[1 - axis] - a[1 - axis]);
        if (beside - wanted >= interest_m_) continue;
        const double across =
            std::sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
        if (across - wanted >= interest_m_) continue;
        const auto [first, second] = std::minmax(placed[i].mover, placed[j].mover);
        const Demand demand = demand_of(motions_, rules_, first, second);
        if (demand.shape == Limit::Shape::none) continue;
        const double rise = std::abs(b[2] - a[2]);
        if (demand.shape == Limit::Shape::cylinder && !(rise < demand.vertical_m - 1e-6)) continue;
        const double distance =
            demand.shape == Limit::Shape::sphere ? std::hypot(across, rise) : across;
        const double value = distance - (margin ? demand.distance_m : 0);
        if (value >= interest_m_) continue;
        interest_m_ = value;
        best = Guess{first, second, t};
      }
    }
  }
  interest_m_ = cap;
  return best;
}

}  // namespace defilada::proof
