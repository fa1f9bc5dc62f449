// SPDX-License-Identifier: MIT
// How people come to their places and away from them.
#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "defilada/spectators/scene.hpp"

namespace defilada::spectators {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

}  // namespace

WaysIn ways_in(const Scene& scene) {
  WaysIn ways;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint16_t> known;
  for (const Spectator& each : scene.people) {
    const auto [at, added] =
        known.try_emplace({each.zone, each.gate}, static_cast<std::uint16_t>(ways.journeys.size()));
    if (added) {
      crowd::Journey journey;
      if (each.gate != kNone) {
        journey.stages.push_back(crowd::go_to(0, crowd::Shape(scene.ground.gates[each.gate].line)));
      }
      const std::size_t z = each.zone;
      crowd::Stage seat = crowd::wait_in(
          0, scene.ground.levels[0].walkable[scene.said->ground.size() + z], kForever);
      seat.spacing_m = scene.spacing_m[z];
      seat.look_at = scene.look_at[z];
      journey.stages.push_back(std::move(seat));
      journey.stages.push_back(crowd::leave(scene.ground));  // not in this phase
      ways.journeys.push_back(std::move(journey));
    }
    ways.journey.push_back(at->second);
  }
  return ways;
}

std::vector<crowd::Journey> ways_out(const Scene& scene) {
  std::vector<crowd::Journey> all;
  const bool shares = std::any_of(scene.ground.exits.begin(), scene.ground.exits.end(),
                                  [](const crowd::Exit& exit) { return exit.share.has_value(); });
  for (const show::Zone& zone : scene.said->zones) {
    std::vector<std::uint32_t> exits;
    for (const show::WayOutId id : zone.leaves_by) exits.push_back(id.value);
    crowd::Journey journey;
    if (!exits.empty()) {
      journey.stages.push_back(crowd::leave_by(std::move(exits), crowd::Choice::quickest));
    } else {
      journey.stages.push_back(
          crowd::leave(scene.ground, shares ? crowd::Choice::share : crowd::Choice::quickest));
    }
    all.push_back(std::move(journey));
  }
  return all;
}

}  // namespace defilada::spectators
