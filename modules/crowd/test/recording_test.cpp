// SPDX-License-Identifier: MIT
#include "defilada/crowd/recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "defilada/core/random.hpp"

namespace defilada::crowd {
namespace {

namespace fs = std::filesystem;
using People = std::vector<RecordedPerson>;

fs::path scratch(const char* name) {
  return fs::path(testing::TempDir()) / name;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Result<RecordingReader> reader_of(const std::string& bytes) {
  return RecordingReader::read(std::make_unique<std::istringstream>(bytes));
}

/// People who walk, stand, jump, climb, come and go; ids far apart.
std::vector<People> some_day(std::uint32_t run, std::size_t frames) {
  std::vector<People> out(frames);
  Random random(3, run, 0);
  const std::uint32_t count = random.below(60);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t id = run % 2 == 0 ? i : random.below(0xffffffff);
    RecordedPerson person{id, random.uniform(-4e3, 4e3), random.uniform(-4e3, 4e3), 0, 0};
    Vec2 step{random.uniform(-0.7, 0.7), random.uniform(-0.7, 0.7)};
    bool there = random.below(2) == 0;
    for (People& frame : out) {
      if (random.below(40) == 0) there = !there;
      if (random.below(30) == 0) step = {random.uniform(-0.7, 0.7), random.uniform(-0.7, 0.7)};
      if (random.below(50) == 0) person.level = static_cast<LevelId>(random.below(400));
      if (random.below(50) == 0) person.state = static_cast<std::uint8_t>(random.below(256));
      if (random.below(200) == 0) person.x = random.uniform(-1e6, 1e6);
      person.x += step.x;
      person.y += step.y;
      if (there) frame.push_back(person);
    }
  }
  return out;
}

void write(const fs::path& path, const std::vector<People>& day, bool finished = true) {
  auto writer = RecordingWriter::begin(path, {10, 0.5, "{\"of\": \"a test\"}"});
  ASSERT_TRUE(writer);
  for (const People& frame : day) ASSERT_TRUE(writer->add(frame));
  if (!finished) return;
  ASSERT_TRUE(writer->finish());
}

void expect_same(People got, People wanted) {
  const auto by_id = [](const RecordedPerson& a, const RecordedPerson& b) { return a.id < b.id; };
  EXPECT_TRUE(std::is_sorted(got.begin(), got.end(), by_id));
  std::sort(wanted.begin(), wanted.end(), by_id);
  ASSERT_EQ(got.size(), wanted.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i].x, wanted[i].x, 0.00501);
    EXPECT_NEAR(got[i].y, wanted[i].y, 0.00501);
    got[i].x = wanted[i].x;
    got[i].y = wanted[i].y;
    EXPECT_EQ(got[i], wanted[i]);
  }
}

TEST(Recording, WhatIsReadIsWhatWasWrittenAtAnyInstant) {
  const fs::path path = scratch("recording_all");
  for (std::uint32_t run = 0; run < 30; ++run) {
    const auto day = some_day(run, run * 13);
    write(path, day);
    auto reader = RecordingReader::open(path);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->header().note, "{\"of\": \"a test\"}");
    ASSERT_EQ(reader->frames(), day.size());
    Random random(4, run, 0);
    for (std::size_t i = 0; i < day.size(); ++i) {
      const std::size_t at = i % 3 == 0 ? random.below(static_cast<std::uint32_t>(day.size())) : i;
      EXPECT_EQ(reader->time_s(at), 10 + 0.5 * static_cast<double>(at));
      const auto frame = reader->frame(at);
      ASSERT_TRUE(frame);
      expect_same(*frame, day[at]);
    }
  }
}

TEST(Recording, ACutOffRecordingHasItsWholeChunks) {
  const fs::path path = scratch("recording_cut");
  const auto day = some_day(8, 200);
  write(path, day);
  const std::string whole = bytes_of(path);
  std::size_t most = 0;
  for (std::size_t size = whole.size(); size-- > 0; size = size > 37 ? size - 37 : 0) {
    auto reader = reader_of(whole.substr(0, size));
    if (!reader) continue;  // within the header
    EXPECT_TRUE(reader->frames() % RecordingWriter::kChunkFrames == 0 || reader->frames() == 200);
    most = std::max(most, reader->frames());
    for (std::size_t i = 0; i < reader->frames(); i += 50) {
      const auto frame = reader->frame(i);
      ASSERT_TRUE(frame);
      expect_same(*frame, day[i]);
    }
  }
  EXPECT_EQ(most, 200U);
  // The same where it was never finished.
  write(path, day, false);
  EXPECT_EQ(reader_of(bytes_of(path))->frames(), 192U);
}

