// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "defilada/drawing/draw_map.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

using geo::Vec2;

constexpr double kMargin = 9;      // mm around what must be seen, for names
constexpr double kApart = 20;      // mm between the key station and its neighbour in the detail
constexpr double kWorthwhile = 2;  // a detail is at least this much larger than the overview

class Extent {
 public:
  void add(Vec2 p) noexcept {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return;
    min_ = {std::min(min_.x, p.x), std::min(min_.y, p.y)};
    max_ = {std::max(max_.x, p.x), std::max(max_.y, p.y)};
  }
  void add(const geo::Route& route) {
    for (const geo::Route::Element& element : route.elements()) {
      for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        add(route.at(element.s0 + share * element.length).position);
      }
    }
  }
  [[nodiscard]] bool empty() const noexcept { return min_.x > max_.x; }
  /// The largest round scale at which all of it fits, on a frame no taller than it needs.
  [[nodiscard]] MapView view(double width_mm, double height_max_mm) const {
    const double width_m = max_.x - min_.x;
    const double height_m = max_.y - min_.y;
    const double scale =
        round_up_scale(std::max({1000 * width_m / (width_mm - 2 * kMargin),
                                 1000 * height_m / (height_max_mm - 2 * kMargin), 50.0}));
    const double height_mm =
        std::clamp(std::ceil(height_m * 1000 / scale + 2 * kMargin + 8), 38.0, height_max_mm);
    return {.centre = 0.5 * (min_ + max_),
            .scale = scale,
            .width_mm = width_mm,
            .height_mm = height_mm};
  }

 private:
  Vec2 min_{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Vec2 max_{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
};

/// Distance to the station of its own route that is nearest to `station` and not at the same place:
/// where other ways begin beside it does not decide how near one looks at a march.
double nearest_neighbour_m(const show::Show& show, const show::Station& station) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const show::Station& other : show.site.stations) {
    const double distance =
        std::hypot(other.position.x - station.position.x, other.position.y - station.position.y);
    if (other.route == station.route && distance > 1) nearest = std::min(nearest, distance);
  }
  return nearest;
}

/// The middle of what stands around a station, so that the detail shows both sides of the avenue;
/// the station stays within the middle of the frame.
Vec2 detail_centre(const Context& context, const show::Station& station, double width_m,
                   double height_m) {
  double low = station.position.y;
  double high = station.position.y;
  const auto include = [&](Vec2 p) {
    if (std::abs(p.x - station.position.x) > width_m / 2) return;
    if (std::abs(p.y - station.position.y) > 0.75 * height_m) return;
    low = std::min(low, p.y);
    high = std::max(high, p.y);
  };
  for (const show::Area& area : context.show.site.areas) {
    if (area.use != show::AreaUse::stand) continue;
    for (const Vec2 corner : area.polygon.outer) include(corner);
  }
  for (const show::Contingent& contingent : context.show.contingents) {
    if (contingent.in_place) include(contingent.in_place->position);
  }
  const double reach = 0.24 * height_m;
  return {station.position.x,
          std::clamp((low + high) / 2, station.position.y - reach, station.position.y + reach)};
}

/// The way of a march from the tail of its line-up to its end, as far as the plan knows it.
void add_way(const Context& context, const show::Procession& march, Extent& extent) {
  const geo::Route& route = context.show[march.route].geometry;
  double from = std::numeric_limits<double>::infinity();
  double to = -from;
  for (const show::ContingentId id : march.order) {
    const plan::ContingentPlan* timed = context.plan_of(id);
    if (timed == nullptr) continue;
    for (const auto* line : {&timed->head_line, &timed->tail_line}) {
      for (const auto& [t, s] : *line) from = std::min(from, s), to = std::max(to, s);
    }
  }
  if (from > to) from = 0, to = route.length();
  from = std::max(from, 0.0), to = std::min(to, route.length());
  constexpr int kSteps = 64;
  for (int i = 0; i <= kSteps; ++i) extent.add(route.at(from + (to - from) * i / kSteps).position);
}

Extent all_ground(const show::Site& site) {
  Extent extent;
  for (const show::Route& route : site.routes) {
    if (!route.air) extent.add(route.geometry);
  }
  for (const show::Area& area : site.areas) {
    for (const Vec2 p : area.polygon.outer) extent.add(p);
  }
  return extent;
}

}  // namespace

std::optional<MapView> ground_view(const Context& context, double width_mm, double height_max_mm) {
  Extent extent;
  for (const show::Procession& procession : context.show.processions) {
    if (!procession.air && procession.counted) add_way(context, procession, extent);
  }
  if (extent.empty()) extent = all_ground(context.show.site);
  for (const show::Area& area : context.show.site.areas) {
    if (area.use == show::AreaUse::area) continue;
    for (const Vec2 p : area.polygon.outer) extent.add(p);
  }
  for (const show::Contingent& contingent : context.show.contingents) {
    if (contingent.in_place) extent.add(contingent.in_place->position);
  }
  if (extent.empty()) return std::nullopt;
  return extent.view(width_mm, height_max_mm);
}

std::optional<MapView> air_view(const Context& context, double width_mm, double height_max_mm) {
  Extent extent;
  for (const show::Route& route : context.show.site.routes) {
    if (route.air) extent.add(route.geometry);
  }
  if (extent.empty()) return std::nullopt;
  return extent.view(width_mm, height_max_mm);
}

std::optional<MapView> marks_view(const MapView& overview, std::span<const MapMark> marks,
                                  double width_mm, double height_max_mm) {
  constexpr double kAround_m = 150;
  Extent extent;
  for (const MapMark& mark : marks) {
    const Point at = overview.paper(mark.at);
    if (at.x < 0 || at.y < 0 || at.x > overview.width_mm || at.y > overview.height_mm) continue;
    for (const double side : {-kAround_m, kAround_m}) extent.add(mark.at + Vec2{side, side});
  }
  if (extent.empty()) return std::nullopt;
  const MapView view = extent.view(width_mm, height_max_mm);
  return view.scale < overview.scale ? view : overview;
}

std::optional<Detail> detail_view(const Context& context, const MapView& overview,
                                  double height_mm) {
  for (std::size_t p = 0; p < context.show.processions.size(); ++p) {
    if (context.show.processions[p].air) continue;
    const show::StationId key = context.key_station({static_cast<std::uint32_t>(p)});
    if (!key.valid()) continue;
    const show::Station& station = context.show[key];
    const double neighbour = nearest_neighbour_m(context.show, station);
    if (!std::isfinite(neighbour)) return std::nullopt;
    const double scale = round_up_scale(std::max(1000 * neighbour / kApart, 500.0));
    if (scale * kWorthwhile > overview.scale) return std::nullopt;
    const double metres = scale / 1000;
    return Detail{
        {.centre = detail_centre(context, station, metres * overview.width_mm, metres * height_mm),
         .scale = scale,
         .width_mm = overview.width_mm,
         .height_mm = height_mm},
        key};
  }
  return std::nullopt;
}

}  // namespace defilada::drawing
