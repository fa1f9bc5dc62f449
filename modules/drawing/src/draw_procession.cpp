// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kGridHeight = 150;  // mm of all rows together, where they can be as small
constexpr double kGridNames = 13;    // mm of a row: the arrow above, two lines of name below
constexpr double kName = 2.2;        // mm

/// A name in at most two lines of a width.
std::vector<std::string> two_lines(const std::string& text, double size_mm, double width_mm) {
  if (text_width_mm(text, size_mm) <= width_mm) return {text};
  std::size_t cut = std::string::npos;
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    if (text_width_mm(text.substr(0, at), size_mm) <= width_mm) cut = at;
  }
  if (cut == std::string::npos) return {fit_text(text, size_mm, width_mm)};
  return {text.substr(0, cut), fit_text(text.substr(cut + 1), size_mm, width_mm)};
}

/// Rows of cells, all as large as the largest formation needs.
struct Grid {
  std::vector<Silhouette> silhouettes;
  std::size_t columns = 1;
  std::size_t rows = 1;
  double cell_mm = 0;
  double row_mm = 0;
  double scale = 1;
};

Grid choose_grid(const Context& context, const show::Procession& procession, double width_mm,
                 const GridSize& size) {
  Grid grid;
  for (const show::ContingentId id : procession.order) grid.silhouettes.emplace_back(context, id);
  grid.columns =
      size.columns > 0 ? size.columns : std::clamp<std::size_t>(procession.order.size(), 4, 8);
  grid.rows = (procession.order.size() + grid.columns - 1) / grid.columns;
  grid.cell_mm = width_mm / static_cast<double>(grid.columns);
  const double depth_mm =
      size.depth_mm > 0
          ? size.depth_mm
          : std::clamp(kGridHeight / static_cast<double>(grid.rows) - kGridNames, 8.0, 70.0);
  double deepest_mm = 0;
  for (const Silhouette& each : grid.silhouettes) {
    grid.scale = std::max(grid.scale, each.scale_for(grid.cell_mm - 3, depth_mm));
  }
  for (const Silhouette& each : grid.silhouettes) {
    deepest_mm = std::max(deepest_mm, each.depth_mm(grid.scale));
  }
  grid.row_mm = deepest_mm + kGridNames;
  return grid;
}

/// To the right of a contingent that is alone: what its parts are.
void name_parts(const std::vector<Silhouette::DrawnPart>& parts, double left_mm, double right_mm,
                Drawing& drawing) {
  std::vector<const Silhouette::DrawnPart*> named;
  std::vector<double> wanted;
  for (const Silhouette::DrawnPart& part : parts) {
    if (part.part->part->label.empty()) continue;
    named.push_back(&part);
    wanted.push_back((part.y0 + part.y1) / 2);
  }
  const std::vector<double> placed = spread(wanted, 3.2, 2, drawing.height_mm - 8);
  for (std::size_t i = 0; i < named.size(); ++i) {
    drawing.shapes.emplace_back(
        line({{named[i]->x1 + 1, wanted[i]}, {left_mm - 3, wanted[i]}, {left_mm - 1, placed[i]}},
             {.stroke = Ink::rule, .width_mm = 0.15}));
    drawing.shapes.emplace_back(
        Label{.at = {left_mm, placed[i] + 0.75},
              .text = fit_text(named[i]->part->part->label, kName + 0.2, right_mm - left_mm),
              .size_mm = kName + 0.2});
  }
}

}  // namespace

Drawing draw_procession(const Context& context, show::ProcessionId id, double width_mm,
                        const GridSize& size) {
  const show::Procession& procession = context.show[id];
  const Grid grid = choose_grid(context, procession, width_mm, size);
  Drawing drawing{.id = "formations-" + context.procession_id(id),
                  .title = context.words(Msg::flypast_drawing, procession.name),
                  .description = context.words(Msg::flypast_drawing_description,
                                               context.format.count(std::llround(grid.scale))),
                  .width_mm = width_mm,
                  .height_mm = grid.row_mm * static_cast<double>(grid.rows) + 5};
  for (std::size_t i = 0; i < procession.order.size(); ++i) {
    const Point top{(static_cast<double>(i % grid.columns) + 0.5) * grid.cell_mm,
                    static_cast<double>(i / grid.columns) * grid.row_mm};
    drawing.shapes.emplace_back(march_arrow(top + Point{0, 0.2}));
    const auto parts = grid.silhouettes[i].draw(grid.scale, top + Point{0, 3.4}, drawing);
    if (procession.order.size() == 1) name_parts(parts, grid.cell_mm + 4, width_mm, drawing);
    const std::string name =
        context.words(Msg::band_label, i + 1, context.label(procession.order[i]));
    double baseline = top.y + grid.row_mm - 6.5;
    for (const std::string& line : two_lines(name, kName, grid.cell_mm - 1.5)) {
      drawing.shapes.emplace_back(
          Label{.at = {top.x, baseline}, .text = line, .size_mm = kName, .anchor = Anchor::middle});
      baseline += 2.6;
    }
  }
  draw_scale_bar(context, grid.scale, {0.2, drawing.height_mm - 0.4}, 50, drawing);
  return drawing;
}

}  // namespace defilada::drawing
