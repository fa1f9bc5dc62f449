// SPDX-License-Identifier: MIT
// Kerbs of roads: closed forms, what sampling finds on random tracks, and doctored certificates.
#include "kerbs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "made.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;

constexpr double kWithoutEnd = std::numeric_limits<double>::infinity();
constexpr double kGrain_m = 0.021;  ///< of a room that is found

/// Along y = 0 to x = 100, then to the left round (100, 30) for a quarter, then north: 10 m wide.
Statement on_the_corner(Statement s, double side_m = 5) {
  s.cells = {
      {.x_m = 0, .y_m = 0, .low_m = -kWithoutEnd, .high_m = 100.1, .side_m = side_m},
      {.bend = true,
       .x_m = 100,
       .y_m = 30,
       .ux = 0,
       .uy = -1,
       .wx = 1,
       .wy = 0,
       .low_m = 30 - side_m,
       .high_m = 30 + side_m,
       .slack_m = 1e-4},
      {.x_m = 130,
       .y_m = 30,
       .ux = 0,
       .uy = 1,
       .low_m = -0.1,
       .high_m = kWithoutEnd,
       .side_m = side_m},
  };
  s.roads = {{"the corner", 0, 3}};
  s.kerbs = {{0, 0}};
  return s;
}

/// Round the corner along the axis with 2 m/s, from x = 60 to y = 70.
void go_round(Scene& scene) {
  const double quarter_s = 30 * std::acos(0.0) / 2;
  scene.piece(0, 20, {{60, 0, 0, 0, 1}, {2, 0, 0, 0, 0}});
  constexpr int kParts = 4;  // of the bend: the series is right to a nanometre
  auto& c = scene.s.coefficients;
  for (int i = 0; i < kParts; ++i) {
    const double from = 20 + quarter_s * i / kParts;
    scene.arc(from, 20 + quarter_s * (i + 1) / kParts, 100, 30, 30,
              (static_cast<double>(i) / kParts - 1) * std::acos(0.0), std::acos(0.0) / kParts);
    // The normal of `arc` points away from the centre: turned round, it is the left one.
    for (std::size_t k = c.size() - 9; k < c.size(); ++k) {
      c[k][3] = -c[k][3];
      c[k][4] = -c[k][4];
    }
  }
  scene.piece(20 + quarter_s, 40 + quarter_s, {{130, 30, 0, -1, 0}, {0, 2, 0, 0, 0}});
}

double room(const Statement& statement) {
  const auto found = room_of(statement, statement.kerbs[0]);
  EXPECT_TRUE(found) << found.error().message;
  return found ? *found : -1;
}
std::string fault(const Statement& statement, double room_m) {
  const auto why = fault_of(statement, statement.kerbs[0], room_m);
  return why ? why->english() : std::string();
}
/// The room is this one: a millimetre less is shown, and no more.
void expect_room(const Statement& statement, double expected_m) {
  EXPECT_LE(room(statement), expected_m);
  EXPECT_GE(room(statement), 0.95 * expected_m - kGrain_m);
  EXPECT_EQ(fault(statement, expected_m - 1e-3), "");
  EXPECT_THAT(fault(statement, expected_m + 1e-4), HasSubstr("between the kerbs of the corner"));
}

TEST(Kerbs, OfOuterFilesInABend) {
  Scene scene;
  const std::uint32_t path = scene.path();
  go_round(scene);
  for (const double left : {-4.0, -1.0, 3.0}) scene.mover(path, left, {}, {0, 0, 0.25});
  expect_room(on_the_corner(scene.s), 0.75);
  scene.mover(path, 4.5, {}, {0, 0, 0.25});
  expect_room(on_the_corner(scene.s), 0.25);
  scene.mover(path, 0, {0, 4.9, 0}, {0, 0, 0.05});
  scene.s.movers.back().of_class = 1;
  expect_room(on_the_corner(scene.s), 0.25);  // who is not held to it
  scene.mover(path, -1, {}, {0, 0, 0.25});    // whoever comes last
  expect_room(on_the_corner(scene.s), 0.25);
  scene.mover(path, 4.9, {}, {0, 0, 0.25});
  EXPECT_NE(fault(on_the_corner(scene.s), 0), "");
  EXPECT_FALSE(room_of(on_the_corner(scene.s), {0, 0}));
}

