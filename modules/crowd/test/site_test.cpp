// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "defilada/crowd/check_ground.hpp"
#include "defilada/crowd/read_site.hpp"
#include "site_text.hpp"
#include "source_dir.hpp"

namespace defilada::crowd {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

/// Codes of the faults, in order; each marked with its severity's first letter.
std::vector<std::string> faults_of(const Ground& ground) {
  std::vector<std::string> out;
  for (const Fault& fault : check_ground(ground)) {
    out.push_back(fault.diagnostic.code.substr(6));
    if (fault.diagnostic.severity != Severity::error) out.back() += "?";
  }
  return out;
}
std::vector<std::string> faults_of(const std::vector<std::string>& features) {
  const Reading reading = read({site(features)});
  EXPECT_EQ(reading.told, "");
  return faults_of(reading.site.ground);
}

TEST(Site, ReadsEveryRole) {
  const Reading reading = read({site({
      area(R"("role":"walkable","level":"hall","height_m":3)",
           ring(0, 0, 20, 10) + "," + ring(2, 2, 3, 3)),
      area(R"("role":"obstacle","level":"hall")", ring(5, 5, 6, 6)),
      area(
          R"("role":"start","level":"hall","agents":40,"from_s":60,"until_s":600,"name":"bus","group_share":0.6)",
          ring(1, 5, 3, 8)),
      line(
          R"("role":"exit","level":"hall","persons_per_second":1.5,"share":0.25,"shut":"0-30, 90-")",
          "[20,4],[20,6]"),
      line(R"("role":"gate","level":"hall","lanes":4,"service_s":8.5)", "[10,4],[10,6]"),
      area(R"("role":"stair","level":"hall","speed_factor":0.5,"up_factor":0.4,"up_deg":90)",
           ring(20, 7, 24, 9)),
      area(R"("role":"wait","level":"hall","until_s":900,"capacity":12)", ring(12, 1, 15, 4)),
      line(R"("role":"barrier","level":"hall","one_way":true)", "[8,0],[8,10]"),
      area(R"("role":"crossing","level":"hall","open":"100-200")", ring(12, 6, 15, 9)),
      line(R"("role":"closure","level":"hall","shut":"-50")", "[16,0],[16,10]"),
  })});
  EXPECT_EQ(reading.told, "");
  const Ground& ground = reading.site.ground;
  ASSERT_THAT(ground.levels, SizeIs(1));
  EXPECT_EQ(ground.levels[0].name, "hall");
  EXPECT_EQ(ground.levels[0].height_m, 3);
  EXPECT_THAT(ground.levels[0].walkable[0].holes, SizeIs(1));
  EXPECT_THAT(ground.levels[0].obstacles, SizeIs(1));
  EXPECT_EQ(ground.starts[0].agents, 40);
  EXPECT_EQ(ground.starts[0].from_s, 60);
  EXPECT_EQ(ground.starts[0].to_s, 600);
  EXPECT_EQ(ground.starts[0].group_share, 0.6);
  EXPECT_EQ(ground.exits[0].persons_per_second, 1.5);
  EXPECT_EQ(ground.exits[0].share, 0.25);
  EXPECT_THAT(ground.exits[0].shut, ElementsAre(Period{0, 30}, Period{90, INFINITY}));
  EXPECT_EQ(ground.gates[0].lanes, 4);
  EXPECT_EQ(ground.gates[0].service_s, 8.5);
  EXPECT_NEAR(ground.stairs[0].up->x, 1, 1e-12);
  EXPECT_EQ(ground.stairs[0].up_factor, 0.4);
  EXPECT_EQ(ground.waits[0].capacity, 12);
  EXPECT_TRUE(ground.barriers[0].one_way);
  EXPECT_THAT(ground.closures[0].shut, ElementsAre(Period{-INFINITY, 100}, Period{200, INFINITY}));
  EXPECT_THAT(ground.closures[1].shut, ElementsAre(Period{-INFINITY, 50}));
}

TEST(Site, TellsEveryValueThatCannotBe) {
  const Reading reading = read({site({
      area(R"("role":"walkabel")", ring(0, 0, 20, 10)),
      line(R"("role":"walkable")", "[0,0],[1,1]"),
      line(R"("role":"gate","lanes":0)", "[0,0],[1,1]"),
      line(R"("role":"gate","service_s":"quick")", "[0,0],[1,1]"),
      area(R"("role":"stair","speed_factor":1.5)", ring(0, 0, 1, 1)),
      area(R"("role":"stair","up_factor":0.5)", ring(0, 0, 1, 1)),
      line(R"("role":"exit","shut":"30-10")", "[0,0],[1,1]"),
      line(R"("role":"exit","persons_per_second":0)", "[0,0],[1,1]"),
      line(R"("role":"exit","person_per_second":2)", "[0,0],[1,1]"),
      area(R"("role":"start","agents":2.5)", ring(0, 0, 1, 1)),
      area(R"("role":"start","agents":-1)", ring(0, 0, 1, 1)),
      area(R"("role":"start","group_share":1)", ring(0, 0, 1, 1)),
      line(R"("role":"barrier","one_way":"yes")", "[0,0],[1,1]"),
      area(R"("fill":"#fff")", ring(0, 0, 1, 1)),
      area(R"("role":"stair","to_level":"up")", ring(0, 0, 1, 1)),
      area(R"("role":"closure")", ring(0, 0, 1, 1)),
  })});
  EXPECT_THAT(
      reading.codes,
      ElementsAre("crowd.role", "crowd.geometry", "crowd.property", "crowd.property",
                  "crowd.property", "crowd.property", "crowd.property", "crowd.property",
                  "crowd.property-unknown", "crowd.property", "crowd.property", "crowd.property",
                  "crowd.property", "crowd.role", "crowd.property", "crowd.landing"))
      << reading.told;
  EXPECT_THAT(reading.told, HasSubstr("did you mean 'walkable'"));
  EXPECT_THAT(reading.told, HasSubstr("did you mean 'persons_per_second'"));
  EXPECT_THAT(reading.told, HasSubstr("site:3:1: error: the role 'walkable' does not go"));
}

TEST(Site, WellKnownTextIsWalkableGround) {
  const Reading reading =
      read({"POLYGON ((0 0, 10 0, 10 5, 0 5, 0 0), (1 1, 2 1, 2 2, 1 1))\n"
            "multipolygon(((20 0, 30 0, 30 5, 20 0)),((40 0 7, 50 0 7, 50 5 7, 40 0 7)));"
            "GEOMETRYCOLLECTION (POLYGON Z ((60 0 1, 70 0 1, 70 5 1, 60 0 1)), LINESTRING EMPTY)"});
  EXPECT_EQ(reading.told, "");
  ASSERT_THAT(reading.site.ground.levels[0].walkable, SizeIs(4));
  EXPECT_THAT(reading.site.ground.levels[0].walkable[0].holes, SizeIs(1));
  EXPECT_EQ(reading.site.ground.levels[0].walkable[2].outer[2], (Vec2{50, 5}));
}

TEST(Site, FaultyWellKnownTextIsShownWhereItIs) {
  EXPECT_THAT(
      read({"POLYGON ((0 0, 10 0, 10 5, 0 5))"}).told,
      AllOf(HasSubstr("site:1:10: error: the ring is not closed"), HasSubstr("[crowd.wkt-ring]")));
  EXPECT_THAT(read({"POLYGON ((0 0, 10 x, 10 5, 0 0))"}).told, HasSubstr("site:1:19: error"));
  EXPECT_THAT(read({"CIRCLE (0 0 5)"}).told, HasSubstr("[crowd.wkt-syntax]"));
  EXPECT_THAT(read({"POLYGON ((0 0, 1 1, 0 0))"}).codes, ElementsAre("crowd.wkt-ring"));
  EXPECT_THAT(read({"POLYGON (("}).codes, ElementsAre("crowd.wkt-syntax"));
  EXPECT_THAT(read({"POINT (1e999 0)"}).codes, ElementsAre("crowd.wkt-syntax"));
}

TEST(Site, GroundAndRolesMayBeInTwoFiles) {
  const std::string room = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";
  for (const auto& files : {std::vector<std::string>{site({kDoor, kStart}), room},
                            std::vector<std::string>{room, site({kDoor, kStart})}}) {
    const Reading reading = read(files);
    EXPECT_EQ(reading.told, "");
    ASSERT_THAT(reading.site.ground.levels[0].walkable, SizeIs(1));
    EXPECT_EQ(reading.site.ground.levels[0].walkable[0].outer[2], (Vec2{10, 10}));
    EXPECT_THAT(reading.site.ground.exits, SizeIs(1));
    EXPECT_THAT(reading.site.ground.starts, SizeIs(1));
  }
  // Only polygons are ground; and what GeoJSON leaves without a role beside others stays out.
  EXPECT_THAT(read({site({kDoor}), "LINESTRING (0 0, 1 1)"}).told, HasSubstr("without a role"));
  const Reading other = read({site({kDoor}), site({area("", "[[0,0],[9,0],[9,9],[0,0]]")}), room});
  EXPECT_THAT(other.told, HasSubstr("without a role"));
  EXPECT_THAT(other.site.ground.levels[0].walkable, SizeIs(1));
}

TEST(Site, DegreesBecomeMetresAboutTheMiddle) {
  std::string text =
      site({area(R"("role":"walkable")",
                 "[[116.39,39.90],[116.40,39.90],[116.40,39.91],[116.39,39.91],[116.39,39.90]]")});
  text.replace(text.find(R"("units":"m",)"), 12, "");
  const Reading reading = read({text});
  EXPECT_EQ(reading.told, "");
  ASSERT_TRUE(reading.site.origin);
  EXPECT_NEAR(reading.site.origin->lat_deg, 39.905, 1e-9);
  const geo::Polygon& square = reading.site.ground.levels[0].walkable[0];
  // A hundredth of a degree there: 855 m and 1110 m.
  EXPECT_NEAR(geo::area(square), 855.0 * 1110.4, 2000);
  EXPECT_NEAR(geo::centroid(square).x, 0, 1);
  EXPECT_THAT(read({text, site({kRoom})}).codes, ElementsAre("crowd.units"));
}

TEST(Site, NationalGridsAreMovedNearTheOrigin) {
  const Reading reading = read(
      {site({area(R"("role":"walkable")", ring(4'436'000, 5'418'000, 4'436'100, 5'418'050))})});
  EXPECT_EQ(reading.told, "");
  EXPECT_EQ(reading.site.offset, (Vec2{4'436'050, 5'418'025}));
  EXPECT_EQ(reading.site.ground.levels[0].walkable[0].outer[0], (Vec2{-50, -25}));
  EXPECT_THAT(read({site({area(R"("role":"walkable")", ring(0, 0, 500'000, 10))})}).codes,
              ElementsAre("crowd.too-wide"));
}

TEST(Site, AStartOfTwoPartsHasItsPeopleOnce) {
  const Reading reading = read(
      {site({kRoom, R"({"type":"Feature","properties":{"role":"start","agents":100},"geometry":)"
                    R"({"type":"MultiPolygon","coordinates":[[)" +
                        ring(0, 0, 2, 2) + "],[" + ring(4, 0, 10, 2) + "]]}}"})});
  ASSERT_THAT(reading.site.ground.starts, SizeIs(2));
  EXPECT_EQ(reading.site.ground.starts[0].agents, 25);
  EXPECT_EQ(reading.site.ground.starts[1].agents, 75);
}

TEST(Site, ALandingIsFoundWhereTheOtherLevelBegins) {
  const Reading reading = read({site({
      area(R"("role":"walkable","level":0)", ring(0, 0, 10, 4)),
      area(R"("role":"stair","level":0,"to_level":1,"speed_factor":0.5)", ring(10, 1, 15, 3)),
      area(R"("role":"walkable","level":1)", ring(15, 0, 25, 4)),
  })});
  EXPECT_EQ(reading.told, "");
  const Stair& stair = reading.site.ground.stairs[0];
  ASSERT_TRUE(stair.join);
  EXPECT_EQ(stair.join->level, 1);
  EXPECT_EQ(stair.join->landing.from.x, 15);
  EXPECT_EQ(stair.join->landing.to.x, 15);
  EXPECT_EQ(*stair.up, (Vec2{1, 0}));
}

TEST(CheckGround, AGoodSiteHasNoFaults) {
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart}), IsEmpty());
}

TEST(CheckGround, AllFaultsAtOnceEachWithItsPlace) {
  const Reading reading = read({site({
      kRoom,
      kStart,
      kDoor,
      area(R"("role":"walkable")", "[[20,0],[30,10],[30,0],[20,10],[20,0]]"),
      area(R"("role":"obstacle")", ring(6, 6, 8, 8)),
      area(R"("role":"obstacle")", ring(7, 7, 9, 9)),
      line(R"("role":"exit","name":"far")", "[50,0],[50,2]"),
      line(R"("role":"barrier")", "[0,5.5],[6,5.5]"),
      line(R"("role":"gate","name":"wide")", "[4,5.5],[7.5,5.5]"),
      area(R"("role":"start","agents":10,"name":"lost")", ring(8, -3, 9, -1)),
      area(R"("role":"start","agents":100,"name":"full")", ring(1, 8, 3, 10)),
  })});
  EXPECT_EQ(reading.told, "");
  const auto faults = check_ground(reading.site.ground);
  std::vector<std::string> codes;
  for (const Fault& fault : faults) codes.push_back(fault.diagnostic.code);
  EXPECT_THAT(codes, UnorderedElementsAre("crowd.polygon", "crowd.overlapping-walls",
                                          "crowd.gate-too-wide", "crowd.start-outside",
                                          "crowd.start-too-full", "crowd.exit-unreachable"));
  EXPECT_TRUE(has_errors(faults));
  for (const Fault& fault : faults) {
    EXPECT_TRUE(fault.diagnostic.span.known()) << fault.diagnostic.code;
    EXPECT_FALSE(fault.shown.empty());
  }
  const auto at = [&](std::string_view code) {
    return std::find_if(faults.begin(), faults.end(),
                        [&](const Fault& f) { return f.diagnostic.code == code; })
        ->place;
  };
  EXPECT_EQ(at("crowd.polygon"), (Vec2{25, 5}));
  EXPECT_EQ(at("crowd.overlapping-walls"), (Vec2{7.5, 7.5}));
  const std::string drawing = draw_ground(reading.site.ground, faults);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    EXPECT_THAT(drawing, HasSubstr(">" + std::to_string(i + 1) + "</text>"));
    EXPECT_THAT(drawing, HasSubstr("[" + faults[i].diagnostic.code + "]"));
  }
}

TEST(CheckGround, NothingToWalkOnAndNowhereToGo) {
  EXPECT_THAT(faults_of({kDoor}), ElementsAre("no-ground"));
  EXPECT_THAT(faults_of({kRoom, kStart}), ElementsAre("no-exit"));
  EXPECT_THAT(faults_of({kRoom, kStart, area(R"("role":"wait")", ring(6, 6, 9, 9))}),
              ElementsAre("no-exit"));
}

TEST(CheckGround, AnExitBehindAFenceIsUnreachableUnlessSomethingOpens) {
  const std::string fence = line(R"("role":"barrier")", "[7,0],[7,10]");
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, fence}),
              ElementsAre("exit-unreachable", "start-enclosed"));
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, fence, line(R"("role":"gate")", "[7,2],[7,4]")}),
              IsEmpty());
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, fence,
                         line(R"("role":"gate","open":"500-600")", "[7,2],[7,4]")}),
              IsEmpty());
  EXPECT_THAT(
      faults_of({kRoom, kDoor, kStart, fence, line(R"("role":"gate","shut":"-")", "[7,2],[7,4]")}),
      ElementsAre("exit-unreachable", "start-enclosed"));
}

