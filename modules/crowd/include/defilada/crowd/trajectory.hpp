// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "defilada/core/result.hpp"
#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

/// Trajectories as JuPedSim writes them: SQLite, version 2 of its schema (releases up to 1.4.2),
/// which JuPedSim and PedPy read. One table of rows (frame, id, place, unit direction), metadata,
/// and the walkable area as well-known text.
/// Source: JuPedSim, python_modules/jupedsim/jupedsim/sqlite_serialization.py,
/// https://github.com/PedestrianDynamics/jupedsim.
class TrajectoryFile {
 public:
  struct Row {
    std::uint32_t id = 0;
    double x = 0;  ///< m
    double y = 0;
    double heading_x = 1;  ///< unit
    double heading_y = 0;
  };

  /// Begins a file beside `path`. `wkt` is the walkable area of all frames (area_as_wkt).
  /// Errors (environment): the folder cannot be written to, SQLite says no.
  static Result<TrajectoryFile> begin(const std::filesystem::path& path, double frames_per_second,
                                      const std::string& wkt);
  TrajectoryFile(TrajectoryFile&&) noexcept;
  TrajectoryFile& operator=(TrajectoryFile&&) noexcept;
  ~TrajectoryFile();  ///< without finish() nothing is left

  /// The next frame; people who are not in it are not there. Cost: half a microsecond a row.
  Status add(std::span<const Row> rows);
  /// Makes the index and puts the file in its place.
  Status finish();

 private:
  struct State;
  explicit TrajectoryFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The ground of all levels as JuPedSim stores it: POLYGON, or GEOMETRYCOLLECTION of several;
/// shifted by `offset`. A level whose ground has a fault (area) is left out.
[[nodiscard]] std::string area_as_wkt(const Ground& ground, Vec2 offset = {});

}  // namespace defilada::crowd
