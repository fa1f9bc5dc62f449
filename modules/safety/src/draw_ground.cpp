// SPDX-License-Identifier: MIT
#include "draw_ground.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "defilada/crowd/measure.hpp"
#include "defilada/geo/polygon.hpp"
#include "defilada/safety/service.hpp"
#include "draw_chart.hpp"

namespace defilada::safety {
namespace {

using drawing::Anchor;
using drawing::Box;
using drawing::Dash;
using drawing::Drawing;
using drawing::Label;
using drawing::MapView;
using drawing::Path;
using drawing::Point;
using drawing::Shape;
using drawing::Style;
using geo::Vec2;

constexpr double kMargin_m = 8;  // around the ground
constexpr double kSpan = 2.4;    // mm, height of short names

/// A colour class: from this value on.
struct Tone {
  double from = 0;
  Style style{};
  std::string meaning{};
};

/// Lightness falls from class to class, so that they differ in black and white, too; what breaks
/// the limit has a colour of its own.
std::vector<Tone> density_tones(const Context& context) {
  const double limit = context.said.limits.density;
  std::vector<Tone> tones;
  constexpr std::array kFrom{0.1, 0.5, 1.0, 2.0, 3.0, 4.0};
  constexpr std::array kOpacity{0.13, 0.27, 0.42, 0.58, 0.76, 0.95};
  for (std::size_t k = 0; k < kFrom.size() && kFrom[k] < limit; ++k) {
    const double to = k + 1 < kFrom.size() ? std::min(kFrom[k + 1], limit) : limit;
    tones.push_back({kFrom[k],
                     {.fill = Ink::series_1, .fill_opacity = kOpacity[k]},
                     context.say(phrase("{} to {} per m²", context.format.decimal(kFrom[k], 1),
                                        context.format.decimal(to, 1)))});
  }
  tones.push_back({std::nextafter(limit, 1e9),
                   {.fill = Ink::accent},
                   context.say(phrase("over the limit of {}", context.format.decimal(limit, 2)))});
  return tones;
}

std::vector<Tone> service_tones() {
  constexpr std::array kInk{Ink::good,     Ink::good,   Ink::series_4,
                            Ink::series_4, Ink::accent, Ink::accent};
  constexpr std::array kOpacity{0.25, 0.6, 0.45, 0.95, 0.6, 1.0};
  std::vector<Tone> tones;
  for (std::size_t k = 0; k < kInk.size(); ++k) {
    tones.push_back({static_cast<double>(k),
                     {.fill = kInk[k], .fill_opacity = kOpacity[k]},
                     std::string(1, crowd::letter(static_cast<crowd::LevelOfService>(k)))});
  }
  return tones;
}

std::vector<Tone> tones_of(const Context& context, Layer layer) {
  return layer == Layer::density ? density_tones(context) : service_tones();
}

class GroundDrawing {
 public:
  GroundDrawing(const Context& context, const MapView& view) : context_(context), view_(view) {
    drawing_.width_mm = view.width_mm;
    drawing_.height_mm = view.height_mm;
  }

  Drawing draw(const Phase* phase, Layer layer, bool named) {
    add(drawing::ClipTo{.box = view_.frame()});
    walkable();
    if (phase != nullptr && layer != Layer::none) cells(phase->map, layer);
    outlines(layer);
    lines();
    if (named) names();
    if (phase != nullptr && layer == Layer::density) densest(*phase);
    add(drawing::ClipTo{.whole = true});
    add(drawing::rectangle(view_.frame(), {.stroke = Ink::rule, .width_mm = 0.2}));
    furniture();
    return std::move(drawing_);
  }

 private:
  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }

  [[nodiscard]] std::vector<Point> paper(const std::vector<Vec2>& points) const {
    std::vector<Point> out;
    for (const Vec2& each : points) out.push_back(view_.paper(each));
    return out;
  }
  void area(const geo::Polygon& polygon, const Style& style) {
    Path path{.lines = {paper(polygon.outer)}, .closed = true, .style = style};
    for (const auto& hole : polygon.holes) path.lines.push_back(paper(hole));
    add(std::move(path));
  }

