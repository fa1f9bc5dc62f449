// SPDX-License-Identifier: MIT
// What is told of a site's run: who does not get on and why, what is too dense, too slow, too long.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "defilada/crowd/site_run.hpp"
#include "defilada/crowd/spells.hpp"

namespace defilada::crowd {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

/// A room of 10 m with a passage 4 m long to the exit.
Site room_with_passage(double width_m, std::int64_t people) {
  Site site;
  Ground& ground = site.ground;
  ground.levels.push_back(
      {"", 0, {rectangle(0, 0, 10, 10), rectangle(10, 5 - width_m / 2, 14, 5 + width_m / 2)}, {}});
  ground.exits.push_back(
      {"east", 0, Line{{14, 5 - width_m / 2}, {14, 5 + width_m / 2}}, {}, {}, {}, {}});
  ground.starts.push_back({"bus", 0, rectangle(1, 1, 9, 9), people, 0, 0, {}});
  return site;
}

SiteRun run(const Site& site, double until_s) {
  SiteRunOptions options;
  options.until_s = until_s;
  auto done = run_site(site, options);
  EXPECT_TRUE(done) << (done ? "" : done.error().message.english());
  return done ? *done : SiteRun{};
}

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& each : findings) out.push_back(each.code);
  return out;
}

TEST(Stuck, BeforeAPassageNarrowerThanABody) {
  const Site site = room_with_passage(0.35, 12);
  const SiteRun done = run(site, 90);
  EXPECT_EQ(done.out, 0U);
  std::set<std::uint32_t> who;
  for (const Stuck& each : done.stuck) {
    who.insert(each.who.begin(), each.who.end());
    EXPECT_LT(each.since_s, 60);
  }
  EXPECT_EQ(who.size(), 12U);
  const auto findings = findings_of(site, done);
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(codes_of(findings), testing::Each("crowd.stuck"));
  const auto narrow = std::find_if(done.stuck.begin(), done.stuck.end(),
                                   [](const Stuck& each) { return each.by == Stuck::By::narrow; });
  ASSERT_NE(narrow, done.stuck.end());
  EXPECT_NEAR(narrow->gap_m, 0.35, 0.01);
  EXPECT_NEAR(narrow->body_m, 0.4, 1e-6);
  EXPECT_EQ(narrow->before, Stuck::Before::exit);
  EXPECT_NEAR(narrow->place.x, 10, 1.5);
  EXPECT_NEAR(narrow->place.y, 5, 0.5);
  const auto told = std::find_if(findings.begin(), findings.end(), [](const Finding& each) {
    return each.message.english().find("the way is 0.35 m wide there, a body 0.40 m") !=
           std::string::npos;
  });
  ASSERT_NE(told, findings.end());
  EXPECT_EQ(told->severity, Severity::error);
  EXPECT_THAT(told->who, Contains("person " + std::to_string(narrow->who.front())));
  EXPECT_THAT(told->message.english(), HasSubstr("'east'"));
}

/// A wheelchair before a door in a wall without thickness: it is the door, also for those behind
/// it.
TEST(Stuck, BeforeADoorNarrowerThanAWheelchair) {
  Site site = room_with_passage(2, 12);
  site.ground.barriers.push_back({"", 0, {{12, 4}, {12, 4.6}}, false, {}});
  site.ground.barriers.push_back({"", 0, {{12, 5.4}, {12, 6}}, false, {}});
  Population& who = site.ground.starts[0].population.emplace(pedestrians());
  who.kinds[0].radius_m = 0.45F;
  const SiteRun done = run(site, 120);
  ASSERT_EQ(done.stuck.size(), 1U);
  EXPECT_EQ(done.stuck[0].by, Stuck::By::narrow);
  EXPECT_NEAR(done.stuck[0].gap_m, 0.8, 1e-6);
  EXPECT_NEAR(done.stuck[0].place.x, 12, 0.11);
  EXPECT_EQ(done.stuck[0].who.size(), 12U);
  // Others pass it.
  site.ground.starts[0].population.reset();
  EXPECT_EQ(run(site, 120).out, 12U);
}

/// As wide as a body and a little: all get through, and nothing is told.
TEST(Stuck, NobodyWhoGetsThrough) {
  const Site site = room_with_passage(1, 20);
  const SiteRun done = run(site, 300);
  EXPECT_EQ(done.out, 20U);
  EXPECT_THAT(findings_of(site, done), IsEmpty());
}

