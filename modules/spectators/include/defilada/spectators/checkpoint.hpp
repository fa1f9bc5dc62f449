// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "defilada/spectators/day.hpp"

/// Phases that are done, kept on disk: a run that was interrupted goes on behind them.
namespace defilada::spectators {

/// Tells runs apart: of everything that a phase depends on. FNV-1a, 64 bit.
[[nodiscard]] std::uint64_t key_of(const Scene& scene, const RunOptions& options);

/// Errors (environment): the file cannot be written. A kill leaves the old file or the new one.
[[nodiscard]] Status write_checkpoint(const std::filesystem::path& path, std::uint64_t key,
                                      const std::vector<Phase>& done);
/// The phases that a file keeps of the run with that key; none where there is no such file, it is
/// of another run, or damaged. Law: what was written, to the bit.
[[nodiscard]] std::vector<Phase> read_checkpoint(const std::filesystem::path& path,
                                                 std::uint64_t key);

}  // namespace defilada::spectators
