// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "defilada/geo/polygon.hpp"
#include "map_drawing.hpp"

namespace defilada::drawing {
namespace {

constexpr double kSize = 2.2;  // mm

double distance(Point a, Point b) noexcept {
  return std::hypot(b.x - a.x, b.y - a.y);
}

}  // namespace

using geo::Vec2;

bool MapDrawing::is_key(std::size_t station) const {
  for (std::size_t p = 0; p < context_.show.processions.size(); ++p) {
    if (context_.key_station({static_cast<std::uint32_t>(p)}).value == station) return true;
  }
  return false;
}

bool MapDrawing::is_about(show::RouteId route) const {
  return !request_.about || *request_.about == route;
}

/// What a map of one route names of the ground: where it begins, ends, and passes.
bool MapDrawing::is_about(const show::Area& area) const {
  if (!request_.about) return true;
  constexpr double kNear_m = 60;
  const geo::Route& route = context_.show[*request_.about].geometry;
  const Box extent = paper_extent(area);
  const Point room{view_.mm(kNear_m), view_.mm(kNear_m)};
  const Box near{extent.min - room, extent.max + room};
  const auto steps = static_cast<int>(std::ceil(route.length() / kNear_m));
  for (int i = 0; i <= steps; ++i) {
    const Point at = view_.paper(route.at(route.length() * i / std::max(1, steps)).position);
    if (inside(near, at)) return true;
  }
  return false;
}

/// The way of a reviewing party, of markers, of a flag party: beside the parade's own ways its
/// stations are many and near each other. Only those that are timed are shown.
bool MapDrawing::is_aside(const show::Station& station) const {
  if (request_.about) return false;
  bool counted = false;
  bool aside = false;
  for (const show::Procession& procession : context_.show.processions) {
    counted = counted || procession.counted;
    if (!(procession.route == station.route)) continue;
    if (procession.counted) return false;
    aside = true;
  }
  const auto index = static_cast<std::size_t>(&station - context_.show.site.stations.data());
  return counted && aside && !is_key(index);
}

bool MapDrawing::shows_station(const show::Station& station) const {
  if (is_aside(station)) return false;
  return is_about(station.route) && context_.show[station.route].air == request_.air &&
         inside(view_.frame(), view_.paper(station.position));
}

/// A map of marks names what is about them, and what bears its name itself.
bool MapDrawing::is_near_a_mark(const Box& box) const {
  constexpr double kNear_m = 40;
  const Point room{view_.mm(kNear_m), view_.mm(kNear_m)};
  const Box near{box.min - room, box.max + room};
  return request_.marks.empty() ||
         std::any_of(request_.marks.begin(), request_.marks.end(),
                     [&](const MapMark& mark) { return inside(near, view_.paper(mark.at)); });
}

Box MapDrawing::paper_extent(const show::Area& area) const {
  std::vector<Point> corners;
  for (const Vec2 corner : area.polygon.outer) corners.push_back(view_.paper(corner));
  return extent_of(corners);
}

bool MapDrawing::is_named_elsewhere(Vec2 at) const {
  return request_.inset && inside(request_.inset->frame(), request_.inset->paper(at));
}

void MapDrawing::name(Vec2 at, LabelPlacer::Request request) {
  request.at = view_.paper(at);
  if (!inside(view_.frame(), request.at) || is_named_elsewhere(at)) return;
  const std::string full = request.text;
  request.text = fit_text(full, request.size_mm, 50, request.bold);
  if (!labels_.place(request, map_.drawing)) map_.unlabelled.push_back(full);
}

void MapDrawing::name_box(Vec2 at, const Box& box, LabelPlacer::Request request) {
  const Point middle = view_.paper(at);
  if (!inside(view_.frame(), middle) || is_named_elsewhere(at)) return;
  const std::string full = request.text;
  if (labels_.place_at_box(box, request, map_.drawing)) return;
  map_.unlabelled.push_back(full.substr(0, full.find('\n')));
}

/// Those that have a good place at their line wait: their neighbours have less to choose from.
void MapDrawing::name_stations(bool key_only) {
  const auto& stations = context_.show.site.stations;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const Point at = view_.paper(stations[i].position);
    if (!key_only && !is_near_a_mark({at, at})) continue;
    if (shows_station(stations[i]) && is_key(i) == key_only) order.push_back(i);
  }
  std::stable_partition(order.begin(), order.end(), [&](std::size_t i) {
    return !is_well_named_at(stations[i], station_name(stations[i], key_only));
  });
  for (const std::size_t i : order) {
    const LabelPlacer::Request request = station_name(stations[i], key_only);
    if (is_named_elsewhere(stations[i].position) || name_beside(stations[i], request)) continue;
    name(stations[i].position, request);
  }
}

