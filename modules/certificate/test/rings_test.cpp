// SPDX-License-Identifier: MIT
// Who is inside a stand or an obstacle: closed forms, random polygons against the angle that their
// edge goes round a place, and doctored certificates.
#include "rings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "made.hpp"

namespace defilada::certificate {
namespace {

using testing::HasSubstr;
using Corners = std::vector<std::array<double, 2>>;

/// Edges of a polygon as movers of class 1 and party "c", there for the whole time.
void add_ring(Scene& scene, const Corners& corners) {
  scene.s.rings.push_back({static_cast<std::uint32_t>(scene.s.movers.size()),
                           static_cast<std::uint32_t>(corners.size())});
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto& a = corners[i];
    const auto& b = corners[(i + 1) % corners.size()];
    const double length = std::hypot(b[0] - a[0], b[1] - a[1]);
    const std::uint32_t path = scene.path();
    scene.piece(0, 20,
                {{0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1]), 0, -(b[1] - a[1]) / length,
                  (b[0] - a[0]) / length}});
    scene.mover(path, 0, {}, {0.5 * length, 0, 0}, 1, 2);
  }
}

/// Somebody who stands there.
void add_person(Scene& scene, double x, double y) {
  const std::uint32_t path = scene.path();
  scene.piece(0, 20, {{x, y, 0, 0, 1}});
  scene.mover(path, 0, {}, {0, 0, 0.25});
}

/// Persons owe walls that they do not touch; walls nothing to each other.
void ask(Scene& scene) {
  scene.s.questions.push_back({"outlines", true, {{false, 0}, {true, 0}}, {0, 1, 1, 0}});
}

std::string fault(const Statement& statement) {
  const auto why = fault_of_ring(statement, 0);
  return why ? why->english() : std::string();
}

const Corners kSquare{{10, 10}, {30, 10}, {30, 30}, {10, 30}};
// A stand about a yard that is open to the east.
const Corners kHorseshoe{{0, 0},   {40, 0},  {40, 10}, {10, 10},
                         {10, 30}, {40, 30}, {40, 40}, {0, 40}};

TEST(Rings, TellInsideFromOutside) {
  for (const auto& [x, y, inside] :
       {std::tuple(20.0, 20.0, true), std::tuple(40.0, 20.0, false), std::tuple(0.0, 20.0, false),
        std::tuple(20.0, 31.0, false), std::tuple(29.9, 10.1, true), std::tuple(0.0, 10.0, false),
        std::tuple(50.0, 30.0, false)}) {
    Scene scene;
    add_ring(scene, kSquare);
    add_person(scene, x, y);
    ask(scene);
    EXPECT_EQ(fault(scene.s).empty(), !inside) << x << ", " << y;
  }
  for (const auto& [x, y, inside] : {std::tuple(20.0, 20.0, false), std::tuple(5.0, 20.0, true),
                                     std::tuple(20.0, 5.0, true), std::tuple(-5.0, 10.0, false),
                                     std::tuple(-5.0, 30.0, false), std::tuple(20.0, 30.1, true)}) {
    Scene scene;
    add_ring(scene, kHorseshoe);
    add_person(scene, x, y);
    ask(scene);
    EXPECT_EQ(fault(scene.s).empty(), !inside) << x << ", " << y;
  }
}

TEST(Rings, AreLookedAtWhereEachPieceBegins) {
  Scene scene;
  add_ring(scene, kSquare);
  const std::uint32_t path = scene.path();
  scene.piece(0, 5, {{0, 0, 0, 0, 1}});
  scene.piece(6, 8, {{20, 20, 0, 0, 1}});  // was not there in between
  scene.mover(path, 0);
  ask(scene);
  EXPECT_THAT(fault(scene.s), HasSubstr("a/5 is not shown to be outside of c at 00:00:06"));
  scene.s.within = {{4, 0}};
  EXPECT_EQ(fault(scene.s), "");
  scene.s.within.clear();
  scene.s.questions[0].of_classes = {0, 0, 0, 0};
  EXPECT_EQ(fault(scene.s), "") << "nobody asks";
}

// A number of classes is no reason to ask for memory.
TEST(Rings, TakeNoRoomForClassesThatNobodyIsOf) {
  Scene scene;
  add_ring(scene, kSquare);
  add_person(scene, 20, 20);
  scene.s.classes = 4'000'000'000;
  EXPECT_EQ(fault(scene.s), "");  // nobody asks
}

// Who may be on one stand may not be on another.
TEST(Rings, NameWhoIsWithinEachByItself) {
  Scene scene;
  add_ring(scene, kSquare);
  add_ring(scene, {{50, 10}, {70, 10}, {60, 30}});
  add_person(scene, 20, 20);
  add_person(scene, 60, 15);
  ask(scene);
  scene.s.within = {{7, 0}, {8, 1}};
  EXPECT_FALSE(fault_of_ring(scene.s, 0));
  EXPECT_FALSE(fault_of_ring(scene.s, 1));
  scene.s.within = {{7, 1}, {8, 1}};
  EXPECT_TRUE(fault_of_ring(scene.s, 0));
  EXPECT_FALSE(fault_of_ring(scene.s, 1));
}