/// Kept now and then, cut off some frames later, gone on with from what was kept last, or before.
TEST(Recording, OneThatIsGoneOnWithIsTheSameToTheByte) {
  const fs::path path = scratch("recording_whole");
  const fs::path broken = scratch("recording_broken");
  const RecordingHeader header{10, 0.5, "{\"of\": \"a test\"}"};
  for (std::uint32_t run = 0; run < 24; ++run) {
    const auto day = some_day(2 * run, 120 + 7 * run);
    write(path, day);
    Random random(5, run, 0);
    const auto any = [&](std::size_t below) {
      return std::size_t{random.below(static_cast<std::uint32_t>(below))};
    };
    const std::size_t kept = run % 4 == 0 ? 64 : any(day.size());
    const std::size_t cut = kept + any(day.size() - kept);
    {
      auto writer = RecordingWriter::begin(broken, header);
      ASSERT_TRUE(writer);
      for (std::size_t frame = 0; frame < cut; ++frame) {
        if (frame == kept / 2 || frame == kept) {
          ASSERT_TRUE(writer->keep());
        }
        ASSERT_TRUE(writer->add(day[frame]));
      }
      if (cut == kept) {
        ASSERT_TRUE(writer->keep());
      }
    }
    EXPECT_GE(reader_of(bytes_of(broken))->frames(), kept / 2);
    auto writer = RecordingWriter::go_on(broken, header, kept);
    ASSERT_TRUE(writer) << writer.error().message << " " << kept << " of " << cut;
    EXPECT_EQ(writer->frames(), kept);
    for (std::size_t frame = kept; frame < day.size(); ++frame) {
      if (frame % 50 == 0) {
        ASSERT_TRUE(writer->keep());
      }
      ASSERT_TRUE(writer->add(day[frame]));
    }
    ASSERT_TRUE(writer->finish());
    EXPECT_TRUE(bytes_of(broken) == bytes_of(path)) << run << ", kept " << kept;
  }
  EXPECT_FALSE(RecordingWriter::go_on(broken, header, 100'000));
  EXPECT_FALSE(RecordingWriter::go_on(broken, {11, 0.5, header.note}, 10));
  EXPECT_FALSE(RecordingWriter::go_on(scratch("recording_nowhere"), header, 10));
}

/// Of very many people a chunk has fewer frames: it is closed before it holds too many places.
TEST(Recording, AChunkHasNoMorePlacesThanItMay) {
  const fs::path path = scratch("recording_crowded");
  const fs::path broken = scratch("recording_crowded_broken");
  const RecordingHeader header{10, 0.5, "{}"};
  for (std::uint32_t run = 0; run < 60; ++run) {
    const auto day = some_day(2 * run, 100);
    Random random(7, run, 0);
    const std::size_t places = 1 + random.below(900);
    const std::size_t kept = random.below(100);
    {
      auto writer = RecordingWriter::begin(path, header, places);
      auto cut_off = RecordingWriter::begin(broken, header, places);
      ASSERT_TRUE(writer && cut_off);
      for (std::size_t frame = 0; frame < day.size(); ++frame) {
        if (frame == kept) {
          ASSERT_TRUE(cut_off->keep());
        }
        ASSERT_TRUE(writer->add(day[frame]));
        if (frame < kept) {
          ASSERT_TRUE(cut_off->add(day[frame]));
        }
      }
      ASSERT_TRUE(writer->finish());
    }
    // Every chunk as the format has it: its mark, first frame, frames.
    const std::string bytes = bytes_of(path);
    std::size_t chunks = 0;
    for (std::size_t at = 28 + header.note.size(); bytes.compare(at, 4, "CHNK") == 0; ++chunks) {
      std::uint32_t first = 0;
      std::uint32_t frames = 0;
      std::uint32_t packed = 0;
      std::memcpy(&first, &bytes[at + 4], 4);
      std::memcpy(&frames, &bytes[at + 8], 4);
      std::memcpy(&packed, &bytes[at + 16], 4);
      std::size_t held = 0;
      for (std::size_t frame = first; frame < first + frames; ++frame) held += day[frame].size();
      EXPECT_TRUE(held <= places || frames == 1) << held;
      const std::size_t after = first + frames;
      EXPECT_TRUE(frames == 64 || after == day.size() || held + day[after].size() > places);
      at += 28 + packed;
    }
    auto reader = reader_of(bytes);
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->frames(), day.size());
    for (std::size_t frame = 0; frame < day.size(); ++frame) {
      const auto people = reader->frame(frame);
      ASSERT_TRUE(people);
      EXPECT_EQ(people->size(), day[frame].size());
    }
    auto writer = RecordingWriter::go_on(broken, header, kept, places);
    ASSERT_TRUE(writer) << writer.error().message;
    for (std::size_t frame = kept; frame < day.size(); ++frame) {
      ASSERT_TRUE(writer->add(day[frame]));
    }
    ASSERT_TRUE(writer->finish());
    EXPECT_TRUE(bytes_of(broken) == bytes) << run << ", kept " << kept;
  }
}

TEST(Recording, DamageIsToldOrDoesNoHarm) {
  const fs::path path = scratch("recording_damaged");
  const auto day = some_day(6, 130);
  write(path, day);
  const std::string whole = bytes_of(path);
  int told = 0;
  for (std::uint32_t run = 0; run < 600; ++run) {
    Random random(5, run, 0);
    std::string bytes = whole;
    const std::size_t at = random.below(static_cast<std::uint32_t>(bytes.size()));
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random.below(255)));
    auto reader = reader_of(bytes);
    if (!reader) {
      ++told;
      continue;
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(reader->frames(), 130); i += 9) {
      const auto frame = reader->frame(i);
      if (frame) {
        expect_same(*frame, day[i]);
      } else {
        ++told;
        break;
      }
    }
  }
  EXPECT_GT(told, 400);
}

