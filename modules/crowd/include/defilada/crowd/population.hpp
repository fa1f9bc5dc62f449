// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Who the people are: how fast they walk and how much room they take.
namespace defilada::crowd {

struct Profile {
  float free_speed_mps = 1.34F;  ///< on level ground, alone
  float radius_m = 0.2F;         ///< of the body
};

/// A normal distribution cut at both ends, or a uniform one (sd 0).
struct SpeedRange {
  double mean_mps = 1.34;
  double sd_mps = 0.26;
  double least_mps = 0.6;
  double most_mps = 2.1;
};

/// A part of the people.
struct PeopleKind {
  std::string name;
  double share = 1;  ///< of all; shares need not sum to 1
  SpeedRange speed;
  float radius_m = 0.2F;
};

struct Population {
  std::vector<PeopleKind> kinds;
  /// The rate of a Poisson distribution without its zero, by which the sizes of groups are drawn;
  /// 0: everybody comes alone. kCompany: two thirds come in groups.
  double company = 0;
};
/// Of people in a shopping street on a Saturday: up to 70 % walk in groups, whose sizes follow a
/// zero-truncated Poisson distribution. Source: M. Moussaid, N. Perozo, S. Garnier, D. Helbing,
/// G. Theraulaz, "The walking behaviour of pedestrian social groups and its impact on crowd
/// dynamics", PLoS ONE 5(4) (2010) e10047. With 1.1 a share of 1.1 e^-1.1 / (1 - e^-1.1) = 0.55 of
/// the groups are of one, and 1 - e^-1.1 = 0.67 of the people are not alone.
inline constexpr double kCompany = 1.1;
/// The rate with which that share of the people, in [0, 1), does not come alone: of a
/// zero-truncated Poisson distribution of rate c a share of 1 - e^-c of the people is in groups of
/// two and more.
[[nodiscard]] double company_of_share(double share);
/// How many come with this person, himself included: from 1 to kLargestGroup. The same for the same
/// (seed, person).
[[nodiscard]] std::size_t draw_group_size(const Population& population, std::uint64_t seed,
                                          std::uint32_t person);
inline constexpr std::size_t kLargestGroup = 8;

/// Walkers in general: normal, mean 1.34, deviation 0.26 m/s. Source: U. Weidmann,
/// "Transporttechnik der Fussgaenger", ETH Zuerich 1993.
[[nodiscard]] Population pedestrians();
/// Passengers by age and sex, uniform in each. Source: IMO MSC.1/Circ.1533 (2016), table 3.4.
[[nodiscard]] Population passengers();
/// A share in wheelchairs among pedestrians: 0.69 (0.35) m/s between 0.13 and 1.35, half a metre of
/// radius. Source: K. Boyce, T. Shields, G. Silcock, "Toward the characterization of building
/// occupancies for fire safety engineering: capabilities of disabled people moving horizontally and
/// on an incline", Fire Technology 35 (1999), unassisted manual wheelchairs.
[[nodiscard]] Population with_wheelchairs(double share);

/// Mean free speed at an age between 10 and 85, m/s: points of RiMEA 4.1.1, test 7, straight lines
/// between. Clamped outside.
[[nodiscard]] double speed_at_age_mps(double age_years);

/// The profile of one person: the same for the same (seed, person), whoever else there is. Requires
/// a kind with a share > 0. Laws: each kind is drawn by its share; speeds stay within its range.
[[nodiscard]] Profile draw(const Population& population, std::uint64_t seed, std::uint32_t person);
/// One speed of the range.
[[nodiscard]] double draw_speed_mps(const SpeedRange& range, std::uint64_t seed,
                                    std::uint32_t person);

}  // namespace defilada::crowd
