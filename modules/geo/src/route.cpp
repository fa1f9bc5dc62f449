// SPDX-License-Identifier: MIT
#include "defilada/geo/route.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "defilada/core/check.hpp"

namespace defilada::geo {
namespace {

constexpr double kStraightRad = 1e-6;  ///< a turn below this is no corner
constexpr double kShortest = 1e-9;     ///< m; shorter elements are dropped

Vec2 unit(double heading) noexcept {
  return {std::cos(heading), std::sin(heading)};
}

/// Point of an element at `along` metres from its beginning, which may be outside it.
Route::Pose pose_on(const Route::Element& element, double along) {
  if (element.curvature == 0) {
    const Vec2 direction = unit(element.heading);
    return {element.begin + along * direction, direction, 0};
  }
  // The chord of an arc: no cancellation however small the curvature.
  const double half = 0.5 * element.curvature * along;
  const double chord = half == 0 ? along : along * std::sin(half) / half;
  return {element.begin + chord * unit(element.heading + half), unit(element.heading + 2 * half),
          element.curvature};
}

Route::Projection project_on_line(const Route::Element& element, Vec2 point) {
  const Vec2 direction = unit(element.heading);
  const double along = std::clamp(dot(point - element.begin, direction), 0.0, element.length);
  return {element.s0 + along, length(point - (element.begin + along * direction))};
}

Route::Projection project_on_arc(const Route::Element& element, Vec2 point) {
  const double radius = 1 / element.curvature;  // signed: the centre is to the left if positive
  const Vec2 to_centre = radius * left_of(unit(element.heading));
  const Vec2 from_centre = point - (element.begin + to_centre);
  const Vec2 start = -1.0 * to_centre;
  const double sign = element.curvature > 0 ? 1 : -1;
  double angle = sign * std::atan2(cross(start, from_centre), dot(start, from_centre));
  const double sweep = std::abs(element.curvature) * element.length;
  // Opposite to the arc's middle the nearer end wins.
  if (angle < 0 && angle + 2 * std::numbers::pi < sweep + std::numbers::pi) {
    const double wrapped = angle + 2 * std::numbers::pi;
    if (wrapped <= sweep || wrapped - sweep < -angle) angle = wrapped;
  }
  const double along = std::clamp(angle, 0.0, sweep) / std::abs(element.curvature);
  return {element.s0 + along, length(point - pose_on(element, along).position)};
}

/// The stretch of an element that lies in [from, to]; it may be a point.
Route::Element part_of(const Route::Element& whole, double from, double to) {
  const double begin = std::max(0.0, from - whole.s0);
  const double end = std::min(whole.length, to - whole.s0);
  if (begin == 0 && end == whole.length) return whole;
  const Route::Pose pose = pose_on(whole, begin);
  return {whole.s0 + begin, end - begin, pose.position, whole.heading + whole.curvature * begin,
          whole.curvature};
}

bool same_element(const Route::Element& a, const Route::Element& b) {
  constexpr double kSame = 1e-3;
  return length(a.begin - b.begin) < kSame && std::abs(a.heading - b.heading) < 1e-9 &&
         std::abs(a.curvature - b.curvature) < 1e-12;
}

struct Corner {
  double turn = 0;     ///< rad, > 0 to the left
  double tangent = 0;  ///< m of each straight that the arc takes
};

Status check_points(const std::vector<Vec2>& points, const std::vector<double>& radii) {
  if (points.size() < 2) return fail(Errc::bad_input, phrase("a route needs at least two points"));
  DEFILADA_CHECK(points.size() == radii.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y) || !std::isfinite(radii[i])) {
      return fail(Errc::bad_input, phrase("point {} is not finite", i + 1));
    }
    if (radii[i] < 0)
      return fail(Errc::bad_input, phrase("the radius at point {} is negative", i + 1));
    if (i > 0 && length(points[i] - points[i - 1]) < kShortest) {
      return fail(Errc::bad_input, phrase("points {} and {} are the same place", i, i + 1));
    }
  }
  return {};
}

Result<std::vector<Corner>> corners(const std::vector<Vec2>& points,
                                    const std::vector<double>& radii) {
  std::vector<Corner> corners(points.size());
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const Vec2 in = points[i] - points[i - 1];
    const Vec2 out = points[i + 1] - points[i];
    const double turn = std::atan2(cross(in, out), dot(in, out));
    if (std::abs(turn) < kStraightRad) continue;
    if (std::abs(turn) > std::numbers::pi - 1e-3) {
      return fail(Errc::bad_input, phrase("the route turns back on itself at point {}", i + 1));
    }
    if (radii[i] == 0) {
      return fail(Errc::bad_input,
                  phrase("the route turns by {:.1f} degrees at point {}: a corner radius is needed",
                         std::abs(turn) * 180 / std::numbers::pi, i + 1));
    }
    corners[i] = {turn, radii[i] * std::tan(std::abs(turn) / 2)};
  }
  return corners;
}

}  // namespace

Result<Route> Route::make(const std::vector<Vec2>& points, double radius) {
  return make(points, std::vector<double>(points.size(), radius));
}

