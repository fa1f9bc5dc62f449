// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_nearness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "clip.hpp"
#include "defilada/drawing/draw_gantt.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kRow = 19;   // mm
constexpr double kGap = 3.4;  // between the plots of two rows
constexpr double kTop = 8;    // clock times
constexpr double kBottom = 4;
constexpr double kNames = 66;    // number and names
constexpr double kFigures = 40;  // the least distance, what is asked, when
constexpr double kRight = 12;    // the scale of a row
constexpr double kDot = 0.9;
constexpr double kNumber = 2.1;  // radius of the disc round a number

bool breaks_its_limit(const plan::Nearness& pair) {
  return pair.upper_m < pair.wanted_m;
}

/// The smallest of 1, 2, 5, 10, … that is no less.
double round_up_125(double value) {
  const double down = round_down_125(value);
  if (down >= value * (1 - 1e-12)) return down;
  return round_down_125(down * 2.6);
}

class NearnessDrawing {
 public:
  NearnessDrawing(const Context& context, double width_mm)
      : context_(context), pairs_(context.plan.nearness) {
    picture_.drawing.width_mm = width_mm;
    picture_.drawing.height_mm = kTop + kRow * static_cast<double>(pairs_.size()) + kBottom;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const double y = kTop + kRow * static_cast<double>(i);
      picture_.rows.push_back({i,
                               {{kNames + kFigures, y + kGap}, {width_mm - kRight, y + kRow}},
                               top_of(pairs_[i]),
                               {},
                               0});
    }
    find_window();
    for (NearnessPicture::Row& row : picture_.rows) {
      row.least = at(row, pairs_[row.pair].t_s, pairs_[row.pair].upper_m);
      row.limit_y = at(row, 0, pairs_[row.pair].wanted_m).y;
    }
  }

  NearnessPicture draw() {
    draw_clock();
    for (const NearnessPicture::Row& row : picture_.rows) {
      draw_words(row);
      draw_curve(row);
      draw_least(row);
    }
    return std::move(picture_);
  }

 private:
  void add(Shape shape) { picture_.drawing.shapes.push_back(std::move(shape)); }

  /// High enough for the limit and for how they approach, and not for how far apart they are else.
  static double top_of(const plan::Nearness& pair) {
    double most = 0;
    for (const auto& [t, d] : pair.curve) {
      if (std::isfinite(d)) most = std::max(most, d);
    }
    const double near = std::max({3 * pair.wanted_m, 3 * pair.upper_m, 1.0});
    return round_up_125(std::min(std::max(most, 1.2 * pair.wanted_m), near));
  }

  /// From the first to the last instant at which some curve is in its row, with a margin.
  void find_window() {
    double from = std::numeric_limits<double>::infinity();
    double to = -from;
    for (const NearnessPicture::Row& row : picture_.rows) {
      for (const auto& [t, d] : pairs_[row.pair].curve) {
        if (!(d <= row.top_m)) continue;
        from = std::min(from, t);
        to = std::max(to, t);
      }
    }
    const double margin = std::max(30.0, 0.03 * (to - from));
    picture_.t0_s = from - margin;
    picture_.t1_s = to + margin;
  }

  [[nodiscard]] Point at(const NearnessPicture::Row& row, double t_s, double d_m) const {
    const double share = (t_s - picture_.t0_s) / (picture_.t1_s - picture_.t0_s);
    return {row.plot.min.x + share * row.plot.width(),
            row.plot.max.y - d_m / row.top_m * row.plot.height()};
  }

  void draw_clock() {
    const Box& plot = picture_.rows.front().plot;
    const double bottom = picture_.rows.back().plot.max.y;
    const double step = clock_step((picture_.t1_s - picture_.t0_s) / plot.width(), 17);
    Path ticks{.style = {.stroke = Ink::rule, .width_mm = 0.15}};
    for (double k = std::ceil(picture_.t0_s / step); k * step <= picture_.t1_s; ++k) {
      const double x = at(picture_.rows.front(), k * step, 0).x;
      ticks.lines.push_back({{x, kTop - 1.4}, {x, bottom}});
      const Time time = time_from_seconds(k * step);
      add(Label{
          .at = {x, kTop - 2.4},
          .text = step < 60 ? context_.format.clock(time) : context_.format.clock_minutes(time),
          .size_mm = 2.6,
          .anchor = Anchor::middle,
          .bold = true});
    }
    add(std::move(ticks));
  }

  void draw_words(const NearnessPicture::Row& row) {
    const plan::Nearness& pair = pairs_[row.pair];
    const double y = 0.5 * (row.plot.min.y + row.plot.max.y);
    const Ink ink = breaks_its_limit(pair) ? Ink::accent : Ink::text;
    const Point middle{kNumber + 0.5, y};
    add(Discs{.centres = {middle}, .radius_mm = kNumber, .style = {.fill = ink}});
    add(Label{.at = middle + Point{0, 0.85},
              .text = std::to_string(row.pair + 1),
              .size_mm = 2.4,
              .anchor = Anchor::middle,
              .ink = Ink::paper,
              .bold = true});
    const double x = 2 * kNumber + 2.5;
    const double room = kNames - x - 2;
    add(Label{.at = {x, y - 0.6},
              .text = fit_text(context_.label(pair.a), 2.6, room, true),
              .size_mm = 2.6,
              .bold = true});
    add(Label{.at = {x, y + 3.1},
              .text = fit_text(context_.label(pair.b), 2.6, room, true),
              .size_mm = 2.6,
              .bold = true});
    const double right = kNames + kFigures - 3;
    const auto figure = [&](double dy, const std::string& text, Ink of, bool bold) {
      add(Label{.at = {right, y + dy},
                .text = fit_text(text, 2.4, kFigures - 4, bold),
                .size_mm = 2.4,
                .anchor = Anchor::end,
                .ink = of,
                .bold = bold});
    };
    figure(-2.4, context_.format.length(std::floor(pair.upper_m * 100) / 100), ink, true);
    figure(0.9,
           context_.words(Msg::nearness_asked,
                          context_.format.length(std::round(pair.wanted_m * 100) / 100)),
           Ink::faint, false);
    figure(4.2, context_.format.clock(time_from_seconds(pair.t_s)), Ink::text, false);
  }

  void draw_curve(const NearnessPicture::Row& row) {
    const plan::Nearness& pair = pairs_[row.pair];
    add(rectangle(row.plot, {.stroke = Ink::rule, .width_mm = 0.15}));
    std::vector<std::vector<Point>> stretches(1);
    for (const auto& [t, d] : pair.curve) {
      if (!std::isfinite(d)) {
        if (!stretches.back().empty()) stretches.emplace_back();
        continue;
      }
      stretches.back().push_back(at(row, t, d));
    }
    const Ink ink = breaks_its_limit(pair) ? Ink::accent : Ink::series_1;
    Path curve{.style = {.stroke = ink, .width_mm = 0.4}};
    for (const auto& stretch : stretches) {
      if (stretch.size() < 2) continue;
      for (auto& seen : clip_line(stretch, row.plot)) curve.lines.push_back(std::move(seen));
    }
    add(std::move(curve));
    add(line({{row.plot.min.x, row.limit_y}, {row.plot.max.x, row.limit_y}},
             {.stroke = Ink::accent, .width_mm = 0.25, .dash = Dash::dashed}));
    const auto scale = [&](double y, double metres) {
      add(Label{.at = {row.plot.max.x + 1, y},
                .text = context_.format.length(metres),
                .size_mm = 1.9,
                .ink = Ink::faint});
    };
    scale(row.plot.min.y + 1.5, row.top_m);
    scale(row.plot.max.y, 0);
  }

  void draw_least(const NearnessPicture::Row& row) {
    add(Discs{.centres = {row.least},
              .radius_mm = kDot,
              .style = {.fill = Ink::accent, .stroke = Ink::paper, .width_mm = 0.2}});
  }

  const Context& context_;
  const std::vector<plan::Nearness>& pairs_;
  NearnessPicture picture_;
};

}  // namespace

NearnessPicture draw_nearness(const Context& context, const std::string& id, double width_mm) {
  if (context.plan.nearness.empty()) return {};
  NearnessPicture picture = NearnessDrawing(context, width_mm).draw();
  picture.drawing.id = id;
  picture.drawing.title = context.words(Msg::nearness_title);
  picture.drawing.description =
      context.words(Msg::nearness_description, static_cast<std::int64_t>(picture.rows.size()),
                    context.format.clock(time_from_seconds(picture.t0_s)),
                    context.format.clock(time_from_seconds(picture.t1_s)));
  return picture;
}

std::vector<MapMark> nearness_marks(const Context& context) {
  std::vector<MapMark> marks;
  for (const plan::Nearness& pair : context.plan.nearness) {
    marks.push_back({{pair.place_m[0], pair.place_m[1]},
                     std::to_string(marks.size() + 1),
                     breaks_its_limit(pair)});
  }
  return marks;
}

}  // namespace defilada::drawing
