// SPDX-License-Identifier: MIT
#include "defilada/movement/drill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "defilada/movement/bake.hpp"
#include "defilada/movement/limits.hpp"
#include "fixture.hpp"

namespace defilada::movement {
namespace {

using namespace fixture;
using What = show::Evolution::What;
using Side = show::Evolution::Side;

constexpr double kInchM = 0.0254;

/// One block on a street 400 m long, with its nose at 100 m.
struct Parade {
  show::Show show = empty_show(geo::Route::make({{0, 0}, {400, 0}}, 0).value());
  show::ProcessionId march_id;
  show::ContingentId id;

  Parade(int files, int ranks, int leaders = 0) { add(files, ranks, leaders); }
  Parade(geo::Route route, int files, int ranks) : show(empty_show(std::move(route))) {
    add(files, ranks, 0);
  }
  void add(int files, int ranks, int leaders) {
    show.kinds.push_back(marcher());
    march_id = add_procession(show, "column", add_station(show, "line-up", 100), 10);
    id = add_block(show, march_id, "guard", files, ranks, show::KindId{0});
    show.contingents[0].parts[0].formation.leaders = leaders;
  }
  show::Evolution& drill(What what, double s_m) {
    show::Evolution evolution;
    evolution.what = what;
    evolution.station =
        add_station(show, "station " + std::to_string(show.site.stations.size()), s_m);
    evolution.s_m = s_m;
    show.contingents[0].drill.push_back(evolution);
    return show.contingents[0].drill.back();
  }
  Motions motions() const { return make_motions(show); }
  std::string first_code() const {
    const auto found = motions().findings;
    return found.empty() ? "" : found.front().finding.code;
  }
};

/// How long a move from rest to rest takes: the closed form of the header.
double takes(double length, double v, double a) {
  length = std::abs(length);
  return length >= v * v / a ? length / v + v / a : 2 * std::sqrt(length / a);
}

double least_spacing(const Arrangement& arrangement) {
  double least = 1e9;
  for (std::size_t a = 0; a < arrangement.slots.size(); ++a) {
    for (std::size_t b = a + 1; b < arrangement.slots.size(); ++b) {
      least = std::min(
          least, std::hypot(arrangement.slots[a].slot.back_m - arrangement.slots[b].slot.back_m,
                            arrangement.slots[a].slot.left_m - arrangement.slots[b].slot.left_m));
    }
  }
  return least;
}

/// Steps every marcher of the baked tracks from joint to joint and between.
struct Stepped {
  double least_m = 1e9;  ///< between two of them
  double fastest_mps = 0;
  double greatest_jump_m = 0;  ///< beyond what the speed limit allows in a step
};
Stepped step_all(const track::TrackSet& tracks, double from, double to, double step,
                 double limit_mps) {
  Stepped out;
  std::vector<std::array<double, 3>> before;
  for (double t = from; t <= to; t += step) {
    std::vector<std::array<double, 3>> now;
    for (const auto& mover : tracks.movers) {
      const auto state = tracks.at(mover, t);
      if (!state) continue;
      now.push_back(state->position_m);
      out.fastest_mps =
          std::max(out.fastest_mps, std::hypot(state->velocity_mps[0], state->velocity_mps[1]));
    }
    for (std::size_t a = 0; a < now.size(); ++a) {
      for (std::size_t b = a + 1; b < now.size(); ++b) {
        out.least_m =
            std::min(out.least_m, std::hypot(now[a][0] - now[b][0], now[a][1] - now[b][1]));
      }
      if (before.size() == now.size()) {
        const double gone = std::hypot(now[a][0] - before[a][0], now[a][1] - before[a][1]);
        out.greatest_jump_m = std::max(out.greatest_jump_m, gone - limit_mps * step);
      }
    }
    before = std::move(now);
  }
  return out;
}

track::TrackSet baked(const Parade& parade, const Motion& motion) {
  track::TrackSet tracks;
  bake(parade.show, motion, 900, 1000, tracks);
  EXPECT_TRUE(tracks.validate().has_value()) << tracks.validate().error().message;
  return tracks;
}

// US Army TC 3-21.5: the front rank takes two paces of 30 in, the second one, the third stands, the
// fourth takes two half steps back.
TEST(Drill, OpenOrderHasTheTextbookPaces) {
  Parade parade(5, 4, 1);
  parade.drill(What::open_order, 200).by_m = 30 * kInchM;
  const Motions motions = parade.motions();
  EXPECT_TRUE(motions.findings.empty());
  const Drilled& opened = motions[parade.id].drill().at(0);
  const Evolved& evolved = *opened.halted;
  const Arrangement before = motions[parade.id].arrangement();
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    const double paces = evolved.phases[0].by_m[i].x / (30 * kInchM);
    static constexpr double kPaces[] = {2, 2, 1, 0, -1};  // the leader goes with the first rank
    EXPECT_NEAR(paces, kPaces[before.rank_of[i]], 1e-12) << i;
  }
  const double v = march().speed_mps;
  const double longest = std::max(takes(2 * 30 * kInchM, v, 1.5), takes(30 * kInchM, v / 2, 1.5));
  EXPECT_NEAR(evolved.duration_s, longest, 1e-9);
  EXPECT_NEAR(opened.after.backs_m.back(), before.backs_m.back() + 3 * 30 * kInchM, 1e-9);
  EXPECT_NEAR(evolved.ahead_m, 2 * 30 * kInchM, 1e-9);
}

TEST(Drill, ClosingUndoesOpening) {
  Parade parade(5, 4, 2);
  parade.drill(What::open_order, 200).by_m = 0.6;
  parade.drill(What::close_order, 240).by_m = 0.6;
  const Motions motions = parade.motions();
  ASSERT_EQ(motions[parade.id].drill().size(), 2u);
  const Arrangement& before = motions[parade.id].arrangement();
  const Arrangement& after = motions[parade.id].drill()[1].after;
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    EXPECT_NEAR(before.slots[i].slot.back_m, after.slots[i].slot.back_m, 1e-9);
    EXPECT_NEAR(before.slots[i].slot.left_m, after.slots[i].slot.left_m, 1e-9);
  }
  EXPECT_NEAR(motions[parade.id].drill()[1].ahead_m, 0, 1e-9);
}

