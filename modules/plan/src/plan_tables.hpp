// SPDX-License-Identifier: MIT
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "defilada/plan/plan.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// What the files that fill plan.sqlite share.
namespace defilada::plan {

struct FinaliseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// What failed in SQLite, as an exception caught in write_plan_file: thousands of calls, one way
/// out.
struct SqliteError {
  std::string message;
};

/// A prepared INSERT; each row binds its values in order.
class Insert {
 public:
  Insert(sqlite3* database, const std::string& sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      throw SqliteError{sqlite3_errmsg(database)};
    }
    statement_.reset(statement);
  }

  template <typename... Values>
  void row(const Values&... values) {
    int index = 0;
    (bind(++index, values), ...);
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) throw SqliteError{sqlite3_errmsg(database_)};
    sqlite3_reset(statement_.get());
  }

 private:
  void bind(int index, std::int64_t value) { sqlite3_bind_int64(statement_.get(), index, value); }
  void bind(int index, std::uint32_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, bool value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, double value) { sqlite3_bind_double(statement_.get(), index, value); }
  void bind(int index, std::string_view text) {
    sqlite3_bind_text(statement_.get(), index, text.data(), static_cast<int>(text.size()),
                      SQLITE_TRANSIENT);
  }
  void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind(int index, Time time) { bind(index, time.seconds()); }
  void bind(int index, Duration duration) { bind(index, duration.seconds()); }
  void bind(int index, const track::Polynomial& polynomial) {
    sqlite3_bind_blob(statement_.get(), index, polynomial.data(), sizeof polynomial,
                      SQLITE_TRANSIENT);
  }
  template <typename Value>
  void bind(int index, const std::optional<Value>& value) {
    value ? bind(index, *value) : static_cast<void>(sqlite3_bind_null(statement_.get(), index));
  }

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, FinaliseStatement> statement_;
};

/// Paths and their pieces; their ids count from `first`.
void write_paths(sqlite3* database, const track::TrackSet& tracks, std::uint32_t first);

/// Delegations, guests, their stays, motorcades, meetings, and the tracks of guests and cars, whose
/// paths follow those of the performers. Requires that the performers' paths are written.
void write_guest_tables(sqlite3* database, const show::Show& show, const Plan& plan);

}  // namespace defilada::plan
