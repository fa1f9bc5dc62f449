// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <vector>

#include "defilada/spectators/hand.hpp"

namespace defilada::spectators {

/// Schema of the spectators' tables in plan.sqlite. Times are seconds since 00:00 of the show's
/// date, lengths metres. `phase` counts from 1: ingress, egress, then the emergencies.
inline constexpr const char* kSpectatorSchema = R"sql(
CREATE TABLE crowd_phases (phase INTEGER PRIMARY KEY, what TEXT NOT NULL, name TEXT NOT NULL,
  begin_s REAL NOT NULL, end_s REAL NOT NULL, people INTEGER NOT NULL, seated INTEGER NOT NULL,
  seated_in_time INTEGER NOT NULL, out INTEGER NOT NULL, last_s REAL NOT NULL,
  last_95_s REAL NOT NULL, most_dense REAL NOT NULL, x_m REAL NOT NULL, y_m REAL NOT NULL,
  most_dense_s REAL NOT NULL, state_hash TEXT NOT NULL);
CREATE TABLE crowd_gates (phase INTEGER NOT NULL REFERENCES crowd_phases, gate TEXT NOT NULL,
  lanes INTEGER NOT NULL, lanes_needed INTEGER NOT NULL, passed INTEGER NOT NULL,
  first_s REAL NOT NULL, last_s REAL NOT NULL, mean_wait_s REAL NOT NULL,
  longest_wait_s REAL NOT NULL, longest_queue INTEGER NOT NULL, longest_queue_s REAL NOT NULL);
CREATE TABLE crowd_exits (phase INTEGER NOT NULL REFERENCES crowd_phases, exit TEXT NOT NULL,
  width_m REAL NOT NULL, passed INTEGER NOT NULL, first_s REAL NOT NULL, last_s REAL NOT NULL,
  most_a_minute INTEGER NOT NULL);
CREATE TABLE crowd_curves (phase INTEGER NOT NULL REFERENCES crowd_phases, what TEXT NOT NULL,
  name TEXT NOT NULL, time_s REAL NOT NULL, people INTEGER NOT NULL);
CREATE TABLE crowd_density (phase INTEGER NOT NULL REFERENCES crowd_phases, x_m REAL NOT NULL,
  y_m REAL NOT NULL, most REAL NOT NULL, pressure REAL NOT NULL);
)sql";

/// Adds the tables to a plan file that was just written. Errors (environment).
[[nodiscard]] Status add_tables(const std::filesystem::path& plan_file, const show::Show& show,
                                const Scene& scene, const Hand& hand,
                                const std::vector<Phase>& phases);

[[nodiscard]] std::string_view to_string(Phase::What what) noexcept;

}  // namespace defilada::spectators
