// SPDX-License-Identifier: MIT
const RAD = Math.PI / 180;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const DAY_MS = 86_400_000;

export interface Sun { elevation: number; azimuth: number }

/**
 * Where the sun stands, to about a hundredth of a degree: elevation and azimuth (from north to the
 * east), rad, into `out`. Source: The Astronomical Almanac, "Low precision formulas for the Sun".
 */
export function sunAt(utc_ms: number, lat_deg: number, lon_deg: number, out: Sun = { elevation: 0, azimuth: 0 }): Sun {
  const days = (utc_ms - J2000_MS) / DAY_MS;
  const anomaly = (357.528 + 0.9856003 * days) * RAD;
  const longitude = (280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
  const tilt = (23.439 - 4e-7 * days) * RAD;
  const rightAscension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const sidereal = (280.46062 + 360.98564737 * days + lon_deg) * RAD;
  const hour = sidereal - rightAscension;
  const lat = lat_deg * RAD;
  out.elevation = Math.asin(
    Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hour));
  out.azimuth = Math.atan2(
    -Math.sin(hour) * Math.cos(declination),
    Math.cos(lat) * Math.sin(declination) - Math.sin(lat) * Math.cos(declination) * Math.cos(hour));
  return out;
}