/// The exit is shut for good while they are on their way.
TEST(Stuck, WhereNoWayLeadsOut) {
  Site site = room_with_passage(2, 10);
  site.ground.exits[0].shut = {{3, std::numeric_limits<double>::infinity()}};
  const SiteRun done = run(site, 60);
  const auto findings = findings_of(site, done);
  ASSERT_THAT(codes_of(findings), ElementsAre("crowd.stuck"));
  EXPECT_THAT(findings.front().who, SizeIs(10));
  EXPECT_THAT(findings.front().message.english(), HasSubstr("no way leads on from there"));
  ASSERT_TRUE(findings.front().begin);
  EXPECT_NEAR(findings.front().begin->seconds(), 3, 8);
}

/// Who waits for what will open, or in a queue that moves, is not stuck: the run was too short.
TEST(Stuck, NotThoseWhoWait) {
  Site site = room_with_passage(2, 10);
  site.ground.exits[0].shut = {{0, 500}};
  EXPECT_THAT(codes_of(findings_of(site, run(site, 120))), ElementsAre("crowd.unfinished"));

  site = room_with_passage(2, 10);
  site.ground.gates.push_back({"check", 0, {{10, 4}, {10, 6}}, 1, 40, {}, {}});
  const SiteRun queue = run(site, 200);
  EXPECT_LT(queue.out, 10U);
  EXPECT_THAT(queue.stuck, IsEmpty());
  EXPECT_THAT(codes_of(findings_of(site, queue)), ElementsAre("crowd.unfinished"));

  site = room_with_passage(2, 10);
  site.ground.waits.push_back({"lawn", 0, rectangle(1, 1, 9, 9), 400, {}, {}});
  const SiteRun wait = run(site, 200);
  EXPECT_THAT(wait.stuck, IsEmpty());
  EXPECT_THAT(codes_of(findings_of(site, wait)), ElementsAre("crowd.unfinished"));

  // Who finds it full waits beside it: a warning.
  site.ground.waits[0].polygon = rectangle(7, 4, 9, 6);
  site.ground.starts[0].agents = 40;
  for (const Finding& each : findings_of(site, run(site, 200))) {
    EXPECT_EQ(each.severity, Severity::warning) << each.message;
  }

  site = room_with_passage(2, 10);
  site.ground.closures.push_back({"crossing", 0, Line{{12, 4}, {12, 6}}, {{0, 1000}}, {}});
  EXPECT_THAT(codes_of(findings_of(site, run(site, 120))), ElementsAre("crowd.unfinished"));
}

TEST(Limits, AreThoseOfAShowUnlessSaid) {
  const SiteLimits limits;
  EXPECT_EQ(limits.density, 4.7);
  EXPECT_EQ(limits.density_for_s, 180);
  EXPECT_EQ(limits.wait_s, 3600);
  EXPECT_EQ(limits.clear_s, 3600);
  EXPECT_FALSE(limits.service);
}

/// Many before a narrow door: too dense there by a low limit, with the door that would mend it.
TEST(Limits, DensityForAWhileIsAnError) {
  Site site = room_with_passage(1.2, 250);
  site.limits.density = 2.5;
  site.limits.density_for_s = 30;
  const SiteRun done = run(site, 600);
  EXPECT_EQ(done.out, 250U);
  const auto findings = findings_of(site, done);
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(codes_of(findings), testing::Each("crowd.dense"));
  EXPECT_EQ(findings[0].severity, Severity::error);
  EXPECT_THAT(findings[0].message.english(), HasSubstr("over 2.5 people per m² for"));
  EXPECT_THAT(findings[0].message.english(), HasSubstr("open a second exit of"));
  ASSERT_TRUE(findings[0].place);
  // Nothing is denser than bodies can be, and where it is nobody stands as long.
  site.limits.density = 7;
  EXPECT_THAT(run(site, 600).dense, IsEmpty());
  site.limits.density = 2.5;
  site.limits.density_for_s = 590;
  EXPECT_THAT(run(site, 600).dense, IsEmpty());
}

