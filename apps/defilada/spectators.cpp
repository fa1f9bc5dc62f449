// SPDX-License-Identifier: MIT
// The spectators of a show: simulated phase by phase, kept now and then.

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <system_error>

#include "crowd_film.hpp"
#include "crowd_kept.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/core/progress.hpp"
#include "defilada/crowd/check_ground.hpp"
#include "defilada/crowd/recording.hpp"
#include "defilada/spectators/checkpoint.hpp"
#include "products.hpp"
#include "work.hpp"

namespace defilada::app {
namespace {

namespace fs = std::filesystem;
using spectators::Phase;

/// What is kept of the run of that number, counted from 0.
fs::path checkpoint_path(const fs::path& folder, int run) {
  return folder / (run == 0 ? "crowd.checkpoint" : fmt::format("crowd-run-{}.checkpoint", run + 1));
}

/// Runs follow each other: behind the first that has none there is none.
void forget_further_runs(const fs::path& folder) {
  std::error_code ignored;
  for (int run = 1; fs::remove(checkpoint_path(folder, run), ignored); ++run) {
  }
}

Phrase label_of(Phase::What what) {
  switch (what) {
    case Phase::What::ingress: return phrase("spectators come");
    case Phase::What::egress: return phrase("spectators leave");
    case Phase::What::emergency: return phrase("emergency");
  }
  return phrase("spectators come");
}

/// The line that a waiting person sees: people who are at a place, or out.
class PhaseProgress {
 public:
  explicit PhaseProgress(const Console& console) : console_(console) {}

  bool operator()(const spectators::RunOptions::Progress& now) {
    if (!console_.quiet()) {
      if (!line_ || now.what != what_ || now.time_s < time_s_) {
        line_ = std::make_unique<Progress>(label_of(now.what), now.people, console_.words());
        what_ = now.what;
        done_ = 0;
      }
      time_s_ = now.time_s;
      const std::uint64_t done = now.what == Phase::What::ingress ? now.seated : now.out;
      line_->advance(done > done_ ? done - done_ : 0);
      done_ = std::max(done_, done);
    }
    return !interrupted();
  }

 private:
  const Console& console_;
  std::unique_ptr<Progress> line_;
  Phase::What what_ = Phase::What::ingress;
  std::uint64_t done_ = 0;
  double time_s_ = 0;
};

/// The same while people leave their places for a moment.
class CirculationProgress {
 public:
  explicit CirculationProgress(const Console& console) : console_(console) {}

  bool operator()(const spectators::CirculationWatch::Progress& now) {
    if (!console_.quiet()) {
      if (!line_) {
        line_ = std::make_unique<Progress>(phrase("spectators go to toilets, water, first aid"),
                                           kSteps, console_.words());
      }
      const auto done = static_cast<std::uint64_t>(std::clamp(now.share, 0.0, 1.0) * kSteps);
      line_->advance(done > done_ ? done - done_ : 0);
      done_ = std::max(done_, done);
    }
    return !interrupted();
  }

 private:
  static constexpr std::uint64_t kSteps = 1000;
  const Console& console_;
  std::unique_ptr<Progress> line_;
  std::uint64_t done_ = 0;
};

/// Faults of the ground; people walk where it has none.
std::vector<Finding> faults_of(const spectators::Scene& scene) {
  std::vector<Finding> found;
  crowd::Ground ground = spectators::ground_at(scene, scene.begin_s);
  for (crowd::StartArea& each : ground.starts) each.agents = 1;
  for (const crowd::Fault& fault : crowd::check_ground(ground)) {
    // Beside gates the ways out are one-way fences: nobody walks round them.
    if (fault.diagnostic.code == "crowd.gate-loose") continue;
    Finding it;
    it.severity = fault.diagnostic.severity;
    it.code = fault.diagnostic.code;
    it.message = fault.diagnostic.message;
    it.span = fault.diagnostic.span;
    it.place = {fault.place.x, fault.place.y, 0};
    found.push_back(std::move(it));
  }
  return found;
}

bool has_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& it) { return it.severity == Severity::error; });
}

