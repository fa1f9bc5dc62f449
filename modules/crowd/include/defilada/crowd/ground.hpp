// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/core/source.hpp"
#include "defilada/crowd/population.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/geo/polygon.hpp"

/// Where people walk: plain data that a site file, a show or a test fills in. Metres, seconds since
/// the run's beginning.
///
///      +-----------------------------+      ground: walkable polygons and stairs, less obstacles
///      |  start   |   [obstacle]     |      walls:  its edge and the barriers, less the openings
///      |          G gate             E exit
///      |          |          wait    |      gate, exit on a line: an opening in the wall it lies
///      on
///      +-----------------------------+
namespace defilada::crowd {

using geo::Vec2;

struct Segment {
  Vec2 from;
  Vec2 to;
  bool operator==(const Segment&) const = default;
};

/// Index in Ground::levels.
using LevelId = std::uint16_t;
/// Two points or more, straight between them.
using Line = std::vector<Vec2>;
using Shape = std::variant<Line, geo::Polygon>;

/// From `from_s` until before `to_s`.
struct Period {
  double from_s = -std::numeric_limits<double>::infinity();
  double to_s = std::numeric_limits<double>::infinity();
  bool operator==(const Period&) const = default;
};
[[nodiscard]] bool holds(const std::vector<Period>& periods, double time_s) noexcept;

struct Level {
  std::string name;
  double height_m = 0;
  std::vector<geo::Polygon> walkable;   ///< may overlap and touch: they are one ground
  std::vector<geo::Polygon> obstacles;  ///< taken off
  /// Where each of them was written; empty if nowhere.
  std::vector<Span> walkable_spans = {};
  std::vector<Span> obstacle_spans = {};
};

/// Where people leave: on touching the polygon, or on crossing the line. A line that lies on a wall
/// is an opening in it; while shut the wall stands.
struct Exit {
  std::string name;
  LevelId level = 0;
  Shape shape;
  std::optional<double> persons_per_second;  ///< how many it lets out; nullopt: as many as come
  std::optional<double> share;  ///< of the people, for journeys that choose by share; >= 0
  std::vector<Period> shut;
  Span span;
};

/// Where people wait before a gate, one behind the other: from the gate backwards, straight or
/// round corners (a serpentine).
struct DrawnQueue {
  std::string name;
  Line line;
  Span span;
};

/// A line that is passed in lanes: each lane serves one person in `service_s` (0: just an opening).
/// An opening in the wall that it lies on; while shut a wall.
struct Gate {
  std::string name;
  LevelId level = 0;
  Line line;
  int lanes = 1;
  double service_s = 0;
  std::vector<Period> shut;
  Span span;
  /// Each feeds the lanes that are nearest to its first point; none: a queue straight back from
  /// each lane.
  std::vector<DrawnQueue> queues = {};
};

/// Ground where people are slower; walkable by itself.
struct Stair {
  std::string name;
  LevelId level = 0;
  geo::Polygon polygon;
  double speed_factor = 1;          ///< of the speed on the level, down or either way; (0, 1]
  std::optional<double> up_factor;  ///< the same for those who go up; needs `up`
  std::optional<Vec2> up;           ///< unit, in plan
  /// The line at its end on which people change to another level, at the same x and y. The other
  /// level's ground must reach it from beyond.
  struct Join {
    LevelId level = 0;
    Segment landing;
  };
  std::optional<Join> join;
  Span span;
};
/// Of a person who walks in the unit direction `heading` on it: `up_factor` and `speed_factor` by
/// the part of the heading that goes up; between them across.
[[nodiscard]] double speed_factor(const Stair& stair, Vec2 heading) noexcept;

/// Where people wait and watch.
struct WaitingArea {
  std::string name;
  LevelId level = 0;
  geo::Polygon polygon;
  double until_s = 0;  ///< 0: as long as the journey says
  std::optional<std::int64_t> capacity;
  Span span;
  /// What people want to see: places nearest to it are taken first. nullopt: those farthest from
  /// the ways in.
  std::optional<Vec2> look_at = {};
};

/// Where people are at first, or come from between `from_s` and `to_s`.
struct StartArea {
  std::string name;
  LevelId level = 0;
  geo::Polygon polygon;
  std::optional<std::int64_t> agents;
  double from_s = 0;
  double to_s = 0;  ///< equal to from_s: all at once
  Span span;
  /// Of its people who do not come alone, in [0, 1); nullopt: as the population has it.
  std::optional<double> group_share = {};
  std::optional<Population> population = {};  ///< of its people; nullopt: as that of all
};

/// A wall without thickness. A one-way barrier lets pass who comes from its left (looking from its
/// first to its last point) and stops who comes from its right.
struct Barrier {
  std::string name;
  LevelId level = 0;
  Line line;
  bool one_way = false;
  Span span;
};

/// A crossing or a closure. A line is a wall while shut. A polygon is not entered while shut; those
/// within may leave it.
struct Closure {
  std::string name;
  LevelId level = 0;
  Shape shape;
  std::vector<Period> shut;
  Span span;
};

struct Ground {
  std::vector<Level> levels;
  std::vector<Exit> exits;
  std::vector<Gate> gates;
  std::vector<Stair> stairs;
  std::vector<WaitingArea> waits;
  std::vector<StartArea> starts;
  std::vector<Barrier> barriers;
  std::vector<Closure> closures;
};

/// How near a line has to lie to a wall, and to run along it within ten degrees, to be an opening
/// in it; m.
inline constexpr double kOpeningReachM = 0.05;

/// The ground of a level as disjoint polygons, outer rings anticlockwise, holes clockwise, so that
/// the ground is on the left of every edge; corners that do not turn are left out. Errors
/// (bad_input): a polygon that geo::validate refuses. Cost: an overlay of its polygons (GEOS).
[[nodiscard]] Result<std::vector<geo::Polygon>> area(const Ground& ground, LevelId level);

/// What nobody on the level walks through at that time: the edge of its ground (ground on the
/// left), barriers, shut lines where no wall stands anyway, less open exits, gates and landings. In
/// a fixed order. A level whose ground has a fault (area) has its barriers only.
[[nodiscard]] std::vector<Segment> walls(const Ground& ground, LevelId level, double time_s = 0);
/// What is passed from its left to its right only: one-way barriers, and the edge of polygons that
/// are shut (anticlockwise: out of them).
[[nodiscard]] std::vector<Segment> one_ways(const Ground& ground, LevelId level, double time_s = 0);
/// Both of an area that was computed before.
[[nodiscard]] std::vector<Segment> walls(const Ground& ground, LevelId level, double time_s,
                                         const std::vector<geo::Polygon>& area);

/// Whether the point lies on the level's ground, its edge included; barriers do not matter. Cost:
/// all polygons of the level; for many points ask a FieldGrid.
[[nodiscard]] bool walkable(const Ground& ground, LevelId level, Vec2 point);

/// The times at which something opens or shuts, ascending, each once: between two of them walls()
/// and one_ways() stay the same.
[[nodiscard]] std::vector<double> change_times(const Ground& ground);

}  // namespace defilada::crowd
