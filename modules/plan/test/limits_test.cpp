// SPDX-License-Identifier: MIT
// Limits of the site: floors and ceilings of air lines, kerbs of routes, capacities of areas; and
// who comes near whom.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "defilada/core/edits.hpp"
#include "defilada/plan/nearness.hpp"
#include "small_show.hpp"
#include "stages.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;

constexpr const char* kProgramme = R"(programme:
  - parade: {march: column, from: salute line, to: end line, at: 10:00}
  - fly past: {flypast: jets, at: 10:10}
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

Plan proven(const Planned& planned) {
  Options options;
  options.proof = true;
  return make_plan(*planned.show, options).value();
}

std::vector<const Finding*> with_code(const Plan& plan, const std::string& code) {
  std::vector<const Finding*> found;
  for (const Finding& each : plan.findings) {
    if (each.code == code) found.push_back(&each);
  }
  return found;
}

/// A code as the name of a test: "plan.beyond-floor" is "plan_beyond_floor".
std::string name_of(std::string code) {
  std::replace_if(
      code.begin(), code.end(), [](char c) { return c == '.' || c == '-'; }, '_');
  return code;
}

// ---- floors and ceilings

constexpr const char* kRunIn = "points: [[30 km, 0 m], [-20 km, 0 m]]";

std::string on_line_with(const std::string& limits) {
  return replaced(small_show::text(kProgramme), kRunIn, std::string(kRunIn) + ", " + limits);
}

struct Broken {
  const char* limits;
  const char* code;
  const char* says;
};
class Heights : public testing::TestWithParam<Broken> {};

TEST_P(Heights, AreBrokenAndMended) {
  const auto& [limits, code, says] = GetParam();
  const Planned planned(on_line_with(limits));
  ASSERT_TRUE(planned.plan && planned.plan->feasible);
  const Plan plan = proven(planned);
  const auto found = with_code(plan, code);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr(says));
  EXPECT_THAT(found[0]->who, testing::ElementsAre(testing::HasSubstr("wedge")));
  ASSERT_TRUE(found[0]->place);
  EXPECT_NEAR((*found[0]->place)[2], 500, 1e-6);
  ASSERT_TRUE(found[0]->fix);
  const Planned mended(defilada::edited(planned.file, found[0]->fix->edits));
  EXPECT_TRUE(with_code(proven(mended), code).empty()) << mended.file;
}
INSTANTIATE_TEST_SUITE_P(
    Limits, Heights,
    testing::Values(Broken{"floor: {agl: 512 m}", "plan.beyond-floor",
                           "flies at 500.0 m, 12.0 m below the floor of run-in, 512 m"},
                    Broken{"ceiling: {agl: 480 m}", "plan.beyond-ceiling",
                           "flies at 500.0 m, 20.0 m above the ceiling of run-in, 480 m"},
                    Broken{"floor: {agl: 300 m}, ceiling: {agl: 499.9 m}", "plan.beyond-ceiling",
                           "flies at 500.0 m, 0.1 m above the ceiling of run-in, 499.9 m"}),
    [](const auto& each) { return name_of(each.param.code) + std::to_string(each.index); });

TEST(Heights, OfAFlightAtTheLimitAreKept) {
  const Plan plan = proven(Planned(on_line_with("floor: {agl: 500 m}, ceiling: {agl: 500.5 m}")));
  EXPECT_TRUE(with_code(plan, "plan.beyond-floor").empty());
  EXPECT_TRUE(with_code(plan, "plan.beyond-ceiling").empty());
}

TEST(Heights, HaveNoFixWhereNoHeightFits) {
  const Plan plan = proven(Planned(on_line_with("floor: {agl: 501 m}, ceiling: {agl: 504 m}")));
  const auto found = with_code(plan, "plan.beyond-floor");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0]->fix);
}

std::string kind_with(const std::string& limits) {
  return replaced(small_show::text(kProgramme), "  jet: {category",
                  "  jet: {" + limits + ", category");
}

