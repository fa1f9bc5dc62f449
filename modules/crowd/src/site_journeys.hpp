// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/crowd/simulation.hpp"

namespace defilada::crowd {

/// What people of a site do: wait in an area, if there is one, until its time; then leave by the
/// exit that `exits` says, or by shares where an exit has one. A journey for each area; sets
/// `Person::journey`: each goes to the area that is nearest from where he is or comes from and has
/// room (its capacity, or its places); those who find none to the nearest. Who is of one group goes
/// to one area while it has room. Errors (bad_input): a ground without ground.
[[nodiscard]] Result<std::vector<Journey>> site_journeys(const Ground& ground,
                                                         const GridOptions& options, Choice exits,
                                                         std::vector<Person>& people);

}  // namespace defilada::crowd