void add_findings(std::vector<Finding> found, plan::Plan& plan) {
  std::move(found.begin(), found.end(), std::back_inserter(plan.findings));
  std::stable_sort(plan.findings.begin(), plan.findings.end(),
                   [](const Finding& a, const Finding& b) {
                     if (a.severity != b.severity) return a.severity < b.severity;
                     return a.begin.value_or(Time{}) < b.begin.value_or(Time{});
                   });
}

/// Where everybody was, one file for each phase.
class Recorder {
 public:
  Recorder(fs::path folder, const spectators::Scene& scene, std::string note)
      : folder_(std::move(folder)), scene_(scene), note_(std::move(note)) {}

  static constexpr double kEvery_s = 2;

  Status frame(const spectators::RunOptions::Frame& frame, std::size_t phase) {
    if (Status status = turn_to(phase, frame.time_s); !status) return status;
    people_.clear();
    add(frame, frame.walking, 0);
    add(frame, frame.standing, kAtPlace);
    return writer_->add(people_);
  }

  Status frame(const spectators::CirculationWatch::Frame& frame) {
    if (Status status = turn_to(spectators::phases_of(scene_), frame.time_s); !status) {
      return status;
    }
    people_.clear();
    for (const spectators::Place& each : frame.at_places) add(each, kAtPlace);
    for (const spectators::Place& each : frame.away) add(each, 0);
    return writer_->add(people_);
  }

  /// Goes on behind so many frames of a phase.
  Status go_on(std::size_t phase, double begin_s, std::uint64_t frames) {
    auto writer = crowd::RecordingWriter::go_on(recording_path(folder_, scene_, phase),
                                                header(begin_s), frames);
    if (!writer) return tl::unexpected(writer.error());
    writer_.emplace(std::move(*writer));
    phase_ = phase;
    return {};
  }

  /// What was recorded so far, safe from the end of the program.
  Status keep() { return writer_ ? writer_->keep() : Status{}; }

  Status finish() {
    if (!writer_) return {};
    const Status status = writer_->finish();
    writer_.reset();
    return status;
  }

 private:
  static constexpr std::uint8_t kAtPlace = 1;

  /// Begins the recording of a phase with its first frame.
  Status turn_to(std::size_t phase, double time_s) {
    if (writer_ && phase == phase_) return {};
    if (Status status = finish(); !status) return status;
    phase_ = phase;
    auto writer =
        crowd::RecordingWriter::begin(recording_path(folder_, scene_, phase), header(time_s));
    if (!writer) return tl::unexpected(writer.error());
    writer_.emplace(std::move(*writer));
    return {};
  }

  void add(const spectators::Place& place, std::uint8_t state) {
    people_.push_back({.id = place.person,
                       .x = crowd::to_metres(place.x),
                       .y = crowd::to_metres(place.y),
                       .level = 0,
                       .state = state});
  }

  [[nodiscard]] crowd::RecordingHeader header(double begin_s) const {
    return {.begin_s = begin_s, .interval_s = kEvery_s, .note = note_};
  }

  void add(const spectators::RunOptions::Frame& frame, const crowd::Columns& columns,
           std::uint8_t state) {
    for (std::size_t i = 0; i < columns.size; ++i) {
      add({frame.who[columns.person[i]], columns.x[i], columns.y[i]}, state);
    }
  }

  fs::path folder_;
  const spectators::Scene& scene_;
  std::string note_;
  std::optional<crowd::RecordingWriter> writer_;
  std::size_t phase_ = 0;
  std::vector<crowd::RecordedPerson> people_;
};

/// One run, kept after each phase, every few minutes, and when it is interrupted. The first one is
/// recorded, too.
class KeepingRun {
 public:
  KeepingRun(const Options& options, const Console& console, const Work& work,
             const spectators::Scene& scene, spectators::RunOptions run, int number)
      : console_(console),
        work_(work),
        scene_(scene),
        run_(std::move(run)),
        folder_(out_folder(options, *work.show)),
        checkpoint_(checkpoint_path(folder_, number)),
        key_(spectators::key_of(*work.show, scene, run_)),
        progress_(console) {
    if (number == 0) recorder_.emplace(folder_, scene, kept_note(options, work));
  }