class RandomRings : public testing::TestWithParam<std::uint32_t> {};
TEST_P(RandomRings, TellWhatTheAngleAboutAPlaceTells) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> of(0, 1);
  Corners corners;  // about a centre, so that no edges cross
  const int count = 3 + static_cast<int>(random() % 9);
  for (int i = 0; i < count; ++i) {
    const double angle = (i + 0.8 * of(random)) / count * 4 * std::acos(0.0);
    const double radius = 3 + 20 * of(random);
    corners.push_back({100 + radius * std::cos(angle), -40 + radius * std::sin(angle)});
  }
  int inside = 0;
  for (int k = 0; k < 60; ++k) {
    const double x = 75 + 50 * of(random);
    const double y = -65 + 50 * of(random);
    double turn = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const auto& a = corners[i];
      const auto& b = corners[(i + 1) % corners.size()];
      turn += std::remainder(std::atan2(b[1] - y, b[0] - x) - std::atan2(a[1] - y, a[0] - x),
                             4 * std::acos(0.0));
    }
    const bool within = std::abs(turn) > 3;
    inside += within ? 1 : 0;
    Scene scene;
    add_ring(scene, corners);
    add_person(scene, x, y);
    ask(scene);
    EXPECT_EQ(fault(scene.s).empty(), !within) << x << ", " << y;
  }
  EXPECT_GT(inside, 0);
}
INSTANTIATE_TEST_SUITE_P(Seeds, RandomRings, testing::Range(0U, 20U));

class AboutAStand : public testing::Test {
 protected:
  void SetUp() override {
    Scene scene;
    add_ring(scene, kHorseshoe);
    add_person(scene, 20, 20);  // in the yard
    add_person(scene, 5, 20);   // on the stand
    add_person(scene, -20, 0);
    ask(scene);
    scene.s.within = {{9, 0}};
    certificate = made(scene.s);
    ASSERT_TRUE(verify(certificate).holds) << verify(certificate).reason;
  }
  Certificate certificate;
};

TEST_F(AboutAStand, TheFileSaysTheSame) {
  const auto back = read(write(certificate));
  ASSERT_TRUE(back);
  EXPECT_EQ(write(back->statement), write(certificate.statement));
  ASSERT_EQ(back->statement.within.size(), 1U);
  EXPECT_EQ(back->statement.within[0].mover, 9U);
  EXPECT_EQ(back->statement.rings[0].mover_count, 8U);
  EXPECT_TRUE(verify(*back).holds);
}
TEST_F(AboutAStand, WhoIsWithinUnnamedIsRefused) {
  Certificate doctored = certificate;
  doctored.statement.within[0].mover = 8;
  EXPECT_THAT(refusal(doctored), HasSubstr("a/10 is not shown to be outside"));
  doctored.statement.within.clear();
  EXPECT_THAT(refusal(doctored), HasSubstr("a/10 is not shown to be outside"));
  EXPECT_NE(write(doctored.statement), write(certificate.statement));
}
TEST_F(AboutAStand, AnOpenRingIsRefused) {
  Certificate doctored = certificate;
  doctored.statement.rings[0].mover_count = 7;
  EXPECT_THAT(refusal(doctored), HasSubstr("is not closed"));
  doctored = certificate;
  doctored.statement.movers[3].body.half_length_m += 1e-3;
  EXPECT_THAT(refusal(doctored), HasSubstr("is not closed"));
  doctored = certificate;
  std::swap(doctored.statement.movers[2], doctored.statement.movers[3]);
  EXPECT_THAT(refusal(doctored), HasSubstr("is not closed"));
}
TEST_F(AboutAStand, FaultsOfRingsAreRefused) {
  const auto with = [&](auto edit) {
    Certificate doctored = certificate;
    edit(doctored.statement);
    return refusal(doctored);
  };
  const auto is_no_ring = HasSubstr("is no ring");
  EXPECT_THAT(with([](Statement& s) { s.rings[0].mover_count = 9; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.rings[0].mover_count = 100; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.rings[0].first_mover = 4'000'000'000; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.rings[0].mover_count = 2; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.movers[1].body.half_width_m = 1; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.movers[1].of_class = 0; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.movers[1].body.radius_m = 0.1; }), is_no_ring);
  EXPECT_THAT(with([](Statement& s) { s.within[0].ring = 1; }), HasSubstr("within no area"));
  EXPECT_THAT(with([](Statement& s) { s.within[0].mover = 99; }), HasSubstr("within no area"));
}

}  // namespace
}  // namespace defilada::certificate