TEST(CheckGround, APartOfAStartMayBeCutOff) {
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, line(R"("role":"barrier")", "[0,3],[3,3],[3,0]")}),
              ElementsAre("start-enclosed"));
}

TEST(CheckGround, GatesFitTheirWalls) {
  const std::string fence = line(R"("role":"barrier")", "[7,2],[7,8]");
  const auto gate = [](const std::string& points) { return line(R"("role":"gate")", points); };
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, fence, gate("[7,2],[7,8]")}), IsEmpty());
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, fence, gate("[7,2],[7,9]")}),
              ElementsAre("gate-too-wide"));
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, gate("[7,0],[7,11]")}),
              ElementsAre("gate-too-wide"));
  // Across the whole room it ends at walls.
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, gate("[7,0],[7,10]")}), IsEmpty());
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, gate("[7,3],[7,10]")}), ElementsAre("gate-loose?"));
  // A gap between two fences.
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, line(R"("role":"barrier")", "[7,0],[7,4]"),
                         line(R"("role":"barrier")", "[7,6],[7,10]"), gate("[7,4],[7,6]")}),
              IsEmpty());
}

// ---- drawn queues

TEST(Site, AQueueIsOfTheGateThatItNamesOrBeginsAt) {
  const auto gate = [](const char* name, const char* points) {
    return line(R"("role":"gate","service_s":5,"name":")" + std::string(name) + "\"", points);
  };
  const std::string west = gate("west", "[2,5],[4,5]");
  const std::string east = gate("east", "[6,5],[8,5]");
  const Reading reading = read({site({
      line(R"("role":"queue","name":"snake")", "[7,5],[7,1],[6,1]"),
      kRoom,
      west,
      east,
      line(R"("role":"queue","gate":"west")", "[3,5],[3,1]"),
  })});
  EXPECT_EQ(reading.told, "");
  const auto& gates = reading.site.ground.gates;
  ASSERT_THAT(gates, SizeIs(2));
  ASSERT_THAT(gates[0].queues, SizeIs(1));
  EXPECT_THAT(gates[0].queues[0].line, ElementsAre(Vec2{3, 5}, Vec2{3, 1}));
  ASSERT_THAT(gates[1].queues, SizeIs(1));
  EXPECT_EQ(gates[1].queues[0].name, "snake");

  EXPECT_THAT(
      read({site({kRoom, west, line(R"("role":"queue","gate":"wst")", "[3,5],[3,1]")})}).told,
      AllOf(HasSubstr("crowd.queue-gate"), HasSubstr("west")));
  EXPECT_THAT(read({site({kRoom, line(R"("role":"queue")", "[3,5],[3,1]")})}).codes,
              ElementsAre("crowd.queue-gate"));
  EXPECT_THAT(read({site({kRoom, west, area(R"("role":"queue")", ring(1, 1, 2, 2))})}).codes,
              ElementsAre("crowd.geometry"));
}

