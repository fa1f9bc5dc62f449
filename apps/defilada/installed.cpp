// SPDX-License-Identifier: MIT
#include "installed.hpp"

#include <system_error>

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

/// As the person sees it who stands where we do, so that what names it (messages, the plan file) is
/// the same on every machine where that can be.
fs::path as_seen_from_here(const fs::path& folder) {
  std::error_code failed;
  const fs::path real = fs::canonical(folder, failed);
  if (failed) return folder;
  const fs::path relative = real.lexically_relative(fs::current_path(failed));
  const bool below = !failed && !relative.empty() && *relative.begin() != "..";
  return below ? relative : real;
}

}  // namespace

std::optional<fs::path> installed_folder(std::string_view name) {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  if (unknown) return std::nullopt;
  const fs::path folder = program.parent_path().parent_path() / "share" / "defilada" / name;
  if (!fs::is_directory(folder, unknown)) return std::nullopt;
  return as_seen_from_here(folder);
}

}  // namespace defilada::app
