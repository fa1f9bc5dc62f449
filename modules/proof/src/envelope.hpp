// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <span>

#include "defilada/proof/motions.hpp"

/// Where a mover is in a slice of time: beside a straight chord, in a box that goes along with it.
///
///          .--------------------------------.
///     from o---------- chord ---------------o to      from and to are the middles of the box
///          '--------------------------------'
namespace defilada::proof {

/// Rows of four; the last is not used.
struct Envelope {
  std::array<double, 4> from{};  ///< at the beginning of the slice [m]
  std::array<double, 4> to{};    ///< at its end [m]
  std::array<double, 4> half{};  ///< half the sides of the box, rounding included [m]
};

/// Of `mover` on `pieces`, which begin with the one of `from_s`, from there to `to_s`. At every
/// instant between, its place is that on the chord, give or take `half` along each axis. The
/// control points of all pieces less the chord bound it; where there are several pieces, halved
/// once, since a long slice is worth a tight box. The same bits on every instruction set.
/// False, and `out` is not to be used: it is not there all the time, or double is too coarse for it
/// (docs/proof.md, "Envelopes"). Cost: some 20 ns a piece of degree 4.
[[nodiscard]] bool find_envelope(const Motions& motions, const MotionMover& mover,
                                 std::span<const MotionPiece> pieces, double from_s, double to_s,
                                 Envelope& out);

}  // namespace defilada::proof