TEST(Drill, ALineOfAColumnAndBackIsTheColumn) {
  for (const Side side : {Side::left, Side::right}) {
    Parade parade(3, 12, 1);
    auto& line = parade.drill(What::form_line, 200);
    line.files = 12;
    line.side = side;
    auto& column = parade.drill(What::form_column, 260);
    column.files = 3;
    column.side = side;
    const Motions motions = parade.motions();
    ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
    const Arrangement& before = motions[parade.id].arrangement();
    const Drilled& formed = motions[parade.id].drill().at(0);
    EXPECT_EQ(formed.after.backs_m.size(), 4u);  // three ranks and the leader
    EXPECT_NEAR(formed.after.width_m(), 11 * 0.75 + 0.55, 1e-9);
    const double v = march().speed_mps;
    EXPECT_NEAR(formed.t1_s - formed.t0_s,
                takes(1.5 * 3 * 0.75, v, 1.5) + takes(3 * 3 * 1.2, v, 1.5), 1e-9);
    // The leading part is on the right of those who came up on the left.
    const double sign = side == Side::left ? -1 : 1;
    EXPECT_NEAR(formed.after.slots[2].slot.left_m, sign * 1.5 * 3 * 0.75, 1e-9);
    const Arrangement& after = motions[parade.id].drill().at(1).after;
    for (std::size_t i = 0; i < before.slots.size(); ++i) {
      EXPECT_NEAR(before.slots[i].slot.back_m, after.slots[i].slot.back_m, 1e-9) << i;
      EXPECT_NEAR(before.slots[i].slot.left_m, after.slots[i].slot.left_m, 1e-9) << i;
    }
  }
}

TEST(Drill, DressingKeepsTheBaseAndTakesSideStepsOf12Inches) {
  Parade parade(5, 2);
  auto& dress = parade.drill(What::dress, 200);
  dress.side = Side::right;
  dress.interval_m = 1.0;
  const Motions motions = parade.motions();
  const Drilled& dressed = motions[parade.id].drill().at(0);
  const double base = motions[parade.id].arrangement().slots[0].slot.left_m;
  EXPECT_NEAR(dressed.after.slots[0].slot.left_m, base, 1e-12);
  EXPECT_NEAR(dressed.after.slots[4].slot.left_m, base + 4, 1e-9);
  EXPECT_NEAR(dressed.t1_s - dressed.t0_s, takes(1.0, 12 * kInchM * 112 / 60, 1.5), 1e-9);
}

