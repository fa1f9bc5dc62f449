// SPDX-License-Identifier: MIT
#include "catalogues.hpp"

#include <cstdlib>
#include <string_view>

#include "installed.hpp"

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

}  // namespace

std::vector<fs::path> catalogue_folders(const std::vector<fs::path>& named) {
  std::vector<fs::path> folders = named;
  add_from_environment(folders);
  if (const auto installed = installed_folder("catalogue")) folders.push_back(*installed);
  return folders;
}

}  // namespace defilada::app
