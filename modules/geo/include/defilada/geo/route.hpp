// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/geo/frame.hpp"

namespace defilada::geo {

/// A path on the ground or a line in the air, by arc length: straights joined by circular arcs.
///
///     p0 o------------.            The corner at p1 is rounded by an arc of the corner's radius,
///                      `.          tangent to both straights, so that direction is continuous;
///                        | arc     curvature jumps at the joints. The path does not pass p1.
///                        o p2
///
/// Arc length s runs from 0 at the first point to length() at the last.
class Route {
 public:
  struct Element {
    double s0 = 0;         ///< arc length at the beginning
    double length = 0;     ///< > 0
    Vec2 begin;            ///< point at s0
    double heading = 0;    ///< direction at s0, rad, anticlockwise from east
    double curvature = 0;  ///< 1/m; > 0 turns left; 0 is straight
  };
  struct Pose {
    Vec2 position;
    Vec2 direction;  ///< unit
    double curvature = 0;
  };
  struct Projection {
    double s = 0;
    double distance = 0;  ///< of the point from the path
  };

  Route() = default;

  /// `radii[i]` rounds points[i]; the first and last are ignored. A radius of 0 keeps a sharp
  /// corner, which is allowed only where the path does not turn (less than 1e-6 rad). Errors
  /// (bad_input): fewer than two points, two equal points in a row, not finite, a corner without a
  /// radius, arcs that do not fit between their neighbours (the message gives the largest radius
  /// that fits), a turn by 180 degrees.
  static Result<Route> make(const std::vector<Vec2>& points, const std::vector<double>& radii);
  /// The same radius at every corner.
  static Result<Route> make(const std::vector<Vec2>& points, double radius);

  /// A path of elements that continue each other (to 1e-6 m; their s0 are set here), one of which
  /// at least is there. It may cross and repeat itself.
  [[nodiscard]] static Route of(std::vector<Element> elements);

  /// This route up to s, then an arc of `turn_rad` (> 0 to the left) at `radius`, then `then_m`
  /// straight on: how aircraft break off. Requires radius > 0, then_m >= 0.
  [[nodiscard]] Route cut_and_turn(double s, double turn_rad, double radius, double then_m) const;

  [[nodiscard]] double length() const noexcept { return length_; }
  [[nodiscard]] const std::vector<Element>& elements() const noexcept { return elements_; }

  /// Outside [0, length()] the path goes on straight. Cost: O(log elements).
  [[nodiscard]] Pose at(double s) const;
  /// Nearest point of the path; the smaller s on a tie.
  [[nodiscard]] Projection project(Vec2 point) const;
  /// The same on the stretch [from, to], which must overlap [0, length()].
  [[nodiscard]] Projection project(Vec2 point, double from, double to) const;
  /// Smallest radius of its arcs; +inf if straight.
  [[nodiscard]] double least_radius() const noexcept;
  /// How far from the beginning this route and `other` have the same elements (to 1 mm).
  [[nodiscard]] double shared_length(const Route& other) const;

 private:
  std::vector<Element> elements_;
  double length_ = 0;
};

}  // namespace defilada::geo
