// SPDX-License-Identifier: MIT
#include "defilada/geo/frame.hpp"

#include <GeographicLib/AzimuthalEquidistant.hpp>
#include <cmath>

namespace defilada::geo {
namespace {

const GeographicLib::AzimuthalEquidistant& projection() {
  static const GeographicLib::AzimuthalEquidistant kProjection(GeographicLib::Geodesic::WGS84());
  return kProjection;
}

}  // namespace

double length(Vec2 a) noexcept {
  return std::hypot(a.x, a.y);
}

Result<LocalFrame> LocalFrame::make(LatLon origin) {
  if (!std::isfinite(origin.lat_deg) || std::abs(origin.lat_deg) > 90) {
    return fail(Errc::bad_input,
                phrase("latitude {} is not between -90 and 90 degrees", origin.lat_deg));
  }
  if (!std::isfinite(origin.lon_deg) || std::abs(origin.lon_deg) > 180) {
    return fail(Errc::bad_input,
                phrase("longitude {} is not between -180 and 180 degrees", origin.lon_deg));
  }
  return LocalFrame(origin);
}

Vec2 LocalFrame::to_local(LatLon point) const {
  Vec2 local;
  projection().Forward(origin_.lat_deg, origin_.lon_deg, point.lat_deg, point.lon_deg, local.x,
                       local.y);
  return local;
}

LatLon LocalFrame::to_geographic(Vec2 point) const {
  LatLon geographic;
  projection().Reverse(origin_.lat_deg, origin_.lon_deg, point.x, point.y, geographic.lat_deg,
                       geographic.lon_deg);
  return geographic;
}

}  // namespace defilada::geo
