// SPDX-License-Identifier: MIT
#include "defilada/plan/plan_file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstring>
#include <filesystem>

#include "defilada/core/file.hpp"
#include "small_show.hpp"

namespace defilada::plan {
namespace {

using small_show::Planned;
using small_show::text;

class PlanFile : public testing::Test {
 protected:
  PlanFile() : planned_(text("programme:\n  - parade: {march: column, at: 10:00}\n")) {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    path_ = folder_ / "plan.sqlite";
  }
  ~PlanFile() override { std::filesystem::remove_all(folder_); }

  Status write() const {
    return write_plan_file(path_, *planned_.show, *planned_.plan, planned_.sources,
                           {{"small.yaml", "00"}});
  }
  std::string query(const char* sql) const {
    sqlite3* database = nullptr;
    EXPECT_EQ(sqlite3_open_v2(path_.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    std::string out;
    if (sqlite3_step(statement) == SQLITE_ROW) {
      const int size = sqlite3_column_bytes(statement, 0);
      out.assign(reinterpret_cast<const char*>(sqlite3_column_blob(statement, 0)),
                 static_cast<std::size_t>(size));
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return out;
  }

  Planned planned_;
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

TEST_F(PlanFile, CanBeQueried) {
  ASSERT_TRUE(write());
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(query("SELECT count(*) || '' FROM movers"), "111");
  EXPECT_EQ(query("SELECT time(time_s, 'unixepoch') FROM cues WHERE label = 'army steps off'"),
            "10:00:00");
  EXPECT_EQ(query("SELECT value FROM meta WHERE key = 'format'"), "defilada-plan/1");
  EXPECT_EQ(query("SELECT value FROM meta WHERE key = 'midnight'"), "2025-09-03T00:00:00+08:00");
}

// A finding of movement has its time of day, its place and its slot.
TEST_F(PlanFile, HoldsWhenAndWhereAFindingIs) {
  std::string near = text("programme:\n  - parade: {march: column, at: 10:00}\n");
  const auto at = near.find("separation: 0.5 m");
  ASSERT_NE(at, std::string::npos);
  near.replace(at, 17, "separation: 0.8 m");
  planned_ = Planned(near);
  ASSERT_TRUE(write());
  EXPECT_EQ(query("SELECT time(begin_s, 'unixepoch') FROM findings WHERE who LIKE 'army/%'"),
            "10:00:00");
  EXPECT_EQ(query("SELECT round(x_m) || ' ' || abs(round(y_m)) || ' ' || z_m FROM findings WHERE "
                  "who LIKE 'army/%'"),
            "300.0 0.0 0.0");
  EXPECT_EQ(query("SELECT who FROM findings WHERE who LIKE 'army/%'"), "army/2, army/3");
}

// The polynomials read back are the tracks.
TEST_F(PlanFile, HoldsTheTracks) {
  ASSERT_TRUE(write());
  const std::string blob = query(
      "SELECT x FROM pieces JOIN movers USING (path) WHERE movers.id = 60 ORDER BY t0_s LIMIT 1");
  track::Polynomial read{};
  ASSERT_EQ(blob.size(), sizeof read);
  std::memcpy(read.data(), blob.data(), sizeof read);
  const auto& tracks = planned_.plan->tracks;
  EXPECT_EQ(read, tracks.pieces_of(tracks.paths[tracks.movers[60].path]).front().x);
}

TEST_F(PlanFile, IsTheSameTwice) {
  ASSERT_TRUE(write());
  const std::string first = read_file(path_, 1 << 30).value();
  ASSERT_TRUE(write());
  EXPECT_EQ(read_file(path_, 1 << 30).value(), first);
}

TEST_F(PlanFile, AFailureLeavesTheOldFileAndNoOther) {
  ASSERT_TRUE(write());
  const std::string before = read_file(path_, 1 << 30).value();
  const auto missing = write_plan_file(folder_ / "missing" / "plan.sqlite", *planned_.show,
                                       *planned_.plan, planned_.sources, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::environment);
  EXPECT_EQ(read_file(path_, 1 << 30).value(), before);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 1);
}

}  // namespace
}  // namespace defilada::plan