TEST(CheckGround, DrawnQueuesAreWherePeopleCanStand) {
  const std::string fence = line(R"("role":"barrier")", "[7,0],[7,10]");
  const auto faults = [&](const std::vector<std::string>& further,
                          const char* gate = R"("service_s":5,"lanes":2)") {
    std::vector<std::string> all = {kRoom, kDoor, kStart, fence,
                                    line(R"("role":"gate",)" + std::string(gate), "[7,4],[7,6]")};
    all.insert(all.end(), further.begin(), further.end());
    return faults_of(all);
  };
  const auto queue = [](const char* points) { return line(R"("role":"queue")", points); };
  EXPECT_THAT(faults({queue("[7,5],[3,5],[3,4],[6,4]")}), IsEmpty());
  EXPECT_THAT(faults({queue("[7,5.5],[3,5.5]"), queue("[7,4.5],[3,4.5]")}), IsEmpty());
  // Across the fence, across the wall of the room, across an obstacle.
  EXPECT_THAT(faults({queue("[7,5],[5,5],[5,8],[8,8]")}), ElementsAre("queue-wall"));
  EXPECT_THAT(faults({queue("[7,5],[5,5],[5,12]")}), ElementsAre("queue-wall"));
  EXPECT_THAT(faults({queue("[7,5],[5,5]"), area(R"("role":"obstacle")", ring(5.5, 4, 6.5, 6))}),
              ElementsAre("queue-wall"));
  // Out through its gate, where no ground is: it crosses nothing.
  EXPECT_THAT(
      faults_of({kRoom, kDoor, kStart, line(R"("role":"gate","service_s":5)", "[0,4],[0,6]"),
                 queue("[0,5],[-4,5]")}),
      Contains("queue-wall"));
  // Away from its gate, towards its gate, without a lane, without a service.
  EXPECT_THAT(faults({queue("[5,5],[3,5]")}), ElementsAre("queue-gate"));
  EXPECT_THAT(faults({queue("[3,5],[7,5]")}), ElementsAre("queue-gate"));
  EXPECT_THAT(faults({queue("[7,5.5],[3,5.5]"), queue("[7,4.5],[3,4.5]")}, R"("service_s":5)"),
              ElementsAre("queue-gate"));
  EXPECT_THAT(faults({queue("[7,5],[3,5]")}, R"("lanes":2)"), ElementsAre("queue-gate"));
  // On each other, and on themselves.
  EXPECT_THAT(faults({queue("[7,5.5],[3,5.5]"), queue("[7,5.3],[3,5.3]")}),
              ElementsAre("queue-overlap"));
  EXPECT_THAT(faults({queue("[7,5.5],[3,5.5]"), queue("[7,4.5],[5,4.5],[5,8]")}),
              ElementsAre("queue-overlap"));
  EXPECT_THAT(faults({queue("[7,5],[3,5],[3,3],[5,3],[5,8]")}), ElementsAre("queue-overlap"));
  EXPECT_THAT(faults({queue("[7,5],[3,5],[3,4.8],[6,4.8]")}), ElementsAre("queue-overlap"));
}

