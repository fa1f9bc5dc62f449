// SPDX-License-Identifier: MIT
#include "defilada/crowd/site_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "defilada/core/check.hpp"
#include "defilada/core/hash.hpp"
#include "defilada/crowd/recording.hpp"
#include "defilada/crowd/trajectory.hpp"
#include "densest.hpp"
#include "site_journeys.hpp"
#include "site_watch.hpp"

namespace defilada::crowd {
namespace {

double clock_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Whole numbers in the proportion of `weights` that sum to `total`.
std::vector<std::int64_t> divided(std::int64_t total, const std::vector<double>& weights) {
  const double whole = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::int64_t> out;
  std::int64_t given = 0;
  double done = 0;
  for (const double weight : weights) {
    done += weight;
    const bool last = out.size() + 1 == weights.size();
    const std::int64_t until =
        last || !(whole > 0) ? total : std::llround(static_cast<double>(total) * (done / whole));
    out.push_back(until - given);
    given = until;
  }
  return out;
}

/// Where it was densest so far.
class DensityWatch {
 public:
  explicit DensityWatch(const FieldGrid& grid)
      : densest_({std::floor(grid.origin().x), std::floor(grid.origin().y)},
                 2 + static_cast<std::uint64_t>(grid.columns() * grid.cell_m()),
                 2 + static_cast<std::uint64_t>(grid.rows() * grid.cell_m())) {}

  void look(const Simulation& simulation, SiteRun& run) {
    densest_.clear();
    densest_.add(simulation.walking());
    densest_.add(simulation.standing());
    const Densest::Found found = densest_.denser_than(run.max_density);
    if (found.density <= run.max_density) return;
    run.max_density = found.density;
    run.max_density_s = simulation.time_s();
    run.max_density_place = found.place;
  }

 private:
  Densest densest_;
};

/// Writes a frame every so many steps.
class FrameClock {
 public:
  FrameClock(double step_s, double every_s)
      : steps_(static_cast<std::uint64_t>(std::max(1.0, std::round(every_s / step_s)))) {}
  [[nodiscard]] bool due(std::uint64_t step) const { return step % steps_ == 0; }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

 private:
  std::uint64_t steps_;
};

class SiteRunner {
 public:
  SiteRunner(const Site& site, const SiteRunOptions& options)
      : site_(site),
        options_(options),
        trajectory_clock_(options.simulation.step_s, 1 / options.trajectory_fps),
        recording_clock_(options.simulation.step_s, options.recording_every_s),
        look_clock_(options.simulation.step_s, 1) {}

  Result<SiteRun> run() {
    auto people = people_of_starts(site_.ground, options_.population, options_.simulation.seed);
    if (!people) return tl::unexpected(people.error());
    run_.agents = people->size();
    auto journeys = site_journeys(site_, options_, *people);
    if (!journeys) return tl::unexpected(journeys.error());
    auto made = Simulation::make(site_.ground, std::move(*people), std::move(*journeys),
                                 options_.simulation);
    if (!made) return tl::unexpected(made.error());
    Simulation& simulation = *made;
    watch_.emplace(simulation, site_.limits, run_.agents);
    if (auto status = take_up(simulation); !status) return tl::unexpected(status.error());
    if (auto status = begin_files(simulation); !status) return tl::unexpected(status.error());
    if (auto status = go_on(simulation); !status) return tl::unexpected(status.error());
    if (auto status = finish_files(); !status) return tl::unexpected(status.error());
    sum_up(simulation);
    return std::move(run_);
  }

 private:
  Status go_on(Simulation& simulation) {
    DensityWatch density(simulation.grid());
    run_.longest_queues.resize(site_.ground.gates.size(), 0);
    const double half_s = 0.5 * options_.simulation.step_s;
    bool seen = options_.running != nullptr;  // this step was looked at before it was kept
    for (;; seen = false) {
      if (!seen) {
        if (auto status = write_frames(simulation); !status) return status;
      }
      const bool over = simulation.finished() || simulation.time_s() + half_s > options_.until_s;
      if (!seen && (look_clock_.due(simulation.steps()) || over)) {
        density.look(simulation, run_);
        watch_->look(simulation);
        run_.state_hash = hash_word(run_.state_hash, simulation.state_hash());
        for (std::size_t g = 0; g < run_.longest_queues.size(); ++g) {
          run_.longest_queues[g] = std::max(run_.longest_queues[g], simulation.queue(g));
        }
        const bool goes_on =
            !options_.progress || options_.progress(simulation.time_s(), simulation.counts());
        if (!over && options_.keep_running &&
            (!goes_on || (options_.keeps_now && options_.keeps_now()))) {
          if (auto status = keep(simulation); !status) return status;
        }
        if (!goes_on) {
          run_.interrupted = true;
          return {};
        }
      }
      if (over) {
        watch_->finish(simulation, run_);
        return {};
      }
      const double start_s = clock_s();
      simulation.step();
      run_.seconds += clock_s() - start_s;
    }
  }

  Status keep(const Simulation& simulation) {
    if (recording_) {
      if (auto status = recording_->keep(); !status) return status;
    }
    return options_.keep_running({run_, simulation.save(), watch_->save(),
                                  recording_ ? recording_->frames() : std::uint64_t{0}});
  }

