// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_gantt.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace defilada::drawing {
namespace {

constexpr double kRow = 6.2;   // mm
constexpr double kBar = 3.0;   // height of a bar
constexpr double kText = 2.4;  // size of the words of a row
constexpr double kTop = 9;     // headings, clock times
constexpr double kBottom = 9;  // legend
constexpr double kName = 58;   // width of the columns
constexpr double kStart = 19;
constexpr double kLength = 24;
constexpr double kSlack = 22;
constexpr double kRight = 6;
constexpr double kInstant = 1.1;  // half a diamond
constexpr double kTick = 0.7;     // height of the marks of contingents below a bar

class GanttDrawing {
 public:
  GanttDrawing(const Context& context, const GanttPart& part, double width_mm)
      : context_(context), items_(part.items) {
    std::stable_sort(items_.begin(), items_.end(), [&](show::ItemId a, show::ItemId b) {
      return context_.plan_of(a)->start < context_.plan_of(b)->start;
    });
    gantt_.drawing.width_mm = width_mm;
    gantt_.drawing.height_mm = kTop + kRow * static_cast<double>(items_.size()) + kBottom;
    gantt_.plot = {{kName + kStart + kLength + kSlack + 2, kTop},
                   {width_mm - kRight, gantt_.drawing.height_mm - kBottom}};
    find_window();
    for (std::size_t i = 0; i < items_.size(); ++i) add_bar(i);
  }

  Gantt draw();

 private:
  void add(Shape shape) { gantt_.drawing.shapes.push_back(std::move(shape)); }
  [[nodiscard]] double x_at(double t_s) const {
    return gantt_.plot.min.x +
           (t_s - gantt_.t0_s) / (gantt_.t1_s - gantt_.t0_s) * gantt_.plot.width();
  }
  void find_window();
  void add_bar(std::size_t row);
  void draw_rows();
  void draw_clock();
  void draw_headings();
  void draw_columns(const Gantt::Bar& bar);
  void draw_chain();
  void draw_slack(const Gantt::Bar& bar);
  void draw_bar(const Gantt::Bar& bar);
  void draw_contingents(const Gantt::Bar& bar);
  void draw_legend();
  [[nodiscard]] Ink ink(show::ItemId id) const;

  const Context& context_;
  std::vector<show::ItemId> items_;
  Gantt gantt_;
};

/// From the first start to the last end; slack beyond it runs out of the plot.
void GanttDrawing::find_window() {
  double begin = context_.plan_of(items_.front())->start.seconds();
  double end = begin;
  for (const show::ItemId id : items_) {
    end = std::max(end, context_.plan_of(id)->end.seconds());
  }
  const double margin = std::max(1.0, 0.02 * (end - begin));
  gantt_.t0_s = begin - margin;
  gantt_.t1_s = end + 2 * margin;
}

void GanttDrawing::add_bar(std::size_t row) {
  const plan::ItemPlan& timed = *context_.plan_of(items_[row]);
  const double middle = kTop + kRow * (static_cast<double>(row) + 0.5);
  Gantt::Bar bar{.item = items_[row],
                 .x0 = x_at(timed.start.seconds()),
                 .x1 = x_at(timed.end.seconds()),
                 .y0 = middle - kBar / 2,
                 .y1 = middle + kBar / 2,
                 .slack_x1 = {}};
  if (timed.slack) bar.slack_x1 = x_at((timed.end + *timed.slack).seconds());
  gantt_.bars.push_back(bar);
}

Ink GanttDrawing::ink(show::ItemId id) const {
  if (context_.plan_of(id)->critical) return Ink::accent;
  return context_.show[id].procession ? Ink::series_1 : Ink::series_7;
}

void GanttDrawing::draw_rows() {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const double y = kTop + kRow * static_cast<double>(i);
    if (i % 2 == 0) {
      add(rectangle({{0, y}, {gantt_.drawing.width_mm, y + kRow}}, {.fill = Ink::tint}));
    }
  }
}

void GanttDrawing::draw_clock() {
  const Box& plot = gantt_.plot;
  const double step = clock_step((gantt_.t1_s - gantt_.t0_s) / plot.width(), 17);
  Path ticks{.style = {.stroke = Ink::rule, .width_mm = 0.2}};
  for (double k = std::ceil(gantt_.t0_s / step); k * step <= gantt_.t1_s; ++k) {
    const double x = x_at(k * step);
    ticks.lines.push_back({{x, plot.min.y - 1.4}, {x, plot.max.y}});
    if (x > gantt_.drawing.width_mm - 8) continue;
    const Time time = time_from_seconds(k * step);
    add(Label{.at = {x, plot.min.y - 2.4},
              .text = step < 60 ? context_.format.clock(time) : context_.format.clock_minutes(time),
              .size_mm = 2.6,
              .anchor = Anchor::middle,
              .bold = true});
  }
  add(std::move(ticks));
}

