// SPDX-License-Identifier: MIT
#include "studio/planner.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>

#include "defilada/core/interrupt.hpp"
#include "studio/desk.hpp"

namespace defilada::app::studio {

Planner::Planner(Options options, std::string name, Progress progress)
    : options_(std::move(options)),
      name_(std::move(name)),
      progress_(std::move(progress)),
      thread_([this] { run(); }) {}

Planner::~Planner() {
  stop();
}

void Planner::stop() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    if (in_hand_) in_hand_->given_up = true;
  }
  wakes_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::string without_variants(std::string text) {
  constexpr std::string_view kKey = "\nvariants:";
  const std::size_t found = text.find(kKey);
  if (found == std::string::npos) return text;
  std::size_t at = found + 1;
  const std::size_t line_end = std::min(text.size(), text.find('\n', at));
  const std::size_t value = text.find_first_not_of(" \t\r", at + kKey.size() - 1);
  const bool block = value == std::string::npos || value >= line_end || text[value] == '#';
  if (!block) return text;
  for (std::size_t line = line_end + 1; line < text.size();) {
    const char first = text[line];
    if (first != ' ' && first != '#' && first != '\n' && first != '\r') break;
    at = line;
    line = std::min(text.size(), text.find('\n', line)) + 1;
  }
  const std::size_t end = std::min(text.size(), text.find('\n', at));
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(found + 1),
      text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; }, ' ');
  return text;
}

void Planner::plan_draft(const std::string& tab, std::string text, bool proof, bool whole,
                         Done done) {
  const auto job = std::make_shared<Job>();
  job->lane = Lane::draft;
  job->tab = tab;
  job->text = std::move(text);
  job->proof = proof;
  job->whole = whole;
  job->done = std::move(done);
  add(job);
}

void Planner::plan_saved(std::string text, Done done) {
  const auto job = std::make_shared<Job>();
  job->text = std::move(text);
  job->done = std::move(done);
  add(job);
}

void Planner::add(const JobPtr& job) {
  std::vector<JobPtr> dropped;
  {
    const std::lock_guard lock(mutex_);
    if (job->lane == Lane::saved) job->save = ++last_save_;
    dropped = add_locked(job);
  }
  wakes_.notify_one();
  for (const JobPtr& each : dropped) each->done(nullptr);
}

/// Those whose place it takes.
std::vector<Planner::JobPtr> Planner::add_locked(const JobPtr& job) {
  std::vector<JobPtr> dropped;
  const auto stale = [&](const JobPtr& other) {
    if (job->lane == Lane::draft) return other->lane == Lane::draft && other->tab == job->tab;
    if (job->lane == Lane::proof) return other->lane == Lane::proof;
    return other->lane != Lane::draft;
  };
  for (const JobPtr& each : jobs_) {
    if (stale(each)) dropped.push_back(each);
  }
  jobs_.erase(std::remove_if(jobs_.begin(), jobs_.end(), stale), jobs_.end());
  const auto before = std::find_if(jobs_.begin(), jobs_.end(),
                                   [&](const JobPtr& each) { return each->lane > job->lane; });
  jobs_.insert(before, job);
  // A proof takes seconds: what is newer does not wait for it. It starts again where it is still
  // wanted (see settle()).
  if (in_hand_ && job->lane != Lane::proof &&
      (stale(in_hand_) || in_hand_->lane == Lane::proof || in_hand_->proof)) {
    in_hand_->given_up = true;
  }
  return dropped;
}

Planner::JobPtr Planner::take() {
  std::unique_lock lock(mutex_);
  wakes_.wait(lock, [this] { return ends_ || !jobs_.empty(); });
  if (ends_) return nullptr;
  in_hand_ = jobs_.front();
  jobs_.pop_front();
  return in_hand_;
}

void Planner::run() {
  while (const JobPtr job = take()) {
    std::shared_ptr<Outcome> outcome = work_on(*job);
    if (settle(job, outcome)) job->done(outcome);
  }
}

/// Publishes what came of the job, and queues the proof that follows, in one step: a text that is
/// saved meanwhile comes before all of it or after. Clears an outcome that is no longer wanted.
/// False: nobody is to be told now.
bool Planner::settle(const JobPtr& job, std::shared_ptr<Outcome>& outcome) {
  const std::lock_guard lock(mutex_);
  in_hand_.reset();
  if (ends_) return false;
  const bool current = job->lane == Lane::draft || job->save == last_save_;
  if (!current) outcome.reset();
  if (outcome) keep_locked(outcome);
  // A proof that was given up for a draft is still to be done.
  const bool again = job->lane == Lane::proof && job->given_up && current;
  const bool provable = outcome && outcome->has_plan() && outcome->work.plan.feasible;
  if (again || (job->lane == Lane::saved && provable)) {
    const auto proof = std::make_shared<Job>();
    proof->lane = Lane::proof;
    proof->text = job->text;
    proof->proof = true;
    proof->save = job->save;
    proof->done = job->done;
    (void)add_locked(proof);  // of a proof in hand or in the queue there is no other
  }
  return !again;
}

std::shared_ptr<Outcome> Planner::work_on(const Job& job) {
  const auto outcome = std::make_shared<Outcome>();
  outcome->text = job.text;
  outcome->etag = etag_of(job.text);
  outcome->whole = job.whole;
  outcome->saved = job.lane != Lane::draft;
  outcome->proven = job.proof;
  plan::Options how;
  how.proof = job.proof;
  how.progress = [&](std::string_view stage, double share) {
    if (job.proof && progress_) progress_(stage, share);
    return !job.given_up && !interrupted();
  };
  const double start_s = seconds_now();
  try {
    const Status status = read_and_plan(
        options_, how, outcome->work, {{name_, job.whole ? job.text : without_variants(job.text)}});
    if (!status) outcome->error = status.error();
  } catch (const std::exception& exception) {
    outcome->error = {Errc::environment,
                      phrase("a fault of the program, not of the show: {}", exception.what())};
  }
  outcome->took_s = seconds_now() - start_s;
  if (job.given_up) return nullptr;
  return outcome;
}

void Planner::keep_locked(const std::shared_ptr<Outcome>& outcome) {
  outcome->revision = ++last_revision_;
  kept_.push_back(outcome);
  if (kept_.size() > kKept) kept_.pop_front();
  if (outcome->saved) saved_ = outcome;
}

OutcomePtr Planner::outcome(std::uint64_t revision) const {
  const std::lock_guard lock(mutex_);
  if (saved_ && saved_->revision == revision) return saved_;
  for (const OutcomePtr& each : kept_) {
    if (each->revision == revision) return each;
  }
  return nullptr;
}

OutcomePtr Planner::saved() const {
  const std::lock_guard lock(mutex_);
  return saved_;
}

}  // namespace defilada::app::studio
