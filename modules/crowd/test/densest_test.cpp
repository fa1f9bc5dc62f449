// SPDX-License-Identifier: MIT
#include "densest.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

struct At {
  double x;
  double y;
  std::uint16_t level;
};

Columns columns_of(const std::vector<At>& people) {
  Columns out;
  out.resize(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    out.x[i] = to_fixed(people[i].x);
    out.y[i] = to_fixed(people[i].y);
    out.level[i] = people[i].level;
  }
  return out;
}

/// Every square of 2 m, one after the other, and everybody asked whether he is on it.
Densest::Found by_asking_all(const std::vector<At>& people, Vec2 origin, int columns, int rows,
                             double least) {
  Densest::Found best{least, {}};
  for (std::uint16_t level = 0; level < 3; ++level) {
    for (int row = 0; row + 1 < rows; ++row) {
      for (int column = 0; column + 1 < columns; ++column) {
        const Vec2 low = origin + Vec2{double(column), double(row)};
        int on = 0;
        for (const At& each : people) {
          on += each.level == level && each.x >= low.x && each.x < low.x + 2 && each.y >= low.y &&
                        each.y < low.y + 2
                    ? 1
                    : 0;
        }
        if (on / 4.0 > best.density) best = {on / 4.0, low + Vec2{1, 1}};
      }
    }
  }
  return best;
}

TEST(Densest, IsThatOfAllSquares) {
  for (std::uint32_t run = 0; run < 300; ++run) {
    Random random(11, run, 0);
    const int columns = 2 + static_cast<int>(random.below(9));
    const int rows = 2 + static_cast<int>(random.below(9));
    const Vec2 origin{-double(random.below(5)), double(random.below(5))};
    std::vector<At> people(random.below(60));
    for (At& each : people) {
      each = {origin.x + random.uniform(0, columns), origin.y + random.uniform(0, rows),
              static_cast<std::uint16_t>(random.below(3))};
    }
    const double least = random.below(3) == 0 ? 0.25 * random.below(8) : 0;
    Densest densest(origin, static_cast<std::uint64_t>(columns), static_cast<std::uint64_t>(rows));
    densest.add(columns_of({{origin.x, origin.y, 0}}));
    densest.clear();
    densest.add(columns_of(people));
    const auto found = densest.denser_than(least);
    const auto wanted = by_asking_all(people, origin, columns, rows, least);
    EXPECT_EQ(found.density, wanted.density) << run;
    if (wanted.density == least) continue;
    EXPECT_EQ(found.place, wanted.place) << run;
  }
}

/// All squares of a county would take 7 GB a level.
TEST(Densest, OfAWideSiteKeepsWhereSomebodyIs) {
  Densest densest({-30'000, -30'000}, 60'000, 60'000);
  densest.add(columns_of({{1.5, 1.5, 0},
                          {20'000.2, 20'000.2, 1},
                          {20'001.2, 19'999.9, 1},
                          {20'000.2, 20'000.4, 0},
                          {30'001, 5, 0},
                          {30'001, 5, 0}}));
  const auto found = densest.denser_than(0);
  EXPECT_EQ(found.density, 0.5);
  EXPECT_EQ(found.place, (Vec2{20'001, 20'000}));
}

}  // namespace
}  // namespace defilada::crowd
