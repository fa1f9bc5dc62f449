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

constexpr double kRow = 19.5;  // mm
constexpr double kGap = 5;     // between the plots of two rows, for clock times
constexpr double kBottom = 5;
constexpr double kNames = 66;  // number and names, at most
constexpr double kName = 2.6;
constexpr double kFigures = 30;  // the least distance, what is asked, when
constexpr double kRight = 13;    // the scale of a row
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
  NearnessDrawing(const Context& context, std::span<const plan::Nearness> pairs, double width_mm)
      : context_(context), pairs_(pairs) {
    picture_.drawing.width_mm = width_mm;
    picture_.drawing.height_mm = kRow * static_cast<double>(pairs_.size()) - kGap + kBottom;
    for (const plan::Nearness& pair : pairs_) {
      for (const show::ContingentId who : {pair.a, pair.b}) {
        const double width = text_width_mm(context_.label(who), kName, true);
        names_ = std::min(kNames, std::max(names_, kNameBegins + width + 2));
      }
    }
    const double left = names_ + kFigures;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const double y = kRow * static_cast<double>(i);
      picture_.rows.push_back({.pair = i,
                               .plot = {{left, y}, {width_mm - kRight, y + kRow - kGap}},
                               .top_m = top_of(pairs_[i])});
      find_window(picture_.rows.back());
    }
    for (NearnessPicture::Row& row : picture_.rows) {
      row.least = at(row, pairs_[row.pair].t_s, pairs_[row.pair].upper_m);
      row.limit_y = at(row, 0, pairs_[row.pair].wanted_m).y;
    }
  }

  NearnessPicture draw() {
    for (const NearnessPicture::Row& row : picture_.rows) {
      draw_clock(row);
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

  /// About the nearest instant, while the curve is in its row, with a margin.
  void find_window(NearnessPicture::Row& row) const {
    const plan::Nearness& pair = pairs_[row.pair];
    row.t0_s = row.t1_s = pair.t_s;
    const auto nearest = std::find_if(pair.curve.begin(), pair.curve.end(),
                                      [&](const auto& at) { return at[0] >= pair.t_s; });
    const auto seen = [&](const std::array<double, 2>& at) { return at[1] <= row.top_m; };
    for (auto at = nearest; at != pair.curve.end() && seen(*at); ++at) row.t1_s = (*at)[0];
    for (auto at = nearest; at != pair.curve.begin() && seen(*(at - 1)); --at)
      row.t0_s = (*(at - 1))[0];
    const double margin = std::max(20.0, 0.06 * (row.t1_s - row.t0_s));
    row.t0_s -= margin;
    row.t1_s += margin;
  }

  [[nodiscard]] Point at(const NearnessPicture::Row& row, double t_s, double d_m) const {
    const double share = (t_s - row.t0_s) / (row.t1_s - row.t0_s);
    return {row.plot.min.x + share * row.plot.width(),
            row.plot.max.y - d_m / row.top_m * row.plot.height()};
  }

  void draw_clock(const NearnessPicture::Row& row) {
    constexpr double kClock = 2.1;
    const double step = clock_step((row.t1_s - row.t0_s) / row.plot.width(), 17);
    Path ticks{.style = {.stroke = Ink::rule, .width_mm = 0.15}};
    for (double k = std::ceil(row.t0_s / step); k * step <= row.t1_s; ++k) {
      const double x = at(row, k * step, 0).x;
      ticks.lines.push_back({{x, row.plot.min.y}, {x, row.plot.max.y + 0.8}});
      const Time time = time_from_seconds(k * step);
      add(Label{
          .at = {x, row.plot.max.y + 2.9},
          .text = step < 60 ? context_.format.clock(time) : context_.format.clock_minutes(time),
          .size_mm = kClock,
          .anchor = Anchor::middle,
          .ink = Ink::faint});
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
    const double x = kNameBegins;
    const double room = names_ - x - 2;
    add(Label{.at = {x, y - 0.6},
              .text = fit_text(context_.label(pair.a), kName, room, true),
              .size_mm = kName,
              .bold = true});
    add(Label{.at = {x, y + 3.1},
              .text = fit_text(context_.label(pair.b), kName, room, true),
              .size_mm = kName,
              .bold = true});
    const double right = names_ + kFigures - 3;
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
           context_.words(
               phrase("asked: {}", context_.format.length(std::round(pair.wanted_m * 100) / 100))),
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

  static constexpr double kNameBegins = 2 * kNumber + 2.5;

  const Context& context_;
  std::span<const plan::Nearness> pairs_;
  double names_ = kNameBegins;
  NearnessPicture picture_;
};

}  // namespace

NearnessPicture draw_nearness(const Context& context, std::span<const plan::Nearness> pairs,
                              const std::string& id, double width_mm) {
  if (pairs.empty()) return {};
  NearnessPicture picture = NearnessDrawing(context, pairs, width_mm).draw();
  picture.drawing.id = id;
  picture.drawing.title = context.words(phrase("Who comes near whom"));
  double from = picture.rows.front().t0_s;
  double to = picture.rows.front().t1_s;
  for (const NearnessPicture::Row& row : picture.rows) {
    from = std::min(from, row.t0_s);
    to = std::max(to, row.t1_s);
  }
  picture.drawing.description = context.words(
      phrase("The least distance over time of {} pairs of contingents, from {} to {}.",
             std::to_string(picture.rows.size()), context.format.clock(time_from_seconds(from)),
             context.format.clock(time_from_seconds(to))));
  return picture;
}

std::vector<MapMark> nearness_marks(std::span<const plan::Nearness> pairs) {
  std::vector<MapMark> marks;
  for (const plan::Nearness& pair : pairs) {
    marks.push_back({{pair.place_m[0], pair.place_m[1]},
                     std::to_string(marks.size() + 1),
                     breaks_its_limit(pair)});
  }
  return marks;
}

Drawing draw_nearness_key(const Context& context, std::span<const plan::Nearness> pairs,
                          double width_mm) {
  constexpr double kLine = 5;
  constexpr double kSize = 2.4;
  constexpr double kBetween = 8;
  const std::size_t rows = (pairs.size() + 1) / 2;
  const double column = (width_mm - kBetween) / 2;
  Drawing key{.width_mm = width_mm, .height_mm = kLine * static_cast<double>(rows)};
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const plan::Nearness& pair = pairs[i];
    const Point at{(column + kBetween) * static_cast<double>(i / rows) + kNumber,
                   kLine * (static_cast<double>(i % rows) + 0.5)};
    const auto add = [&](double x, std::string text, Anchor anchor, Ink ink, bool bold) {
      key.shapes.emplace_back(Label{.at = at + Point{x, 0.85},
                                    .text = std::move(text),
                                    .size_mm = kSize,
                                    .anchor = anchor,
                                    .ink = ink,
                                    .bold = bold});
    };
    const Ink ink = breaks_its_limit(pair) ? Ink::accent : Ink::text;
    key.shapes.emplace_back(Discs{.centres = {at}, .radius_mm = kNumber, .style = {.fill = ink}});
    add(0, std::to_string(i + 1), Anchor::middle, Ink::paper, true);
    const std::string figures = context.format.clock(time_from_seconds(pair.t_s)) + ", " +
                                context.format.length(std::floor(pair.upper_m * 100) / 100);
    const double end = column - kNumber;
    add(end, figures, Anchor::end, ink, false);
    const double room = end - text_width_mm(figures, kSize) - kNumber - 4;
    add(kNumber + 1.5,
        fit_text(context.label(pair.a) + " \u2013 " + context.label(pair.b), kSize, room, true),
        Anchor::start, Ink::text, true);
  }
  return key;
}

}  // namespace defilada::drawing
