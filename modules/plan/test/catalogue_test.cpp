// SPDX-License-Identifier: MIT
// The kinds that shows share, each in a small show of its own at each of its gaits: along a
// straight, round a corner that suits it, to the end; aircraft along a line and through a
// break-off.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "event.hpp"

namespace defilada::plan {
namespace {

std::vector<std::string> catalogues() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "catalogue"))
    names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

constexpr const char* kSite = R"(site:
  origin: {{lat: 52.25, lon: 21.01}}
  routes:
    road: {{points: [[-3000 m, 0 m], [600 m, 0 m], [600 m, 900 m]], corner radius: {:.1f} m, width: 40 m}}
  air lines:
    line: {{points: [[-60 km, 0 m], [30 km, 0 m]]}}
  stations:
    start: {{route: road, abeam: [0 m, 0 m]}}
    before the corner: {{route: road, abeam: [300 m, 0 m]}}
    overhead: {{route: line, abeam: [0 m, 0 m]}}
    west: {{route: line, along: 70 km}}
    near: {{route: line, along: 59 km}}
    far: {{route: line, along: 40 km}}
)";

/// Formations by the body alone: half as wide again as the least separation.
std::string ground(const show::Kind& kind) {
  const double sideways_m = 1.5 * std::max(kind.separation_m, kind.width_m);
  const double back_m = 1.5 * std::max(kind.separation_m, kind.length_m);
  std::string text = fmt::format(kSite, std::max(4 * sideways_m, 1.6 * kind.turning_radius_m));
  text += "marches:\n";
  std::string items = "programme:\n";
  for (std::size_t i = 0; i < kind.gaits.size(); ++i) {
    text += fmt::format(
        "  march {0}:\n    route: road\n    line-up: {{station: start, gap: {1:.1f} m}}\n"
        "    gait: {2}\n    least gap: 1 m\n    gap: {{distance: {1:.1f} m, station: before the "
        "corner}}\n"
        "    defaults: {{kind: {3}, block: {{files: 2, ranks: 3, interval: {4:.2f} m, distance: "
        "{5:.2f} m}}}}\n    order:\n      - first {0}:\n      - second {0}:\n",
        i, 2 * back_m, kind.gaits[i].name, kind.name, sideways_m, back_m);
    items += fmt::format("  - item {0}: {{march: march {0}, at: {1:02}:00}}\n", i, 10 + i);
  }
  return text + items;
}

std::string air(const show::Kind& kind) {
  const double apart_m = 1.5 * kind.separation_m;
  std::string text = fmt::format(kSite, 30.0);
  text += "flypasts:\n";
  std::string items = "programme:\n";
  for (std::size_t i = 0; i < kind.gaits.size(); ++i) {
    const bool slow = kind.category == show::Category::drone;
    text += fmt::format(
        "  flight {0}:\n    line: line\n    over: overhead\n    height: {{agl: 300 m}}\n"
        "    gait: {1}\n    least gap: 100 m\n    headway: {{time: {2} s, station: overhead}}\n"
        "    starts: {3}\n    defaults: {{kind: {4}, vic: {{count: 5, interval: {5:.1f} m, "
        "distance: "
        "{5:.1f} m}}}}\n    order:\n      - first {0}:\n      - second {0}:\n",
        i, kind.gaits[i].name, slow ? 200 : 60, slow ? "near" : "far", kind.name, apart_m);
    if (!slow) {
      text +=
          "    break-off: {station: west, turn: left 60 deg, bank: 20 deg, climb: 3 m/s, then: 5 "
          "km}\n";
    }
    items += fmt::format("  - item {0}: {{flypast: flight {0}, at: {1:02}:00}}\n", i, 10 + i);
  }
  return text + items;
}

std::string head() {
  std::string use;
  for (const std::string& name : catalogues()) use += (use.empty() ? "" : ", ") + name;
  return fmt::format(
      "defilada: 1\ntitle: One kind\ndate: 2026-06-01\nzone: Europe/Warsaw\nuse: [{}]\n", use);
}

std::vector<show::NamedText> catalogue_texts() {
  std::vector<show::NamedText> texts;
  for (const std::string& name : catalogues())
    texts.push_back({name, read_file(kRoot / "catalogue" / (name + ".yaml"), 1 << 20).value()});
  return texts;
}

std::optional<show::Show> read(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  auto show = show::read_show_text(text, "kind.yaml", catalogue_texts(), sources, diagnostics);
  for (const auto& each : diagnostics.all()) ADD_FAILURE() << render(each, sources, false);
  return show;
}

