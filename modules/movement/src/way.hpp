// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/show/model.hpp"

namespace defilada::movement {

/// The way of one contingent: in the air corners are rounded by its own turns in the wind, it may
/// come by a line of its own, and it may break off. Errors (bad_input): corners that do not fit.
[[nodiscard]] Result<Way> way_of(const show::Show& show, const show::Contingent& contingent);

/// Tells where the wind lets a flight not get along its way: one finding a contingent.
void tell_wind(const show::Show& show, const Motion& motion, std::vector<MotionFinding>& findings);

}  // namespace defilada::movement
