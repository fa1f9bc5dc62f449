// SPDX-License-Identifier: MIT
// A good show, field by field: processions, items, rules, figures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numbers>
#include <string>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;
using namespace testing_support;

constexpr double kPi = std::numbers::pi;
constexpr std::int64_t kSecond = 1'000'000;

const ShowReading& good() {
  static const ShowReading reading(good_show());
  return reading;
}

Time clock(int hours, int minutes, int seconds = 0) {
  return {((hours * 60LL + minutes) * 60 + seconds) * kSecond};
}
Duration seconds(double s) {
  return duration_from_seconds(s);
}

class ProgrammeModel : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(good().show) << good().told; }
  [[nodiscard]] static const Show& show() { return *good().show; }
  [[nodiscard]] static std::string name(StationId id) { return show()[id].name; }
  [[nodiscard]] static std::string name(ContingentId id) { return show()[id].name; }
  [[nodiscard]] static std::string name(ItemId id) { return show()[id].name; }
};

TEST_F(ProgrammeModel, HasTheMarch) {
  const Procession& column = good().procession("column");
  EXPECT_FALSE(column.air);
  EXPECT_EQ(show()[column.route].name, "street");
  ASSERT_TRUE(column.line_up);
  EXPECT_EQ(name(column.line_up->station), "start");
  EXPECT_DOUBLE_EQ(column.line_up->gap_m, 5);
  EXPECT_EQ(good().at(column.line_up->span), "5 m");
  EXPECT_DOUBLE_EQ(column.form_up_lead_s, 1200);
  EXPECT_EQ(column.base_gait.name, "quick march");
  EXPECT_DOUBLE_EQ(column.base_gait.speed_mps, 0.75 * 112 / 60);
  ASSERT_TRUE(column.spacing);
  EXPECT_EQ(column.spacing->measure, SpacingMeasure::headway);
  EXPECT_EQ(column.spacing->time, seconds(30));
  EXPECT_EQ(name(column.spacing->station), "gate");
  EXPECT_EQ(good().at(column.spacing->span), "30 s") << "the value, to be replaced by a fix";
  EXPECT_DOUBLE_EQ(column.gap_min_m, 3);
  EXPECT_EQ(good().at(column.gap_min_span), "3 m");
  ASSERT_THAT(column.halts, SizeIs(1));
  EXPECT_EQ(name(column.halts[0].station), "bridge");
  EXPECT_EQ(good().at(column.halts[0].span), "10 s");
  EXPECT_EQ(name(column.end.value()), "bridge");
  EXPECT_THAT(column.order, SizeIs(4));
}

TEST_F(ProgrammeModel, GivesEachContingentItsGaits) {
  const Contingent& army = good().contingent("army");
  EXPECT_FALSE(army.base_gait) << "the march's holds";
  ASSERT_THAT(army.zones, SizeIs(1));
  EXPECT_EQ(army.zones[0].gait.name, "slow step");
  EXPECT_NEAR(army.zones[0].from_m, 200, 1e-9);
  EXPECT_DOUBLE_EQ(army.zones[0].to_m, 500);
  EXPECT_EQ(army.zones[0].change, Change::rank);
  EXPECT_EQ(good().at(army.zones[0].span), "{gait: slow step, from: gate, to: fork, change: rank}");
  const Contingent& scouts = good().contingent("scouts 1");
  EXPECT_EQ(scouts.base_gait.value().name, "1.5 m/s");
  EXPECT_DOUBLE_EQ(scouts.base_gait->speed_mps, 1.5);
  EXPECT_THAT(scouts.zones, SizeIs(0)) << "a gait of its own replaces the march's";
  const Contingent& lorries = good().contingent("lorries");
  EXPECT_EQ(lorries.base_gait.value().name, "10 km/h") << "of the kind: the march says none";
  EXPECT_EQ(good().procession("late column").base_gait.speed_mps, 0);
}

