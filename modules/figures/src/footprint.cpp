// SPDX-License-Identifier: MIT
#include "defilada/figures/footprint.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/formation/perspective.hpp"

namespace defilada::figures {

Footprint::Footprint(const legibility::Measure& measure, std::span<const Spot> spots,
                     double below_m, double cell_m)
    : measure_(measure), spots_(spots), below_m_(below_m), cell_m_(cell_m) {
  Spot low = spots.front();
  Spot high = low;
  for (const Spot spot : spots) {
    low = {std::min(low.back_m, spot.back_m), std::min(low.left_m, spot.left_m)};
    high = {std::max(high.back_m, spot.back_m), std::max(high.left_m, spot.left_m)};
  }
  middle_ = {(low.back_m + high.back_m) / 2, (low.left_m + high.left_m) / 2};
  // The whole figure must be high enough, so its middle at least.
  reach_m_ = below_m / std::tan(formation::kLowest_rad);
  side_ = static_cast<int>(std::ceil(reach_m_ / cell_m)) + 1;
  const auto row = static_cast<std::size_t>(2 * side_ + 1);
  cells_.assign(row * row, Known::nothing);
}

bool Footprint::reads(double ahead_m, double left_m) {
  const auto x = static_cast<long>(std::floor((ahead_m + middle_.back_m) / cell_m_));
  const auto y = static_cast<long>(std::floor((left_m - middle_.left_m) / cell_m_));
  if (std::labs(x) > side_ || std::labs(y) > side_) return false;
  const auto row = static_cast<std::size_t>(2 * side_ + 1);
  Known& cell =
      cells_[static_cast<std::size_t>(y + side_) * row + static_cast<std::size_t>(x + side_)];
  if (cell == Known::nothing) {
    const Eye eye{(static_cast<double>(x) + 0.5) * cell_m_ - middle_.back_m,
                  (static_cast<double>(y) + 0.5) * cell_m_ + middle_.left_m, below_m_};
    const auto picture = picture_of(eye, spots_);
    cell = picture && measure_.reads(*picture, legibility::kLeastOverlapAside) ? Known::reads
                                                                               : Known::does_not;
  }
  return cell == Known::reads;
}

double cell_for(double below_m, double coarser) noexcept {
  return std::max(1.0, below_m / 15 * coarser);
}

}  // namespace defilada::figures
