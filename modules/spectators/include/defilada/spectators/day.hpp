// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/kernel.hpp"
#include "defilada/crowd/spells.hpp"
#include "defilada/spectators/scene.hpp"

/// The day of the spectators, phase by phase. Each phase begins where an earlier one left the
/// people, on their exact places and standing still: so a phase that is done can be kept, and what
/// follows is the same to the bit whether or not the run was interrupted between.
///
///     ingress ──► seated ──► egress ──► out
///        │          └──► emergency 1 ──► out     from the places of its moment
///        └─────────────► emergency 2 ──► out
namespace defilada::spectators {

/// Where somebody is.
struct Place {
  std::uint32_t person = 0;
  crowd::Fixed x = 0;
  crowd::Fixed y = 0;
  bool operator==(const Place&) const = default;
};

/// One number a minute, the first at the phase's beginning.
using Curve = std::vector<std::uint32_t>;

struct GateOutcome {
  std::uint64_t passed = 0;
  double first_s = 0;  ///< of day
  double last_s = 0;
  double longest_wait_s = 0;  ///< of one person: time in which it hardly moved before the gate
  double mean_wait_s = 0;
  std::uint32_t longest_queue = 0;  ///< people who hardly move before the gate
  double longest_queue_s = 0;       ///< of day: when that was
  std::uint32_t beside_queue = 0;   ///< most of them outside the place of the queue; 0 without one
  Curve queue;
  Curve through;  ///< so far
};
struct ExitOutcome {
  std::uint64_t passed = 0;
  double first_s = 0;
  double last_s = 0;
  std::uint32_t most_a_minute = 0;
  Curve through;
};
struct LaneOutcome {
  std::uint32_t most = 0;  ///< people who hardly move in it
  double most_s = 0;       ///< of day
  double blocked_s = 0;    ///< longest time with more than one in 10 m2 of it
  double blocked_from_s = 0;
};
/// A place where it was too dense for too long; times are of day.
using Spell = crowd::Spell;
/// The greatest density of each cell; row 0 is the southernmost.
struct DensityMap {
  Vec2 origin;
  double cell_m = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<float> most;  ///< people per m2 of ground; < 0: no ground
  std::vector<float>
      pressure;  ///< greatest density x variance of velocity, 1/s2; of those who walk
};

struct Phase {
  enum class What : std::uint8_t { ingress, egress, emergency };
  What what = What::ingress;
  std::uint32_t emergency = 0;
  double begin_s = 0;  ///< of day
  double end_s = 0;
  std::uint64_t people = 0;  ///< who take part
  std::uint64_t came = 0;    ///< ingress: have come; else were there
  std::uint64_t seated = 0;  ///< ingress: have a place
  std::uint64_t seated_in_time = 0;
  std::uint64_t out = 0;
  double last_s = 0;      ///< of day: the last one seated, or out
  double last_95_s = 0;   ///< 95 % are
  double most_dense = 0;  ///< people per m2, anywhere outside of the zones
  Vec2 most_dense_at;
  double most_dense_s = 0;
  std::vector<GateOutcome> gates;
  std::vector<ExitOutcome> exits;
  std::vector<LaneOutcome> lanes;  ///< (site's emergency lanes)
  std::vector<Curve> zones;        ///< (zone) people at their places, or still in it
  Curve inside;
  std::vector<Spell> spells;
  DensityMap map;
  std::vector<Place> places;                     ///< at the end
  std::vector<std::vector<Place>> at_emergency;  ///< (emergency) those that begin in this phase
  std::uint64_t steps = 0;
  std::uint64_t agent_steps = 0;
  std::uint64_t state_hash = 0;  ///< of everybody's places, every 10 s and at the end
  double seconds = 0;            ///< of the machine; of no result
};

/// A phase that runs, between two steps: what is known of it so far, and what goes on from there
/// needs. The bytes are no format: only the program that wrote them reads them.
struct Running {
  Phase phase;
  std::string engine;        ///< crowd::Simulation::save
  std::string watch;         ///< what looks at it
  std::uint64_t frames = 0;  ///< so many were given out
};

struct RunOptions {
  std::uint64_t seed = 1;
  double share = 1;  ///< of the people: densities, queues and limits are of that many
  double step_s = 0.05;
  int threads = 0;
  double cut_off_s = 4 * 3600;  ///< egress and emergencies end then at the latest
  /// Now and then: who is in, seated, out of how many; false interrupts.
  struct Progress {
    Phase::What what;
    std::uint64_t people;
    std::uint64_t in;  ///< came so far
    std::uint64_t seated;
    std::uint64_t out;
    double time_s;  ///< of day
    double share;   ///< done of the phase, in [0, 1]
  };
  std::function<bool(const Progress&)> progress;
  /// A frame of where everybody is, twice a second of the show; none: nobody asks.
  struct Frame {
    double time_s;
    const crowd::Columns& walking;
    const crowd::Columns& standing;
    std::span<const std::uint32_t> who;  ///< (engine's person) spectator
  };
  std::function<Status(const Frame&)> frame;
  double frame_every_s = 1;
  /// Asked as often as `progress`: whether the phase is to be kept now. It always is when
  /// `progress` interrupts.
  std::function<bool()> keeps_now;
  std::function<Status(Running)> keep_running;
};

/// One phase of the day from the places at its beginning (ingress: none). Pure: the same scene,
/// places and options give the same outcome but `seconds`, for any number of threads. Errors:
/// bad_input (a ground on which the engine cannot work), interrupted, what `frame` and
/// `keep_running` say. With `running` it goes on from there, to the same outcome to the bit; its
/// frames begin behind those that were given out. Errors (bad_input) then: of another phase.
[[nodiscard]] Result<Phase> run_phase(const show::Show& show, const Scene& scene, Phase::What what,
                                      std::size_t emergency, const std::vector<Place>& from,
                                      const RunOptions& options, const Running* running = nullptr);

/// The phases of a run, those that are `done` taken as they are, the next from where it was
/// `running`. `keep` is called after each with all that are done: for checkpoints.
[[nodiscard]] Result<std::vector<Phase>> run_day(
    const show::Show& show, const Scene& scene, const RunOptions& options,
    std::vector<Phase> done = {}, const std::function<Status(const std::vector<Phase>&)>& keep = {},
    const Running* running = nullptr);

/// How many phases a whole day has.
[[nodiscard]] std::size_t phases_of(const Scene& scene);

/// What files of the phases are called: "ingress", "egress", the emergencies by their names, and
/// last "circulation". Laws: as many as phases_of() and one; no two alike, whatever the emergencies
/// are called (of `fire` and `Fire` the second is "fire-2"); alike for the same show.
[[nodiscard]] std::vector<std::string> phase_slugs(const show::Spectators& said);

/// Whether what the phases tell is of so many gates, exits, lanes, zones, emergencies and people as
/// there are: what was kept may be of another show.
[[nodiscard]] bool fits(const show::Show& show, const Scene& scene,
                        const std::vector<Phase>& phases);

}  // namespace defilada::spectators
