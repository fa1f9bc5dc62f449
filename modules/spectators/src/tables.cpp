// SPDX-License-Identifier: MIT
#include "defilada/spectators/tables.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <string>

namespace defilada::spectators {
namespace {

struct Failure {
  std::string message;
};

struct Close {
  void operator()(sqlite3* database) const noexcept { sqlite3_close(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

void require(int code, int wanted, sqlite3* database) {
  if (code != wanted) throw Failure{sqlite3_errmsg(database)};
}

void execute(sqlite3* database, const char* sql) {
  require(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK, database);
}

/// A prepared INSERT.
class Insert {
 public:
  Insert(sqlite3* database, const char* sql) : database_(database) {
    sqlite3_stmt* raw = nullptr;
    require(sqlite3_prepare_v2(database, sql, -1, &raw, nullptr), SQLITE_OK, database);
    statement_.reset(raw);
  }
  template <typename... Values>
  void row(const Values&... values) {
    int at = 0;
    (bind(++at, values), ...);
    require(sqlite3_step(statement_.get()), SQLITE_DONE, database_);
    sqlite3_reset(statement_.get());
  }

 private:
  void bind(int at, double value) { sqlite3_bind_double(statement_.get(), at, value); }
  template <std::integral T>
  void bind(int at, T value) {
    sqlite3_bind_int64(statement_.get(), at, static_cast<std::int64_t>(value));
  }
  void bind(int at, std::string_view value) {
    sqlite3_bind_text(statement_.get(), at, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
  }
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Writer {
 public:
  Writer(sqlite3* database, const show::Show& show, const Scene& scene, const Hand& hand)
      : database_(database), show_(show), scene_(scene), hand_(hand) {}

  void phase(int number, const Phase& phase) {
    Insert row(database_,
               "INSERT INTO crowd_phases VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const bool flight = phase.what == Phase::What::emergency;
    row.row(number, to_string(phase.what),
            std::string_view(flight ? scene_.said->emergencies[phase.emergency].name : ""),
            phase.begin_s, phase.end_s, phase.people, phase.seated, phase.seated_in_time, phase.out,
            phase.last_s, phase.last_95_s, phase.most_dense, phase.most_dense_at.x,
            phase.most_dense_at.y, phase.most_dense_s,
            std::string_view(fmt::format("{:016x}", phase.state_hash)));
    gates(number, phase);
    exits(number, phase);
    curves(number, phase);
    density(number, phase);
  }

 private:
  void gates(int number, const Phase& phase) {
    if (phase.what != Phase::What::ingress) return;
    Insert row(database_, "INSERT INTO crowd_gates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t g = 0; g < phase.gates.size(); ++g) {
      const GateOutcome& gate = phase.gates[g];
      row.row(number, std::string_view(scene_.said->gates[g].name), hand_.gates[g].lanes,
              hand_.gates[g].lanes_needed, gate.passed, gate.first_s, gate.last_s, gate.mean_wait_s,
              gate.longest_wait_s, gate.longest_queue, gate.longest_queue_s);
    }
  }

  void exits(int number, const Phase& phase) {
    if (phase.what == Phase::What::ingress) return;
    Insert row(database_, "INSERT INTO crowd_exits VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t e = 0; e < phase.exits.size(); ++e) {
      const ExitOutcome& exit = phase.exits[e];
      row.row(number, std::string_view(scene_.said->exits[e].name), hand_.exits[e].width_m,
              exit.passed, exit.first_s, exit.last_s, exit.most_a_minute);
    }
  }

  void curves(int number, const Phase& phase) {
    Insert row(database_, "INSERT INTO crowd_curves VALUES (?, ?, ?, ?, ?)");
    const auto add = [&](std::string_view what, std::string_view name, const Curve& curve) {
      for (std::size_t k = 0; k < curve.size(); ++k) {
        row.row(number, what, name, phase.begin_s + 60.0 * static_cast<double>(k), curve[k]);
      }
    };
    add("inside", "", phase.inside);
    for (std::size_t z = 0; z < phase.zones.size(); ++z) {
      add("zone", show_[scene_.said->zones[z].area].name, phase.zones[z]);
    }
    const bool ingress = phase.what == Phase::What::ingress;
    for (std::size_t g = 0; g < phase.gates.size() && ingress; ++g) {
      add("queue", scene_.said->gates[g].name, phase.gates[g].queue);
      add("gate", scene_.said->gates[g].name, phase.gates[g].through);
    }
    for (std::size_t e = 0; e < phase.exits.size() && !ingress; ++e) {
      add("exit", scene_.said->exits[e].name, phase.exits[e].through);
    }
  }

  void density(int number, const Phase& phase) {
    Insert row(database_, "INSERT INTO crowd_density VALUES (?, ?, ?, ?, ?)");
    const DensityMap& map = phase.map;
    for (std::size_t c = 0; c < map.most.size(); ++c) {
      if (map.most[c] <= 0) continue;
      row.row(number, map.origin.x + (static_cast<double>(c % map.columns) + 0.5) * map.cell_m,
              map.origin.y + (static_cast<double>(c / map.columns) + 0.5) * map.cell_m,
              double{map.most[c]}, double{map.pressure[c]});
    }
  }

  sqlite3* database_;
  const show::Show& show_;
  const Scene& scene_;
  const Hand& hand_;
};

}  // namespace

std::string_view to_string(Phase::What what) noexcept {
  switch (what) {
    case Phase::What::ingress: return "ingress";
    case Phase::What::egress: return "egress";
    case Phase::What::emergency: return "emergency";
  }
  return "ingress";
}

Status add_tables(const std::filesystem::path& plan_file, const show::Show& show,
                  const Scene& scene, const Hand& hand, const std::vector<Phase>& phases) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(plan_file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Close> database(raw);
  const auto failed = [&](const std::string& message) {
    return fail(Errc::environment,
                phrase("cannot write {}: {}", plan_file.string(), Phrase::verbatim(message)));
  };
  if (opened != SQLITE_OK) return failed(raw != nullptr ? sqlite3_errmsg(raw) : "");
  try {
    execute(database.get(), "PRAGMA synchronous = OFF; BEGIN");
    execute(database.get(), kSpectatorSchema);
    Writer writer(database.get(), show, scene, hand);
    int number = 0;
    for (const Phase& phase : phases) writer.phase(++number, phase);
    execute(database.get(), "COMMIT");
  } catch (const Failure& failure) {
    return failed(failure.message);
  }
  return {};
}

}  // namespace defilada::spectators
