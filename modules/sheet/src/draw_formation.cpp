// SPDX-License-Identifier: MIT
#include "draw_formation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "draw_map.hpp"
#include "labels.hpp"

namespace defilada::sheet {
namespace {

constexpr double kLeastMark = 0.25;  // mm

/// Bodies of one part as shapes: rectangles for what stands on the ground, plans for aircraft.
class BodyPen {
 public:
  BodyPen(const show::Kind& kind, Ink ink, double scale)
      : kind_(kind),
        length_(std::max(kLeastMark, 1000 / scale * kind.length_m)),
        width_(std::max(kLeastMark, 1000 / scale * kind.width_m)) {
    const double thin = std::clamp(0.12 * std::min(length_, width_), 0.12, 0.8);
    bodies_.style = {.stroke = ink, .width_mm = show::flies(kind.category) ? thin * 1.6 : width_};
    wings_.style = {.stroke = ink, .width_mm = thin};
    rotors_.style = {.fill = ink, .fill_opacity = 0.12, .stroke = ink, .width_mm = 0.1};
    rotors_.radius_mm = width_ / 2;
  }

  /// The middle of a body that faces up the page.
  void add(Point middle) {
    const Point nose = middle - Point{0, length_ / 2};
    const Point tail = middle + Point{0, length_ / 2};
    bodies_.lines.push_back({nose, tail});
    if (kind_.category == show::Category::helicopter || kind_.category == show::Category::drone) {
      rotors_.centres.push_back(middle);
    } else if (kind_.category == show::Category::aeroplane) {
      const Point root = nose + Point{0, 0.38 * length_};
      const Point sweep{0, 0.18 * length_};
      const Point half{width_ / 2, 0};
      wings_.lines.push_back({root - half + sweep, root, root + half + sweep});
      wings_.lines.push_back({tail - 0.36 * half, tail, tail + 0.36 * half});
    }
  }
  void draw(Drawing& drawing) {
    if (!rotors_.centres.empty()) drawing.shapes.emplace_back(std::move(rotors_));
    if (!wings_.lines.empty()) drawing.shapes.emplace_back(std::move(wings_));
    if (!bodies_.lines.empty()) drawing.shapes.emplace_back(std::move(bodies_));
  }

