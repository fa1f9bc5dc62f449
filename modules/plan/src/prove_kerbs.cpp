// SPDX-License-Identifier: MIT
// The edges of routes as walls.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "prove_scene.hpp"

namespace defilada::plan {
namespace {

constexpr double kOutside_m = 0.01;  ///< chords leave the kerb by no more, away from the road
constexpr double kStretch_m = 100;   ///< of a straight
constexpr double kSameCorner_m = 1e-6;

using Element = geo::Route::Element;

class Kerbs {
 public:
  Kerbs(const show::Route& route, std::uint32_t index, double begin_s, double end_s, Scene& scene)
      : elements_(route.geometry.elements().begin(), route.geometry.elements().end()),
        half_m_(0.5 * route.width_m),
        index_(index),
        begin_s_(begin_s),
        end_s_(end_s),
        scene_(scene) {}

  void add() {
    for (std::size_t i = 0; i < elements_.size(); ++i) {
      for (const int side : {1, -1}) {
        if (elements_[i].curvature == 0) {
          straight(i, side);
        } else {
          arc(elements_[i], side);
        }
      }
    }
  }

 private:
  static geo::Vec2 direction(double heading) { return {std::cos(heading), std::sin(heading)}; }

  /// How much of a straight's kerb a tight corner beside it cuts off.
  [[nodiscard]] double cut(std::size_t neighbour, int side) const {
    if (neighbour >= elements_.size()) return 0;
    const Element& corner = elements_[neighbour];
    if (corner.curvature * side <= 0) return 0;  // straight on, or the outer side
    const double radius = 1 / std::abs(corner.curvature);
    const double turn = corner.length * std::abs(corner.curvature);
    return std::max(0.0, half_m_ - radius) * std::tan(0.5 * std::min(turn, 3.0));
  }

  void straight(std::size_t i, int side) {
    const Element& element = elements_[i];
    const geo::Vec2 along = direction(element.heading);
    const geo::Vec2 aside = (side * half_m_) * geo::left_of(along);
    const double from = i > 0 ? cut(i - 1, side) : 0;
    const double to = element.length - cut(i + 1, side);
    if (to - from <= kSameCorner_m) return;
    const auto pieces = static_cast<int>(std::ceil((to - from) / kStretch_m));
    for (int k = 0; k < pieces; ++k) {
      const double a = from + (to - from) * k / pieces;
      const double b = from + (to - from) * (k + 1) / pieces;
      wall(element.begin + a * along + aside, element.begin + b * along + aside);
    }
  }

  /// The inner kerb's chords lie inside its circle; those of the outer one touch it from outside.
  void arc(const Element& element, int side) {
    const double left = element.curvature > 0 ? 1 : -1;
    const double axis = 1 / std::abs(element.curvature);
    const bool inner = side * left > 0;
    const double radius = inner ? axis - half_m_ : axis + half_m_;
    if (radius <= kSameCorner_m) return;
    const geo::Vec2 middle =
        element.begin + (left * axis) * geo::left_of(direction(element.heading));
    const double turn = element.length / axis;
    const double most = 2 * std::acos(std::max(0.5, 1 - kOutside_m / (radius + kOutside_m)));
    const auto pieces = std::max(1, static_cast<int>(std::ceil(turn / most)));
    const double step = turn / pieces;
    const double reach = inner ? radius : radius / std::cos(0.5 * step);
    const auto at = [&](double angle) {
      // From the middle towards the axis: opposite to the side it turns to.
      const double heading = element.heading + left * angle;
      return middle + (-left * reach) * geo::left_of(direction(heading));
    };
    for (int k = 0; k < pieces; ++k) wall(at(k * step), at((k + 1) * step));
  }

  void wall(geo::Vec2 from, geo::Vec2 to) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    if (length <= 0) return;
    scene_.motions.add_fixed(
        {0.5 * (from.x + to.x), 0.5 * (from.y + to.y), 0}, std::atan2(to.y - from.y, to.x - from.x),
        proof::Body{0.5 * length, 0, 0}, begin_s_, end_s_, scene_.walls + 1 + index_);
    scene_.wall.push_back({true, index_});
  }

  std::vector<Element> elements_;
  double half_m_;
  std::uint32_t index_;
  double begin_s_;
  double end_s_;
  Scene& scene_;
};

}  // namespace

void add_kerbs(const show::Show& show, double begin_s, double end_s, Scene& scene) {
  for (std::uint32_t r = 0; r < show.site.routes.size(); ++r) {
    const bool wanted = std::find(scene.kerbs.begin(), scene.kerbs.end(), r) != scene.kerbs.end();
    if (wanted) Kerbs(show.site.routes[r], r, begin_s, end_s, scene).add();
  }
}

}  // namespace defilada::plan
