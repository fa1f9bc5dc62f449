// SPDX-License-Identifier: MIT
// Limits of the site: kerbs of routes, floors and ceilings of air lines, capacities of areas; and
// who comes near whom.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "defilada/core/edits.hpp"
#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;

constexpr const char* kProgramme = R"(programme:
  - parade: {march: column, from: salute line, to: end line, at: 10:00}
  - flypast: {flypast: jets, over: axis, at: 10:10}
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

// ---- floors and ceilings

class Heights : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Heights, AreKeptOrMended) {
  const auto& [limit, code] = GetParam();
  const Planned planned(replaced(small_show::text(kProgramme),
                                 "points: [[30 km, 0 m], [-20 km, 0 m]]",
                                 std::string("points: [[30 km, 0 m], [-20 km, 0 m]], ") + limit));
  ASSERT_TRUE(planned.plan && planned.plan->feasible);
  const Plan plan = proven(planned);
  const auto found = with_code(plan, code);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("wedge/1 flies as "));
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("of run-in is "));
  ASSERT_TRUE(found[0]->fix);
  const Planned mended(defilada::edited(planned.file, found[0]->fix->edits));
  EXPECT_TRUE(with_code(proven(mended), code).empty()) << mended.file;
}
INSTANTIATE_TEST_SUITE_P(Limits, Heights,
                         testing::Values(std::pair("floor: {agl: 512 m}", "plan.beyond-floor"),
                                         std::pair("ceiling: {agl: 480 m}", "plan.beyond-ceiling"),
                                         std::pair("floor: {agl: 300 m}, ceiling: {agl: 499 m}",
                                                   "plan.beyond-ceiling")));

TEST(Heights, ThatAreKeptAreNotTold) {
  const Planned planned(replaced(small_show::text(kProgramme),
                                 "points: [[30 km, 0 m], [-20 km, 0 m]]",
                                 "points: [[30 km, 0 m], [-20 km, 0 m]], floor: {agl: 500 m}, "
                                 "ceiling: {agl: 501 m}"));
  const Plan plan = proven(planned);
  EXPECT_TRUE(with_code(plan, "plan.beyond-floor").empty());
  EXPECT_TRUE(with_code(plan, "plan.beyond-ceiling").empty());
}

TEST(Heights, OfALineAreInOrder) {
  Sources sources;
  Diagnostics diagnostics;
  const auto show = show::read_show_text(
      replaced(small_show::text(kProgramme), "points: [[30 km, 0 m], [-20 km, 0 m]]",
               "points: [[30 km, 0 m], [-20 km, 0 m]], floor: {agl: 500 m}, ceiling: {agl: 400 m}"),
      "small.yaml", {}, sources, diagnostics);
  EXPECT_FALSE(show);
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_THAT(diagnostics.all()[0].message.english(), testing::HasSubstr("ceiling of run-in"));
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

// ---- areas

TEST(Areas, ThatHoldTooFewAreTold) {
  for (const int capacity : {107, 108}) {
    const Planned planned(replaced(
        small_show::text(kProgramme), "marches:\n",
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

// ---- near

TEST(Nearness, IsThatOfTheTracks) {
  const Planned planned(small_show::text(kProgramme));
  Options options;
  options.nearness = 5;
  const Plan plan = make_plan(*planned.show, options).value();
  ASSERT_EQ(plan.nearness.size(), 1U);  // army and navy; the jets are in the air
  const Nearness& pair = plan.nearness[0];
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