 private:
  const show::Kind& kind_;
  double length_;
  double width_;
  Path bodies_;
  Path wings_;
  Discs rotors_;
};

/// A triangle that points up: the direction of march.
Path march_arrow(Point tip) {
  return {.lines = {{tip, tip + Point{1.1, 2.2}, tip + Point{-1.1, 2.2}}},
          .closed = true,
          .style = {.fill = Ink::faint}};
}

double fitting_scale(const Box& extent, double width_mm, double height_mm) {
  return round_up_scale(
      std::max({1000 * extent.width() / width_mm, 1000 * extent.height() / height_mm, 20.0}));
}

}  // namespace

Box formation_extent(const Context& context, show::ContingentId id) {
  Box extent{{1e9, 1e9}, {-1e9, -1e9}};
  for (const PlacedPart& placed : context.parts(id)) {
    const show::Kind& kind = context.show[placed.part->kind];
    for (const formation::Slot& slot : placed.layout.slots) {
      const Point middle{-slot.left_m - placed.part->left_m, placed.back_m + slot.back_m};
      const Point half{kind.width_m / 2, kind.length_m / 2};
      extent.min = {std::min(extent.min.x, middle.x - half.x),
                    std::min(extent.min.y, middle.y - half.y)};
      extent.max = {std::max(extent.max.x, middle.x + half.x),
                    std::max(extent.max.y, middle.y + half.y)};
    }
  }
  return extent.min.x > extent.max.x ? Box{} : extent;
}

void draw_bodies(const Context& context, show::ContingentId id, double scale, Point head,
                 Drawing& drawing) {
  const double k = 1000 / scale;
  for (const PlacedPart& placed : context.parts(id)) {
    BodyPen pen(context.show[placed.part->kind], context.ink(id), scale);
    for (const formation::Slot& slot : placed.layout.slots) {
      pen.add(head + k * Point{-slot.left_m - placed.part->left_m, placed.back_m + slot.back_m});
    }
    pen.draw(drawing);
  }
}

Drawing draw_formation(const Context& context, show::ContingentId id, double width_mm,
                       double height_mm) {
  const Box extent = formation_extent(context, id);
  const double scale = fitting_scale(extent, width_mm - 2, height_mm - 10);
  const double k = 1000 / scale;
  Drawing drawing{.id = "formation-" + context.card_id(id),
                  .title = context.words(Msg::formation_title, context.label(id)),
                  .description = context.words(
                      Msg::formation_description, context.formation_words(id),
                      context.format.length(extent.width()), context.format.length(extent.height()),
                      context.format.count(std::llround(scale))),
                  .width_mm = width_mm,
                  .height_mm = std::min(height_mm, std::max(16.0, k * extent.height() + 10))};
  drawing.shapes.emplace_back(march_arrow({width_mm / 2, 0.2}));
  const Point head{width_mm / 2 - k * (extent.min.x + extent.max.x) / 2, 3.2 - k * extent.min.y};
  draw_bodies(context, id, scale, head, drawing);
  draw_scale_bar(context, scale, {0.2, drawing.height_mm - 0.4}, std::min(width_mm, 26.0), drawing);
  return drawing;
}

namespace {

/// Rows of cells, each as wide as the widest formation needs.
struct Grid {
  double cell_mm = 0;
  double row_mm = 0;
  std::size_t columns = 1;
  double scale = 1;
};

Grid choose_grid(const Context& context, const show::Procession& procession, double width_mm) {
  double widest_m = 0;
  double deepest_m = 0;
  for (const show::ContingentId id : procession.order) {
    const Box extent = formation_extent(context, id);
    widest_m = std::max(widest_m, extent.width());
    deepest_m = std::max(deepest_m, extent.height());
  }
  Grid grid;
  const double columns = std::clamp(static_cast<double>(procession.order.size()), 4.0, 8.0);
  grid.columns = static_cast<std::size_t>(columns);
  grid.cell_mm = width_mm / columns;
  grid.scale = fitting_scale({{0, 0}, {widest_m, deepest_m}}, grid.cell_mm - 3, 45);
  grid.row_mm = deepest_m * 1000 / grid.scale + 13;
  return grid;
}

}  // namespace

Drawing draw_procession(const Context& context, show::ProcessionId id, double width_mm) {
  const show::Procession& procession = context.show[id];
  const Grid grid = choose_grid(context, procession, width_mm);
  const std::size_t rows = (procession.order.size() + grid.columns - 1) / grid.columns;
  Drawing drawing{.id = "formations-" + context.procession_id(id),
                  .title = context.words(Msg::flypast_drawing, procession.name),
                  .description = context.words(Msg::flypast_drawing_description,
                                               context.format.count(std::llround(grid.scale))),
                  .width_mm = width_mm,
                  .height_mm = grid.row_mm * static_cast<double>(rows) + 5};
  for (std::size_t i = 0; i < procession.order.size(); ++i) {
    const show::ContingentId contingent = procession.order[i];
    const Box extent = formation_extent(context, contingent);
    const double k = 1000 / grid.scale;
    const Point top{(static_cast<double>(i % grid.columns) + 0.5) * grid.cell_mm,
                    static_cast<double>(i / grid.columns) * grid.row_mm};
    drawing.shapes.emplace_back(march_arrow(top + Point{0, 0.2}));
    draw_bodies(context, contingent, grid.scale,
                top + Point{-k * (extent.min.x + extent.max.x) / 2, 3.4 - k * extent.min.y},
                drawing);
    const std::string name = context.words(Msg::band_label, i + 1, context.label(contingent));
    drawing.shapes.emplace_back(Label{.at = top + Point{0, grid.row_mm - 5},
                                      .text = fit_text(name, 2.2, grid.cell_mm - 1.5),
                                      .size_mm = 2.2,
                                      .anchor = Anchor::middle});
  }
  draw_scale_bar(context, grid.scale, {0.2, drawing.height_mm - 0.4}, 50, drawing);
  return drawing;
}

}  // namespace defilada::sheet
