// SPDX-License-Identifier: MIT
// docs/validation-crowd.md and its pictures are what the engine gives. After a change that is
// meant, UPDATE_GOLDEN=1 rewrites them (all cases, some minutes); read the difference before it is
// committed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <string>

#include "defilada/core/file.hpp"
#include "defilada/drawing/render.hpp"
#include "page.hpp"
#include "source_dir.hpp"

namespace defilada::crowd::validation {
namespace {

std::filesystem::path page_path() {
  return std::filesystem::path(test::source_dir()) / "docs/validation-crowd.md";
}
std::filesystem::path plot_path(const Plot& plot) {
  return std::filesystem::path(test::source_dir()) / "docs/images/crowd" / (plot.file + ".svg");
}
bool updating() {
  return std::getenv("UPDATE_GOLDEN") != nullptr;
}

std::string kept(const std::filesystem::path& path) {
  const auto text = read_file(path, 1 << 20);
  EXPECT_TRUE(text) << path << ": UPDATE_GOLDEN=1 with CrowdValidation.Page writes it";
  return text ? *text : "";
}

/// The page's sections by their titles, which begin them.
std::string heading_of(const std::string& section) {
  return section.substr(0, section.find('\n'));
}

/// Puts sections in the order of the cases; one of the same title is replaced.
void write_section(const std::string& text) {
  auto sections = std::filesystem::exists(page_path()) ? sections_of(kept(page_path()))
                                                       : std::vector<std::string>{};
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const auto& each) {
    return heading_of(each) == heading_of(text);
  });
  if (found == sections.end()) {
    sections.push_back(text);
  } else {
    *found = text;
  }
  ASSERT_TRUE(write_file_atomically(page_path(), page_of(sections)));
}

}  // namespace

// For messages of failed tests.
void PrintTo(const Case& each, std::ostream* out) {
  *out << each.name;
}

namespace {

class CrowdValidation : public testing::TestWithParam<Case> {};

TEST_P(CrowdValidation, IsAsThePageSays) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitized builds test the engine by its own tests";
#endif
  if (GetParam().slow && std::getenv("DEFILADA_SLOW_TESTS") == nullptr) {
    GTEST_SKIP() << "slow: scripts/test-full runs it (DEFILADA_SLOW_TESTS=1)";
  }
  const Section section = GetParam().run();
  const std::string text = text_of(section);
  if (updating()) {
    write_section(text);
    for (const Plot& plot : section.plots) {
      std::filesystem::create_directories(plot_path(plot).parent_path());
      ASSERT_TRUE(write_file_atomically(plot_path(plot), drawing::svg_file(draw(plot))));
    }
    return;
  }
  const auto sections = sections_of(kept(page_path()));
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const auto& each) {
    return heading_of(each) == heading_of(text);
  });
  ASSERT_NE(found, sections.end()) << section.title;
  EXPECT_EQ(*found, text);
  for (const Plot& plot : section.plots) {
    EXPECT_EQ(kept(plot_path(plot)), drawing::svg_file(draw(plot))) << plot.file;
  }
}

INSTANTIATE_TEST_SUITE_P(All, CrowdValidation, testing::ValuesIn(cases().begin(), cases().end()),
                         [](const auto& each) { return std::string(each.param.name); });

/// The tables over all standards follow from the sections.
TEST(CrowdValidationPage, TablesFollowFromTheSections) {
  const std::string page = kept(page_path());
  const auto sections = sections_of(page);
  EXPECT_EQ(sections.size(), cases().size());
  if (updating()) {
    ASSERT_TRUE(write_file_atomically(page_path(), page_of(sections)));
    return;
  }
  EXPECT_EQ(page, page_of(sections));
}

}  // namespace
}  // namespace defilada::crowd::validation