  void walkable() {
    constexpr Style kGround{.fill = Ink::tint};
    for (const auto& each : context_.said.ground) area(each.polygon, kGround);
    for (const auto& each : context_.said.crossings) area(each.polygon, kGround);
    for (const auto& each : context_.said.stops) area(each.polygon, kGround);
    for (const auto& each : context_.said.amenities) area(each.polygon, kGround);
    for (const auto& each : context_.said.zones) area(context_.show[each.area].polygon, kGround);
  }

  [[nodiscard]] bool in_zone(Vec2 at) const {
    return std::any_of(context_.said.zones.begin(), context_.said.zones.end(),
                       [&](const show::Zone& zone) {
                         return geo::contains(context_.show[zone.area].polygon, at);
                       });
  }

  /// Neighbours of a row that have one class are one box.
  void cells(const spectators::DensityMap& map, Layer layer) {
    const std::vector<Tone> tones = tones_of(context_, layer);
    std::vector<Path> paths;
    for (const Tone& tone : tones) paths.push_back({.closed = true, .style = tone.style});
    const auto middle = [&](std::uint32_t column, std::uint32_t row) {
      return map.origin + Vec2{(column + 0.5) * map.cell_m, (row + 0.5) * map.cell_m};
    };
    const auto tone_of = [&](std::uint32_t column, std::uint32_t row) -> int {
      const double density = map.most[std::size_t{row} * map.columns + column];
      if (density < 0.1) return -1;
      if (layer == Layer::service) {
        const bool wait = in_zone(middle(column, row));
        return static_cast<int>(wait ? level_of_waiting(density)
                                     : crowd::level_of_service(density));
      }
      int tone = -1;
      for (const Tone& each : tones) tone += density >= each.from ? 1 : 0;
      return tone;
    };
    for (std::uint32_t row = 0; row < map.rows; ++row) {
      for (std::uint32_t column = 0; column < map.columns;) {
        const int tone = tone_of(column, row);
        std::uint32_t end = column + 1;
        while (end < map.columns && tone_of(end, row) == tone) ++end;
        if (tone >= 0) {
          const Vec2 half{0.5 * map.cell_m, 0.5 * map.cell_m};
          const Point low = view_.paper(middle(column, row) - half);
          const Point high = view_.paper(middle(end - 1, row) + half);
          paths[static_cast<std::size_t>(tone)].lines.push_back(
              {low, {high.x, low.y}, high, {low.x, high.y}});
        }
        column = end;
      }
    }
    for (Path& path : paths) {
      if (!path.lines.empty()) add(std::move(path));
    }
  }

  void outlines(Layer layer) {
    constexpr Style kObstacle{.fill = Ink::shade, .stroke = Ink::rule, .width_mm = 0.15};
    for (const auto& each : context_.said.obstacles) area(each.polygon, kObstacle);
    for (const auto& each : context_.show.site.areas) {
      if (each.use == show::AreaUse::obstacle) area(each.polygon, kObstacle);
    }
    const Ink fill = layer == Layer::none ? Ink::series_1 : Ink::none;
    for (const auto& each : context_.said.zones) {
      area(context_.show[each.area].polygon,
           {.fill = fill, .fill_opacity = 0.12, .stroke = Ink::series_1, .width_mm = 0.25});
    }
    for (const auto& each : context_.said.stops) {
      area(each.polygon, {.stroke = Ink::series_5, .width_mm = 0.35});
    }
    for (const auto& each : context_.said.crossings) {
      area(each.polygon, {.stroke = Ink::series_6, .width_mm = 0.25, .dash = Dash::dashed});
    }
    for (const auto& each : context_.said.amenities) {
      area(each.polygon, {.fill = layer == Layer::none ? Ink::series_4 : Ink::none,
                          .fill_opacity = 0.35,
                          .stroke = Ink::series_4,
                          .width_mm = 0.2});
    }
    for (const auto& each : context_.said.ground) {
      area(each.polygon, {.stroke = Ink::faint, .width_mm = 0.15});
    }
  }

