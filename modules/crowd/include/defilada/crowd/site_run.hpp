// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/population.hpp"
#include "defilada/crowd/read_site.hpp"
#include "defilada/crowd/simulation.hpp"
#include "defilada/crowd/spells.hpp"

/// The engine used alone: a site that was read, people put on it, what came of them.
namespace defilada::crowd {

/// The ground with `agents` people in all at its starts: in the proportion of what the starts say,
/// or of their areas where one says nothing. A ground without starts gets one over all of its
/// level 0. nullopt leaves the starts as they are. Errors (bad_input): nothing says how many.
[[nodiscard]] Result<Ground> with_agents(Ground ground, std::optional<std::int64_t> agents);

/// People who did not get on any more when a run ended, and would not have: all who stand within an
/// arm's length of each other, or all of a level from whom no way leads on.
struct Stuck {
  enum class By : std::uint8_t {
    no_way,  ///< from where they are no way leads to where they want
    narrow,  ///< their way is narrower than the body of one of them
    others,  ///< nothing of the ground: each other
  };
  /// What lies on their way next.
  enum class Before : std::uint8_t { nothing, exit, gate, crossing };
  By by = By::others;
  Before before = Before::nothing;
  std::uint32_t index = 0;         ///< of it: in Ground::exits, gates, closures
  std::vector<std::uint32_t> who;  ///< persons, ascending; never empty
  bool leaves = true;              ///< on their way out; else to a waiting area
  LevelId level = 0;
  Vec2 place;          ///< of the narrow, else of the one of them who is nearest to it
  double since_s = 0;  ///< when the first of them came no further
  double gap_m = 0;    ///< narrow: how wide the way is
  double body_m = 0;   ///< narrow: how wide the body
  template <class Bytes>
  void keep(Bytes& bytes) {
    bytes(by, before, index, who, leaves, level, place.x, place.y, since_s, gap_m, body_m);
  }
};

struct SiteRunning;

struct SiteRunOptions {
  SimulationOptions simulation;
  Population population = pedestrians();
  Choice exits = Choice::nearest;  ///< how people choose one where none has a share; not `share`
  double until_s = 3600;  ///< of the run; earlier if everybody is out or nobody walks any more
  std::filesystem::path trajectory;  ///< empty: none is written
  double trajectory_fps = 8;         ///< as near to it as whole steps come
  std::filesystem::path recording;
  double recording_every_s = 0.5;
  /// Called about once a simulated second; false ends the run.
  std::function<bool(double time_s, const Counts& counts)> progress;
  /// Asked as often: whether the run is to be kept now. It always is when `progress` ends it.
  std::function<bool()> keeps_now;
  std::function<Status(const SiteRunning&)> keep_running;
  /// Goes on from there, to the same outcome to the bit (but `seconds`), and to the same recording.
  const SiteRunning* running = nullptr;
};

/// One run.
struct SiteRun {
  std::uint64_t agents = 0;
  std::uint64_t steps = 0;
  std::uint64_t agent_steps = 0;  ///< of people who walk
  std::uint64_t out = 0;
  std::uint64_t inside = 0;
  std::uint64_t to_come = 0;
  double simulated_s = 0;
  std::optional<double> clearance_s;  ///< when the last one left; nullopt: somebody did not
  /// Most people per m2 on a square of 2 m, of those whose corners lie on whole metres; once a
  /// simulated second.
  double max_density = 0;
  double max_density_s = 0;      ///< when
  Vec2 max_density_place;        ///< the square's middle
  std::uint64_t state_hash = 0;  ///< of Simulation::state_hash() once a simulated second
  double seconds = 0;            ///< of the clock, in steps alone
  bool interrupted = false;      ///< progress said so
  std::vector<Passage> exits;
  std::vector<Passage> gates;
  std::vector<std::uint64_t> longest_queues;  ///< of the gates, once a simulated second
  /// Once a run has ended, but not when it was interrupted.
  std::vector<Stuck> stuck;
  std::vector<Spell> dense;         ///< over SiteLimits::density, of 9 m2 each ten seconds
  std::vector<Spell> poor_service;  ///< worse than SiteLimits::service, without those in queues
};

/// A run between two steps: what came of it so far, and what goes on from there needs.
struct SiteRunning {
  SiteRun so_far;
  std::string engine;        ///< Simulation::save
  std::string watch;         ///< what looks at it
  std::uint64_t frames = 0;  ///< of the recording
};

/// Runs that are done, and the one that runs.
struct SiteProgress {
  std::vector<SiteRun> done;
  std::optional<SiteRunning> running;
};
/// Tells runs of one site apart from those of another: of the ground, its people, the options that
/// the outcome depends on. FNV-1a.
[[nodiscard]] std::uint64_t key_of(const Site& site, const SiteRunOptions& options);
/// As bytes, to be kept on disk; no format: only the program that wrote them reads them.
[[nodiscard]] std::string save_progress(const SiteProgress& progress, std::uint64_t key);
/// Law: what was saved. Errors (bad_input): damaged, or of runs with another key.
[[nodiscard]] Result<SiteProgress> load_progress(std::string_view bytes, std::uint64_t key);

/// People go to the nearest waiting area with room that the ground has, if any, and wait until its
/// time; then they leave by the exit that SiteRunOptions::exits says, or by shares if an exit has
/// one. Passes gates and crossings on their way. Requires a ground without errors (check_ground).
/// Errors: bad_input (Simulation::make, people_of_starts; `running` of another run, or with a
/// trajectory, which cannot be gone on with), environment (a file cannot be written), what
/// keep_running says.
[[nodiscard]] Result<SiteRun> run_site(const Site& site, const SiteRunOptions& options);

/// What a planner has to know of a run: errors are
///   crowd.dense            over SiteLimits::density for too long
///   crowd.stuck            people who do not get on; each place by itself. A warning of those who
///                          block each other on their way to a waiting area: they may find it full
/// and warnings
///   crowd.long-wait        a queue in which somebody waits for longer than SiteLimits::wait_s
///   crowd.low-service      ways on which the level of service is worse than asked for, for too
///   long crowd.slow-clearance   the last one is out later than SiteLimits::clear_s after the last
///   came,
///                          or was free to leave a waiting area
///   crowd.unfinished       the run ended while people were on their way, waited or had yet to come
/// Their times are the run's, their places in the file's coordinates; `who` names "person 7", by
/// the number in recordings and trajectories, of 20 at most. In the order of their times. Nothing
/// of a run that was interrupted.
[[nodiscard]] std::vector<Finding> findings_of(const Site& site, const SiteRun& run);

/// The value that a `part` of the others does not exceed, by linear interpolation between the
/// sorted ones (0.5: the median). Requires values and 0 <= part <= 1.
[[nodiscard]] double quantile(std::vector<double> values, double part);

}  // namespace defilada::crowd