class HeightsOfKinds : public testing::TestWithParam<Broken> {};
TEST_P(HeightsOfKinds, AreBrokenAndMended) {
  const auto& [limits, code, says] = GetParam();
  const Planned planned(kind_with(limits));
  ASSERT_TRUE(planned.plan && planned.plan->feasible);
  const Plan plan = proven(planned);
  const auto found = with_code(plan, code);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]->severity, Severity::error);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr(says));
  ASSERT_TRUE(found[0]->fix);
  const Planned mended(defilada::edited(planned.file, found[0]->fix->edits));
  EXPECT_TRUE(with_code(proven(mended), code).empty()) << mended.file;
}
INSTANTIATE_TEST_SUITE_P(
    Limits, HeightsOfKinds,
    testing::Values(Broken{"floor: 512 m", "plan.beyond-floor", "flies at 500.0 m, 12.0 m too low"},
                    Broken{"floor: 100 m, ceiling: 499.9 m", "plan.beyond-ceiling",
                           "flies at 500.0 m, 0.1 m too high"}),
    [](const auto& each) { return name_of(each.param.code) + std::to_string(each.index); });

TEST(HeightsOfKinds, AtTheLimitAreKept) {
  const Plan plan = proven(Planned(kind_with("floor: 500 m, ceiling: 500.5 m")));
  EXPECT_TRUE(with_code(plan, "plan.beyond-floor").empty());
  EXPECT_TRUE(with_code(plan, "plan.beyond-ceiling").empty());
}

// Above the floor of the line is above the ceiling of the kind.
TEST(HeightsOfKinds, AreKeptByTheFixForALine) {
  const Plan plan = proven(Planned(replaced(kind_with("ceiling: 505 m"), kRunIn,
                                            std::string(kRunIn) + ", floor: {agl: 508 m}")));
  const auto found = with_code(plan, "plan.beyond-floor");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0]->fix);
}

/// Jets that come by a line of their own, join at 20 km, and climb away from 10 km past the axis.
std::string joining(const std::string& own_limits, const std::string& limits) {
  std::string text = on_line_with(limits);
  text = replaced(text, "  stations:\n",
                  "    feeder: {points: [[30 km, 20 km], [20 km, 0 m]], " + own_limits +
                      "}\n  stations:\n    gate: {route: run-in, abeam: [20 km, 0 m]}\n"
                      "    away: {route: run-in, abeam: [-10 km, 0 m]}\n");
  text = replaced(text, "    order:\n      - wedge: {kind: jet,",
                  "    turn bank: 30 deg\n    break-off: {station: away, turn: left 60 deg, bank: "
                  "30 deg, climb: 10 m/s, then: 10 km}\n"
                  "    order:\n      - wedge: {kind: jet, joins: {from: feeder, station: gate},");
  return text;
}

/// All heights of jets between two instants, sampled.
std::array<double, 2> heights_between(const Planned& planned, double from_s, double to_s) {
  std::array<double, 2> out{1e9, -1e9};
  const track::TrackSet& tracks = planned.plan->tracks;
  for (const track::Mover& mover : tracks.movers) {
    if (planned.show->contingents[mover.contingent].name != "wedge") continue;
    const auto [begin, end] = tracks.interval(tracks.paths[mover.path]);
    for (double t = std::max(begin, from_s); t <= std::min(end, to_s); t += 0.25) {
      const double z = tracks.at(mover, t)->position_m[2];
      out = {std::min(out[0], z), std::max(out[1], z)};
    }
  }
  return out;
}