// events: 25 files at 0.75 m, 90 degrees, the inner file marking time: 28.3 m of the outer file,
// 37.7 paces of 75 cm, 20 s at 112 to the minute.
TEST(Drill, InAWheelTheInnerFileMarksTimeAndTheOuterStepsFull) {
  Parade parade(geo::Route::make({{0, 0}, {200, 0}, {200, 200}}, 9).value(), 25, 1);
  parade.drill(What::wheel, 196);
  const Motions motions = parade.motions();
  ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
  EXPECT_TRUE(check_limits(parade.show, motions).empty());
  const Motion& motion = motions[parade.id];
  const WheelPaces paces = wheel_paces(parade.show, motion);
  EXPECT_NEAR(paces.outer_m, 0.75, 1e-9);
  EXPECT_NEAR(paces.inner_m, 0, 1e-9);
  const Bend& bend = *motion.drill().at(0).bend;
  const double turning = motion.rank_at(0, bend.to_m) - motion.rank_at(0, bend.from_m);
  EXPECT_NEAR(turning, 18 * M_PI / 2 / 1.4, 1e-9);  // 20.2 s
  EXPECT_NEAR(turning * 112 / 60, 37.7, 0.05);
  const track::TrackSet tracks = baked(parade, motion);
  const double t = 1000 + motion.rank_at(0, 0.5 * (bend.from_m + bend.to_m));
  const auto speed = [&](std::size_t mover) {
    const auto v = tracks.at(tracks.movers[mover], t)->velocity_mps;
    return std::hypot(v[0], v[1]);
  };
  EXPECT_NEAR(speed(0), 1.4, 1e-3);  // to the left: the right file is the outer one
  EXPECT_NEAR(speed(24), 0, 1e-3);
}

geo::Route out_and_back(double aside) {
  return geo::Route::make({{0, 0}, {200, 0}, {200, aside}, {0, aside}}, aside / 2).value();
}

TEST(Drill, InACountermarchEachFileTurnsByItselfAndComesBackBetweenTheOthers) {
  Parade parade(out_and_back(0.6), 4, 5);
  parade.show.contingents[0].parts[0].formation.interval_m = 1.2;
  parade.show.processions[0].end = add_station(parade.show, "end", 330);
  parade.drill(What::countermarch, 200);
  const Motions motions = parade.motions();
  ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
  EXPECT_TRUE(check_limits(parade.show, motions).empty());
  const Motion& motion = motions[parade.id];
  const Drilled& turned = motion.drill().at(0);
  EXPECT_NEAR(turned.bend->aside_m, 0.6, 1e-9);
  const track::TrackSet tracks = baked(parade, motion);
  const Stepped stepped =
      step_all(tracks, 1000 + turned.t0_s - 2, 1000 + turned.t1_s + 2, 0.02, 1.4);
  EXPECT_GE(stepped.least_m, 0.6 - 1e-3);  // half an interval
  EXPECT_LE(stepped.fastest_mps, 1.4 + 1e-3);
  EXPECT_LE(stepped.greatest_jump_m, 1e-3);
  // They come back as their mirror image: who was on the right is on the left.
  const double after = 1000 + turned.t1_s + 1;
  const auto right_man = *tracks.at(tracks.movers[0], after);
  EXPECT_NEAR(right_man.position_m[1], -1.8 + 0.6, 1e-3);
  EXPECT_NEAR(std::abs(right_man.heading_rad), M_PI, 1e-6);
  const double v = march().speed_mps;
  EXPECT_NEAR(motion.rank_at(4, turned.bend->to_m) - motion.rank_at(0, turned.bend->from_m),
              (turned.bend->to_m - turned.bend->from_m + 4 * 1.2) / v, 1e-9);
}

