// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// What is measured while a crowd is simulated, for who uses the engine as a library. Nothing here
/// changes a run. Maps, alarms and queues over a day: spectators/day.hpp.
namespace defilada::crowd {

/// Levels of service of walkways, A (free) to F (stop and go). Source: J. Fruin, "Pedestrian
/// planning and design" (1971): 3.24, 2.32, 1.39, 0.93 and 0.46 m2 a person.
enum class LevelOfService : std::uint8_t { a, b, c, d, e, f };
[[nodiscard]] LevelOfService level_of_service(double persons_per_m2) noexcept;
/// The greatest density of that level, people per m2; F: infinity.
[[nodiscard]] double most_dense(LevelOfService level) noexcept;
[[nodiscard]] constexpr char letter(LevelOfService level) noexcept {
  return static_cast<char>('A' + static_cast<int>(level));
}

/// Speed at a density, m/s; 0 from 5.4 per m2 on. Source: U. Weidmann, "Transporttechnik der
/// Fussgaenger" (1993), equation of the Kladek form.
[[nodiscard]] double weidmann_speed_mps(double persons_per_m2) noexcept;

/// Counts who crosses a line. Looking from its first to its last point, people pass to the right
/// (from its left to its right) or to the left; who goes back and forth is counted each time.
class LineCounter {
 public:
  LineCounter(LevelId level, Segment line) : level_(level), line_(line) {}

  /// To be called with every step, see Simulation::observe.
  void see(const Simulation::Moved& moved);

  struct Crossing {
    float time_s;
    float speed_mps;  ///< of the person, whichever way he goes
    std::uint32_t person;
    bool to_right;
  };
  [[nodiscard]] std::span<const Crossing> crossings() const { return crossings_; }
  /// To the right less to the left.
  [[nodiscard]] std::int64_t net() const;
  /// Mean of net persons per second and metre of the line in [from_s, to_s).
  [[nodiscard]] double flow_per_m_s(double from_s, double to_s) const;
  /// Harmonic mean of speeds in [from_s, to_s); 0: nobody passed.
  [[nodiscard]] double speed_mps(double from_s, double to_s) const;

 private:
  LevelId level_;
  Segment line_;
  std::vector<Crossing> crossings_;
};

/// Everybody on a level, walking and standing.
struct Standpoint {
  Vec2 at;
  Vec2 velocity_mps;
  std::uint32_t person;
};
[[nodiscard]] std::vector<Standpoint> standpoints(const Simulation& simulation, LevelId level);

/// How many stand or walk in the polygon.
[[nodiscard]] std::uint64_t occupancy(const Simulation& simulation, LevelId level,
                                      const geo::Polygon& polygon);

/// Of each person the area that is nearer to him than to anybody else, within `cut_off_m` of him,
/// m2, in the order of `people`; on the ground only where a grid is given. On a raster of
/// `raster_m`: right to a few per cent of the raster's cell a boundary.
[[nodiscard]] std::vector<double> voronoi_areas_m2(std::span<const Standpoint> people,
                                                   double cut_off_m = 2, double raster_m = 0.1,
                                                   const FieldGrid* ground = nullptr,
                                                   LevelId level = 0);
/// Density in a polygon by Voronoi cells, persons/m2: the integral of 1 / area of the cell over the
/// polygon, over its area. Source: B. Steffen, A. Seyfried, "Methods for measuring pedestrian
/// density, flow, speed and direction with minimal scatter", Physica A 389 (2010), equation 8.
[[nodiscard]] double voronoi_density_per_m2(std::span<const Standpoint> people,
                                            const geo::Polygon& polygon, double raster_m = 0.1);

/// Time at which this share of those who came has left; infinity: not yet. Requires 0 < share <= 1.
[[nodiscard]] double clearance_s(const Simulation& simulation, double share = 1);

}  // namespace defilada::crowd
