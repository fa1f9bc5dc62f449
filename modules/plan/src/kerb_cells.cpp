// SPDX-License-Identifier: MIT
// The ground between kerbs, cut across the axis where a straight and a bend meet:
//
//        straight   |e,' bend         A straight goes on for e into what follows, so that a long
//    ===============|===.             body finds both cells there: e^2 / 2 r beyond the outer kerb,
//    - - - - - - - -|- -  `.          whose radius is r. Bends overlap by a slack.
//    ===============|..     \.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kerbs.hpp"

namespace defilada::plan {
namespace {

using certificate::Cell;
using Element = geo::Route::Element;

constexpr double kOver_m = 0.5e-3;     ///< how far a straight may lie beyond the outer kerb
constexpr double kSlack_m = 0.5e-3;    ///< of bends
constexpr double kStraightOn_m = 0.1;  ///< into a straight that follows: they turn by 1e-6 rad
constexpr double kWidest_rad = 2.0;    ///< a bend is cut into such
constexpr double kWithoutEnd = std::numeric_limits<double>::infinity();

geo::Vec2 direction(double heading_rad) {
  return {std::cos(heading_rad), std::sin(heading_rad)};
}

/// How far a straight may go on into a neighbour; without one, without end.
double goes_on(const Element* into, double half_m) {
  if (into == nullptr) return kWithoutEnd;
  if (into->curvature == 0) return std::min(kStraightOn_m, into->length);
  const double outer = 1 / std::abs(into->curvature) + half_m;
  return std::min(std::sqrt(2 * outer * kOver_m), into->length);
}

Cell straight(geo::Vec2 at, double heading_rad, double low_m, double high_m, double half_m) {
  const geo::Vec2 u = direction(heading_rad);
  return {.x_m = at.x,
          .y_m = at.y,
          .ux = u.x,
          .uy = u.y,
          .low_m = low_m,
          .high_m = high_m,
          .side_m = half_m};
}

void add_bend(const Element& element, double half_m, std::vector<Cell>& out) {
  const double radius = 1 / std::abs(element.curvature);
  const double side = element.curvature > 0 ? 1 : -1;
  const double turn = element.length / radius;
  const double parts = std::ceil(turn / kWidest_rad);
  // The centre is to the side that it turns to; from there the axis is on the other side.
  const geo::Vec2 to_centre = direction(element.heading + side * std::acos(0.0));
  const geo::Vec2 centre = element.begin + radius * to_centre;
  for (double i = 0; i < parts; ++i) {
    const auto from_centre = [&](double share) {
      return direction(element.heading + side * (turn * share / parts - std::acos(0.0)));
    };
    const geo::Vec2 begin = from_centre(side > 0 ? i : i + 1);
    const geo::Vec2 end = from_centre(side > 0 ? i + 1 : i);
    out.push_back({.bend = true,
                   .x_m = centre.x,
                   .y_m = centre.y,
                   .ux = begin.x,
                   .uy = begin.y,
                   .wx = end.x,
                   .wy = end.y,
                   .low_m = radius - half_m,
                   .high_m = radius + half_m,
                   .slack_m = kSlack_m});
  }
}

}  // namespace

std::vector<Cell> kerb_cells(const geo::Route& axis, double half_m) {
  std::vector<Cell> out;
  const auto& elements = axis.elements();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const Element& own = elements[i];
    const Element* const before = i > 0 ? &elements[i - 1] : nullptr;
    const Element* const after = i + 1 < elements.size() ? &elements[i + 1] : nullptr;
    if (own.curvature == 0) {
      out.push_back(straight(own.begin, own.heading, -goes_on(before, half_m),
                             own.length + goes_on(after, half_m), half_m));
      continue;
    }
    add_bend(own, half_m, out);
    if (before == nullptr) {
      out.push_back(straight(own.begin, own.heading, -kWithoutEnd, goes_on(&own, half_m), half_m));
    }
    if (after == nullptr) {
      const geo::Route::Pose end = axis.at(axis.length());
      out.push_back(straight(end.position, std::atan2(end.direction.y, end.direction.x),
                             -goes_on(&own, half_m), kWithoutEnd, half_m));
    }
  }
  return out;
}

}  // namespace defilada::plan
