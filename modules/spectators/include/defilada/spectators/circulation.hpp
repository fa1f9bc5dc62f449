// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "defilada/spectators/day.hpp"

/// What happens while all watch: some leave their places for toilets, water, food, first aid, and
/// come back.
///
///     place ──► through the rows ──► nearest amenity: queue ──► visit ──► back to the zone
///
/// Who sits or stands at his place is no body here: rows let people through, slowly.
namespace defilada::spectators {

/// Past those who sit or stand in a zone people walk at this part of their speed: an assumption.
inline constexpr double kThroughRows = 0.3;

struct AmenityOutcome {
  std::uint64_t visits = 0;  ///< begun
  double mean_wait_s = 0;    ///< from coming there until the visit begins
  double longest_wait_s = 0;
  std::uint32_t longest_queue = 0;
  double longest_queue_s = 0;  ///< of day
  std::uint32_t busiest = 0;   ///< most places in use
  Curve queue;
};

struct Circulation {
  double begin_s = 0;  ///< of day
  double end_s = 0;
  std::uint64_t set_out = 0;
  std::uint64_t back = 0;
  std::uint32_t most_away = 0;
  double most_away_s = 0;  ///< of day
  double mean_away_s = 0;  ///< of those who are back
  std::vector<AmenityOutcome> amenities;
  std::uint64_t state_hash = 0;  ///< of everybody's places, every 10 s and at the end
  double seconds = 0;            ///< of the machine; of no result
};

/// A circulation that runs, between two steps; as Running is of a phase.
struct RunningCirculation {
  Circulation outcome;
  std::string engine;        ///< crowd::Simulation::save
  std::string trips;         ///< who waits, is served, is on the way
  std::uint64_t frames = 0;  ///< so many were given out
};

/// What is asked and told meanwhile.
struct CirculationWatch {
  struct Progress {
    double time_s;  ///< of day
    double share;   ///< done, in [0, 1]
    std::uint64_t away;
  };
  /// Once a minute of the show; false interrupts.
  std::function<bool(const Progress&)> progress;
  /// Where everybody is, every RunOptions::frame_every_s: those at their places and those away.
  struct Frame {
    double time_s;
    std::span<const Place> at_places;
    std::span<const Place> away;
  };
  std::function<Status(const Frame&)> frame;
  /// Called where progress interrupts, and where RunOptions::keeps_now says so.
  std::function<Status(const RunningCirculation&)> keep_running;
};

/// Requires scene.circulation, and where the ingress left the people. Everybody sets out at random,
/// in the mean as often as the show says, and rests half an hour between; nobody sets out who is
/// still away. Who comes to an amenity is served in the order of coming as soon as one of its
/// places is free; of a share of the people that share of the places is there, one at least. Pure
/// as run_phase is. Laws: visits begun are never more than places allow in the time; nobody is
/// counted twice; a frame has everybody, once. Errors: bad_input (a ground on which the engine
/// cannot work), interrupted, what `frame` and `keep_running` say. With `running` it goes on from
/// there, to the same outcome to the bit, its frames behind those that were given out. Errors
/// (bad_input) then: of another circulation.
[[nodiscard]] Result<Circulation> run_circulation(const show::Show& show, const Scene& scene,
                                                  const std::vector<Place>& places,
                                                  const RunOptions& options,
                                                  const CirculationWatch& watch = {},
                                                  const RunningCirculation* running = nullptr);

/// crowd.long-wait, where somebody waits longer than limits.wait.
[[nodiscard]] std::vector<Finding> findings_of_circulation(const show::Show& show,
                                                           const Circulation& circulation);

}  // namespace defilada::spectators
