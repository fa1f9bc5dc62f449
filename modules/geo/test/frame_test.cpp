// SPDX-License-Identifier: MIT
#include "defilada/geo/frame.hpp"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace defilada::geo {
namespace {

constexpr LatLon kBeijing{39.9063, 116.3914};

LatLon geodesic_point(LatLon from, double azimuth_deg, double distance_m) {
  LatLon to;
  GeographicLib::Geodesic::WGS84().Direct(from.lat_deg, from.lon_deg, azimuth_deg, distance_m,
                                          to.lat_deg, to.lon_deg);
  return to;
}

// The law of the header, at every bearing: 1 mm within 5 km, 1 m at 120 km (reached: micrometres).
TEST(LocalFrame, DistancesAndBearingsFromTheOriginAreTrue) {
  const auto frame = LocalFrame::make(kBeijing).value();
  for (double distance : {1.0, 96.0, 5000.0, 106000.0, 120000.0}) {
    for (double azimuth = 0; azimuth < 360; azimuth += 7.5) {
      const Vec2 p = frame.to_local(geodesic_point(kBeijing, azimuth, distance));
      EXPECT_NEAR(length(p), distance, distance <= 5000 ? 1e-6 : 1e-3);
      EXPECT_NEAR(std::remainder(std::atan2(p.x, p.y) * 180 / std::numbers::pi - azimuth, 360), 0,
                  1e-6);
    }
  }
}

// Away from the origin lengths along a run-in stay right: the geodesic between two points, not only
// from the centre.
TEST(LocalFrame, DistancesBetweenPointsNearTheOriginAgreeWithGeodesics) {
  const auto frame = LocalFrame::make(kBeijing).value();
  const LatLon a = geodesic_point(kBeijing, 88.5, 3190);
  const LatLon b = geodesic_point(kBeijing, 250, 3480);
  double geodesic = 0;
  GeographicLib::Geodesic::WGS84().Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, geodesic);
  EXPECT_NEAR(length(frame.to_local(a) - frame.to_local(b)), geodesic, 1e-3);
}

TEST(LocalFrame, ComesBack) {
  const auto frame = LocalFrame::make({-33.9, 179.99}).value();  // across the date line
  for (double x : {-120000.0, -10.0, 0.0, 3000.0, 120000.0}) {
    const LatLon g = frame.to_geographic({x, -0.5 * x});
    const Vec2 p = frame.to_local(g);
    EXPECT_NEAR(p.x, x, 1e-6);
    EXPECT_NEAR(p.y, -0.5 * x, 1e-6);
  }
}

TEST(LocalFrame, RefusesWhatIsNotAPlace) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(LocalFrame::make({116.39, 39.9}));
  EXPECT_FALSE(LocalFrame::make({39.9, 181}));
  EXPECT_FALSE(LocalFrame::make({nan, 0}));
  EXPECT_FALSE(LocalFrame::make({0, nan}));
}

}  // namespace
}  // namespace defilada::geo