TEST(CheckGround, AFaultyQueueHasItsPlace) {
  const Reading reading = read({site({
      kRoom,
      kDoor,
      kStart,
      line(R"("role":"barrier")", "[7,0],[7,10]"),
      line(R"("role":"gate","service_s":5)", "[7,4],[7,6]"),
      line(R"("role":"queue","name":"snake")", "[7,5],[5,5],[5,8],[8,8]"),
  })});
  const std::vector<Fault> faults = check_ground(reading.site.ground);
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_EQ(faults[0].place, (Vec2{7, 8}));
  EXPECT_TRUE(faults[0].diagnostic.span.known());
  EXPECT_THAT(faults[0].shown, SizeIs(3));
  EXPECT_THAT(draw_ground(reading.site.ground, faults),
              HasSubstr("the queue &#39;snake&#39; crosses a wall"));
}

TEST(CheckGround, BarriersOnEachOtherAndWaitsOutside) {
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, line(R"("role":"barrier")", "[7,2],[7,8]"),
                         line(R"("role":"barrier")", "[7,6],[7,9]")}),
              ElementsAre("overlapping-walls"));
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, line(R"("role":"barrier")", "[7,2],[7,8]"),
                         line(R"("role":"barrier")", "[6,5],[8,5]")}),
              IsEmpty());
  EXPECT_THAT(faults_of({kRoom, kDoor, kStart, area(R"("role":"wait")", ring(5, 5, 12, 8))}),
              ElementsAre("wait-outside"));
}

