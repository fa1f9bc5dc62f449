// SPDX-License-Identifier: MIT
#include "defilada/guests/day.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "guest_show.hpp"

namespace defilada::guests {
namespace {

using guest_show::Read;

/// Times as a solver would give them: each item after all that it waits for, at random lateness.
Times random_times(const show::Show& show, const Day& day, std::mt19937& random) {
  std::uniform_real_distribution<double> late(0, 600);
  Times times;
  times.item_start_s.resize(show.items.size());
  times.item_end_s.resize(show.items.size());
  double now = 8 * 3600;
  for (std::size_t i = 0; i < show.items.size(); ++i) {
    const Stage* stage = day.stage_of({static_cast<std::uint32_t>(i)});
    double start = now + late(random);
    double length = stage != nullptr ? stage->length_s : 600;
    if (stage != nullptr && stage->planned) length = 120;
    times.item_start_s[i] = start;
    times.item_end_s[i] = now = start + length;
  }
  return times;
}

bool says(const std::vector<Finding>& findings, const std::string& code) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& each) { return each.code == code; });
}

TEST(Day, TakesTheGuestsThroughAllStages) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  EXPECT_THAT(day.findings, testing::IsEmpty());
  ASSERT_EQ(day.people.size(), 7U);
  ASSERT_EQ(day.stages.size(), 5U);
  EXPECT_EQ(day.stages[4].cars.size(), 3U);  // alpha and beta share one
  // The last of four cars stops 90 s after the first.
  EXPECT_NEAR(day.stages[0].cars[3].halts_s, 90, 1e-9);
}

TEST(Day, HandshakesFollowEachOtherByPrecedence) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  const Stage& greeting = day.stages[1];
  for (std::size_t i = 1; i < day.people.size(); ++i) {
    const double before = greeting.ways[i - 1].legs.front().to_s;
    EXPECT_NEAR(greeting.ways[i].legs.front().to_s - before, 12, 1e-6);
    EXPECT_GE(greeting.ways[i].begins_s, 0);
  }
}

TEST(Day, ALaterStageWaitsForTheEarlier) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  for (std::size_t next = 1; next < day.stages.size(); ++next) {
    for (std::size_t before = 0; before < next; ++before) {
      const auto least = least_delay_s(day.stages[before], day.stages[next]);
      ASSERT_TRUE(least.has_value());
      double expected = -1e9;
      for (std::size_t i = 0; i < day.people.size(); ++i) {
        const double ends = day.stages[before].planned ? 0 : day.stages[before].ways[i].ends_s;
        expected = std::max(expected, ends - day.stages[next].ways[i].begins_s);
      }
      EXPECT_DOUBLE_EQ(*least, expected);
    }
  }
}

TEST(Stays, FollowEachOtherWithoutGapsOrOverlaps) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    const Times times = random_times(*read.show, day, random);
    for (const auto& own : stays(*read.show, day, times)) {
      ASSERT_FALSE(own.empty());
      for (std::size_t i = 0; i < own.size(); ++i) {
        EXPECT_GT(own[i].to_s, own[i].from_s);
        if (i > 0) {
          EXPECT_EQ(own[i].from_s, own[i - 1].to_s);
        }
      }
      EXPECT_EQ(own.back().where, Where::venue);
    }
  }
}

/// Everybody has one track without a jump, at walking or driving speed, and rides where a car is.
TEST(Bake, TracksAreContinuousAndGuestsRideInTheirCars) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  std::mt19937 random(8);
  const Times times = random_times(*read.show, day, random);
  track::TrackSet tracks;
  bake(*read.show, day, times, tracks);
  ASSERT_TRUE(tracks.validate().has_value()) << tracks.validate().error().message;
  ASSERT_EQ(tracks.movers.size(), 7U + 4U + 3U);
  const auto all = stays(*read.show, day, times);
  std::size_t person = 0;
  for (const track::Mover& mover : tracks.movers) {
    if (mover.part != 0) continue;
    for (const Stay& stay : all[person]) {
      for (const double share : {0.01, 0.3, 0.5, 0.99}) {
        const double t = stay.from_s + share * (stay.to_s - stay.from_s);
        const auto state = tracks.at(mover, t);
        ASSERT_TRUE(state.has_value());
        const double speed = std::hypot(state->velocity_mps[0], state->velocity_mps[1]);
        EXPECT_LE(speed, stay.rides ? 20 / 3.6 + 1e-6 : stay.moves ? 1.2 * 1.1 : 1e-9);
        if (!stay.rides) continue;
        const bool in_a_car =
            std::any_of(tracks.movers.begin(), tracks.movers.end(), [&](const track::Mover& car) {
              const auto at = car.part == 1 ? tracks.at(car, t) : std::nullopt;
              return at && std::hypot(at->position_m[0] - state->position_m[0],
                                      at->position_m[1] - state->position_m[1]) < 1e-6;
            });
        EXPECT_TRUE(in_a_car);
      }
    }
    ++person;
  }
  EXPECT_EQ(person, day.people.size());
}

