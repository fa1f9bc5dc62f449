// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <vector>

#include "defilada/geo/route.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/movement/profile.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// Zones and stops of a contingent, moved into the arc length of one reference: its nose (shift 0)
/// or a rank.
[[nodiscard]] SpeedProfile::Course course_of(const show::Show& show,
                                             const show::Contingent& contingent,
                                             std::span<const show::GaitZone> zones,
                                             std::span<const show::Change> changes,
                                             const std::vector<SpeedProfile::Stop>& stops,
                                             double start_m, double end_m, double rank_shift_m);

/// How much more the outermost vehicle speeds up than the axis where speed changes in a bend:
/// 1 + left / radius, the largest over the arcs that somebody is on while it changes; 1 without.
/// The axis must do with that much less, so that the outer file keeps within its kind's limit.
[[nodiscard]] double outer_share(const show::Show& show, const Arrangement& arrangement,
                                 const geo::Route& route, const SpeedProfile::Course& course);

/// The halts of a march, of its noses.
[[nodiscard]] std::vector<SpeedProfile::Stop> halts_of(const show::Show& show,
                                                       const show::Procession& procession);

}  // namespace defilada::movement