void GanttDrawing::draw_headings() {
  const auto heading = [&](double x, Msg text, Anchor anchor) {
    add(Label{.at = {x, kTop - 2.4},
              .text = context_.words(text),
              .size_mm = 2.1,
              .anchor = anchor,
              .ink = Ink::faint});
  };
  heading(1, Msg::col_item, Anchor::start);
  heading(kName + kStart, Msg::col_start, Anchor::end);
  heading(kName + kStart + kLength, Msg::col_length, Anchor::end);
  heading(kName + kStart + kLength + kSlack, Msg::col_slack, Anchor::end);
}

void GanttDrawing::draw_columns(const Gantt::Bar& bar) {
  const plan::ItemPlan& timed = *context_.plan_of(bar.item);
  const double baseline = (bar.y0 + bar.y1) / 2 + 0.36 * kText;
  const bool bold = timed.critical;
  add(Label{.at = {1, baseline},
            .text = fit_text(context_.label(bar.item), kText, kName - 3, bold),
            .size_mm = kText,
            .bold = bold});
  const auto cell = [&](double x, double room, const std::string& text, Ink ink) {
    add(Label{.at = {x, baseline},
              .text = fit_text(text, kText, room),
              .size_mm = kText,
              .anchor = Anchor::end,
              .ink = ink});
  };
  cell(kName + kStart, kStart - 1, context_.format.clock(timed.start), Ink::text);
  const Duration length = timed.end - timed.start;
  if (length.us > 0) {
    cell(kName + kStart + kLength, kLength - 1, context_.format.duration(length), Ink::text);
  }
  const std::string slack = timed.critical ? context_.words(Msg::critical)
                            : timed.slack  ? context_.format.duration(*timed.slack)
                                           : context_.words(Msg::slack_free);
  cell(kName + kStart + kLength + kSlack, kSlack - 1, slack,
       timed.critical ? Ink::accent : Ink::faint);
}

/// From the end of what is critical to the start of what is critical next.
void GanttDrawing::draw_chain() {
  Path chain{.style = {.stroke = Ink::accent, .width_mm = 0.3}};
  const Gantt::Bar* last = nullptr;
  for (const Gantt::Bar& bar : gantt_.bars) {
    if (!context_.plan_of(bar.item)->critical) continue;
    if (last != nullptr) {
      const double y = (bar.y0 + bar.y1) / 2;
      const double from = std::min(last->x1, bar.x0);
      chain.lines.push_back({{from, (last->y0 + last->y1) / 2}, {from, y}, {bar.x0, y}});
    }
    last = &bar;
  }
  if (!chain.lines.empty()) add(std::move(chain));
}

void GanttDrawing::draw_slack(const Gantt::Bar& bar) {
  if (context_.plan_of(bar.item)->critical) return;
  const double y = (bar.y0 + bar.y1) / 2;
  const double edge = gantt_.plot.max.x;
  const double end = std::min(bar.slack_x1.value_or(edge), edge);
  if (end - bar.x1 < 0.3) return;
  add(line({{bar.x1, y}, {end, y}}, {.stroke = Ink::faint, .width_mm = 0.3, .dash = Dash::dashed}));
  const bool bounded = bar.slack_x1 && *bar.slack_x1 <= edge;
  if (bounded) {
    add(line({{end, bar.y0 + 0.4}, {end, bar.y1 - 0.4}}, {.stroke = Ink::faint, .width_mm = 0.3}));
  } else {
    add(Path{.lines = {{{end + 1.4, y}, {end, y - 0.8}, {end, y + 0.8}}},
             .closed = true,
             .style = {.fill = Ink::faint}});
  }
}

void GanttDrawing::draw_bar(const Gantt::Bar& bar) {
  const Style style{.fill = ink(bar.item), .stroke = Ink::text, .width_mm = 0.1};
  if (context_.plan_of(bar.item)->end > context_.plan_of(bar.item)->start) {
    add(rectangle({{bar.x0, bar.y0}, {bar.x1, bar.y1}}, style));
  }
  if (bar.x1 - bar.x0 >= kInstant) return;
  const Point middle{bar.x0, (bar.y0 + bar.y1) / 2};
  add(Path{.lines = {{middle - Point{kInstant, 0}, middle - Point{0, kInstant},
                      middle + Point{kInstant, 0}, middle + Point{0, kInstant}}},
           .closed = true,
           .style = style});
}

