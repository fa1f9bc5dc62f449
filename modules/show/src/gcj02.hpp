// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/geo/frame.hpp"

namespace defilada::show {

/// Where a place of Chinese map services (GCJ-02) is in WGS-84: they move every place in China by
/// 300 to 600 m. To a few metres, which is enough to see that somebody mixed the two up. Outside
/// China the place itself. Source: the published reconstructions of the transformation, as in
/// "eviltransform", https://github.com/googollee/eviltransform.
[[nodiscard]] geo::LatLon gcj02_to_wgs84(geo::LatLon place);

}  // namespace defilada::show