TEST(Heights, AreThoseOfTheLineThatOneIsOn) {
  const Planned kept(joining("floor: {agl: 400 m}", "ceiling: {agl: 501 m}"));
  ASSERT_TRUE(kept.plan && kept.plan->feasible);
  ASSERT_EQ(kept.plan->flights.size(), 1U);
  const FlightCard& card = kept.plan->flights[0];
  ASSERT_TRUE(card.break_off);
  const double off = card.break_off->time.seconds();
  // They do climb, once nobody asks.
  EXPECT_GT(heights_between(kept, off, off + 1e4)[1], 510);
  EXPECT_LT(heights_between(kept, 0, off)[1], 500 + 1e-3);
  EXPECT_TRUE(with_code(proven(kept), "plan.beyond-ceiling").empty());
  EXPECT_TRUE(with_code(proven(kept), "plan.beyond-floor").empty());

  const Planned low(joining("floor: {agl: 600 m}", "ceiling: {agl: 501 m}"));
  const Plan plan = proven(low);
  const auto found = with_code(plan, "plan.beyond-floor");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("below the floor of feeder, 600 m"));
  // To the join, and not before the flight begins.
  const auto join = std::find_if(
      card.points.begin(), card.points.end(),
      [](const FlightCard::Point& point) { return point.is == FlightCard::Point::Is::join; });
  ASSERT_NE(join, card.points.end());
  ASSERT_TRUE(found[0]->end);
  EXPECT_NEAR(found[0]->end->seconds(), join->head.seconds(), 1e-3);
  EXPECT_TRUE(with_code(plan, "plan.beyond-ceiling").empty());

  const Plan high = proven(Planned(joining("ceiling: {agl: 501 m}", "floor: {agl: 600 m}")));
  const auto after = with_code(high, "plan.beyond-floor");
  ASSERT_EQ(after.size(), 1U);
  EXPECT_NEAR(after[0]->begin->seconds(), join->head.seconds(), 1e-3);
  EXPECT_NEAR(after[0]->end->seconds(), off, 1e-3);
}

// They climb away from the line, whose ceiling holds no longer; the kind's does.
TEST(HeightsOfKinds, HoldAfterTheBreakOff) {
  const std::string text = joining("floor: {agl: 400 m}", "ceiling: {agl: 501 m}");
  const Planned low(replaced(text, "  jet: {category", "  jet: {ceiling: 505 m, category"));
  ASSERT_EQ(low.plan->flights.size(), 1U);
  const Plan plan = proven(low);
  const auto found = with_code(plan, "plan.beyond-ceiling");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("which keeps below 505 m"));
  EXPECT_GT(found[0]->begin->seconds(), low.plan->flights[0].break_off->time.seconds());
}

TEST(Heights, OfALineAreInOrder) {
  Sources sources;
  Diagnostics diagnostics;
  const auto show = show::read_show_text(on_line_with("floor: {agl: 500 m}, ceiling: {agl: 500 m}"),
                                         "small.yaml", {}, sources, diagnostics);
  EXPECT_FALSE(show);
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_THAT(diagnostics.all()[0].message.english(),
              testing::HasSubstr("the ceiling of run-in is not above its floor"));
}

// ---- kerbs

/// The block of nine files is 6.55 m wide, bodies included, and turns by 90 degrees.
std::string with_street(const std::string& width, const std::string& kind = "marcher") {
  std::string text = replaced(small_show::text(kProgramme),
                              "avenue: {points: [[500 m, 0 m], [-500 m, 0 m]], width: 40 m}",
                              "avenue: {points: [[500 m, 0 m], [-300 m, 0 m], [-300 m, 300 m]], "
                              "corner radius: 20 m, width: " +
                                  width + "}");
  if (kind != "marcher") {
    text = replaced(
        text, "  jet: {category",
        "  transporter: {category: vehicle, body: {length: 16 m, width: 3 m, height: 3 m}, "
        "gaits: [10 km/h], speed: {max: 60 km/h}, acceleration: 1 m/s2, turning radius: "
        "9 m, separation: 4 m}\n  jet: {category");
    text = replaced(text, "gait: quick march", "gait: 10 km/h");
    text = replaced(
        text, "kind: marcher, block: {files: 9, ranks: 6, interval: 0.75 m, distance: 1.2 m}",
        "kind: transporter, block: {files: 1, ranks: 2, interval: 5 m, distance: 25 m}");
  }
  return text;
}

