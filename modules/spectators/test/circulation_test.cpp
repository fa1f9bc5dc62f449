// SPDX-License-Identifier: MIT
// Who leaves his place for a moment while all watch.
#include "defilada/spectators/circulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "defilada/spectators/checkpoint.hpp"
#include "square.hpp"

namespace defilada::spectators {
namespace {

using test::kSquare;
using test::Planned;

std::string with_amenities(const std::string& places, const std::string& circulation) {
  return std::string(kSquare) +
         "  amenities:\n"
         "    toilets: {polygon: [[22 m, 20.5 m], [29 m, 20.5 m], [29 m, 25 m], [22 m, 25 m]], "
         "what: "
         "toilets, places: " +
         places +
         ", visit: 100 s}\n"
         "    taps: {polygon: [[1 m, 20.5 m], [4 m, 20.5 m], [4 m, 23 m], [1 m, 23 m]], what: "
         "water, "
         "places: 8, visit: 20 s}\n"
         "    far taps: {polygon: [[0 m, 0 m], [3 m, 0 m], [3 m, 3 m], [0 m, 3 m]], what: water, "
         "places: 9, visit: 20 s}\n"
         "  circulation: {" +
         circulation + ", from: 11:30, to: 12:04}\n";
}

struct Meanwhile {
  explicit Meanwhile(const std::string& text, RunOptions options = {}, SceneOptions who = {})
      : planned(text), scene(planned.scene(who)) {
    auto in = run_phase(*planned.show, scene, Phase::What::ingress, 0, {}, options);
    EXPECT_TRUE(in);
    EXPECT_EQ(in->seated, scene.people.size());
    places = in->places;
    auto made = run_circulation(*planned.show, scene, places, options);
    EXPECT_TRUE(made) << made.error().message;
    out = std::move(*made);
  }
  Planned planned;
  Scene scene;
  std::vector<Place> places;
  Circulation out;
};

TEST(Circulation, AsManySetOutAsTheShowSaysAndComeBack) {
  const Meanwhile it(with_amenities("30", "an hour: 600 %, toilets: 70 %, water: 30 %"));
  const Circulation& out = it.out;
  EXPECT_EQ(out.begin_s, 11.5 * 3600);
  EXPECT_EQ(out.end_s, 12 * 3600 + 240);
  // 60 people, six times an hour, 34 minutes: 204 in the mean; four deviations of a Poisson sum.
  EXPECT_NEAR(static_cast<double>(out.set_out), 60 * 6 * 34 / 60.0, 4 * std::sqrt(204.0));
  // But for those of the last minutes.
  EXPECT_GT(out.back, 0.8 * static_cast<double>(out.set_out));
  EXPECT_LE(out.back, out.set_out);
  const std::uint64_t toilets = out.amenities[0].visits;
  const std::uint64_t taps = out.amenities[1].visits;
  EXPECT_EQ(out.amenities[2].visits, 0U);  // others are nearer
  EXPECT_LE(toilets + taps, out.set_out);
  EXPECT_GT(toilets + taps, 0.85 * static_cast<double>(out.set_out));
  const auto visits = static_cast<double>(toilets + taps);
  EXPECT_NEAR(static_cast<double>(toilets) / visits, 0.7, 4 * std::sqrt(0.21 / visits));
  // There and back is some 60 m at 1.3 m/s, part of it through the rows, and the visit.
  EXPECT_GT(out.mean_away_s, 60);
  EXPECT_LT(out.mean_away_s, 240);
  EXPECT_GT(out.most_away, 3U);
  EXPECT_EQ(out.amenities[0].longest_queue, 0U);
  EXPECT_TRUE(findings_of_circulation(*it.planned.show, out).empty());
}

/// With one place of 100 s for some 68 an hour and 60 people the queue grows; no more are served
/// than one after the other, nobody begins before another is done.
TEST(Circulation, OnePlaceServesOneAfterTheOther) {
  const Meanwhile it(with_amenities("1", "an hour: 200 %, toilets: 100 %") +
                     "  limits: {wait: 10 min}\n");
  const AmenityOutcome& toilets = it.out.amenities[0];
  const double window_s = it.out.end_s - it.out.begin_s;
  EXPECT_EQ(toilets.busiest, 1U);
  EXPECT_LE(static_cast<double>(toilets.visits), window_s / 100 + 1);
  EXPECT_GE(static_cast<double>(toilets.visits), window_s / 101 - 3);
  // All who set out, but those who are served, on their way or back, wait there.
  EXPECT_GT(toilets.longest_queue, 20U);
  EXPECT_LE(toilets.longest_queue + toilets.visits, it.out.set_out);
  EXPECT_GT(toilets.longest_wait_s, 600);
  EXPECT_EQ(toilets.queue.size(), 34U);
  const auto found = findings_of_circulation(*it.planned.show, it.out);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code, "crowd.long-wait");
  EXPECT_THAT(found[0].message.english(),
              testing::HasSubstr("before 'toilets', longer than 10 min"));
}

/// Of a share of the people the places let in as many an hour as that share of them would, however
/// it rounds: 0.4 of 100 s each are one person in 250 s, 1.4 one in 71 s.
TEST(Circulation, AShareOfThePlacesServesThatShareOfThePeople) {
  for (const double places : {4.0, 14.0}) {
    RunOptions options;
    options.share = 0.1;
    const Meanwhile it(
        with_amenities(std::to_string(static_cast<int>(places)), "an hour: 400 %, toilets: 100 %"),
        options);
    const AmenityOutcome& toilets = it.out.amenities[0];
    EXPECT_GT(toilets.longest_queue, 10U);  // always somebody waits, but for the first minute
    const double an_hour = places * options.share * 36;
    const double hours = (it.out.end_s - it.out.begin_s) / 3600;
    EXPECT_LE(static_cast<double>(toilets.visits), an_hour * hours + 1);
    EXPECT_GE(static_cast<double>(toilets.visits), 0.93 * an_hour * hours - 2);
  }
}

TEST(Circulation, IsTheSameToTheBitWithAnyThreadsAndCanBeInterrupted) {
  const std::string text = with_amenities("3", "an hour: 300 %");
  RunOptions one;
  one.threads = 1;
  RunOptions two;
  two.threads = 2;
  const Meanwhile a(text, one);
  const Meanwhile b(text, two);
  EXPECT_EQ(a.out.state_hash, b.out.state_hash);
  EXPECT_EQ(a.out.mean_away_s, b.out.mean_away_s);
  EXPECT_EQ(a.out.amenities[0].queue, b.out.amenities[0].queue);
  CirculationWatch half;
  half.progress = [](const CirculationWatch::Progress& now) { return now.share < 0.5; };
  const auto broken = run_circulation(*a.planned.show, a.scene, a.places, one, half);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Errc::interrupted);
}

