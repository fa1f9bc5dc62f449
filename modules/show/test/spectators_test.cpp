// SPDX-License-Identifier: MIT
// Section `spectators`, read into the model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>
#include <numeric>

#include "show_reading.hpp"

namespace defilada::show {
namespace {

using namespace testing_support;
using testing::ElementsAre;
using testing::SizeIs;

constexpr std::string_view kSquare = R"(defilada: 1
title: A square
date: 2026-05-03
zone: Europe/Warsaw
site:
  origin: {lat: 52.25, lon: 21.01}
  areas:
    meadow: {circle: {centre: [0 m, 200 m], radius: 20 m}, capacity: 500}
  stands:
    north stand: {polygon: [[0 m, 20 m], [80 m, 20 m], [80 m, 60 m], [0 m, 60 m]], capacity: 2000}
    south stand: {polygon: [[0 m, -20 m], [80 m, -20 m], [80 m, -60 m], [0 m, -60 m]], capacity: 1000}
programme:
  - welcome: {at: 12:00, lasts: 5 min}
spectators:
  people: 1001
  seated by: 11:30
  ground:
    square: {polygon: [[0 m, 0 m], [10 m, 0 m], [10 m, 10 m], [0 m, 10 m]]}
  stops:
    tram: {circle: {centre: [0 m, 0 m], radius: 5 m}, share: 50 %, every: 3 min, arrivals: {from: 09:00, to: 10:00}}
    bus: {circle: {centre: [0 m, 0 m], radius: 5 m}, arrivals: [{from: 09:00, to: 10:00, share: 25 %}, {from: 10:00, to: 11:00, share: 75 %}]}
    car park: {circle: {centre: [0 m, 0 m], radius: 5 m}, arrivals: [{from: 09:00, to: 10:00}, {from: 10:00, to: 11:00}]}
  gates:
    main gate: {points: [[0 m, 0 m], [5 m, 0 m]], lanes: 4, opens: 09:00, shuts: welcome}
  fences:
    rope: {points: [[0 m, 0 m], [0 m, 9 m]], lets pass: east}
  crossings:
    street: {circle: {centre: [0 m, 0 m], radius: 5 m}, open: [{to: welcome starts}, {from: welcome ends}]}
  closures:
    arch: {points: [[0 m, 0 m], [5 m, 0 m]], shut: {from: 10:00}}
    yard: {circle: {centre: [0 m, 0 m], radius: 5 m}, shut: {from: 10:00, to: 11:00}}
  exits:
    west: {points: [[0 m, 0 m], [5 m, 0 m]], flow: 600 /min}
    east: {points: [[0 m, 0 m], [5 m, 0 m]]}
)";

std::string rest(const std::string& more = "") {
  return std::string(kSquare) + more;
}

TEST(Spectators, SayWhereTheyComeFromAndGo) {
  const ShowReading reading(rest());
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_EQ(reading.told, "");
  ASSERT_TRUE(reading.show->spectators);
  const Spectators& it = *reading.show->spectators;
  EXPECT_EQ(it.people, 1001);
  EXPECT_EQ(it.seated_by.seconds(), 11.5 * 3600);
  EXPECT_FALSE(it.leave);
  ASSERT_THAT(it.gates, SizeIs(1));
  EXPECT_EQ(it.gates[0].lanes, 4);
  EXPECT_EQ(it.gates[0].service.seconds(), 9);  // 400 an hour
  EXPECT_EQ(it.gates[0].opens->at.seconds(), 9 * 3600);
  ASSERT_TRUE(it.gates[0].shuts->cue);
  EXPECT_EQ(it.gates[0].shuts->cue->what, CueRef::What::item_starts);
  EXPECT_DOUBLE_EQ(*it.fences[0].lets_pass_rad, 0.0);
  EXPECT_FALSE(it.crossings[0].open[0].from);
  EXPECT_EQ(it.crossings[0].open[1].from->cue->what, CueRef::What::item_ends);
  EXPECT_THAT(it.closings[0].points, SizeIs(2));
  EXPECT_TRUE(it.closings[1].polygon);
  EXPECT_DOUBLE_EQ(*it.exits[0].flow_per_s, 10);
}

TEST(Spectators, SharesBecomeWholePeople) {
  const ShowReading reading(rest());
  ASSERT_TRUE(reading.show) << reading.told;
  const Spectators& it = *reading.show->spectators;
  // Half of 1001, and what is left in equal parts; 500.5 + 250.25 + 250.25.
  EXPECT_THAT((std::vector{it.stops[0].people, it.stops[1].people, it.stops[2].people}),
              ElementsAre(501, 250, 250));
  // By capacity: 667.33 and 333.67.
  EXPECT_THAT((std::vector{it.zones[0].people, it.zones[1].people}), ElementsAre(667, 334));
  EXPECT_DOUBLE_EQ(it.stops[1].arrivals[1].share, 0.75);
  EXPECT_DOUBLE_EQ(it.stops[2].arrivals[1].share, 0.5);
}

/// Whatever is asked: nobody is lost, and nobody more than one off.
TEST(Spectators, NobodyIsLostBetweenStopsAndZones) {
  for (int people = 1; people <= 3000; people += 37) {
    const ShowReading reading(with(rest(), "people: 1001", "people: " + std::to_string(people)));
    ASSERT_TRUE(reading.show) << reading.told;
    const Spectators& it = *reading.show->spectators;
    std::int64_t stops = 0;
    for (const Stop& stop : it.stops) stops += stop.people;
    std::int64_t zones = 0;
    for (const Zone& zone : it.zones) {
      zones += zone.people;
      const double exact =
          people * static_cast<double>(*(*reading.show)[zone.area].capacity) / 3000;
      EXPECT_LT(std::abs(static_cast<double>(zone.people) - exact), 1);
    }
    EXPECT_EQ(stops, people);
    EXPECT_EQ(zones, people);
  }
}

TEST(Spectators, TheRestOfThePopulationWalksAsWeidmannSays) {
  const ShowReading reading(rest("  population:\n    the old: {share: 20 %, speed: 0.9 m/s}\n"));
  ASSERT_TRUE(reading.show) << reading.told;
  const auto& population = reading.show->spectators->population;
  ASSERT_THAT(population, SizeIs(2));
  EXPECT_EQ(population[0].name, "the old");
  EXPECT_DOUBLE_EQ(population[1].share, 0.8);
  EXPECT_DOUBLE_EQ(population[1].speed_mps, 1.34);
  EXPECT_DOUBLE_EQ(population[1].spread_mps, 0.26);
}

TEST(Spectators, EmergenciesBlockExitsAndGates) {
  const ShowReading reading(
      rest("  emergencies:\n    fire: {from: welcome, blocked: [east, main gate]}\n"));
  ASSERT_TRUE(reading.show) << reading.told;
  const Emergency& fire = reading.show->spectators->emergencies.at(0);
  EXPECT_THAT(fire.blocked, ElementsAre(WayOutId{1}));
  EXPECT_THAT(fire.blocked_gates, ElementsAre(GateId{0}));
  EXPECT_EQ(fire.react.seconds(), 60);
  EXPECT_EQ(fire.within->seconds(), 480);
}

/// Findings and recordings are told apart by the name; an exit may have it, too.
TEST(Spectators, TwoEmergenciesOfOneNameAreRefused) {
  const ShowReading reading(
      rest("  emergencies:\n    a fire: {from: welcome}\n    west: {from: welcome}\n"
           "    \"a  fire\": {from: welcome}\n"));
  EXPECT_FALSE(reading.show);
  EXPECT_THAT(reading.told, testing::HasSubstr("'a fire' is defined twice"));
  EXPECT_THAT(reading.told, testing::Not(testing::HasSubstr("'west'")));
}

/// An outline in which it may stand, a line on which it does, or several.
TEST(Spectators, QueuesStandWhereTheyAreDrawn) {
  const auto gate = [](const std::string& queue) {
    return with(rest(), "shuts: welcome}", "shuts: welcome, queue: " + queue + "}");
  };
  const ShowReading outline(gate("{circle: {centre: [0 m, 0 m], radius: 5 m}}"));
  ASSERT_TRUE(outline.show) << outline.told;
  EXPECT_TRUE(outline.show->spectators->gates[0].queue);
  EXPECT_THAT(outline.show->spectators->gates[0].queues, SizeIs(0));
  const ShowReading one(gate("{points: [[0 m, 0 m], [0 m, -9 m], [5 m, -9 m]]}"));
  ASSERT_TRUE(one.show) << one.told;
  EXPECT_FALSE(one.show->spectators->gates[0].queue);
  ASSERT_THAT(one.show->spectators->gates[0].queues, SizeIs(1));
  EXPECT_THAT(one.show->spectators->gates[0].queues[0].points,
              ElementsAre(geo::Vec2{0, 0}, geo::Vec2{0, -9}, geo::Vec2{5, -9}));
  EXPECT_TRUE(one.show->spectators->gates[0].queues[0].span.known());
  const ShowReading two(
      gate("[{points: [[0 m, 0 m], [0 m, -9 m]]}, {points: [[5 m, 0 m], [5 m, -9 m]]}]"));
  ASSERT_TRUE(two.show) << two.told;
  ASSERT_THAT(two.show->spectators->gates[0].queues, SizeIs(2));
  EXPECT_EQ(two.show->spectators->gates[0].queues[1].points[0].x, 5);
  EXPECT_THAT(ShowReading(gate("{points: [[0 m, 0 m], [0 m, 0 m]]}")).codes(),
              ElementsAre("show.route-geometry"));
}

constexpr const char* kAmenities =
    "  amenities:\n"
    "    north toilets: {circle: {centre: [0 m, 0 m], radius: 5 m}, what: toilets, places: 30, "
    "visit: 100 s}\n"
    "    post: {circle: {centre: [9 m, 0 m], radius: 3 m}, what: first aid, places: 2, visit: 10 "
    "min}\n";

TEST(Spectators, LeaveTheirPlacesForAmenities) {
  const ShowReading reading(
      rest(std::string(kAmenities) +
           "  circulation: {an hour: 20 %, toilets: 90 %, first aid: 10 %, to: welcome ends}\n"));
  ASSERT_TRUE(reading.show) << reading.told;
  const auto& it = *reading.show->spectators;
  ASSERT_THAT(it.amenities, SizeIs(2));
  EXPECT_EQ(it.amenities[0].name, "north toilets");
  EXPECT_EQ(it.amenities[1].what, Amenity::What::first_aid);
  EXPECT_EQ(it.amenities[1].places, 2);
  EXPECT_EQ(it.amenities[1].visit.seconds(), 600);
  ASSERT_TRUE(it.circulation);
  EXPECT_DOUBLE_EQ(it.circulation->an_hour, 0.2);
  EXPECT_THAT(it.circulation->shares, ElementsAre(0.9, 0, 0, 0.1));
  EXPECT_FALSE(it.circulation->from);
  ASSERT_TRUE(it.circulation->to && it.circulation->to->cue);
  // Without shares equal parts for what there is.
  const ShowReading equal(rest(std::string(kAmenities) + "  circulation: {an hour: 20 %}\n"));
  ASSERT_TRUE(equal.show) << equal.told;
  EXPECT_THAT(equal.show->spectators->circulation->shares, ElementsAre(0.5, 0, 0, 0.5));
}

TEST(Spectators, WhatIsNowhereIsNotGoneTo) {
  EXPECT_THAT(ShowReading(rest("  circulation: {an hour: 20 %}\n")).codes(),
              ElementsAre("show.crowd-share"));
  const std::string amenities(kAmenities);
  EXPECT_THAT(
      ShowReading(rest(amenities + "  circulation: {an hour: 20 %, water: 100 %}\n")).codes(),
      ElementsAre("show.crowd-share"));
  EXPECT_THAT(
      ShowReading(rest(amenities + "  circulation: {an hour: 20 %, toilets: 90 %}\n")).codes(),
      ElementsAre("show.crowd-share"));
}

TEST(Spectators, TooManyForTheZonesIsAnError) {
  const ShowReading reading(with(rest(), "people: 1001", "people: 3001"));
  EXPECT_THAT(reading.codes(), ElementsAre("show.crowd-people"));
}

TEST(Spectators, StopsThatLeaveSomebodyOutAreAnError) {
  const ShowReading reading(with(with(rest(), "bus: {circle", "bus: {share: 20 %, circle"),
                                 "car park: {circle", "car park: {people: 300, circle"));
  // 50 % + 20 % + 300 of 1001 is near enough to a whole only at 30 %.
  EXPECT_THAT(reading.codes(), ElementsAre()) << reading.told;
  const ShowReading less(with(with(rest(), "bus: {circle", "bus: {share: 20 %, circle"),
                              "car park: {circle", "car park: {people: 200, circle"));
  EXPECT_THAT(less.codes(), ElementsAre("show.crowd-share"));
}

TEST(Spectators, AShowWithoutThemHasNone) {
  const ShowReading reading(good_show());
  ASSERT_TRUE(reading.show) << reading.told;
  EXPECT_FALSE(reading.show->spectators);
}

}  // namespace
}  // namespace defilada::show
