// SPDX-License-Identifier: MIT
#include "draw_chart.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/drawing/draw_gantt.hpp"

namespace defilada::safety {
namespace {

using drawing::Anchor;
using drawing::Box;
using drawing::Dash;
using drawing::Drawing;
using drawing::Label;
using drawing::Path;
using drawing::Point;
using drawing::Shape;

constexpr double kTitle = 5;  // mm, above the plot
constexpr double kKey = 4.4;  // a line of the key
constexpr double kLeft = 13;  // numbers of the y axis
constexpr double kRight = 4;
constexpr double kBottom = 5;  // times
constexpr double kText = 2.3;

/// The least of 1, 2, 5, 10, 20, 25, 50, … that is no less: an axis counts people, so its steps are
/// whole.
double round_up(double value) {
  if (value <= 1) return 1;
  const double power = std::pow(10, std::floor(std::log10(value) + 1e-9));
  for (const double k : {1.0, 2.0, 2.5, 5.0, 10.0}) {
    const double step = k * power;
    if (step >= value * (1 - 1e-9) && step == std::floor(step)) return step;
  }
  return 10 * power;
}

class ChartDrawing {
 public:
  ChartDrawing(const Context& context, const Chart& chart, double width_mm, double height_mm)
      : context_(context), chart_(chart) {
    drawing_ = {.id = chart.id,
                .title = chart.title,
                .description = chart.description,
                .width_mm = width_mm,
                .height_mm = height_mm};
    find_window();
    const double top = kTitle + key();
    plot_ = {{kLeft, top + 2}, {width_mm - kRight, height_mm - kBottom}};
  }

  Drawing draw() {
    add(Label{.at = {0, 3.4},
              .text = drawing::fit_text(chart_.title, 2.8, drawing_.width_mm, true),
              .size_mm = 2.8,
              .bold = true});
    people_axis();
    time_axis();
    for (const Series& each : chart_.series) curve(each);
    for (const Moment& each : chart_.moments) moment(each);
    return std::move(drawing_);
  }

 private:
  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }

  void find_window() {
    from_s_ = 1e18;
    to_s_ = -1e18;
    double most = 0;
    for (const Series& each : chart_.series) {
      for (const Point& point : each.points) {
        from_s_ = std::min(from_s_, point.x);
        to_s_ = std::max(to_s_, point.x);
        most = std::max(most, point.y);
      }
    }
    for (const Moment& each : chart_.moments) {
      if (!chart_.series.empty()) to_s_ = std::max(to_s_, each.at_s);
    }
    if (from_s_ > to_s_) from_s_ = to_s_ = 0;
    if (to_s_ - from_s_ < 60) to_s_ = from_s_ + 60;
    if (chart_.percent) {
      step_ = 0.25;
      top_ = 1;
      return;
    }
    step_ = round_up(most / 4);
    top_ = std::max(step_, step_ * std::ceil(most / step_ - 1e-9));
  }

  /// Samples and names of the series; returns its height.
  double key() {
    if (chart_.series.size() < 2) return 0;
    double x = 0;
    double y = kTitle + 2.6;
    for (const Series& each : chart_.series) {
      const double width = 8 + drawing::text_width_mm(each.name, kText) + 4;
      if (x > 0 && x + width > drawing_.width_mm) {
        x = 0;
        y += kKey;
      }
      add(drawing::line({{x, y - 0.8}, {x + 6, y - 0.8}},
                        {.stroke = each.ink, .width_mm = 0.6, .dash = each.dash}));
      add(Label{.at = {x + 7.5, y}, .text = each.name, .size_mm = kText});
      x += width;
    }
    return y + kKey - kTitle - 2.6;
  }

  [[nodiscard]] Point at(Point value) const {
    return {plot_.min.x + (value.x - from_s_) / (to_s_ - from_s_) * plot_.width(),
            plot_.max.y - value.y / top_ * plot_.height()};
  }

  void people_axis() {
    Path grid{.style = {.stroke = Ink::rule, .width_mm = 0.15}};
    for (double value = 0; value <= top_ * (1 + 1e-9); value += step_) {
      const double y = at({from_s_, value}).y;
      grid.lines.push_back({{plot_.min.x, y}, {plot_.max.x, y}});
      add(Label{.at = {plot_.min.x - 1.2, y + 0.8},
                .text = chart_.percent ? context_.words.percent(value)
                                       : context_.format.count(std::llround(value)),
                .size_mm = kText,
                .anchor = Anchor::end,
                .ink = Ink::faint});
    }
    add(std::move(grid));
  }