/// Any show with all catalogues, for its list of kinds.
std::vector<show::Kind> kinds() {
  show::Kind marcher;
  marcher.name = "foot/uk";
  marcher.separation_m = marcher.width_m = 1;
  marcher.length_m = 1;
  marcher.gaits.push_back({.name = "quick march/uk"});
  const auto show = read(head() + ground(marcher));
  return show ? show->kinds : std::vector<show::Kind>{};
}

TEST(Catalogue, EachKindMovesWithoutAFinding) {
  const auto all = kinds();
  EXPECT_GT(all.size(), 50u);
  for (const show::Kind& kind : all) {
    SCOPED_TRACE(kind.name);
    const bool flies = kind.category == show::Category::aeroplane ||
                       kind.category == show::Category::helicopter ||
                       kind.category == show::Category::drone;
    const auto show = read(head() + (flies ? air(kind) : ground(kind)));
    if (!show) continue;
    const auto plan = make_plan(*show);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_TRUE(plan->feasible);
    EXPECT_FALSE(plan->tracks.movers.empty());
    for (const Finding& finding : plan->findings)
      ADD_FAILURE() << finding.code << ": " << finding.message;
  }
}

TEST(Catalogue, EachKindSaysWhereItsNumbersComeFrom) {
  const std::string sources = read_file(kRoot / "docs/facts/sources.md", 1 << 20).value();
  for (const show::Kind& kind : kinds()) {
    EXPECT_FALSE(kind.source.empty()) << kind.name;
    EXPECT_NE(kind.quality, show::Quality::unstated) << kind.name;
    for (std::size_t at = kind.source.find('S'); at != std::string::npos;
         at = kind.source.find('S', at + 1)) {
      std::size_t end = at + 1;
      while (end < kind.source.size() && std::isdigit(kind.source[end]) != 0) ++end;
      if (end == at + 1) continue;
      const std::string number = kind.source.substr(at, end - at);
      EXPECT_NE(sources.find("**" + number + "**"), std::string::npos)
          << kind.name << ": " << number;
    }
  }
}

TEST(Catalogue, BodiesAreOfThisWorld) {
  std::set<std::string> categories;
  for (const show::Kind& kind : kinds()) {
    SCOPED_TRACE(kind.name);
    categories.insert(kind.name.substr(0, kind.name.find('/')));
    EXPECT_GT(kind.length_m, 0);
    EXPECT_GT(kind.height_m, 0);
    EXPECT_LE(kind.speed_min_mps, kind.gaits.front().speed_mps);
    EXPECT_GE(kind.speed_max_mps, kind.gaits.front().speed_mps);
    // Side by side at the least separation, two do not overlap; shoulders may touch.
    EXPECT_GE(kind.separation_m, 0.9 * kind.width_m);
    if (kind.category == show::Category::vehicle) {
      EXPECT_GE(kind.turning_radius_m, kind.length_m / 2);
    }
  }
  for (const char* wanted :
       {"aircraft", "balloon", "drone", "float", "foot", "helicopter", "mounted", "vehicle"})
    EXPECT_TRUE(categories.contains(wanted)) << wanted;
}

std::string listed(const show::Kind& kind) {
  std::string gaits;
  for (const show::Gait& gait : kind.gaits) {
    gaits += gaits.empty() ? "" : "; ";
    gaits += gait.name;
    if (gait.pace_m > 0) gaits += fmt::format(" ({:.2f} m/s)", gait.speed_mps);
  }
  return fmt::format("| `{}` | {} | {:g} x {:g} x {:g} m | {} | {:g} m | {} | {} | {} |\n",
                     kind.name, kind.label.en(), kind.length_m, kind.width_m, kind.height_m, gaits,
                     kind.separation_m, kind.crew, to_string(kind.quality), kind.source);
}

TEST(Catalogue, ThePageListsThem) {
  auto all = kinds();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::string text =
      "# The catalogue\n\nThe kinds that shows share, from `catalogue/`: bodies and limits, "
      "nothing of "
      "what they carry or do. A kind is a class, so that most numbers are round ones in the middle "
      "of "
      "the class, and *assumed* in this sense; the source names what is published of it, or one "
      "type. "
      "S-numbers: [facts/sources.md](facts/sources.md). A test writes this page; another moves "
      "each "
      "kind through a small show, at each of its gaits, and expects no finding.\n\n"
      "| kind | what | length, width, height | gaits | apart | people | quality | source |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const show::Kind& kind : all) text += listed(kind);
  compare_with_kept("docs/catalogue.md", text);
}

}  // namespace
}  // namespace defilada::plan
