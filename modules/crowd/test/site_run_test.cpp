// SPDX-License-Identifier: MIT
#include "defilada/crowd/site_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>

#include "defilada/crowd/recording.hpp"

namespace defilada::crowd {
namespace {

namespace fs = std::filesystem;

geo::Polygon rectangle(double x0, double y0, double x1, double y1) {
  return {{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}};
}

StartArea start(geo::Polygon polygon, std::optional<std::int64_t> agents) {
  return {"", 0, std::move(polygon), agents, 0, 0, {}};
}

Ground room() {
  Ground ground;
  ground.levels.push_back({"", 0, {rectangle(0, 0, 12, 8)}, {}});
  ground.exits.push_back({"", 0, Line{{12, 3}, {12, 5}}, {}, {}, {}, {}});
  return ground;
}

std::vector<std::int64_t> agents_of(const Result<Ground>& ground) {
  std::vector<std::int64_t> out;
  for (const StartArea& each : ground.value().starts) out.push_back(each.agents.value_or(-1));
  return out;
}

using Numbers = std::vector<std::int64_t>;

TEST(SiteRun, PeopleAreDividedByNumbersOrByAreas) {
  Ground ground = room();
  EXPECT_FALSE(with_agents(ground, {}));
  EXPECT_EQ(agents_of(with_agents(ground, 30)), Numbers{30});  // the whole ground
  ground.starts = {start(rectangle(0, 0, 2, 2), 10), start(rectangle(4, 0, 6, 6), 30)};
  EXPECT_EQ(agents_of(with_agents(ground, {})), (Numbers{10, 30}));
  EXPECT_EQ(agents_of(with_agents(ground, 100)), (Numbers{25, 75}));
  ground.starts[1].agents.reset();
  EXPECT_EQ(agents_of(with_agents(ground, 100)), (Numbers{25, 75}));  // 4 and 12 m2
  ground.starts.push_back(start(rectangle(8, 0, 9, 1), 0));
  for (const std::int64_t all : {0, 1, 7, 1001}) {
    const auto shares = agents_of(with_agents(ground, all));
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), all);
    EXPECT_GE(*std::min_element(shares.begin(), shares.end()), 0);
  }
}

TEST(SiteRun, QuantilesLieBetweenTheSortedValues) {
  EXPECT_EQ(quantile({3}, 0.95), 3);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({10, 20, 30, 40, 50}, 0.95), 48);
  EXPECT_EQ(quantile({5, 1}, 0), 1);
  EXPECT_EQ(quantile({5, 1}, 1), 5);
}

/// The recording, the counts and the clearance time tell the same story.
TEST(SiteRun, TheRecordingHasEverybodyUntilTheyLeave) {
  Site site;
  site.ground = with_agents(room(), 60).value();
  SiteRunOptions options;
  options.recording = fs::path(testing::TempDir()) / "site_run.dfcrowd";
  options.recording_every_s = 0.25;
  std::vector<std::uint64_t> out_by_second;
  options.progress = [&](double, const Counts& counts) {
    EXPECT_EQ(counts.to_come + counts.inside() + counts.out, 60U);
    out_by_second.push_back(counts.out);
    return true;
  };
  const auto run = run_site(site, options);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->out, 60U);
  ASSERT_TRUE(run->clearance_s);
  auto recording = RecordingReader::open(options.recording);
  ASSERT_TRUE(recording);
  double last_s = 0;
  for (std::size_t i = 0; i < recording->frames(); ++i) {
    const auto people = recording->frame(i).value();
    if (!people.empty()) last_s = recording->time_s(i);
    if (i % 4 != 0) continue;
    EXPECT_EQ(people.size() + out_by_second.at(i / 4), 60U) << i;
    for (const RecordedPerson& person : people)
      EXPECT_TRUE(walkable(site.ground, 0, {person.x, person.y}));
  }
  EXPECT_NEAR(last_s, *run->clearance_s, 0.3);
  EXPECT_GT(run->max_density, 1);
}

/// Eight people on 4 m2 with its corners on whole metres, and nobody moves yet.
TEST(SiteRun, TheDensestSquareIsFound) {
  Site site;
  site.ground = room();
  site.ground.starts = {start(rectangle(3, 2, 5, 4), 8)};
  SiteRunOptions options;
  options.until_s = 0;
  const auto run = run_site(site, options);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->max_density, 2);
  EXPECT_EQ(run->max_density_place, (Vec2{4, 3}));
  EXPECT_EQ(run->max_density_s, 0);
}

TEST(SiteRun, AStoppedRunSaysSo) {
  Site site;
  site.ground = with_agents(room(), 20).value();
  SiteRunOptions options;
  options.progress = [](double time_s, const Counts&) { return time_s < 2; };
  const auto run = run_site(site, options);
  ASSERT_TRUE(run);
  EXPECT_TRUE(run->interrupted);
  EXPECT_NEAR(run->simulated_s, 2, 0.06);
  EXPECT_FALSE(run->clearance_s);
}