  void lines() {
    for (const auto& lane : context_.show.site.safety.lanes) {
      add(drawing::line(
          paper(lane.points),
          {.stroke = Ink::accent, .width_mm = std::max(0.3, view_.mm(0.2)), .dash = Dash::dashed}));
    }
    for (const auto& each : context_.said.fences) {
      add(drawing::line(paper(each.points),
                        {.stroke = Ink::text,
                         .width_mm = 0.3,
                         .dash = each.lets_pass_rad ? Dash::dotted : Dash::solid}));
    }
    for (const auto& each : context_.said.gates) {
      for (const auto& queue : each.queues) {
        add(drawing::line(paper(queue.points),
                          {.stroke = Ink::series_2, .width_mm = 0.3, .dash = Dash::dashed}));
      }
      add(drawing::line(paper(each.points), {.stroke = Ink::series_2, .width_mm = 0.9}));
    }
    for (const auto& each : context_.said.exits) {
      add(drawing::line(paper(each.points), {.stroke = Ink::good, .width_mm = 1.1}));
    }
    Path cross{.style = {.stroke = Ink::accent, .width_mm = 0.5}};
    for (const auto& post : context_.show.site.safety.posts) {
      const Point at = view_.paper(post.position);
      cross.lines.push_back({at - Point{1, 0}, at + Point{1, 0}});
      cross.lines.push_back({at - Point{0, 1}, at + Point{0, 1}});
    }
    if (!cross.lines.empty()) add(std::move(cross));
  }

  /// Above or below, by as few rows as it takes, where it would lie on a name that is there.
  void keep_free(Label& label) {
    constexpr double kApart = 0.8;  // mm, so that two side by side are not read as one
    const double row_mm = 1.15 * label.size_mm;
    const Point wanted = label.at;
    for (int step = 0; step < 9; ++step) {
      const int rows = (step % 2 == 0 ? -1 : 1) * ((step + 1) / 2);
      label.at.y = wanted.y + rows * row_mm;
      const Box box = drawing::bounds(label);
      const bool free = std::none_of(names_.begin(), names_.end(), [&](const Box& other) {
        return box.min.x < other.max.x + kApart && other.min.x < box.max.x + kApart &&
               box.min.y < other.max.y && other.min.y < box.max.y;
      });
      if (free) return;
    }
    label.at = wanted;
  }
  void name(Point at, char letter, std::size_t index, Ink ink, double size = 1) {
    Label label{.at = at + Point{0, 0.35 * size * kSpan},
                .text = Context::code(letter, index),
                .size_mm = size * kSpan,
                .anchor = Anchor::middle,
                .ink = ink,
                .bold = true,
                .halo = true};
    // Those at the edge of the ground are named within the frame.
    const Box box = drawing::bounds(label);
    const Box frame = view_.frame();
    label.at.x +=
        std::max(0.0, frame.min.x + 0.6 - box.min.x) - std::max(0.0, box.max.x - frame.max.x + 0.6);
    label.at.y +=
        std::max(0.0, frame.min.y + 0.6 - box.min.y) - std::max(0.0, box.max.y - frame.max.y + 0.6);
    keep_free(label);
    names_.push_back(drawing::bounds(label));
    add(std::move(label));
  }
  /// Beside a line, away from the middle of the ground.
  [[nodiscard]] Point beside(const std::vector<Vec2>& line, double away_mm) const {
    const Point a = view_.paper(line.front());
    const Point b = view_.paper(line.back());
    const Point along = b - a;
    const double length = std::max(1e-9, std::hypot(along.x, along.y));
    Point across{-along.y / length, along.x / length};
    const Point middle = 0.5 * (a + b);
    const Point out = middle - Point{view_.width_mm / 2, view_.height_mm / 2};
    if (across.x * out.x + across.y * out.y < 0) across = -1 * across;
    return middle + away_mm * across;
  }
  void names() {
    const show::Spectators& said = context_.said;
    for (std::size_t i = 0; i < said.zones.size(); ++i) {
      name(view_.paper(geo::centroid(context_.show[said.zones[i].area].polygon)), 'Z', i,
           Ink::series_1);
    }
    for (std::size_t i = 0; i < said.stops.size(); ++i) {
      name(view_.paper(geo::centroid(said.stops[i].polygon)), 'S', i, Ink::series_5);
    }
    for (std::size_t i = 0; i < said.crossings.size(); ++i) {
      name(view_.paper(geo::centroid(said.crossings[i].polygon)), 'C', i, Ink::series_6);
    }
    for (std::size_t i = 0; i < said.gates.size(); ++i) {
      // Not among its queues.
      const double away_mm = said.gates[i].queues.empty() ? 2.2 : -2.2;
      name(beside(said.gates[i].points, away_mm), 'G', i, Ink::series_2);
    }
    for (std::size_t i = 0; i < said.exits.size(); ++i) {
      name(beside(said.exits[i].points, 2.4), 'E', i, Ink::good);
    }
    for (std::size_t i = 0; i < said.amenities.size(); ++i) {
      name(view_.paper(geo::centroid(said.amenities[i].polygon)), 'A', i, Ink::series_4, 0.75);
    }
    for (std::size_t i = 0; i < context_.show.site.safety.lanes.size(); ++i) {
      const auto& points = context_.show.site.safety.lanes[i].points;
      name(view_.paper(points[points.size() / 2]), 'L', i, Ink::accent);
    }
  }

