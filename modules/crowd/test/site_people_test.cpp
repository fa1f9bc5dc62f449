// SPDX-License-Identifier: MIT
// Who the people of a site are, and what they do one after another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

#include "defilada/crowd/recording.hpp"
#include "defilada/crowd/site_run.hpp"
#include "site_text.hpp"

namespace defilada::crowd {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// A collection with these members beside its features.
std::string with(const std::string& members, const std::vector<std::string>& features) {
  std::string out = site(features);
  const std::string before = R"("features":)";
  return out.insert(out.find(before), members + ",");
}

const std::string kHall = area(R"("role":"walkable")", ring(0, 0, 40, 20));
const std::string kNorth = line(R"("role":"exit","name":"north")", "[18,20],[22,20]");
const std::string kSouth = line(R"("role":"exit","name":"south")", "[18,0],[22,0]");

TEST(SitePeople, PopulationsAreTables) {
  const Reading reading = read({with(
      R"("populations":[
        {"population":"mixed","kind":"adults","share":3,"age_from":20,"age_to":30},
        {"population":"mixed","kind":"wheels","share":1,"speed_mps":0.7,"spread_mps":0.1,"body_m":0.35}])",
      {kHall, kNorth,
       area(R"("role":"start","agents":400,"population":"mixed")", ring(1, 1, 18, 19)),
       area(R"("role":"start","agents":5,"population":"passengers")", ring(25, 1, 27, 5)),
       area(R"("role":"start","agents":5)", ring(30, 1, 32, 5))})});
  EXPECT_EQ(reading.told, "");
  const auto& starts = reading.site.ground.starts;
  ASSERT_THAT(starts, SizeIs(3));
  ASSERT_TRUE(starts[0].population);
  ASSERT_THAT(starts[0].population->kinds, SizeIs(3));  // two parts of five years, and wheels
  EXPECT_DOUBLE_EQ(starts[0].population->kinds[0].speed.mean_mps, speed_at_age_mps(22.5));
  EXPECT_DOUBLE_EQ(starts[0].population->kinds[1].speed.mean_mps, speed_at_age_mps(27.5));
  ASSERT_TRUE(starts[1].population);
  EXPECT_EQ(starts[1].population->kinds.size(), passengers().kinds.size());
  EXPECT_FALSE(starts[2].population);
  const auto people = people_of_starts(reading.site.ground, pedestrians(), 5);
  ASSERT_TRUE(people);
  std::size_t wheels = 0;
  for (std::size_t k = 0; k < 400; ++k) {
    const Profile& one = (*people)[k].profile;
    if (one.radius_m > 0.3F) {
      ++wheels;
      EXPECT_NEAR(one.free_speed_mps, 0.7, 0.2501);
    } else {
      EXPECT_GE(one.free_speed_mps, speed_at_age_mps(27.5) - 1e-6);
      EXPECT_LE(one.free_speed_mps, speed_at_age_mps(22.5) + 1e-6);
    }
  }
  EXPECT_NEAR(static_cast<double>(wheels), 100, 30);  // a quarter; three deviations are 26
}

TEST(SitePeople, EveryFaultIsToldWithWhatWasMeant) {
  const Reading reading = read({with(
      R"("populations":[{"population":"a","kind":"k"},{"kind":"k","speed_mps":1},
                        {"population":"pedestrians","speed_mps":1},
                        {"population":"b","speed_mps":1,"shaer":2}],
         "journeys":[{"journey":"j","stage":"goo","to":"lawn"},
                     {"journey":"j","stage":"wait","to":"lawm"},
                     {"journey":"j","stage":"wait"},
                     {"journey":"j","stage":"go","to":"lawn","choice":"view"},
                     {"journey":"j","stage":"leave","to":"north, south","shares":"1"},
                     {"journey":"j","stage":"go","to":"lawn"}])",
      {kHall, kNorth, kSouth,
       area(R"("role":"wait","name":"lawn","view":"stag")", ring(2, 2, 8, 8)),
       area(R"("role":"place","name":"stage")", ring(30, 2, 38, 8)),
       area(R"("role":"start","agents":5,"population":"c","journey":"i")", ring(10, 1, 12, 5))})});
  EXPECT_THAT(reading.codes,
              ElementsAre("crowd.property", "crowd.property", "crowd.property", "crowd.people-key",
                          "crowd.no-such", "crowd.no-such", "crowd.journey", "crowd.no-such",
                          "crowd.journey", "crowd.journey", "crowd.no-such", "crowd.no-such",
                          "crowd.no-such"));
  for (const char* const meant : {"'share'", "'go'", "'lawn'", "'stage'"}) {
    EXPECT_THAT(reading.told, HasSubstr(std::string("did you mean ") + meant));
  }
}