Result<Route> Route::make(const std::vector<Vec2>& points, const std::vector<double>& radii) {
  if (auto status = check_points(points, radii); !status) return tl::unexpected(status.error());
  const auto bends = corners(points, radii);
  if (!bends) return tl::unexpected(bends.error());

  Route route;
  const auto append = [&route](Vec2 begin, double heading, double length_m, double curvature) {
    if (length_m < kShortest) return;
    route.elements_.push_back({route.length_, length_m, begin, heading, curvature});
    route.length_ += length_m;
  };
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Vec2 leg = points[i + 1] - points[i];
    const double leg_m = geo::length(leg);
    const double taken = (*bends)[i].tangent + (*bends)[i + 1].tangent;
    if (taken > leg_m + kShortest) {
      const double scale = leg_m / taken;
      return fail(Errc::bad_input,
                  phrase("the corners at points {} and {} do not fit on the {:.2f} m between "
                         "them: a radius of {:.2f} m would",
                         i + 1, i + 2, leg_m,
                         std::floor(100 * scale * std::max(radii[i], radii[i + 1])) / 100));
    }
    const double heading = std::atan2(leg.y, leg.x);
    const Vec2 direction = (1 / leg_m) * leg;
    append(points[i] + (*bends)[i].tangent * direction, heading, leg_m - taken, 0);
    const Corner& next = (*bends)[i + 1];
    if (next.turn != 0) {
      const double radius = radii[i + 1];
      append(points[i + 1] - next.tangent * direction, heading, radius * std::abs(next.turn),
             std::copysign(1 / radius, next.turn));
    }
  }
  return route;
}

Route Route::of(std::vector<Element> elements) {
  Route route;
  for (Element& element : elements) {
    if (element.length < kShortest) continue;
    if (!route.elements_.empty()) {
      const Element& before = route.elements_.back();
      const Vec2 gap = pose_on(before, before.length).position - element.begin;
      DEFILADA_CHECK(geo::length(gap) < 1e-6);
    }
    element.s0 = route.length_;
    route.length_ += element.length;
    route.elements_.push_back(element);
  }
  DEFILADA_CHECK(!route.elements_.empty());
  return route;
}

Route Route::cut_and_turn(double s, double turn_rad, double radius, double then_m) const {
  DEFILADA_CHECK(!elements_.empty() && radius > 0 && then_m >= 0);
  Route route;
  const auto append = [&route](Vec2 begin, double heading, double length_m, double curvature) {
    if (length_m < kShortest) return;
    route.elements_.push_back({route.length_, length_m, begin, heading, curvature});
    route.length_ += length_m;
  };
  for (const Element& element : elements_) {
    if (element.s0 >= s) break;
    append(element.begin, element.heading, std::min(element.length, s - element.s0),
           element.curvature);
  }
  if (s > length_) {
    const Pose last = at(length_);
    append(last.position, std::atan2(last.direction.y, last.direction.x), s - length_, 0);
  }
  const Pose cut = at(s);
  const double heading = std::atan2(cut.direction.y, cut.direction.x);
  append(cut.position, heading, std::abs(turn_rad) * radius, std::copysign(1 / radius, turn_rad));
  const Pose out = route.at(route.length_);
  append(out.position, std::atan2(out.direction.y, out.direction.x), then_m, 0);
  return route;
}

Route::Pose Route::at(double s) const {
  DEFILADA_CHECK(!elements_.empty());
  if (s <= 0) {
    const Vec2 direction = unit(elements_.front().heading);
    return {elements_.front().begin + s * direction, direction,
            s < 0 ? 0 : elements_.front().curvature};
  }
  const auto after = std::upper_bound(elements_.begin(), elements_.end(), s,
                                      [](double value, const Element& e) { return value < e.s0; });
  const Element& element = *std::prev(after);
  const double along = s - element.s0;
  if (along <= element.length || after != elements_.end()) return pose_on(element, along);
  const Pose end = pose_on(element, element.length);
  return {end.position + (along - element.length) * end.direction, end.direction, 0};
}

Route::Projection Route::project(Vec2 point) const {
  return project(point, 0, length_);
}

Route::Projection Route::project(Vec2 point, double from, double to) const {
  DEFILADA_CHECK(!elements_.empty() && from <= length_ && to >= 0 && from <= to);
  Projection best{0, std::numeric_limits<double>::infinity()};
  for (const Element& whole : elements_) {
    if (whole.s0 + whole.length < from || whole.s0 > to) continue;
    const Element element = part_of(whole, from, to);
    const Projection here =
        element.curvature == 0 ? project_on_line(element, point) : project_on_arc(element, point);
    if (here.distance < best.distance) best = here;
  }
  return best;
}

double Route::least_radius() const noexcept {
  double largest = 0;
  for (const Element& element : elements_) largest = std::max(largest, std::abs(element.curvature));
  return largest == 0 ? std::numeric_limits<double>::infinity() : 1 / largest;
}

double Route::shared_length(const Route& other) const {
  double shared = 0;
  for (std::size_t i = 0; i < std::min(elements_.size(), other.elements_.size()); ++i) {
    const Element& a = elements_[i];
    const Element& b = other.elements_[i];
    if (!same_element(a, b)) break;
    shared = a.s0 + std::min(a.length, b.length);
    if (std::abs(a.length - b.length) > 1e-3) break;
  }
  return shared;
}

}  // namespace defilada::geo