TEST(Kerbs, AreKeptByAFormationThatFits) {
  const Plan plan = proven(Planned(with_street("7 m")));
  EXPECT_TRUE(plan.feasible);
  EXPECT_TRUE(with_code(plan, "plan.over-the-edge").empty());
  EXPECT_TRUE(with_code(plan, "movement.too-wide").empty());
}

TEST(Kerbs, OfANarrowRouteAreToldByMovementAlone) {
  const Plan plan = proven(Planned(with_street("6 m")));
  EXPECT_FALSE(with_code(plan, "movement.too-wide").empty());
  EXPECT_TRUE(with_code(plan, "plan.over-the-edge").empty());
}

// 16 m long, 3 m wide, round a corner of 20 m: the front corners swing out to
// hypot(20 + 1.5, 8) - 20 = 2.94 m from the axis.
TEST(Kerbs, AreBrokenByALongVehicleInABend) {
  const Plan plan = proven(Planned(with_street("5 m", "transporter")));
  EXPECT_TRUE(with_code(plan, "movement.too-wide").empty());
  const auto found = with_code(plan, "plan.over-the-edge");
  ASSERT_EQ(found.size(), 2U);  // army, navy
  const double over = std::hypot(21.5, 8) - 20 - 2.5;
  EXPECT_THAT(found[0]->message.english(),
              testing::HasSubstr(fmt::format("by up to {:.2f} m", over)));
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("of width in place of 5 m"));
  ASSERT_TRUE(found[0]->place);
  EXPECT_LT((*found[0]->place)[0], -270);
  // A road as wide as the finding says is wide enough.
  const Plan wide = proven(Planned(with_street("5.9 m", "transporter")));
  EXPECT_TRUE(with_code(wide, "plan.over-the-edge").empty());
}

// Half the width of the road is more than the corner's radius: the inner kerb is a corner.
TEST(Kerbs, OfATightCornerAreItsTwoStraights) {
  const std::string text =
      replaced(with_street("40 m"), "corner radius: 20 m", "corner radius: 8 m");
  EXPECT_TRUE(with_code(proven(Planned(text)), "plan.over-the-edge").empty());
}

// ---- outlines

// 16 m long, 15 m apart.
TEST(Outlines, OfVehiclesThatStandTooCloseOverlap) {
  const std::string text =
      replaced(with_street("40 m", "transporter"), "distance: 25 m}", "distance: 15 m}");
  const Plan plan = proven(Planned(text));
  const auto found = with_code(plan, "plan.bodies-overlap");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0]->severity, Severity::error);
  EXPECT_TRUE(with_code(proven(Planned(with_street("40 m", "transporter"))), "plan.bodies-overlap")
                  .empty());
}

TEST(Outlines, OfAnObstacleOnTheRouteAreRunInto) {
  const auto with_well_at = [](const char* y0, const char* y1) {
    return replaced(small_show::text(kProgramme), "  stations:\n",
                    fmt::format("  obstacles:\n    well: {{polygon: [[-100 m, {0}], [-101 m, {0}], "
                                "[-101 m, {1}], [-100 m, {1}]], height: 1 m}}\n  stations:\n",
                                y0, y1));
  };
  const Plan plan = proven(Planned(with_well_at("2 m", "3 m")));
  const auto found = with_code(plan, "plan.runs-into");
  ASSERT_EQ(found.size(), 2U);  // army, navy
  EXPECT_NEAR((*found[0]->place)[0], -100.5, 1);
  EXPECT_TRUE(with_code(proven(Planned(with_well_at("4 m", "5 m"))), "plan.runs-into").empty());
}

// One cause is told once: where the formation itself is too close, the tracks say nothing new.
TEST(Separation, OfAFormationThatIsTooCloseIsToldOnce) {
  const Plan plan = proven(
      Planned(replaced(small_show::text(kProgramme), "interval: 0.75 m", "interval: 0.35 m")));
  EXPECT_EQ(with_code(plan, "movement.slots-too-near").size(), 2U);  // army, navy
  EXPECT_TRUE(with_code(plan, "plan.too-near").empty());
}