TEST(SitePeople, AMemberThatIsAlmostOneOfOursIsTold) {
  const Reading reading =
      read({with(R"("population":[{"population":"p"}],"limit":{"density":1},"other":{"a":1})",
                 {kHall, kNorth})});
  EXPECT_THAT(reading.codes, ElementsAre("crowd.property-unknown", "crowd.property-unknown"));
  EXPECT_THAT(reading.told, HasSubstr("did you mean 'populations'"));
  EXPECT_THAT(reading.told, HasSubstr("did you mean 'limits'"));
}

/// Nobody comes to a place off the ground; one that is looked at may lie there.
TEST(SitePeople, PlacesOfJourneysLieOnTheGround) {
  const auto codes_of = [](double x) {
    return read(
               {with(R"("journeys":[{"journey":"j","stage":"go","to":"stage"}])",
                     {kHall, kNorth, area(R"("role":"place","name":"stage")", ring(x, 2, x + 2, 8)),
                      area(R"("role":"place","name":"moon")", ring(90, 2, 92, 8)),
                      area(R"("role":"wait","name":"lawn","view":"moon")", ring(2, 2, 8, 8)),
                      area(R"("role":"start","agents":5,"journey":"j")", ring(10, 1, 12, 5))})})
        .codes;
  };
  EXPECT_THAT(codes_of(30), testing::IsEmpty());
  EXPECT_THAT(codes_of(39), testing::IsEmpty());  // half of it
  EXPECT_THAT(codes_of(50), ElementsAre("crowd.place-outside"));
}

/// Who comes, what they do and what is too much tell one run from another, so that no run goes on
/// with another's people.
TEST(SitePeople, RunsOfOtherPeopleAreToldApart) {
  const auto key = [](const std::string& kind, const std::string& stage, const std::string& limit) {
    const Reading reading = read(
        {with(R"("populations":[{"population":"p",)" + kind + R"(}],"journeys":[{"journey":"j",)" +
                  stage + R"(}],"limits":{)" + limit + "}",
              {kHall, kNorth, kSouth,
               area(R"("role":"start","agents":5,"journey":"j","population":"p")",
                    ring(10, 1, 12, 5))})});
    EXPECT_EQ(reading.told, "");
    return key_of(reading.site, {});
  };
  const std::string walks = R"("speed_mps":1.2)";
  const std::string leaves = R"("stage":"leave","to":"north")";
  const std::string limit = R"("density":4)";
  const std::uint64_t base = key(walks, leaves, limit);
  EXPECT_EQ(base, key(walks, leaves, limit));
  EXPECT_NE(base, key(R"("speed_mps":1.3)", leaves, limit));
  EXPECT_NE(base, key(walks + R"(,"body_m":0.3)", leaves, limit));
  EXPECT_NE(base, key(walks, R"("stage":"leave","to":"south")", limit));
  EXPECT_NE(base, key(walks, leaves + R"(,"choice":"quickest")", limit));
  EXPECT_NE(base, key(walks, leaves, R"("density":5)"));
}

/// Where each person stood at each frame, and by which exit he left.
struct Watched {
  SiteRun run;
  std::map<std::uint32_t, std::vector<RecordedPerson>> ways;
};
Watched watch(const Site& site) {
  SiteRunOptions options;
  // Tests run side by side.
  options.recording =
      fs::path(testing::TempDir()) /
      (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".dfcrowd");
  options.recording_every_s = 1;
  auto run = run_site(site, options);
  EXPECT_TRUE(run);
  Watched out{*run, {}};
  auto recording = RecordingReader::open(options.recording);
  EXPECT_TRUE(recording);
  for (std::size_t i = 0; i < recording->frames(); ++i) {
    const auto people = recording->frame(i).value();
    for (const RecordedPerson& each : people) {
      out.ways[each.id].push_back(each);
    }
  }
  return out;
}