LabelPlacer::Request MapDrawing::station_name(const show::Station& station, bool key) const {
  const double width = view_.mm(context_.show[station.route].width_m);
  return {.text = fit_text(station.name, kSize, 50, key),
          .size_mm = kSize,
          .bold = key,
          .clearance_mm = std::max(1.0, width / 2 + 1.2)};
}

/// Where a label may stand off a line through `place`, `reach` from it: above it first, then below;
/// `slide` half widths along the line.
std::vector<Point> MapDrawing::places_off(const Place& place, double reach,
                                          const LabelPlacer::Request& request,
                                          std::initializer_list<double> slides) {
  const double upper = place.normal.y <= 0 ? 1 : -1;
  const double width = text_width_mm(request.text, request.size_mm, request.bold);
  std::vector<Point> places;
  for (const double slide : slides) {
    for (const double side : {upper, -upper}) {
      const Point normal = side * place.normal;
      const Point along{-place.normal.y, place.normal.x};
      // So far out, or along, that the label's box just touches the line.
      const double out =
          std::abs(normal.y) * 0.52 * request.size_mm + std::abs(normal.x) * width / 2;
      const double shift =
          std::abs(along.y) * 0.52 * request.size_mm + std::abs(along.x) * width / 2;
      places.push_back(place.at + (reach + out) * normal + (slide * shift) * along);
    }
  }
  return places;
}

/// Off a line on the side where that is free; where it would lie on a stand, sooner to one side of
/// its place.
bool MapDrawing::name_off(const Place& place, double reach, LabelPlacer::Request request) {
  for (const Point at : places_off(place, reach, request, {0, -1, 1})) {
    request.at = at;
    if (labels_.place_centred_well(request, map_.drawing)) return true;
  }
  for (const Point at : places_off(place, reach, request, {0, -1, 1})) {
    request.at = at;
    if (labels_.place_centred_uncrossed(request, map_.drawing)) return true;
  }
  for (const Point at : places_off(place, reach, request, {0})) {
    request.at = at;
    if (labels_.place_centred(request, map_.drawing)) return true;
  }
  return false;
}

MapDrawing::Place MapDrawing::across(const show::Station& station) const {
  const show::Route& route = context_.show[station.route];
  const Vec2 left = geo::left_of(route.geometry.at(station.s_m).direction);
  return {view_.paper(station.position), {left.x, -left.y}};
}

bool MapDrawing::is_well_named_at(const show::Station& station,
                                  LabelPlacer::Request request) const {
  const double reach = half_line(context_.show[station.route]) + 0.6;
  for (const Point at : places_off(across(station), reach, request, {0})) {
    request.at = at;
    if (labels_.is_well_placed(request)) return true;
  }
  return false;
}

bool MapDrawing::name_beside(const show::Station& station, const LabelPlacer::Request& request) {
  return name_off(across(station), half_line(context_.show[station.route]) + 0.6, request);
}

LabelPlacer::Request MapDrawing::area_name(const show::Area& area) const {
  std::string text = fit_text(area.name, kSize, 50);
  if (area.capacity && request_.marks.empty()) {
    text += '\n' + context_.words(Msg::capacity_label, context_.format.count(*area.capacity));
  }
  return {.text = std::move(text), .size_mm = kSize};
}

/// Those first that bear their names themselves; then stands, areas and obstacles.
void MapDrawing::name_areas() {
  if (request_.air) return;
  for (const bool within : {true, false}) {
    for (const show::AreaUse use :
         {show::AreaUse::stand, show::AreaUse::area, show::AreaUse::obstacle}) {
      for (const show::Area& area : context_.show.site.areas) {
        const LabelPlacer::Request request = area_name(area);
        const Box box = paper_extent(area);
        if (area.use != use || LabelPlacer::fits(box, request) != within || !is_about(area)) {
          continue;
        }
        if (!within && !is_near_a_mark(box)) continue;
        name_box(geo::centroid(area.polygon), box, request);
      }
    }
  }
}