  void densest(const Phase& phase) {
    if (phase.most_dense <= 0) return;
    add(drawing::Discs{.centres = {view_.paper(phase.most_dense_at)},
                       .radius_mm = 1.6,
                       .style = {.stroke = Ink::accent, .width_mm = 0.4}});
  }

  void furniture() {
    drawing::draw_scale_bar(context_, view_.scale, {2, view_.height_mm - 2.5},
                            std::min(60.0, view_.width_mm * 0.7), drawing_);
    const Point tip{view_.width_mm - 3, 2};
    add(Path{.lines = {{tip, tip + Point{1.3, 4}, tip + Point{0, 3.2}, tip + Point{-1.3, 4}}},
             .closed = true,
             .style = {.fill = Ink::text}});
  }

  const Context& context_;
  const MapView& view_;
  Drawing drawing_;
  std::vector<Box> names_;  ///< where short names lie
};

Box extent(const Context& context) {
  std::vector<Point> all;
  const auto take = [&](const std::vector<Vec2>& points) {
    for (const Vec2& each : points) all.push_back({each.x, each.y});
  };
  for (const auto& each : context.said.ground) take(each.polygon.outer);
  for (const auto& each : context.said.zones) take(context.show[each.area].polygon.outer);
  for (const auto& each : context.said.stops) take(each.polygon.outer);
  for (const auto& each : context.said.crossings) take(each.polygon.outer);
  for (const auto& each : context.said.amenities) take(each.polygon.outer);
  Box box = drawing::extent_of(all);
  const double margin = std::max(kMargin_m, 0.02 * std::max(box.width(), box.height()));
  // Room for the bar of the scale.
  box.min = box.min - Point{margin, margin + 0.035 * box.height()};
  box.max = box.max + Point{margin, margin};
  return box;
}

}  // namespace

double aspect_of(const Context& context) {
  const Box box = extent(context);
  return box.height() / box.width();
}

Drawing draw_ground(const Context& context, const Phase* phase, Layer layer, bool named,
                    const std::string& id, double width_mm, double height_most_mm) {
  const Box box = extent(context);
  MapView view;
  view.centre = {0.5 * (box.min.x + box.max.x), 0.5 * (box.min.y + box.max.y)};
  view.width_mm = width_mm;
  view.height_mm = std::min(height_most_mm, width_mm * box.height() / box.width());
  view.scale = 1000 * std::max(box.width() / view.width_mm, box.height() / view.height_mm);
  Drawing drawing = GroundDrawing(context, view).draw(phase, layer, named);
  drawing.id = id;
  return drawing;
}

