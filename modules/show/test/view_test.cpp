// SPDX-License-Identifier: MIT
#include "view.hpp"

#include <gtest/gtest.h>

#include <numbers>
#include <string>
#include <vector>

#include "example_texts.hpp"
#include "yaml_reading.hpp"

namespace defilada::show {
namespace {

struct Shown : Reading {
  explicit Shown(const std::string& lines) : Reading(example_texts::in_a_show(lines)) {
    validate(root, show_type(), diagnostics);
  }
  [[nodiscard]] View view() const { return {root, show_type()}; }
};

TEST(View, GivesValuesInSi) {
  const Shown show(
      "marches:\n"
      "  foot column:\n"
      "    route: avenue\n"
      "    least gap: 12 m\n"
      "    gait: [quick march, 36 km/h]\n"
      "    headway: {time: 50.8 s, station: salute line}\n"
      "    order:\n"
      "      - army: {block: {files: 25, ranks: 14}, crew: 3}\n"
      "      - navy:\n"
      "flypasts:\n"
      "  jets:\n"
      "    line: run-in\n"
      "    over: axis\n"
      "    height: {amsl: -1 km}\n"
      "    turn bank: 180 deg\n"
      "    break-off: {station: x, turn: right 180 deg, bank: 0.5 rad}\n"
      "    order: [a: {vic: 5}]\n");
  ASSERT_EQ(show.codes(), std::vector<std::string>());
  const auto marches = show.view()["marches"].named();
  ASSERT_EQ(marches.size(), 1U);
  EXPECT_EQ(marches[0].name, "foot column");
  EXPECT_EQ(show.text(marches[0].name_span), "foot column");
  const View march = marches[0].value;
  EXPECT_EQ(march["route"].text(), "avenue");
  EXPECT_EQ(march["least gap"].length_m(), 12.0);
  EXPECT_EQ(march["headway"]["time"].duration(), Duration{50'800'000});
  EXPECT_FALSE(march["headway"]["distance"].given());
  EXPECT_FALSE(march["gap"]["station"].given()) << "of an absent mapping all is absent";
  const auto gaits = march["gait"].each();
  ASSERT_EQ(gaits.size(), 2U);
  EXPECT_EQ(gaits[0].text(), "quick march");
  EXPECT_EQ(gaits[0].speed_mps(), std::nullopt);
  EXPECT_EQ(gaits[1].text(), std::nullopt) << "a speed is no name";
  EXPECT_EQ(gaits[1].speed_mps(), 10.0);
  EXPECT_TRUE(gaits[1].reads_as(Dimension::speed));
  const auto order = march["order"].named();
  ASSERT_EQ(order.size(), 2U);
  EXPECT_EQ(order[0].value["block"]["files"].count(), 25);
  EXPECT_EQ(order[1].name, "navy");
  EXPECT_FALSE(order[1].value.given());
  EXPECT_FALSE(order[1].value["kind"].given());
  const View jets = show.view()["flypasts"].named().at(0).value;
  EXPECT_EQ(jets["height"]["amsl"].coordinate_m(), -1000.0);
  EXPECT_FALSE(jets["height"]["agl"].given());
  EXPECT_EQ(jets["turn bank"].angle_rad(), std::numbers::pi);
  EXPECT_EQ(jets["break-off"]["turn"].turn_rad(), -std::numbers::pi);
  EXPECT_EQ(jets["order"].named().at(0).value["vic"].count(), 5);
  EXPECT_TRUE(jets["order"].named().at(0).value["vic"].is_scalar());
}

TEST(View, UnwrapsAnnotationsAndTellsThem) {
  const Shown show(
      "zone: {value: Asia/Shanghai, source: the sun, quality: calibrated}\n"
      "programme: [a: {at: 09:00, source: a paper}]\n");
  const View zone = show.view()["zone"];
  EXPECT_EQ(zone.text(), "Asia/Shanghai");
  EXPECT_TRUE(zone.is_scalar());
  EXPECT_FALSE(zone.is_mapping());
  EXPECT_EQ(zone.source(), "the sun");
  EXPECT_EQ(zone.quality(), "calibrated");
  EXPECT_EQ(show.text(zone.scalar_span()), "Asia/Shanghai");
  EXPECT_EQ(show.text(zone.span()).front(), '{');
  const View item = show.view()["programme"].named().at(0).value;
  EXPECT_EQ(item.source(), "a paper");
  EXPECT_EQ(item.quality(), std::nullopt);
  EXPECT_EQ(item["at"].clock_us(), 9 * 3600 * std::int64_t{1'000'000});
  EXPECT_EQ(item["at"].source(), std::nullopt);
}

TEST(View, NamesLeaveOutSourceAndQuality) {
  const Shown show("title: {en: Parade, pl: Defilada, source: x, quality: assumed}\n");
  const auto texts = show.view()["title"].named();
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[1].name, "pl");
  EXPECT_EQ(texts[1].value.text(), "Defilada");
  EXPECT_TRUE(show.view()["title"].is_mapping());
}

TEST(View, AKeyHasTheTypeOfItsSetOfKeys) {
  const Shown show(
      "published:\n"
      "  - a: {from: x, to: y, value: 5 s, is: predicted, source: s}\n"
      "  - b: {cue: x, value: 09:00, is: predicted, source: s}\n"
      "  - c: {count: people, value: 5, within: 2, is: predicted, source: s}\n"
      "  - d: {count: people, cue: x, value: 5 s, is: predicted, source: s}\n");
  const auto figures = show.view()["published"].named();
  EXPECT_EQ(figures[0].value["value"].duration(), Duration{5'000'000});
  EXPECT_EQ(figures[0].value["value"].count(), std::nullopt);
  EXPECT_EQ(figures[1].value["value"].clock_us(), 9 * 3600 * std::int64_t{1'000'000});
  EXPECT_EQ(figures[2].value["value"].count(), 5);
  EXPECT_EQ(figures[2].value["within"].count(), 2);
  EXPECT_EQ(figures[2].value["at least"].count(), std::nullopt);
  EXPECT_EQ(figures[3].value["value"].count(), std::nullopt) << "reported: which set is not known";
  EXPECT_EQ(figures[3].value["value"].duration(), std::nullopt);
  EXPECT_EQ(figures[2].value["is"].word(), "predicted");
}

TEST(View, WhatIsReportedIsAbsentAndNeverAborts) {
  const Shown show(
      "date: 2025-02-30\n"
      "zone: [x]\n"
      "site: {origin: {lat: 95, lon: far}}\n"
      "marches: {m: {route: , least gap: 12, order: [a, {b: , c: }, {d: 5}], gait: 10 kmh}}\n"
      "programme: 5\n"
      "in place: {order: 3}\n");
  EXPECT_GE(show.codes().size(), 8U);
  const View view = show.view();
  EXPECT_EQ(view["date"].date(), std::nullopt);
  EXPECT_EQ(view["zone"].text(), std::nullopt);
  EXPECT_EQ(view["site"]["origin"]["lat"].plain_number(), std::nullopt);
  EXPECT_EQ(view["site"]["origin"]["lon"].plain_number(), std::nullopt);
  const View march = view["marches"].named().at(0).value;
  EXPECT_EQ(march["route"].text(), std::nullopt);
  EXPECT_EQ(march["least gap"].length_m(), std::nullopt);
  EXPECT_EQ(march["gait"].each().at(0).text(), std::nullopt);
  EXPECT_EQ(march["gait"].each().at(0).speed_mps(), std::nullopt);
  const auto order = march["order"].named();
  ASSERT_EQ(order.size(), 1U) << "malformed lines are left out";
  EXPECT_EQ(order[0].name, "d");
  EXPECT_EQ(order[0].value["kind"].text(), std::nullopt);
  EXPECT_TRUE(view["programme"].named().empty());
  EXPECT_TRUE(view["in place"]["order"].named().empty());
}

TEST(View, APlaceIsAlwaysKnown) {
  const Shown show("marches: {m: {route: r, order: [a: ]}}\n");
  const View march = show.view()["marches"].named().at(0).value;
  EXPECT_EQ(show.text(march["route"].key_span()), "route");
  EXPECT_EQ(march["line-up"].span(), march.span()) << "what would hold it";
  EXPECT_EQ(march["line-up"]["gap"].span(), march.span());
}

using ViewDeathTest = testing::Test;

TEST(ViewDeathTest, AsksOnlyForWhatTheTableDeclares) {
  const Shown show("zone: UTC\n");
  const View view = show.view();
  EXPECT_DEATH(static_cast<void>(view["roote"]), "");
  EXPECT_DEATH(static_cast<void>(view["zone"].length_m()), "");
  EXPECT_DEATH(static_cast<void>(view["zone"]["x"]), "");
  EXPECT_DEATH(static_cast<void>(view["site"].items()), "");
  EXPECT_DEATH(static_cast<void>(view["site"].named()), "");
  EXPECT_DEATH(static_cast<void>(view["marches"]["m"]), "");
}

}  // namespace
}  // namespace defilada::show
