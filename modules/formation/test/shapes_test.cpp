// SPDX-License-Identifier: MIT
// Sharp examples of each shape; the laws that all shapes obey are in layout_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "defilada/formation/figure.hpp"
#include "defilada/formation/layout.hpp"

namespace defilada::formation {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::array kAllButBlock = {Shape::column,       Shape::arrow, Shape::vic, Shape::echelon,
                                     Shape::line_abreast, Shape::trail, Shape::box, Shape::diamond,
                                     Shape::ring,         Shape::figure};

// ---- single shapes ----

Layout made(const Spec& spec) {
  Result<Layout> result = layout(spec);
  EXPECT_TRUE(result.has_value()) << result.error().message;
  return result.value_or(Layout{});
}

std::vector<int> rank_sizes(const Layout& l) {
  std::vector<int> sizes(static_cast<std::size_t>(l.ranks));
  for (const Slot& slot : l.slots) ++sizes[static_cast<std::size_t>(slot.rank)];
  return sizes;
}

std::vector<std::pair<double, double>> places(const Layout& l) {
  std::vector<std::pair<double, double>> result;
  for (const Slot& slot : l.slots) result.emplace_back(slot.back_m, slot.left_m);
  return result;
}

using Places = std::vector<std::pair<double, double>>;
using Sizes = std::vector<int>;

// "352 = 2 + 25 x 14", the foot formations of 2009 to 2019.
TEST(Block, OfFoot) {
  const Layout l = made({.files = 25,
                         .ranks = 14,
                         .leaders = 2,
                         .interval_m = 0.75,
                         .distance_m = 1.2,
                         .leader_distance_m = 3});
  EXPECT_EQ(l.slots.size(), 352U);
  EXPECT_EQ(l.ranks, 15);
  EXPECT_DOUBLE_EQ(l.width_m, 24 * 0.75);
  EXPECT_DOUBLE_EQ(l.depth_m, 3 + 13 * 1.2);
  EXPECT_DOUBLE_EQ(l.slots[0].left_m, -0.75);  // two leaders, twice the interval apart
  EXPECT_DOUBLE_EQ(l.slots[1].left_m, 0.75);
  EXPECT_DOUBLE_EQ(l.slots[2].back_m, 3);
  EXPECT_DOUBLE_EQ(l.slots[2].left_m, -9);
}

// Guard of honour of 2025: layout "9 + 12 x 17" = 213 (https://www.hk01.com/, article 60272205).
TEST(Block, GuardOfHonourByHeadFilesOrByLeaders) {
  const Layout head = made({.files = 17, .ranks = 12, .head_files = 9});
  EXPECT_EQ(head.slots.size(), 213U);
  EXPECT_EQ(head.ranks, 13);
  EXPECT_DOUBLE_EQ(head.slots[0].left_m, -4);  // on the files of the ranks behind
  EXPECT_FALSE(head.slots[0].leader);
  const Layout led = made({.files = 17, .ranks = 12, .leaders = 9});
  EXPECT_EQ(led.slots.size(), 213U);
  EXPECT_DOUBLE_EQ(led.slots[0].left_m, -8);
  EXPECT_TRUE(led.slots[8].leader);
}

TEST(Block, LeadersThenHeadRankThenRanks) {
  const Layout l = made({.files = 3,
                         .ranks = 2,
                         .leaders = 1,
                         .interval_m = 2,
                         .distance_m = 3,
                         .leader_distance_m = 5,
                         .head_files = 2});
  EXPECT_EQ(places(l),
            (Places{{0, 0}, {5, -1}, {5, 1}, {8, -2}, {8, 0}, {8, 2}, {11, -2}, {11, 0}, {11, 2}}));
}

TEST(Column, ShortLastRowIsCentred) {
  const Layout l =
      made({.shape = Shape::column, .files = 4, .count = 10, .interval_m = 8, .distance_m = 15});
  EXPECT_EQ(rank_sizes(l), (Sizes{4, 4, 2}));
  EXPECT_EQ(l.slots[8].left_m, -4);
  EXPECT_EQ(l.slots[9].left_m, 4);
  EXPECT_EQ(l.depth_m, 30);
}

TEST(Column, LeadersCount) {
  const Layout l = made({.shape = Shape::column, .files = 2, .count = 5, .leaders = 1});
  EXPECT_EQ(rank_sizes(l), (Sizes{1, 2, 2}));
  EXPECT_EQ(rank_sizes(made({.shape = Shape::column, .files = 2, .count = 3, .leaders = 3})),
            (Sizes{3}));
  EXPECT_THAT(layout({.shape = Shape::column, .count = 3, .leaders = 4}).error().message.english(),
              StartsWith("leaders:"));
}

// "1+2+3+4x3, an arrow": tanks in 2009 (Qianjiang Evening News, 1 October 2009,
// http://qjwb.thehour.cn/html/2009-10/01/content_102537.htm); 22 vehicles in an arrow in 2025
// (https://hk.crntt.com/doc/1071/1/6/2/107116293.html): their rows are the same rule's, predicted.
TEST(Arrow, PublishedCounts) {
  const auto rows = [](int count) {
    return rank_sizes(made({.shape = Shape::arrow, .count = count}));
  };
  EXPECT_EQ(rows(18), (Sizes{1, 2, 3, 4, 4, 4}));
  EXPECT_EQ(rows(22), (Sizes{1, 2, 3, 4, 4, 4, 4}));
}

TEST(Arrow, SmallCounts) {
  const auto rows = [](int count) {
    return rank_sizes(made({.shape = Shape::arrow, .count = count}));
  };
  EXPECT_EQ(rows(1), (Sizes{1}));
  EXPECT_EQ(rows(2), (Sizes{1, 1}));
  EXPECT_EQ(rows(3), (Sizes{1, 2}));
  EXPECT_EQ(rows(4), (Sizes{1, 2, 1}));
  EXPECT_EQ(rows(9), (Sizes{1, 2, 3, 3}));
}

TEST(Arrow, HeadOpensByOneThenTheShaftIsStraight) {
  for (int count = 3; count <= 400; ++count) {
    const Sizes sizes = rank_sizes(made({.shape = Shape::arrow, .count = count}));
    const int width = *std::max_element(sizes.begin(), sizes.end());
    for (std::size_t i = 0; i + 1 < sizes.size(); ++i) {
      EXPECT_EQ(sizes[i], std::min(static_cast<int>(i) + 1, width)) << count;
    }
    EXPECT_LE(3 * width * (width + 1) / 2, std::max(2 * count, 9)) << count;
    EXPECT_GT(3 * (width + 1) * (width + 2) / 2, 2 * count) << count;
  }
}

TEST(Vic, OpensToBothSidesInTurn) {
  const Spec spec{.shape = Shape::vic, .count = 5, .interval_m = 15, .distance_m = 20};
  EXPECT_EQ(places(made(spec)), (Places{{0, 0}, {20, -15}, {20, 15}, {40, -30}, {40, 30}}));
  Spec four = spec;
  four.count = 4;  // the last one stands on the left
  EXPECT_EQ(places(made(four)), (Places{{0, 0}, {20, -15}, {20, 15}, {40, 30}}));
}

TEST(Echelon, SlantsToTheSideAsked) {
  Spec spec{.shape = Shape::echelon, .count = 3, .interval_m = 15, .distance_m = 20};
  EXPECT_EQ(places(made(spec)), (Places{{0, 0}, {20, 15}, {40, 30}}));
  spec.right = true;
  EXPECT_EQ(places(made(spec)), (Places{{0, 0}, {20, -15}, {40, -30}}));
}

TEST(LineAndTrail, UseOneLengthOnly) {
  EXPECT_EQ(
      places(made({.shape = Shape::line_abreast, .count = 3, .interval_m = 15, .distance_m = -1})),
      (Places{{0, -15}, {0, 0}, {0, 15}}));
  EXPECT_EQ(places(made({.shape = Shape::trail, .count = 3, .interval_m = -1, .distance_m = 50})),
            (Places{{0, 0}, {50, 0}, {100, 0}}));
}

TEST(Box, FrontTwoAbreastAndTheSlot) {
  const Places box = {{0, 0}, {20, -15}, {20, 15}, {40, 0}};
  for (const int count : {0, 4}) {
    EXPECT_EQ(
        places(made({.shape = Shape::box, .count = count, .interval_m = 15, .distance_m = 20})),
        box);
  }
  EXPECT_THAT(layout({.shape = Shape::box, .count = 5}).error().message.english(),
              HasSubstr("4 slots"));
}

TEST(Diamond, OfNine) {
  const Layout l = made({.shape = Shape::diamond, .count = 9, .interval_m = 10, .distance_m = 7});
  EXPECT_EQ(rank_sizes(l), (Sizes{1, 2, 3, 2, 1}));
  EXPECT_EQ(l.depth_m, 28);
  EXPECT_EQ(l.width_m, 20);
}

TEST(Diamond, OnlySquares) {
  for (int count = 1; count <= 400; ++count) {
    const int root = static_cast<int>(std::lround(std::sqrt(count)));
    EXPECT_EQ(layout({.shape = Shape::diamond, .count = count}).has_value(), root * root == count);
  }
}

TEST(Ring, LiesOnACircleEvenly) {
  for (int count = 3; count <= 60; ++count) {
    const Layout l = made({.shape = Shape::ring, .count = count, .spacing_m = 20});
    const double radius_m = 10 / std::sin(std::numbers::pi / count);
    EXPECT_NEAR(l.least_spacing_m, 20, 1e-9);
    for (const Slot& slot : l.slots) {
      EXPECT_NEAR(std::hypot(slot.back_m - radius_m, slot.left_m), radius_m, 1e-9) << count;
    }
    EXPECT_EQ(l.slots[0].left_m, 0);
  }
}

TEST(Ring, OfOneOrTwo) {
  EXPECT_EQ(places(made({.shape = Shape::ring, .count = 1, .spacing_m = 20})), (Places{{0, 0}}));
  const Layout two = made({.shape = Shape::ring, .count = 2, .spacing_m = 20});
  EXPECT_NEAR(two.least_spacing_m, 20, 1e-9);
}

// ---- figures on the plan ----

Spec eighty() {
  return {.shape = Shape::figure, .count = 26, .text = "80", .spacing_m = 20};
}

TEST(FigureOnThePlan, StandsAtTheLeastScale) {
  const Layout l = made(eighty());
  const Figure drawn = figure("80", 26).value();
  EXPECT_NEAR(l.height_m, least_height_m(drawn, 20), 1e-9);
  EXPECT_NEAR(l.least_spacing_m, 20, 1e-9);
  EXPECT_GE(l.least_spacing_m, 20);
}

/// Points with the leftmost at x = 0 and the topmost at y = 0, x to the right and y upwards.
std::vector<Point> from_top_left(std::vector<Point> points) {
  Point corner = points.front();
  for (const Point p : points) corner = {std::min(corner.x, p.x), std::max(corner.y, p.y)};
  for (Point& p : points) p = {p.x - corner.x, p.y - corner.y};
  return points;
}

TEST(FigureOnThePlan, ReadsFromAboveWithTheDirectionOfFlightUp) {
  const Layout l = made(eighty());
  const Figure drawn = figure("80", 26).value();
  std::vector<Point> seen;  // from above, forwards up: what lies to the left is at a smaller x
  for (const Slot& slot : l.slots) seen.push_back({-slot.left_m, -slot.back_m});
  seen = from_top_left(seen);
  for (const Point p : from_top_left(drawn.slots)) {
    const auto here = [&](Point q) {
      return std::hypot(q.x - p.x * l.height_m, q.y - p.y * l.height_m) < 1e-6;
    };
    EXPECT_EQ(std::count_if(seen.begin(), seen.end(), here), 1) << p.x << " " << p.y;
  }
}

TEST(FigureOnThePlan, SevenHasItsBarInFront) {
  const Layout l = made({.shape = Shape::figure, .count = 8, .text = "7", .spacing_m = 20});
  EXPECT_EQ(rank_sizes(l)[0], 3);
  EXPECT_EQ(l.ranks, 6);
  EXPECT_NEAR(l.slots.front().left_m, -0.3 * l.height_m, 1e-9);  // the corner is on the right
  EXPECT_NEAR(l.slots.back().left_m, 0.1 * l.height_m, 1e-9);    // the foot left of the middle
}

TEST(FigureOnThePlan, FromBelowIsTheMirrorImage) {
  Spec spec = eighty();
  const Layout above = made(spec);
  spec.from_below = true;
  const Layout below = made(spec);
  Places mirrored = places(above);
  for (auto& [back_m, left_m] : mirrored) left_m = -left_m;
  Places got = places(below);
  std::sort(mirrored.begin(), mirrored.end());
  std::sort(got.begin(), got.end());
  EXPECT_EQ(got, mirrored);
  EXPECT_NE(got, places(above));
}

TEST(FigureOnThePlan, ErrorsOfTheTextComeThrough) {
  Spec spec = eighty();
  spec.count = 10;
  EXPECT_THAT(layout(spec).error().message.english(), HasSubstr("needs at least"));
  spec.text = "8é";
  EXPECT_THAT(layout(spec).error().message.english(), HasSubstr("'é'"));
}

// ---- what cannot be ----

TEST(Refused, CountsBelowOne) {
  for (const Shape shape : kAllButBlock) {
    for (const int count : {-1, -2'000'000'000, shape == Shape::box ? 1 : 0}) {
      const Spec spec{.shape = shape, .count = count, .text = "80", .spacing_m = 1};
      ASSERT_FALSE(layout(spec).has_value()) << to_string(shape);
      EXPECT_EQ(layout(spec).error().code, Errc::bad_input);
    }
  }
}

TEST(Refused, CountsAboveTheMost) {
  for (const Shape shape : kAllButBlock) {
    const Spec spec{.shape = shape, .count = 2'000'000'000, .text = "80", .spacing_m = 1};
    EXPECT_FALSE(layout(spec).has_value()) << to_string(shape);
  }
  EXPECT_FALSE(layout({.files = 1001, .ranks = 1000}).has_value());
  EXPECT_FALSE(layout({.files = 2'000'000'000, .ranks = 2'000'000'000}).has_value());
  EXPECT_FALSE(layout({.leaders = kMaxSlots, .head_files = kMaxSlots}).has_value());
  EXPECT_FALSE(layout({.shape = Shape::diamond, .count = 1001 * 1001}).has_value());
}

TEST(Refused, BlocksWithoutFilesOrRanksAndNegativeRows) {
  EXPECT_THAT(layout({.files = 0}).error().message.english(), StartsWith("files:"));
  EXPECT_THAT(layout({.ranks = 0}).error().message.english(), StartsWith("ranks:"));
  EXPECT_THAT(layout({.leaders = -1}).error().message.english(), StartsWith("leaders:"));
  EXPECT_THAT(layout({.head_files = -1}).error().message.english(), StartsWith("head files:"));
  EXPECT_THAT(layout({.leaders = 1, .leader_distance_m = -1}).error().message.english(),
              StartsWith("leader distance:"));
  EXPECT_THAT(layout({.leaders = 2, .leader_interval_m = -1}).error().message.english(),
              StartsWith("leader interval:"));
  EXPECT_TRUE(layout({.leaders = 0, .leader_interval_m = -1}).has_value());  // not used
}

TEST(Large, AMillionSlotsInARow) {
  const Layout l = made({.shape = Shape::line_abreast, .count = kMaxSlots, .interval_m = 2});
  EXPECT_EQ(l.slots.size(), static_cast<std::size_t>(kMaxSlots));
  EXPECT_EQ(l.least_spacing_m, 2);
}

}  // namespace
}  // namespace defilada::formation
