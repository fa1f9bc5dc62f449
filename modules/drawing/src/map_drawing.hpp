// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <set>
#include <vector>

#include "defilada/drawing/draw_map.hpp"
#include "labels.hpp"

namespace defilada::drawing {

/// Draws one map: ground first, then routes, then points, then names, then the furniture.
class MapDrawing {
 public:
  MapDrawing(const Context& context, const MapView& view, const MapRequest& request)
      : context_(context), view_(view), request_(request), labels_(inner(view.frame())) {}

  Map draw();

 private:
  [[nodiscard]] static Box inner(const Box& frame) noexcept {
    return {frame.min + Point{0.8, 0.8}, frame.max - Point{0.8, 0.8}};
  }
  void add(Shape shape) { map_.drawing.shapes.push_back(std::move(shape)); }
  [[nodiscard]] std::vector<Point> ring(const std::vector<geo::Vec2>& points) const;
  [[nodiscard]] std::vector<Point> sample(const geo::Route& route, double left_m) const;

  void draw_areas();
  void draw_routes();
  void draw_strip(const show::Route& route);
  void draw_air_line(const show::Route& route);
  void draw_arrows(const show::Route& route);
  [[nodiscard]] std::vector<std::vector<Point>> performer_outlines(show::ContingentId id) const;
  void draw_performers();
  void draw_stations();
  void draw_formed_up();
  void draw_emergency_lanes();
  void draw_first_aid_posts();
  void draw_safety_key();
  void draw_far_places();
  /// A map of marks is about them.
  [[nodiscard]] bool shows_safety() const { return request_.marks.empty(); }
  void draw_inset();
  void place_marks();
  void draw_marks();
  void draw_furniture();
  void name_all();
  void name(geo::Vec2 at, LabelPlacer::Request request);
  /// Names what covers `box` on paper and is at `at` on the ground.
  void name_box(geo::Vec2 at, const Box& box, LabelPlacer::Request request);
  void name_stations(bool key_only);
  bool name_beside(const show::Station& station, const LabelPlacer::Request& request);
  /// A point on paper and a unit vector across what passes there.
  struct Place {
    Point at;
    Point normal;
  };
  [[nodiscard]] static std::vector<Point> places_off(const Place& place, double reach,
                                                     const LabelPlacer::Request& request,
                                                     std::initializer_list<double> slides);
  [[nodiscard]] LabelPlacer::Request station_name(const show::Station& station, bool key) const;
  [[nodiscard]] Place across(const show::Station& station) const;
  [[nodiscard]] bool is_well_named_at(const show::Station& station,
                                      LabelPlacer::Request request) const;
  [[nodiscard]] std::vector<Place> places_along(const show::Route& route) const;
  [[nodiscard]] LabelPlacer::Request route_name(const show::Route& route) const;
  void name_within(const show::Route& route);
  bool name_off(const Place& place, double reach, LabelPlacer::Request request);
  [[nodiscard]] LabelPlacer::Request area_name(const show::Area& area) const;
  void name_areas();
  void name_first_aid_posts();
  void name_emergency_lanes();
  void name_performers();
  void name_routes();
  [[nodiscard]] Box paper_extent(const show::Area& area) const;
  /// Half the length of a station's line across its route, mm.
  [[nodiscard]] double half_line(const show::Route& route) const {
    return std::max(view_.mm(route.width_m) / 2 + 0.8, 1.4);
  }
  [[nodiscard]] bool is_near_a_mark(const Box& box) const;
  [[nodiscard]] bool is_named_elsewhere(geo::Vec2 at) const;
  [[nodiscard]] bool is_key(std::size_t station) const;
  [[nodiscard]] bool is_about(show::RouteId route) const;
  [[nodiscard]] bool is_about(const show::Area& area) const;
  [[nodiscard]] show::RouteId id_of(const show::Route& route) const {
    return {static_cast<std::uint32_t>(&route - context_.show.site.routes.data())};
  }
  [[nodiscard]] bool is_aside(const show::Station& station) const;
  [[nodiscard]] bool shows_station(const show::Station& station) const;

  const Context& context_;
  const MapView& view_;
  const MapRequest& request_;
  LabelPlacer labels_;
  std::vector<Point> arrows_;
  std::vector<Point> discs_;  ///< (mark) middle of its number, of those in the view
  std::set<const show::Route*> named_routes_;
  Map map_;
};

}  // namespace defilada::drawing
