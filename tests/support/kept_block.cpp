// SPDX-License-Identifier: MIT
#include "kept_block.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "source_dir.hpp"

namespace defilada::test {

bool has_kept_block(const std::string& page, std::string_view name, const std::string& text) {
  const auto path = std::filesystem::path(source_dir()) / "docs" / page;
  std::ifstream file(path, std::ios::binary);
  std::string all{std::istreambuf_iterator<char>(file), {}};
  const std::string begins = "<!-- kept: " + std::string(name) + " -->\n";
  const auto mark = all.find(begins);
  if (mark == std::string::npos) return false;
  const auto begin = mark + begins.size();
  const auto end = all.find("<!-- /kept -->", begin);
  if (end == std::string::npos) return false;
  if (std::getenv("UPDATE_GOLDEN") != nullptr && all.substr(begin, end - begin) != text) {
    all.replace(begin, end - begin, text);
    std::ofstream(path, std::ios::binary) << all;
    return true;
  }
  return all.compare(begin, end - begin, text) == 0;
}

}  // namespace defilada::test
