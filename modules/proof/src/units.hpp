// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "broad.hpp"

/// Steps of find_units.
namespace defilada::proof {

inline constexpr double kRigid_m = 1e-6;  ///< tracks that move alike up to this are one unit

/// Coefficient k of a mover's own place on a piece; zero beyond its degree.
[[nodiscard]] inline Coefficient effective(const Motions& motions, const MotionMover& mover,
                                           const MotionPiece& piece, int k) {
  Coefficient c{};
  if (k > piece.degree) return c;
  const Coefficient& own =
      motions.coefficients[piece.first_coefficient + static_cast<std::uint32_t>(k)];
  c[0] = own[0] + mover.left_m * own[3] + (k == 0 ? mover.offset_m[0] : 0);
  c[1] = own[1] + mover.left_m * own[4] + (k == 0 ? mover.offset_m[1] : 0);
  c[2] = own[2] + (k == 0 ? mover.offset_m[2] : 0);
  return c;
}

[[nodiscard]] inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  return hash ^ (value + 0x9E3779B97F4A7C15U + (hash << 6U) + (hash >> 2U));
}

/// A unit of one, not complete.
[[nodiscard]] Unit unit_of(const Motions& motions, std::uint32_t index);

/// Whether the normal is the same number in all pieces.
[[nodiscard]] bool has_one_normal(const Motions& motions, const MotionPath& path);

/// Who is alone on their path, and what tells them from others without a look at the track.
struct Lone {
  std::uint32_t mover = 0;
  std::uint64_t times = 0;  ///< of those who change at the same times, alike
  std::uint64_t shape = 0;  ///< of those who move alike, alike
  std::array<double, 2> begins_m{};
};
[[nodiscard]] std::vector<Lone> look_at_lone(const Motions& motions,
                                             std::span<const std::uint32_t> alone,
                                             Threads& threads);

/// Items of equal key, in order of their first and each in order.
struct Runs {
  std::vector<std::uint32_t> items;
  std::vector<std::uint32_t> starts;  ///< of each run in `items`, and the end
  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t run) const {
    return std::span(items).subspan(starts[run], starts[run + 1] - starts[run]);
  }
};
[[nodiscard]] Runs runs_of(std::span<const std::uint64_t> keys);

/// Units of those of `lone` who move alike; the others stay, in order.
void join_alike(const Motions& motions, std::vector<Lone>& lone, std::vector<Unit>& units,
                Threads& threads);

/// Units of those of `lone` who are on one line at all times: a rank, also one that wheels; the
/// others stay, in order. Their paths are new ones: they go to `lanes`, which becomes a copy of
/// `motions` with those added when there is the first.
void join_ranks(const Motions& motions, std::vector<Lone>& lone, std::vector<Unit>& units,
                Motions& lanes);

/// Parts units whose members do not stand together, at gaps that are wide against their spacing.
/// Before they are complete.
void part_units(const Motions& motions, std::vector<Unit>& units, Threads& threads);

/// A mover's place beside its own path; with `steady` the normal, which is one constant, is in the
/// offset.
[[nodiscard]] Unit::Member member_of(const Motions& motions, std::uint32_t index, bool steady);

/// Direction in which members without a normal are spread most; of length 1.
[[nodiscard]] std::array<double, 2> longest_axis(const std::vector<Unit::Member>& members);

}  // namespace defilada::proof