  void time_axis() {
    const double per_mm = (to_s_ - from_s_) / plot_.width();
    double step = drawing::clock_step(per_mm, 13);
    if (!chart_.clock) step = std::max(60.0, step);
    Path ticks{.style = {.stroke = Ink::rule, .width_mm = 0.15}};
    double end_of_last = -1e9;
    for (double k = std::ceil(from_s_ / step - 1e-9); k * step <= to_s_ * (1 + 1e-12); ++k) {
      const double x = at({k * step, 0}).x;
      ticks.lines.push_back({{x, plot_.min.y}, {x, plot_.max.y + 1}});
      const std::string text = chart_.clock
                                   ? context_.format.clock_minutes(time_from_seconds(k * step))
                                   : context_.say(phrase("{} min", std::llround(k * step / 60)));
      const double half = drawing::text_width_mm(text, kText) / 2;
      if (x - half < end_of_last + 1 || x + half > drawing_.width_mm) continue;
      end_of_last = x + half;
      add(Label{.at = {x, plot_.max.y + 3.8},
                .text = text,
                .size_mm = kText,
                .anchor = Anchor::middle,
                .ink = Ink::faint});
    }
    add(std::move(ticks));
  }

  void curve(const Series& series) {
    std::vector<Point> points;
    for (const Point& point : series.points) points.push_back(at(point));
    if (points.size() < 2) return;
    if (series.filled) {
      std::vector<Point> area = points;
      area.push_back({points.back().x, plot_.max.y});
      area.push_back({points.front().x, plot_.max.y});
      add(Path{.lines = {std::move(area)},
               .closed = true,
               .style = {.fill = series.ink, .fill_opacity = 0.22}});
    }
    add(drawing::line(std::move(points),
                      {.stroke = series.ink, .width_mm = 0.45, .dash = series.dash}));
  }

  /// Names lie beside their line, the later ones lower, so that they do not lie on each other.
  void moment(const Moment& moment) {
    if (moment.at_s < from_s_ || moment.at_s > to_s_) return;
    const double x = at({moment.at_s, 0}).x;
    add(drawing::line({{x, plot_.min.y}, {x, plot_.max.y}},
                      {.stroke = Ink::accent, .width_mm = 0.3, .dash = Dash::dashed}));
    const double width = drawing::text_width_mm(moment.name, kText);
    const bool left = x + 1 + width > plot_.max.x;
    add(Label{.at = {left ? x - 1 : x + 1, plot_.min.y + 3.2 + 3.2 * static_cast<double>(named_++)},
              .text = moment.name,
              .size_mm = kText,
              .anchor = left ? Anchor::end : Anchor::start,
              .ink = Ink::accent,
              .halo = true});
  }

  const Context& context_;
  const Chart& chart_;
  Drawing drawing_;
  Box plot_;
  double from_s_ = 0;
  double to_s_ = 0;
  double top_ = 1;
  double step_ = 1;
  int named_ = 0;
};

}  // namespace

Drawing draw_chart(const Context& context, const Chart& chart, double width_mm, double height_mm) {
  return ChartDrawing(context, chart, width_mm, height_mm).draw();
}

void put(Drawing& into, const Drawing& part, Point at) {
  for (Shape shape : part.shapes) {
    if (auto* path = std::get_if<Path>(&shape)) {
      for (auto& line : path->lines) {
        for (Point& point : line) point = point + at;
      }
    } else if (auto* discs = std::get_if<drawing::Discs>(&shape)) {
      for (Point& point : discs->centres) point = point + at;
    } else if (auto* label = std::get_if<Label>(&shape)) {
      label->at = label->at + at;
    } else if (auto* clip = std::get_if<drawing::ClipTo>(&shape)) {
      clip->box = {clip->box.min + at, clip->box.max + at};
    }
    into.shapes.push_back(std::move(shape));
  }
}

std::vector<Drawing> in_columns(const std::vector<Drawing>& parts, const std::string& id,
                                std::size_t columns, double gutter_mm, std::size_t rows_most) {
  std::vector<Drawing> figures;
  const std::size_t each = columns * rows_most;
  for (std::size_t first = 0; first < parts.size(); first += each) {
    const std::size_t n = std::min(each, parts.size() - first);
    const std::size_t rows = (n + columns - 1) / columns;
    const Drawing& part = parts[first];
    Drawing& figure = figures.emplace_back();
    figure.id = figures.size() == 1 ? id : id + "-" + std::to_string(figures.size());
    figure.title = part.title;
    figure.width_mm = static_cast<double>(columns) * (part.width_mm + gutter_mm) - gutter_mm;
    figure.height_mm = static_cast<double>(rows) * (part.height_mm + gutter_mm) - gutter_mm;
    for (std::size_t k = 0; k < n; ++k) {
      const Drawing& one = parts[first + k];
      figure.description += (k > 0 ? " " : "") + one.description;
      put(figure, one,
          {static_cast<double>(k % columns) * (part.width_mm + gutter_mm),
           static_cast<double>(k / columns) * (part.height_mm + gutter_mm)});
    }
  }
  return figures;
}

std::vector<Point> minutes(const spectators::Curve& curve, double begin_s, double factor) {
  std::vector<Point> points;
  for (std::size_t k = 0; k < curve.size(); ++k) {
    points.push_back({begin_s + 60 * static_cast<double>(k), factor * curve[k]});
  }
  return points;
}

}  // namespace defilada::safety
