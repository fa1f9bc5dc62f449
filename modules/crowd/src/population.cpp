// SPDX-License-Identifier: MIT
#include "defilada/crowd/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "defilada/core/check.hpp"
#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

/// Streams of random numbers of a person, apart from those of steps.
constexpr std::uint64_t kKindStream = 1ULL << 62U;
constexpr std::uint64_t kSpeedStream = kKindStream + 1;
constexpr std::uint64_t kGroupStream = kKindStream + 2;

PeopleKind uniform(std::string name, double share, double least, double most) {
  return {std::move(name), share, {0, 0, least, most}, 0.2F};
}

}  // namespace

Population pedestrians() {
  return {{{"pedestrian", 1, {1.34, 0.26, 0.6, 2.1}, 0.2F}}};
}

Population passengers() {
  return {{uniform("woman under 30", 7, 0.93, 1.55), uniform("woman 30 to 50", 7, 0.71, 1.19),
           uniform("woman over 50", 16, 0.56, 0.94),
           uniform("woman over 50, impaired", 10, 0.43, 0.71),
           uniform("woman over 50, more impaired", 10, 0.37, 0.61),
           uniform("man under 30", 7, 1.11, 1.85), uniform("man 30 to 50", 7, 0.97, 1.62),
           uniform("man over 50", 16, 0.84, 1.40), uniform("man over 50, impaired", 10, 0.64, 1.06),
           uniform("man over 50, more impaired", 10, 0.55, 0.91)}};
}

Population with_wheelchairs(double share) {
  Population people = pedestrians();
  people.kinds.front().share = 1 - share;
  people.kinds.push_back({"wheelchair", share, {0.69, 0.35, 0.13, 1.35}, 0.5F});
  return people;
}

double speed_at_age_mps(double age_years) {
  struct Point {
    double age, speed;
  };
  constexpr std::array<Point, 8> kPoints = {{{10, 1.2},
                                             {20, 1.62},
                                             {30, 1.54},
                                             {40, 1.48},
                                             {50, 1.41},
                                             {60, 1.27},
                                             {70, 1.07},
                                             {85, 0.7}}};
  if (age_years <= kPoints.front().age) return kPoints.front().speed;
  for (std::size_t k = 1; k < kPoints.size(); ++k) {
    if (age_years > kPoints[k].age) continue;
    const Point& a = kPoints[k - 1];
    const Point& b = kPoints[k];
    return a.speed + (b.speed - a.speed) * (age_years - a.age) / (b.age - a.age);
  }
  return kPoints.back().speed;
}

double draw_speed_mps(const SpeedRange& range, std::uint64_t seed, std::uint32_t person) {
  Random random(seed, person, kSpeedStream);
  if (range.sd_mps <= 0) return random.uniform(range.least_mps, range.most_mps);
  // Box and Muller; what falls outside is drawn again.
  for (int attempt = 0; attempt < 1000; ++attempt) {
    const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
    const double speed =
        range.mean_mps + range.sd_mps * radius * std::cos(2 * M_PI * random.uniform());
    if (speed >= range.least_mps && speed <= range.most_mps) return speed;
  }
  return std::clamp(range.mean_mps, range.least_mps, range.most_mps);
}

double company_of_share(double share) {
  return -std::log1p(-share);
}

std::size_t draw_group_size(const Population& population, std::uint64_t seed,
                            std::uint32_t person) {
  if (population.company <= 0) return 1;
  double at = Random(seed, person, kGroupStream).uniform() * std::expm1(population.company);
  double term = 1;
  for (std::size_t size = 1; size < kLargestGroup; ++size) {
    term *= population.company / static_cast<double>(size);
    at -= term;
    if (at < 0) return size;
  }
  return kLargestGroup;
}

Profile draw(const Population& population, std::uint64_t seed, std::uint32_t person) {
  double sum = 0;
  for (const PeopleKind& kind : population.kinds) sum += kind.share;
  DEFILADA_CHECK(sum > 0);
  double at = Random(seed, person, kKindStream).uniform() * sum;
  const PeopleKind* drawn = &population.kinds.back();
  for (const PeopleKind& kind : population.kinds) {
    at -= kind.share;
    if (at < 0) {
      drawn = &kind;
      break;
    }
  }
  return {static_cast<float>(draw_speed_mps(drawn->speed, seed, person)), drawn->radius_m};
}

}  // namespace defilada::crowd
