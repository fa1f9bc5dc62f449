// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/finding.hpp"
#include "defilada/language/words.hpp"
#include "defilada/playback/crowd.hpp"
#include "options.hpp"
#include "studio/density_film.hpp"
#include "studio/places_film.hpp"
#include "studio/worker.hpp"
#include "work.hpp"

namespace defilada::app::studio {

/// A run of the spectators: what was asked for, and what came of it. Never changed once it has
/// ended.
struct CrowdRun {
  std::uint64_t number = 0;  ///< counts up from 1
  std::string text;          ///< of the show
  std::string etag;          ///< of the text
  std::string variant;       ///< "": the base
  double share = 1;
  std::uint64_t seed = 1;
  std::filesystem::path from;  ///< where its result and recordings lie; "": it is simulated

  enum class State { running, done, stopped, failed };
  std::atomic<State> state{State::running};
  std::atomic<bool> stop{false};
  std::optional<Error> error;  ///< of failed

  Work work;  ///< the show, without its plan
  std::optional<spectators::Scene> scene;
  spectators::Hand hand;
  std::vector<spectators::Phase> phases;  ///< without places and maps
  std::vector<Finding> findings;
  std::optional<DensityFilm> film;
  std::unique_ptr<PlacesFilm> places;  ///< its files go with the run
  double took_s = 0;
};
using CrowdRunPtr = std::shared_ptr<CrowdRun>;

/// All that came of a run, which is more than is kept of each: what the safety report is made of.
struct WholeRun {
  CrowdRunPtr run;                        ///< done
  plan::Plan plan;                        ///< of run->work.show
  spectators::Scene scene;                ///< with its people
  std::vector<spectators::Phase> phases;  ///< with places and maps
};
using WholeRunPtr = std::shared_ptr<const WholeRun>;

/// Simulates spectators, one run at a time, on a thread of its own; the last kKept results stay at
/// hand, so that two can be compared.
class CrowdRuns {
 public:
  static constexpr std::size_t kKept = 6;
  /// Fewer where their places take more of the disk than this: 50 000 people over a day take some
  /// hundred million bytes.
  static constexpr std::uint64_t kMostBytes = 2'000'000'000;
  /// Of what it publishes: how far the run is; on the run's thread.
  using Told = std::function<void(const CrowdRun&, const spectators::RunOptions::Progress*,
                                  std::size_t phase, double share)>;

  CrowdRuns(Options options, std::string name, Told told);
  CrowdRuns(const CrowdRuns&) = delete;
  CrowdRuns& operator=(const CrowdRuns&) = delete;
  ~CrowdRuns();

  /// Begins one; null while another is running. `from`: what another program has simulated of this
  /// show is opened; if it is of another after all, that is the run's error.
  [[nodiscard]] CrowdRunPtr begin(std::string text, std::string variant, double share,
                                  std::uint64_t seed, std::filesystem::path from = {});
  /// Stops the one that is running; false: there is none.
  bool stop();
  [[nodiscard]] CrowdRunPtr find(std::uint64_t number) const;
  [[nodiscard]] std::vector<CrowdRunPtr> all() const;  ///< the oldest first
  /// The newest that is done; null before there is one.
  [[nodiscard]] WholeRunPtr newest() const;

 private:
  void run(const CrowdRunPtr& run);
  void make_room();
  [[nodiscard]] Result<WholeRunPtr> simulate(const CrowdRunPtr& run);
  [[nodiscard]] Result<std::vector<spectators::Phase>> run_phases(
      CrowdRun& run, const spectators::RunOptions& how_many) const;

  Options options_;
  std::string name_;
  Told told_;
  mutable std::mutex mutex_;
  std::uint64_t last_ = 0;
  std::deque<CrowdRunPtr> runs_;
  CrowdRunPtr in_hand_;
  WholeRunPtr newest_;
  Worker worker_;  ///< last: it uses the others
};

/// The normal day of a run that is done (people come, people leave) as densities, for the playback.
[[nodiscard]] playback::Crowd crowd_to_hand_over(const CrowdRun& run);
[[nodiscard]] std::string_view to_string(CrowdRun::State state) noexcept;
/// One line of the list of runs, as JSON.
[[nodiscard]] std::string crowd_run_line(const CrowdRun& run);
/// All that came of a run that is done: "defilada-studio-crowd/1" (docs/studio.md).
[[nodiscard]] std::string crowd_run_json(const CrowdRun& run, const language::Words& say);

}  // namespace defilada::app::studio