// 12 m long, 3 m wide: outside the front corners swing out, inside the middle of the side is
// nearest to the kerb, with both corners behind.
TEST(Kerbs, OfLongBodiesInABend) {
  Scene scene;
  const std::uint32_t path = scene.path();
  go_round(scene);
  scene.mover(path, 0, {}, {6, 1.5, 0});
  expect_room(on_the_corner(scene.s), 35 - std::hypot(31.5, 6));
  Scene inside;
  const std::uint32_t inner = inside.path();
  go_round(inside);
  inside.mover(inner, 2, {}, {6, 1.5, 0});
  expect_room(on_the_corner(inside.s), 30 - 2 - 1.5 - 25);
  // A side along the chord has its corners 0.67 m farther in.
  EXPECT_GT(std::hypot(26.5, 6) - 25, 2.1);
}

// A body that is turned: its half length reaches across.
TEST(Kerbs, OfABodyThatFacesAStand) {
  Scene scene;
  const std::uint32_t path = scene.path();
  scene.piece(0, 10, {{60, 0, 0, 0, 1}, {2, 0, 0, 0, 0}}, std::acos(0.0));
  scene.mover(path, 0.5, {0, 0.25, 0}, {3, 1, 0});
  expect_room(on_the_corner(scene.s), 5 - 3.75);
  scene.s.pieces.back().facing_rad = 0.4;
  expect_room(on_the_corner(scene.s), 5 - 0.75 - (3 * std::sin(0.4) + std::cos(0.4)));
}

// The inner kerb of a bend that is wider than its radius is a corner.
TEST(Kerbs, OfATightBendAreACorner) {
  Scene scene;
  const std::uint32_t path = scene.path();
  go_round(scene);
  for (const double left : {-30.0, 29.9}) scene.mover(path, left);
  expect_room(on_the_corner(scene.s, 40), 10);
}

// 4.5 m out and back within two microseconds.
TEST(Kerbs, AreKeptAtEveryInstant) {
  Scene scene;
  const std::uint32_t path = scene.path();
  const double half_s = 1e-6;
  scene.piece(0, 10, {{0, 0, 0, 0, 1}, {2, 0, 0, 0, 0}});
  scene.piece(10, 10 + 2 * half_s,
              {{20, 0, 0, 0, 1}, {2, 9 / half_s, 0, 0, 0}, {0, -4.5 / half_s / half_s, 0, 0, 0}});
  scene.piece(10 + 2 * half_s, 20, {{20, 0, 0, 0, 1}, {2, 0, 0, 0, 0}});
  scene.mover(path, 0);
  expect_room(on_the_corner(scene.s), 0.5);
  scene.mover(path, -4.7);
  expect_room(on_the_corner(scene.s), 0.3);
  scene.mover(path, 0.51);
  EXPECT_THAT(fault(on_the_corner(scene.s), 0), HasSubstr("from 00:00:10.000 to 00:00:10.000"));
}

