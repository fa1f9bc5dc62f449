// SPDX-License-Identifier: MIT
#include "plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace defilada::crowd::validation {
namespace {

using drawing::Anchor;
using drawing::Box;
using drawing::Dash;
using drawing::Discs;
using drawing::Drawing;
using drawing::Ink;
using drawing::Label;
using drawing::Path;
using drawing::Point;
using drawing::Style;

constexpr double kWidth_mm = 130;
constexpr double kHeight_mm = 84;
constexpr Box kFrame{{15, 11}, {126, 70}};
constexpr double kText_mm = 2.9;

class Chart {
 public:
  explicit Chart(const Plot& plot) : plot_(plot) {
    drawing_.id = plot.file;
    drawing_.title = plot.title;
    drawing_.description = plot.description;
    drawing_.width_mm = kWidth_mm;
    drawing_.height_mm = kHeight_mm;
  }

  Drawing draw() {
    add(drawing::rectangle({{0, 0}, {kWidth_mm, kHeight_mm}}, Style{.fill = Ink::paper}));
    label({kFrame.min.x, 6}, plot_.title, Anchor::start, Ink::text, true);
    draw_axes();
    add(drawing::ClipTo{kFrame, false});
    for (const Series& series : plot_.series) draw_series(series);
    add(drawing::ClipTo{{}, true});
    draw_legend();
    return std::move(drawing_);
  }

 private:
  void add(drawing::Shape shape) { drawing_.shapes.push_back(std::move(shape)); }
  void label(Point at, const std::string& text, Anchor anchor, Ink ink = Ink::text,
             bool bold = false, double rotation_deg = 0) {
    Label made;
    made.at = at;
    made.text = text;
    made.size_mm = kText_mm;
    made.anchor = anchor;
    made.ink = ink;
    made.bold = bold;
    made.rotation_deg = rotation_deg;
    add(made);
  }
  [[nodiscard]] Point place(Point p) const {
    const double x = (p.x - plot_.x.least) / (plot_.x.most - plot_.x.least);
    const double y = (p.y - plot_.y.least) / (plot_.y.most - plot_.y.least);
    return {kFrame.min.x + x * kFrame.width(), kFrame.max.y - y * kFrame.height()};
  }
  static std::string mark(double value, double step) {
    const int decimals = step >= 1 ? 0 : step >= 0.1 - 1e-9 ? 1 : 2;
    return fmt::format("{:.{}f}", value, decimals);
  }

  void draw_axes() {
    const Style rule{.stroke = Ink::rule, .width_mm = 0.15};
    for (double x = plot_.x.least; x <= plot_.x.most + 1e-9; x += plot_.x.step) {
      const Point foot = place({x, plot_.y.least});
      add(drawing::line({foot, place({x, plot_.y.most})}, rule));
      label({foot.x, foot.y + 4}, mark(x, plot_.x.step), Anchor::middle, Ink::faint);
    }
    for (double y = plot_.y.least; y <= plot_.y.most + 1e-9; y += plot_.y.step) {
      const Point foot = place({plot_.x.least, y});
      add(drawing::line({foot, place({plot_.x.most, y})}, rule));
      label({foot.x - 1.2, foot.y + 1}, mark(y, plot_.y.step), Anchor::end, Ink::faint);
    }
    label({(kFrame.min.x + kFrame.max.x) / 2, kFrame.max.y + 8.5}, plot_.x.name, Anchor::middle);
    label({4.5, (kFrame.min.y + kFrame.max.y) / 2}, plot_.y.name, Anchor::middle, Ink::text, false,
          -90);
  }

  void draw_series(const Series& series) {
    std::vector<Point> points;
    for (const Point& p : series.points) points.push_back(place(p));
    switch (series.as) {
      case Series::As::points: add(Discs{points, 0.75, Style{.fill = series.ink}}); break;
      case Series::As::line:
        add(drawing::line(points, Style{.stroke = series.ink, .width_mm = 0.4}));
        break;
      case Series::As::dashed:
        add(drawing::line(points,
                          Style{.stroke = series.ink, .width_mm = 0.35, .dash = Dash::dashed}));
        break;
      case Series::As::band: {
        for (auto p = series.lower.rbegin(); p != series.lower.rend(); ++p) {
          points.push_back(place(*p));
        }
        add(Path{{points}, true, Style{.fill = series.ink, .fill_opacity = 0.15}});
        break;
      }
    }
  }

  /// One line below the axes, in the order of the series.
  void draw_legend() {
    double x = kFrame.min.x;
    const double y = kHeight_mm - 2;
    for (const Series& series : plot_.series) {
      if (series.name.empty()) continue;
      const Point left{x, y - 1};
      const Point right{x + 5, y - 1};
      switch (series.as) {
        case Series::As::points:
          add(Discs{{{x + 2.5, y - 1}}, 0.75, Style{.fill = series.ink}});
          break;
        case Series::As::line:
          add(drawing::line({left, right}, Style{.stroke = series.ink, .width_mm = 0.4}));
          break;
        case Series::As::dashed:
          add(drawing::line({left, right},
                            Style{.stroke = series.ink, .width_mm = 0.35, .dash = Dash::dashed}));
          break;
        case Series::As::band:
          add(drawing::rectangle({{x, y - 2}, {x + 5, y}},
                                 Style{.fill = series.ink, .fill_opacity = 0.15}));
          break;
      }
      label({x + 6, y}, series.name, Anchor::start, Ink::faint);
      x += 10 + drawing::text_width_mm(series.name, kText_mm);
    }
  }

  const Plot& plot_;
  Drawing drawing_;
};

}  // namespace

Drawing draw(const Plot& plot) {
  return Chart(plot).draw();
}

}  // namespace defilada::crowd::validation
