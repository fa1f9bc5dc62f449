// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/spectators/day.hpp"
#include "defilada/spectators/scene.hpp"

/// What a pencil says of the spectators before anybody is simulated, and what a run has found: as
/// findings of the plan.
namespace defilada::spectators {

/// People pass a metre of exit at this rate on the level: the design maximum of the Guide to Safety
/// at Sports Grounds (Green Guide, 6th edition), as secondary sources quote it
/// (docs/facts/crowd.md). Observed at a stadium: below 60 (Larsson et al., Fire Safety Journal 120,
/// 2021).
inline constexpr double kRatePerMetreMinute = 82;
/// A standing person has the room of a 4.7th of a square metre at least (the same).
inline constexpr double kStandingPerM2 = 4.7;

struct HandGate {
  std::int64_t people = 0;  ///< who pass it
  int lanes = 0;
  double hours = 0;      ///< from its opening, or the first who comes, until all are to be seated
  double per_hour = 0;   ///< one lane
  int lanes_needed = 0;  ///< ceil(people / (per_hour * hours))
  std::int64_t most_queue = 0;  ///< if everybody came to it without a walk
  double most_queue_s = 0;      ///< of day
  double longest_wait_s = 0;    ///< who comes then waits so long
};
struct HandExit {
  double width_m = 0;
  double per_minute = 0;  ///< kRatePerMetreMinute, or what it lets out where that is less
};
struct HandEmergency {
  double per_minute = 0;      ///< of the exits that are not blocked
  double clears_s = 0;        ///< everybody, once they are at the exits
  std::int64_t capacity = 0;  ///< who get out in the time that is set
};

/// The four capacities of the Green Guide; the safe one is the least of them.
struct Hand {
  std::vector<HandGate> gates;
  std::vector<HandExit> exits;
  std::vector<HandEmergency> emergencies;
  double hours = 0;  ///< from the first who comes to `seated by`
  int lanes = 0;
  int lanes_needed = 0;  ///< over all gates, with the mean service of the lanes
  std::int64_t entry_an_hour = 0;
  std::int64_t entry = 0;      ///< in the hours that there are
  std::int64_t holding = 0;    ///< capacities of the zones
  std::int64_t standing = 0;   ///< their area at kStandingPerM2
  std::int64_t exit = 0;       ///< within limits.clear
  std::int64_t emergency = 0;  ///< the least of the emergencies
  std::int64_t safe = 0;
};

[[nodiscard]] Hand by_hand(const show::Show& show, const Scene& scene);

/// crowd.too-few-lanes, crowd.slow-exits, crowd.slow-emergency: known before any run.
[[nodiscard]] std::vector<Finding> findings_by_hand(const Scene& scene, const Hand& hand);
/// crowd.dense, crowd.not-seated, crowd.long-wait, crowd.queue-spills, crowd.lane-blocked,
/// crowd.slow-clearance, crowd.not-out: of a run with `share` of the people. Requires phases that
/// fits() takes.
[[nodiscard]] std::vector<Finding> findings_of_run(const show::Show& show, const Scene& scene,
                                                   const std::vector<Phase>& phases, double share);

/// The named thing of the spectators' section that is nearest to a point: "south gate".
[[nodiscard]] std::string nearest_name(const show::Show& show, Vec2 point);

}  // namespace defilada::spectators
