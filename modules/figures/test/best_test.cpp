// SPDX-License-Identifier: MIT
#include "defilada/figures/best.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "defilada/figures/faults.hpp"
#include "defilada/figures/report.hpp"
#include "sky_show.hpp"

namespace defilada::figures {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> codes(const std::vector<Finding>& findings) {
  std::vector<std::string> result;
  for (const Finding& each : findings) result.push_back(each.code);
  return result;
}

double spectators_of(const SkyShow& sky) {
  const FigureId id = figures_of(sky.show).at(0);
  ReportOptions options;
  options.places = 40;
  options.coarser = 2;
  return make_report(sky.show, tracks_of(sky.show, id), measure_of(sky.show, id), id,
                     time_from_seconds(1000), options)
      ->spectators;
}

TEST(Best, RatesAsTheReportCounts) {
  const SkyShow sky = read_sky(sky_text(
      "{text: 80, slots: 26, spacing: 20 m, reads from: {stand: south stand, before: 180 m}}"));
  const FigureId id = figures_of(sky.show).at(0);
  const show::ReadsFrom& from = *part_of(sky.show, id).reads_from;
  const auto rated =
      rate(sky.show, id, measure_of(sky.show, id), {*from.stand, from.at, 180, 120, 20}, 40);
  ASSERT_TRUE(rated);
  EXPECT_NEAR(rated->spectators, spectators_of(sky), 0.15 * 4000);
}

TEST(Best, FindsAPlaceThatReadsForMoreAndItsEditDoesIt) {
  const SkyShow sky = read_sky(sky_text("{text: 80, slots: 26, spacing: 20 m}"));
  const FigureId id = figures_of(sky.show).at(0);
  Limits limits = limits_of(sky.show, id);
  EXPECT_EQ(limits.lowest_m, 120);
  EXPECT_EQ(limits.closest_m, 20);
  SearchOptions options;
  options.places = 12;
  const auto found = search(sky.show, id, measure_of(sky.show, id), limits, options);
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  for (const Rated& each : *found) {
    EXPECT_LE(each.spectators, found->front().spectators);
    EXPECT_GE(each.choice.height_m, 120);
    EXPECT_LE(each.choice.height_m, 240);
    EXPECT_GE(each.choice.spacing_m, 20);
    EXPECT_LE(each.choice.spacing_m, 40);
  }
  const auto fix = fix_of(sky.show, id, found->front().choice);
  ASSERT_TRUE(fix);
  const SkyShow mended = read_sky(applied(sky, *fix));
  const show::Part& part = part_of(mended.show, id);
  ASSERT_TRUE(part.reads_from);
  EXPECT_EQ(part.reads_from->stand, found->front().choice.stand);
  EXPECT_EQ(part.reads_from->before_m, found->front().choice.before_m);
  EXPECT_EQ(part.formation.spacing_m, found->front().choice.spacing_m);
  EXPECT_EQ(height_m(mended.show, id), found->front().choice.height_m);
  // The model with the choice is what reading the edited file gives.
  const auto changed = with_choice(sky.show, id, found->front().choice);
  ASSERT_TRUE(changed);
  EXPECT_EQ(*part_of(*changed, id).formation.read_from, *part.formation.read_from);
  EXPECT_GT(spectators_of(mended), spectators_of(sky));
  EXPECT_GT(spectators_of(mended), 2000);
}

TEST(Best, KeepsWhatIsToBeKeptAndStops) {
  const SkyShow sky = read_sky(sky_text("{text: 80, slots: 26, spacing: 20 m}"));
  const FigureId id = figures_of(sky.show).at(0);
  const auto measure = measure_of(sky.show, id);
  SearchOptions options;
  options.places = 4;
  const auto kept = search(sky.show, id, measure, {120, 120, 20, 20}, options);
  ASSERT_TRUE(kept);
  for (const Rated& each : *kept) {
    EXPECT_EQ(each.choice.height_m, 120);
    EXPECT_EQ(each.choice.spacing_m, 20);
  }
  int asked = 0;
  options.progress = [&](double) { return ++asked < 3; };
  const auto stopped = search(sky.show, id, measure, limits_of(sky.show, id), options);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::interrupted);
}

