// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/movement/arrangement.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/drill.hpp"
#include "defilada/show/model.hpp"

/// Evolutions at the halt: what each of a contingent does between one formation and the next, as
/// drill books have it. Nothing of routes and of times of the day.
namespace defilada::movement {

/// A phase of an evolution: everybody who moves in it sets off at its beginning, goes straight, and
/// stands again when there: SpeedProfile::move(length, speed, acceleration).
struct DrillPhase {
  double t0_s = 0;  ///< since the evolution began
  double duration_s = 0;
  double speed_mps = 0;         ///< forward and aside; back it is half, in half steps
  double facing_rad = 0;        ///< where those who move look, from the direction of march
  std::vector<geo::Vec2> by_m;  ///< (slot) x forward, y to the left
};

/// What an evolution at the halt comes to. While it lasts the contingent's frame stands.
struct Evolved {
  Arrangement after;   ///< the same slots in the same order, with new places, ranks and files
  double ahead_m = 0;  ///< its head line in front of the head line before
  std::vector<DrillPhase> phases;
  double duration_s = 0;
  double acceleration_mps2 = 0;
};

/// Why an evolution cannot be done, and what would mend it.
struct DrillFault {
  std::string code;
  Phrase message;
};

/// Places and times of an evolution, at the contingent's pace p and speed v = p * cadence. A move
/// of length D from rest to rest takes, with the kind's acceleration a,
///     T(D, v) = D / v + v / a  where D >= v^2 / a,  else  2 sqrt(D / a)
/// so the drill book's count of paces, D / p, and the time to set off and to halt. Turns at the
/// halt are made within a pace and take no time of their own.
///
///   open order by d     rank r, counted behind the leaders, goes (stands - r) d: forward at v,
///   back
///                       in half steps at v / 2. With d a pace of 30 in and the third standing:
///                       rank 1 two paces, rank 2 one, rank 3 none, rank 4 two half steps back.
///                       T = max(T((stands - 1) d, v), T((n - stands) d, v / 2)).  The leaders go
///                       with the first rank. Source: US Army TC 3-21.5, docs/facts (S102).
///   close order by d    the same way back.
///   form line of F      a column of f files and m ranks: q = F / f parts of m / q ranks, S deep
///   with
///                       their distance and W = f times the interval wide. All turn to the flank
///                       and go aside to where they stand in the line, (k - (q - 1) / 2) W for the
///                       k-th from the front; then part k goes forward k S beside the leading one.
///                       T = T((q - 1) W / 2, v) + T((q - 1) S, v)
///   form column of f    the same the other way round: part k goes forward (q - 1 - k) S, the
///   leading
///                       one farthest; then all come to the axis.
///   dress to interval i files go aside, from the right, the left or the centre, in side steps of
///                       12 in:  T = max over files of T(aside, 12 in * cadence), `lasts` at least.
///                       Source: drill theory (S104).
///   mark time           `lasts`
/// Two phases, first aside and then forward (or the other way round), because parts that went
/// straight to their places would cut the corners of the parts beside them.
///
/// Laws (property-tested against stepping everybody): nobody is nearer to another, at any instant,
/// than the lesser of their distances before and after, but for parts that pass along each other,
/// which are never nearer than a file's interval or a rank's distance; speeds within v; the nose
/// and the tail move as one slot does (Ends).
///
/// Error: a DrillFault, where the files do not divide, ranks are not alike, a distance would be
/// less than the kind's separation, or the kind cannot step aside. `formation` says the interval or
/// distance of a single file or rank. Not for a wheel or a countermarch.
/// Cost: O(slots log slots).
[[nodiscard]] tl::expected<Evolved, DrillFault> evolve(
    const show::Show& show, const show::Evolution& evolution, const Arrangement& before,
    const show::Gait& gait, const formation::Spec& formation, double acceleration_mps2);

/// Where a slot is at `t_s` of an evolution, from where it was before: x forward, y to the left.
[[nodiscard]] geo::Vec2 moved_at(const Evolved& evolved, std::size_t slot, double t_s);

/// The way of one slot in a phase, as lengths along its straight.
[[nodiscard]] std::vector<SpeedProfile::Phase> way_of(const Evolved& evolved,
                                                      const DrillPhase& phase, std::size_t slot);

/// The slot whose way is the nose's, and the one whose way is the tail's.
struct Ends {
  std::size_t nose = 0;
  std::size_t tail = 0;
};
[[nodiscard]] Ends ends_of(const show::Show& show, const Arrangement& before,
                           const Evolved& evolved);

}  // namespace defilada::movement