// One way on a road of one cell, which it leaves at one end: at the middle instant all is well.
struct OneWay {
  const char* name;
  bool bend;
  std::array<double, 2> from;
  std::array<double, 2> to;  ///< just within
};
class WayOut : public testing::TestWithParam<OneWay> {};
TEST_P(WayOut, IsRefused) {
  const OneWay& way = GetParam();
  for (const bool back : {false, true}) {
    for (const double more : {0.0, 0.02}) {
      Scene scene;
      const std::uint32_t path = scene.path();
      const double dx = (way.to[0] - way.from[0]) * (1 + more) / 10;
      const double dy = (way.to[1] - way.from[1]) * (1 + more) / 10;
      const std::array<double, 2> start{back ? way.from[0] + 10 * dx : way.from[0],
                                        back ? way.from[1] + 10 * dy : way.from[1]};
      const double sign = back ? -1 : 1;
      scene.piece(0, 10, {{start[0], start[1], 0, 0, 1}, {sign * dx, sign * dy, 0, 0, 0}});
      scene.mover(path, 0);
      Statement s = scene.s;
      s.cells = {way.bend ? Cell{.bend = true,
                                 .x_m = 100,
                                 .y_m = 30,
                                 .ux = 0,
                                 .uy = -1,
                                 .wx = 1,
                                 .wy = 0,
                                 .low_m = 25,
                                 .high_m = 35,
                                 .slack_m = 1e-4}
                          : Cell{.x_m = 50, .y_m = 0, .low_m = -50, .high_m = 50, .side_m = 5}};
      s.roads = {{"one cell", 0, 1}};
      s.kerbs = {{0, 0}};
      EXPECT_EQ(fault(s, 0).empty(), more == 0) << back << more << fault(s, 0);
      // A kerb is nearer than 10 cm, an end of the road is no kerb.
      const bool ends = way.name[0] == 'a' || way.name[0] == 'b';
      EXPECT_EQ(fault(s, 0.1).empty(), more == 0 && ends) << back;
      s.movers[0].body.radius_m = 0.1;
      EXPECT_EQ(fault(s, 0).empty(), more == 0 && ends) << back;
    }
  }
}
INSTANTIATE_TEST_SUITE_P(
    Ways, WayOut,
    testing::Values(OneWay{"left", false, {50, 0}, {60, 4.99}},
                    OneWay{"right", false, {50, 0}, {60, -4.99}},
                    OneWay{"ahead", false, {50, 0}, {99.9, 1}},
                    OneWay{"behind", false, {50, 0}, {0.1, 1}},
                    OneWay{"outwards", true, {121, 9}, {124.7, 5.3}},
                    OneWay{"inwards", true, {121, 9}, {117.72, 12.28}},
                    OneWay{"before its beginning", true, {110, 0.8}, {100.05, 0.8}},
                    OneWay{"beyond its end", true, {129, 20}, {129, 29.95}}),
    [](const auto& way) {
      std::string name = way.param.name;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

// 12 m long across where the road becomes wider, or narrower: it drifts to the left until one half
// is over the edge there, which it is not at the middle instant.
TEST(Kerbs, HoldBothHalvesOfABodyInTwoCells) {
  for (const bool wider : {false, true}) {
    for (const double drift : {0.19, 0.21}) {
      Scene scene;
      const std::uint32_t path = scene.path();
      scene.piece(0, 10, {{100, 0, 0, 0, 1}, {0, drift, 0, 0, 0}});
      scene.mover(path, 0, {}, {6, 1, 0});
      Statement s = scene.s;
      s.cells = {{.x_m = 0, .low_m = -kWithoutEnd, .high_m = 100.1, .side_m = wider ? 3.0 : 10.0},
                 {.x_m = 100, .low_m = -0.1, .high_m = kWithoutEnd, .side_m = wider ? 10.0 : 3.0}};
      s.roads = {{"the corner", 0, 2}};
      s.kerbs = {{0, 0}};
      EXPECT_EQ(fault(s, 0).empty(), drift < 0.2) << wider << drift;
    }
  }
}

// Somebody's own place beside the path counts in both directions.
TEST(Kerbs, AreThoseOfEverybodysOwnPlace) {
  for (const std::size_t axis : {0U, 1U}) {
    Scene scene;
    const std::uint32_t path = scene.path();
    Coefficient way{};
    way[axis] = 0.25;
    scene.piece(0, 10, {{0, 0, 0, 0, 1}, way});
    std::array<double, 3> offset{};
    offset[axis] = 3;
    scene.mover(path, 0, offset);
    Statement s = scene.s;
    s.cells = {{.ux = axis == 0 ? 0.0 : 1.0,
                .uy = axis == 0 ? 1.0 : 0.0,
                .low_m = -kWithoutEnd,
                .high_m = kWithoutEnd,
                .side_m = 5.51}};
    s.roads = {{"the corner", 0, 1}};
    s.kerbs = {{0, 0}};
    EXPECT_EQ(fault(s, 0), "");
    s.cells[0].side_m = 5.49;
    EXPECT_NE(fault(s, 0), "");
  }
}

class RandomRoads : public testing::TestWithParam<std::uint32_t> {};
TEST_P(RandomRoads, HaveNoMoreRoomThanSamplingFinds) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> of(-1, 1);
  Scene scene;
  const std::uint32_t path = scene.path();
  go_round(scene);
  for (auto& c : scene.s.coefficients) {
    for (std::size_t d = 0; d < 2; ++d) c[d] += 1e-3 * of(random) * std::abs(c[d]);
  }
  for (Piece& piece : scene.s.pieces) piece.facing_rad = of(random);
  const Body body{2 + 2 * of(random), 1 + of(random), 0.5 + 0.5 * of(random)};
  for (int i = 0; i < 3; ++i) scene.mover(path, 3 * of(random), {0.1 * of(random), 0, 0}, body);
  const Statement s = on_the_corner(scene.s, 12);
  // The distance of points of the outline from the axis itself, not from cells.
  double least = kWithoutEnd;
  for (const Mover& mover : s.movers) {
    for (int i = 0; i <= 6000; ++i) {
      const double t = s.interval()[1] * i / 6000;
      const auto at = now(s, mover, t);
      if (!at) continue;
      for (int side = 0; side < 4; ++side) {
        for (int k = -20; k <= 20; ++k) {
          const double l = (side < 2 ? k / 20.0 : (side == 2 ? 1 : -1)) * body.half_length_m;
          const double w = (side < 2 ? (side == 0 ? 1 : -1) : k / 20.0) * body.half_width_m;
          const double x = at->place[0] + w * at->n[0] + l * at->n[1];
          const double y = at->place[1] + w * at->n[1] - l * at->n[0];
          double from_axis = std::abs(std::hypot(x - 100, y - 30) - 30);
          if (x < 100) from_axis = std::abs(y);
          if (y > 30) from_axis = std::abs(x - 130);
          if (x < 100 && y > 30) from_axis = std::min(std::abs(y), std::abs(x - 130));
          least = std::min(least, 12 - from_axis - body.radius_m);
        }
      }
    }
  }
  ASSERT_GT(least, 0.1);
  const double found = room(s);
  EXPECT_LE(found, least + 1e-9);
  EXPECT_GE(found, 0.94 * least - 0.03) << "cells cost nothing";
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomRoads, testing::Range(0U, 30U));

/// The blocks of `parade` on a road along their way, those of the vehicles on another.
class OnRoads : public testing::Test {
 protected:
  void SetUp() override {
    Statement s = parade();
    s.cells = {
        {.x_m = 8,
         .y_m = 0,
         .ux = 0,
         .uy = 1,
         .low_m = -kWithoutEnd,
         .high_m = kWithoutEnd,
         .side_m = 30},
        {.x_m = 60,
         .y_m = -77,
         .ux = -1,
         .uy = 0,
         .low_m = -kWithoutEnd,
         .high_m = 40,
         .side_m = 6.5},
        {.x_m = 60,
         .y_m = -77,
         .ux = -1,
         .uy = 0,
         .low_m = 30,
         .high_m = kWithoutEnd,
         .side_m = 7.5},
    };
    s.roads = {{"high street", 0, 1}, {"low street", 1, 2}};
    s.kerbs = {{0, 0}, {1, 1}};
    certificate = made(std::move(s));
    ASSERT_TRUE(verify(certificate).holds) << verify(certificate).reason;
    ASSERT_EQ(certificate.rooms_m.size(), 2U);
  }
  Certificate certificate;
};

TEST_F(OnRoads, TheFileSaysTheSame) {
  const auto back = read(write(certificate));
  ASSERT_TRUE(back);
  EXPECT_EQ(write(back->statement), write(certificate.statement));
  EXPECT_EQ(back->rooms_m, certificate.rooms_m);
  EXPECT_EQ(back->statement.roads[1].name, "low street");
  EXPECT_TRUE(verify(*back).holds);
  EXPECT_GT(certificate.rooms_m[0], 1);
  EXPECT_GE(certificate.rooms_m[1], 0.45);
}
TEST_F(OnRoads, MoreRoomIsRefused) {
  for (double& room : certificate.rooms_m) {
    const double shown = room;
    room = 1.06 * room + 0.03;
    EXPECT_THAT(refusal(certificate), HasSubstr("between the kerbs"));
    room = std::nan("");
    EXPECT_THAT(refusal(certificate), HasSubstr("no number"));
    room = -1;
    EXPECT_THAT(refusal(certificate), HasSubstr("no number"));
    room = shown;
  }
  EXPECT_TRUE(verify(certificate).holds);
}
TEST_F(OnRoads, MovedEdgesAreRefused) {
  for (std::size_t i = 0; i < certificate.statement.cells.size(); ++i) {
    Certificate doctored = certificate;
    Cell& cell = doctored.statement.cells[i];
    cell.side_m -= 6;
    EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs")) << i;
    cell = certificate.statement.cells[i];
    cell.x_m += 25 * cell.uy;
    cell.y_m -= 25 * cell.ux;
    EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs")) << i;
    // Wider roads make a true certificate, of another statement.
    cell = certificate.statement.cells[i];
    cell.side_m += 1;
    EXPECT_TRUE(verify(doctored).holds);
    EXPECT_NE(write(doctored.statement), write(certificate.statement));
  }
}
TEST_F(OnRoads, AStretchLeftOutIsRefused) {
  Certificate doctored = certificate;
  doctored.statement.roads[1].cell_count = 1;
  EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs of low street"));
  doctored.statement.roads[1].cell_count = 0;
  EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs of low street"));
  doctored.statement.roads[1].cell_count = 3;
  EXPECT_THAT(refusal(doctored), HasSubstr("no ground"));
  // A gap as wide as a hand between two cells.
  doctored = certificate;
  doctored.statement.cells[1].high_m = 29.9;
  EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs of low street"));
}
TEST_F(OnRoads, AnotherOwnerIsRefused) {
  Certificate doctored = certificate;
  std::swap(doctored.statement.kerbs[0].of_class, doctored.statement.kerbs[1].of_class);
  EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs"));
  doctored.statement.kerbs[0].of_class = 7;
  EXPECT_THAT(refusal(doctored), HasSubstr("no road to keep to"));
  doctored = certificate;
  std::swap(doctored.statement.kerbs[0].road, doctored.statement.kerbs[1].road);
  EXPECT_THAT(refusal(doctored), HasSubstr("between the kerbs"));
}
TEST_F(OnRoads, AKerbLeftOutIsRefused) {
  Certificate doctored = certificate;
  doctored.statement.kerbs.pop_back();
  EXPECT_THAT(refusal(doctored), HasSubstr("no room stated"));
  doctored.rooms_m.pop_back();  // a true one, of another statement
  EXPECT_TRUE(verify(doctored).holds);
  EXPECT_NE(write(doctored.statement), write(certificate.statement));
}
TEST_F(OnRoads, FaultsOfCellsAreRefused) {
  const auto with = [&](auto edit) {
    Certificate doctored = certificate;
    edit(doctored.statement.cells[1]);
    return refusal(doctored);
  };
  const auto is_no_ground = HasSubstr("is no ground");
  EXPECT_THAT(with([](Cell& c) { c.ux = -1.01; }), is_no_ground);  // a longer direction
  EXPECT_THAT(with([](Cell& c) { c.ux = std::nan(""); }), is_no_ground);
  EXPECT_THAT(with([](Cell& c) { c.low_m = std::nan(""); }), is_no_ground);
  EXPECT_THAT(with([](Cell& c) { c.side_m = -1; }), is_no_ground);
  EXPECT_THAT(with([](Cell& c) { c.side_m = kWithoutEnd; }), is_no_ground);
  EXPECT_THAT(
      with([](Cell& c) { c = {.bend = true, .ux = 0, .uy = -1, .wx = -1, .wy = 0, .high_m = 5}; }),
      is_no_ground);  // its end is right of its beginning
}
// Bounds need not be there where kerbs are, nor the other way round.
TEST_F(OnRoads, OldFilesHaveNone) {
  certificate.statement.kerbs.clear();
  certificate.rooms_m.clear();
  certificate.statement.roads.clear();
  certificate.statement.cells.clear();
  const auto back = read(write(certificate));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->statement.kerbs.empty());
  EXPECT_TRUE(verify(*back).holds);
}

}  // namespace
}  // namespace defilada::certificate
