// SPDX-License-Identifier: MIT
#include "crowd_kept.hpp"

#include <system_error>
#include <type_traits>

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

/// What stands under `name`, where it is of that kind: the note may be anybody's.
template <typename Value>
std::optional<Value> noted(const Json& note, const char* name) {
  const auto found = note.find(name);
  if (found == note.end()) return std::nullopt;
  if constexpr (std::is_same_v<Value, std::string>) {
    if (!found->is_string()) return std::nullopt;
  } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
    if (!found->is_number_unsigned()) return std::nullopt;
  } else {
    if (!found->is_number()) return std::nullopt;
  }
  return found->template get<Value>();
}

std::optional<KeptRun> kept_run(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(kept_result_path(folder), ignored)) return std::nullopt;
  const auto reader = crowd::RecordingReader::open(folder / "crowd-ingress.recording");
  if (!reader) return std::nullopt;
  const Json note = Json::parse(reader->header().note, nullptr, false);
  if (!note.is_object()) return std::nullopt;
  const auto show = noted<std::string>(note, "show");
  const auto variant = noted<std::string>(note, "variant");
  const auto share = noted<double>(note, "share");
  const auto seed = noted<std::uint64_t>(note, "seed");
  if (!show || !variant || !share || !seed) return std::nullopt;
  if (show->empty() || !(*share > 0 && *share <= 1)) return std::nullopt;
  return KeptRun{*show, *variant, *share, *seed};
}

}  // namespace defilada::app
