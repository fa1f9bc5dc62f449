// SPDX-License-Identifier: MIT
#include "../src/labels.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace defilada::drawing {
namespace {

double cost(const std::vector<double>& wanted, const std::vector<double>& placed) {
  double sum = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    sum += (wanted[i] - placed[i]) * (wanted[i] - placed[i]);
  return sum;
}

/// Slow oracle: the best placing on a grid, by trying all for the first and all that follow from
/// it.
double best_cost_on_grid(const std::vector<double>& wanted, double pitch, double low, double high,
                         double step) {
  const auto cells = static_cast<std::size_t>(std::lround((high - low) / step)) + 1;
  const auto apart = static_cast<std::size_t>(std::lround(pitch / step));
  std::vector<double> best(cells, 0);  // of the first i labels, the last at or before cell c
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    std::vector<double> next(cells, 1e18);
    for (std::size_t c = i * apart; c < cells; ++c) {
      const double before = i == 0 ? 0 : best[c - apart];
      const double d = low + static_cast<double>(c) * step - wanted[i];
      next[c] = std::min(c > 0 ? next[c - 1] : 1e18, before + d * d);
    }
    best = next;
  }
  return best.back();
}

TEST(Spread, keeps_order_pitch_and_bounds) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    std::vector<double> wanted(1 + random() % 30);
    for (double& x : wanted) x = std::uniform_real_distribution(-20.0, 120.0)(random);
    std::sort(wanted.begin(), wanted.end());
    const double pitch = std::uniform_real_distribution(0.1, 6.0)(random);
    const std::vector<double> placed = spread(wanted, pitch, 0, 100);
    const double fits =
        wanted.size() < 2 ? pitch : std::min(pitch, 100 / (static_cast<double>(wanted.size()) - 1));
    ASSERT_EQ(placed.size(), wanted.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
      EXPECT_GE(placed[i], -1e-9);
      EXPECT_LE(placed[i], 100 + 1e-9);
      if (i > 0) {
        EXPECT_GE(placed[i] - placed[i - 1], fits - 1e-9);
      }
    }
  }
}

TEST(Spread, leaves_alone_what_has_room) {
  const std::vector<double> wanted{1, 5, 9.5};
  EXPECT_EQ(spread(wanted, 4, 0, 10), wanted);
  EXPECT_THAT(spread(std::vector<double>{}, 4, 0, 10), testing::IsEmpty());
}

TEST(Spread, centres_a_crowd_on_where_it_wants_to_be) {
  EXPECT_EQ(spread(std::vector<double>{50, 50, 50}, 10, 0, 100), (std::vector<double>{40, 50, 60}));
  EXPECT_EQ(spread(std::vector<double>{0, 0}, 10, 0, 100), (std::vector<double>{0, 10}))
      << "at the edge";
}

TEST(Spread, moves_no_more_than_it_must) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 60; ++round) {
    std::vector<double> wanted(2 + random() % 6);
    for (double& x : wanted) x = static_cast<double>(random() % 21);
    std::sort(wanted.begin(), wanted.end());
    const double oracle = best_cost_on_grid(wanted, 2, 0, 20, 0.05);
    const double ours = cost(wanted, spread(wanted, 2, 0, 20));
    EXPECT_LE(ours, oracle + 1e-9) << "the grid's best is one of those that were to be beaten";
  }
}

bool overlap(const Box& a, const Box& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

TEST(LabelPlacer, puts_no_label_on_another_or_off_the_frame) {
  std::mt19937_64 random(5);
  const Box frame{{0, 0}, {120, 80}};
  for (int round = 0; round < 30; ++round) {
    LabelPlacer placer(frame);
    Drawing drawing;
    const Box road{{0, 38}, {120, 42}};
    placer.keep_off(road);
    int placed = 0;
    for (int i = 0; i < 40; ++i) {
      const Point at{std::uniform_real_distribution(0.0, 120.0)(random),
                     std::uniform_real_distribution(0.0, 80.0)(random)};
      placed +=
          placer.place({.at = at, .text = std::string(2 + random() % 20, 'n')}, drawing) ? 1 : 0;
    }
    std::vector<Box> boxes;
    for (const Shape& shape : drawing.shapes) {
      if (const auto* label = std::get_if<Label>(&shape)) boxes.push_back(bounds(*label));
    }
    ASSERT_EQ(static_cast<int>(boxes.size()), placed);
    EXPECT_GT(placed, 15);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      EXPECT_GE(boxes[i].min.x, 0);
      EXPECT_LE(boxes[i].max.x, 120);
      EXPECT_FALSE(overlap(boxes[i], road));
      for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(overlap(boxes[i], boxes[k]));
    }
  }
}

