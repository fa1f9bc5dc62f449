// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "options.hpp"
#include "work.hpp"

namespace defilada::app::studio {

/// What came of a text. Never changed once it is published.
struct Outcome {
  std::uint64_t revision = 0;  ///< counts up from 1
  std::string text;            ///< of the show, as it was given
  std::string etag;            ///< of the text
  bool saved = false;          ///< it is what the file held
  bool proven = false;         ///< the proof ran
  bool whole = true;           ///< its variants were read, too
  Work work;                   ///< without a show where the text is wrong
  std::optional<Error> error;  ///< why there is no plan
  double took_s = 0;

  [[nodiscard]] bool has_plan() const noexcept { return !error && work.show.has_value(); }
};
using OutcomePtr = std::shared_ptr<const Outcome>;

/// Plans texts, one at a time, on a thread of its own; the newest matters most.
///
///     draft of a tab     before all else; a newer one of the same tab takes its place
///     the saved text     then
///     its proof          last, and given up for anything newer
///
/// What comes of a saved text in whose place another was saved meanwhile is not published.
///
/// An outcome stays at hand until kKept newer ones have come.
class Planner {
 public:
  static constexpr std::size_t kKept = 8;
  using Done = std::function<void(OutcomePtr)>;  ///< null: a newer one took its place
  /// `stage` and share in [0, 1], on the planner's thread.
  using Progress = std::function<void(std::string_view stage, double share)>;

  /// Reads shows as `options` says, the text under `name` in place of the file's.
  Planner(Options options, std::string name, Progress progress);
  Planner(const Planner&) = delete;
  Planner& operator=(const Planner&) = delete;
  ~Planner();

  /// Waits for its thread to end; after it nobody is called any more, and nothing is planned.
  void stop();

  /// `whole`: else its variants are left out, each of which would be read like the show itself.
  void plan_draft(const std::string& tab, std::string text, bool proof, bool whole, Done done);
  /// Plans what the file holds, then proves it; `done` for each.
  void plan_saved(std::string text, Done done);

  [[nodiscard]] OutcomePtr outcome(std::uint64_t revision) const;
  /// The newest of the saved text; null before there is one.
  [[nodiscard]] OutcomePtr saved() const;

 private:
  enum class Lane { draft, saved, proof };
  struct Job {
    Lane lane = Lane::saved;
    std::string tab;
    std::string text;
    bool proof = false;
    bool whole = true;
    std::uint64_t save = 0;  ///< which plan_saved() it is of; 0: a draft's
    Done done;
    std::atomic<bool> given_up{false};
  };
  using JobPtr = std::shared_ptr<Job>;

  void add(const JobPtr& job);
  [[nodiscard]] std::vector<JobPtr> add_locked(const JobPtr& job);
  void run();
  [[nodiscard]] bool settle(const JobPtr& job, std::shared_ptr<Outcome>& outcome);
  [[nodiscard]] JobPtr take();
  [[nodiscard]] std::shared_ptr<Outcome> work_on(const Job& job);
  void keep_locked(const std::shared_ptr<Outcome>& outcome);

  Options options_;
  std::string name_;
  Progress progress_;
  mutable std::mutex mutex_;
  std::condition_variable wakes_;
  std::deque<JobPtr> jobs_;
  JobPtr in_hand_;
  bool ends_ = false;
  std::uint64_t last_revision_ = 0;
  std::uint64_t last_save_ = 0;
  std::deque<OutcomePtr> kept_;
  OutcomePtr saved_;
  std::thread thread_;  ///< last: it uses the others
};

/// The text with blanks in place of a `variants:` section in block style, so that every other byte
/// stays where it is.
[[nodiscard]] std::string without_variants(std::string text);

}  // namespace defilada::app::studio
