// SPDX-License-Identifier: MIT
#include "crowd_kept.hpp"

#include <system_error>

#include "defilada/core/file.hpp"
#include "defilada/crowd/recording.hpp"
#include "json_parts.hpp"

namespace defilada::app {

namespace fs = std::filesystem;

fs::path kept_result_path(const fs::path& folder) {
  return folder / "crowd.result";
}

std::string kept_note(const Options& options, const Work& work) {
  const Json note{{"show", work.inputs.empty() ? std::string() : work.inputs.front().hash},
                  {"variant", options.variant},
                  {"share", options.crowd.share},
                  {"seed", options.crowd.seed}};
  return note.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<KeptRun> kept_run(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(kept_result_path(folder), ignored)) return std::nullopt;
  const auto reader = crowd::RecordingReader::open(folder / "crowd-ingress.recording");
  if (!reader) return std::nullopt;
  const Json note = Json::parse(reader->header().note, nullptr, false);
  if (!note.is_object()) return std::nullopt;
  KeptRun run;
  run.show = note.value("show", "");
  run.variant = note.value("variant", "");
  run.share = note.value("share", 0.0);
  run.seed = note.value("seed", std::uint64_t{0});
  if (run.show.empty() || !(run.share > 0 && run.share <= 1)) return std::nullopt;
  return run;
}

}  // namespace defilada::app
