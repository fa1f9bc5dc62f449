// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "defilada/crowd/ground.hpp"

/// A verification test as data, and what a run of it gave. Metres, seconds.
namespace defilada::crowd::validation {

/// Weidmann's mean free speed and its deviation between people, m/s (page: "Weidmann 1993").
inline constexpr double kFreeSpeed_mps = 1.34;
inline constexpr double kFreeSpeedDeviation_mps = 0.26;
inline constexpr double kRadius_m = 0.2;
inline constexpr double kNever = std::numeric_limits<double>::infinity();

struct Person {
  Vec2 at;
  LevelId level = 0;
  double speed_mps = kFreeSpeed_mps;
  double radius_m = kRadius_m;
  double delay_s = 0;   ///< before they set out
  std::size_t way = 0;  ///< index in Scene::ways
  int group = -1;       ///< those of one group stay together; -1: alone
};

/// Which way people go.
struct Way {
  enum class Choice : std::uint8_t { nearest, least_time, by_share };
  std::vector<std::size_t> exits;  ///< indices in Ground::exits; empty: any
  Choice choice = Choice::nearest;
};

struct Scene {
  Ground ground;
  std::vector<Person> people;
  std::vector<Way> ways = {{}};
  double until_s = 600;  ///< the run ends here, or when the last one has left
  double step_s = 0.05;
  std::uint64_t seed = 1;
  /// The people and the walls of a run are checked at each frame; some runs are cut before the last
  /// has left, and say so.
  bool all_leave = true;
  /// False: the case judges the overlaps by itself, as a row.
  bool kept_apart = true;
};

/// What an observer sees. By person: those who have left keep their last place.
struct Frame {
  double time_s = 0;
  double since_s = 0;  ///< how long ago `before` was
  std::vector<Vec2> at;
  std::vector<Vec2> before;
  std::vector<LevelId> level;
  std::vector<std::uint8_t> inside;
};

struct Outcome {
  std::vector<double> left_s;    ///< by person; kNever: still inside
  std::vector<int> exit;         ///< by person, index in Ground::exits; -1: none
  double time_s = 0;             ///< of the end
  double deepest_overlap_m = 0;  ///< of two bodies
  double deepest_in_wall_m = 0;  ///< of a body in a wall
  std::size_t steps = 0;
  [[nodiscard]] std::size_t out() const;
  /// When the last one left; kNever if somebody is still inside.
  [[nodiscard]] double cleared_s() const;
};

using Observer = std::function<void(const Frame&)>;

/// Runs a scene to its end, showing every `every` steps. Whatever breaks a law of the engine (a
/// body in a wall or in another, people lost, somebody who does not leave where all should) fails
/// the test that called it.
Outcome run(const Scene& scene, const Observer& observer = {}, int every = 1);

// --- Grounds -----------------------------------------------------------------------------------

[[nodiscard]] geo::Polygon rectangle(double x0, double y0, double x1, double y1);
/// A rectangle from 0, 0.
[[nodiscard]] Ground room(double width_m, double depth_m);
/// One level of these polygons.
[[nodiscard]] Ground ground_of(std::vector<geo::Polygon> walkable);
/// Adds an exit; its index.
std::size_t add_exit(Ground& ground, const std::string& name, Vec2 from, Vec2 to,
                     LevelId level = 0);

// --- People ------------------------------------------------------------------------------------

/// `count` places in the rectangle on a lattice that just holds them, in a random order, moved
/// about as far as they stay apart: bodies neither touch each other nor its edge.
[[nodiscard]] std::vector<Person> spread(const geo::Polygon& rectangle, std::size_t count,
                                         std::uint64_t seed, double radius_m = kRadius_m);
/// Normal distribution, cut off three deviations from the mean.
void draw_speeds(std::vector<Person>& people, double mean_mps, double deviation_mps,
                 std::uint64_t seed);
/// A normal variate from two uniform ones (Box and Muller).
[[nodiscard]] double normal(std::uint64_t seed, std::uint32_t person);

}  // namespace defilada::crowd::validation
