// SPDX-License-Identifier: MIT
#include "course.hpp"

#include <algorithm>
#include <cmath>

#include "changes.hpp"

namespace defilada::movement {

SpeedProfile::Course course_of(const show::Show& show, const show::Contingent& contingent,
                               std::span<const show::GaitZone> zones,
                               std::span<const show::Change> changes,
                               const std::vector<SpeedProfile::Stop>& stops, double start_m,
                               double end_m, double rank_shift_m) {
  const show::Procession& procession = show[contingent.procession];
  SpeedProfile::Course course;
  course.start_m = start_m;
  course.end_m = end_m;
  course.base_speed_mps = base_speed_mps(show, contingent);
  course.start_speed_mps = procession.air ? course.base_speed_mps : 0;
  course.acceleration_mps2 = acceleration_mps2(show, contingent);
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const show::GaitZone& zone = zones[i];
    const double shift = changes[i] == show::Change::rank ? 0 : rank_shift_m;
    course.zones.push_back({zone.from_m + shift, zone.to_m + shift, zone.gait.speed_mps});
  }
  for (const SpeedProfile::Stop& stop : stops) {
    course.stops.push_back({stop.at_m + rank_shift_m, stop.lasts_s});
  }
  const auto by_place = [](const auto& a, const auto& b) { return a.at_m < b.at_m; };
  std::sort(course.stops.begin(), course.stops.end(), by_place);
  return course;
}

double outer_share(const show::Show& show, const Arrangement& arrangement, const geo::Route& route,
                   const SpeedProfile::Course& course) {
  double half = 0;
  for (const PlacedSlot& placed : arrangement.slots) {
    if (show[placed.kind].category != show::Category::vehicle) continue;
    half = std::max(half, std::abs(placed.slot.left_m));
  }
  std::vector<double> changes{course.start_m, course.end_m};
  double fastest = course.base_speed_mps;
  for (const auto& zone : course.zones) {
    changes.insert(changes.end(), {zone.from_m, zone.to_m});
    fastest = std::max(fastest, zone.speed_mps);
  }
  for (const auto& stop : course.stops) changes.push_back(stop.at_m);
  const double reach = fastest * fastest / (2 * course.acceleration_mps2);
  double share = 1;
  for (const auto& arc : route.elements()) {
    const bool near = std::any_of(changes.begin(), changes.end(), [&](double at_m) {
      return arc.s0 < at_m + reach && arc.s0 + arc.length > at_m - reach - arrangement.depth_m();
    });
    if (near) share = std::max(share, 1 + half * std::abs(arc.curvature));
  }
  return share;
}

std::vector<SpeedProfile::Stop> halts_of(const show::Show& show,
                                         const show::Procession& procession) {
  std::vector<SpeedProfile::Stop> stops;
  for (const show::Halt& halt : procession.halts) {
    stops.push_back({show[halt.station].s_m, halt.lasts.seconds()});
  }
  return stops;
}

}  // namespace defilada::movement
