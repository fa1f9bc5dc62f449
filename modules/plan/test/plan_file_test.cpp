// SPDX-License-Identifier: MIT
#include "defilada/plan/plan_file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstring>
#include <filesystem>

#include "defilada/core/file.hpp"
#include "event.hpp"
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

// tests/shows/guests.yaml: thirty guests, two delegations that leave in one car.
TEST_F(PlanFile, HoldsTheGuests) {
  const auto event = plan_event("tests/shows/guests.yaml");
  ASSERT_NE(event, nullptr);
  ASSERT_TRUE(write_plan_file(path_, event->show, event->plan, planned_.sources, {}));
  EXPECT_EQ(query("PRAGMA foreign_key_check"), "");
  EXPECT_EQ(query("SELECT count(*) || '' FROM guests"), "30");
  EXPECT_EQ(query("SELECT count(*) || '' FROM delegations"), "28");
  EXPECT_EQ(query("SELECT time(arrives_s, 'unixepoch') FROM guests WHERE id = 0"), "09:00:00");
  const auto& card = event->plan.guests.guests[5];
  EXPECT_EQ(query("SELECT seat_row || ' ' || seat_column FROM guests WHERE id = 5"),
            fmt::format("{} {}", card.seat->row + 1, card.seat->column));
  EXPECT_EQ(query("SELECT count(*) || '' FROM guest_stays"), [&] {
    std::size_t stays = 0;
    for (const auto& each : event->plan.guests.guests) stays += each.stays.size();
    return std::to_string(stays);
  }());
  // Stays of a guest follow each other: each ends where another begins, but for the last.
  EXPECT_EQ(query("SELECT count(*) || '' FROM guest_stays a WHERE NOT EXISTS (SELECT 1 FROM "
                  "guest_stays b WHERE b.guest = a.guest AND abs(b.from_s - a.to_s) < 1e-5)"),
            "30");
  EXPECT_EQ(query("SELECT group_concat(delegations.name, ' & ') FROM motorcade_riders JOIN "
                  "delegations ON delegations.id = delegation WHERE motorcade = 1"),
            "Ruritania & Freedonia");
  EXPECT_EQ(query("SELECT station FROM motorcade_passings WHERE motorcade = 1"), "mill");
  EXPECT_EQ(query("SELECT count(*) || '' FROM meetings WHERE item = 'talks'"), "2");
  EXPECT_EQ(query("SELECT who || ': ' || text FROM statements"), "Rudolf V: We are pleased");
}

TEST_F(PlanFile, HoldsTheTracksOfGuests) {
  const auto event = plan_event("tests/shows/guests.yaml");
  ASSERT_NE(event, nullptr);
  ASSERT_TRUE(write_plan_file(path_, event->show, event->plan, planned_.sources, {}));
  const auto& tracks = event->plan.guests.tracks;
  EXPECT_EQ(query("SELECT count(*) || '' FROM guest_movers"), std::to_string(tracks.movers.size()));
  EXPECT_EQ(query("SELECT count(*) || '' FROM guest_movers WHERE car = 1"),
            std::to_string(28 + 28 + 1));
  for (const std::size_t m : {std::size_t{0}, tracks.movers.size() / 2}) {
    const std::string blob =
        query(fmt::format("SELECT x FROM pieces JOIN guest_movers USING (path) WHERE "
                          "guest_movers.id = {} ORDER BY t0_s LIMIT 1",
                          m)
                  .c_str());
    track::Polynomial read{};
    ASSERT_EQ(blob.size(), sizeof read);
    std::memcpy(read.data(), blob.data(), sizeof read);
    EXPECT_EQ(read, tracks.pieces_of(tracks.paths[tracks.movers[m].path]).front().x);
  }
  // The performers' own are where they were.
  EXPECT_EQ(query("SELECT count(*) || '' FROM movers"),
            std::to_string(event->plan.tracks.movers.size()));
}

}  // namespace
}  // namespace defilada::plan