/// One stage after another, each with its own choice: first through a hall, then to one of two
/// stalls by shares, then out by the exit that the stage names and not by the nearest.
TEST(SitePeople, StagesFollowOneAnother) {
  const Reading reading = read({with(
      R"("journeys":[{"journey":"visit","stage":"go","to":"hall"},
                     {"journey":"visit","stage":"wait","to":"left, right","shares":"3, 1","for_s":20},
                     {"journey":"visit","stage":"leave","to":"south"}])",
      {kHall, kNorth, kSouth, line(R"("role":"place","name":"hall")", "[12,15],[12,19]"),
       area(R"("role":"wait","name":"left")", ring(24, 14, 38, 19)),
       area(R"("role":"wait","name":"right")", ring(24, 1, 38, 6)),
       area(R"("role":"start","agents":80,"journey":"visit")", ring(1, 1, 8, 18))})});
  ASSERT_EQ(reading.told, "");
  const Watched seen = watch(reading.site);
  ASSERT_EQ(seen.run.out, 80U);
  EXPECT_EQ(seen.run.exits[0].persons, 0U);
  EXPECT_EQ(seen.run.exits[1].persons, 80U);
  std::size_t left = 0;
  for (const auto& [id, way] : seen.ways) {
    double through_hall = 1e9;
    std::size_t first = way.size();
    std::size_t last = 0;
    bool north = false;
    for (const RecordedPerson& each : way) {
      if (each.state != 0) {
        through_hall = std::min(through_hall, std::hypot(each.x - 12, std::max(0.0, 15 - each.y)));
        continue;
      }
      const auto second = static_cast<std::size_t>(&each - way.data());
      first = std::min(first, second);
      last = second;
      north = each.y > 10;
      EXPECT_GT(each.x, 23.7);
    }
    EXPECT_LT(through_hall, 1) << id;
    EXPECT_GE(last, first + 18) << id;
    EXPECT_LE(last, first + 40) << id;
    left += north ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(left), 60, 13);  // three quarters; three deviations are 12
}

/// By view the areas and the places in them fill from what is looked at; by nearness from the way.
TEST(SitePeople, AreasFillByViewOrByNearness) {
  const auto site_of = [](const std::string& choice) {
    return read(
        {with(R"("journeys":[{"journey":"see","stage":"wait","to":"near, far","choice":")" +
                  choice + R"("}])",
              {kHall, kNorth, area(R"("role":"place","name":"stage")", ring(37, 8, 39, 12)),
               area(R"("role":"wait","name":"near","capacity":30,"until_s":90,"view":"stage")",
                    ring(10, 4, 18, 16)),
               area(R"("role":"wait","name":"far","capacity":30,"until_s":90,"view":"stage")",
                    ring(25, 4, 33, 16)),
               area(R"("role":"start","agents":40,"journey":"see")", ring(1, 1, 8, 18))})});
  };
  const auto places_of = [](const Site& site) {
    std::vector<double> x;
    for (const auto& [id, way] : watch(site).ways) {
      const auto stands = std::find_if(way.begin(), way.end(),
                                       [](const RecordedPerson& each) { return each.state == 0; });
      if (stands != way.end()) x.push_back(stands->x);
    }
    return x;
  };
  const auto in_far = [](const std::vector<double>& x) {
    return std::count_if(x.begin(), x.end(), [](double each) { return each > 20; });
  };
  const Reading view = site_of("view");
  ASSERT_EQ(view.told, "");
  const auto by_view = places_of(view.site);
  ASSERT_THAT(by_view, SizeIs(40));
  EXPECT_EQ(in_far(by_view), 30);
  // 30 people in the half of 96 m2 that is nearer to the stage.
  double mean = 0;
  for (const double x : by_view) mean += x > 20 ? x / 30 : 0;
  EXPECT_GT(mean, 30);
  const auto by_way = places_of(site_of("nearest").site);
  ASSERT_GE(by_way.size(), 38U);  // the last may still look for a place
  EXPECT_EQ(static_cast<std::size_t>(in_far(by_way)), by_way.size() - 30);
}

}  // namespace
}  // namespace defilada::crowd
