// SPDX-License-Identifier: MIT
// A day that is interrupted, kept on disk, and gone on with.
#include "defilada/spectators/checkpoint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "defilada/core/file.hpp"
#include "square.hpp"

namespace defilada::spectators {
namespace {

using test::Planned;

bool same(const GateOutcome& a, const GateOutcome& b) {
  return a.passed == b.passed && a.mean_wait_s == b.mean_wait_s &&
         a.longest_wait_s == b.longest_wait_s && a.longest_queue_s == b.longest_queue_s &&
         a.queue == b.queue && a.through == b.through;
}

void expect_same(const std::vector<Phase>& a, const std::vector<Phase>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_EQ(a[k].state_hash, b[k].state_hash) << k;
    EXPECT_EQ(a[k].steps, b[k].steps);
    EXPECT_EQ(a[k].places, b[k].places);
    EXPECT_EQ(a[k].at_emergency, b[k].at_emergency);
    EXPECT_EQ(a[k].seated_in_time, b[k].seated_in_time);
    EXPECT_EQ(a[k].last_s, b[k].last_s);
    EXPECT_EQ(a[k].last_95_s, b[k].last_95_s);
    EXPECT_EQ(a[k].inside, b[k].inside);
    EXPECT_EQ(a[k].zones, b[k].zones);
    EXPECT_EQ(a[k].map.most, b[k].map.most);
    EXPECT_EQ(a[k].map.pressure, b[k].map.pressure);
    EXPECT_EQ(a[k].spells.size(), b[k].spells.size());
    EXPECT_TRUE(std::equal(a[k].gates.begin(), a[k].gates.end(), b[k].gates.begin(), same));
    for (std::size_t e = 0; e < a[k].exits.size(); ++e) {
      EXPECT_EQ(a[k].exits[e].through, b[k].exits[e].through);
      EXPECT_EQ(a[k].exits[e].last_s, b[k].exits[e].last_s);
    }
  }
}

/// Interrupted at any of its looks, kept on disk, gone on with other threads, and again.
TEST(Day, IsTheSameToTheBitWithAnyThreadsAndAfterAnyInterruptions) {
  const Planned planned;
  const Scene scene = planned.scene();
  RunOptions options;
  options.threads = 1;
  std::vector<double> frames;
  options.frame = [&](const RunOptions::Frame& frame) -> Status {
    frames.push_back(frame.time_s);
    return {};
  };
  int looks = 0;
  options.progress = [&](const RunOptions::Progress&) { return ++looks > 0; };
  const auto whole = run_day(*planned.show, scene, options);
  ASSERT_TRUE(whole);
  const std::vector<double> all_frames = std::move(frames);
  const auto file = std::filesystem::temp_directory_path() / "defilada-crowd.checkpoint";
  const std::uint64_t key = key_of(*planned.show, scene, options);
  std::mt19937 random(3);
  int left = 0;
  std::size_t within = 0;
  Kept kept;
  frames.clear();
  std::vector<Phase> done;
  options.progress = [&](const RunOptions::Progress&) { return --left > 0; };
  options.keep_running = [&](const Running& running) {
    ++within;
    return write_checkpoint(file, key, done, &running);
  };
  for (int runs = 0;; ++runs) {
    ASSERT_LT(runs, 100);
    left = 1 + static_cast<int>(random() % static_cast<unsigned>(looks / 3));
    options.threads = 1 + runs % 2;
    done = kept.done;
    const auto broken = run_day(
        *planned.show, scene, options, kept.done,
        [&](const std::vector<Phase>& all) {
          done = all;
          return write_checkpoint(file, key, done);
        },
        kept.running ? &*kept.running : nullptr);
    if (broken) {
      expect_same(*broken, *whole);
      break;
    }
    ASSERT_EQ(broken.error().code, Errc::interrupted) << broken.error().message;
    auto read = read_checkpoint(file, key);
    ASSERT_TRUE(read) << read.error().message;
    kept = std::move(*read);
    ASSERT_TRUE(kept.running);
  }
  std::filesystem::remove(file);
  EXPECT_GE(within, 3U);
  EXPECT_EQ(frames, all_frames);
}

TEST(Checkpoint, OfAnotherRunOrDamagedIsRefused) {
  const Planned planned;
  const Scene scene = planned.scene();
  RunOptions options;
  const auto file = std::filesystem::temp_directory_path() / "defilada-damaged.checkpoint";
  const std::uint64_t key = key_of(*planned.show, scene, options);
  EXPECT_EQ(read_checkpoint(file, key).error().code, Errc::environment);
  std::optional<Running> last;
  options.progress = [](const RunOptions::Progress& now) { return now.in < 30; };
  options.keep_running = [&](const Running& running) {
    last = running;
    return write_checkpoint(file, key, {}, &running);
  };
  ASSERT_FALSE(run_day(*planned.show, scene, options));
  ASSERT_TRUE(read_checkpoint(file, key));
  EXPECT_THAT(read_checkpoint(file, key + 1).error().message.english(),
              testing::HasSubstr("is of another run"));
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  std::mt19937 random(4);
  for (int k = 0; k < 100; ++k) {
    std::string damaged = bytes;
    if (k % 2 == 0) {
      damaged.resize(random() % bytes.size());
    } else {
      damaged[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    }
    ASSERT_TRUE(write_file_atomically(file, damaged));
    const auto read = read_checkpoint(file, key);
    ASSERT_FALSE(read) << k;
    EXPECT_THAT(read.error().message.english(), testing::HasSubstr("is damaged"));
  }
  std::filesystem::remove(file);
  // What was kept of one phase is none of another.
  options.progress = {};
  ASSERT_TRUE(last);
  const auto other = run_phase(*planned.show, scene, Phase::What::egress, 0, {}, options, &*last);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::bad_input);
}

}  // namespace
}  // namespace defilada::spectators
