// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/crowd/check_ground.hpp"

namespace defilada::crowd {

/// Appends the faults of drawn queues. `areas`: the ground of each level; polygons are sound.
void add_queue_faults(const Ground& ground, const std::vector<std::vector<geo::Polygon>>& areas,
                      std::vector<Fault>& faults);

}  // namespace defilada::crowd
