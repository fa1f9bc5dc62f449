// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "defilada/crowd/measure.hpp"
#include "defilada/spectators/day.hpp"

/// Figures that the report reads off a simulated phase.
namespace defilada::safety {

/// Levels of service where people stand and wait, A to F. Source: J. Fruin, "Pedestrian planning
/// and design" (1971), queuing areas: 1.21, 0.93, 0.65, 0.28 and 0.19 m2 a person. Those of
/// walkways are crowd::level_of_service.
[[nodiscard]] crowd::LevelOfService level_of_waiting(double persons_per_m2) noexcept;

/// How many came through exits within `seconds` of the phase's beginning, to the minute before.
[[nodiscard]] std::uint64_t out_within(const spectators::Phase& phase, double seconds);
/// When (seconds from its beginning) this share of the phase's people was out, to the minute after;
/// < 0: never. Requires 0 < share <= 1.
[[nodiscard]] double out_after_s(const spectators::Phase& phase, double share);
/// The most that passed all gates within any 60 consecutive minutes.
[[nodiscard]] std::uint64_t busiest_hour(const spectators::Phase& phase);
/// The curves added, minute by minute; the shorter ones stay at their last number.
[[nodiscard]] spectators::Curve sum_of(std::span<const spectators::Curve> curves);

}  // namespace defilada::safety