// 600 on 100 m2, and 2 m of exit for 60 s at 2 a second and metre: 240.
TEST(CheckGround, PeopleWhoComeOneAfterAnotherFitOrWaitOutside) {
  const auto coming = [](int people, const std::string& exit) {
    return faults_of({kRoom, exit,
                      area(R"("role":"start","until_s":60,"agents":)" + std::to_string(people),
                           ring(0, 0, 4, 4))});
  };
  EXPECT_THAT(coming(840, kDoor), IsEmpty());
  EXPECT_THAT(coming(841, kDoor), ElementsAre("more-than-fit?"));
  const std::string counted = line(R"("role":"exit","persons_per_second":1)", "[10,4],[10,6]");
  EXPECT_THAT(coming(660, counted), IsEmpty());
  EXPECT_THAT(coming(661, counted), ElementsAre("more-than-fit?"));
}

TEST(CheckGround, PeopleWhoComeLaterNeedNotFitAtOnce) {
  EXPECT_THAT(faults_of({kRoom, kDoor, area(R"("role":"start","agents":97)", ring(0, 0, 4, 4))}),
              ElementsAre("start-too-full"));
  EXPECT_THAT(faults_of({kRoom, kDoor, area(R"("role":"start","agents":96)", ring(0, 0, 4, 4))}),
              IsEmpty());
  EXPECT_THAT(faults_of({kRoom, kDoor,
                         area(R"("role":"start","agents":5000,"until_s":3600)", ring(0, 0, 4, 4))}),
              IsEmpty());
}

