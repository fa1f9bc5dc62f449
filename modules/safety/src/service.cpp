// SPDX-License-Identifier: MIT
#include "defilada/safety/service.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace defilada::safety {
namespace {

using spectators::Curve;
using spectators::Phase;

std::vector<Curve> exit_curves(const Phase& phase) {
  std::vector<Curve> all;
  for (const spectators::ExitOutcome& exit : phase.exits) all.push_back(exit.through);
  return all;
}

}  // namespace

crowd::LevelOfService level_of_waiting(double persons_per_m2) noexcept {
  constexpr std::array kRoom_m2{1.21, 0.93, 0.65, 0.28, 0.19};
  std::uint8_t level = 0;
  while (level < kRoom_m2.size() && persons_per_m2 * kRoom_m2[level] > 1) ++level;
  return static_cast<crowd::LevelOfService>(level);
}

Curve sum_of(std::span<const Curve> curves) {
  Curve sum;
  for (const Curve& each : curves) sum.resize(std::max(sum.size(), each.size()), 0);
  for (const Curve& each : curves) {
    for (std::size_t k = 0; k < sum.size() && !each.empty(); ++k) {
      sum[k] += each[std::min(k, each.size() - 1)];
    }
  }
  return sum;
}

std::uint64_t out_within(const Phase& phase, double seconds) {
  // The last number of a curve is of the phase's end, which is no whole minute.
  if (phase.begin_s + seconds >= phase.end_s) return phase.out;
  const Curve out = sum_of(exit_curves(phase));
  if (out.empty() || seconds < 0) return 0;
  return out[std::min(static_cast<std::size_t>(seconds / 60), out.size() - 1)];
}

double out_after_s(const Phase& phase, double share) {
  const auto wanted = static_cast<std::uint64_t>(
      std::max(1.0, std::ceil(share * static_cast<double>(phase.people) - 1e-9)));
  if (phase.out < wanted) return -1;
  const Curve out = sum_of(exit_curves(phase));
  for (std::size_t k = 0; k < out.size(); ++k) {
    if (out[k] >= wanted)
      return std::min(60.0 * static_cast<double>(k), phase.end_s - phase.begin_s);
  }
  return phase.end_s - phase.begin_s;
}

std::uint64_t busiest_hour(const Phase& phase) {
  std::vector<Curve> all;
  for (const spectators::GateOutcome& gate : phase.gates) all.push_back(gate.through);
  const Curve through = sum_of(all);
  std::uint64_t most = 0;
  for (std::size_t k = 0; k < through.size(); ++k) {
    most = std::max<std::uint64_t>(most, through[k] - (k >= 60 ? through[k - 60] : 0));
  }
  return most;
}

}  // namespace defilada::safety
