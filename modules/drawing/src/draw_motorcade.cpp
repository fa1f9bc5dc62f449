// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_motorcade.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kMargin = 12;  // mm for names
constexpr int kSteps = 240;     // of the driven line

std::vector<geo::Vec2> driven(const show::Show& show, const plan::MotorcadePlan& motorcade) {
  const show::Motorcade& what = show[motorcade.motorcade];
  const geo::Route& road = show[what.route].geometry;
  const double from = std::max(0.0, show[what.from].s_m - motorcade.length_m);
  std::vector<geo::Vec2> line;
  for (int i = 0; i <= kSteps; ++i)
    line.push_back(road.at(from + (road.length() - from) * i / kSteps).position);
  return line;
}

MapView view_of(std::vector<geo::Vec2> points, double width_mm, double height_max_mm) {
  geo::Vec2 low = points.front();
  geo::Vec2 high = low;
  for (const geo::Vec2 p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double scale =
      round_up_scale(std::max({1000 * (high.x - low.x) / (width_mm - 2 * kMargin),
                               1000 * (high.y - low.y) / (height_max_mm - 2 * kMargin), 500.0}));
  const double height =
      std::clamp(std::ceil((high.y - low.y) * 1000 / scale + 2 * kMargin), 42.0, height_max_mm);
  return {.centre = 0.5 * (low + high), .scale = scale, .width_mm = width_mm, .height_mm = height};
}

}  // namespace

MotorcadeMap draw_motorcade(const Context& context, const plan::MotorcadePlan& motorcade,
                            int number, double width_mm, double height_max_mm) {
  const show::Motorcade& what = context.show[motorcade.motorcade];
  const std::vector<geo::Vec2> line = driven(context.show, motorcade);
  std::vector<geo::Vec2> seen = line;
  for (const geo::Vec2 corner : context.show[what.to].polygon.outer) seen.push_back(corner);
  const MapView view = view_of(std::move(seen), width_mm, height_max_mm);
  Map map = draw_map(context, view,
                     {.id = "map-motorcade-" + std::to_string(number),
                      .title = context.words(Msg::motorcade_map, what.name),
                      .about = what.route});
  Path thick{.style = {.stroke = Ink::accent, .width_mm = 0.9}};
  std::vector<Point> paper;
  for (const geo::Vec2 p : line) paper.push_back(view.paper(p));
  thick.lines.push_back(std::move(paper));
  auto& shapes = map.drawing.shapes;
  const auto first_name = std::find_if(shapes.begin(), shapes.end(), [](const Shape& shape) {
    return std::holds_alternative<Label>(shape);
  });
  shapes.insert(first_name, std::move(thick));
  return {std::move(map), view};
}

}  // namespace defilada::drawing
