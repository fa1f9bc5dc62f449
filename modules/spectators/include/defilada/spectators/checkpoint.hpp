// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "defilada/spectators/circulation.hpp"
#include "defilada/spectators/day.hpp"

/// A day that is not over, kept on disk: a run that was interrupted goes on from there.
namespace defilada::spectators {

/// Tells runs apart: of everything that a phase depends on. FNV-1a, 64 bit. `scene` is of `show`.
[[nodiscard]] std::uint64_t key_of(const show::Show& show, const Scene& scene,
                                   const RunOptions& options);

struct Kept {
  std::vector<Phase> done;
  std::optional<Running> running;               ///< the next one
  std::optional<RunningCirculation> meanwhile;  ///< behind the last one
  std::optional<Circulation> circulation;       ///< it is over
};

/// Errors (environment): the file cannot be written. A kill leaves the old file or the new one.
[[nodiscard]] Status write_checkpoint(const std::filesystem::path& path, std::uint64_t key,
                                      const std::vector<Phase>& done,
                                      const Running* running = nullptr,
                                      const RunningCirculation* meanwhile = nullptr,
                                      const Circulation* circulation = nullptr);
/// What a file keeps of the run with that key. Law: what was written, to the bit. Errors:
/// environment (not there, not readable), bad_input (damaged, of another run).
[[nodiscard]] Result<Kept> read_checkpoint(const std::filesystem::path& path, std::uint64_t key);

}  // namespace defilada::spectators
