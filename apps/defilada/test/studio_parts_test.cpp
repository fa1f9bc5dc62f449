// SPDX-License-Identifier: MIT
// The threads of the studio, and what they keep, without a server round them.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "defilada/core/file.hpp"
#include "defilada/crowd/recording.hpp"
#include "source_dir.hpp"
#include "studio/density_film.hpp"
#include "studio/places_film.hpp"
#include "studio/planner.hpp"
#include "studio/worker.hpp"

namespace defilada::app::studio {
namespace {

namespace fs = std::filesystem;

/// What threads have said, in order.
class Heard {
 public:
  void add(std::string word) {
    const std::lock_guard lock(mutex_);
    words_.push_back(std::move(word));
    wakes_.notify_all();  // who waits may let go of all this as soon as it has the lock
  }
  /// Waits for so many.
  [[nodiscard]] std::vector<std::string> first(std::size_t count) {
    std::unique_lock lock(mutex_);
    wakes_.wait_for(lock, std::chrono::seconds(60), [&] { return words_.size() >= count; });
    return words_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wakes_;
  std::vector<std::string> words_;
};

TEST(Worker, AJobThatThrowsEndsItselfAlone) {
  Heard heard;
  Worker worker;
  worker.add([] { throw std::runtime_error("broken"); },
             [&](const char* what) { heard.add(what); });
  worker.add([] { throw std::runtime_error("unheard"); });
  worker.add([&] { heard.add("next"); });
  EXPECT_EQ(heard.first(2), (std::vector<std::string>{"broken", "next"}));
}

/// A frame has the number of a cell in 24 bits: over a ground of 32 km the cells are wider, and
/// whoever stands in its last corner is still in a cell of his own.
TEST(DensityFilm, CellsOfAVastGroundAreNumberedInTwentyFourBits) {
  spectators::Scene scene;
  constexpr double kWide_m = 32'000;
  const geo::Polygon all{{{0, 0}, {kWide_m, 0}, {kWide_m, kWide_m}, {0, kWide_m}}, {}};
  scene.ground.levels.push_back({.name = "", .walkable = {all}, .obstacles = {}});
  DensityFilm film(scene, 1);
  const DensityFilm::Grid& grid = film.grid();
  EXPECT_LE(std::uint64_t{grid.columns} * grid.rows, 1U << 24U);
  EXPECT_GT(std::uint64_t{grid.columns} * grid.rows, 1U << 22U);  // no wider than it must be
  EXPECT_GE(grid.columns * grid.cell_m, kWide_m);
  const std::vector<geo::Vec2> people = {{1, 1}, {kWide_m - 1, kWide_m - 1}};
  film.add(0, 0, people);
  const auto cells = film.cells(0, 0);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[0] >> 8U, 0U);
  EXPECT_EQ(cells[1] >> 8U, grid.columns * grid.rows - 1);
}

class PlannerTest : public testing::Test {
 protected:
  const std::string name_ = std::string(test::source_dir()) + "/tests/shows/parade.yaml";
  const std::string good_ = read_file(name_, 1U << 20).value();
  const std::string wrong_ = "defilada: 1\n";
  [[nodiscard]] Options options() const {
    Options out;
    out.show = name_;
    out.catalogues = {std::string(test::source_dir()) + "/catalogue"};
    return out;
  }
};

/// The proof of a text must not be published over a newer one that has none.
TEST_F(PlannerTest, AnOlderTextsProofNeverTakesTheNewersPlace) {
  Heard heard;
  Planner planner(options(), name_, {});
  bool newer = false;  // of the planner's thread
  planner.plan_saved(good_, [&](const OutcomePtr& outcome) {
    heard.add(!outcome ? "dropped" : outcome->proven ? "proven" : "planned");
    if (newer) return;
    newer = true;  // a newer text is saved just when the first plan is told
    planner.plan_saved(wrong_, [&](const OutcomePtr& after) {
      heard.add(after && after->has_plan() ? "has a plan" : "wrong");
    });
  });
  EXPECT_EQ(heard.first(3), (std::vector<std::string>{"planned", "dropped", "wrong"}));
  // Whatever was still to come has come when a draft, which waits for nothing, is done twice.
  for (int i = 0; i < 2; ++i) {
    Heard draft;
    planner.plan_draft("a", good_, false, true, [&](const OutcomePtr&) { draft.add("draft"); });
    (void)draft.first(1);
  }
  ASSERT_TRUE(planner.saved());
  EXPECT_EQ(planner.saved()->text, wrong_);
}

TEST_F(PlannerTest, AProofGivenUpForADraftIsDoneAfterIt) {
  Heard heard;
  Planner planner(options(), name_, {});
  planner.plan_saved(good_, [&](const OutcomePtr& outcome) {
    heard.add(!outcome ? "dropped" : outcome->proven ? "proven" : "planned");
    if (outcome && !outcome->proven) {
      planner.plan_draft("a", good_, false, true, [&](const OutcomePtr&) { heard.add("draft"); });
    }
  });
  EXPECT_EQ(heard.first(3), (std::vector<std::string>{"planned", "draft", "proven"}));
  EXPECT_TRUE(planner.saved()->proven);
}

TEST_F(PlannerTest, AfterStopNobodyIsCalled) {
  std::atomic<int> calls = 0;
  Planner planner(options(), name_, {});
  for (int i = 0; i < 3; ++i) {
    planner.plan_draft(std::to_string(i), good_, true, true, [&](const OutcomePtr&) { ++calls; });
  }
  planner.stop();
  const int before = calls;
  planner.plan_draft("b", good_, false, true, [&](const OutcomePtr&) { ++calls; });
  planner.stop();
  EXPECT_EQ(calls, before);
}

class PlacesFilmTest : public testing::Test {
 protected:
  void write(std::size_t frames, const std::string& note) const {
    auto writer =
        crowd::RecordingWriter::begin(path_, {.begin_s = 10, .interval_s = 2, .note = note})
            .value();
    for (std::size_t i = 0; i < frames; ++i) {
      const std::vector<crowd::RecordedPerson> people{{.id = 1, .x = 1.0 * double(i), .y = 2}};
      ASSERT_TRUE(writer.add(people));
    }
    ASSERT_TRUE(writer.finish());
  }
  const Scratch scratch_;
  const fs::path path_ = scratch_.folder() / "a.recording";
};

TEST_F(PlacesFilmTest, ARecordingThatWasWrittenAnewIsRefused) {
  write(200, R"({"seed":1})");
  PlacesFilm film({0, 0}, 1000, {path_});
  ASSERT_EQ(film.frames(0), 200U);
  const auto before = film.chunk(0, 11, 1);
  ASSERT_TRUE(before);
  EXPECT_FALSE(before->empty());
  write(200, R"({"seed":1})");  // the same once more
  const auto again = film.chunk(0, 11, 1);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *before);
  write(5, R"({"seed":1})");  // shorter: the frames are not there
  EXPECT_FALSE(film.chunk(0, 11, 1));
  EXPECT_FALSE(film.chunk(0, 0, 1));
  write(200, R"({"seed":2})");  // as long, and of another run
  EXPECT_FALSE(film.chunk(0, 0, 1));
  fs::remove(path_);
  EXPECT_FALSE(film.chunk(0, 0, 1));
}

}  // namespace
}  // namespace defilada::app::studio
