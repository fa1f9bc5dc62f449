// SPDX-License-Identifier: MIT
#include "gcj02.hpp"

#include <cmath>
#include <numbers>

namespace defilada::show {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kAxisM = 6378245.0;  // Krasovsky 1940
constexpr double kEccentricity2 = 0.00669342162296594323;

bool is_in_china(geo::LatLon place) {
  return place.lat_deg > 0.8293 && place.lat_deg < 55.8271 && place.lon_deg > 72.004 &&
         place.lon_deg < 137.8347;
}

double ripple(double x, double a, double b) {
  return (20 * std::sin(6 * x * kPi) + 20 * std::sin(2 * x * kPi)) * 2 / 3 +
         (20 * std::sin(a * kPi) + 40 * std::sin(a / 3 * kPi)) * 2 / 3 + b * 2 / 3;
}

double north_m(double x, double y) {
  const double slow = 160 * std::sin(y / 12 * kPi) + 320 * std::sin(y / 30 * kPi);
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) +
         ripple(x, y, slow);
}

double east_m(double x, double y) {
  const double slow = 150 * std::sin(x / 12 * kPi) + 300 * std::sin(x / 30 * kPi);
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) +
         ripple(x, x, slow);
}

}  // namespace

geo::LatLon gcj02_to_wgs84(geo::LatLon place) {
  if (!is_in_china(place)) return place;
  const double x = place.lon_deg - 105;
  const double y = place.lat_deg - 35;
  const double lat = place.lat_deg * kPi / 180;
  const double magic = 1 - kEccentricity2 * std::sin(lat) * std::sin(lat);
  const double meridian_m = kAxisM * (1 - kEccentricity2) / (magic * std::sqrt(magic));
  const double parallel_m = kAxisM / std::sqrt(magic) * std::cos(lat);
  return {place.lat_deg - north_m(x, y) / meridian_m * 180 / kPi,
          place.lon_deg - east_m(x, y) / parallel_m * 180 / kPi};
}

}  // namespace defilada::show