TEST_F(ProgrammeModel, GivesContingentsTheirOwnSpacingAndStart) {
  const Contingent& navy = good().contingent("navy");
  ASSERT_TRUE(navy.spacing);
  EXPECT_EQ(navy.spacing->distance_m, 40);
  EXPECT_FALSE(navy.spacing->time);
  EXPECT_EQ(name(navy.spacing->station), "fork");
  EXPECT_FALSE(navy.starts);
  EXPECT_EQ(name(good().contingent("scouts 2").starts.value()), "gate");
  EXPECT_FALSE(good().contingent("army").spacing);
}

TEST_F(ProgrammeModel, HasAMarchThatFollows) {
  const Procession& late = good().procession("late column");
  EXPECT_EQ(show()[late.follows.value()].name, "column");
  EXPECT_EQ(show()[late.line_up.value().behind.value()].name, "column");
  EXPECT_FALSE(late.line_up->station.valid());
  EXPECT_EQ(late.spacing.value().measure, SpacingMeasure::gap);
  EXPECT_EQ(show()[late.disperse_to.value()].name, "yard");
  EXPECT_EQ(name(late.spacing->station), "gate") << "of the street, in the part that is shared";
}

TEST_F(ProgrammeModel, HasTheFlypast) {
  const Procession& wing = good().procession("wing");
  EXPECT_TRUE(wing.air);
  EXPECT_EQ(name(wing.over), "tower");
  EXPECT_NEAR(wing.height_m, 304.8 - 110, 1e-9) << "1000 ft above the sea, 110 m of ground";
  EXPECT_NEAR(wing.base_gait.speed_mps, 125, 1e-12);
  EXPECT_EQ(wing.base_gait.name, "450 km/h");
  EXPECT_NEAR(wing.turn_bank_rad, kPi / 9, 1e-12);
  ASSERT_TRUE(wing.break_off);
  EXPECT_EQ(name(wing.break_off->station), "east");
  EXPECT_NEAR(wing.break_off->turn_rad, -kPi / 3, 1e-12);
  EXPECT_NEAR(wing.break_off->bank_rad, 25 * kPi / 180, 1e-12);
  EXPECT_DOUBLE_EQ(wing.break_off->climb_mps, 5);
  EXPECT_DOUBLE_EQ(wing.break_off->then_m, 10'000);
  EXPECT_EQ(wing.spacing.value().distance_m, 2000);
}

TEST_F(ProgrammeModel, StacksContingentsInTheAir) {
  const double base = good().procession("wing").height_m;
  EXPECT_DOUBLE_EQ(good().contingent("falcons").height_m.value(), base);
  EXPECT_DOUBLE_EQ(good().contingent("hawks").height_m.value(), base + 30);
  EXPECT_DOUBLE_EQ(good().contingent("eagle").height_m.value(), 200) << "its own";
  EXPECT_EQ(name(good().contingent("hawks").starts.value()), "west") << "the flypast's";
  EXPECT_EQ(good().contingent("eagle").base_gait.value().name, "500 km/h");
}

TEST_F(ProgrammeModel, HasTimesAndLengths) {
  const Item& salute = good().item("salute");
  ASSERT_TRUE(salute.at);
  EXPECT_EQ(salute.at->time, clock(12, 0));
  EXPECT_EQ(salute.at->within, seconds(10));
  EXPECT_EQ(good().at(salute.at->span), "12:00");
  EXPECT_EQ(salute.shots, 21);
  EXPECT_EQ(salute.lasts.least, seconds(100));
  EXPECT_EQ(salute.lasts.most, seconds(100));
  EXPECT_EQ(good().at(salute.lasts_span), "5 s");
  EXPECT_EQ(salute.note, "loud");
  std::map<std::string, std::string> attributes;
  for (const auto& [key, text] : salute.attributes) attributes.emplace(key, text.en());
  EXPECT_THAT(attributes,
              ElementsAre(Pair("calibre", "small"), Pair("place", "gate"), Pair("who", "band")));
  const Item& speech = good().item("speech");
  EXPECT_EQ(speech.lasts.least, seconds(480));
  EXPECT_EQ(speech.lasts.most, seconds(720));
  EXPECT_EQ(good().at(speech.lasts_span), "8 min to 12 min");
  ASSERT_THAT(speech.statements, SizeIs(1));
  EXPECT_EQ(speech.statements[0].text, "Welcome.");
  EXPECT_EQ(speech.statements[0].to, "guests");
  const Item& doves = good().item("doves");
  EXPECT_FALSE(doves.lasts.least);
  EXPECT_EQ(doves.lasts.most, seconds(60));
  EXPECT_THAT(doves.released, ElementsAre(Pair("doves", 80'000)));
}

TEST_F(ProgrammeModel, StartsItemsAfterOthers) {
  const Item& speech = good().item("speech");
  ASSERT_THAT(speech.after, SizeIs(1));
  EXPECT_EQ(speech.after[0].cue.what, CueRef::What::item_ends);
  EXPECT_EQ(name(speech.after[0].cue.item), "salute");
  EXPECT_EQ(speech.after[0].later.least, seconds(10));
  EXPECT_EQ(speech.after[0].later.most, seconds(60));
  EXPECT_EQ(good().at(speech.after[0].later_span), "10 s to 1 min");
  EXPECT_EQ(speech.after[0].span, speech.span);

  const Item& march_past = good().item("march-past");
  ASSERT_THAT(march_past.after, SizeIs(2));
  EXPECT_EQ(march_past.after[1].cue.what, CueRef::What::item_starts);
  EXPECT_EQ(march_past.after[1].later.least, Duration{});
  EXPECT_FALSE(march_past.after[1].later.most);
  EXPECT_FALSE(march_past.after[1].later_span.known());
  EXPECT_EQ(name(march_past.from.value()), "gate");
  EXPECT_EQ(name(march_past.to.value()), "fork");
  EXPECT_FALSE(march_past.lasts.least);
  EXPECT_FALSE(march_past.lasts.most);

  const Item& lorries = good().item("lorries pass");
  EXPECT_EQ(lorries.after[0].cue.what, CueRef::What::head);
  EXPECT_EQ(name(lorries.after[0].cue.contingent), "navy");
  EXPECT_EQ(lorries.after[0].later.most, seconds(90)) << "within";
  EXPECT_FALSE(lorries.from);
}

TEST_F(ProgrammeModel, RunsTheFlypast) {
  const Item& flight = good().item("flight");
  EXPECT_EQ(show()[flight.procession.value()].name, "wing");
  EXPECT_EQ(name(flight.from.value()), "tower");
  EXPECT_EQ(name(flight.to.value()), "tower");
  ASSERT_TRUE(flight.ends_at);
  EXPECT_EQ(flight.ends_at->time, clock(13, 0));
  EXPECT_EQ(flight.ends_at->within, seconds(300));
  ASSERT_THAT(flight.after, SizeIs(1));
  EXPECT_EQ(flight.after[0].later.most, Duration{}) << "at the same moment";
  EXPECT_EQ(flight.after[0].cue.what, CueRef::What::tail);
  EXPECT_EQ(flight.after[0].cue.passes, CueRef::Passes::clears);
  EXPECT_EQ(name(flight.after[0].cue.contingent), "scouts 2") << "last of column";
  const Item& doves = good().item("doves");
  EXPECT_EQ(name(doves.after[0].cue.item), "flight") << "the item that runs the flypast";
  EXPECT_EQ(doves.after[0].later.least, seconds(30)) << "exactly";
  EXPECT_EQ(doves.after[0].later.most, seconds(30));
}

TEST_F(ProgrammeModel, HasRules) {
  const auto& rules = show().rules;
  ASSERT_THAT(rules, SizeIs(4));
  EXPECT_EQ(rules[0].text,
            "rank 2 of army crosses gate, then: tail of falcons over tower, later: at least 30 s");
  EXPECT_EQ(rules[0].because, "noise");
  EXPECT_EQ(rules[0].cue.rank, 2);
  EXPECT_EQ(rules[0].then.value().passes, CueRef::Passes::over);
  EXPECT_EQ(rules[0].later.least, seconds(30));
  EXPECT_FALSE(rules[0].later.most);
  EXPECT_EQ(good().at(rules[0].later_span), "at least 30 s");
  EXPECT_EQ(rules[1].later.most, clock(13, 30) - Time{});
  EXPECT_FALSE(rules[1].later.least);
  EXPECT_EQ(good().at(rules[1].later_span), "13:30:00");
  EXPECT_EQ(rules[2].later.least, clock(12, 2) - Time{});
  EXPECT_EQ(rules[2].later.most, clock(12, 4) - Time{});
  EXPECT_FALSE(rules[2].later_span.known()) << "a tolerance: no one value to replace";
  EXPECT_EQ(rules[3].then.value().what, CueRef::What::item_ends);
  EXPECT_EQ(rules[3].later.least, -seconds(5));
  EXPECT_EQ(rules[3].later.most, seconds(5));
}

TEST_F(ProgrammeModel, HasWantedLengthAndFigures) {
  EXPECT_EQ(show().wanted.value().lasts, seconds(4200));
  EXPECT_EQ(name(show().wanted->to.item), "doves");
  const auto& figures = show().published;
  ASSERT_THAT(figures, SizeIs(5));
  EXPECT_DOUBLE_EQ(figures[0].value, 500);
  EXPECT_DOUBLE_EQ(figures[0].within, 1);
  EXPECT_EQ(figures[0].is, Published::Is::identity);
  EXPECT_EQ(name(figures[0].to.value().station), "fork");
  EXPECT_DOUBLE_EQ(figures[1].value, 12.5 * 3600);
  EXPECT_FALSE(figures[1].to);
  EXPECT_EQ(name(figures[1].from.value().contingent), "falcons");
  EXPECT_TRUE(figures[2].at_least);
  EXPECT_EQ(figures[2].is, Published::Is::calibrated);
  EXPECT_EQ(figures[3].count, "contingents in column");
  EXPECT_DOUBLE_EQ(figures[3].within, 1);
  EXPECT_EQ(figures[4].count, "guards");
}

TEST_F(ProgrammeModel, CuesRememberTheirWords) {
  const CueRef& cue = good().item("lorries pass").after[0].cue;
  EXPECT_EQ(cue.text, "head of navy crosses fork");
  EXPECT_EQ(good().at(cue.span), "head of navy crosses fork");
}

// ---- daylight saving

struct Day {
  std::string date;
  std::string zone;
  std::string at;
  std::int64_t seconds;  ///< since midnight, as they pass
};

TEST(Clocks, CountTheSecondsThatPass) {
  const std::vector<Day> days{{"2026-03-29", "Europe/Warsaw", "01:30", 5400},
                              {"2026-03-29", "Europe/Warsaw", "03:30", 9000},
                              {"2026-10-25", "Europe/Warsaw", "03:30", 16200},
                              {"2026-10-25", "Europe/Warsaw", "26:00", 97200},
                              {"2026-05-03", "Asia/Shanghai", "25:10:00", 90600},
                              {"2026-05-03", "Asia/Kathmandu", "09:44:30.5", 35070}};
  for (const Day& day : days) {
    const std::string text =
        "defilada: 1\ntitle: A\ndate: " + day.date + "\nzone: " + day.zone +
        "\nsite: {origin: {lat: 0, lon: 0}}\nprogramme:\n  - a: {at: " + day.at + "}\n";
    const ShowReading reading(text);
    ASSERT_TRUE(reading.show) << reading.told;
    EXPECT_EQ(reading.item("a").at->time.us / kSecond, day.seconds) << day.date << " " << day.at;
  }
}

}  // namespace
}  // namespace defilada::show