TEST(Drill, NobodyIsNearerThanBeforeOrAfterAndEverybodyIsContinuous) {
  std::mt19937 random(7);
  const auto pick = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  for (int round = 0; round < 12; ++round) {
    const int files = pick(1, 4);
    const int parts = pick(2, 3);
    Parade parade(files, parts * pick(1, 3), pick(0, 1));
    const Side side = pick(0, 1) == 0 ? Side::left : Side::right;
    auto& open = parade.drill(What::open_order, 160);
    open.by_m = 0.1 * pick(2, 9);
    open.stands = parade.show.contingents[0].parts[0].formation.ranks > 1 ? 2 : 1;
    auto& line = parade.drill(What::form_line, 200);
    line.files = parts * files;
    line.side = side;
    auto& dress = parade.drill(What::dress, 230);
    dress.interval_m = 0.1 * pick(8, 12);
    dress.side = static_cast<Side>(pick(0, 2));
    auto& column = parade.drill(What::form_column, 230);
    column.files = files;
    column.side = side;
    const Motions motions = parade.motions();
    ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
    const Motion& motion = motions[parade.id];
    ASSERT_EQ(motion.drill().size(), 4u);
    const track::TrackSet tracks = baked(parade, motion);
    double least = least_spacing(motion.arrangement());
    for (const Drilled& each : motion.drill()) least = std::min(least, least_spacing(each.after));
    const Stepped stepped = step_all(tracks, 999, 1000 + motion.duration_s(), 0.05, 1.4);
    EXPECT_GE(stepped.least_m, least - 1e-6) << round;
    EXPECT_LE(stepped.fastest_mps, 1.4 + 1e-9) << round;
    EXPECT_LE(stepped.greatest_jump_m, 1e-9) << round;
  }
}

TEST(Drill, NoseAndTailAreTheForemostAndTheRearmostOfAll) {
  Parade parade(2, 6, 1);
  parade.drill(What::open_order, 160).by_m = 0.7;
  parade.drill(What::form_line, 200).files = 6;
  parade.drill(What::form_column, 240).files = 2;
  parade.drill(What::close_order, 280).by_m = 0.7;
  const Motions motions = parade.motions();
  ASSERT_TRUE(motions.findings.empty()) << motions.findings[0].finding.message;
  const Motion& motion = motions[parade.id];
  const track::TrackSet tracks = baked(parade, motion);
  for (double t = 0; t < motion.duration_s(); t += 0.037) {
    double nose = -1e9;
    double tail = 1e9;
    for (const auto& mover : tracks.movers) {
      const double x = tracks.at(mover, 1000 + t)->position_m[0];
      nose = std::max(nose, x + 0.175);
      tail = std::min(tail, x - 0.175);
    }
    EXPECT_NEAR(motion.head_s(t), nose, 1e-6) << t;
    EXPECT_NEAR(motion.tail_s(t), tail, 1e-6) << t;
  }
  for (const double s : {120.0, 160.3, 201.0, 243.0, 279.5, 300.0}) {
    EXPECT_NEAR(motion.head_s(motion.head_at(s)), s, 1e-6);
    EXPECT_NEAR(motion.tail_s(motion.tail_at(s)), s, 1e-6);
    for (double t = 0; t < motion.head_at(s); t += 0.1) EXPECT_LE(motion.head_s(t), s + 1e-6);
    for (double t = motion.tail_at(s); t < motion.duration_s(); t += 0.1) {
      EXPECT_GE(motion.tail_s(t), s - 1e-6);
    }
  }
}

TEST(Drill, RanksCrossAsTheTracksDo) {
  Parade parade(2, 6);
  parade.drill(What::form_line, 200).files = 6;
  const Motions motions = parade.motions();
  const Motion& motion = motions[parade.id];
  const track::TrackSet tracks = baked(parade, motion);
  const Arrangement& after = motion.drill()[0].after;
  for (std::size_t i = 0; i < after.slots.size(); ++i) {
    const double t = 1000 + motion.rank_at(after.rank_of[i], 300);
    EXPECT_NEAR(tracks.at(tracks.movers[i], t)->position_m[0], 300, 1e-6) << i;
  }
}

TEST(Drill, WhoFollowsKeepsClearOfRanksThatStepBack) {
  Parade parade(5, 4);
  parade.drill(What::open_order, 200).by_m = 0.7;
  const auto next = add_block(parade.show, parade.march_id, "next", 5, 4, show::KindId{0});
  const Motions motions = parade.motions();
  const SharedWay shared = shared_way(parade.show, motions[parade.id], motions[next]);
  const double delay = *least_delay_s(motions[parade.id], motions[next], 2, shared);
  double least = 1e9;
  for (double t = delay; t < motions[parade.id].duration_s(); t += 0.02) {
    least = std::min(least, motions[parade.id].tail_s(t) - motions[next].head_s(t - delay));
  }
  EXPECT_NEAR(least, 2, 0.05);
  EXPECT_GE(least, 2 - 1e-6);
}

