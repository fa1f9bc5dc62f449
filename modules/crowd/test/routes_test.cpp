// SPDX-License-Identifier: MIT
#include "routes.hpp"

#include <gtest/gtest.h>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

// Places are whole multiples of 2^-16 m, so that one step in some thousands ends on a line. Here
// they are whole metres: one in seven does.
TEST(Crosses, AsOftenAsTheSideChanges) {
  const Segment line = {{0, -1000}, {0, 1000}};
  const auto on_left = [](Vec2 p) { return p.x < 0; };
  int stood_on_it = 0;
  for (std::uint32_t walk = 0; walk < 200; ++walk) {
    Random random(5, walk, 0);
    const auto step = [&] { return static_cast<double>(random.below(7)) - 3; };
    Vec2 at = {step(), step()};
    const bool began_left = on_left(at);
    bool odd = false;
    for (int k = 0; k < 50; ++k) {
      const Vec2 next = {step(), at.y + step()};
      stood_on_it += next.x == 0 ? 1 : 0;
      if (crosses(line, at, next)) odd = !odd;
      at = next;
    }
    EXPECT_EQ(odd, began_left != on_left(at)) << "walk " << walk;
  }
  EXPECT_GT(stood_on_it, 1000);
}

TEST(Crosses, NotBesideItsEnds) {
  const Segment line = {{0, 0}, {0, 2}};
  EXPECT_TRUE(crosses(line, {-1, 1}, {1, 1}));
  EXPECT_TRUE(crosses(line, {1, 1}, {-1, 1}));
  EXPECT_FALSE(crosses(line, {-1, 2.1}, {1, 2.1}));
  EXPECT_FALSE(crosses(line, {-1, -0.1}, {1, -0.1}));
  EXPECT_FALSE(crosses(line, {0.5, 0}, {0.5, 2}));
}

}  // namespace
}  // namespace defilada::crowd
