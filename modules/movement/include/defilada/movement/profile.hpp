// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace defilada::movement {

/// Arc length by time of something that moves along a path: phases of constant acceleration.
///
///   speed ^        ______________
///         |       /  base        \___________ zone: exact from its first to its last metre
///         |      /                           \____/|         |/  halt
///         +-----+-----------------+----------+-----+---------+----> t
///              0 (steps off)      zone.from  zone.to  arrives  departs
class SpeedProfile {
 public:
  struct Zone {
    double from_m = 0;
    double to_m = 0;
    double speed_mps = 0;
  };
  struct Stop {
    double at_m = 0;
    double lasts_s = 0;
  };
  struct Phase {
    double t0_s = 0;
    double s0_m = 0;
    double v0_mps = 0;
    double a_mps2 = 0;
    double duration_s = 0;
  };
  struct Course {
    double start_m = 0;
    double end_m = 0;              ///< > start
    double start_speed_mps = 0;    ///< 0 on the ground; the base speed in the air
    double base_speed_mps = 0;     ///< > 0
    double acceleration_mps2 = 0;  ///< > 0
    std::vector<Zone> zones;  ///< in order, not overlapping; parts outside [start, end] are ignored
    std::vector<Stop> stops;  ///< in order, in (start, end)
    double waits_s = 0;       ///< stands this long at the start before it moves
    bool ends_at_rest = false;  ///< comes to a stand at the end, and stays
  };

  /// Changes of speed between base and zone are made outside the zone, between two touching zones
  /// in the faster one; stops wherever they are, with the same acceleration. Where a stretch is too
  /// short for that the acceleration it needs is used and told by needed_acceleration(). Laws
  /// (property-tested): s is continuous and never falls, speed is continuous; speed in a zone
  /// without a stop is the zone's; time_at and s_at are inverse where it moves.
  explicit SpeedProfile(const Course& course);

  /// Through given speeds at given places (rising), speeding up or slowing down evenly between
  /// them: how fast something flies over the ground in a wind that it meets from all sides. At
  /// least two.
  struct Node {
    double s_m = 0;
    double speed_mps = 0;  ///< > 0
  };
  [[nodiscard]] static SpeedProfile through(std::span<const Node> nodes);
  /// `first`, then `then`, which begins where and when the other ends (its own places are moved).
  [[nodiscard]] static SpeedProfile joined(const SpeedProfile& first, const SpeedProfile& then);

  /// A move from rest to rest, on its own from time 0 and place 0: `length_m` long, backwards where
  /// it is negative, at `speed_mps` at most. Nothing where the length is 0.
  [[nodiscard]] static std::vector<Phase> move(double length_m, double speed_mps,
                                               double acceleration_mps2);
  /// Moves made while this profile stands still, from `t0_s` on: who follows it by so much, and
  /// meanwhile steps forward or back. Requires that it stands as long as each of them lasts, and
  /// that they come in order. Then s may fall: time_at is the first time there, departure_at the
  /// last. Law (property-tested): s is this profile's and what the moves have added.
  struct Insertion {
    double t0_s = 0;
    std::vector<Phase> moves;  ///< from time 0 and place 0 on
  };
  [[nodiscard]] SpeedProfile with_moves(std::span<const Insertion> insertions) const;
  /// When it comes to stand at s, and how long; nullopt: it does not.
  struct Standing {
    double t0_s = 0;
    double duration_s = 0;
  };
  [[nodiscard]] std::optional<Standing> standing_at(double s_m) const;

  /// Arc length at t; before 0 the start, after the end on at the last speed (at rest: the end).
  [[nodiscard]] double s_at(double t_s) const;
  [[nodiscard]] double speed_at(double t_s) const;
  /// First time at s: 0 up to the start; after the end at the last speed (at rest: +inf).
  [[nodiscard]] double time_at(double s_m) const;
  /// Last time at s: differs from time_at at a stop.
  [[nodiscard]] double departure_at(double s_m) const;

  [[nodiscard]] std::span<const Phase> phases() const noexcept { return phases_; }
  [[nodiscard]] double start_m() const noexcept { return phases_.front().s0_m; }
  [[nodiscard]] double end_m() const noexcept { return end_s_; }
  [[nodiscard]] double duration_s() const noexcept { return end_t_; }
  /// Largest acceleration used, m/s2; above the course's when a stretch is too short; `where` is
  /// its arc length.
  [[nodiscard]] double needed_acceleration() const noexcept { return needed_acceleration_; }
  [[nodiscard]] double needed_at_m() const noexcept { return needed_at_; }

 private:
  SpeedProfile() = default;
  void add_phase(double v0, double v1, double length_m, double acceleration);
  void add_stretch(double entry, double target, double exit, double length_m, double acceleration);
  void add_stop(double lasts_s);
  [[nodiscard]] std::size_t phase_at(double t_s) const;
  [[nodiscard]] double first_time_at(double s_m) const;
  [[nodiscard]] double last_time_at(double s_m) const;

  std::vector<Phase> phases_;
  double end_t_ = 0;
  double end_s_ = 0;
  double end_v_ = 0;
  bool recedes_ = false;  ///< s falls somewhere
  double needed_acceleration_ = 0;
  double needed_at_ = 0;
};

}  // namespace defilada::movement