  struct Outcome {
    std::vector<Phase> phases;
    std::optional<spectators::Circulation> circulation;
  };

  Result<Outcome> go(bool resume) {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    spectators::Kept kept;
    if (resume && fs::exists(checkpoint_, ignored)) {
      auto read = spectators::read_checkpoint(checkpoint_, key_);
      if (!read) return tl::unexpected(read.error());
      kept = std::move(*read);
      take_up_recording(kept);
    }
    done_ = kept.done;
    over_ = std::move(kept.circulation);
    if (recorder_) {
      run_.frame_every_s = Recorder::kEvery_s;
      run_.frame = [&](const auto& frame) { return recorder_->frame(frame, done_.size()); };
    }
    run_.progress = [&](const auto& now) { return progress_(now); };
    run_.keeps_now = [&] { return seconds_now() - kept_s_ > kKeepEvery_s; };
    run_.keep_running = [&](const spectators::Running& running) { return keep(&running, nullptr); };
    auto phases = spectators::run_day(
        *work_.show, scene_, run_, std::move(kept.done),
        [&](const std::vector<Phase>& all) {
          done_ = all;
          return keep(nullptr, nullptr);
        },
        kept.running ? &*kept.running : nullptr);
    // What is kept of the recording is gone on with.
    if (!phases) return tl::unexpected(phases.error());
    if (scene_.circulation && !over_) {
      auto made = meanwhile(phases->front().places, kept.meanwhile);
      if (!made) return tl::unexpected(made.error());
      over_ = std::move(*made);
    }
    if (recorder_) {
      if (Status status = recorder_->finish(); !status) return tl::unexpected(status.error());
    }
    if (over_) {
      if (Status status = keep(nullptr, nullptr); !status) return tl::unexpected(status.error());
    }
    return Outcome{std::move(*phases), over_};
  }

  /// What came of it stays beside the recordings, for whoever opens them.
  Status conclude(const std::vector<Phase>& phases) const {
    return spectators::write_checkpoint(kept_result_path(folder_), key_, phases);
  }

  /// Nothing of it need be gone on with any longer.
  void forget() const {
    std::error_code ignored;
    fs::remove(checkpoint_, ignored);
  }

 private:
  static constexpr double kKeepEvery_s = 180;

  Result<spectators::Circulation> meanwhile(
      const std::vector<spectators::Place>& places,
      const std::optional<spectators::RunningCirculation>& running) {
    CirculationProgress progress(console_);
    spectators::CirculationWatch watch;
    watch.progress = [&](const auto& now) { return progress(now); };
    if (recorder_) watch.frame = [&](const auto& frame) { return recorder_->frame(frame); };
    watch.keep_running = [&](const spectators::RunningCirculation& now) {
      return keep(nullptr, &now);
    };
    return spectators::run_circulation(*work_.show, scene_, places, run_, watch,
                                       running ? &*running : nullptr);
  }

  Status keep(const spectators::Running* running, const spectators::RunningCirculation* meanwhile) {
    kept_s_ = seconds_now();
    if (recorder_ && (running != nullptr || meanwhile != nullptr)) {
      if (Status status = recorder_->keep(); !status) return status;
    }
    return spectators::write_checkpoint(checkpoint_, key_, done_, running, meanwhile,
                                        over_ ? &*over_ : nullptr);
  }

  /// Without its recording the phase is done again.
  void take_up_recording(spectators::Kept& kept) {
    if (!recorder_) return;
    const auto goes_on = [&](double begin_s, std::uint64_t frames) {
      return frames == 0 || recorder_->go_on(kept.done.size(), begin_s, frames).has_value();
    };
    if (kept.running && !goes_on(kept.running->phase.begin_s, kept.running->frames)) {
      kept.running.reset();
    }
    if (kept.meanwhile && !goes_on(kept.meanwhile->outcome.begin_s, kept.meanwhile->frames)) {
      kept.meanwhile.reset();
    }
  }

  const Console& console_;
  const Work& work_;
  const spectators::Scene& scene_;
  spectators::RunOptions run_;
  fs::path folder_;
  fs::path checkpoint_;
  std::uint64_t key_;
  std::optional<Recorder> recorder_;
  PhaseProgress progress_;
  std::vector<Phase> done_;
  std::optional<spectators::Circulation> over_;
  double kept_s_ = seconds_now();
};

