// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>

#include "defilada/core/result.hpp"
#include "defilada/playback/crowd.hpp"
#include "work.hpp"

namespace defilada::app {

/// Where a phase of the spectators is recorded, counted from 0: "crowd-ingress.recording"; behind
/// the last one the circulation.
[[nodiscard]] std::filesystem::path recording_path(const std::filesystem::path& folder,
                                                   const spectators::Scene& scene,
                                                   std::size_t phase);

/// The normal day (ingress, circulation, egress) for the playback, from its recordings in the
/// folder, whether they were made now or by the run that this one resumed. Requires work.crowd.
/// Errors: those of reading.
[[nodiscard]] Result<playback::Crowd> film_of(const std::filesystem::path& folder,
                                              const Work& work);

}  // namespace defilada::app