TEST(Drill, WhatCannotBeDoneIsAFindingAndIsLeftOut) {
  const auto code = [](const std::function<void(Parade&)>& write) {
    Parade parade(3, 6);
    parade.show.site.routes[0].width_m = 6;
    write(parade);
    EXPECT_TRUE(parade.motions()[parade.id].drill().empty());
    EXPECT_GT(parade.motions()[parade.id].duration_s(), 0);
    return parade.first_code();
  };
  EXPECT_EQ(code([](Parade& p) { p.drill(What::form_line, 200).files = 18; }),
            "movement.drill-too-wide");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::form_line, 200).files = 7; }),
            "movement.drill-files");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::form_column, 200).files = 2; }),
            "movement.drill-files");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::close_order, 200).by_m = 0.8; }),
            "movement.drill-too-near");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::dress, 200).interval_m = 0.4; }),
            "movement.drill-too-near");
  EXPECT_EQ(code([](Parade& p) {
              auto& open = p.drill(What::open_order, 200);
              open.by_m = 0.5;
              open.stands = 9;
            }),
            "movement.drill-ranks");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::open_order, 60).by_m = 0.5; }),
            "movement.drill-off-way");
  EXPECT_EQ(code([](Parade& p) { p.drill(What::wheel, 200); }), "movement.drill-no-bend");
  EXPECT_EQ(code([](Parade& p) {
              p.show.kinds[0].category = show::Category::vehicle;
              p.drill(What::form_line, 200).files = 6;
            }),
            "movement.drill-vehicles");
}

TEST(Drill, InABendNobodyOpensOrder) {
  Parade parade(geo::Route::make({{0, 0}, {200, 0}, {200, 200}}, 20).value(), 3, 6);
  parade.drill(What::open_order, 190).by_m = 0.5;
  EXPECT_EQ(parade.first_code(), "movement.drill-in-bend");
}

TEST(Drill, ACountermarchNeedsRoom) {
  Parade near(out_and_back(0.5), 4, 5);  // files at 0.75 m: those who come back pass at 0.25 m
  near.show.processions[0].end = add_station(near.show, "end", 330);
  near.drill(What::countermarch, 200);
  EXPECT_EQ(near.first_code(), "movement.drill-too-near");
  Parade bend(geo::Route::make({{0, 0}, {200, 0}, {200, 200}}, 20).value(), 3, 6);
  bend.drill(What::countermarch, 196);
  EXPECT_EQ(bend.first_code(), "movement.drill-no-turn");
}

TEST(Drill, WhoComesBackMeetsThoseBehind) {
  Parade parade(out_and_back(0.6), 4, 5);
  parade.show.contingents[0].parts[0].formation.interval_m = 1.2;
  parade.show.processions[0].end = add_station(parade.show, "end", 390);
  parade.drill(What::countermarch, 200);
  const auto next = add_block(parade.show, parade.march_id, "next", 4, 5, show::KindId{0});
  const Motions motions = parade.motions();
  const auto met = meets_coming_back(motions[parade.id], motions[next], 30);
  ASSERT_TRUE(met.has_value());
  // Both at the same place of the street: one there for the first time, one on its way back.
  EXPECT_NEAR(motions[next].head_s(met->t_s - 30), met->at_m, 1e-3);
  const Bend& bend = *motions[parade.id].drill()[0].bend;
  EXPECT_NEAR(bend.from_m - (motions[parade.id].head_s(met->t_s) - bend.to_m), met->at_m, 1e-3);
  // A way back wider than both are is beside it.
  Parade wide(out_and_back(8), 4, 5);
  wide.show.processions[0].end = add_station(wide.show, "end", 390);
  wide.drill(What::countermarch, 206);
  const auto other = add_block(wide.show, wide.march_id, "next", 4, 5, show::KindId{0});
  const Motions apart = wide.motions();
  EXPECT_FALSE(meets_coming_back(apart[wide.id], apart[other], 30).has_value());
}

TEST(Drill, RanksTooNearForTheInnerFileAreToldBeforeTheyWheel) {
  Parade parade(geo::Route::make({{0, 0}, {200, 0}, {200, 200}}, 9).value(), 25, 4);
  parade.drill(What::wheel, 196);
  EXPECT_EQ(parade.first_code(), "movement.drill-too-near");
}

}  // namespace
}  // namespace defilada::movement
