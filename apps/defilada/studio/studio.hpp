// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crowd_kept.hpp"
#include "defilada/server/message.hpp"
#include "defilada/server/server.hpp"
#include "options.hpp"
#include "studio/crowd_runs.hpp"
#include "studio/desk.hpp"
#include "studio/plan_json.hpp"
#include "studio/planner.hpp"
#include "studio/worker.hpp"

/// The studio's side of the server (docs/studio.md has the whole interface).
///
///     browser ──HTTP──> Server ──> Studio ──> Desk      the show file: read, save, watch
///        ^                           ├──────> Planner   one text after the other, newest first
///        │                           ├──────> CrowdRuns the spectators, one run at a time
///        └──events── publish ────────┘──────> printer   what takes long: files to take away
///                                            teller    what the page waits for: plans, tracks
///                                            filmer    places of the spectators
namespace defilada::app::studio {

class Studio {
 public:
  Studio(Options options, Desk desk, std::vector<std::filesystem::path> catalogues);
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;
  ~Studio();

  /// Must be called before the first request.
  void serve_by(server::Server& server);
  /// Routes a request; returns at once.
  void handle(const server::Request& request, const server::Answer& answer);
  /// Looks whether the file was changed by somebody else; called again and again.
  void look_round();

 private:
  using SectionsPtr = std::shared_ptr<const Sections>;

  void read(const server::Request& request, const server::Answer& answer);
  void change(const server::Request& request, const server::Answer& answer);
  void show_text(const server::Answer& answer);
  void save(const server::Request& request, const server::Answer& answer);
  void saved_plan(const server::Request& request, const server::Answer& answer);
  void draft(const server::Request& request, const server::Answer& answer);
  void fix(const server::Request& request, const server::Answer& answer);
  void mend(const server::Request& request, const server::Answer& answer);
  void tracks(const server::Request& request, const server::Answer& answer);
  void take_away(const server::Request& request, const server::Answer& answer);
  void preview(const server::Request& request, const server::Answer& answer);
  void crowd(const server::Request& request, const server::Answer& answer);
  void begin_crowd(const server::Request& request, const server::Answer& answer);
  void open_crowd(const server::Request& request, const server::Answer& answer);
  void open_kept(const server::Request& request, const server::Answer& answer);
  [[nodiscard]] std::optional<std::pair<KeptRun, std::filesystem::path>> kept_elsewhere() const;
  void density(const server::Request& request, const server::Answer& answer);
  void places(const server::Request& request, const server::Answer& answer);
  void file(const std::string& path, const server::Answer& answer);
  [[nodiscard]] server::Response session() const;
  [[nodiscard]] server::Response files() const;

  [[nodiscard]] server::Response told(const OutcomePtr& outcome, const std::string& language,
                                      const std::string& base);
  [[nodiscard]] SectionsPtr sections(const OutcomePtr& outcome, const std::string& language);
  [[nodiscard]] OutcomePtr wanted(const server::Request& request) const;
  [[nodiscard]] std::string language_of(const server::Request& request) const;
  void plan(const std::string& text);
  void planned(const OutcomePtr& outcome);
  void publish(const char* event, const std::string& data);
  void progressed(std::string_view stage, double share);
  void crowd_told(const CrowdRun& run, const spectators::RunOptions::Progress* now,
                  std::size_t phase, double share);

  Options options_;
  Desk desk_;
  std::vector<std::filesystem::path> catalogues_;
  server::Server* server_ = nullptr;

  std::mutex mutex_;
  std::string seen_;  ///< etag of what the file was last known to hold
  std::vector<std::pair<server::Request, server::Answer>> waiting_;  ///< for the first plan
  std::map<std::pair<std::uint64_t, std::string>, SectionsPtr> told_;

  double next_progress_s_ = 0;  ///< of the planner's thread
  double next_crowd_s_ = 0;     ///< of the crowd's thread

  // Last, so that their threads end first; but the planner's speaks to the workers, and is stopped
  // before them (see ~Studio).
  Planner planner_;
  CrowdRuns crowds_;
  Worker keeper_;   ///< of the file
  Worker teller_;   ///< of what is to be seen at once
  Worker filmer_;   ///< of where the spectators are
  Worker printer_;  ///< of what takes long
};

}  // namespace defilada::app::studio
