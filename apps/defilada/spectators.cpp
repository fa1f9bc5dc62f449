// SPDX-License-Identifier: MIT
// The spectators of a show: simulated phase by phase, kept now and then.

#include <algorithm>
#include <memory>
#include <system_error>

#include "crowd_film.hpp"
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

constexpr const char* kCheckpoint = "crowd.checkpoint";

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
  Recorder(fs::path folder, const spectators::Scene& scene)
      : folder_(std::move(folder)), scene_(scene) {}

  static constexpr double kEvery_s = 2;

  Status frame(const spectators::RunOptions::Frame& frame, std::size_t phase) {
    if (!writer_ || phase != phase_) {
      if (Status status = finish(); !status) return status;
      phase_ = phase;
      auto writer = crowd::RecordingWriter::begin(recording_path(folder_, scene_, phase),
                                                  header(frame.time_s));
      if (!writer) return tl::unexpected(writer.error());
      writer_.emplace(std::move(*writer));
    }
    people_.clear();
    add(frame, frame.walking, 0);
    add(frame, frame.standing, 1);
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
  static crowd::RecordingHeader header(double begin_s) {
    return {.begin_s = begin_s, .interval_s = kEvery_s, .note = "{}"};
  }

  void add(const spectators::RunOptions::Frame& frame, const crowd::Columns& columns,
           std::uint8_t state) {
    for (std::size_t i = 0; i < columns.size; ++i) {
      people_.push_back({.id = frame.who[columns.person[i]],
                         .x = crowd::to_metres(columns.x[i]),
                         .y = crowd::to_metres(columns.y[i]),
                         .level = 0,
                         .state = state});
    }
  }

  fs::path folder_;
  const spectators::Scene& scene_;
  std::optional<crowd::RecordingWriter> writer_;
  std::size_t phase_ = 0;
  std::vector<crowd::RecordedPerson> people_;
};

/// The first run, recorded; kept after each phase, every few minutes, and when it is interrupted.
class FirstRun {
 public:
  FirstRun(const Options& options, const Console& console, const Work& work,
           const spectators::Scene& scene, spectators::RunOptions run)
      : work_(work),
        scene_(scene),
        run_(std::move(run)),
        folder_(out_folder(options, *work.show)),
        checkpoint_(folder_ / kCheckpoint),
        key_(spectators::key_of(scene, run_)),
        recorder_(folder_, scene),
        progress_(console) {}

  Result<std::vector<Phase>> go(bool resume) {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);
    spectators::Kept kept;
    if (resume && fs::exists(checkpoint_, ignored)) {
      auto read = spectators::read_checkpoint(checkpoint_, key_);
      if (!read) return tl::unexpected(read.error());
      kept = std::move(*read);
      if (kept.running) take_up_recording(kept);
    }
    done_ = kept.done;
    run_.frame_every_s = Recorder::kEvery_s;
    run_.frame = [&](const auto& frame) { return recorder_.frame(frame, done_.size()); };
    run_.progress = [&](const auto& now) { return progress_(now); };
    run_.keeps_now = [&] { return seconds_now() - kept_s_ > kKeepEvery_s; };
    run_.keep_running = [&](const spectators::Running& running) { return keep(&running); };
    auto phases = spectators::run_day(
        *work_.show, scene_, run_, std::move(kept.done),
        [&](const std::vector<Phase>& all) {
          done_ = all;
          return keep(nullptr);
        },
        kept.running ? &*kept.running : nullptr);
    if (!phases) return phases;  // what is kept of the recording is gone on with
    if (Status status = recorder_.finish(); !status) return tl::unexpected(status.error());
    return phases;
  }

  /// Nothing of it need be kept any longer.
  void forget() const {
    std::error_code ignored;
    fs::remove(checkpoint_, ignored);
  }

 private:
  static constexpr double kKeepEvery_s = 180;

  Status keep(const spectators::Running* running) {
    kept_s_ = seconds_now();
    if (running != nullptr) {
      if (Status status = recorder_.keep(); !status) return status;
    }
    return spectators::write_checkpoint(checkpoint_, key_, done_, running);
  }

  /// Without its recording the phase is done again.
  void take_up_recording(spectators::Kept& kept) {
    const auto& [phase, engine, watch, frames] = *kept.running;
    if (!recorder_.go_on(kept.done.size(), phase.begin_s, frames)) kept.running.reset();
  }

  const Work& work_;
  const spectators::Scene& scene_;
  spectators::RunOptions run_;
  fs::path folder_;
  fs::path checkpoint_;
  std::uint64_t key_;
  Recorder recorder_;
  PhaseProgress progress_;
  std::vector<Phase> done_;
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
  if (options.crowd.runs > 1) crowd.runs.push_back(lean(crowd.phases));
  for (int k = 1; k < options.crowd.runs; ++k) {
    const std::uint64_t seed = options.crowd.seed + static_cast<std::uint64_t>(k);
    const auto scene =
        spectators::make_scene(*work.show, work.plan, {.seed = seed, .share = options.crowd.share});
    if (!scene) return tl::unexpected(scene.error());
    spectators::RunOptions run;
    run.seed = seed;
    run.share = options.crowd.share;
    run.threads = options.threads;
    PhaseProgress progress(console);
    run.progress = [&](const auto& now) { return progress(now); };
    auto phases = spectators::run_day(*work.show, *scene, run);
    if (!phases) return tl::unexpected(phases.error());
    crowd.runs.push_back(lean(std::move(*phases)));
  }
  return {};
}

}  // namespace

Status simulate_spectators(const Options& options, const Console& console, Work& work) {
  if (options.crowd.off || !work.show->spectators || !work.plan.feasible) return {};
  const double start_s = seconds_now();
  const spectators::SceneOptions all{.seed = options.crowd.seed, .share = 1};
  auto whole = spectators::make_scene(*work.show, work.plan, all);
  if (!whole) return tl::unexpected(whole.error());
  const spectators::Hand hand = spectators::by_hand(*work.show, *whole);
  std::vector<Finding> found = spectators::findings_by_hand(*work.show, *whole, hand);
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
    FirstRun first(options, console, work, *scene, run);
    auto phases = first.go(options.crowd.resume);
    if (!phases) return tl::unexpected(phases.error());
    std::optional<spectators::Circulation> circulation;
    if (scene->circulation) {
      auto made = spectators::run_circulation(*work.show, *scene, phases->front().places, run,
                                              [](double) { return !interrupted(); });
      if (!made) return tl::unexpected(made.error());
      auto of_it = spectators::findings_of_circulation(*work.show, *made);
      std::move(of_it.begin(), of_it.end(), std::back_inserter(found));
      circulation = std::move(*made);
    }
    first.forget();
    auto of_run = spectators::findings_of_run(*work.show, *scene, *phases, options.crowd.share);
    std::move(of_run.begin(), of_run.end(), std::back_inserter(found));
    work.crowd = Crowd{std::move(*scene), hand, std::move(*phases), {}, std::move(circulation)};
    if (Status status = further_runs(options, console, work); !status) return status;
  }
  add_findings(std::move(found), work.plan);
  work.crowd_s = seconds_now() - start_s;
  return {};
}

}  // namespace defilada::app
