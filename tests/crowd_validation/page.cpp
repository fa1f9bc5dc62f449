// SPDX-License-Identifier: MIT
#include "page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>
#include <utility>

namespace defilada::crowd::validation {
namespace {

constexpr std::string_view kHead =
    "# Validation of the crowd\n\n"
    "The verification tests of four standards and the published experiments, run on the crowd "
    "engine (`modules/crowd`) with its default model and constants, at the populations that the "
    "tests prescribe. Each geometry is run once and judged by every standard that asks for it. A "
    "test writes this page and its pictures and fails when they are out of date "
    "(`tests/crowd_validation`). Nothing is tuned to a single test: one set of constants for all "
    "of them.\n\n"
    "*holds*, *fails*: against the criterion of the table. *told*: the standard asks to document "
    "the "
    "result, or the reference is not at hand, so there is nothing to hold it against. Where a "
    "standard says \"about\" or \"consistent\" and gives no bound, the bound is ours, and the "
    "criterion says so. In every run: no body is in a wall or in another body by more than a "
    "millimetre, nobody is lost, and everybody leaves unless the geometry says that it is cut "
    "earlier; a run that breaks this fails the test.\n\n"
    "Unless said otherwise: bodies of radius 0.20 m, free speeds normal with mean 1.34 m/s and "
    "deviation 0.26 m/s (Weidmann 1993), a step of 0.05 s.\n\n";

constexpr std::string_view kSources =
    "## Sources\n\n"
    "- RiMEA: Guideline for Microscopic Evacuation Analysis, version 4.1.1, 11 September 2025, "
    "<https://rimea.de>\n"
    "- NIST: E. Ronchi, E. Kuligowski, P. Reneke, R. Peacock, D. Nilsson, The process of "
    "verification and validation of building fire evacuation models, Technical Note 1822 (2013), "
    "<https://doi.org/10.6028/NIST.TN.1822>. ISO 20414:2020, Fire safety engineering: verification "
    "and validation protocol for building fire evacuation models. IMO MSC.1/Circ.1533 (2016), "
    "Revised guidelines on evacuation analysis for new and existing passenger ships. These three "
    "were not at hand in the original: geometries and criteria are those that other programs' "
    "public test suites state.\n"
    "- Weidmann: U. Weidmann, Transporttechnik der Fussgänger, ETH Zürich, 1993\n"
    "- Corbetta: the bands of RiMEA 13\n"
    "- Bottlenecks: A. Seyfried et al., New insights into pedestrian flow through bottlenecks "
    "(2009); T. Kretz et al. (2006); T. Rupprecht et al. (2011); J. Liddle et al., "
    "<https://arxiv.org/abs/1105.1532>. Wide ones: W. Liao et al. (2014), "
    "<https://arxiv.org/abs/1506.02433>\n"
    "- Corridors in one and two directions: J. Zhang et al., <https://arxiv.org/abs/1107.5246>\n"
    "- Speed and density for stairs and doors in the hydraulic model: SFPE handbook\n";

struct LeftOut {
  std::string_view test;
  std::string_view what;
  std::string_view why;
};
constexpr std::array kLeftOut{
    LeftOut{"NIST 2.5; ISO 18", "speed in smoke", "the engine knows no smoke"},
    LeftOut{"NIST 2.6; ISO 19", "toxic dose", "the engine knows no gases"},
    LeftOut{"NIST 2.7; ISO 20", "lift", "no lifts"},
    LeftOut{"ISO 21", "escalator", "no escalators"},
    LeftOut{"NIST 3.2; ISO 15", "social influence on the choice of exit",
            "nobody imitates others; exits are chosen by share, distance or time"},
    LeftOut{"ISO 22-30", "validation against data sets",
            "the data sets are not at hand; the published figures of some are below"},
};

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

std::string_view word_of(Verdict verdict) {
  constexpr std::array<std::string_view, 3> words{"holds", "**fails**", "told"};
  return words[static_cast<std::size_t>(verdict)];
}

/// A heading's link, as GitHub makes it of our titles.
std::string slug(std::string_view title) {
  std::string out;
  for (const char c : title) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') out += c;
    if (c == ' ') out += '-';
  }
  return out;
}

/// One test of a standard: what its rows say together.
struct Entry {
  std::string section;  ///< title, or why it was left out
  std::string verdict;
  bool linked = true;
};
/// Numbers in a name by their value: 2 before 10.
struct ByNumber {
  bool operator()(const std::string& a, const std::string& b) const { return key(a) < key(b); }
  static std::vector<std::pair<int, std::string>> key(std::string_view text) {
    std::vector<std::pair<int, std::string>> parts;
    while (!text.empty()) {
      int value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      if (error == std::errc{}) {
        parts.emplace_back(value, "");
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
      } else {
        parts.emplace_back(-1, std::string(1, text.front()));
        text.remove_prefix(1);
      }
    }
    return parts;
  }
};
using Entries = std::map<std::string, Entry, ByNumber>;  // by number of the test
constexpr std::array<std::string_view, 4> kStandards{"RiMEA", "NIST", "ISO", "IMO"};

/// Standards by name; what is no test of a standard is under "".
std::map<std::string, Entries> index_of(const std::vector<std::string>& sections) {
  std::map<std::string, Entries> index;
  const auto note = [&](std::string_view tests, const Entry& entry) {
    for (const std::string_view test : split(tests, "; ")) {
      const auto space = test.find(' ');
      const std::string_view first = test.substr(0, space);
      const bool standard =
          std::find(kStandards.begin(), kStandards.end(), first) != kStandards.end();
      Entry& kept = index[standard ? std::string(first) : ""]
                        .try_emplace(std::string(standard ? test.substr(space + 1) : test), entry)
                        .first->second;
      if (entry.verdict == "**fails**" || (entry.verdict == "holds" && kept.verdict == "told")) {
        kept.verdict = entry.verdict;
      }
    }
  };
  for (const std::string& section : sections) {
    const std::string title = section.substr(4, section.find('\n') - 4);  // after "### "
    for (const std::string_view line : split(section, "\n")) {
      const auto cells = split(line, " | ");
      if (!line.starts_with("| ") || cells.size() != 4 || line.starts_with("| test |") ||
          line.starts_with("| ---")) {
        continue;
      }
      note(cells[0].substr(2), {title, std::string(cells[3].substr(0, cells[3].size() - 2)), true});
    }
  }
  for (const LeftOut& each : kLeftOut) {
    note(each.test, {std::string(each.what) + ": " + std::string(each.why), "left out", false});
  }
  return index;
}

std::string summary(const std::map<std::string, Entries>& index) {
  std::string text =
      "## At a glance\n\n| standard | holds | fails | told | left out |\n"
      "| --- | --- | --- | --- | --- |\n";
  const auto row = [&](std::string_view name, const Entries& entries) {
    std::array<int, 4> counts{};
    for (const auto& [test, entry] : entries) {
      constexpr std::array<std::string_view, 4> words{"holds", "**fails**", "told", "left out"};
      ++counts[static_cast<std::size_t>(std::find(words.begin(), words.end(), entry.verdict) -
                                        words.begin())];
    }
    text += fmt::format("| {} | {} | {} | {} | {} |\n", name, counts[0], counts[1], counts[2],
                        counts[3]);
  };
  for (const std::string_view standard : kStandards) {
    if (const auto found = index.find(std::string(standard)); found != index.end()) {
      row(standard, found->second);
    }
  }
  if (const auto found = index.find(""); found != index.end())
    row("published figures", found->second);
  return text + "\n";
}

std::string tables(const std::map<std::string, Entries>& index) {
  std::string text;
  const auto table = [&](std::string_view name, const Entries& entries) {
    text += fmt::format("**{}**\n\n| test | verdict | where |\n| --- | --- | --- |\n", name);
    for (const auto& [test, entry] : entries) {
      text +=
          fmt::format("| {} | {} | {} |\n", test, entry.verdict,
                      entry.linked ? fmt::format("[{}](#{})", entry.section, slug(entry.section))
                                   : entry.section);
    }
    text += "\n";
  };
  for (const std::string_view standard : kStandards) {
    if (const auto found = index.find(std::string(standard)); found != index.end()) {
      table(standard, found->second);
    }
  }
  if (const auto found = index.find(""); found != index.end()) {
    table("Published figures", found->second);
  }
  return text;
}

}  // namespace

