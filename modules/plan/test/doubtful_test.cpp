// SPDX-License-Identifier: MIT
// What a show may say and hardly means: stands that hold too many, flights low over people.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;

constexpr const char* kProgramme = R"(programme:
  - parade: {march: column, from: salute line, to: end line, at: 10:00}
  - fly past: {flypast: jets, at: 10:10}
)";
constexpr const char* kRunIn = "points: [[30 km, 0 m], [-20 km, 0 m]]";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::vector<const Finding*> with_code(const Plan& plan, const std::string& code) {
  std::vector<const Finding*> found;
  for (const Finding& each : plan.findings) {
    if (each.code == code) found.push_back(&each);
  }
  return found;
}

Plan plan_of(const Planned& planned) {
  Options options;
  options.tracks = true;
  return make_plan(*planned.show, options).value();
}

std::string with_stand(const char* capacity) {
  return replaced(small_show::text(kProgramme), "  stations:\n",
                  fmt::format("  stands:\n    main: {{polygon: [[-40 m, 25 m], [40 m, 25 m], "
                              "[40 m, 41 m], [-40 m, 41 m]], capacity: {}}}\n  stations:\n",
                              capacity));
}

// 80 m by 16 m: 4.7 people on each of 1280 m2 are 6016.
TEST(Capacities, OfMoreThanFitAreTold) {
  EXPECT_TRUE(with_code(*Planned(with_stand("6016")).plan, "plan.capacity-too-large").empty());
  const Planned planned(with_stand("6017"));
  const auto found = with_code(*planned.plan, "plan.capacity-too-large");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]->severity, Severity::warning);
  EXPECT_THAT(found[0]->message.english(), testing::HasSubstr("1280 m2; at 4.7 per m2 6016 fit"));
  EXPECT_TRUE(found[0]->span.known());
}

// Over the stand beside the avenue, 25 m from the line; the wedge is 20 m wide to each side.
TEST(LowFlights, OverPeopleAreToldWhereNothingSaysHowLow) {
  const auto at = [](const char* height) {
    return replaced(with_stand("1000"), "{agl: 500 m}", fmt::format("{{agl: {}}}", height));
  };
  const auto found_in = [](const std::string& text) {
    const Plan plan = plan_of(Planned(text));
    std::vector<std::string> out;
    for (const Finding* each : with_code(plan, "plan.low-over-people")) {
      EXPECT_EQ(each->severity, Severity::warning);
      EXPECT_TRUE(each->place && each->span.known());
      out.push_back(each->message.english());
    }
    return out;
  };
  EXPECT_THAT(found_in(at("5 m")), testing::ElementsAre(testing::HasSubstr("5 m above main")));
  EXPECT_THAT(found_in(at("152 m")), testing::SizeIs(1));
  EXPECT_THAT(found_in(at("153 m")), testing::IsEmpty());
  // Who says how low it may has thought of it.
  EXPECT_THAT(found_in(replaced(at("50 m"), kRunIn, std::string(kRunIn) + ", floor: {agl: 40 m}")),
              testing::IsEmpty());
  // Nobody is below: the march is far from the line.
  EXPECT_THAT(
      found_in(replaced(replaced(at("50 m"), kRunIn, "points: [[30 km, 200 m], [-20 km, 200 m]]"),
                        "axis: {route: run-in, abeam: [0 m, 0 m]}",
                        "axis: {route: run-in, abeam: [0 m, 200 m]}")),
      testing::IsEmpty());
}

// Without a stand the contingents themselves are looked at: at 10:10 the march is gone by 600 m.
TEST(LowFlights, OverContingentsAreTold) {
  const std::string low = replaced(small_show::text(kProgramme), "{agl: 500 m}", "{agl: 5 m}");
  const Plan plan = plan_of(Planned(replaced(low, "at: 10:10", "at: 10:01")));
  const auto found = with_code(plan, "plan.low-over-people");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0]->message.english(),
              testing::AnyOf(testing::HasSubstr("above army"), testing::HasSubstr("above navy")));
}

}  // namespace
}  // namespace defilada::plan
