// SPDX-License-Identifier: MIT
// Emergency lanes that something stands in.
#include <gmock/gmock.h>

#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;

/// The small show with a lane, and `more` of the site.
std::string with_lane(const std::string& points, const std::string& width,
                      const std::string& more = "") {
  std::string text = small_show::text("programme:\n  - parade: {march: column, at: 10:00}\n");
  const std::string before = "  air lines:\n";
  text.insert(text.find(before), "  emergency lanes:\n    lane: {points: " + points +
                                     ", width: " + width + "}\n" + more);
  return text;
}

std::vector<Finding> of(const Planned& planned, const std::string& code) {
  std::vector<Finding> found;
  for (const Finding& finding : planned.plan->findings) {
    if (finding.code == code) found.push_back(finding);
  }
  return found;
}

constexpr const char* kStand =
    "  stands:\n    north: {polygon: [[-50 m, 40 m], [50 m, 40 m], [50 m, 60 m], [-50 m, 60 m]], "
    "capacity: 100}\n";

TEST(Lanes, AreFreeWhereNothingStands) {
  const Planned planned(with_lane("[[-200 m, 30 m], [200 m, 30 m]]", "4 m", kStand));
  EXPECT_THAT(of(planned, "plan.lane-blocked"), testing::IsEmpty());
  EXPECT_THAT(of(planned, "plan.lane-stood-in"), testing::IsEmpty());
}

TEST(Lanes, AreBlockedByAStandNearerThanHalfTheirWidth) {
  // Its edge is 5 m from the middle of the lane.
  EXPECT_THAT(of(Planned(with_lane("[[-200 m, 35 m], [200 m, 35 m]]", "10 m", kStand)),
                 "plan.lane-blocked"),
              testing::IsEmpty());
  const Planned planned(with_lane("[[-200 m, 35 m], [200 m, 35 m]]", "10.2 m", kStand));
  const auto found = of(planned, "plan.lane-blocked");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().severity, Severity::error);
  EXPECT_THAT(found.front().message.english(), testing::HasSubstr("north stands in"));
  ASSERT_TRUE(found.front().place);
  EXPECT_NEAR((*found.front().place)[1], 35, 1e-9);
  EXPECT_TRUE(found.front().span.known());
}

TEST(Lanes, AreBlockedWhereTheyLeadThroughAnOutlineOrLieWithin) {
  for (const char* points : {"[[0 m, -100 m], [0 m, 100 m]]", "[[-5 m, 50 m], [5 m, 50 m]]"}) {
    const auto found = of(Planned(with_lane(points, "4 m", kStand)), "plan.lane-blocked");
    ASSERT_EQ(found.size(), 1U) << points;
    EXPECT_GE((*found.front().place)[1], 40) << points;
    EXPECT_LE((*found.front().place)[1], 60) << points;
  }
}

TEST(Lanes, AreStoodInByALineUp) {
  // The head of the army stands at 300 m, its tail 6.35 m behind.
  const Planned planned(with_lane("[[303 m, -50 m], [303 m, 50 m]]", "4 m"));
  const auto found = of(planned, "plan.lane-stood-in");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().severity, Severity::warning);
  EXPECT_THAT(found.front().who, testing::ElementsAre("army"));
  EXPECT_NEAR((*found.front().place)[0], 303, 1e-9);
  ASSERT_TRUE(found.front().begin && found.front().end);
  EXPECT_LE(*found.front().begin, *found.front().end);
  // A lane through the gap between the two is free.
  EXPECT_THAT(
      of(Planned(with_lane("[[316 m, -50 m], [316 m, 50 m]]", "4 m")), "plan.lane-stood-in"),
      testing::IsEmpty());
}

TEST(Lanes, AreToldOfWhereTheProgrammeCannotHold) {
  std::string text = with_lane("[[0 m, -100 m], [0 m, 100 m]]", "4 m", kStand);
  text += "rules:\n  - {cue: parade starts, no later than: 09:00}\n";
  const Planned planned(text);
  ASSERT_FALSE(planned.plan->feasible);
  EXPECT_EQ(of(planned, "plan.lane-blocked").size(), 1U);
}

}  // namespace
}  // namespace defilada::plan
