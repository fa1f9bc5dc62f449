// SPDX-License-Identifier: MIT
#include "defilada/formation/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "defilada/core/random.hpp"
#include "defilada/formation/figure.hpp"

namespace defilada::formation {
namespace {

constexpr std::array kShapes = {Shape::block,   Shape::column,       Shape::arrow, Shape::vic,
                                Shape::echelon, Shape::line_abreast, Shape::trail, Shape::box,
                                Shape::diamond, Shape::ring,         Shape::figure};
constexpr int kSpecs = 300;

int whole(Random& random, int low, int high) {
  return low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low + 1)));
}

/// A spec that its shape can have.
Spec random_spec(Random& random) {
  Spec spec;
  spec.shape = kShapes[random.below(kShapes.size())];
  spec.files = whole(random, 1, 30);
  spec.ranks = whole(random, 1, 20);
  spec.count = whole(random, 1, 200);
  spec.leaders = whole(random, 0, std::min(12, spec.count));
  spec.head_files = whole(random, 0, 1) * whole(random, 1, 30);
  spec.interval_m = random.uniform(0.3, 60);
  spec.distance_m = random.uniform(0.3, 60);
  spec.leader_interval_m = whole(random, 0, 1) * random.uniform(0.3, 60);
  spec.leader_distance_m = whole(random, 0, 1) * random.uniform(0.3, 60);
  spec.spacing_m = random.uniform(0.3, 60);
  spec.right = whole(random, 0, 1) == 1;
  spec.from_below = whole(random, 0, 1) == 1;
  if (spec.shape == Shape::box) spec.count = 4 * whole(random, 0, 1);
  if (spec.shape == Shape::diamond)
    spec.count = static_cast<int>(std::pow(whole(random, 1, 14), 2));
  if (spec.shape == Shape::figure) {
    for (int i = whole(random, 1, 3); i > 0; --i) {
      spec.text += static_cast<char>('0' + whole(random, 0, 9));
    }
    spec.count = *least_slots(spec.text) + whole(random, 0, 40);
  }
  return spec;
}

int asked_slots(const Spec& s) {
  if (s.shape == Shape::block) return s.leaders + s.head_files + s.files * s.ranks;
  return s.shape == Shape::box ? 4 : s.count;
}

/// The least of the lengths that the shape uses, as the header says.
double asked_spacing_m(const Spec& s) {
  const double leaders_m =
      std::min(s.leader_interval_m == 0 ? 2 * s.interval_m : s.leader_interval_m,
               s.leader_distance_m == 0 ? s.distance_m : s.leader_distance_m);
  const double grid_m = std::min(s.interval_m, s.distance_m);
  switch (s.shape) {
    case Shape::block:
    case Shape::column: return s.leaders > 0 ? std::min(grid_m, leaders_m) : grid_m;
    case Shape::line_abreast: return s.interval_m;
    case Shape::trail: return s.distance_m;
    case Shape::ring:
    case Shape::figure: return s.spacing_m;
    default: return grid_m;
  }
}

bool is_symmetric(const Spec& s) {
  return s.shape != Shape::figure && s.shape != Shape::echelon &&
         (s.shape != Shape::vic || s.count % 2 == 1);
}

double brute_spacing_m(const Layout& l) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < l.slots.size(); ++i) {
    for (std::size_t j = i + 1; j < l.slots.size(); ++j) {
      least = std::min(least, std::hypot(l.slots[i].back_m - l.slots[j].back_m,
                                         l.slots[i].left_m - l.slots[j].left_m));
    }
  }
  return l.slots.size() < 2 ? 0 : least;
}

class EveryShape : public ::testing::Test {
 protected:
  template <typename Check>
  static void for_random_specs(const Check& check) {
    std::map<Shape, int> seen;
    for (int i = 0; i < kSpecs; ++i) {
      Random random(20250903, static_cast<std::uint32_t>(i), 0);
      const Spec spec = random_spec(random);
      const Result<Layout> made = layout(spec);
      ++seen[spec.shape];
      SCOPED_TRACE(std::string(to_string(spec.shape)) + " " + std::to_string(i) + " count " +
                   std::to_string(spec.count) + " " + spec.text);
      ASSERT_TRUE(made.has_value()) << made.error().message;
      check(spec, *made);
    }
    EXPECT_EQ(seen.size(), kShapes.size());
  }
};

TEST_F(EveryShape, HasExactlyTheAskedSlots) {
  for_random_specs([](const Spec& s, const Layout& l) {
    EXPECT_EQ(static_cast<int>(l.slots.size()), asked_slots(s));
  });
}