TEST(Best, WritesIntoAFigureInBlockStyle) {
  const SkyShow sky = read_sky(sky_text("{text: 80, slots: 26, spacing: 20 m}") + "\n");
  std::string text = sky.text;
  const std::string flow =
      "- eighty: {kind: helicopter, figure: {text: 80, slots: 26, spacing: 20 m}}";
  ASSERT_NE(text.find(flow), std::string::npos);
  text.replace(text.find(flow), flow.size(),
               "- eighty:\n          kind: helicopter\n          figure:\n            text: 80\n"
               "            slots: 26\n            spacing: 20 m");
  const SkyShow block = read_sky(text);
  const FigureId id = figures_of(block.show).at(0);
  const auto fix = fix_of(
      block.show, id, {{0}, block.show[block.show.contingents[0].procession].over, 150, 120, 20});
  ASSERT_TRUE(fix);
  const SkyShow mended = read_sky(applied(block, *fix));
  EXPECT_EQ(part_of(mended.show, id).reads_from->before_m, 150);
}

TEST(Faults, AFigureThatReadsHasNone) {
  EXPECT_THAT(codes(find_faults(
                  read_sky(sky_text("{text: 80, slots: 26, spacing: 20 m, reads from: {stand: "
                                    "north stand, before: 200 m}}",
                                    "300 m"))
                      .show)),
              IsEmpty());
}

TEST(Faults, APlanThatIsMirroredFromBelowIsToldAndItsFixMendsIt) {
  const SkyShow sky = read_sky(sky_text("{text: 70, slots: 20, spacing: 20 m}", "300 m"));
  const auto findings = find_faults(sky.show);
  ASSERT_THAT(codes(findings), ElementsAre("figure.mirrored"));
  EXPECT_THAT(findings[0].message.english(),
              HasSubstr("the figure '70' of eighty is seen mirrored"));
  EXPECT_THAT(sky.sources.where(findings[0].span), HasSubstr("show.yaml:23:"));
  ASSERT_TRUE(findings[0].fix);
  const SkyShow mended = read_sky(applied(sky, *findings[0].fix));
  EXPECT_THAT(codes(find_faults(mended.show)), IsEmpty());
  EXPECT_GT(spectators_of(mended), 1000);
}

TEST(Faults, SlotsNearerThanTheSeparationAreToldAndMended) {
  const SkyShow sky = read_sky(sky_text(
      "{text: 80, slots: 26, spacing: 12 m, reads from: {stand: north stand, before: 200 m}}",
      "300 m"));
  const auto findings = find_faults(sky.show);
  ASSERT_THAT(codes(findings), ElementsAre("figure.too-close"));
  EXPECT_EQ(findings[0].severity, Severity::error);
  EXPECT_THAT(findings[0].message.english(),
              HasSubstr("12 m apart, and helicopter must keep 15 m"));
  ASSERT_TRUE(findings[0].fix);
  EXPECT_THAT(codes(find_faults(read_sky(applied(sky, *findings[0].fix)).show)), IsEmpty());
}

TEST(Faults, AFigureThatIsSeenLowIsFlownDeep) {
  const std::string figure =
      "{text: 80, slots: 26, spacing: 20 m, reads from: {stand: north stand, before: 200 m}}";
  const SkyShow sky = read_sky(sky_text(figure));
  const auto findings = find_faults(sky.show);
  ASSERT_THAT(codes(findings), ElementsAre("figure.too-deep"));
  EXPECT_EQ(findings[0].severity, Severity::warning);
  const FigureId id = figures_of(sky.show).at(0);
  EXPECT_NEAR(flat_height_m(sky.show, id), 20 / formation::figure("80", 26)->least_gap, 1e-9);
  EXPECT_GT(size_of(plan_of(sky.show, id).spots).depth_m, kDeepest * flat_height_m(sky.show, id));
}

TEST(Faults, TooFewSlotsAreToldWithHowManyWouldDo) {
  const SkyShow sky = read_sky(
      sky_text("{text: 2025, slots: 48, spacing: 20 m, reads from: north stand}", "400 m"));
  const auto findings = find_faults(sky.show);
  ASSERT_THAT(codes(findings), ElementsAre("figure.illegible"));
  EXPECT_THAT(findings[0].message.english(),
              HasSubstr("does not read with 48 slots, from anywhere"));
}

TEST(Faults, TooWideForTheEyesIsTold) {
  const SkyShow sky = read_sky(
      sky_text("{text: 80, slots: 26, spacing: 20 m, reads from: {point: [0 m, 10 m]}}", "70 m"));
  const auto findings = find_faults(sky.show);
  ASSERT_THAT(codes(findings), ElementsAre("figure.too-wide"));
  EXPECT_THAT(findings[0].message.english(),
              HasSubstr("degrees wide to the eyes that it is placed for"));
}

}  // namespace
}  // namespace defilada::figures
