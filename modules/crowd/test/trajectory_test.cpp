// SPDX-License-Identifier: MIT
#include "defilada/crowd/trajectory.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>
#include <vector>

namespace defilada::crowd {
namespace {

namespace fs = std::filesystem;

/// All values of a query, row after row.
std::vector<std::string> query(const fs::path& path, const char* sql) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
  std::vector<std::string> out;
  const auto take = [](void* to, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[i]);
    }
    return 0;
  };
  char* error = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql, take, &out, &error), SQLITE_OK) << (error ? error : "");
  sqlite3_free(error);
  sqlite3_close(database);
  return out;
}

Ground room() {
  Ground ground;
  ground.levels.push_back(
      {"", 0, {{{{0, 0}, {8, 0}, {8, 5}, {0, 5}}, {}}}, {{{{1, 1}, {2, 1}, {2, 2}}, {}}}});
  return ground;
}

using Strings = std::vector<std::string>;

TEST(Trajectory, HasTheTablesThatJuPedSimReads) {
  const fs::path path = fs::path(testing::TempDir()) / "trajectory.sqlite";
  fs::remove(path);
  {
    auto file = TrajectoryFile::begin(path, 8, area_as_wkt(room()));
    ASSERT_TRUE(file);
    const TrajectoryFile::Row first[] = {{7, 1.5, 2.25, 0, 1}, {3, 4, 4.5, -1, 0}};
    const TrajectoryFile::Row later[] = {{7, 1.5, 2.5, 0, 1}};
    ASSERT_TRUE(file->add(first));
    ASSERT_TRUE(file->add({}));
    ASSERT_TRUE(file->add(later));
    EXPECT_FALSE(fs::exists(path));  // until it is whole
    ASSERT_TRUE(file->finish());
  }
  EXPECT_EQ(query(path, "SELECT key, value FROM metadata ORDER BY key"),
            (Strings{"fps", "8", "version", "2", "xmax", "4", "xmin", "1.5", "ymax", "4.5", "ymin",
                     "2.25"}));
  EXPECT_EQ(
      query(path,
            "SELECT frame, id, pos_x, pos_y, ori_x, ori_y FROM trajectory_data ORDER BY frame, id"),
      (Strings{"0", "3", "4.0", "4.5", "-1.0", "0.0", "0", "7", "1.5", "2.25", "0.0", "1.0", "2",
               "7", "1.5", "2.5", "0.0", "1.0"}));
  // A frame without people is a frame all the same.
  EXPECT_EQ(query(path, "SELECT frame FROM frame_data"), (Strings{"0", "1", "2"}));
  EXPECT_EQ(
      query(path,
            "SELECT wkt FROM frame_data JOIN geometry ON geometry_hash = hash WHERE frame = 2")
          .size(),
      1U);
  EXPECT_EQ(
      query(path,
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL ORDER BY name"),
      (Strings{"frame_id_idx", "geometry_hash"}));
}

TEST(Trajectory, WithoutItsEndNothingIsLeft) {
  const fs::path folder = fs::path(testing::TempDir()) / "trajectory_cut";
  fs::create_directory(folder);
  { EXPECT_TRUE(TrajectoryFile::begin(folder / "a.sqlite", 8, "POLYGON EMPTY")); }
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_EQ(TrajectoryFile::begin(folder / "no" / "a.sqlite", 8, "").error().code,
            Errc::environment);
}

TEST(Trajectory, TheAreaIsWellKnownText) {
  Ground ground = room();
  EXPECT_EQ(area_as_wkt(ground, {100, 0}),
            "POLYGON ((108 0, 108 5, 100 5, 100 0, 108 0), (102 2, 102 1, 101 1, 102 2))");
  ground.levels.push_back({"up", 4, {{{{20, 0}, {21, 0}, {21, 1}}, {}}}, {}});
  EXPECT_EQ(area_as_wkt(ground).substr(0, 30), "GEOMETRYCOLLECTION (POLYGON ((");
}

}  // namespace
}  // namespace defilada::crowd