// Touches no edge: a hall about all of the first who stand.
TEST(Outlines, OfAnObstacleAboutSomebodyAreTold) {
  const auto with_hall = [](const char* use, const char* more) {
    return replaced(small_show::text(kProgramme), "  stations:\n",
                    fmt::format("  {}:\n    hall: {{polygon: [[-900 m, -400 m], [900 m, -400 m], "
                                "[900 m, 400 m], [-900 m, 400 m]]{}}}\n  stations:\n",
                                use, more));
  };
  const Plan plan = proven(Planned(with_hall("obstacles", ", height: 1 m")));
  const auto found = with_code(plan, "plan.runs-into");
  ASSERT_EQ(found.size(), 2U);  // army, navy
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("stands in hall from the beginning"));
  EXPECT_TRUE(found[0]->place);
  // On a stand one may perform.
  const Plan on_stand = proven(Planned(with_hall("stands", ", capacity: 10")));
  EXPECT_TRUE(with_code(on_stand, "plan.runs-into").empty());
  const auto told = with_code(on_stand, "plan.on-a-stand");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0]->severity, Severity::warning);
}

// ---- abilities

/// Movement tells most of what is too much before there are tracks; so here the kinds lose an
/// ability when the tracks are there, and the proof alone can notice.
struct Ability {
  const char* code;
  const char* kind;
  void (*lose)(show::Kind&);
  const char* says;
};
class Abilities : public testing::TestWithParam<Ability> {};

TEST_P(Abilities, ThatAreLostAreMissed) {
  const Ability& ability = GetParam();
  const std::string kind = ability.kind;
  Planned planned(kind == "jet" ? joining("floor: {agl: 1 m}", "floor: {agl: 1 m}")
                                : with_street("40 m", kind));
  ASSERT_TRUE(planned.plan && planned.plan->feasible);
  Plan plan = *planned.plan;
  ASSERT_TRUE(prove_abilities(*planned.show, {}, plan));
  EXPECT_TRUE(with_code(plan, ability.code).empty()) << "nothing is lost";
  const auto lost = std::find_if(
      planned.show->kinds.begin(), planned.show->kinds.end(),
      [&](const auto& each) { return each.name == kind || each.name.ends_with("/" + kind); });
  ASSERT_NE(lost, planned.show->kinds.end());
  ability.lose(*lost);
  ASSERT_TRUE(prove_abilities(*planned.show, {}, plan));
  const auto found = with_code(plan, ability.code);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0]->severity, Severity::error);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr(ability.says));
  EXPECT_TRUE(found[0]->begin && found[0]->end && found[0]->place);
}
// 0.75 m * 112 /min = 5.04 km/h; 10 km/h round a corner of 20 m; 450 km/h, breaking off at 30
// degrees and 10 m/s.
INSTANTIATE_TEST_SUITE_P(
    Limits, Abilities,
    testing::Values(
        Ability{"plan.beyond-speed", "marcher", [](show::Kind& k) { k.speed_max_mps = 1.39; },
                "km/h; marcher can do 5.0 km/h"},
        Ability{"plan.beyond-acceleration", "transporter",
                [](show::Kind& k) { k.acceleration_mps2 = 0.05; }, "can do 0.05"},
        Ability{"plan.beyond-turning-radius", "transporter",
                [](show::Kind& k) { k.turning_radius_m = 20.2; },
                "turns as tightly as 20.0 m; transporter needs 20.2 m"},
        Ability{"plan.beyond-bank", "jet", [](show::Kind& k) { k.bank_max_rad = 0.4; },
                "must bank up to 30 degrees; jet banks 23 at most"},
        Ability{"plan.beyond-climb", "jet", [](show::Kind& k) { k.climb_max_mps = 9.9; },
                "by up to 10.0 m/s; jet can do 9.9 m/s"},
        Ability{"plan.beyond-slowness", "jet", [](show::Kind& k) { k.speed_min_mps = 126; },
                "jet flies no slower than 453.6 km/h"}),
    [](const auto& each) { return name_of(each.param.code); });

