// SPDX-License-Identifier: MIT
#include "defilada/crowd/trajectory.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "defilada/core/check.hpp"
#include "defilada/core/file.hpp"

namespace defilada::crowd {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;"
    "CREATE TABLE trajectory_data(frame INTEGER NOT NULL, id INTEGER NOT NULL,"
    " pos_x REAL NOT NULL, pos_y REAL NOT NULL, ori_x REAL NOT NULL, ori_y REAL NOT NULL);"
    "CREATE TABLE metadata(key TEXT NOT NULL UNIQUE PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE geometry(hash INTEGER NOT NULL, wkt TEXT NOT NULL);"
    "CREATE UNIQUE INDEX geometry_hash ON geometry(hash);"
    "CREATE TABLE frame_data(frame INTEGER NOT NULL, geometry_hash INTEGER NOT NULL);";

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinaliseStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinaliseStatement>;

/// Any number that tells geometries apart; one file has one geometry.
constexpr std::int64_t kGeometry = 1;

}  // namespace

struct TrajectoryFile::State {
  fs::path path;
  fs::path temporary;
  std::unique_ptr<sqlite3, CloseDatabase> database;
  Statement row;
  Statement frame;
  std::int64_t frames = 0;
  Vec2 low{INFINITY, INFINITY};
  Vec2 high{-INFINITY, -INFINITY};

  ~State() {
    row.reset();
    frame.reset();
    database.reset();
    std::error_code ignored;
    if (!temporary.empty()) fs::remove(temporary, ignored);
  }

  [[nodiscard]] tl::unexpected<Error> failed() const {
    return fail(Errc::environment, phrase("cannot write '{}': {}", path.string(),
                                          database ? sqlite3_errmsg(database.get()) : "SQLite"));
  }
  Status run(const char* sql) {
    if (sqlite3_exec(database.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failed();
    return {};
  }
  Status prepare(const char* sql, Statement& out) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql, -1, &statement, nullptr) != SQLITE_OK) {
      return failed();
    }
    out.reset(statement);
    return {};
  }
  Status step(const Statement& statement) {
    const bool done = sqlite3_step(statement.get()) == SQLITE_DONE;
    if (sqlite3_reset(statement.get()) != SQLITE_OK || !done) return failed();
    return {};
  }
  Status put(const std::string& key, const std::string& value) {
    Statement insert;
    if (auto status = prepare("INSERT INTO metadata VALUES (?, ?)", insert); !status) return status;
    sqlite3_bind_text(insert.get(), 1, key.c_str(), -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert.get(), 2, value.c_str(), -1, SQLITE_TRANSIENT);
    return step(insert);
  }
  Status put_geometry(const std::string& wkt) {
    Statement insert;
    if (auto status = prepare("INSERT INTO geometry VALUES (?, ?)", insert); !status) return status;
    sqlite3_bind_int64(insert.get(), 1, kGeometry);
    sqlite3_bind_text(insert.get(), 2, wkt.c_str(), -1, SQLITE_TRANSIENT);
    return step(insert);
  }
};

TrajectoryFile::TrajectoryFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
TrajectoryFile::TrajectoryFile(TrajectoryFile&&) noexcept = default;
TrajectoryFile& TrajectoryFile::operator=(TrajectoryFile&&) noexcept = default;
TrajectoryFile::~TrajectoryFile() = default;

Result<TrajectoryFile> TrajectoryFile::begin(const fs::path& path, double frames_per_second,
                                             const std::string& wkt) {
  DEFILADA_CHECK(frames_per_second > 0);
  auto state = std::make_unique<State>();
  state->path = path;
  state->temporary = temporary_for(path);
  sqlite3* database = nullptr;
  const int opened = sqlite3_open_v2(state->temporary.c_str(), &database,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  state->database.reset(database);
  if (opened != SQLITE_OK) return state->failed();
  const auto chain = [&](auto... steps) {
    Status status;
    static_cast<void>(((status = steps(), status.has_value()) && ...));
    return status;
  };
  const Status status = chain(
      [&] { return state->run(kSchema); }, [&] { return state->put("version", "2"); },
      [&] { return state->put("fps", fmt::format("{}", frames_per_second)); },
      [&] { return state->put_geometry(wkt); },
      [&] {
        return state->prepare("INSERT INTO trajectory_data VALUES (?, ?, ?, ?, ?, ?)", state->row);
      },
      [&] { return state->prepare("INSERT INTO frame_data VALUES (?, ?)", state->frame); });
  if (!status) return tl::unexpected(status.error());
  return TrajectoryFile(std::move(state));
}

Status TrajectoryFile::add(std::span<const Row> rows) {
  State& state = *state_;
  sqlite3_stmt* row = state.row.get();
  for (const Row& each : rows) {
    sqlite3_bind_int64(row, 1, state.frames);
    sqlite3_bind_int64(row, 2, each.id);
    sqlite3_bind_double(row, 3, each.x);
    sqlite3_bind_double(row, 4, each.y);
    sqlite3_bind_double(row, 5, each.heading_x);
    sqlite3_bind_double(row, 6, each.heading_y);
    if (auto status = state.step(state.row); !status) return status;
    state.low = {std::min(state.low.x, each.x), std::min(state.low.y, each.y)};
    state.high = {std::max(state.high.x, each.x), std::max(state.high.y, each.y)};
  }
  sqlite3_bind_int64(state.frame.get(), 1, state.frames++);
  sqlite3_bind_int64(state.frame.get(), 2, kGeometry);
  return state.step(state.frame);
}

Status TrajectoryFile::finish() {
  State& state = *state_;
  if (!(state.low.x <= state.high.x)) state.low = state.high = {};
  const std::pair<const char*, double> bounds[] = {
      {"xmin", state.low.x}, {"xmax", state.high.x}, {"ymin", state.low.y}, {"ymax", state.high.y}};
  for (const auto& [key, value] : bounds) {
    if (auto status = state.put(key, fmt::format("{}", value)); !status) return status;
  }
  if (auto status = state.run("CREATE INDEX frame_id_idx ON trajectory_data(frame, id); COMMIT;");
      !status) {
    return status;
  }
  state.row.reset();
  state.frame.reset();
  state.database.reset();
  return commit_file(std::exchange(state.temporary, {}), state.path);
}

std::string area_as_wkt(const Ground& ground, Vec2 offset) {
  std::vector<std::string> polygons;
  const auto ring = [&](const std::vector<Vec2>& points, std::string& out) {
    out += '(';
    for (std::size_t i = 0; i <= points.size(); ++i) {
      const Vec2 p = points[i % points.size()] + offset;
      fmt::format_to(std::back_inserter(out), "{}{} {}", i == 0 ? "" : ", ", p.x, p.y);
    }
    out += ')';
  };
  for (LevelId level = 0; level < ground.levels.size(); ++level) {
    for (const geo::Polygon& polygon : area(ground, level).value_or(std::vector<geo::Polygon>{})) {
      std::string& out = polygons.emplace_back("POLYGON (");
      ring(polygon.outer, out);
      for (const auto& hole : polygon.holes) {
        out += ", ";
        ring(hole, out);
      }
      out += ')';
    }
  }
  if (polygons.size() == 1) return polygons.front();
  return fmt::format("GEOMETRYCOLLECTION ({})", fmt::join(polygons, ", "));
}

}  // namespace defilada::crowd
