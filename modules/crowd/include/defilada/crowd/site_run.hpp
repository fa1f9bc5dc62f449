// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"
#include "defilada/crowd/population.hpp"
#include "defilada/crowd/read_site.hpp"
#include "defilada/crowd/simulation.hpp"

/// The engine used alone: a site that was read, people put on it, what came of them.
namespace defilada::crowd {

/// The ground with `agents` people in all at its starts: in the proportion of what the starts say,
/// or of their areas where one says nothing. A ground without starts gets one over all of its
/// level 0. nullopt leaves the starts as they are. Errors (bad_input): nothing says how many.
[[nodiscard]] Result<Ground> with_agents(Ground ground, std::optional<std::int64_t> agents);

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
};

/// A run between two steps: what came of it so far, and what goes on from there needs.
struct SiteRunning {
  SiteRun so_far;
  std::string engine;        ///< Simulation::save
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

/// The value that a `part` of the others does not exceed, by linear interpolation between the
/// sorted ones (0.5: the median). Requires values and 0 <= part <= 1.
[[nodiscard]] double quantile(std::vector<double> values, double part);

}  // namespace defilada::crowd
