// SPDX-License-Identifier: MIT
// Tables of docs/figures.md: where the limit of overlap lies for who sees a figure from aside, and
// what it takes to place Beijing's 80. UPDATE_GOLDEN=1 rewrites them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/figures/best.hpp"
#include "defilada/figures/flown.hpp"
#include "defilada/formation/perspective.hpp"
#include "defilada/legibility/ocr.hpp"
#include "defilada/show/read.hpp"
#include "kept_block.hpp"
#include "source_dir.hpp"

namespace defilada::figures {
namespace {

constexpr const char* kKept = "UPDATE_GOLDEN=1 rewrites it";

// ---------------------------------------------------------------- overlap, from aside

struct Case {
  std::string text;
  int slots = 0;
};
const std::vector<Case> kCases{{"80", 26}, {"70", 20}};
constexpr std::size_t kViews = 18;  // of each figure

struct View {
  std::vector<Point> picture;
  double overlap = 0;
};

/// Views of a figure that is placed for one eye, from eyes up to two heights away from that in each
/// direction, which read with an overlap between the limit for who sees them from aside and that of
/// the others.
std::vector<View> views_from_aside(const Case& each) {
  const formation::Figure figure = formation::figure(each.text, each.slots).value();
  const legibility::Measure measure(figure, each.text);
  std::vector<View> views;
  std::uint32_t draw = 0;
  for (std::size_t placing = 0; views.size() < kViews; ++placing) {
    const double height_m = std::array{120.0, 200.0, 300.0}[placing % 3];
    const double side = std::array{1.0, 2.0}[placing % 2];
    const Eye made_for{-0.8 * side * height_m, 0.6 * side * height_m, height_m};
    const auto placed = formation::place_for(made_for, figure, 20);
    if (!placed) continue;
    const std::size_t enough = views.size() + kViews / 6;
    for (int tries = 0; tries < 400 && views.size() < enough; ++tries, ++draw) {
      const auto aside = [&](std::uint32_t stream) {
        return 2 * height_m * (2 * Random(7, draw, stream).uniform() - 1);
      };
      const Eye eye{made_for.ahead_m + aside(0), made_for.left_m + aside(1), height_m};
      auto picture = picture_of(formation::from_head_line(eye, placed->aim), placed->slots);
      if (!picture) continue;
      const legibility::Reading reading = measure.read(*picture);
      const bool between = reading.reads(legibility::kLeastOverlapAside) &&
                           reading.overlap < legibility::kLeastOverlap;
      if (between) views.push_back({std::move(*picture), reading.overlap});
    }
  }
  return views;
}

/// What docs/figures.md says of the limit, on a smaller sample: from there on OCR reads at least
/// four views in five.
TEST(FiguresPage, OcrReadsWhatOverlapsBeyondTheLimit) {
  const legibility::Tesseract ocr(legibility::Tesseract::find().value_or("/nonexistent"));
  for (const Case& each : kCases) {
    std::vector<std::vector<Point>> pictures;
    for (const View& view : views_from_aside(each)) pictures.push_back(view.picture);
    const auto counts = legibility::count_read(ocr, pictures, each.text);
    ASSERT_TRUE(counts) << "scripts/install-deps brings tesseract";
    const auto read = std::count_if(counts->begin(), counts->end(),
                                    [](int heights) { return heights >= legibility::kOcrLeast; });
    EXPECT_GE(read, static_cast<std::ptrdiff_t>(kViews * 4 / 5)) << each.text;
  }
}

// ---------------------------------------------------------------- Beijing

/// The best place for each height, among a few, with its size.
std::string beijing_table() {
  const std::filesystem::path root(test::source_dir());
  Sources sources;
  Diagnostics diagnostics;
  const auto show = show::read_show(root / "shows" / "beijing-2025",
                                    {.catalogues = {root / "catalogue"}}, sources, diagnostics);
  EXPECT_TRUE(show);
  if (!show) return "";
  const FigureId id = figures_of(*show).front();
  const legibility::Measure measure = measure_of(*show, id);
  double people = 0;
  for (const show::Area& area : show->site.areas) {
    if (area.use == show::AreaUse::stand) people += static_cast<double>(area.capacity.value_or(0));
  }
  const show::StationId over = (*show)[(*show)[id.contingent].procession].over;
  struct Trade {
    double height_m;
    const char* stand;
    double before_m;
  };
  constexpr std::array kTrades{
      Trade{122, "south-west stand", 270},        Trade{122, "south centre-west stand", 150},
      Trade{150, "south-west stand", 50},         Trade{200, "south-west stand", 50},
      Trade{200, "south centre-west stand", 100}, Trade{200, "south centre-west stand", 150},
      Trade{200, "south centre-west stand", 270}, Trade{250, "south centre-west stand", 150},
      Trade{300, "south centre-west stand", 150}};
  std::string text =
      "| height | for | before the axis | deep | wide | reads for | for how long |\n"
      "| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const Trade& trade : kTrades) {
    Choice choice;
    choice.at = over;
    choice.height_m = trade.height_m;
    choice.before_m = trade.before_m;
    choice.spacing_m = 20;
    for (std::uint32_t a = 0; a < show->site.areas.size(); ++a) {
      if (show->site.areas[a].name == trade.stand) choice.stand = show::AreaId{a};
    }
    const auto rated = rate(*show, id, measure, choice, 40);
    EXPECT_TRUE(rated) << trade.height_m;
    if (!rated) return "";
    text += fmt::format(
        "| {:.0f} m | {} | {:.0f} m | {:.0f} m | {:.0f} m | {:.0f} % | {:.1f} s |\n",
        trade.height_m, trade.stand, trade.before_m, rated->depth_m, rated->width_m,
        100 * rated->spectators / people, rated->seconds / std::max(1.0, rated->spectators));
  }
  return text;
}

TEST(FiguresPage, WhatItTakesToPlaceBeijings80) {
  EXPECT_TRUE(test::has_kept_block("figures.md", "beijing", beijing_table())) << kKept;
}

}  // namespace
}  // namespace defilada::figures