  Status take_up(Simulation& simulation) {
    if (options_.running == nullptr) return {};
    if (!options_.trajectory.empty()) {
      return fail(Errc::bad_input, phrase("a trajectory cannot be gone on with: begin anew, or "
                                          "leave out --trajectory"));
    }
    const SiteRunning& running = *options_.running;
    if (running.so_far.agents != run_.agents ||
        running.so_far.longest_queues.size() != site_.ground.gates.size()) {
      return fail(Errc::bad_input,
                  phrase("this saved run is of other people, or of another ground"));
    }
    if (auto status = simulation.load(running.engine); !status) return status;
    if (!watch_->load(running.watch)) {
      return fail(Errc::bad_input, phrase("this saved run is damaged"));
    }
    run_ = running.so_far;
    return {};
  }

  Status begin_files(const Simulation& simulation) {
    const double step_s = simulation.options().step_s;
    if (!options_.trajectory.empty()) {
      const double fps = 1 / (step_s * static_cast<double>(trajectory_clock_.steps()));
      auto file =
          TrajectoryFile::begin(options_.trajectory, fps, area_as_wkt(site_.ground, site_.offset));
      if (!file) return tl::unexpected(file.error());
      trajectory_ = std::move(*file);
    }
    if (!options_.recording.empty()) {
      const double every_s = step_s * static_cast<double>(recording_clock_.steps());
      const RecordingHeader header{0, every_s, "{}"};
      auto file = options_.running == nullptr ? RecordingWriter::begin(options_.recording, header)
                                              : RecordingWriter::go_on(options_.recording, header,
                                                                       options_.running->frames);
      if (!file) return tl::unexpected(file.error());
      recording_ = std::move(*file);
    }
    return {};
  }

  Status write_frames(const Simulation& simulation) {
    if (trajectory_ && trajectory_clock_.due(simulation.steps())) {
      rows_.clear();
      add_rows(simulation.walking());
      add_rows(simulation.standing());
      if (auto status = trajectory_->add(rows_); !status) return status;
    }
    if (recording_ && recording_clock_.due(simulation.steps())) {
      recorded_.clear();
      add_recorded(simulation.walking(), 1);
      add_recorded(simulation.standing(), 0);
      if (auto status = recording_->add(recorded_); !status) return status;
    }
    return {};
  }
  void add_rows(const Columns& people) {
    for (std::size_t i = 0; i < people.size; ++i) {
      rows_.push_back({people.person[i], to_metres(people.x[i]) + site_.offset.x,
                       to_metres(people.y[i]) + site_.offset.y, people.ex[i], people.ey[i]});
    }
  }
  void add_recorded(const Columns& people, std::uint8_t state) {
    for (std::size_t i = 0; i < people.size; ++i) {
      recorded_.push_back({people.person[i], to_metres(people.x[i]), to_metres(people.y[i]),
                           people.level[i], state});
    }
  }

  Status finish_files() {
    if (trajectory_) {
      if (auto status = trajectory_->finish(); !status) return status;
    }
    return recording_ ? recording_->finish() : Status{};
  }

  void sum_up(const Simulation& simulation) {
    const Counts counts = simulation.counts();
    run_.steps = simulation.steps();
    run_.agent_steps = simulation.agent_steps();
    run_.out = counts.out;
    run_.inside = counts.inside();
    run_.to_come = counts.to_come;
    run_.simulated_s = simulation.time_s();
    run_.exits.assign(simulation.exits().begin(), simulation.exits().end());
    run_.gates.assign(simulation.gates().begin(), simulation.gates().end());
    if (run_.out != run_.agents) return;
    run_.clearance_s = 0;
    for (const Passage& exit : run_.exits) {
      if (exit.persons > 0) run_.clearance_s = std::max(*run_.clearance_s, exit.last_s);
    }
  }

  const Site& site_;
  const SiteRunOptions& options_;
  FrameClock trajectory_clock_;
  FrameClock recording_clock_;
  FrameClock look_clock_;
  std::optional<SiteWatch> watch_;
  std::optional<TrajectoryFile> trajectory_;
  std::optional<RecordingWriter> recording_;
  std::vector<TrajectoryFile::Row> rows_;
  std::vector<RecordedPerson> recorded_;
  SiteRun run_;
};

}  // namespace

Result<Ground> with_agents(Ground ground, std::optional<std::int64_t> agents) {
  auto& starts = ground.starts;
  const auto says = [](const StartArea& start) { return start.agents.has_value(); };
  if (!agents) {
    if (std::none_of(starts.begin(), starts.end(), says)) {
      return fail(Errc::bad_input, phrase("nothing says how many people there are: give --agents, "
                                          "or \"agents\" of a start"));
    }
    return ground;
  }
  if (starts.empty()) {
    auto whole = area(ground, 0);
    if (!whole) return tl::unexpected(whole.error());
    for (geo::Polygon& polygon : *whole) {
      starts.push_back({"", 0, std::move(polygon), {}, 0, 0, {}});
    }
  }
  const bool by_number = std::all_of(starts.begin(), starts.end(), says);
  std::vector<double> weights;
  for (const StartArea& start : starts) {
    weights.push_back(by_number ? static_cast<double>(*start.agents) : geo::area(start.polygon));
  }
  const auto shares = divided(*agents, weights);
  for (std::size_t i = 0; i < starts.size(); ++i) starts[i].agents = shares[i];
  return ground;
}

Result<SiteRun> run_site(const Site& site, const SiteRunOptions& options) {
  return SiteRunner(site, options).run();
}

double quantile(std::vector<double> values, double part) {
  DEFILADA_CHECK(!values.empty() && part >= 0 && part <= 1);
  std::sort(values.begin(), values.end());
  const double at = part * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

}  // namespace defilada::crowd
