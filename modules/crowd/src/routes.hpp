// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "defilada/crowd/field.hpp"
#include "defilada/crowd/journey.hpp"
#include "detours.hpp"

/// Where stages lead: one field for each set of targets, whoever goes there.
namespace defilada::crowd {

class GateService;

struct Route {
  std::vector<Destination::Target> targets;
  std::vector<std::uint32_t> exits;  ///< of a stage that leaves: which target is which exit
  bool quickest = false;             ///< solved again and again with the crowd's speed
};

/// Marks of nodes: what a walker there has to be asked.
enum Mark : std::uint8_t {
  kNearTarget = 1,   ///< a target or exit may be reached
  kNearGate = 2,     ///< a gate that serves
  kNearLanding = 4,  ///< the level may change
  kOnStair = 8,
  kNearExit = 16,     ///< an exit, whether his or not, may be passed
  kSeesLanding = 32,  ///< is seen from the other level
  kCutByWall = 64,    ///< the cell's centre may be on the other side of a wall
};

/// Nobody goes further than this in a step.
inline constexpr double kTargetReach_m = 1;
/// Who is this near to a landing is seen from the other level: as far as models look ahead.
inline constexpr double kSeenAtLanding_m = 3;

/// Which route each option of each stage takes, and the fields of the present.
class Routes {
 public:
  /// The route of an option; of all options together where the walker picks the nearest.
  std::uint16_t add(Route route);
  [[nodiscard]] const Route& route(std::size_t k) const { return routes_[k]; }
  [[nodiscard]] std::size_t size() const { return routes_.size(); }

  /// Takes the ground as it is at `time_s`: what is shut for ever is a wall for routes, what will
  /// open again is not. Solves all fields. Errors (bad_input): FieldGrid's; a route without a
  /// target on the ground has no field.
  Status solve(const Ground& ground, GridOptions options, double time_s);
  [[nodiscard]] bool any_quickest() const;
  /// Of those of quickest; nullptr: there are none.
  [[nodiscard]] Detours* detours() { return detours_.get(); }
  /// The way that the route's field has there, turned round jams where it is one of quickest.
  [[nodiscard]] Direction turned(std::size_t route, LevelId level, Vec2 at, Direction way) const {
    const std::size_t k = detour_of_[route];
    return k == kNoDetour ? way : detours_->turned(k, level, at, way);
  }

  [[nodiscard]] const FieldGrid& grid() const { return *grid_; }
  /// nullptr: no way leads there.
  [[nodiscard]] const Field* field(std::size_t route) const { return fields_[route].get(); }

 private:
  /// Exits that are shut for good lead nowhere.
  [[nodiscard]] Destination destination(const Route& route) const;
  Status solve_detours(const Ground& open, const GridOptions& options);

  std::vector<Route> routes_;
  std::vector<bool> shut_;  ///< (exits)
  std::unique_ptr<FieldGrid> grid_;
  std::vector<std::unique_ptr<Field>> fields_;
  static constexpr std::size_t kNoDetour = SIZE_MAX;
  std::unique_ptr<Detours> detours_;
  std::vector<std::size_t> detour_of_;  ///< (routes)
};

/// What is shut for ever is a wall for routes; what will open again stands open: people go there
/// and wait.
[[nodiscard]] Ground for_routes(Ground ground, double time_s);

/// Marks by node of `grid`.
[[nodiscard]] std::vector<std::uint8_t> marks_of(const Ground& ground, const FieldGrid& grid,
                                                 const Routes& routes, const GateService& gates);

/// Whether a walker who went from `was` to `now` has come to the shape: has crossed the line or is
/// within `reach_m` of line or polygon.
[[nodiscard]] bool reached(const Shape& shape, Vec2 was, Vec2 now, double reach_m);
[[nodiscard]] double distance(const Shape& shape, Vec2 point);
[[nodiscard]] double distance(const Segment& line, Vec2 point);
/// Law: along any way that goes through the line between its ends only, the number of crossings is
/// odd if and only if the way ends on another side than it began; who stands on the line is on its
/// right.
[[nodiscard]] bool crosses(const Segment& line, Vec2 from, Vec2 to);

}  // namespace defilada::crowd
