// SPDX-License-Identifier: MIT
// What a person is told of a show that departs from the grammar: the whole of it, in one pass, at
// its place.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "example_texts.hpp"
#include "schema.hpp"
#include "yaml_reading.hpp"

namespace defilada::show {
namespace {

/// The diagnostics of a show with these lines, "line:column id: message | expected | suggestion";
/// the lines begin at line 6.
std::vector<std::string> told(const std::string& lines) {
  Reading reading(example_texts::in_a_show(lines));
  validate(reading.root, show_type(), reading.diagnostics);
  reading.diagnostics.sort();
  std::vector<std::string> all;
  for (const Diagnostic& diagnostic : reading.diagnostics.all()) {
    const Position place = reading.sources.position(diagnostic.span);
    all.push_back(std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
                  diagnostic.code + ": " + diagnostic.message.english() + " | " +
                  diagnostic.expected.english() + " | " + diagnostic.suggestion);
  }
  return all;
}

using Lines = std::vector<std::string>;

TEST(Validate, ReportsEveryFaultInOnePass) {
  EXPECT_EQ(
      told("marches:\n"
           "  foot:\n"
           "    roote: street\n"
           "    least gap: 12\n"
           "    headway: {time: 5 s, distance: 5 m, station: a}\n"
           "    order:\n"
           "      - army: {vic: 5, trail: 3}\n"),
      (Lines{"8:5 show.unknown-key: unknown key 'roote' | one of: route, line-up, forms up, "
             "gait, headway, gap, least gap, follows, halts, drill, ends, stays, disperse to, "
             "defaults, order | route",
             "9:16 quantity.unit-missing: '12' has no unit | a length such as 0.75 m (units: "
             "mm, cm, m, km, in, ft, NM) | ",
             "10:26 show.exclusive-keys: 'distance' does not go with 'time' | one of the two | ",
             "12:24 show.exclusive-keys: 'trail' does not go with 'vic' | one of the two | "}));
}

TEST(Validate, AMissingKeyIsShownAtWhatLacksIt) {
  EXPECT_EQ(told("wanted length: {from: a, lasts: 1 h}"),
            (Lines{"6:1 show.missing-key: 'wanted length' has no 'to' | 'to': where it ends | "}));
  EXPECT_EQ(told("rules:\n  - {cue: a ends, then: b}"),
            (Lines{"7:5 show.missing-key: the rule has no 'later' | 'later': how much later the "
                   "other is | "}));
  Reading reading("title: x\n");
  validate(reading.root, show_type(), reading.diagnostics);
  EXPECT_EQ(reading.codes(), (Lines{"show.missing-key", "show.missing-key", "show.missing-key",
                                    "show.missing-key"}));
}

TEST(Validate, AMisspeltKeyIsNotAlsoMissing) {
  EXPECT_EQ(told("wanted length: {form: a, to: b, lasts: 1 h}"),
            (Lines{"6:17 show.unknown-key: unknown key 'form' | one of: from, to, lasts | from"}));
}

TEST(Validate, AKeyOfAnotherSetOfKeysIsToldApart) {
  EXPECT_EQ(told("site:\n"
                 "  origin: {lat: 1, lon: 2}\n"
                 "  routes:\n"
                 "    a: {points: [[0 m, 0 m], [1 m, 0 m]], until: b}\n"
                 "    c: {width: 5 m, untill: b}\n"),
            (Lines{"8:43 show.exclusive-keys: 'until' does not go with 'points' | one of: points, "
                   "corner radius, width | ",
                   "9:5 show.missing-one-of: 'c' lacks a key | one of: points, follow, geojson | ",
                   "9:21 show.unknown-key: unknown key 'untill' | one of: points, corner radius, "
                   "width, follow, until, then, geojson, feature | until"}));
}

TEST(Validate, AWrongShapeSaysWhatCanBe) {
  EXPECT_EQ(told("use: foot"),
            (Lines{"6:6 show.wrong-shape: 'use' cannot be a text | a list, each item a text | "}));
  EXPECT_EQ(told("in place: [band]"),
            (Lines{"6:12 show.wrong-shape: a text cannot stand here | 'NAME: {…}' | band:"}));
  EXPECT_EQ(told("programme: [{a: {after: {b: c}}}]"),
            (Lines{"6:25 show.wrong-shape: 'after' cannot be a mapping | a cue, or a list, each "
                   "item a cue | "}));
}

TEST(Validate, ALineWithTwoNamesIsTakenForWrongIndentation) {
  Reading reading(example_texts::in_a_show("programme:\n  - salute:\n    at: 09:00\n"));
  validate(reading.root, show_type(), reading.diagnostics);
  ASSERT_EQ(reading.codes(), Lines{"show.one-name"});
  const Diagnostic& diagnostic = reading.diagnostics.all().front();
  EXPECT_EQ(reading.text(diagnostic.span), "at");
  EXPECT_EQ(reading.text(diagnostic.notes.at(0).span), "salute");
}

TEST(Validate, AWordIsOneOfItsWords) {
  EXPECT_EQ(told("kinds: {a: {category: veicle, body: {length: 1 m, width: 1 m, height: 1 m}}}"),
            (Lines{"6:23 show.unknown-word: 'veicle' is not a category | one of: foot, mounted, "
                   "vehicle, aeroplane, helicopter, drone | vehicle"}));
}

TEST(Validate, ANameIsNoQuantityAndAQuantityNoName) {
  const std::string march = "marches: {m: {route: r, order: [a: ], gait: ";
  EXPECT_EQ(told(march + "quick march}}"), Lines{});
  EXPECT_EQ(told(march + "10 km/h}}"), Lines{});
  EXPECT_EQ(told(march + "10 kmh}}").size(), 1U);
  EXPECT_EQ(told(march + "[10 km/h, {gait: slow, from: a, to: b, change: rank}]}}"), Lines{});
}

TEST(Validate, NothingStandsOnlyWhereItMay) {
  EXPECT_EQ(told("marches: {m: {route: r, order: [a: , b: ~, c: null]}}"), Lines{});
  EXPECT_EQ(told("marches: {m: {route: r, order: [a: 'null']}}").size(), 1U);
  EXPECT_EQ(told("title:"),
            (Lines{"5:1 show.empty-value: 'title' has no value | a text, or a mapping with names "
                   "of languages as keys | "}));
  EXPECT_EQ(told("zone: ''"), (Lines{"5:7 show.empty-value: the text is empty | a text | "}));
}

TEST(Validate, AnyValueCanSayWhereItComesFrom) {
  EXPECT_EQ(told("zone: {value: Asia/Shanghai, source: the sun, quality: assumed}"), Lines{});
  EXPECT_EQ(told("programme: [{a: {at: {value: 09:00, quality: published}, source: x}}]"), Lines{});
  EXPECT_EQ(told("kinds: {source: x, quality: assumed}"), Lines{});
  EXPECT_EQ(told("zone: {value: Asia/Shanghai, quality: good}").size(), 1U);
  EXPECT_EQ(told("zone: {value: Asia/Shanghai, sourse: x}"),
            (Lines{"5:30 show.unknown-key: unknown key 'sourse' | one of: value, source, quality | "
                   "source"}));
  EXPECT_EQ(
      told("zone: {value: [a], source: x}"),
      (Lines{"5:15 show.wrong-shape: beside its source a value is a single text | a text | "}));
}

TEST(Validate, AFaultBehindAnAliasIsToldOnce) {
  const std::string order = "marches:\n  m: {route: r, order: [a: &x {vic: many}, b: *x, c: *x]}";
  EXPECT_EQ(told(order).size(), 1U);
}

TEST(Validate, ALimitOnTheGlobeIsToldInItsWords) {
  EXPECT_EQ(told("site: {origin: {lat: 95, lon: 0}}"),
            (Lines{"5:22 show.out-of-range: 95 cannot be a latitude | -90 to 90 | "}));
}

}  // namespace
}  // namespace defilada::show
