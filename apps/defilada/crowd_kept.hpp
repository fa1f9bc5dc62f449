// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "work.hpp"

namespace defilada::app {

/// What a run of the spectators of a show leaves beside its recordings, so that the studio opens it
/// without simulating anything again: what came of it ("crowd.result", the phases as a checkpoint
/// has them), and in the note of each recording what it was of.
struct KeptRun {
  std::string show;  ///< hash of the show's text
  std::string variant;
  double share = 1;
  std::uint64_t seed = 1;
};

[[nodiscard]] std::filesystem::path kept_result_path(const std::filesystem::path& folder);
/// The note of a run's recordings, as JSON.
[[nodiscard]] std::string kept_note(const Options& options, const Work& work);
/// The run whose result lies in the folder; none: there is none, or one of an earlier version.
[[nodiscard]] std::optional<KeptRun> kept_run(const std::filesystem::path& folder);

}  // namespace defilada::app
