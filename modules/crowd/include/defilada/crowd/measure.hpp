// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "defilada/crowd/simulation.hpp"

/// What is measured while a crowd is simulated. Nothing here changes a run.
namespace defilada::crowd {

/// Levels of service of walkways, A (free) to F (stop and go). Source: J. Fruin, "Pedestrian
/// planning and design" (1971): 3.24, 2.32, 1.39, 0.93 and 0.46 m2 a person.
enum class LevelOfService : std::uint8_t { a, b, c, d, e, f };
[[nodiscard]] LevelOfService level_of_service(double persons_per_m2) noexcept;
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

/// Something that lasted too long.
struct Alarm {
  enum class Kind : std::uint8_t {
    density,   ///< persons/m2
    pressure,  ///< 1/s2
    queue,     ///< persons before a gate
  };
  Kind kind = Kind::density;
  LevelId level = 0;
  Vec2 place;  ///< of the worst
  std::uint32_t gate = 0;
  double from_s = 0;  ///< over the limit since
  double to_s = 0;    ///< until, or until now
  double worst = 0;
  double limit = 0;
};

struct MonitorOptions {
  double cell_m = 2;   ///< of the maps
  double every_s = 1;  ///< between two looks
  /// Above it a crowd is packed: Green Guide's limit for standing, 47 persons on 10 m2.
  double density_per_m2 = 4.7;
  /// Crowd pressure (density times variance of velocity) from which turbulence was seen. Source: D.
  /// Helbing, A. Johansson, H. Al-Abideen, "Dynamics of crowd disasters", Phys. Rev. E 75 (2007).
  double pressure_per_s2 = 0.02;
  double lasts_s = 30;  ///< alarms that are shorter are none
  double queue_persons = 1e9;
};

/// Looks at a run now and then: maps of the worst and the mean, alarms.
class Monitor {
 public:
  Monitor(const Simulation& simulation, const MonitorOptions& options = {});

  /// Call after every step; looks every `every_s`. Cost of a look: the people.
  void see(const Simulation& simulation);
  /// Ends what is still on. Alarms of neighbouring cells that overlap in time are one.
  [[nodiscard]] std::vector<Alarm> alarms() const;

  struct Map {
    Vec2 origin;
    double cell_m = 0;
    std::uint32_t columns = 0;
    std::uint32_t rows = 0;
    std::vector<float> values;  ///< (levels, rows, columns)
    [[nodiscard]] float at(LevelId level, std::uint32_t row, std::uint32_t column) const {
      return values[(std::size_t{level} * rows + row) * columns + column];
    }
  };
  [[nodiscard]] const Map& most_density() const { return most_density_; }    ///< persons/m2
  [[nodiscard]] const Map& most_pressure() const { return most_pressure_; }  ///< 1/s2
  /// Mean over the looks at which somebody was there.
  [[nodiscard]] Map mean_density() const;
  /// Seconds over `density_per_m2`.
  [[nodiscard]] const Map& time_packed() const { return time_packed_; }
  [[nodiscard]] double worst_density_per_m2() const;

  /// One look.
  struct Sample {
    double time_s;
    Counts counts;
    double worst_density_per_m2;
    std::vector<std::uint64_t> queues;  ///< (gates)
  };
  [[nodiscard]] std::span<const Sample> samples() const { return samples_; }

 private:
  struct Running {
    double from_s = -1;
    double worst = 0;
  };
  void watch(std::vector<Running>& running, std::size_t cell, double value, Alarm::Kind kind,
             double limit, double time_s);
  [[nodiscard]] Vec2 centre(std::size_t cell) const;
  void finish(const Running& running, Alarm alarm, double to_s, std::vector<Alarm>& into) const;

  MonitorOptions options_;
  double next_s_ = 0;
  double last_s_ = 0;
  Map most_density_;
  Map most_pressure_;
  Map time_packed_;
  std::vector<float> sum_density_;
  std::vector<float> looks_;
  std::vector<float> ground_m2_;  ///< of each cell
  std::vector<Running> dense_;
  std::vector<Running> pressed_;
  std::vector<Running> queued_;
  std::vector<Alarm> alarms_;
  std::vector<Sample> samples_;
};

}  // namespace defilada::crowd