void MapDrawing::name_performers() {
  if (request_.air || request_.about) return;
  for (std::size_t i = 0; i < context_.show.contingents.size(); ++i) {
    const show::Contingent& contingent = context_.show.contingents[i];
    if (!contingent.in_place) continue;
    const show::ContingentId id{static_cast<std::uint32_t>(i)};
    const auto outline = performer_outlines(id);
    std::vector<Point> corners;
    for (const auto& ring : outline) corners.insert(corners.end(), ring.begin(), ring.end());
    if (corners.empty() || !is_near_a_mark(extent_of(corners))) continue;
    name_box(contingent.in_place->position, extent_of(corners),
             {.text = fit_text(context_.label(id), kSize, 50), .size_mm = kSize});
  }
}

/// Points along the longest visible stretch of a route where its name may stand, the middle first.
std::vector<MapDrawing::Place> MapDrawing::places_along(const show::Route& route) const {
  std::vector<Place> places;
  const auto stretches = clip_line(sample(route.geometry, 0), view_.frame());
  std::vector<double> lengths;
  for (const auto& stretch : stretches) {
    double length = 0;
    for (std::size_t i = 1; i < stretch.size(); ++i) length += distance(stretch[i - 1], stretch[i]);
    lengths.push_back(length);
  }
  const auto longest = std::max_element(lengths.begin(), lengths.end());
  if (longest == lengths.end() || *longest == 0) return places;
  const auto& stretch = stretches[static_cast<std::size_t>(longest - lengths.begin())];
  for (const double share : {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9}) {
    double rest = share * *longest;
    std::size_t i = 1;
    for (; i + 1 < stretch.size() && rest > distance(stretch[i - 1], stretch[i]); ++i) {
      rest -= distance(stretch[i - 1], stretch[i]);
    }
    const double length = distance(stretch[i - 1], stretch[i]);
    if (length == 0) continue;
    const Point along = (1 / length) * (stretch[i] - stretch[i - 1]);
    places.push_back({stretch[i - 1] + rest * along, {along.y, -along.x}});
  }
  return places;
}

LabelPlacer::Request MapDrawing::route_name(const show::Route& route) const {
  return {.text = fit_text(route.name, kSize, 50), .ink = route.air ? Ink::series_6 : Ink::faint};
}

/// A wide route bears its name on itself, between arrows and stations.
void MapDrawing::name_within(const show::Route& route) {
  if (route.air || request_.air || !is_about(id_of(route)) || view_.mm(route.width_m) < 1.6 * kSize)
    return;
  LabelPlacer::Request request = route_name(route);
  const std::vector<Place> places = places_along(route);
  const auto placed = [&](auto&& place_at) {
    return std::any_of(places.begin(), places.end(), [&](const Place& place) {
      request.at = place.at;
      return place_at();
    });
  };
  if (placed([&] { return labels_.place_centred_uncrossed(request, map_.drawing); }) ||
      placed([&] { return labels_.place_centred(request, map_.drawing); })) {
    named_routes_.insert(&route);
  }
}

void MapDrawing::name_routes() {
  for (const show::Route& route : context_.show.site.routes) {
    if ((request_.air && !route.air) || named_routes_.contains(&route)) continue;
    if (!is_about(id_of(route))) continue;
    const double reach = (route.air ? 0.4 : view_.mm(route.width_m) / 2) + 1;
    LabelPlacer::Request request = route_name(route);
    const std::vector<Place> places = places_along(route);
    const bool named = std::any_of(places.begin(), places.end(), [&](const Place& place) {
      return name_off(place, reach, request);
    });
    // An air line that passes over the ground is named on the map of the air lines.
    const bool own = route.air == request_.air;
    if (!named && own && !places.empty()) map_.unlabelled.push_back(route.name);
  }
}

void MapDrawing::name_all() {
  name_stations(true);
  name_stations(false);
  if (!request_.about && shows_safety()) name_first_aid_posts();
  name_areas();
  name_performers();
  if (!request_.about && shows_safety()) name_emergency_lanes();
  name_routes();
}

}  // namespace defilada::drawing
