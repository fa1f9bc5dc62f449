// SPDX-License-Identifier: MIT
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "defilada/drawing/formed_up.hpp"
#include "map_drawing.hpp"

namespace defilada::drawing {
namespace {

constexpr double kArrowEvery = 32;  // mm of route

}  // namespace

using geo::Vec2;

std::vector<Point> MapDrawing::ring(const std::vector<Vec2>& points) const {
  std::vector<Point> paper;
  paper.reserve(points.size());
  for (const Vec2 p : points) paper.push_back(view_.paper(p));
  return clip_ring(std::move(paper), view_.frame());
}

std::vector<Point> MapDrawing::sample(const geo::Route& route, double left_m) const {
  std::vector<Point> points;
  const auto add_at = [&](double s) {
    const geo::Route::Pose pose = route.at(s);
    points.push_back(view_.paper(pose.position + left_m * geo::left_of(pose.direction)));
  };
  for (const geo::Route::Element& element : route.elements()) {
    const double turn = std::abs(element.curvature) * element.length;
    const int steps = std::max(1, static_cast<int>(std::ceil(turn / 0.05)));
    for (int i = 0; i < steps; ++i) add_at(element.s0 + element.length * i / steps);
  }
  add_at(route.length());
  return points;
}

void MapDrawing::draw_areas() {
  for (const show::Area& area : context_.show.site.areas) {
    Path path{.closed = true};
    if (auto outer = ring(area.polygon.outer); outer.size() > 2) path.lines.push_back(outer);
    if (path.lines.empty()) continue;
    labels_.avoid(path.lines.front());
    for (const auto& hole : area.polygon.holes) {
      if (auto inner = ring(hole); inner.size() > 2) path.lines.push_back(inner);
    }
    switch (area.use) {
      case show::AreaUse::area:
        path.style = {
            .fill = Ink::paper, .stroke = Ink::faint, .width_mm = 0.15, .dash = Dash::dotted};
        break;
      case show::AreaUse::stand:
        path.style = {.fill = Ink::shade, .stroke = Ink::text, .width_mm = 0.2};
        break;
      case show::AreaUse::obstacle:
        path.style = {
            .fill = Ink::faint, .fill_opacity = 0.4, .stroke = Ink::text, .width_mm = 0.2};
        break;
    }
    add(std::move(path));
  }
}

void MapDrawing::draw_strip(const show::Route& route) {
  const auto left = sample(route.geometry, route.width_m / 2);
  auto right = sample(route.geometry, -route.width_m / 2);
  if (view_.mm(route.width_m) < 0.8) {
    add(Path{.lines = clip_line(sample(route.geometry, 0), view_.frame()),
             .style = {.stroke = Ink::text, .width_mm = 0.5}});
    return;
  }
  std::vector<Point> outline = left;
  outline.insert(outline.end(), right.rbegin(), right.rend());
  add(Path{.lines = {clip_ring(std::move(outline), view_.frame())},
           .closed = true,
           .style = {.fill = Ink::paper}});
  for (const auto& kerb : {left, right}) {
    add(Path{.lines = clip_line(kerb, view_.frame()),
             .style = {.stroke = Ink::text, .width_mm = 0.25}});
  }
}

void MapDrawing::draw_air_line(const show::Route& route) {
  add(Path{.lines = clip_line(sample(route.geometry, 0), view_.frame()),
           .style = {.stroke = Ink::series_6, .width_mm = 0.35, .dash = Dash::dashed}});
}

/// Arrowheads along the visible part, none on top of another route's.
void MapDrawing::draw_arrows(const show::Route& route) {
  const double size = std::clamp(view_.mm(route.width_m) * 0.35, 1.3, 2.2);
  Path heads{.closed = true,
             .style = {.fill = route.air ? Ink::series_6 : Ink::text, .fill_opacity = 1}};
  for (const auto& stretch : clip_line(sample(route.geometry, 0), view_.frame())) {
    double next = kArrowEvery / 2;
    for (std::size_t i = 1; i < stretch.size(); ++i) {
      const Point d = stretch[i] - stretch[i - 1];
      const double length = std::hypot(d.x, d.y);
      for (; length > 0 && next <= length; next += kArrowEvery) {
        const Point u = (1 / length) * d;
        const Point tip = stretch[i - 1] + next * u;
        const bool crowded = std::any_of(arrows_.begin(), arrows_.end(), [&](Point other) {
          return std::hypot(other.x - tip.x, other.y - tip.y) < kArrowEvery / 4;
        });
        if (crowded) continue;
        arrows_.push_back(tip);
        labels_.keep_off(Box{tip - Point{size, size}, tip + Point{size, size}});
        const Point back = tip - size * u;
        const Point side = (0.38 * size) * Point{-u.y, u.x};
        heads.lines.push_back({tip, back + side, back + 0.25 * size * u, back - side});
      }
      next -= length;
    }
  }
  if (!heads.lines.empty()) add(std::move(heads));
}

void MapDrawing::draw_routes() {
  for (const show::Route& route : context_.show.site.routes) {
    if (!route.air) draw_strip(route);
  }
  for (const show::Route& route : context_.show.site.routes) {
    if (route.air && !request_.about) draw_air_line(route);
  }
  draw_stations();
  for (const show::Route& route : context_.show.site.routes) {
    if (is_about(id_of(route))) draw_arrows(route);
  }
  for (const show::Route& route : context_.show.site.routes) name_within(route);
  for (const show::Route& route : context_.show.site.routes) {
    const double half_width = route.air ? 0.4 : std::max(0.5, view_.mm(route.width_m) / 2);
    for (const auto& stretch : clip_line(sample(route.geometry, 0), view_.frame())) {
      for (std::size_t i = 1; i < stretch.size(); ++i) {
        labels_.keep_off(stretch[i - 1], stretch[i], half_width);
      }
    }
  }
}

/// The outline of each part of who performs in place, on paper.
std::vector<std::vector<Point>> MapDrawing::performer_outlines(show::ContingentId id) const {
  const show::Contingent::InPlace& place = *context_.show[id].in_place;
  const Vec2 ahead{std::cos(place.facing_rad), std::sin(place.facing_rad)};
  std::vector<std::vector<Point>> outlines;
  for (const PlacedPart& placed : context_.parts(id)) {
    const double half = std::max(placed.layout.width_m / 2, 0.5);
    const double tail = placed.back_m + std::max(placed.layout.depth_m, 1.0);
    std::vector<Vec2> corners;
    for (const auto& [back, left] :
         {std::pair(placed.back_m, half), std::pair(placed.back_m, -half), std::pair(tail, -half),
          std::pair(tail, half)}) {
      corners.push_back(place.position - back * ahead +
                        (left + placed.part->left_m) * geo::left_of(ahead));
    }
    if (auto outline = ring(corners); outline.size() > 2) outlines.push_back(std::move(outline));
  }
  return outlines;
}

void MapDrawing::draw_performers() {
  for (std::size_t i = 0; i < context_.show.contingents.size(); ++i) {
    if (!context_.show.contingents[i].in_place) continue;
    const show::ContingentId id{static_cast<std::uint32_t>(i)};
    Path path{.lines = performer_outlines(id),
              .closed = true,
              .style = {.fill = context_.ink(id), .fill_opacity = 0.85}};
    for (const auto& outline : path.lines) labels_.keep_off(extent_of(outline));
    if (!path.lines.empty()) add(std::move(path));
  }
}

void MapDrawing::draw_stations() {
  for (const show::Station& station : context_.show.site.stations) {
    if (!shows_station(station)) continue;
    const show::Route& route = context_.show[station.route];
    const geo::Route::Pose pose = route.geometry.at(station.s_m);
    const double half = half_line(route);
    const Point at = view_.paper(station.position);
    const Vec2 left = geo::left_of(pose.direction);
    const Point across{half * left.x, -half * left.y};
    for (const auto& stretch : clip_line({at + across, at - across}, view_.frame())) {
      add(line(stretch, {.stroke = Ink::accent, .width_mm = 0.4}));
    }
    labels_.keep_off(at + across, at - across, 0.3);
  }
}

void MapDrawing::draw_inset() {
  if (!request_.inset) return;
  const MapView& inset = *request_.inset;
  const double k = inset.scale / view_.scale;
  const Point middle = view_.paper(inset.centre);
  const Point half{k * inset.width_mm / 2, k * inset.height_mm / 2};
  const auto outline = rectangle({middle - half, middle + half}, {});
  auto closed = outline.lines.front();
  closed.push_back(closed.front());
  for (std::size_t i = 1; i < closed.size(); ++i)
    labels_.keep_from_crossing(closed[i - 1], closed[i]);
  add(Path{.lines = clip_line(closed, view_.frame()),
           .style = {.stroke = Ink::accent, .width_mm = 0.2, .dash = Dash::dashed}});
}

void MapDrawing::draw_furniture() {
  const Box frame = view_.frame();
  const Point bar{3, frame.max.y - 3};
  draw_scale_bar(context_, view_.scale, bar, 80, map_.drawing);
  const Point north{frame.max.x - 5, 3};
  add(Path{.lines = {{north, north + Point{1.6, 6}, north + Point{0, 4.8}, north + Point{-1.6, 6}}},
           .closed = true,
           .style = {.fill = Ink::text}});
  add(Label{.at = north + Point{0, 8.4},
            .text = context_.words(Msg::north_letter),
            .size_mm = 2.6,
            .anchor = Anchor::middle,
            .bold = true,
            .halo = true});
}

Map MapDrawing::draw() {
  map_.drawing.id = request_.id;
  map_.drawing.title = request_.title;
  map_.drawing.width_mm = view_.width_mm;
  map_.drawing.height_mm = view_.height_mm;
  const Box frame = view_.frame();
  labels_.keep_off(Box{{frame.max.x - 8, 0}, {frame.max.x, 12}});  // north arrow
  labels_.keep_off(Box{{0, frame.max.y - 9}, {50, frame.max.y}});  // scale bar
  const show::Site& site = context_.show.site;
  if (shows_safety() && !request_.air && !site.safety.empty()) {
    labels_.keep_off(Box{{frame.max.x - 75, frame.max.y - 6.5}, frame.max});  // safety key
  }
  place_marks();
  add(ClipTo{.box = frame});
  add(rectangle(frame, {.fill = Ink::tint}));
  draw_areas();
  if (request_.formed_up && !request_.air) {
    for (const FormedUp& one : formed_up(context_)) {
      const auto outline = ring({one.corners.begin(), one.corners.end()});
      if (outline.size() > 2) labels_.keep_off(extent_of(outline));
    }
  }
  draw_routes();
  if (shows_safety()) draw_emergency_lanes();
  draw_formed_up();
  draw_performers();
  if (shows_safety()) draw_first_aid_posts();
  draw_inset();
  if (request_.far_places) draw_far_places();
  name_all();
  draw_furniture();
  if (shows_safety()) draw_safety_key();
  draw_marks();
  add(ClipTo{.whole = true});
  add(rectangle({{0.1, 0.1}, frame.max - Point{0.1, 0.1}}, {.stroke = Ink::rule, .width_mm = 0.2}));
  return std::move(map_);
}

void draw_scale_bar(const Context& context, double scale, Point at, double width_mm,
                    Drawing& drawing) {
  const double metres = round_down_125(width_mm / 2 * scale / 1000);
  const double length = metres * 1000 / scale;
  const auto add = [&](Shape shape) { drawing.shapes.push_back(std::move(shape)); };
  add(rectangle({at + Point{0, -1}, at + Point{length, 0}},
                {.fill = Ink::paper, .stroke = Ink::text, .width_mm = 0.15}));
  add(rectangle({at + Point{0, -1}, at + Point{length / 2, 0}}, {.fill = Ink::text}));
  add(Label{.at = at + Point{0, -1.8},
            .text = context.format.length(metres),
            .size_mm = 2.2,
            .halo = true});
}

Map draw_map(const Context& context, const MapView& view, const MapRequest& request) {
  Map map = MapDrawing(context, view, request).draw();
  std::vector<std::string> routes;
  std::vector<std::string> stations;
  for (const show::Route& route : context.show.site.routes) {
    if (request.about && &context.show[*request.about] != &route) continue;
    if (route.air == request.air) routes.push_back(route.name);
  }
  for (const show::Station& station : context.show.site.stations) {
    if (request.about && !(*request.about == station.route)) continue;
    if (context.show[station.route].air == request.air) stations.push_back(station.name);
  }
  map.drawing.description = context.words(
      Msg::map_description, context.format.count(std::llround(view.scale)),
      fmt::format("{}", fmt::join(routes, ", ")), fmt::format("{}", fmt::join(stations, ", ")));
  return map;
}

}  // namespace defilada::drawing