TEST(LabelPlacer, keeps_off_an_outline_and_not_off_the_box_around_it) {
  LabelPlacer placer({{0, 0}, {50, 50}});
  placer.avoid({{0, 50}, {50, 0}, {50, 50}});  // the half below the diagonal
  Drawing drawing;
  const LabelPlacer::Request above{.at = {15, 15}, .text = "name"};
  const LabelPlacer::Request below{.at = {35, 35}, .text = "name"};
  EXPECT_TRUE(placer.is_well_placed(above));
  EXPECT_FALSE(placer.is_well_placed(below));
  EXPECT_FALSE(placer.place_centred_well(below, drawing));
  EXPECT_TRUE(drawing.shapes.empty());
  EXPECT_TRUE(placer.place_centred_well(above, drawing));
  EXPECT_FALSE(placer.is_well_placed(above)) << "taken by itself now";
  EXPECT_TRUE(placer.place_centred(below, drawing)) << "better there than nowhere";
}

bool strikes(Point from, Point to, const Box& box) {
  for (int i = 0; i <= 400; ++i) {
    const Point p = from + (i / 400.0) * (to - from);
    constexpr double kEdge = 0.05;  // where a leader ends at its label
    if (p.x > box.min.x + kEdge && p.x < box.max.x - kEdge && p.y > box.min.y + kEdge &&
        p.y < box.max.y - kEdge)
      return true;
  }
  return false;
}

TEST(LabelPlacer, is_struck_by_no_line_and_no_leader_while_there_is_room) {
  std::mt19937_64 random(7);
  const auto height = [&] { return std::uniform_real_distribution(10.0, 70.0)(random); };
  for (int round = 0; round < 30; ++round) {
    LabelPlacer placer({{0, 0}, {120, 80}});
    const Point from{10, height()};
    const Point to{110, height()};
    placer.keep_from_crossing(from, to);
    Drawing drawing;
    for (int i = 0; i < 9; ++i) {
      const Point at = from + (i / 8.0) * (to - from);
      ASSERT_TRUE(placer.place({.at = at, .text = std::string(3 + random() % 6, 'n')}, drawing));
    }
    std::vector<Box> labels;
    std::vector<std::pair<Point, Point>> lines{{from, to}};
    for (const Shape& shape : drawing.shapes) {
      if (const auto* label = std::get_if<Label>(&shape)) labels.push_back(bounds(*label));
      if (const auto* path = std::get_if<Path>(&shape))
        lines.emplace_back(path->lines[0].front(), path->lines[0].back());
    }
    for (const Box& label : labels) {
      for (const auto& [begin, end] : lines) EXPECT_FALSE(strikes(begin, end, label)) << round;
    }
  }
}

TEST(LabelPlacer, lies_across_a_line_sooner_than_nowhere) {
  LabelPlacer placer({{0, 0}, {24, 4}});
  placer.keep_from_crossing({0, 2}, {24, 2});
  Drawing drawing;
  EXPECT_FALSE(placer.place_centred_uncrossed({.at = {8, 2}, .text = "name"}, drawing));
  EXPECT_TRUE(placer.place({.at = {8, 2}, .text = "name", .clearance_mm = 0}, drawing));
}

TEST(LabelPlacer, says_so_when_nothing_is_free) {
  LabelPlacer placer({{0, 0}, {50, 50}});
  placer.keep_off(Box{{0, 0}, {50, 50}});
  Drawing drawing;
  EXPECT_FALSE(placer.place({.at = {25, 25}, .text = "name"}, drawing));
  EXPECT_TRUE(drawing.shapes.empty());
}

TEST(RoundNumbers, are_the_nearest_of_their_kind) {
  EXPECT_EQ(round_down_125(1), 1);
  EXPECT_EQ(round_down_125(4.99), 2);
  EXPECT_EQ(round_down_125(0.7), 0.5);
  EXPECT_EQ(round_down_125(2000), 2000);
  EXPECT_EQ(round_up_scale(37'000), 40'000);
  EXPECT_EQ(round_up_scale(1000), 1000);
  EXPECT_EQ(round_up_scale(8001), 10'000);
  std::mt19937_64 random(6);
  for (int i = 0; i < 1000; ++i) {
    const double value = std::exp(std::uniform_real_distribution(-5.0, 15.0)(random));
    EXPECT_LE(round_down_125(value), value * (1 + 1e-9));
    EXPECT_GT(round_down_125(value) * 2.51, value);
    EXPECT_GE(round_up_scale(value), value * (1 - 1e-9));
    EXPECT_LT(round_up_scale(value), value * 1.51);
  }
}

}  // namespace
}  // namespace defilada::drawing
