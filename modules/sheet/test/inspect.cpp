// SPDX-License-Identifier: MIT
#include "inspect.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

/// Read by LeakSanitizer where it is linked: fontconfig keeps 288 bytes that it never frees.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: its name is LeakSanitizer's
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

namespace defilada::sheet::inspect {
namespace {

void collect(const std::vector<Figure>& figures, std::vector<const Drawing*>& found) {
  for (const Figure& figure : figures) found.push_back(&figure.drawing);
}

}  // namespace

Document document_of(const fixture::Event& event) {
  return build_document(Context(event.show, event.plan, event.sources, {}));
}

std::vector<const Drawing*> drawings(const Document& document) {
  std::vector<const Drawing*> found;
  for (const Section& section : document.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) found.push_back(&figure->drawing);
      if (const auto* cutouts = std::get_if<Cutouts>(&block)) {
        for (const Drawing& card : cutouts->cards) found.push_back(&card);
      }
      if (const auto* cards = std::get_if<Cards>(&block)) {
        for (const Card& card : cards->cards) {
          collect(card.aside, found);
          collect(card.below, found);
        }
      }
    }
  }
  return found;
}

const Drawing& drawing(const Document& document, const std::string& id) {
  static const Drawing none;
  for (const Drawing* each : drawings(document)) {
    if (each->id == id) return *each;
  }
  ADD_FAILURE() << "no drawing " << id;
  return none;
}

std::vector<Label> labels(const Drawing& drawing) {
  std::vector<Label> found;
  for (const Shape& shape : drawing.shapes) {
    if (const auto* label = std::get_if<Label>(&shape)) found.push_back(*label);
  }
  return found;
}

Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return ran;
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    ran.output.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

std::filesystem::path scratch(const std::string& name) {
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("defilada-sheet-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  return folder / name;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + part.size()))
    ++n;
  return n;
}

}  // namespace defilada::sheet::inspect
