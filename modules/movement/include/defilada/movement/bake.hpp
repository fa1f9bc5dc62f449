// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/movement/motion.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

namespace defilada::movement {

/// Largest distance of a track from the exact curve.
inline constexpr double kGroundErrorM = 1e-3;
inline constexpr double kAirErrorM = 1e-2;

/// Bakes a contingent that steps off at `steps_off_s` (s of the show) and has stood since
/// `forms_up_s`; a flight with a hold has flown in it since then. Requires there a time that its
/// hold can spend (fly_hold). One that stays at its end
/// stands there until `until_s`. A lane beside the route's axis is left as Motion::lane_at says: a
/// cubic on a straight, so the track stays exact.
///
/// Straights: s(t) is quadratic on a phase, so the track is exact. Arcs: the normal N(t) turns with
/// angle theta(t), quadratic on a phase; it is replaced by the quintic that matches value and first
/// two derivatives at both ends, and the rank's middle by centre - N / curvature, so that a whole
/// rank stays rigid. Error of the quintic on a piece of length h (Hermite remainder, |f^(6)| by the
/// complete Bell polynomial B6):
///     |N - exact| <= (w^6 + 15 w^4 a + 45 w^2 a^2 + 15 a^3) h^6 / 46080,   w >= |theta'|, a =
///     |theta''|
/// Source: P. J. Davis, "Interpolation and Approximation" (1963), section 3.5, for the remainder.
/// Law (property-tested): every mover is within its error_m of the exact curve, and that is <= the
/// limits above.
void bake(const show::Show& show, const Motion& motion, double forms_up_s, double steps_off_s,
          track::TrackSet& tracks, double until_s = 0);

/// The same for a contingent that stands in its place from `begin_s` to `end_s`.
void bake_in_place(const show::Show& show, show::ContingentId contingent,
                   const Arrangement& arrangement, double begin_s, double end_s,
                   track::TrackSet& tracks);

/// Appends the pieces of a lone body that goes along a route from `departs_s` (time 0 of its
/// profile) to `ends_s`, on the ground, and gives their bounds of error for a body at most `left_m`
/// beside the route; the path is not added to `tracks.paths`, so that a way can have many parts.
[[nodiscard]] track::Path bake_way(const geo::Route& route, const SpeedProfile& profile,
                                   double departs_s, double ends_s, double left_m,
                                   track::TrackSet& tracks);

}  // namespace defilada::movement
