// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"
#include "defilada/geo/frame.hpp"

namespace defilada::drawing {

/// A window on the site, north up: `centre` in the middle, 1 : `scale`.
struct MapView {
  geo::Vec2 centre{};
  double scale = 1;
  double width_mm = 0;
  double height_mm = 0;

  [[nodiscard]] Point paper(geo::Vec2 p) const noexcept {
    const double k = 1000 / scale;
    return {width_mm / 2 + k * (p.x - centre.x), height_mm / 2 - k * (p.y - centre.y)};
  }
  [[nodiscard]] double mm(double metres) const noexcept { return 1000 / scale * metres; }
  [[nodiscard]] Box frame() const noexcept { return {{0, 0}, {width_mm, height_mm}}; }
};

/// What the marches use of the ground: their ways from line-up to end, stands, obstacles, who
/// performs in place, and what lies among them. Roads and areas far away that only guests use are
/// left to arrows at the frame (MapRequest::far_places). Where nothing marches: all ground routes
/// and areas. nullopt if the show has none.
[[nodiscard]] std::optional<MapView> ground_view(const Context& context, double width_mm,
                                                 double height_max_mm);
/// The air lines; nullopt if the show has none.
[[nodiscard]] std::optional<MapView> air_view(const Context& context, double width_mm,
                                              double height_max_mm);
/// Around the first procession's key station, so near that its neighbours come apart; nullopt where
/// the overview shows them well enough.
struct Detail {
  MapView view;
  show::StationId station;
};
[[nodiscard]] std::optional<Detail> detail_view(const Context& context, const MapView& overview,
                                                double height_mm);

struct Map {
  Drawing drawing;
  std::vector<std::string> unlabelled;  ///< what there was no room to name
};
/// A numbered place.
struct MapMark {
  geo::Vec2 at{};
  std::string text{};
  bool breaks = false;  ///< a limit is broken there
};
/// What is about the marks that lie in `overview`, as large as they allow: with the ground for 150
/// m around them. nullopt: none lies there.
[[nodiscard]] std::optional<MapView> marks_view(const MapView& overview,
                                                std::span<const MapMark> marks, double width_mm,
                                                double height_max_mm);
/// What lies within `inset` is drawn, but named in another map.
struct MapRequest {
  std::string id{};
  std::string title{};
  bool air = false;  ///< names the stations of air lines, too
  std::optional<MapView> inset{};
  bool formed_up = false;  ///< draws the contingents of marches as they stand in their line-up
  /// Names only this route, its stations and the areas that it passes; draws no air lines.
  std::optional<show::RouteId> about{};
  /// Those in the view are drawn, above all else. For their sake capacities, emergency lanes and
  /// first-aid posts are left out, and names of what is not near one and has no room for its name.
  std::vector<MapMark> marks{};
  bool far_places = false;  ///< an arrow and a distance for areas outside of the frame
};
[[nodiscard]] Map draw_map(const Context& context, const MapView& view, const MapRequest& request);

/// "100 m" and a bar of that length, its left end at `at`; between a fifth and half of `width_mm`
/// long.
void draw_scale_bar(const Context& context, double scale, Point at, double width_mm,
                    Drawing& drawing);

}  // namespace defilada::drawing
