// SPDX-License-Identifier: MIT
#include "example_texts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <stdexcept>
#include <utility>

#include "source_dir.hpp"

namespace defilada::show::example_texts {
namespace {

namespace fs = std::filesystem;

const fs::path kProject = test::source_dir();

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// What stands for "…" in the documentation, by what stands before it.
std::string filled(std::string text) {
  static const std::vector<std::pair<std::string, std::string>> kPlaceholders = {
      {"polygon: (\\[…\\]|\\[\\[…\\], …\\])", "polygon: [[0 m, 0 m], [9 m, 0 m], [0 m, 9 m]]"},
      {"order: \\[…\\]", "order: [{army: {kind: foot/china}}]"},
      {"block: \\{…\\}", "block: {files: 25, ranks: 14}"},
      {"defaults: \\{…\\}", "defaults: {vic: {interval: 15 m}}"},
      {"\"…\"", "\"a text\""},
      {"source: …", "source: a source"}};
  for (const auto& [placeholder, filling] : kPlaceholders)
    text = std::regex_replace(text, std::regex(placeholder), filling);
  return text;
}

/// The block's keys at the left margin, each with its lines; "key: …" is left out.
std::vector<std::pair<std::string, std::string>> sections(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const std::string& line : lines_of(text)) {
    const bool at_margin = !line.empty() && line.front() != ' ' && line.front() != '#';
    if (at_margin) all.emplace_back(line.substr(0, line.find(':')), "");
    if (!all.empty()) all.back().second += line + "\n";
  }
  std::erase_if(all, [](const auto& section) {
    return section.second.find(": …") != std::string::npos &&
           std::count(section.second.begin(), section.second.end(), '\n') == 1;
  });
  return all;
}

std::string indented(const std::string& text, const std::string& indent) {
  std::string all;
  for (const std::string& line : lines_of(text)) all += indent + line + "\n";
  return all;
}

using Section = std::pair<std::string, std::string>;

/// The sections in a show that has what every show must have.
std::string whole_show(const std::vector<Section>& given) {
  std::vector<Section> all = {{"defilada", "defilada: 1\n"},
                              {"title", "title: Example\n"},
                              {"date", "date: 2025-09-03\n"},
                              {"zone", "zone: Asia/Shanghai\n"},
                              {"site", "site: {origin: {lat: 39.9063, lon: 116.3914}}\n"}};
  for (const Section& section : given) {
    std::erase_if(all, [&](const Section& other) { return other.first == section.first; });
    all.push_back(section);
  }
  std::string text;
  for (const Section& section : all) text += section.second;
  return text;
}

std::string show_of(const std::string& block) {
  const std::vector<Section> parts = sections(filled(block));
  const std::string march = "marches:\n  example:\n    route: avenue\n";
  if (parts.at(0).first == "order")
    return whole_show({{"marches", march + indented(parts[0].second, "    ")}});
  if (parts.at(0).first != "block") return whole_show(parts);
  std::string lines = "    order:\n";  // formations, each in a contingent of its own
  for (const auto& [key, text] : parts)
    lines += "      - of " + key + ":\n" + indented(text, "          ");
  return whole_show({{"marches", march + lines}});
}

std::vector<Example> files_of(const std::string& folder, const std::string& name) {
  std::vector<Example> all;
  if (!fs::exists(kProject / folder)) return all;
  for (const auto& entry : fs::recursive_directory_iterator(kProject / folder)) {
    const fs::path path = entry.path();
    if (path.extension() != ".yaml" || (!name.empty() && path.filename() != name)) continue;
    all.push_back(
        {fs::relative(path, kProject).string(), file(fs::relative(path, kProject).string())});
  }
  std::sort(all.begin(), all.end(),
            [](const Example& a, const Example& b) { return a.name < b.name; });
  return all;
}

}  // namespace

std::string file(const std::string& path_in_project) {
  std::ifstream stream(kProject / path_in_project, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + path_in_project);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string in_a_show(const std::string& lines) {
  return whole_show(sections(lines + "\n"));
}

std::vector<Example> documented() {
  const std::string page = file("docs/show-file.md");
  static const std::regex kBlock("```yaml\n([^`]*)```");
  std::vector<Example> all;
  for (std::sregex_iterator match(page.begin(), page.end(), kBlock), end; match != end; ++match) {
    const auto line = 1 + std::count(page.begin(), page.begin() + match->position(), '\n');
    all.push_back({"docs/show-file.md:" + std::to_string(line), show_of(match->str(1))});
  }
  return all;
}

std::vector<Example> shows() {
  std::vector<Example> all = files_of("shows", "show.yaml");
  for (Example& example : files_of("tests/shows", ""))
    if (example.name.find("bad") == std::string::npos) all.push_back(std::move(example));
  return all;
}

std::vector<Example> catalogues() {
  return files_of("catalogue", "");
}

}  // namespace defilada::show::example_texts