TEST_F(EveryShape, BeginsAtTheHeadLineAndMeasuresItself) {
  for_random_specs([](const Spec& s, const Layout& l) {
    const auto back = [](const Slot& a, const Slot& b) { return a.back_m < b.back_m; };
    const auto left = [](const Slot& a, const Slot& b) { return a.left_m < b.left_m; };
    const auto [front, rear] = std::minmax_element(l.slots.begin(), l.slots.end(), back);
    const auto [right, farthest_left] = std::minmax_element(l.slots.begin(), l.slots.end(), left);
    EXPECT_EQ(front->back_m, 0);
    EXPECT_EQ(l.depth_m, rear->back_m);
    EXPECT_EQ(l.width_m, farthest_left->left_m - right->left_m);
    EXPECT_EQ(l.height_m > 0, s.shape == Shape::figure);
    if (is_symmetric(s) || s.shape == Shape::figure) {
      EXPECT_NEAR(farthest_left->left_m, l.width_m / 2, 1e-12 * l.width_m);
    }
  });
}

TEST_F(EveryShape, KeepsTheSpacingAskedAndReportsTheTrueLeast) {
  for_random_specs([](const Spec& s, const Layout& l) {
    const double least_m = brute_spacing_m(l);
    EXPECT_NEAR(l.least_spacing_m, least_m, 1e-12 * least_m);
    if (l.slots.size() < 2) return;
    const double extent_m = l.depth_m + l.width_m;
    EXPECT_GE(least_m, asked_spacing_m(s) - 1e-12 * extent_m);
  });
}

TEST_F(EveryShape, IsItsOwnMirrorImageToTheBitWhereSymmetric) {
  for_random_specs([](const Spec& s, const Layout& l) {
    if (!is_symmetric(s)) return;
    std::vector<std::pair<double, double>> here;
    std::vector<std::pair<double, double>> mirrored;
    for (const Slot& slot : l.slots) {
      here.emplace_back(slot.back_m, slot.left_m);
      mirrored.emplace_back(slot.back_m, -slot.left_m);
    }
    std::sort(here.begin(), here.end());
    std::sort(mirrored.begin(), mirrored.end());
    EXPECT_EQ(here, mirrored);
  });
}

TEST_F(EveryShape, NumbersRanksFromTheFrontAndFilesFromTheRight) {
  for_random_specs([](const Spec& s, const Layout& l) {
    EXPECT_EQ(l.slots.front().rank, 0);
    EXPECT_EQ(l.slots.front().file, 0);
    EXPECT_EQ(l.slots.back().rank + 1, l.ranks);
    for (std::size_t i = 1; i < l.slots.size(); ++i) {
      const Slot& before = l.slots[i - 1];
      const Slot& slot = l.slots[i];
      if (slot.rank == before.rank) {
        EXPECT_EQ(slot.file, before.file + 1);
        EXPECT_GT(slot.left_m, before.left_m);
        const double room_m = s.shape == Shape::figure ? s.spacing_m / 2 : 0;
        EXPECT_LE(std::abs(slot.back_m - before.back_m), room_m);
      } else {
        EXPECT_EQ(slot.rank, before.rank + 1);
        EXPECT_EQ(slot.file, 0);
      }
    }
  });
}

TEST_F(EveryShape, MarksOnlyTheRowOfLeaders) {
  for_random_specs([](const Spec& s, const Layout& l) {
    const bool led = s.shape == Shape::block || s.shape == Shape::column;
    const auto leader = [](const Slot& slot) { return slot.leader; };
    EXPECT_EQ(std::count_if(l.slots.begin(), l.slots.end(), leader), led ? s.leaders : 0);
    for (const Slot& slot : l.slots) {
      if (slot.leader) {
        EXPECT_EQ(slot.rank, 0);
      }
    }
  });
}

TEST_F(EveryShape, IsTheSameToTheBitWhenAskedAgain) {
  for_random_specs([](const Spec& s, const Layout& l) {
    const Layout again = layout(s).value();
    ASSERT_EQ(again.slots.size(), l.slots.size());
    for (std::size_t i = 0; i < l.slots.size(); ++i) {
      EXPECT_EQ(std::memcmp(&again.slots[i].back_m, &l.slots[i].back_m, sizeof(double)), 0);
      EXPECT_EQ(std::memcmp(&again.slots[i].left_m, &l.slots[i].left_m, sizeof(double)), 0);
    }
  });
}

TEST_F(EveryShape, RefusesALengthItUsesWhenThatIsNoLength) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  constexpr double kInf = std::numeric_limits<double>::infinity();
  for (const double bad : {kNaN, kInf, -kInf, -1.0, 0.0, 1e-9, 1e6}) {
    for_random_specs([bad](const Spec& good, const Layout&) {
      Spec spec = good;
      spec.interval_m = spec.distance_m = spec.spacing_m = bad;
      const Result<Layout> made = layout(spec);
      ASSERT_FALSE(made.has_value());
      EXPECT_EQ(made.error().code, Errc::bad_input);
    });
  }
}

TEST(ShapeNames, AreThoseOfTheShowFile) {
  std::map<std::string_view, int> names;
  for (const Shape shape : kShapes) ++names[to_string(shape)];
  EXPECT_EQ(names.size(), kShapes.size());
  EXPECT_EQ(to_string(Shape::line_abreast), "line abreast");
}

}  // namespace
}  // namespace defilada::formation
