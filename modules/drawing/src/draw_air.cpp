// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_air.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kFullRow = 12;  // mm: rows as high say all
constexpr double kTop = 12;      // headings, distances
constexpr double kBottom = 8;    // legend
constexpr double kClock = 20;    // columns: the time,
constexpr double kPlan = 22;     // the flight from above,
constexpr double kName = 48;     // its name
constexpr double kText = 2.4;
constexpr double kMark = 1.9;  // of a flight in the strip
constexpr double kNumber = 1.9;

/// Value at `t` of a line of corners; none outside.
std::optional<double> value_at(const std::vector<std::array<double, 2>>& line, double t) {
  if (line.size() < 2 || t < line.front()[0] || t > line.back()[0]) return std::nullopt;
  auto after = std::upper_bound(line.begin(), line.end(), t,
                                [](double value, const auto& corner) { return value < corner[0]; });
  if (after == line.end()) --after;
  const auto& [t0, s0] = *std::prev(after);
  const auto& [t1, s1] = *after;
  return t1 > t0 ? s0 + (s1 - s0) * (t - t0) / (t1 - t0) : s1;
}

std::optional<double> target_m(const Context& context, show::ContingentId id) {
  const show::ProcessionId procession = context.show[id].procession;
  if (!procession.valid() || !context.show[procession].air) return std::nullopt;
  const plan::Crossing* crossing = context.crossing(id, context.show[procession].over);
  return crossing == nullptr ? std::nullopt : std::optional(crossing->s_m);
}

class AirPicture {
 public:
  AirPicture(const Context& context, double width_mm, std::size_t rows_most, double row_mm)
      : context_(context), row_mm_(row_mm), rows_(times_over_target(context)) {
    left_out_ = rows_.size() > rows_most ? rows_.size() - rows_most : 0;
    rows_.resize(rows_.size() - left_out_);
    drawing_.width_mm = width_mm;
    drawing_.height_mm = kTop + row_mm_ * static_cast<double>(rows_.size()) + kBottom;
    strip_ = {{kClock + kPlan + kName, kTop}, {width_mm - 5, drawing_.height_mm - kBottom}};
    for (const OverTarget& row : rows_) places_.push_back(flights_at(context, row.time));
    find_window();
  }

  Drawing draw();

 private:
  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }
  void find_window();
  [[nodiscard]] double x_at(double to_go_m) const {
    return strip_.max.x - (to_go_m - to_go_min_) / (to_go_max_ - to_go_min_) * strip_.width();
  }
  void draw_distances();
  void draw_row(std::size_t row);
  void draw_flights(std::size_t row, double top);
  void draw_legend();

  const Context& context_;
  double row_mm_;
  std::vector<OverTarget> rows_;
  std::vector<std::vector<FlightPlace>> places_;  // (row)
  std::size_t left_out_ = 0;
  Box strip_;
  double to_go_min_ = 0, to_go_max_ = 0;  // m
  double height_min_ = 0, height_max_ = 0;
  Drawing drawing_;
};

/// So much of the way that the whole stream is seen while its first and last are over the target.
void AirPicture::find_window() {
  double ahead = 500;
  double behind = 500;
  height_min_ = 1e9, height_max_ = -1e9;
  for (const auto& places : places_) {
    for (const FlightPlace& place : places) {
      ahead = std::max(ahead, place.to_go_m);
      behind = std::max(behind, -place.to_go_m);
      height_min_ = std::min(height_min_, place.height_m);
      height_max_ = std::max(height_max_, place.height_m);
    }
  }
  behind = std::min(behind, 0.25 * ahead + 500);
  to_go_max_ = 1.04 * ahead;
  to_go_min_ = -1.04 * behind;
}

void AirPicture::draw_distances() {
  const double step = round_down_125((to_go_max_ - to_go_min_) / 6);
  for (double k = std::ceil(to_go_min_ / step); k * step <= to_go_max_; ++k) {
    const double x = x_at(k * step);
    const bool target = k == 0;
    add(line({{x, strip_.min.y - 1.4}, {x, strip_.max.y}},
             {.stroke = target ? Ink::accent : Ink::rule, .width_mm = target ? 0.35 : 0.15}));
    add(Label{.at = {x, strip_.min.y - 2.4},
              .text = target ? context_.words(Msg::air_target)
                             : context_.format.kilometres(std::abs(k * step)),
              .size_mm = 2.2,
              .anchor = Anchor::middle,
              .ink = target ? Ink::accent : Ink::faint,
              .bold = target});
  }
  add(Label{.at = {strip_.min.x + 1, strip_.min.y - 7},
            .text = context_.words(Msg::air_distance),
            .size_mm = 2.1,
            .ink = Ink::faint});
}

