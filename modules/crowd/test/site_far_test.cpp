// SPDX-License-Identifier: MIT
// Sites that reach farther than the engine's coordinates.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "defilada/crowd/check_ground.hpp"
#include "defilada/crowd/simulation.hpp"
#include "site_text.hpp"

namespace defilada::crowd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// The engine's coordinates end: what is wider than they reach is told at the feature that is out
/// of the way, what is not lies within them however the file has it.
TEST(Site, NothingLiesBeyondTheEnginesCoordinates) {
  const auto box = [](double x, double y) {
    return area(R"("role":"walkable")", ring(x, y, x + 10, y + 10));
  };
  const std::string lost = box(40'000, 0);
  const std::string text = site({box(0, 0), lost, box(20, 0), box(40, 0)});
  const Reading wide = read({text});
  EXPECT_THAT(wide.codes, ElementsAre("crowd.too-wide"));
  ASSERT_FALSE(wide.spans.empty());
  EXPECT_EQ(text.substr(wide.spans[0].begin, lost.size()), lost);
  for (const double x : {-29'000.0, -8'000.0, 0.0, 3'000.0, 5e6}) {
    const Reading reading = read({site({box(x, 0), box(x + 31'700, 0)})});
    EXPECT_EQ(reading.told, "");
    for (const geo::Polygon& each : reading.site.ground.levels[0].walkable) {
      for (const Vec2& p : each.outer) {
        EXPECT_LE(std::abs(p.x), kFarthest_m);
        EXPECT_NEAR(to_metres(to_fixed(p.x)), p.x, 1e-4);
      }
    }
  }
  // In degrees: 40 km east to west, and north to south.
  for (const char* const points : {"[[20.5,52],[21,52],[21,52.001],[20.5,52.001],[20.5,52]]",
                                   "[[21,52],[21.01,52],[21.01,52.4],[21,52.4],[21,52]]"}) {
    std::string degrees = site({area(R"("role":"walkable")", points)});
    degrees.replace(degrees.find(R"("units":"m",)"), 12, "");
    const bool north = degrees.find("52.4") != std::string::npos;
    EXPECT_EQ(read({degrees}).codes.size(), 1U) << north;
  }
}

/// Of a ground that no file gave, a show's: each member that lies too far, and nothing else.
TEST(CheckGround, WhatLiesTooFarFromTheOriginIsTold) {
  Ground ground = read({site({kRoom, kDoor, kStart})}).site.ground;
  EXPECT_THAT(check_ground(ground), IsEmpty());
  ground.levels[0].walkable.push_back({{{0, 0}, {20'000, 0}, {20'000, 5}}, {}});
  ground.exits[0].shape = Line{{0, -16'001}, {1, -16'001}};
  const auto faults = check_ground(ground);
  ASSERT_THAT(faults, SizeIs(2));
  for (const Fault& fault : faults) EXPECT_EQ(fault.diagnostic.code, "crowd.too-far");
  EXPECT_EQ(faults[1].place, (Vec2{0, -16'001}));
  EXPECT_FALSE(Simulation::make(ground, {}, {Journey{{leave(ground)}}}));
}

}  // namespace
}  // namespace defilada::crowd
