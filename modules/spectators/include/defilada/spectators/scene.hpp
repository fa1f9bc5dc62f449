// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/journey.hpp"
#include "defilada/crowd/simulation.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"

/// The spectators of a planned show as the crowd engine takes them: a ground, people, journeys.
///
///     Show + Plan ──► Scene            where people walk, who they are, when they come
///                      ├─ ground_at()  with its openings and closures, clocks set to a beginning
///                      └─ people       of stop, zone, gate; their speeds and times
namespace defilada::spectators {

using geo::Vec2;

/// One who comes. Numbered by the place in the list.
struct Spectator {
  std::uint16_t stop = 0;  ///< index in show::Spectators
  std::uint16_t zone = 0;
  std::uint16_t gate = 0;  ///< kNone: passes none
  std::uint16_t kind = 0;
  float speed_mps = 0;  ///< alone, on the level; that of the slowest of the party
  float radius_m = 0.2F;
  double comes_s = 0;  ///< of the day
  std::uint32_t party = 0;
};
inline constexpr std::uint16_t kNone = 0xFFFF;

/// A period of the day, seconds of day.
struct DayPeriod {
  double from_s;
  double to_s;
};

struct Scene {
  const show::Spectators* said = nullptr;
  std::vector<Spectator> people;
  /// Everything but its times.
  crowd::Ground ground;
  std::vector<std::vector<DayPeriod>> gate_shut;     ///< (gate)
  std::vector<std::vector<DayPeriod>> closure_shut;  ///< (closure: crossings, then closings)
  std::vector<std::vector<DayPeriod>> exit_shut;     ///< (exit)
  std::vector<double> spacing_m;                     ///< (zone) between places
  std::vector<std::optional<Vec2>> look_at;          ///< (zone)
  double begin_s = 0;                                ///< of day: the first who comes
  double leave_s = 0;                                ///< of day
  std::vector<double> emergency_s;                   ///< (emergency) of day
  std::optional<DayPeriod> circulation;              ///< while people leave their places
};

struct SceneOptions {
  std::uint64_t seed = 1;
  double share = 1;  ///< of the people who come, in (0, 1]; lanes and exits are scaled alike
};

/// Requires show.spectators and a feasible plan; both must outlive the scene. The same show, plan
/// and options give the same scene. Laws: as many people as come; each zone has its people, each
/// stop sends its people; who of a party comes, comes with it, and goes to its zone by its gate.
/// Errors (bad_input): stops and zones that leave some people nowhere to go.
[[nodiscard]] Result<Scene> make_scene(const show::Show& show, const plan::Plan& plan,
                                       const SceneOptions& options = {});

/// The ground with its periods in seconds since `begin_s` of the day. From the time to leave on
/// nobody is searched at a gate. With an emergency: from its
/// moment on crossings and closures are open, gates let everybody pass without a search, and what
/// is blocked is shut.
[[nodiscard]] crowd::Ground ground_at(const Scene& scene, double begin_s,
                                      std::optional<std::size_t> emergency = {});

/// Ways in: through the gate of each to a place in the zone. One journey for each pair of zone and
/// gate that somebody takes; `journey` of each spectator.
struct WaysIn {
  std::vector<crowd::Journey> journeys;
  std::vector<std::uint16_t> journey;  ///< (people)
};
[[nodiscard]] WaysIn ways_in(const Scene& scene);

/// Ways out, one for each zone.
[[nodiscard]] std::vector<crowd::Journey> ways_out(const Scene& scene);

/// Whole numbers x(i, k) >= 0 with rows summing to `row` and columns to `column`, zero where not
/// allowed, near to proportional. Requires equal sums. nullopt: there are none.
[[nodiscard]] std::optional<std::vector<std::vector<std::int64_t>>> matched(
    const std::vector<std::int64_t>& row, const std::vector<std::int64_t>& column,
    const std::vector<std::vector<bool>>& allowed);

}  // namespace defilada::spectators
