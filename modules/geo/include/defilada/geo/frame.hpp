// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/core/result.hpp"

namespace defilada::geo {

/// WGS-84, degrees. Chinese map services give GCJ-02, which is up to 600 m off (docs/show-file.md).
struct LatLon {
  double lat_deg = 0;
  double lon_deg = 0;
};

/// Metres in the show's frame: x east, y north of the origin.
struct Vec2 {
  double x = 0;
  double y = 0;
  friend constexpr Vec2 operator+(Vec2 a, Vec2 b) noexcept { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Vec2 operator-(Vec2 a, Vec2 b) noexcept { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Vec2 operator*(double k, Vec2 a) noexcept { return {k * a.x, k * a.y}; }
  constexpr bool operator==(const Vec2&) const = default;
};
[[nodiscard]] constexpr double dot(Vec2 a, Vec2 b) noexcept {
  return a.x * b.x + a.y * b.y;
}
[[nodiscard]] constexpr double cross(Vec2 a, Vec2 b) noexcept {
  return a.x * b.y - a.y * b.x;
}
[[nodiscard]] double length(Vec2 a) noexcept;
/// To the left: a quarter turn anticlockwise.
[[nodiscard]] constexpr Vec2 left_of(Vec2 a) noexcept {
  return {-a.y, a.x};
}

/// Azimuthal equidistant projection of the WGS-84 ellipsoid about the show's origin: distances and
/// bearings from the origin are true. A plain tangent frame is 7 m short at 120 km.
/// Source: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as GeographicLib.
/// Law: the distance of to_local(p) from (0, 0) is the geodesic's length, to a millimetre within 5
/// km and to a metre at 120 km; to_geographic(to_local(p)) is p to 1e-9 degrees. Cost: about a
/// microsecond.
class LocalFrame {
 public:
  /// Errors (bad_input): latitude outside [-90, 90], longitude outside [-180, 180], not finite.
  static Result<LocalFrame> make(LatLon origin);

  [[nodiscard]] Vec2 to_local(LatLon point) const;
  [[nodiscard]] LatLon to_geographic(Vec2 point) const;
  [[nodiscard]] LatLon origin() const noexcept { return origin_; }

 private:
  explicit LocalFrame(LatLon origin) : origin_(origin) {}
  LatLon origin_;
};

}  // namespace defilada::geo