TEST(Bake, SeatsArePlacesOfThePlanAtTheirHeight) {
  const Read read(guest_show::whole());
  const Day day = make_day(*read.show);
  std::mt19937 random(9);
  const Times times = random_times(*read.show, day, random);
  track::TrackSet tracks;
  bake(*read.show, day, times, tracks);
  const double during_the_show = times.item_start_s[4] + 1;
  for (const track::Mover& mover : tracks.movers) {
    if (mover.part != 0) continue;
    const auto state = tracks.at(mover, during_the_show);
    ASSERT_TRUE(state.has_value());
    std::size_t i = 0;
    while (day.people[i].delegation.value != mover.contingent ||
           day.people[i].place != static_cast<int>(mover.slot)) {
      ++i;
    }
    const geo::Vec2 seat = position(*read.show->guests->seats, day.seats[i]);
    EXPECT_NEAR(state->position_m[0], seat.x, 1e-6);
    EXPECT_NEAR(state->position_m[1], seat.y, 1e-6);
    EXPECT_NEAR(state->position_m[2], 12, 1e-6);
  }
}

// ---------------------------------------------------------------- what is told

Day day_of(const std::string& motorcades, const std::string& programme) {
  const Read read(
      guest_show::text(guest_show::kPrecedence, guest_show::kSeats, motorcades, programme));
  return make_day(*read.show);
}

TEST(Findings, WhoLeaveTogetherMeetTogether) {
  const Day day = day_of(
      guest_show::kMotorcades,
      "  - drive: {at: 10:00, motorcade: to talks}\n"
      "  - talks: {at: 11:00, lasts: 1 h, participants: [alpha, gamma], venue: guest house}\n"
      "  - other talks: {at: 11:00, lasts: 1 h, participants: [beta], venue: guest house}\n");
  EXPECT_TRUE(says(day.findings, "guests.together-apart"));
}

TEST(Findings, AStageThatNothingRunsIsTold) {
  const Day day = day_of(guest_show::kMotorcades, "  - show: {at: 09:00, lasts: 1 h}\n");
  EXPECT_EQ(std::count_if(day.findings.begin(), day.findings.end(),
                          [](const Finding& each) { return each.code == "guests.idle"; }),
            5);
}

TEST(Findings, CarsMustWaitWithinReachAndFitTheRoad) {
  const Day far =
      day_of("  motorcades:\n    to talks: {route: road, from: corner, to: guest house}\n",
             "  - drive: {at: 10:00, motorcade: to talks}\n");
  EXPECT_TRUE(says(far.findings, "guests.no-road"));
  const Day crowded = day_of(
      "  motorcades:\n    to talks: {route: road, from: car park, to: guest house, gap: 100 m}\n",
      "  - drive: {at: 10:00, motorcade: to talks}\n");
  EXPECT_TRUE(says(crowded.findings, "guests.line-of-cars"));
}

TEST(Findings, NobodyIsInTwoMeetingsAtATime) {
  const Read read(guest_show::text(
      guest_show::kPrecedence, guest_show::kSeats, guest_show::kMotorcades,
      "  - drive: {at: 10:00, motorcade: to talks}\n"
      "  - talks: {at: 11:00, lasts: 1 h, participants: [alpha, beta], venue: guest house}\n"
      "  - lunch: {at: 11:30, lasts: 1 h, participants: [alpha], venue: guest house}\n"));
  const Day day = make_day(*read.show);
  const Times times{{36000, 39600, 41400}, {36600, 43200, 45000}};
  const auto findings = check(*read.show, day, times);
  ASSERT_TRUE(says(findings, "guests.two-places"));
  ASSERT_TRUE(findings.front().fix.has_value());
  EXPECT_EQ(findings.front().fix->edits.front().text, "12:00:00");
}

TEST(Findings, WhoMeetsMustBeThere) {
  const Read read(guest_show::text(
      guest_show::kPrecedence, guest_show::kSeats, guest_show::kMotorcades,
      "  - drive: {at: 10:00, motorcade: to talks}\n"
      "  - talks: {at: 11:00, lasts: 1 h, participants: [alpha, beta], venue: villa}\n"));
  const Day day = make_day(*read.show);
  const Times times{{36000, 39600}, {36600, 43200}};
  EXPECT_TRUE(says(check(*read.show, day, times), "guests.not-there"));
}

TEST(Findings, WordsOfSomebodyWhoIsAbsentAreTold) {
  const Read read(guest_show::text(
      guest_show::kPrecedence, guest_show::kSeats, guest_show::kMotorcades,
      "  - drive: {at: 10:00, motorcade: to talks}\n"
      "  - talks: {at: 11:00, lasts: 1 h, participants: [alpha], venue: guest house, statements: "
      "[{who: Bogdan, text: Yes, source: a newspaper}]}\n"));
  const Day day = make_day(*read.show);
  const Times times{{36000, 39600}, {36600, 43200}};
  const auto findings = check(*read.show, day, times);
  EXPECT_TRUE(says(findings, "guests.speaker-absent"));
  EXPECT_FALSE(says(findings, "guests.not-there"));
}

}  // namespace
}  // namespace defilada::guests
