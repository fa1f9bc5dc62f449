// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "broad.hpp"

/// Steps of find_units.
namespace defilada::proof {

inline constexpr double kRigid_m = 1e-6;  ///< tracks that move alike up to this are one unit

/// Coefficient k of a mover's own place on a piece; zero beyond its degree.
[[nodiscard]] Coefficient effective(const Motions& motions, const MotionMover& mover,
                                    const MotionPiece& piece, int k);

[[nodiscard]] inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  return hash ^ (value + 0x9E3779B97F4A7C15U + (hash << 6U) + (hash >> 2U));
}

/// Movers that are alone on their paths and on one line at all times: a rank, also one that wheels.
/// Their paths are new ones: they go to `lanes`, which becomes a copy of `motions` with those added
/// when there is the first.
void join_ranks(const Motions& motions, std::vector<Unit>& units, Motions& lanes);

/// Parts units whose members do not stand together, at gaps that are wide against their spacing.
/// Before they are complete.
void part_units(const Motions& motions, std::vector<Unit>& units);

/// A mover's place beside its own path; with `steady` the normal, which is one constant, is in the
/// offset.
[[nodiscard]] Unit::Member member_of(const Motions& motions, std::uint32_t index, bool steady);

/// Direction in which members without a normal are spread most; of length 1.
[[nodiscard]] std::array<double, 2> longest_axis(const std::vector<Unit::Member>& members);

}  // namespace defilada::proof