// ---- areas

TEST(Areas, ThatHoldTooFewAreTold) {
  for (const int capacity : {107, 108}) {
    const Planned planned(replaced(
        small_show::text(kProgramme,
                         "headway: {time: 60 s, station: salute line}\n    forms up: 10 min"),
        "marches:\n",
        fmt::format(
            "  areas:\n    yard: {{polygon: [[200 m, -30 m], [400 m, -30 m], [400 m, 30 m], "
            "[200 m, 30 m]], capacity: {}}}\nmarches:\n",
            capacity)));
    ASSERT_TRUE(planned.plan && planned.plan->feasible);
    const auto found = with_code(*planned.plan, "plan.form-up-full");
    ASSERT_EQ(found.size(), capacity < 108 ? 1U : 0U);  // 2 blocks of 54
    if (found.empty()) continue;
    EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("108 people form up in yard"));
    EXPECT_THAT(found[0]->who, testing::ElementsAre("army", "navy"));
  }
}

TEST(Areas, ThatHoldTooFewAtTheEndAreTold) {
  for (const int capacity : {107, 108}) {
    const Planned planned(replaced(
        small_show::text(kProgramme,
                         "headway: {time: 60 s, station: salute line}\n    disperse to: yard"),
        "marches:\n",
        fmt::format("  areas:\n    yard: {{polygon: [[-400 m, -30 m], [-600 m, -30 m], [-600 m, "
                    "30 m], [-400 m, 30 m]], capacity: {}}}\nmarches:\n",
                    capacity)));
    ASSERT_TRUE(planned.plan && planned.plan->feasible);
    const auto found = with_code(*planned.plan, "movement.dispersal-full");
    ASSERT_EQ(found.size(), capacity < 108 ? 1U : 0U) << capacity;
  }
}

// ---- near

TEST(Nearness, IsThatOfTheTracks) {
  const Planned planned(small_show::text(kProgramme));
  const Plan& plan = *planned.plan;
  const auto pairs = nearest_pairs(*planned.show, plan, 5);
  ASSERT_EQ(pairs.size(), 1U);  // army and navy; the jets are in the air
  const Nearness& pair = pairs[0];
  EXPECT_EQ((*planned.show)[pair.a].name, "army");
  EXPECT_EQ((*planned.show)[pair.b].name, "navy");
  EXPECT_DOUBLE_EQ(pair.wanted_m, 0.5);
  EXPECT_LE(pair.upper_m - pair.lower_m, 0.01 + 1e-9);
  // Every tenth of a second, every pair.
  double least = 1e9;
  const auto at = [&](show::ContingentId who, double t) {
    std::vector<std::array<double, 3>> places;
    for (const track::Mover& mover : plan.tracks.movers) {
      if (mover.contingent != who.value) continue;
      if (const auto state = plan.tracks.at(mover, t)) places.push_back(state->position_m);
    }
    return places;
  };
  const auto nearest = [&](double t) {
    double d = 1e9;
    for (const auto& p : at(pair.a, t)) {
      for (const auto& q : at(pair.b, t)) d = std::min(d, std::hypot(p[0] - q[0], p[1] - q[1]));
    }
    return d;
  };
  for (double t = 9.8 * 3600; t < 10.2 * 3600; t += 1) least = std::min(least, nearest(t));
  EXPECT_GE(least, pair.lower_m - 1e-6);
  EXPECT_NEAR(nearest(pair.t_s), pair.upper_m, 0.011);
  for (const auto& [t, d] : pair.curve) {
    if (std::isfinite(d)) {
      EXPECT_GE(d, pair.lower_m - 1e-6) << t;
    }
  }
}

}  // namespace
}  // namespace defilada::plan