/// Marks at their distances, the higher the higher; numbers below them, pushed apart.
void AirPicture::draw_flights(std::size_t row, double top) {
  std::vector<const FlightPlace*> shown;
  for (const FlightPlace& place : places_[row]) {
    if (place.to_go_m >= to_go_min_ && place.to_go_m <= to_go_max_) shown.push_back(&place);
  }
  std::stable_sort(shown.begin(), shown.end(), [](const FlightPlace* a, const FlightPlace* b) {
    return a->to_go_m > b->to_go_m;
  });
  const double range = std::max(1.0, height_max_ - height_min_);
  const double low = top + std::max(row_mm_ - 6, 0.4 * row_mm_);
  const double rise = std::max(0.0, low - top - 3.5);
  const double foot = std::min(low + 4, top + row_mm_ - 0.6);
  std::vector<double> wanted;
  for (const FlightPlace* place : shown) wanted.push_back(x_at(place->to_go_m));
  const std::vector<double> placed =
      spread(wanted, 1.35 * kNumber, strip_.min.x + 2, strip_.max.x - 1);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const double y = low - rise * (shown[i]->height_m - height_min_) / range;
    const bool over = shown[i]->contingent == rows_[row].contingent;
    const Point nose{wanted[i], y};
    const Ink ink = over ? Ink::accent : context_.ink(shown[i]->contingent);
    add(Path{.lines = {{nose, nose + Point{-kMark, -0.45 * kMark}, nose + Point{-0.7 * kMark, 0},
                        nose + Point{-kMark, 0.45 * kMark}}},
             .closed = true,
             .style = {.fill = ink}});
    add(line({{nose.x, y + 0.8}, {nose.x, foot - 2.6}, {placed[i], foot - 1.7}},
             {.stroke = Ink::rule, .width_mm = 0.1}));
    const plan::ContingentPlan* timed = context_.plan_of(shown[i]->contingent);
    add(Label{.at = {placed[i], foot},
              .text = std::to_string(timed->place),
              .size_mm = kNumber,
              .anchor = Anchor::middle,
              .ink = over ? Ink::accent : Ink::text,
              .bold = over,
              .halo = true});
  }
}

void AirPicture::draw_row(std::size_t row) {
  const double top = kTop + row_mm_ * static_cast<double>(row);
  const bool full = row_mm_ >= kFullRow;
  if (row % 2 == 0) {
    add(rectangle({{0, top}, {drawing_.width_mm, top + row_mm_}}, {.fill = Ink::tint}));
  }
  const show::ContingentId id = rows_[row].contingent;
  const double clock = std::min(3.4, 0.5 * row_mm_);
  add(Label{.at = {1, top + row_mm_ / 2 + 0.36 * clock},
            .text = context_.format.clock(rows_[row].time),
            .size_mm = clock,
            .bold = true});
  if (full) {  // a break in a formation alone is as high as a low row
    const Silhouette silhouette(context_, id);
    silhouette.draw(silhouette.scale_for(kPlan - 4, row_mm_ - 3), {kClock + kPlan / 2, top + 1.5},
                    drawing_);
  }
  const plan::ContingentPlan* timed = context_.plan_of(id);
  const double x = kClock + kPlan;
  const double name = full ? top + 6 : top + row_mm_ / 2 + 0.36 * kText;
  add(Label{.at = {x, name},
            .text = fit_text(context_.words(Msg::band_label, timed->place, context_.label(id)),
                             kText, kName - 2, true),
            .size_mm = kText,
            .bold = true});
  if (!full) return;
  const auto more = [&](double y, const std::string& text) {
    add(Label{.at = {x, top + y},
              .text = fit_text(text, 2.1, kName - 2),
              .size_mm = 2.1,
              .ink = Ink::faint});
  };
  more(9.2, context_.formation_words(id));
  if (timed->height_m) more(12.2, context_.format.length(*timed->height_m));
}

void AirPicture::draw_legend() {
  std::string text = context_.words(Msg::air_legend, context_.format.length(height_min_),
                                    context_.format.length(height_max_));
  if (left_out_ > 0) {
    text +=
        " " + context_.words.counted(Msg::air_left_out, static_cast<std::int64_t>(left_out_),
                                     context_.format.count(static_cast<std::int64_t>(left_out_)));
  }
  add(Label{.at = {1, drawing_.height_mm - 2.4},
            .text = fit_text(text, 2.1, drawing_.width_mm - 2),
            .size_mm = 2.1,
            .ink = Ink::faint});
}

Drawing AirPicture::draw() {
  if (rows_.empty()) return std::move(drawing_);
  for (std::size_t row = 0; row < rows_.size(); ++row) draw_row(row);
  draw_distances();
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    draw_flights(row, kTop + row_mm_ * static_cast<double>(row));
  }
  draw_legend();
  return std::move(drawing_);
}

}  // namespace

std::vector<FlightPlace> flights_at(const Context& context, Time time) {
  std::vector<FlightPlace> places;
  for (std::uint32_t c = 0; c < context.show.contingents.size(); ++c) {
    const show::ContingentId id{c};
    const auto target = target_m(context, id);
    const plan::ContingentPlan* timed = context.plan_of(id);
    if (!target || timed == nullptr) continue;
    const auto s_m = value_at(timed->head_line, time.seconds());
    if (!s_m) continue;
    places.push_back({id, *target - *s_m, timed->height_m.value_or(0)});
  }
  return places;
}

std::vector<OverTarget> times_over_target(const Context& context) {
  std::vector<OverTarget> times;
  for (std::uint32_t c = 0; c < context.show.contingents.size(); ++c) {
    const plan::ContingentPlan* timed = context.plan_of(show::ContingentId{c});
    if (timed != nullptr && timed->over_target && target_m(context, {c})) {
      times.push_back({*timed->over_target, {c}});
    }
  }
  std::stable_sort(times.begin(), times.end(),
                   [](const OverTarget& a, const OverTarget& b) { return a.time < b.time; });
  return times;
}

Drawing draw_air_picture(const Context& context, const std::string& id, double width_mm,
                         std::size_t rows_most, double row_mm) {
  Drawing drawing = AirPicture(context, width_mm, rows_most, row_mm).draw();
  drawing.id = id;
  drawing.title = context.words(Msg::air_title);
  drawing.description = context.words(Msg::air_description);
  return drawing;
}

}  // namespace defilada::drawing