/// In a waiting area people stand as close as its places are: nothing is told of that.
TEST(Limits, NotWherePeopleAreToStandClose) {
  Site site = room_with_passage(2, 60);
  site.ground.waits.push_back({"lawn", 0, rectangle(1, 1, 7, 9), 300, {}, {}});
  site.limits.density = 1.5;
  site.limits.density_for_s = 120;
  const SiteRun done = run(site, 280);
  EXPECT_GT(done.max_density, 1.5);
  EXPECT_THAT(done.dense, IsEmpty());
}

TEST(Limits, ServiceWaitAndClearance) {
  Site site = room_with_passage(1.2, 150);
  site.limits.service = LevelOfService::d;
  site.limits.density_for_s = 20;
  site.limits.clear_s = 20;
  const SiteRun done = run(site, 600);
  EXPECT_THAT(codes_of(findings_of(site, done)),
              testing::AllOf(Contains("crowd.low-service"), Contains("crowd.slow-clearance")));
  site.limits.service = LevelOfService::f;  // anything will do
  site.limits.clear_s = 500;
  site.limits.density_for_s = 180;
  EXPECT_THAT(findings_of(site, run(site, 600)), IsEmpty());

  site = room_with_passage(2, 10);
  site.ground.gates.push_back({"check", 0, {{10, 4}, {10, 6}}, 2, 20, {}, {}});
  site.limits.wait_s = 60;
  const auto findings = findings_of(site, run(site, 600));
  ASSERT_THAT(codes_of(findings), ElementsAre("crowd.long-wait"));
  EXPECT_THAT(findings[0].message.english(),
              HasSubstr("before the gate 'check', longer than 60 s"));
}

TEST(Limits, OfLevelsOfService) {
  for (const double area : {3.24, 2.32, 1.39, 0.93, 0.46}) {
    const LevelOfService level = level_of_service(0.999 / area);
    EXPECT_DOUBLE_EQ(most_dense(level), 1 / area);
    EXPECT_GT(level_of_service(1.001 / area), level);
  }
  EXPECT_TRUE(std::isinf(most_dense(LevelOfService::f)));
}

/// Against a plain list of what each cell had: the longest stretches over the limit.
TEST(Spells, AreThoseOfAListOfAllThatWasSeen) {
  std::mt19937 random(3);
  const CellRaster raster{{10, 20}, 2, 5, 4, 2};
  for (int trial = 0; trial < 50; ++trial) {
    constexpr double kLimit = 4;
    constexpr int kLasts = 3;
    Spells spells(raster.size(), kLimit, kLasts);
    std::vector<std::vector<float>> seen(raster.size());
    for (int t = 0; t < 12; ++t) {
      for (std::size_t c = 0; c < raster.size(); ++c) {
        seen[c].push_back(static_cast<float>(random() % 12));
        spells.see(c, t, seen[c].back());
      }
    }
    std::size_t cells = 0;
    double first = 1e9;
    double most = 0;
    for (const auto& list : seen) {
      bool any = false;
      int over = 0;
      for (int t = 0; t < 12; ++t) {
        over = list[static_cast<std::size_t>(t)] > kLimit ? over + 1 : 0;
        if (over <= kLasts) continue;
        if (!any) first = std::min<double>(first, t + 1 - over);
        any = true;
        most = std::max<double>(most, list[static_cast<std::size_t>(t)]);
      }
      cells += any ? 1 : 0;
    }
    const auto joined = spells.joined(raster);
    std::size_t in_spells = 0;
    double greatest = 0;
    for (const Spell& each : joined) {
      in_spells += each.cells;
      greatest = std::max(greatest, each.density);
      EXPECT_GE(each.to_s - each.from_s, kLasts);
      const std::size_t cell = raster.cell(each.level, each.place.x, each.place.y);
      ASSERT_NE(cell, CellRaster::kNone);
      EXPECT_THAT(seen[cell], Contains(static_cast<float>(each.density)));
    }
    EXPECT_EQ(in_spells, cells);
    if (cells == 0) continue;
    EXPECT_EQ(joined.front().from_s, first);
    EXPECT_EQ(greatest, most);
  }
  // Touching at a corner is touching; being above each other on two levels is not.
  Spells spells(raster.size(), 1, 0);
  for (const std::size_t cell : {std::size_t{0}, std::size_t{6}, std::size_t{20}}) {
    spells.see(cell, 0, 2);
  }
  EXPECT_THAT(spells.joined(raster), SizeIs(2));
}

}  // namespace
}  // namespace defilada::crowd
