// SPDX-License-Identifier: MIT
#include "catalogues.hpp"

#include <cstdlib>
#include <string_view>
#include <system_error>

namespace defilada::app {
namespace {

namespace fs = std::filesystem;

void add_from_environment(std::vector<fs::path>& folders) {
  const char* const value = std::getenv("DEFILADA_CATALOGUE");
  std::string_view rest = value == nullptr ? std::string_view{} : std::string_view(value);
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    if (colon != 0) folders.emplace_back(rest.substr(0, colon));
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
}

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

void add_beside_program(std::vector<fs::path>& folders) {
  std::error_code unknown;
  const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
  if (unknown) return;
  const fs::path prefix = program.parent_path().parent_path();
  const fs::path installed = prefix / "share" / "defilada" / "catalogue";
  if (fs::is_directory(installed, unknown)) folders.push_back(as_seen_from_here(installed));
}

}  // namespace

std::vector<fs::path> catalogue_folders(const std::vector<fs::path>& named) {
  std::vector<fs::path> folders = named;
  add_from_environment(folders);
  add_beside_program(folders);
  return folders;
}

}  // namespace defilada::app
