// SPDX-License-Identifier: MIT
// Figures in a show: drawings beside it, and whose eyes they are placed for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "defilada/formation/layout.hpp"
#include "defilada/show/read.hpp"

namespace defilada::show {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::string_view kStar =
    "<svg><path d='M50 5 L61 38 L96 38 L68 59 L79 92 L50 72 L21 92 L32 59 L4 38 L39 38 Z'/></svg>";

/// A flight to the west at 120 m over the origin; a stand to its north.
std::string show_with(const std::string& figure) {
  return R"(defilada: 1
title: A figure
date: 2026-05-03
zone: Europe/Warsaw
kinds:
  helicopter: {category: helicopter, body: {length: 10 m, width: 10 m, height: 3 m}, speed: {max: 60 m/s},
               acceleration: 3 m/s2, bank: 30 deg, separation: {horizontal: 15 m, vertical: 10 m}}
site:
  origin: {lat: 52.25, lon: 21.01}
  air lines: {line: {points: [[5000 m, 0 m], [-5000 m, 0 m]]}}
  stations:
    middle: {route: line, abeam: [0 m, 0 m]}
    east: {route: line, abeam: [100 m, 0 m]}
  areas: {yard: {polygon: [[0 m, 0 m], [10 m, 0 m], [10 m, 10 m]]}}
  stands: {north stand: {polygon: [[-50 m, 90 m], [50 m, 90 m], [50 m, 110 m], [-50 m, 110 m]], capacity: 100}}
flypasts:
  flight: {line: line, over: middle, height: {agl: 120 m}, speed: 40 m/s,
           order: [eighty: {kind: helicopter, figure: )" +
         figure + R"(}]}
programme: [{flypast item: {flypast: flight, at: 10:00}}]
)";
}

class FigureReading : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("defilada-figure-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    std::ofstream(folder_ / "star.svg") << kStar;
  }
  void TearDown() override { fs::remove_all(folder_); }

  bool read(const std::string& figure) {
    std::ofstream(folder_ / "show.yaml") << show_with(figure);
    Sources sources;
    Diagnostics diagnostics;
    auto found = read_show(folder_ / "show.yaml", {}, sources, diagnostics);
    told_.clear();
    for (const Diagnostic& each : diagnostics.all()) told_ += render(each, sources, false);
    if (found) show_ = *found;
    return found.has_value();
  }
  [[nodiscard]] const Part& part() const { return show_->contingents.at(0).parts.at(0); }

  fs::path folder_;
  std::optional<Show> show_;
  std::string told_;
};

// North of a flight to the west is at its right; its middle is over the station at that moment.
TEST_F(FigureReading, TheMiddleOfAStandIsSeenFromTheFlight) {
  ASSERT_TRUE(read("{text: 80, slots: 26, spacing: 20 m, reads from: north stand}")) << told_;
  ASSERT_TRUE(part().reads_from);
  EXPECT_EQ((*show_)[*part().reads_from->stand].name, "north stand");
  const formation::Eye eye = part().formation.read_from.value();
  EXPECT_NEAR(eye.ahead_m, 0, 1e-6);
  EXPECT_NEAR(eye.left_m, -100, 1e-6);
  EXPECT_NEAR(eye.below_m, 118.4, 1e-9);
  EXPECT_TRUE(formation::layout(part().formation));
}

TEST_F(FigureReading, APointEyesAndAMomentCanBeSaid) {
  ASSERT_TRUE(
      read("{text: 80, slots: 26, spacing: 20 m, "
           "reads from: {point: [30 m, -150 m], eye height: 12 m, at: east}}"))
      << told_;
  const formation::Eye eye = part().formation.read_from.value();
  EXPECT_NEAR(eye.ahead_m, 70, 1e-6);
  EXPECT_NEAR(eye.left_m, 150, 1e-6);
  EXPECT_NEAR(eye.below_m, 108, 1e-9);
}

TEST_F(FigureReading, ADrawingBesideTheShow) {
  ASSERT_TRUE(read("{svg: star.svg, slots: 20, spacing: 20 m}")) << told_;
  EXPECT_EQ(part().formation.text, "star");
  EXPECT_FALSE(part().formation.drawing.empty());
  EXPECT_EQ(formation::layout(part().formation)->slots.size(), 20U);
}

TEST_F(FigureReading, FaultsAreSaidWithTheirPlace) {
  const auto told = [&](const std::string& figure) {
    EXPECT_FALSE(read(figure)) << figure;
    return told_;
  };
  EXPECT_THAT(told("{svg: ../star.svg, slots: 20, spacing: 20 m}"), HasSubstr("[show.file]"));
  EXPECT_THAT(told("{svg: none.svg, slots: 20, spacing: 20 m}"), HasSubstr("[show.file]"));
  EXPECT_THAT(told("{svg: star.svg, text: 80, slots: 20, spacing: 20 m}"),
              HasSubstr("[show.exclusive-keys]"));
  EXPECT_THAT(told("{slots: 20, spacing: 20 m}"), HasSubstr("[show.missing-one-of]"));
  EXPECT_THAT(told("{svg: star.svg, slots: 9, spacing: 20 m}"),
              HasSubstr("the drawing needs at least 10 slots, not 9"));
  EXPECT_THAT(told("{text: 80, slots: 26, spacing: 20 m, reads from: south stand}"),
              HasSubstr("[show.unknown-name]"));
  EXPECT_THAT(told("{text: 80, slots: 26, spacing: 20 m, reads from: yard}"),
              HasSubstr("[show.wrong-area]"));
  EXPECT_THAT(told("{text: 80, slots: 26, spacing: 20 m, reads from: {eye height: 2 m}}"),
              HasSubstr("[show.missing-one-of]"));
  EXPECT_THAT(told("{text: 80, slots: 26, spacing: 100 m, reads from: {point: [0 m, 900 m]}}"),
              HasSubstr("[show.reads-from]"));
  EXPECT_THAT(told("{text: 80, slots: 26, spacing: 20 m, reads from: {point: [0 m, 90 m], "
                   "eye height: 119 m}}"),
              HasSubstr("flies at 120 m, and the eyes are at 119.0 m"));
  std::ofstream(folder_ / "star.svg") << "<svg><path d='M 0 0 L'/></svg>";
  EXPECT_THAT(told("{svg: star.svg, slots: 20, spacing: 20 m}"), HasSubstr("star.svg:1:1"));
}

}  // namespace
}  // namespace defilada::show
