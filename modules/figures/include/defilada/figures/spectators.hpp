// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/geo/polygon.hpp"

namespace defilada::figures {

/// So many places spread over a polygon, as evenly as a low-discrepancy sequence does: the same for
/// the same polygon. Requires count > 0 and a polygon of some area. Law (tested): all inside; the
/// share of them in any half of the polygon is that of its area, to 2 / sqrt(count).
/// Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences" (2018), the R2
/// sequence, https://extremelearning.com.au/unreasonable-effectiveness-of-quasirandom-sequences/.
[[nodiscard]] std::vector<geo::Vec2> spectator_places(const geo::Polygon& polygon, int count);

/// Two standard errors of a share that was found at so many places taken at random: an upper
/// estimate, because these are spread more evenly than that.
[[nodiscard]] double error_of_share(double share, int places);

}  // namespace defilada::figures