/// docs/messages.md has every id of the sources in its section, and no other.
TEST(CheckGround, EveryMessageIsOnThePage) {
  const std::filesystem::path root(test::source_dir());
  const auto text_of = [](const std::filesystem::path& path) {
    std::ifstream stream(path);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  const auto ids = [](const std::string& text, const char* pattern) {
    std::set<std::string> out;
    const std::regex id(pattern);
    for (std::sregex_iterator each(text.begin(), text.end(), id), end; each != end; ++each) {
      out.insert(each->str(1));
    }
    return out;
  };
  std::set<std::string> used;
  for (const auto& entry : std::filesystem::directory_iterator(root / "modules/crowd/src")) {
    used.merge(ids(text_of(entry.path()), "\"(crowd\\.[a-z-]+)\""));
  }
  EXPECT_GT(used.size(), 20U);
  // Findings of a show's crowd have a section of their own.
  const std::string page = text_of(root / "docs/messages.md");
  const std::size_t begin = page.find("\n## Sites of crowds\n");
  ASSERT_NE(begin, std::string::npos);
  const std::string section = page.substr(begin, page.find("\n## ", begin + 1) - begin);
  EXPECT_EQ(used, ids(section, "- `(crowd\\.[a-z-]+)`"));
}

}  // namespace
}  // namespace defilada::crowd
