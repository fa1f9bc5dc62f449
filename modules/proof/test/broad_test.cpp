// SPDX-License-Identifier: MIT
// The broad phase against all pairs one by one; the same bits for any number of threads; the
// vectorised filter against the scalar one.
#include "broad.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>
#include <tuple>

#include "filter.hpp"
#include "scenes.hpp"

namespace defilada::proof {
namespace {

using scenes::add;

/// `grain_m`: what double holds of the movers' places.
void expect_same(const SeparationReport& fast, const SeparationReport& slow, double grain_m) {
  ASSERT_EQ(fast.conflicts.size(), slow.conflicts.size());
  for (std::size_t i = 0; i < fast.conflicts.size(); ++i) {
    const Approach& x = fast.conflicts[i];
    const Approach& y = slow.conflicts[i];
    EXPECT_EQ(x.a, y.a);
    EXPECT_EQ(x.b, y.b);
    EXPECT_NEAR(x.t0_s, y.t0_s, 1e-6);
    EXPECT_NEAR(x.t1_s, y.t1_s, 1e-6);
    EXPECT_NEAR(x.least_m, y.least_m, grain_m);
  }
  EXPECT_EQ(fast.pairs, slow.pairs);
  EXPECT_LE(fast.least_upper_m - fast.least_lower_m, 0.0100001);
  EXPECT_LE(fast.least_lower_m, slow.least_upper_m);
  EXPECT_GE(fast.least_upper_m, slow.least_lower_m);
}

void expect_all_pairs(const Motions& motions, const Rules& rules, SeparationOptions options = {},
                      double grain_m = 1e-8) {
  options.cap_m = 100;
  const SeparationReport slow = prove_all_pairs(motions, rules, options);
  for (const bool groups : {true, false}) {
    options.groups = groups;
    const SeparationReport fast = prove_separation(motions, rules, options).value();
    SCOPED_TRACE(groups ? "groups" : "no groups");
    expect_same(fast, slow, grain_m);
    EXPECT_LT(fast.refined, fast.pairs);
  }
}

Units units_in(const Motions& motions, Motions& lanes) {
  Threads alone(1);
  return find_units(motions, true, lanes, alone);
}

TEST(Broad, CrossingsAreThoseOfAllPairs) {
  for (const double limit : {0.5, 1.5, 4.0}) {
    const Motions motions = scenes::crossings(220, 3);
    const SeparationReport report = prove_separation(motions, scenes::rules(limit)).value();
    EXPECT_GT(report.conflicts.size(), 10U);
    expect_all_pairs(motions, scenes::rules(limit));
  }
}

TEST(Broad, SparseCrossingsGiveTheLeastDistanceToo) {
  const Motions motions = scenes::crossings(250, 5, 200);
  expect_all_pairs(motions, scenes::rules(0.02));
}

TEST(Broad, ParadesAreThoseOfAllPairs) {
  for (const bool ripple : {false, true}) {
    const Motions motions = scenes::parade(360, ripple);
    expect_all_pairs(motions, scenes::rules(0.5));
    expect_all_pairs(motions, scenes::rules(0.8));  // the files are 0.75 m apart
    expect_all_pairs(scenes::parade(760, ripple), scenes::rules(0.5));
  }
  expect_all_pairs(scenes::swaying(400, 1), scenes::rules(0.72));
}

TEST(Broad, LongSlicesAreThoseOfAllPairs) {
  // Few slices: everybody is placed once. Some come late, leave, stand, run through, or are far.
  Motions motions = scenes::swaying(350, 2);
  for (std::uint32_t i = 0; i < 10; ++i) {
    Random random(3, i, 0);
    const double y = random.uniform(0, 18);
    add(motions, {{10, 20, {{random.uniform(-16, 0) + 1.4 * 10, y, 0}, {1.4, 0, 0}}}});
    add(motions, {{0, 60, {{random.uniform(0, 80), y, 0}}}});
    add(motions, {{5.0 + i, 7.0 + i, {{-20, y, 0}, {30, random.uniform(-1, 1), 0}}}});
    add(motions, {{0, 60, {{2e7, 0.5 * i, 0}}}});
  }
  for (const double limit : {0.3, 0.6, 0.72}) expect_all_pairs(motions, scenes::rules(limit));
  SeparationOptions margin;
  margin.measure = SeparationOptions::Measure::margin;
  expect_all_pairs(motions, scenes::rules(0.6), margin);
  EXPECT_LT(prove_separation(scenes::swaying(350, 2), scenes::rules(0.6)).value().refined, 60U);
}

TEST(Broad, ARippleThatClosesUpIsFound) {
  // Each rank steps off 0.4 s after the one before and 1.2 m behind: it falls back by 0.56 m, never
  // closer; stepping off before it, it would be.
  Motions motions = scenes::parade(400, true);
  const std::uint32_t runner = add(motions, {{0, 60, {{-200, -60, 0}, {5, 1.55, 0}}}});
  const auto report = prove_separation(motions, scenes::rules(0.5)).value();
  EXPECT_FALSE(report.clear());
  for (const Approach& each : report.conflicts) EXPECT_EQ(each.b, runner);
  expect_all_pairs(motions, scenes::rules(0.5));
}

/// Ranks on paths of their own that wheel, as movement bakes them.
/// `at_one_place`: each where the one before did; else all at once.
Motions wheel(std::uint32_t ranks, bool at_one_place = false) {
  Motions motions;
  for (std::uint32_t rank = 0; rank < ranks; ++rank) {
    const std::uint32_t path = motions.add_path(1e-4, 1e-6, false);
    const double behind = 1.2 * rank;
    // Straight along x, then a quarter about (0, 12) in 30 s by a cubic that nearly turns.
    const std::array<Coefficient, 2> straight{Coefficient{-60 - behind, 0, 0, 0, 1},
                                              Coefficient{1.2, 0, 0, 0, 0}};
    const double begins = at_one_place ? 40 + rank : 40;
    motions.add_piece(0, begins, straight);
    std::vector<Coefficient> turn(4);
    const double k = 0.05;
    turn[0] = {-60 - behind + 1.2 * begins, 0, 0, 0, 1};
    turn[1] = {1.2, 0, 0, -k, 0};
    turn[2] = {0, 0.03, 0, 0, -k * k / 2};
    turn[3] = {-0.0006, 0, 0, k * k * k / 6, 0};
    motions.add_piece(begins, begins + 15, turn);
    for (int file = 0; file < 15; ++file) {
      MotionMover mover;
      mover.path = path;
      mover.left_m = 0.75 * (file - 7);
      mover.body.radius_m = 0.2;
      motions.movers.push_back(mover);
    }
  }
  return motions;
}

TEST(Broad, RanksThatWheelAreThoseOfAllPairs) {
  Motions motions = wheel(20);
  expect_all_pairs(motions, scenes::rules(0.3));
  expect_all_pairs(motions, scenes::rules(0.36));
  SeparationOptions margin;
  margin.measure = SeparationOptions::Measure::margin;
  expect_all_pairs(motions, scenes::rules(0.3), margin);
  for (std::uint32_t i = 0; i < 200; ++i) {
    Random random(4, i, 0);
    add(motions,
        {{random.uniform(0, 20),
          55,
          {{random.uniform(-80, 20), random.uniform(-20, 40), 0},
           {random.uniform(-2, 2), random.uniform(-2, 2), 0}}}},
        Body{0, 0, 0.3});
  }
  expect_all_pairs(motions, scenes::rules(0.3));
  expect_all_pairs(motions, scenes::rules(0.3), margin);
}

/// Every mover with a path of its own, as tracks JSON has it.
Motions written_out(const Motions& motions) {
  Motions out;
  for (const MotionMover& mover : motions.movers) {
    MotionMover own = mover;
    own.path = out.add_path(0, 0, false);
    own.left_m = 0;
    out.movers.push_back(own);
    for (const MotionPiece& piece : motions.pieces_of(motions.paths[mover.path])) {
      std::vector<Coefficient> c;
      for (int k = 0; k <= piece.degree; ++k) {
        const Coefficient& x = motions.coefficients[piece.first_coefficient + k];
        c.push_back({x[0] + mover.left_m * x[3], x[1] + mover.left_m * x[4], x[2], 0, 0});
      }
      out.add_piece(piece.t0_s, piece.t1_s, c);
    }
  }
  return out;
}

TEST(Broad, RanksThatWheelAreFoundInTheirTracks) {
  const Motions motions = written_out(wheel(20, true));
  Motions lanes;
  const std::vector<Unit> units = units_in(motions, lanes).units;
  ASSERT_EQ(units.size(), 20U);
  for (const Unit& unit : units) {
    EXPECT_EQ(unit.members.size(), 15U);
    EXPECT_LT(unit.drift_m, 1e-9);
    for (const double t : {0.0, 20.0, 40.0, 47.3, 55.0}) {
      MotionMover beside;
      beside.path = unit.path;
      for (const auto& member : unit.members) {
        std::array<double, 3> at{};
        std::array<double, 3> expected{};
        beside.left_m = member.left_m;
        ASSERT_TRUE(lanes.position(beside, t, at));
        ASSERT_TRUE(motions.position(motions.movers[member.mover], t, expected));
        for (std::size_t d = 0; d < 3; ++d) EXPECT_NEAR(at[d], expected[d], unit.drift_m + 1e-12);
      }
    }
  }
  expect_all_pairs(motions, scenes::rules(0.5));
  expect_all_pairs(motions, scenes::rules(0.76));
  // Somebody in the rank who steps aside for a moment is not of it.
  Motions strays = motions;
  const MotionMover& stray = strays.movers[37];
  MotionPiece& piece = strays.pieces[strays.paths[stray.path].first_piece + 1];
  strays.coefficients[piece.first_coefficient + 3][1] += 3e-4;
  Motions other;
  const Units with_stray = units_in(strays, other);
  EXPECT_EQ(with_stray.units.size(), 20U);
  EXPECT_THAT(with_stray.alone, testing::ElementsAre(37U));
  expect_all_pairs(strays, scenes::rules(0.5));
}

// Single precision tells places this far out to centimetres and metres; the filter has to let all
// those through that might be near, and did so only by its guard.
TEST(Broad, FloatsOfTheFilterHideNobody) {
  for (const double extent : {1e3, 1e5, 3e6}) {
    Motions motions;
    constexpr std::uint32_t kPairs = 150;
    for (std::uint32_t i = 0; i < kPairs; ++i) {
      Random random(17, i, 0);
      const double angle = random.uniform(0, 2 * std::numbers::pi);
      const double speed = random.uniform(0, 300);
      const std::array<double, 2> v{speed * std::cos(angle), speed * std::sin(angle)};
      const double x = random.uniform(0, extent);
      const double y = random.uniform(0, extent);
      add(motions, {{0, 60, {{x, y, 0}, {v[0], v[1], 0}}}});
      // Past it at right angles to the way, a tenth of a micrometre too near, at some instant.
      const double way = random.uniform(0, 2 * std::numbers::pi);
      const double relative = random.uniform(0.1, 5);
      const double at = random.uniform(5, 55);
      const std::array<double, 2> w{relative * std::cos(way), relative * std::sin(way)};
      const double apart = 1 - 1e-7;
      add(motions,
          {{0,
            60,
            {{x - std::sin(way) * apart - at * w[0], y + std::cos(way) * apart - at * w[1], 0},
             {v[0] + w[0], v[1] + w[1], 0}}}});
    }
    const auto report = prove_separation(motions, scenes::rules(1)).value();
    std::size_t found = 0;
    for (const Approach& each : report.conflicts)
      found += each.a % 2 == 0 && each.b == each.a + 1 ? 1 : 0;
    EXPECT_EQ(found, kPairs) << extent;
  }
}

TEST(Broad, JetsAmongMarchersAndThoseFarAwayAreThoseOfAllPairs) {
  Motions motions = scenes::crossings(300, 9);
  for (std::uint32_t i = 0; i < 12; ++i) {
    Random random(2, i, 0);
    add(motions, {{0,
                   60,
                   {{random.uniform(-9e3, 0), random.uniform(0, 170), 0},
                    {random.uniform(150, 300), random.uniform(-3, 3), 0}}}});
  }
  add(motions, {{0, 60, {{0, 0, 0}, {1e7, 0, 0}}}});
  add(motions, {{0, 60, {{3e8, 3e8, 0}, {-5e6, -5e6, 0}}}});
  add(motions, {{0, 60, {{3e8, 3e8 + 1, 0}, {-5e6, -5e6, 0}}}});
  expect_all_pairs(motions, scenes::rules(1.5), {}, 1e-5);
}

/// Some come late, some go, pieces have gaps; all go along with `common`.
Motions comers_and_goers(const std::array<double, 2>& common) {
  Motions motions;
  for (std::uint32_t i = 0; i < 220; ++i) {
    Random random(8, i, 0);
    std::vector<scenes::PieceOf> pieces;
    double t = random.uniform(0, 20);
    std::array<double, 3> at{random.uniform(0, 120), random.uniform(0, 120), random.uniform(0, 3)};
    for (std::size_t d = 0; d < 2; ++d) at[d] += common[d] * t;
    while (t < 60) {
      const double length = random.uniform(0.2, 15);
      const std::array<double, 3> v{random.uniform(-3, 3) + common[0],
                                    random.uniform(-3, 3) + common[1], random.uniform(-0.1, 0.1)};
      pieces.push_back({t, t + length, {at, v}});
      for (std::size_t d = 0; d < 3; ++d) at[d] += v[d] * length;
      t += length;
      if (random.below(4) == 0) t += random.uniform(0, 3);
    }
    add(motions, pieces);
  }
  return motions;
}

TEST(Broad, GapsJointsAndLatecomersAreThoseOfAllPairs) {
  for (const auto& common : {std::array<double, 2>{0, 0}, std::array<double, 2>{40, -25}}) {
    const Motions motions = comers_and_goers(common);
    expect_all_pairs(motions, scenes::rules(1.5));
    Rules cylinder(1);
    cylinder.set(0, 0, {Limit::Shape::cylinder, 1.5, 0.8});
    expect_all_pairs(motions, cylinder);
  }
}

TEST(Broad, RanksOfOneStepAreOneUnitOnlyWhereTheyStandTogether) {
  // Three blocks of 14 ranks; equal ranks of all blocks step off alike, 30 m apart.
  const Motions motions = scenes::parade(1050, true);
  Motions lanes;
  const std::vector<Unit> units = units_in(motions, lanes).units;
  EXPECT_EQ(units.size(), 42U);
  std::size_t members = 0;
  for (const Unit& unit : units) {
    members += unit.members.size();
    EXPECT_EQ(unit.members.size(), 25U);
    EXPECT_LE(unit.radius_m, 24 * 0.75 + 1e-6);
    EXPECT_EQ(unit.path, motions.movers[unit.members[0].mover].path);
    for (const auto& member : unit.members) {
      std::array<double, 3> at{};
      std::array<double, 3> leader{};
      ASSERT_TRUE(motions.position(motions.movers[member.mover], 33, at));
      ASSERT_TRUE(motions.position(motions.movers[unit.members[0].mover], 33, leader));
      for (std::size_t d = 0; d < 2; ++d)
        EXPECT_NEAR(at[d], leader[d] + member.offset_m[d], unit.drift_m + 1e-9);
    }
  }
  EXPECT_EQ(members, 1050U);
  // One block walks as one.
  EXPECT_EQ(units_in(scenes::parade(1050, false), lanes).units.size(), 3U);
  EXPECT_TRUE(lanes.paths.empty());
}

TEST(Broad, ClassesOweEachOtherWhatTheRulesSay) {
  Motions motions = scenes::crossings(300, 21);
  for (std::uint32_t i = 0; i < motions.movers.size(); ++i) motions.movers[i].of_class = i % 3;
  Rules rules(3);
  rules.set(0, 1, {Limit::Shape::sphere, 2, 0});
  rules.set(1, 1, {Limit::Shape::sphere, 0.5, 0});
  const auto report = prove_separation(motions, rules).value();
  ASSERT_FALSE(report.clear());
  for (const Approach& each : report.conflicts) {
    EXPECT_NE(each.a % 3, 2U);
    EXPECT_NE(each.b % 3, 2U);
    EXPECT_FALSE(each.a % 3 == 0 && each.b % 3 == 0);
  }
  expect_all_pairs(motions, rules);
}

TEST(Broad, TheSameBitsForAnyNumberOfThreads) {
  const Motions motions = scenes::crossings(600, 17);
  const Motions blocks = scenes::parade(800, true);
  for (const Motions* each : {&motions, &blocks}) {
    SeparationOptions options;
    options.threads = 1;
    const auto one = prove_separation(*each, scenes::rules(1.0), options).value();
    for (int threads = 2; threads <= 4; ++threads) {
      options.threads = threads;
      const auto more = prove_separation(*each, scenes::rules(1.0), options).value();
      ASSERT_EQ(one.conflicts.size(), more.conflicts.size());
      EXPECT_EQ(0, std::memcmp(one.conflicts.data(), more.conflicts.data(),
                               one.conflicts.size() * sizeof(Approach)));
      EXPECT_EQ(one.refined, more.refined);
      EXPECT_EQ(one.least_lower_m, more.least_lower_m);
      EXPECT_EQ(one.least_upper_m, more.least_upper_m);
      EXPECT_EQ(one.nearest, more.nearest);
    }
  }
}

// So many that what was found is dealt out into ranges and put together again.
TEST(Broad, ManyConflictsAreInOrderAndEachIsThereOnce) {
  const Motions motions = scenes::crossings(160, 23, 4);
  const Rules rules = scenes::rules(15);
  const SeparationReport all = prove_all_pairs(motions, rules);
  EXPECT_EQ(all.pairs, 160U * 159 / 2);
  EXPECT_EQ(all.refined, all.pairs);
  ASSERT_GT(all.conflicts.size(), 4000U);
  const SeparationOptions options;
  PairProof proof(motions, rules, options);
  std::size_t next = 0;
  for (std::uint32_t a = 0; a < 160; ++a) {
    for (std::uint32_t b = a + 1; b < 160; ++b) {
      proof.conflicts.clear();
      proof.look(a, b, 0, 60);
      join_conflicts(proof.conflicts);
      for (const Approach& each : proof.conflicts) {
        ASSERT_LT(next, all.conflicts.size());
        const Approach& found = all.conflicts[next++];
        ASSERT_EQ(std::tie(found.a, found.b, found.t0_s, found.t1_s),
                  std::tie(each.a, each.b, each.t0_s, each.t1_s));
      }
    }
  }
  EXPECT_EQ(next, all.conflicts.size());
  expect_same(prove_separation(motions, rules).value(), all, 1e-8);
}

TEST(Broad, ItStopsWhenAsked) {
  SeparationOptions options;
  int calls = 0;
  options.progress = [&](double share) {
    EXPECT_GE(share, 0);
    EXPECT_LE(share, 1);
    return ++calls < 3;
  };
  options.threads = 1;
  const auto report = prove_separation(scenes::crossings(500, 1), scenes::rules(1), options);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, Errc::interrupted);
}

TEST(Filter, VectorsKeepTheSamePairsAsTheReference) {
  for (std::uint32_t seed = 0; seed < 30; ++seed) {
    Random random(seed, 0, 0);
    SliceArrays s;
    s.columns = 4 + random.below(6);
    s.rows = 4 + random.below(6);
    const std::uint32_t wide = random.below(5);
    std::vector<std::uint32_t> counts(s.columns * s.rows);
    s.cell_start = {0};
    for (std::uint32_t& count : counts) {
      count = random.below(6);
      s.cell_start.push_back(s.cell_start.back() + count);
    }
    s.wide_begin = s.cell_start.back();
    const std::uint32_t n = s.wide_begin + wide;
    s.cell_start.push_back(n);
    s.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      for (auto* array : {&s.cx, &s.cy, &s.cz})
        (*array)[i] = static_cast<float>(random.uniform(0, 9));
      const bool still = random.below(3) == 0;
      for (auto* array : {&s.hx, &s.hy, &s.hz})
        (*array)[i] = still ? 0 : static_cast<float>(random.uniform(-1, 1));
      s.reach[i] = static_cast<float>(random.uniform(0, 2));
    }
    std::vector<IndexPair> vectors;
    std::vector<IndexPair> scalar;
    filter_pairs(s, vectors);
    filter_pairs_scalar(s, scalar);
    ASSERT_EQ(vectors.size(), scalar.size()) << seed;
    EXPECT_GT(vectors.size(), 0U);
    for (std::size_t k = 0; k < scalar.size(); ++k) {
      EXPECT_EQ(vectors[k].i, scalar[k].i);
      EXPECT_EQ(vectors[k].j, scalar[k].j);
    }
  }
}

}  // namespace
}  // namespace defilada::proof
