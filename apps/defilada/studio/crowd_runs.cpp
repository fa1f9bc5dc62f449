// SPDX-License-Identifier: MIT
#include "studio/crowd_runs.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "crowd_film.hpp"
#include "crowd_kept.hpp"
#include "defilada/core/interrupt.hpp"
#include "defilada/crowd/recording.hpp"
#include "defilada/spectators/checkpoint.hpp"
#include "defilada/spectators/day.hpp"
#include "defilada/spectators/hand.hpp"
#include "studio/desk.hpp"

namespace defilada::app::studio {

using spectators::Phase;

namespace {

constexpr auto kFramesApart =  ///< of places, from one of densities to the next
    static_cast<std::size_t>(DensityFilm::kEvery_s / PlacesFilm::kEvery_s);

double widest_m(const DensityFilm::Grid& grid) {
  return grid.cell_m * std::max(grid.columns, grid.rows);
}

/// What another program has simulated of this show, and where everybody was then. Errors
/// (bad_input): it is of another show, seed or share, or damaged.
Result<std::vector<Phase>> open_phases(CrowdRun& run, const spectators::RunOptions& how_many) {
  const spectators::Scene& scene = *run.scene;
  const show::Show& show = *run.work.show;
  auto kept = spectators::read_checkpoint(kept_result_path(run.from),
                                          spectators::key_of(show, scene, how_many));
  if (!kept) return tl::unexpected(kept.error());
  if (!spectators::fits(show, scene, kept->done)) {
    return fail(Errc::bad_input, phrase("what was kept is of another phase of the day"));
  }
  std::vector<std::filesystem::path> recordings;
  for (std::size_t k = 0; k < kept->done.size(); ++k) {
    recordings.push_back(recording_path(run.from, scene, k));
    auto reader = crowd::RecordingReader::open(recordings.back());
    if (!reader) return tl::unexpected(reader.error());
    for (std::size_t f = 0; f < reader->frames(); f += kFramesApart) {
      const auto people = reader->frame(f);
      if (!people) return tl::unexpected(people.error());
      std::vector<geo::Vec2> places;
      places.reserve(people->size());
      for (const crowd::RecordedPerson& each : *people) places.push_back({each.x, each.y});
      run.film->add(k, reader->time_s(f), places);
      if (run.stop || interrupted()) return fail(Errc::interrupted, phrase("interrupted"));
    }
  }
  const DensityFilm::Grid& grid = run.film->grid();
  run.places = std::make_unique<PlacesFilm>(grid.origin, widest_m(grid), std::move(recordings));
  return std::move(kept->done);
}

}  // namespace

CrowdRuns::CrowdRuns(Options options, std::string name, Told told)
    : options_(std::move(options)), name_(std::move(name)), told_(std::move(told)) {}

CrowdRuns::~CrowdRuns() {
  stop();
}

CrowdRunPtr CrowdRuns::begin(std::string text, std::string variant, double share,
                             std::uint64_t seed, std::filesystem::path from) {
  const auto run_ptr = std::make_shared<CrowdRun>();
  run_ptr->etag = etag_of(text);
  run_ptr->text = std::move(text);
  run_ptr->variant = std::move(variant);
  run_ptr->share = share;
  run_ptr->seed = seed;
  run_ptr->from = std::move(from);
  {
    const std::lock_guard lock(mutex_);
    if (in_hand_) return nullptr;
    run_ptr->number = ++last_;
    in_hand_ = run_ptr;
    runs_.push_back(run_ptr);
    if (runs_.size() > kKept) runs_.pop_front();
  }
  worker_.add([this, run_ptr] { run(run_ptr); });
  return run_ptr;
}

bool CrowdRuns::stop() {
  const std::lock_guard lock(mutex_);
  if (!in_hand_) return false;
  in_hand_->stop = true;
  return true;
}

CrowdRunPtr CrowdRuns::find(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  for (const CrowdRunPtr& each : runs_) {
    if (each->number == number) return each;
  }
  return nullptr;
}

std::vector<CrowdRunPtr> CrowdRuns::all() const {
  const std::lock_guard lock(mutex_);
  return {runs_.begin(), runs_.end()};
}

WholeRunPtr CrowdRuns::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void CrowdRuns::run(const CrowdRunPtr& run_ptr) {
  CrowdRun& run = *run_ptr;
  const double start_s = seconds_now();
  WholeRunPtr whole;
  try {
    if (auto done = simulate(run_ptr)) {
      whole = std::move(*done);
    } else {
      run.error = done.error();
    }
  } catch (const std::exception& exception) {
    run.error = {Errc::environment,
                 phrase("a fault of the program, not of the show: {}", exception.what())};
  }
  run.took_s = seconds_now() - start_s;
  run.state = !run.error                             ? CrowdRun::State::done
              : run.error->code == Errc::interrupted ? CrowdRun::State::stopped
                                                     : CrowdRun::State::failed;
  {
    const std::lock_guard lock(mutex_);
    in_hand_.reset();
    if (whole) newest_ = std::move(whole);
    // Of what gave no result nothing is to be looked at later.
    if (run.state != CrowdRun::State::done) {
      std::erase_if(runs_, [&](const CrowdRunPtr& each) { return each.get() == &run; });
    }
    make_room();
  }
  told_(run, nullptr, 0, 1);
}

/// The oldest go, never the newest. Requires the lock.
void CrowdRuns::make_room() {
  std::uint64_t bytes = 0;
  std::size_t kept = 0;
  while (kept < runs_.size()) {
    const CrowdRun& run = *runs_[runs_.size() - 1 - kept];
    if (run.places) bytes += run.places->bytes();
    if (bytes > kMostBytes && kept > 0) break;
    ++kept;
  }
  runs_.erase(runs_.begin(), runs_.end() - static_cast<std::ptrdiff_t>(kept));
}

Result<WholeRunPtr> CrowdRuns::simulate(const CrowdRunPtr& run_ptr) {
  CrowdRun& run = *run_ptr;
  Options wanted = options_;
  wanted.variant = run.variant;
  plan::Options how;
  how.proof = false;
  how.progress = [&](std::string_view, double) { return !run.stop && !interrupted(); };
  Work& work = run.work;
  if (Status status = read_and_plan(wanted, how, work, {{name_, run.text}}); !status) {
    return tl::unexpected(status.error());
  }
  if (!work.show->spectators) {
    return fail(Errc::bad_input, phrase("the show '{}' says nothing of spectators: it has no "
                                        "section 'spectators'",
                                        name_));
  }
  if (!work.plan.feasible) {
    return fail(Errc::infeasible,
                phrase("the programme of '{}' cannot hold: see `defilada check`", name_));
  }
  auto whole = spectators::make_scene(*work.show, work.plan, {.seed = run.seed, .share = 1});
  if (!whole) return tl::unexpected(whole.error());
  run.hand = spectators::by_hand(*work.show, *whole);
  run.findings = spectators::findings_by_hand(*whole, run.hand);
  auto scene = run.share < 1 ? spectators::make_scene(*work.show, work.plan,
                                                      {.seed = run.seed, .share = run.share})
                             : std::move(whole);
  if (!scene) return tl::unexpected(scene.error());
  run.scene = std::move(*scene);
  run.film.emplace(*run.scene, run.share);

  spectators::RunOptions how_many;
  how_many.seed = run.seed;
  how_many.share = run.share;
  how_many.threads = options_.threads;
  auto phases = run.from.empty() ? run_phases(run, how_many) : open_phases(run, how_many);
  if (!phases) return tl::unexpected(phases.error());
  auto found = spectators::findings_of_run(*work.show, *run.scene, *phases, run.share);
  std::move(found.begin(), found.end(), std::back_inserter(run.findings));
  const auto all = std::make_shared<WholeRun>();
  all->run = run_ptr;
  all->plan = std::move(work.plan);
  all->scene = *run.scene;
  all->phases = *phases;
  for (Phase& each : *phases) {
    each.places = {};
    each.at_emergency = {};
    each.map = {};
  }
  run.phases = std::move(*phases);
  run.scene->people = {};
  work.plan = {};
  return all;
}

Result<std::vector<Phase>> CrowdRuns::run_phases(CrowdRun& run,
                                                 const spectators::RunOptions& of) const {
  const DensityFilm::Grid& grid = run.film->grid();
  run.places = std::make_unique<PlacesFilm>(grid.origin, widest_m(grid));
  spectators::RunOptions how_many = of;
  how_many.frame_every_s = PlacesFilm::kEvery_s;
  std::size_t phase = 0;
  const auto count = static_cast<double>(spectators::phases_of(*run.scene));
  how_many.frame = [&](const spectators::RunOptions::Frame& frame) {
    const bool first = phase >= run.places->phases();
    if (first || run.places->frames(phase) % kFramesApart == 0) run.film->add(phase, frame);
    return run.places->add(phase, frame);
  };
  how_many.progress = [&](const spectators::RunOptions::Progress& now) {
    told_(run, &now, phase, (static_cast<double>(phase) + now.share) / count);
    return !run.stop && !interrupted();
  };
  auto phases = spectators::run_day(*run.work.show, *run.scene, how_many, {},
                                    [&](const std::vector<Phase>& all) {
                                      phase = all.size();
                                      return Status{};
                                    });
  if (!phases) return tl::unexpected(phases.error());
  if (Status status = run.places->finish(); !status) return tl::unexpected(status.error());
  return phases;
}

}  // namespace defilada::app::studio
