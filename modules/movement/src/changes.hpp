// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/movement/motion.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// Of the contingent, or of its procession, m/s.
[[nodiscard]] double base_speed_mps(const show::Show& show, const show::Contingent& contingent);
/// The least of its kinds', m/s2.
[[nodiscard]] double acceleration_mps2(const show::Show& show, const show::Contingent& contingent);

/// How each stretch of the contingent changes, by the laws of Motion.
[[nodiscard]] std::vector<show::Change> changes_of(const show::Show& show,
                                                   const show::Contingent& contingent,
                                                   const std::vector<show::GaitZone>& zones,
                                                   double depth_m, double start_m);

/// Tells where that is not what the show says: one finding a contingent and cause.
void tell_changes(const show::Show& show, const Motion& motion,
                  std::vector<MotionFinding>& findings);

/// Evolutions that cannot be done, as findings with their place.
void tell_drill(const show::Show& show, const Motion& motion, std::vector<MotionFinding>& findings);

/// A vehicle that stops: who stands for how long; and why it is planned otherwise than asked.
void tell_stall(const show::Show& show, const Motion& motion, std::vector<MotionFinding>& findings);

}  // namespace defilada::movement