/// What a person costs in a frame, by what they do.
TEST(Recording, StandingCostsAlmostNothing) {
  const auto bytes_a_person = [](double speed_mps, double sway_m) {
    const fs::path path = scratch("recording_size");
    auto writer = RecordingWriter::begin(path, {0, 0.5, ""});
    constexpr std::uint32_t kPeople = 1000;
    constexpr std::uint32_t kFrames = 256;
    for (std::uint32_t f = 0; f < kFrames; ++f) {
      People frame;
      for (std::uint32_t i = 0; i < kPeople; ++i) {
        Random of(6, i, 0);
        const double angle = of.uniform(0, 6.28);
        const double way = 0.5 * f * speed_mps * of.uniform(0.7, 1.3);
        Random now(7, i, f);
        frame.push_back(
            {i, of.uniform(0, 500) + way * std::cos(angle) + now.uniform(-sway_m, sway_m + 1e-9),
             of.uniform(0, 500) + way * std::sin(angle) + now.uniform(-sway_m, sway_m + 1e-9), 0,
             1});
      }
      EXPECT_TRUE(writer->add(frame));
    }
    EXPECT_TRUE(writer->finish());
    return static_cast<double>(fs::file_size(path)) / (kPeople * kFrames);
  };
  const double standing = bytes_a_person(0, 0);
  const double walking = bytes_a_person(1.3, 0);
  const double pushed = bytes_a_person(1.3, 0.05);
  RecordProperty("standing", std::to_string(standing));
  RecordProperty("walking", std::to_string(walking));
  RecordProperty("pushed", std::to_string(pushed));
  EXPECT_LT(standing, 0.2);
  EXPECT_LT(walking, 0.8);
  EXPECT_LT(pushed, 1.6);
}

TEST(Recording, AFolderThatIsNotThereIsTold) {
  const auto writer = RecordingWriter::begin("/nowhere/at/all", {});
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, Errc::environment);
  EXPECT_EQ(RecordingReader::open("/nowhere/at/all").error().code, Errc::environment);
  EXPECT_EQ(reader_of("GIF89a").error().code, Errc::bad_input);
}

}  // namespace
}  // namespace defilada::crowd
