// SPDX-License-Identifier: MIT
// What a contingent leaves out: from what it is like, then from the defaults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using namespace testing_support;

constexpr std::string_view kHead = R"(defilada: 1
title: A
date: 2026-05-03
zone: Europe/Warsaw
site:
  origin: {lat: 52.25, lon: 21.01}
kinds:
  k1: {category: foot, body: {length: 1 m, width: 1 m, height: 2 m}}
  k2: {category: foot, body: {length: 1 m, width: 1 m, height: 2 m}}
  k3: {category: drone, body: {length: 1 m, width: 1 m, height: 1 m}}
in place:
)";

/// What is said of a contingent or in the defaults: values by key.
using Said = std::map<std::string, std::string>;

/// The law, read off the page: each key from the first that says it.
Said effective(const std::vector<Said>& all, const std::vector<int>& like, std::size_t i,
               const Said& defaults) {
  Said out = all[i];
  if (like[i] >= 0) {
    for (const auto& [key, value] :
         effective(all, like, static_cast<std::size_t>(like[i]), defaults)) {
      out.emplace(key, value);
    }
  }
  for (const auto& [key, value] : defaults) out.emplace(key, value);
  return out;
}

std::string line(const Said& said) {
  std::string text;
  for (const auto& [key, value] : said) text += (text.empty() ? "" : ", ") + key + ": " + value;
  return text;
}

TEST(Inheritance, TakesEachKeyFromTheFirstThatSaysIt) {
  std::mt19937 random(20250903);
  const auto draw = [&](const std::vector<std::string>& keys, unsigned one_in) {
    Said said;
    for (const std::string& key : keys) {
      if (random() % one_in != 0) continue;
      const std::string number = std::to_string(1 + random() % 3);
      if (key == "kind") said[key] = "k" + number;
      if (key == "crew") said[key] = number;
      if (key == "people role") said[key] = "r" + number;
      if (key == "trail") said[key] = "{count: " + number + ", distance: 1 m}";
    }
    return said;
  };
  const std::vector<std::string> keys{"kind", "crew", "people role", "trail"};
  for (int round = 0; round < 150; ++round) {
    Said defaults = draw(keys, 2);
    defaults["kind"] = "k1";  // so that everyone has one
    defaults["trail"] = "{count: 4, distance: 1 m}";
    std::vector<Said> all(5);
    std::vector<int> like(5, -1);
    std::string text = std::string(kHead) + "  defaults: {" + line(defaults) + "}\n  order:\n";
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = draw(keys, 3);
      // Forwards too: a contingent may be like one that stands further down.
      const int other = static_cast<int>(random() % 5);
      if (other > static_cast<int>(i)) like[i] = other;
      text += "    - c" + std::to_string(i) + ": {place: [0 m, 0 m]";
      if (like[i] >= 0) text += ", like: c" + std::to_string(like[i]);
      if (!all[i].empty()) text += ", " + line(all[i]);
      text += "}\n";
    }
    const ShowReading reading(text, {});
    ASSERT_TRUE(reading.show) << reading.told << text;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Said expected = effective(all, like, i, defaults);
      const Part& part = reading.show->contingents[i].parts.at(0);
      EXPECT_EQ((*reading.show)[part.kind].name, expected.at("kind")) << text;
      EXPECT_EQ(part.crew ? std::to_string(*part.crew) : "",
                expected.contains("crew") ? expected.at("crew") : "")
          << text;
      EXPECT_EQ(part.role, expected.contains("people role") ? expected.at("people role") : "");
      EXPECT_EQ(part.formation.count, expected.at("trail")[8] - '0') << text;
    }
  }
}

TEST(Inheritance, OfPartsLeavesExhibitsBehind) {
  const ShowReading reading(
      std::string(kHead) +
          "  - a: {place: [0 m, 0 m], kind: k1, parts: [{trail: {count: 2, distance: 1 m}, "
          "exhibits: {drum: 2}, crew: 3}]}\n"
          "  - b: {place: [0 m, 0 m], like: a, kind: k2}\n"
          "  - c: {place: [0 m, 0 m], like: b, exhibits: {flag: 2}}\n",
      {});
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_THAT(reading.contingent("a").parts[0].exhibits, SizeIs(1));
  EXPECT_THAT(reading.contingent("b").parts[0].exhibits, SizeIs(0));
  EXPECT_EQ(reading.contingent("b").parts[0].crew, 3);
  EXPECT_EQ((*reading.show)[reading.contingent("b").parts[0].kind].name, "k2")
      << "its own kind, in the other's parts";
  EXPECT_EQ(reading.contingent("c").parts[0].exhibits.at(0).name, "flag");
}

TEST(Inheritance, TakesAFormationWhole) {
  // The block says no distance: that of the defaults' block, not of another formation.
  const ShowReading reading(
      std::string(kHead) +
          "  defaults: {kind: k1, block: {files: 9, interval: 2 m, distance: 3 m}, vic: {interval: "
          "7 m, "
          "distance: 8 m}}\n  order:\n"
          "    - a: {place: [0 m, 0 m], block: {files: 2, ranks: 2, interval: 1 m}}\n"
          "    - b: {place: [0 m, 0 m], vic: 3}\n",
      {});
  ASSERT_TRUE(reading.show) << reading.told;
  const formation::Spec& block = reading.contingent("a").parts[0].formation;
  EXPECT_EQ(block.files, 2);
  EXPECT_DOUBLE_EQ(block.interval_m, 1);
  EXPECT_DOUBLE_EQ(block.distance_m, 3);
  EXPECT_DOUBLE_EQ(reading.contingent("b").parts[0].formation.distance_m, 8);
}

TEST(Inheritance, AttributesAreTakenWhole) {
  const ShowReading reading(
      std::string(kHead) +
          "  defaults: {kind: k1, nation: x, trail: {count: 1, distance: 1 m}, "
          "attributes: {a: 1, b: 2}}\n  order:\n"
          "    - a: {place: [0 m, 0 m], attributes: {a: 3}}\n"
          "    - b: {place: [0 m, 0 m]}\n",
      {});
  ASSERT_TRUE(reading.show) << reading.told;
  using testing::Pair;
  EXPECT_THAT(reading.contingent("a").attributes, ElementsAre(Pair("a", "3"), Pair("nation", "x")));
  EXPECT_THAT(reading.contingent("b").attributes,
              ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("nation", "x")));
}

TEST(Kinds, CountPeopleByCategory) {
  const ShowReading reading(
      std::string(kHead).substr(0, kHead.find("in place")) +
          "  rider: {category: mounted, body: {length: 3 m, width: 1 m, height: 3 m}}\n",
      {});
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_EQ(reading.show->kinds[0].crew, 1);
  EXPECT_EQ(reading.show->kinds[2].crew, 0) << "nobody is in a drone";
  EXPECT_EQ(reading.show->kinds[2].role, "pilots");
  EXPECT_EQ(reading.show->kinds[3].role, "riders");
}

}  // namespace
}  // namespace defilada::show
