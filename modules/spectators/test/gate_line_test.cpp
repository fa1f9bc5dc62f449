// SPDX-License-Identifier: MIT
// Who passes a gate is counted once, however near to its line they are looked at.
#include "gate_line.hpp"

#include <gtest/gtest.h>

#include "defilada/core/random.hpp"

namespace defilada::spectators {
namespace {

// The south gate of Beijing: as far out, a float tells no two places apart that are 2^-16 m apart.
const GateLine kGate({{-50, -600}, {50, -600}});

ExactPlace at(double x, double y) {
  return {crowd::to_fixed(x), crowd::to_fixed(y)};
}

TEST(GateLine, WhoIsSeenAHairBeforeItPassesWithTheNextStep) {
  for (crowd::Fixed hair = -4; hair <= 4; ++hair) {
    ExactPlace near = at(25.11, -600);
    near[1] += hair;
    const ExactPlace before = at(25.01, -600.5);
    const ExactPlace behind = at(25.8, -598.7);
    EXPECT_NE(kGate.crossed(before, near), kGate.crossed(near, behind)) << hair;
  }
}

TEST(GateLine, WhoComesToTheOtherSideCrossesAnOddNumberOfTimes) {
  for (std::uint32_t walker = 0; walker < 200; ++walker) {
    Random random(7, walker, 0);
    ExactPlace was = at(random.uniform(-40, 40), -601);
    int crossings = 0;
    for (int step = 0; step < 50; ++step) {
      ExactPlace now = at(random.uniform(-40, 40), -600);
      now[1] += static_cast<crowd::Fixed>(random.uniform(-3, 3));
      crossings += kGate.crossed(was, now) ? 1 : 0;
      was = now;
    }
    crossings += kGate.crossed(was, at(0, -599)) ? 1 : 0;
    EXPECT_EQ(crossings % 2, 1) << walker;
  }
}

TEST(GateLine, ACornerCutAtItsEndCounts) {
  EXPECT_TRUE(kGate.crossed(at(50.4, -600.3), at(50.4, -599.7)));
  EXPECT_FALSE(kGate.crossed(at(50.6, -600.3), at(50.6, -599.7)));
}

}  // namespace
}  // namespace defilada::spectators
