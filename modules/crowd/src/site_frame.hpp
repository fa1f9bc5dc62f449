// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/crowd/read_site.hpp"

namespace defilada::crowd {

/// Brings all coordinates to metres near [0, 0], and says in the site where that lies. False, with
/// a diagnostic: the site is wider than the engine's coordinates.
bool bring_to_frame(std::vector<geo::Feature>& features, bool metres, Site& site,
                    Diagnostics& diagnostics);

}  // namespace defilada::crowd
