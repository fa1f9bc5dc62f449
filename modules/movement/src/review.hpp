// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/movement/motion.hpp"

/// A reviewing party passes contingents that stand in line.
///
///        from   middle   to            arc lengths of the drive at which its nose is on the
///   ------|-------|-------|------>     normals through the ends and the middle of a contingent
///         :       :       :            <- clearance: body to body
///         [x  x  x  x  x  x]           a contingent as it stands
///
/// A line-up in a bend is taken along the chord from its tail to its head.
namespace defilada::movement {

/// Finds where the drive of an item's review passes whom, adds that to `motions.reviews`, and gives
/// where its nose stops. Requires that those it passes are lined up. Whom it does not come abeam of
/// within kAbeamM: a finding.
[[nodiscard]] std::vector<SpeedProfile::Stop> review_stops(const show::Show& show,
                                                           show::ItemId item, Motions& motions);

/// Farther aside than this nobody is reviewed.
inline constexpr double kAbeamM = 100;

/// Least distance between the bodies of the drive and of those in line, over the whole drive: the
/// way of its widest body's middle against the outline of each contingent. Closed forms for
/// straights and arcs. Nearer than the review asks: a finding.
void measure_clearance(const show::Show& show, ReviewWay& review, Motions& motions);

}  // namespace defilada::movement