/// Below the bar of a march or flypast: when each contingent passes the station that times it.
void GanttDrawing::draw_contingents(const Gantt::Bar& bar) {
  const show::Item& item = context_.show[bar.item];
  if (!item.procession) return;
  const show::StationId key = context_.key_station(*item.procession);
  if (!key.valid()) return;
  for (const show::ContingentId id : context_.show[*item.procession].order) {
    const plan::Crossing* crossing = context_.crossing(id, key);
    if (crossing == nullptr) continue;
    const double x0 = std::max(x_at(crossing->head.seconds()), gantt_.plot.min.x);
    const double x1 = std::min(x_at(crossing->tail.seconds()), gantt_.plot.max.x);
    if (x1 < x0) continue;
    add(rectangle({{x0, bar.y1 + 0.3}, {std::max(x1, x0 + 0.25), bar.y1 + 0.3 + kTick}},
                  {.fill = context_.ink(id)}));
  }
}

void GanttDrawing::draw_legend() {
  const double y = gantt_.drawing.height_mm - 2.6;
  double x = 1;
  const auto word = [&](Msg text) {
    const std::string shown = context_.words(text);
    add(Label{.at = {x, y}, .text = shown, .size_mm = 2.2, .ink = Ink::faint});
    x += text_width_mm(shown, 2.2) + 6;
  };
  const auto bar = [&](Ink ink, Msg text) {
    add(rectangle({{x, y - 1.8}, {x + 6, y}}, {.fill = ink, .stroke = Ink::text, .width_mm = 0.1}));
    x += 7.2;
    word(text);
  };
  bar(Ink::accent, Msg::gantt_critical);
  bar(Ink::series_1, Msg::gantt_moving);
  bar(Ink::series_7, Msg::gantt_item);
  add(line({{x, y - 0.9}, {x + 6, y - 0.9}},
           {.stroke = Ink::faint, .width_mm = 0.3, .dash = Dash::dashed}));
  add(line({{x + 6, y - 1.8}, {x + 6, y}}, {.stroke = Ink::faint, .width_mm = 0.3}));
  x += 7.2;
  word(Msg::gantt_slack);
  add(rectangle({{x, y - 1.3}, {x + 6, y - 1.3 + kTick}}, {.fill = Ink::series_2}));
  x += 7.2;
  word(Msg::gantt_contingents);
}

Gantt GanttDrawing::draw() {
  draw_rows();
  draw_clock();
  draw_headings();
  draw_chain();
  for (const Gantt::Bar& bar : gantt_.bars) {
    draw_columns(bar);
    draw_slack(bar);
    draw_bar(bar);
    draw_contingents(bar);
  }
  add(line({{0, kTop}, {gantt_.drawing.width_mm, kTop}}, {.stroke = Ink::text, .width_mm = 0.25}));
  draw_legend();
  return std::move(gantt_);
}

}  // namespace

double clock_step(double seconds_per_mm, double least_mm) {
  for (const double step : {10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0}) {
    if (step / seconds_per_mm >= least_mm) return step;
  }
  return 14400;
}

std::vector<GanttPart> gantt_parts(const Context& context) {
  std::vector<GanttPart> parts;
  for (const show::DayPart& part : context.show.day) {
    parts.push_back({part.name, context.label(part.label, part.name), {}});
  }
  GanttPart rest;
  for (std::uint32_t i = 0; i < context.show.items.size(); ++i) {
    if (context.plan_of(show::ItemId{i}) == nullptr) continue;
    const auto& part = context.show.items[i].part;
    (part && part->value < parts.size() ? parts[part->value] : rest).items.push_back({i});
  }
  parts.push_back(std::move(rest));
  std::erase_if(parts, [](const GanttPart& part) { return part.items.empty(); });
  return parts;
}

Gantt draw_gantt(const Context& context, const GanttPart& part, const std::string& id,
                 double width_mm) {
  Gantt gantt = GanttDrawing(context, part, width_mm).draw();
  gantt.drawing.id = id;
  const std::string title = context.words(Msg::gantt_title);
  gantt.drawing.title =
      part.label.empty() ? title : context.words(Msg::gantt_of, title, part.label);
  gantt.drawing.description =
      context.words(Msg::gantt_description, static_cast<std::int64_t>(part.items.size()),
                    context.format.clock(time_from_seconds(gantt.t0_s)),
                    context.format.clock(time_from_seconds(gantt.t1_s)));
  return gantt;
}

}  // namespace defilada::drawing
