// SPDX-License-Identifier: MIT
#include <sqlite3.h>

#include <cmath>
#include <map>
#include <memory>
#include <system_error>

#include "ahead.hpp"
#include "defilada/comparison/issue.hpp"

namespace defilada::comparison {
namespace {

constexpr std::string_view kFormat = "defilada-plan/1";

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinaliseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// What SQLite or the file's contents refuse, as an exception inside this file only.
struct Refused {
  Phrase message;
};

/// The rows of a query, one after the other.
class Query {
 public:
  Query(sqlite3* database, const char* sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) {
      throw Refused{Phrase::verbatim(sqlite3_errmsg(database))};
    }
    statement_.reset(statement);
  }

  bool next() {
    const int status = sqlite3_step(statement_.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE)
      throw Refused{Phrase::verbatim(sqlite3_errmsg(database_))};
    return status == SQLITE_ROW;
  }
  [[nodiscard]] std::string text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return bytes == nullptr ? std::string()
                            : std::string(reinterpret_cast<const char*>(bytes), size);
  }
  [[nodiscard]] std::int64_t whole(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
  }
  [[nodiscard]] double real(int column) const {
    const double value = sqlite3_column_double(statement_.get(), column);
    if (!std::isfinite(value)) throw Refused{phrase("a number is not finite")};
    return value;
  }
  [[nodiscard]] std::optional<double> maybe(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return real(column);
  }

 private:
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, FinaliseStatement> statement_;
};

void read_meta(sqlite3* database, Issue& issue) {
  std::map<std::string, std::string> meta;
  for (Query rows(database, "SELECT key, value FROM meta"); rows.next();) {
    meta[rows.text(0)] = rows.text(1);
  }
  if (meta["format"] != kFormat) {
    throw Refused{
        phrase("its format is '{}', and this program reads '{}'", meta["format"], kFormat)};
  }
  if (meta["feasible"] != "yes")
    throw Refused{phrase("its programme cannot hold: it has no times")};
  issue.show = meta["show"];
  issue.title = meta["title"];
  issue.midnight = meta["midnight"];
}

std::map<std::int64_t, std::vector<Passing>> read_passings(sqlite3* database) {
  std::map<std::int64_t, std::vector<Passing>> by_contingent;
  Query rows(database,
             "SELECT contingent, station, head_s, tail_s, headway_s, gap_m FROM crossings "
             "ORDER BY rowid");
  while (rows.next()) {
    by_contingent[rows.whole(0)].push_back(
        {rows.text(1), rows.real(2), rows.real(3), rows.maybe(4), rows.maybe(5)});
  }
  return by_contingent;
}

void read_contingents(sqlite3* database, Issue& issue) {
  auto passings = read_passings(database);
  Query rows(database,
             "SELECT id, name, label, procession, place, people, movers, depth_m, width_m, "
             "forms_up_s, steps_off_s, disperses_s, over_target_s, height_m FROM contingents "
             "ORDER BY id");
  while (rows.next()) {
    IssuedContingent& of = issue.contingents.emplace_back();
    of.name = rows.text(1);
    of.label = rows.text(2);
    of.procession = rows.text(3);
    of.place = static_cast<int>(rows.whole(4));
    of.people = rows.whole(5);
    of.movers = rows.whole(6);
    of.depth_m = rows.real(7);
    of.width_m = rows.real(8);
    of.forms_up_s = rows.maybe(9);
    of.steps_off_s = rows.maybe(10);
    of.disperses_s = rows.maybe(11);
    of.over_target_s = rows.maybe(12);
    of.height_m = rows.maybe(13);
    of.passings = std::move(passings[rows.whole(0)]);
  }
  name_those_ahead(issue.contingents);
}

void read_items(sqlite3* database, Issue& issue) {
  Query rows(database, "SELECT name, label, start_s, end_s FROM items ORDER BY start_s, name");
  while (rows.next()) {
    issue.items.push_back({rows.text(0), rows.text(1), rows.real(2), rows.real(3)});
  }
}

}  // namespace

Result<Issue> read_issue(const std::filesystem::path& plan_file) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(plan_file, unknown)) {
    return fail(Errc::environment, phrase("no file '{}'", plan_file.string()));
  }
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(plan_file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  const Database database(raw);
  if (opened != SQLITE_OK) {
    return fail(Errc::environment, phrase("cannot open '{}': {}", plan_file.string(),
                                          raw == nullptr ? phrase("out of memory")
                                                         : Phrase::verbatim(sqlite3_errmsg(raw))));
  }
  try {
    Issue issue;
    read_meta(database.get(), issue);
    read_contingents(database.get(), issue);
    read_items(database.get(), issue);
    return issue;
  } catch (const Refused& refused) {
    return fail(Errc::bad_input, phrase("'{}' is not a plan that can be read: {}",
                                        plan_file.string(), refused.message));
  }
}

}  // namespace defilada::comparison