std::string text_of(const Section& section) {
  std::string text = fmt::format("### {}\n\n{}\n\n", section.title, section.geometry);
  text += "| test | criterion | result | verdict |\n| --- | --- | --- | --- |\n";
  for (const Row& row : section.rows) {
    text += fmt::format("| {} | {} | {} | {} |\n", row.test, row.criterion, row.result,
                        word_of(row.verdict));
  }
  for (const Plot& plot : section.plots) {
    text += fmt::format("\n![{}](images/crowd/{}.svg)\n", plot.description, plot.file);
  }
  if (!section.after.empty()) text += fmt::format("\n{}\n", section.after);
  return text + "\n";
}

std::string page_of(const std::vector<std::string>& sections) {
  const auto index = index_of(sections);
  std::string text(kHead);
  text += summary(index) + tables(index) + "## Geometries and results\n\n";
  for (const std::string& section : sections) text += section;
  return text + std::string(kSources);
}

std::vector<std::string> sections_of(const std::string& page) {
  std::vector<std::string> sections;
  auto at = page.find("\n### ");
  while (at != std::string::npos) {
    const auto next = page.find("\n### ", at + 1);
    const auto end = std::min(next, page.find("\n## ", at + 1));
    sections.push_back(page.substr(at + 1, end == std::string::npos ? end : end - at));
    at = next;
  }
  return sections;
}

}  // namespace defilada::crowd::validation
