// SPDX-License-Identifier: MIT
// Section `site`: areas, stands and obstacles, emergency lanes and first-aid posts.

#include <cmath>
#include <numbers>

#include "resolver.hpp"

namespace defilada::show {
namespace {

/// A circle as a polygon that holds it: nobody who keeps off the polygon touches the circle.
geo::Polygon around(geo::Vec2 centre, double radius_m) {
  constexpr int kSides = 64;
  const double reach_m = radius_m / std::cos(std::numbers::pi / kSides);
  geo::Polygon polygon;
  for (int i = 0; i < kSides; ++i) {
    const double angle = 2 * std::numbers::pi * i / kSides;
    polygon.outer.push_back(
        {centre.x + reach_m * std::cos(angle), centre.y + reach_m * std::sin(angle)});
  }
  return polygon;
}

std::optional<geo::Polygon> polygon_of_feature(Resolver& r, const View& view) {
  const auto found = r.feature(view["geojson"], view["feature"], geo::Feature::Geometry::polygon);
  if (!found) return std::nullopt;
  geo::Polygon polygon;
  std::size_t n = 0;
  for (const auto& ring : found->feature->rings) {
    const bool outer = &ring == &found->feature->rings.front();
    std::vector<geo::Vec2>& out = outer ? polygon.outer : polygon.holes.emplace_back();
    for (const geo::Vec2 position : ring) {
      const auto point = r.local(position, found->metres);
      if (!point || ++n > kOutlineLimit) {
        if (found->metres || r.frame) {
          r.error("show.too-large", view["feature"].scalar_span(),
                  point ? phrase("an outline of more than {} points", kOutlineLimit)
                        : phrase("an outline more than 1000 km from the origin"));
        }
        return std::nullopt;
      }
      out.push_back(*point);
    }
  }
  return polygon;
}

std::optional<geo::Polygon> outline(Resolver& r, const View& view) {
  if (view["geojson"].given()) return polygon_of_feature(r, view);
  if (view["circle"].given()) {
    const auto centre = r.point(view["circle"]["centre"]);
    const auto radius_m = r.length_m(view["circle"]["radius"]);
    if (!centre || !radius_m || *radius_m <= 0) return std::nullopt;
    return around(*centre, *radius_m);
  }
  bool sound = true;
  geo::Polygon polygon{r.points(view["polygon"], sound), {}};
  return sound && polygon.outer.size() >= 3 ? std::optional(polygon) : std::nullopt;
}

/// The point of the text that is wrong, where one is; else the whole outline.
Span place_of_fault(const View& view, const geo::Polygon& polygon) {
  const auto spike = geo::find_spike(polygon.outer);
  const auto points = view["polygon"].items();
  return spike && *spike < points.size() ? points[*spike].span() : view.span();
}

void resolve_outline(Resolver& r, const NamedView& each, AreaUse use) {
  const auto index = static_cast<std::uint32_t>(r.show.site.areas.size());
  r.areas.declare({Named::area, index, std::string(each.name), each.name_span}, r.diagnostics);
  Area& area = r.show.site.areas.emplace_back();
  area.name = collapsed(each.name);
  area.span = each.value.span();
  area.use = use;
  if (use == AreaUse::obstacle) {
    area.height_m = r.length_m(each.value["height"]).value_or(0);
  } else {
    area.capacity = r.count(each.value["capacity"]);
  }
  auto polygon = resolve_polygon(r, each.value);
  r.area_is_sound.push_back(polygon.has_value());
  if (polygon) area.polygon = std::move(*polygon);
}

void resolve_lane(Resolver& r, const NamedView& each) {
  bool sound = true;
  EmergencyLane lane{.name = collapsed(each.name),
                     .span = each.value.span(),
                     .points = r.points(each.value["points"], sound),
                     .width_m = r.length_m(each.value["width"]).value_or(0)};
  for (std::size_t i = 1; i < lane.points.size(); ++i) {
    if (geo::length(lane.points[i] - lane.points[i - 1]) > 0) continue;
    r.error("show.route-geometry", each.value["points"].span(),
            phrase("points {} and {} are the same place", i, i + 1));
    sound = false;
  }
  if (sound && lane.points.size() > 1) r.show.site.safety.lanes.push_back(std::move(lane));
}

void resolve_post(Resolver& r, const NamedView& each) {
  const auto place = r.point(each.value["place"]);
  if (place) {
    r.show.site.safety.posts.push_back({collapsed(each.name), each.value.span(), *place});
  }
}

}  // namespace

std::optional<geo::Polygon> resolve_polygon(Resolver& r, const View& view) {
  auto polygon = outline(r, view);
  if (!polygon) return std::nullopt;
  const auto status = geo::validate(*polygon);
  if (status) return polygon;
  r.error("show.outline", place_of_fault(view, *polygon), status.error().message);
  return std::nullopt;
}

void resolve_outlines(Resolver& r) {
  const View site = r.root["site"];
  for (const NamedView& each : site["areas"].named()) resolve_outline(r, each, AreaUse::area);
  for (const NamedView& each : site["stands"].named()) resolve_outline(r, each, AreaUse::stand);
  for (const NamedView& each : site["obstacles"].named()) {
    resolve_outline(r, each, AreaUse::obstacle);
  }
  for (const NamedView& each : site["emergency lanes"].named()) resolve_lane(r, each);
  for (const NamedView& each : site["first aid"].named()) resolve_post(r, each);
}

}  // namespace defilada::show