/// Each in the area that is nearest to him, as many as it holds; until that area's own time.
TEST(SiteRun, WaitingAreasFillByNearnessAndRoom) {
  Site site;
  site.ground = room();
  site.ground.levels[0].walkable[0] = rectangle(0, 0, 30, 8);
  site.ground.exits[0].shape = Line{{30, 3}, {30, 5}};
  site.ground.starts = {start(rectangle(0, 0, 2, 8), 20), start(rectangle(14, 0, 16, 8), 20)};
  for (const double x : {4.0, 18.0}) {
    WaitingArea wait;
    wait.polygon = rectangle(x, 1, x + 6, 7);
    wait.until_s = x < 10 ? 60 : 90;
    site.ground.waits.push_back(wait);
  }
  const auto waiting_at = [&](double at_s) {
    std::array<std::size_t, 2> there = {0, 0};
    SiteRunOptions options;
    options.until_s = at_s;
    options.recording = fs::path(testing::TempDir()) / "waits.dfcrowd";
    EXPECT_TRUE(run_site(site, options));
    auto recording = RecordingReader::open(options.recording);
    EXPECT_TRUE(recording);
    const auto people = recording->frame(recording->frames() - 1).value();
    for (const RecordedPerson& each : people) {
      if (each.state != 0) continue;  // walks
      if (each.x >= 4 && each.x <= 10) ++there[0];
      if (each.x >= 18 && each.x <= 24) ++there[1];
    }
    return there;
  };
  EXPECT_EQ(waiting_at(50), (std::array<std::size_t, 2>{20, 20}));
  // Those of the first walk past the second, which waits on.
  EXPECT_EQ(waiting_at(85), (std::array<std::size_t, 2>{0, 20}));
  site.ground.waits[0].capacity = 5;
  EXPECT_EQ(waiting_at(50), (std::array<std::size_t, 2>{5, 35}));
}

/// Ended at any second, saved as bytes, gone on with: the same outcome and the same recording.
TEST(SiteRun, GoesOnToTheBitAfterAnyInterruptions) {
  Site site;
  site.ground = with_agents(room(), 60).value();
  Gate gate;
  gate.line = {{8, 0}, {8, 8}};
  gate.lanes = 4;
  gate.service_s = 2;
  site.ground.gates.push_back(gate);
  const auto bytes_of = [](const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  SiteRunOptions options;
  options.recording = fs::path(testing::TempDir()) / "whole.dfcrowd";
  site.limits.density = 0.5;
  site.limits.density_for_s = 0;
  const auto whole = run_site(site, options);
  ASSERT_TRUE(whole);
  ASSERT_EQ(whole->out, 60U);
  ASSERT_FALSE(whole->dense.empty());
  const std::string recorded = bytes_of(options.recording);
  options.recording = fs::path(testing::TempDir()) / "parts.dfcrowd";
  const std::uint64_t key = key_of(site, options);
  std::string saved;
  options.keep_running = [&](const SiteRunning& running) {
    saved = save_progress({{*whole}, running}, key);
    return Status{};
  };
  std::optional<SiteProgress> kept;
  for (int runs = 0;; ++runs) {
    ASSERT_LT(runs, 40);
    int left = 4;
    options.progress = [&](double, const Counts&) { return --left > 0; };
    options.running = kept ? &*kept->running : nullptr;
    options.simulation.threads = 1 + runs % 2;
    const auto run = run_site(site, options);
    ASSERT_TRUE(run) << run.error().message;
    if (!run->interrupted) {
      EXPECT_GT(runs, 5);
      EXPECT_EQ(run->state_hash, whole->state_hash);
      EXPECT_EQ(run->steps, whole->steps);
      EXPECT_EQ(run->agent_steps, whole->agent_steps);
      EXPECT_EQ(run->clearance_s, whole->clearance_s);
      EXPECT_EQ(run->max_density_s, whole->max_density_s);
      EXPECT_EQ(run->longest_queues, whole->longest_queues);
      ASSERT_EQ(run->dense.size(), whole->dense.size());
      for (std::size_t k = 0; k < run->dense.size(); ++k) {
        EXPECT_EQ(run->dense[k].from_s, whole->dense[k].from_s);
        EXPECT_EQ(run->dense[k].to_s, whole->dense[k].to_s);
      }
      break;
    }
    auto loaded = load_progress(saved, key);
    ASSERT_TRUE(loaded) << loaded.error().message;
    ASSERT_EQ(loaded->done.size(), 1U);
    EXPECT_EQ(loaded->done[0].state_hash, whole->state_hash);
    EXPECT_EQ(loaded->done[0].clearance_s, whole->clearance_s);
    kept = std::move(*loaded);
  }
  EXPECT_TRUE(bytes_of(options.recording) == recorded);
  // Of another site, damaged, with a trajectory: refused.
  EXPECT_FALSE(load_progress(saved, key + 1));
  std::mt19937 random(8);
  for (int k = 0; k < 100; ++k) {
    std::string damaged = saved;
    if (k % 2 == 0) {
      damaged.resize(random() % saved.size());
    } else {
      damaged[random() % saved.size()] ^= static_cast<char>(1 + random() % 255);
    }
    EXPECT_FALSE(load_progress(damaged, key));
  }
  options.trajectory = fs::path(testing::TempDir()) / "parts.sqlite";
  EXPECT_FALSE(run_site(site, options));
  options.trajectory.clear();
  site.ground.starts[0].agents = 61;
  EXPECT_FALSE(run_site(site, options));
  EXPECT_NE(key_of(site, options), key);
}

}  // namespace
}  // namespace defilada::crowd