/// Interrupted at any minute, kept on disk, gone on with by other threads, again and again.
TEST(Circulation, GoesOnToTheBitAfterAnyInterruptions) {
  RunOptions options;
  options.threads = 1;
  const Meanwhile it(with_amenities("2", "an hour: 300 %"), options);
  const show::Show& show = *it.planned.show;
  const auto file = std::filesystem::temp_directory_path() / "defilada-circulation.checkpoint";
  const std::uint64_t key = key_of(*it.planned.show, it.scene, options);
  std::optional<RunningCirculation> kept;
  for (int runs = 0;; ++runs) {
    ASSERT_LT(runs, 40);
    options.threads = 1 + runs % 2;
    int left = 3;
    CirculationWatch watch;
    watch.progress = [&](const CirculationWatch::Progress&) { return --left > 0; };
    watch.keep_running = [&](const RunningCirculation& now) {
      return write_checkpoint(file, key, {}, nullptr, &now);
    };
    const auto out =
        run_circulation(show, it.scene, it.places, options, watch, kept ? &*kept : nullptr);
    if (out) {
      EXPECT_GT(runs, 8);
      EXPECT_EQ(out->state_hash, it.out.state_hash);
      EXPECT_EQ(out->set_out, it.out.set_out);
      EXPECT_EQ(out->back, it.out.back);
      EXPECT_EQ(out->mean_away_s, it.out.mean_away_s);
      for (std::size_t a = 0; a < out->amenities.size(); ++a) {
        EXPECT_EQ(out->amenities[a].queue, it.out.amenities[a].queue);
        EXPECT_EQ(out->amenities[a].mean_wait_s, it.out.amenities[a].mean_wait_s);
      }
      break;
    }
    ASSERT_EQ(out.error().code, Errc::interrupted) << out.error().message;
    auto read = read_checkpoint(file, key);
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_TRUE(read->meanwhile);
    kept = std::move(read->meanwhile);
  }
  // And when it is over.
  ASSERT_TRUE(write_checkpoint(file, key, {}, nullptr, nullptr, &it.out));
  const auto over = read_checkpoint(file, key);
  ASSERT_TRUE(over && over->circulation);
  EXPECT_FALSE(over->meanwhile);
  EXPECT_EQ(over->circulation->state_hash, it.out.state_hash);
  EXPECT_EQ(over->circulation->most_away, it.out.most_away);
  std::filesystem::remove(file);
  // What was kept of it is none of another.
  const Meanwhile other(with_amenities("2", "an hour: 200 %"));
  const auto taken =
      run_circulation(*other.planned.show, other.scene, other.places, options, {}, &*kept);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::bad_input);
}

/// At his place or away: everybody is in each frame, once.
TEST(Circulation, AFrameHasEverybodyOnce) {
  Meanwhile it(with_amenities("1", "an hour: 900 %"));
  RunOptions options;
  options.frame_every_s = 30;
  std::size_t frames = 0;
  std::size_t most_away = 0;
  CirculationWatch watch;
  watch.frame = [&](const CirculationWatch::Frame& frame) -> Status {
    std::set<std::uint32_t> seen;
    for (const Place& each : frame.at_places) EXPECT_TRUE(seen.insert(each.person).second);
    for (const Place& each : frame.away) EXPECT_TRUE(seen.insert(each.person).second);
    EXPECT_EQ(seen.size(), it.scene.people.size());
    EXPECT_EQ(frame.time_s, it.out.begin_s + 30.0 * static_cast<double>(frames));
    most_away = std::max(most_away, frame.away.size());
    ++frames;
    return {};
  };
  const auto out = run_circulation(*it.planned.show, it.scene, it.places, options, watch);
  ASSERT_TRUE(out);
  EXPECT_EQ(frames, 68U);  // 34 minutes
  EXPECT_GT(most_away, 20U);
  EXPECT_EQ(out->state_hash, it.out.state_hash);
}

TEST(Circulation, IsNoneWhereTheShowSaysNothing) {
  EXPECT_FALSE(Planned().scene().circulation);
}

}  // namespace
}  // namespace defilada::spectators
