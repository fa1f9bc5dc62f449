// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/crowd/site_run.hpp"

namespace defilada::crowd {

/// What people of a site do; sets `Person::journey`. Requires people in the order of the starts, as
/// people_of_starts gives them.
/// - Of a start with a journey: its stages one after another. Of several waiting areas each gets
///   the one that is nearest from where he comes from and has room, the one with room that is
///   nearest to what is looked at there, or one by shares: all of a group alike, while there is
///   room. Other stages are chosen on the way.
/// - Of others: to the area that is nearest and has room (its capacity, or its places), if there is
///   one, until its time; who finds none with room to the nearest; then out by the exit that
///   SiteRunOptions::exits says, or by shares where an exit has one.
/// Errors (bad_input): a ground without ground, more than 65 535 different journeys.
[[nodiscard]] Result<std::vector<Journey>> site_journeys(const Site& site,
                                                         const SiteRunOptions& options,
                                                         std::vector<Person>& people);

}  // namespace defilada::crowd
