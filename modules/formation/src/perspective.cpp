// SPDX-License-Identifier: MIT
#include "defilada/formation/perspective.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "closest_pair.hpp"
#include "fail_at.hpp"

namespace defilada::formation {
namespace {

constexpr int kHalvings = 200;        // of the bracket of a size, at most
constexpr double kGrowth = 1.2;       // of the size, while the bracket is looked for
constexpr double kOverhead_m = 1e-9;  // nearer to straight above than this, eyes face the flight

}  // namespace

Sight::Sight(const Eye& eye, Spot aim) : eye_(eye) {
  const Vec3 to{-aim.back_m - eye.ahead_m, aim.left_m - eye.left_m, eye.below_m};
  distance_m_ = std::sqrt(to.x * to.x + to.y * to.y + to.z * to.z);
  forward_ = {to.x / distance_m_, to.y / distance_m_, to.z / distance_m_};
  const double level_m = std::hypot(to.x, to.y);
  right_ = level_m < kOverhead_m ? Vec3{0, 1, 0} : Vec3{to.y / level_m, -to.x / level_m, 0};
  up_ = {right_.y * forward_.z - right_.z * forward_.y,
         right_.z * forward_.x - right_.x * forward_.z,
         right_.x * forward_.y - right_.y * forward_.x};
}

Sight::Vec3 Sight::ray(Point p) const {
  return {forward_.x + p.x * right_.x + p.y * up_.x, forward_.y + p.x * right_.y + p.y * up_.y,
          forward_.z + p.x * right_.z + p.y * up_.z};
}

std::optional<Point> Sight::picture(Spot spot) const {
  const Vec3 to{-spot.back_m - eye_.ahead_m, spot.left_m - eye_.left_m, eye_.below_m};
  const double depth = to.x * forward_.x + to.y * forward_.y + to.z * forward_.z;
  if (depth <= 0) return std::nullopt;
  return Point{(to.x * right_.x + to.y * right_.y + to.z * right_.z) / depth,
               (to.x * up_.x + to.y * up_.y + to.z * up_.z) / depth};
}

std::optional<Spot> Sight::spot(Point p) const {
  const Vec3 d = ray(p);
  if (d.z <= 0) return std::nullopt;
  const double k = eye_.below_m / d.z;
  return Spot{-(eye_.ahead_m + k * d.x), eye_.left_m + k * d.y};
}

double Sight::elevation_rad(Point p) const {
  const Vec3 d = ray(p);
  return std::atan2(d.z, std::hypot(d.x, d.y));
}

namespace {

/// The slots seen from one eye, for any middle and any size.
class Placing {
 public:
  Placing(const Eye& eye, const Figure& figure, double spacing_m)
      : eye_(eye), spacing_m_(spacing_m) {
    Point low = figure.slots.front();
    Point high = low;
    for (const Point p : figure.slots) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    for (const Point p : figure.slots) {
      flat_.push_back({p.x - (low.x + high.x) / 2, p.y - (low.y + high.y) / 2});
    }
    size_ = std::max({1e-3, high.x - low.x, high.y - low.y});
  }

  std::optional<SeenFigure> run() {
    SeenFigure seen;
    if (!fit(seen)) return std::nullopt;
    double front_m = seen.slots.front().back_m;
    for (const Spot slot : seen.slots) front_m = std::min(front_m, slot.back_m);
    for (Spot& slot : seen.slots) slot.back_m -= front_m;
    seen.aim.back_m = -front_m;
    return seen;
  }

 private:
  /// The size at which the spacing holds; places in the frame of the middle.
  bool fit(SeenFigure& seen) {
    const Sight sight(eye_, {});
    double low = 0;
    double high = 0.01 * spacing_m_ / (sight.distance_m() * size_);  // far too small
    double gap_m = gap_at(sight, high, seen);
    while (gap_m < spacing_m_) {
      if (gap_m < 0) return near_horizon(sight, low, high, seen);
      low = high;
      gap_m = gap_at(sight, high *= kGrowth, seen);
    }
    return halve(sight, low, high, seen);
  }

  /// Too large: a slot is too low. Perhaps a size between does.
  bool near_horizon(const Sight& sight, double low, double high, SeenFigure& seen) {
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      const double gap_m = gap_at(sight, middle, seen);
      if (gap_m >= spacing_m_) return halve(sight, low, middle, seen);
      (gap_m < 0 ? high : low) = middle;
    }
    return false;
  }

  bool halve(const Sight& sight, double low, double high, SeenFigure& seen) {
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = (low + high) / 2;
      if (middle <= low || middle >= high) break;
      (gap_at(sight, middle, seen) >= spacing_m_ ? high : low) = middle;
    }
    seen.scale = high;
    return gap_at(sight, high, seen) >= spacing_m_;
  }

  /// Least distance of two slots at this size, m, with the slots left in `seen`; -1 when one is
  /// too low.
  double gap_at(const Sight& sight, double scale, SeenFigure& seen) {
    seen.slots.clear();
    points_.clear();
    for (const Point p : flat_) {
      const Point at{scale * p.x, scale * p.y};
      const std::optional<Spot> spot = sight.spot(at);
      if (!spot || sight.elevation_rad(at) < kLowest_rad) return -1;
      seen.slots.push_back(*spot);
      points_.push_back({spot->left_m, spot->back_m});
    }
    return points_.size() < 2 ? spacing_m_ : closest_pair(points_);
  }

  Eye eye_;
  double spacing_m_;
  double size_ = 0;
  std::vector<Point> flat_;    // the figure about the middle of its box
  std::vector<Point> points_;  // scratch
};

}  // namespace

Result<SeenFigure> place_for(const Eye& eye, const Figure& figure, double spacing_m) {
  const bool sound = std::isfinite(eye.ahead_m) && std::isfinite(eye.left_m) &&
                     std::isfinite(eye.below_m) && eye.below_m > 0 && std::isfinite(spacing_m) &&
                     spacing_m > 0;
  if (!sound) {
    return fail_at("reads from", phrase("the eyes must be below the flight, at a finite place"));
  }
  auto seen = Placing(eye, figure, spacing_m).run();
  if (seen) return std::move(*seen);
  return fail_at(
      "reads from",
      phrase("{} slots, {:.4g} m apart, cannot be placed so that they read "
             "from {:.0f} m below and {:.0f} m to the side: the figure would reach down "
             "to the horizon; a smaller spacing, a nearer place or another height is "
             "needed",
             figure.slots.size(), spacing_m, eye.below_m, std::hypot(eye.ahead_m, eye.left_m)));
}

}  // namespace defilada::formation
