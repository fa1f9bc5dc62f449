// SPDX-License-Identifier: MIT
// Every finding that movement, plan and figures make has a line in docs/messages.md, and no other
// has.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "source_dir.hpp"

namespace defilada::plan {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> ids(const std::string& text, const char* pattern) {
  const std::regex id(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), id), end; match != end; ++match) {
    found.insert(match->str(1));
  }
  return found;
}

TEST(FindingsPage, HasEveryFindingAndNoOther) {
  const fs::path project = test::source_dir();
  std::set<std::string> used;
  for (const char* const module : {"movement", "plan", "figures"}) {
    for (const auto& entry : fs::directory_iterator(project / "modules" / module / "src")) {
      used.merge(ids(read(entry.path()), "\"((?:movement|plan|figure)\\.[a-z-]+)\"[,;)]"));
      used.merge(ids(read(entry.path()), "\\? \"((?:movement|plan|figure)\\.[a-z-]+)\""));
    }
  }
  EXPECT_GT(used.size(), 15U);
  const std::string page = read(project / "docs" / "messages.md");
  EXPECT_EQ(used,
            ids(page, "- `((?:movement|plan|figure)\\.[a-z-]+)` \\((?:error|warning|note)\\): "));
}

}  // namespace
}  // namespace defilada::plan