/// What several runs are compared by, without what takes room.
std::vector<Phase> lean(std::vector<Phase> phases) {
  for (Phase& each : phases) {
    each.places.clear();
    each.at_emergency.clear();
    each.map = {};
    each.zones.clear();
  }
  return phases;
}

Status further_runs(const Options& options, const Console& console, Work& work) {
  Crowd& crowd = *work.crowd;
  if (options.crowd.runs > 1) {
    crowd.runs.push_back(lean(crowd.phases));
    if (crowd.circulation) crowd.circulations.push_back(*crowd.circulation);
  }
  for (int k = 1; k < options.crowd.runs; ++k) {
    const std::uint64_t seed = options.crowd.seed + static_cast<std::uint64_t>(k);
    const auto scene =
        spectators::make_scene(*work.show, work.plan, {.seed = seed, .share = options.crowd.share});
    if (!scene) return tl::unexpected(scene.error());
    spectators::RunOptions run;
    run.seed = seed;
    run.share = options.crowd.share;
    run.threads = options.threads;
    auto outcome = KeepingRun(options, console, work, *scene, run, k).go(options.crowd.resume);
    if (!outcome) return tl::unexpected(outcome.error());
    if (outcome->circulation) crowd.circulations.push_back(std::move(*outcome->circulation));
    crowd.runs.push_back(lean(std::move(outcome->phases)));
  }
  return {};
}

}  // namespace

bool spectators_are_kept(const Options& options, const Work& work) {
  std::error_code ignored;
  return fs::exists(checkpoint_path(out_folder(options, *work.show), 0), ignored);
}

bool spectators_follow(const Options& options, const Work& work) {
  return !options.crowd.off && work.show->spectators && work.plan.feasible;
}

Status simulate_spectators(const Options& options, const Console& console, Work& work) {
  if (!spectators_follow(options, work)) return {};
  const double start_s = seconds_now();
  const spectators::SceneOptions all{.seed = options.crowd.seed, .share = 1};
  auto whole = spectators::make_scene(*work.show, work.plan, all);
  if (!whole) return tl::unexpected(whole.error());
  const spectators::Hand hand = spectators::by_hand(*work.show, *whole);
  std::vector<Finding> found = spectators::findings_by_hand(*whole, hand);
  std::vector<Finding> faults = faults_of(*whole);
  const bool faulty = has_error(faults);
  std::move(faults.begin(), faults.end(), std::back_inserter(found));
  if (!faulty) {
    auto scene =
        options.crowd.share < 1
            ? spectators::make_scene(*work.show, work.plan,
                                     {.seed = options.crowd.seed, .share = options.crowd.share})
            : std::move(whole);
    if (!scene) return tl::unexpected(scene.error());
    spectators::RunOptions run;
    run.seed = options.crowd.seed;
    run.share = options.crowd.share;
    run.threads = options.threads;
    const fs::path folder = out_folder(options, *work.show);
    if (!options.crowd.resume) forget_further_runs(folder);
    KeepingRun first(options, console, work, *scene, run, 0);
    auto outcome = first.go(options.crowd.resume);
    if (!outcome) return tl::unexpected(outcome.error());
    if (outcome->circulation) {
      auto of_it = spectators::findings_of_circulation(*work.show, *outcome->circulation);
      std::move(of_it.begin(), of_it.end(), std::back_inserter(found));
    }
    if (Status status = first.conclude(outcome->phases); !status) return status;
    auto of_run =
        spectators::findings_of_run(*work.show, *scene, outcome->phases, options.crowd.share);
    std::move(of_run.begin(), of_run.end(), std::back_inserter(found));
    work.crowd = Crowd{
        std::move(*scene), hand, std::move(outcome->phases), {}, std::move(outcome->circulation)};
    if (Status status = further_runs(options, console, work); !status) return status;
    first.forget();
    forget_further_runs(folder);
  }
  add_findings(std::move(found), work.plan);
  work.crowd_s = seconds_now() - start_s;
  return {};
}

}  // namespace defilada::app