Drawing draw_key(const Context& context, Layer layer, double width_mm) {
  constexpr double kRow = 4.6;
  constexpr double kBox = 4;
  Drawing drawing{.width_mm = width_mm};
  double x = 0;
  double y = 0;
  for (const Tone& tone : tones_of(context, layer)) {
    const double width = kBox + 1.4 + drawing::text_width_mm(tone.meaning, 2.2) + 3.5;
    if (x > 0 && x + width > width_mm) {
      x = 0;
      y += kRow;
    }
    drawing.shapes.emplace_back(
        drawing::rectangle({{x, y + 0.6}, {x + kBox, y + 3.6}}, tone.style));
    drawing.shapes.emplace_back(drawing::rectangle({{x, y + 0.6}, {x + kBox, y + 3.6}},
                                                   {.stroke = Ink::rule, .width_mm = 0.15}));
    drawing.shapes.emplace_back(
        Label{.at = {x + kBox + 1.4, y + 2.9}, .text = tone.meaning, .size_mm = 2.2});
    x += width;
  }
  drawing.height_mm = y + kRow;
  return drawing;
}

Figure map_figure(const Context& context, const Phase& phase, const std::string& id) {
  constexpr double kGap = 6;
  constexpr double kHead = 5;
  const bool tall = aspect_of(context) > 0.9;
  const double width = tall ? (kWidth - kGap) / 2 : kWidth;
  const double most = tall ? 196 : 88;
  Drawing figure{.id = id,
                 .title = context.name_of(phase),
                 .description = context.say(phrase(
                     "The greatest density of each place and the level of service that it gave; "
                     "densest with {:.2f} people per m² at {}.",
                     phase.most_dense, context.clock(phase.most_dense_s))),
                 .width_mm = kWidth};
  Point at{0, 0};
  for (const Layer layer : {Layer::density, Layer::service}) {
    const Drawing map = draw_ground(context, &phase, layer, true, id, width, most);
    const Drawing key = draw_key(context, layer, width);
    figure.shapes.emplace_back(Label{
        .at = at + Point{0, 3.4},
        .text = layer == Layer::density ? context.say(phrase("Greatest density"))
                                        : context.say(phrase("Level of service at it, A to F")),
        .size_mm = 2.8,
        .bold = true});
    put(figure, map, at + Point{0, kHead});
    put(figure, key, at + Point{0, kHead + map.height_mm + 1});
    const double height = kHead + map.height_mm + 1 + key.height_mm;
    figure.height_mm = std::max(figure.height_mm, at.y + height);
    at = tall ? Point{width + kGap, 0} : Point{0, at.y + height + 3};
  }
  const std::string caption =
      phase.most_dense > 0
          ? context.say(phrase(
                "{}. Densest outside of the stands, in the ring: {:.2f} people per m² at {}. "
                "Cells of {:.0f} m; what was greatest at any look, not at one time.",
                context.name_of(phase), phase.most_dense, context.clock(phase.most_dense_s),
                phase.map.cell_m))
          : context.name_of(phase);
  return {std::move(figure), Rich(caption, Emphasis::small)};
}

Section build_maps(const Context& context) {
  Section section{
      .id = "maps", .title = context.say(phrase("Where it gets dense")), .new_page = true};
  for (std::size_t k = 0; k < context.subject.phases.size(); ++k) {
    const Phase& phase = context.subject.phases[k];
    const std::string id = std::to_string(k + 1);
    section.blocks.emplace_back(sheet::Heading{"map-" + id, context.name_of(phase)});
    section.blocks.emplace_back(map_figure(context, phase, "density-" + id));
  }
  return section;
}

}  // namespace defilada::safety
