// SPDX-License-Identifier: MIT
// Shows with faults, and what a planner is told: tests/shows-bad/NAME.yaml and NAME.txt.
// UPDATE_GOLDEN=1 writes the texts anew; read them as a planner would before they are committed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "defilada/language/words.hpp"
#include "defilada/show/read.hpp"
#include "source_dir.hpp"

namespace defilada::show {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(test::source_dir()) / "tests" / "shows-bad";

std::vector<std::string> bad_shows() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string content(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Names of files as seen from the folder, so that the texts are the same everywhere.
std::string without_folder(std::string text) {
  const std::string prefix = kFolder.string() + "/";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    text.erase(at, prefix.size());
  }
  for (std::size_t at = text.find(kFolder.string()); at != std::string::npos;
       at = text.find(kFolder.string(), at)) {
    text.replace(at, kFolder.string().size(), ".");
  }
  return text;
}

struct Told {
  bool has_show = false;
  std::vector<Diagnostic> diagnostics;
  std::string text;
};

Told read(const std::string& name) {
  Sources sources;
  Diagnostics diagnostics;
  ReadOptions options;
  options.catalogues = {kFolder / "catalogue"};
  Told told;
  told.has_show = read_show(kFolder / (name + ".yaml"), options, sources, diagnostics).has_value();
  diagnostics.sort();
  told.diagnostics = diagnostics.all();
  for (const Diagnostic& each : told.diagnostics) {
    told.text += without_folder(render(each, sources, false)) + "\n";
  }
  return told;
}

class BadShows : public testing::TestWithParam<std::string> {};

TEST_P(BadShows, AreToldAsAgreed) {
  const Told told = read(GetParam());
  const fs::path golden = kFolder / (GetParam() + ".txt");
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << told.text;
  EXPECT_EQ(told.text, content(golden));
}

TEST_P(BadShows, AreToldInPolishToo) {
  const language::Words polish("pl");
  for (const Diagnostic& each : read(GetParam()).diagnostics) {
    EXPECT_NE(polish(each.message), each.message.english());
    for (const Diagnostic::Note& note : each.notes) {
      EXPECT_NE(polish(note.message), note.message.english());
    }
  }
}

/// What is told in Polish of all of them, in one file that reads from top to bottom.
TEST(BadShowsInPolish, AreToldAsAgreed) {
  const language::Words polish("pl");
  std::string text;
  for (const std::string& name : bad_shows()) {
    text += name + "\n";
    for (const Diagnostic& each : read(name).diagnostics) {
      text += "  " + polish(each.message) + " [" + each.code + "]\n";
      if (!each.expected.empty()) text += "    oczekiwano: " + polish(each.expected) + "\n";
      for (const Diagnostic::Note& note : each.notes) text += "    " + polish(note.message) + "\n";
    }
  }
  const fs::path golden = kFolder / "in-polish.txt";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << without_folder(text);
  EXPECT_EQ(without_folder(text), content(golden));
}

TEST_P(BadShows, HaveAFaultWithAPlace) {
  const Told told = read(GetParam());
  ASSERT_FALSE(told.diagnostics.empty());
  const bool has_error =
      std::any_of(told.diagnostics.begin(), told.diagnostics.end(),
                  [](const Diagnostic& each) { return each.severity == Severity::error; });
  EXPECT_EQ(told.has_show, !has_error);
  for (const Diagnostic& each : told.diagnostics) {
    EXPECT_TRUE(each.span.known()) << each.message;
    EXPECT_LT(each.span.begin, each.span.end) << each.message;
    for (const Diagnostic::Note& note : each.notes) EXPECT_TRUE(note.span.known()) << note.message;
  }
}

INSTANTIATE_TEST_SUITE_P(All, BadShows, testing::ValuesIn(bad_shows()), [](const auto& show) {
  std::string name = show.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace defilada::show
