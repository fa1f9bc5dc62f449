// SPDX-License-Identifier: MIT
#include "defilada/movement/wind.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace defilada::movement {
namespace {

constexpr double kGravity = 9.80665;
constexpr double kStepRad = 5 * std::numbers::pi / 180;

geo::Vec2 blowing(const show::Show& show) {
  if (!show.site.wind) return {};
  const show::Wind& wind = *show.site.wind;
  return wind.speed_mps * geo::Vec2{std::cos(wind.toward_rad), std::sin(wind.toward_rad)};
}

/// Places at which the speed over the ground is told: joints of the way, and every step of a turn.
std::vector<double> places(const geo::Route& way, double from_m, double to_m) {
  std::vector<double> all{from_m, to_m};
  for (const auto& element : way.elements()) {
    const double turn = std::abs(element.curvature) * element.length;
    const int steps = std::max(1, static_cast<int>(std::ceil(turn / kStepRad)));
    for (int i = 0; i <= steps; ++i) {
      const double s = element.s0 + element.length * i / steps;
      if (s > from_m && s < to_m) all.push_back(s);
    }
  }
  return all;
}

void tidy(std::vector<double>& all) {
  std::sort(all.begin(), all.end());
  const double last = all.back();
  all.erase(std::unique(all.begin(), all.end(), [](double a, double b) { return b - a < 1e-6; }),
            all.end());
  all.back() = last;
}

}  // namespace

Wind::Wind(const show::Show& show) : velocity_(blowing(show)) {}

double Wind::ground_mps(double air_mps, geo::Vec2 track) const {
  if (!blows()) return air_mps;
  const double across = geo::dot(velocity_, geo::left_of(track));
  const double left = air_mps * air_mps - across * across;
  if (left <= 0) return kSlowest;
  return std::max(kSlowest, std::sqrt(left) + geo::dot(velocity_, track));
}

double Wind::crab_rad(double ground_mps, geo::Vec2 track) const {
  const geo::Vec2 air = ground_mps * track - velocity_;
  return std::atan2(geo::cross(track, air), geo::dot(track, air));
}

double Wind::fastest_mps(double air_mps, double from_rad, double turn_rad) const {
  const double with_it = std::atan2(velocity_.y, velocity_.x);
  const double side = turn_rad < 0 ? -1 : 1;
  double until = std::fmod(side * (with_it - from_rad), 2 * std::numbers::pi);
  if (until < 0) until += 2 * std::numbers::pi;
  const auto speed = [&](double heading) {
    return ground_mps(air_mps, {std::cos(heading), std::sin(heading)});
  };
  if (blows() && until <= std::abs(turn_rad)) return speed(with_it);
  return std::max(speed(from_rad), speed(from_rad + turn_rad));
}

bool Wind::gets_along(double air_mps, geo::Vec2 track) const {
  return !blows() || ground_mps(air_mps, track) > kSlowest;
}

SpeedProfile in_wind(const SpeedProfile& still, const geo::Route& way, const Wind& wind) {
  std::vector<double> all = places(way, still.start_m(), still.end_m());
  for (const auto& phase : still.phases()) all.push_back(phase.s0_m);
  tidy(all);
  std::vector<SpeedProfile::Node> nodes;
  for (const double s : all) {
    const double air = still.speed_at(still.time_at(s));
    nodes.push_back({s, wind.ground_mps(air, way.at(s).direction)});
  }
  return SpeedProfile::through(nodes);
}

double turn_radius_m(const Wind& wind, double air_mps, double bank_rad, double from_rad,
                     double turn_rad) {
  const double fastest = wind.fastest_mps(air_mps, from_rad, turn_rad);
  return fastest * fastest / (kGravity * std::tan(bank_rad));
}

void add_nodes(const geo::Route& way, double from_m, double to_m, double air_mps, const Wind& wind,
               std::vector<SpeedProfile::Node>& nodes) {
  std::vector<double> all = places(way, from_m, to_m);
  tidy(all);
  for (const double s : all) {
    if (!nodes.empty() && s - nodes.back().s_m < 1e-6) continue;
    nodes.push_back({s, wind.ground_mps(air_mps, way.at(s).direction)});
  }
}

}  // namespace defilada::movement
