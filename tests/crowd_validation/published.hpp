// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>

/// Published formulas and tables that results are held against.
namespace defilada::crowd::validation {

/// Weidmann 1993: walking speed at a density, people per m².
inline double weidmann_mps(double density) {
  if (density <= 0) return 1.34;
  if (density >= 5.4) return 0;
  return 1.34 * (1 - std::exp(-1.913 * (1 / density - 1 / 5.4)));
}
/// SFPE handbook, level ground: k = 1.40, valid from 0.54 people per m².
inline double sfpe_mps(double density) {
  return density < 0.54 ? 1.2 : std::fmax(0, 1.40 * (1 - 0.266 * density));
}
/// Walking speeds of RiMEA 7 by age: the range of the means.
struct AgeRange {
  double age_years = 0;
  double least_mps = 0;
  double most_mps = 0;
};
inline constexpr std::array kRimeaAges{AgeRange{20, 1.60, 1.64}, AgeRange{30, 1.52, 1.56},
                                       AgeRange{40, 1.46, 1.50}, AgeRange{50, 1.39, 1.43},
                                       AgeRange{60, 1.27, 1.27}, AgeRange{70, 1.07, 1.07}};

/// Passengers of IMO MSC.1/Circ.1533, table 3.4: uniform within each part.
struct PassengerPart {
  double share = 0;
  double least_mps = 0;
  double most_mps = 0;
};
inline constexpr std::array kImoPassengers{
    PassengerPart{0.07, 0.93, 1.55}, PassengerPart{0.07, 0.71, 1.19},
    PassengerPart{0.16, 0.56, 0.94}, PassengerPart{0.10, 0.43, 0.71},
    PassengerPart{0.10, 0.37, 0.61}, PassengerPart{0.07, 1.11, 1.85},
    PassengerPart{0.07, 0.97, 1.62}, PassengerPart{0.16, 0.84, 1.40},
    PassengerPart{0.10, 0.64, 1.06}, PassengerPart{0.10, 0.55, 0.91}};
/// The share of passengers who are slower.
inline double imo_passengers_below(double speed_mps) {
  double share = 0;
  for (const PassengerPart& part : kImoPassengers) {
    const double place = (speed_mps - part.least_mps) / (part.most_mps - part.least_mps);
    share += part.share * std::fmin(1, std::fmax(0, place));
  }
  return share;
}

/// Weidmann's stair speeds over his free speed, horizontal components.
inline constexpr double kStairDown = 0.694 / 1.34;
inline constexpr double kStairUp = 0.61 / 1.34;

/// Corbetta's bands as RiMEA 13 prints them: speeds on stairs, m/s.
struct BandPoint {
  double density = 0;
  double most_mps = 0;
  double least_mps = 0;
};
inline constexpr std::array kCorbettaDown{BandPoint{0.6, 1.12, 0.66}, BandPoint{0.8, 1.00, 0.60},
                                          BandPoint{1.0, 0.89, 0.55}, BandPoint{1.2, 0.81, 0.50},
                                          BandPoint{1.4, 0.76, 0.48}, BandPoint{1.5, 0.73, 0.48}};
inline constexpr std::array kCorbettaUp{BandPoint{0.6, 1.02, 0.48}, BandPoint{0.8, 0.93, 0.46},
                                        BandPoint{1.0, 0.86, 0.46}, BandPoint{1.2, 0.80, 0.46},
                                        BandPoint{1.4, 0.76, 0.46}, BandPoint{1.5, 0.74, 0.46}};
/// Between two points of a band straight; requires a density within it.
inline BandPoint band_at(const std::array<BandPoint, 6>& band, double density) {
  std::size_t i = 1;
  while (i + 1 < band.size() && band[i].density < density) ++i;
  const double part = (density - band[i - 1].density) / (band[i].density - band[i - 1].density);
  return {density, std::lerp(band[i - 1].most_mps, band[i].most_mps, part),
          std::lerp(band[i - 1].least_mps, band[i].least_mps, part)};
}

}  // namespace defilada::crowd::validation
