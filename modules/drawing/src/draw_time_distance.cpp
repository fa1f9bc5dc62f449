// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_time_distance.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <set>

#include "clip.hpp"
#include "defilada/drawing/draw_gantt.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kLeft = 38;        // station names
constexpr double kRight = 17;       // kilometres, and the last names' overhang
constexpr double kTop = 27;         // names of bands
constexpr double kBottom = 15;      // clock times, legend
constexpr double kSlant = 55;       // degrees of the names
constexpr double kName = 2.2;       // mm, size of names where there is room
constexpr double kNameLeast = 1.9;  // mm; below it, bands bear their numbers in place of names
constexpr double kNumber = 2.0;

class TimeDistanceDrawing {
 public:
  TimeDistanceDrawing(const Context& context, const RouteGroup& group, double width_mm,
                      double height_mm)
      : context_(context),
        group_(group),
        plot_{{kLeft, kTop}, {width_mm - kRight, height_mm - kBottom}} {
    drawing_.width_mm = width_mm;
    drawing_.height_mm = height_mm;
    collect();
    find_window();
  }

  TimeDistance draw(const std::string& id);

 private:
  struct Band {
    show::ContingentId contingent;
    const plan::ContingentPlan* plan;
    int place;
  };

  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }
  void collect();
  void find_window();
  [[nodiscard]] Point at(const std::array<double, 2>& point) const;
  [[nodiscard]] std::vector<Point> polyline(const std::vector<std::array<double, 2>>& line) const;

  void draw_times();
  void draw_stations();
  void draw_distances();
  void draw_band(const Band& band);
  /// Where the line of a band's head ends on paper.
  struct End {
    Point at;
    std::size_t band;
  };
  void draw_names();
  void draw_numbers(const std::vector<End>& ends);
  void draw_name(const Band& band, Point end, double x, double size_mm);
  void draw_legend();
  void describe();

  const Context& context_;
  const RouteGroup& group_;
  Box plot_;
  std::vector<Band> bands_;
  double t0_ = 0, t1_ = 0;  // s of day
  double s0_ = 0, s1_ = 0;  // m
  std::size_t named_every_ = 1;
  bool numbered_ = false;
  Drawing drawing_;
};

void TimeDistanceDrawing::collect() {
  for (const show::ProcessionId procession : group_.processions) {
    for (const show::ContingentId id : context_.show[procession].order) {
      const plan::ContingentPlan* plan = context_.plan_of(id);
      if (plan == nullptr || plan->head_line.size() < 2 || plan->tail_line.size() < 2) continue;
      bands_.push_back({id, plan, plan->place});
    }
  }
}

/// From the first step-off to the last dispersal: standing in line before says nothing.
void TimeDistanceDrawing::find_window() {
  if (bands_.empty()) return;
  t0_ = s0_ = std::numeric_limits<double>::infinity();
  t1_ = s1_ = -std::numeric_limits<double>::infinity();
  for (const Band& band : bands_) {
    const double begin =
        band.plan->steps_off ? band.plan->steps_off->seconds() : band.plan->head_line.front()[0];
    t0_ = std::min(t0_, begin);
    t1_ = std::max({t1_, band.plan->head_line.back()[0], band.plan->tail_line.back()[0]});
    for (const auto* line : {&band.plan->head_line, &band.plan->tail_line}) {
      for (const auto& [t, s] : *line) {
        s0_ = std::min(s0_, s);
        s1_ = std::max(s1_, s);
      }
    }
  }
  const double margin_s = 0.02 * (t1_ - t0_) + 1;
  const double margin_m = 0.02 * (s1_ - s0_) + 1;
  t0_ -= margin_s, t1_ += margin_s, s0_ -= margin_m, s1_ += margin_m;
}

Point TimeDistanceDrawing::at(const std::array<double, 2>& point) const {
  return {plot_.min.x + (point[0] - t0_) / (t1_ - t0_) * plot_.width(),
          plot_.max.y - (point[1] - s0_) / (s1_ - s0_) * plot_.height()};
}

std::vector<Point> TimeDistanceDrawing::polyline(
    const std::vector<std::array<double, 2>>& line) const {
  std::vector<Point> points;
  points.reserve(line.size());
  for (const auto& point : line) points.push_back(at(point));
  return points;
}

void TimeDistanceDrawing::draw_times() {
  const double step = clock_step((t1_ - t0_) / plot_.width(), 15);
  const double minor = step / (step >= 60 && std::fmod(step, 300) != 0 ? 2 : 5);
  Path thin{.style = {.stroke = Ink::shade, .width_mm = 0.12}};
  Path thick{.style = {.stroke = Ink::rule, .width_mm = 0.2}};
  for (double k = std::ceil(t0_ / minor); k * minor <= t1_; ++k) {
    const double t = k * minor;
    const double x = at({t, s0_}).x;
    const bool labelled = std::fmod(t, step) == 0;
    (labelled ? thick : thin).lines.push_back({{x, plot_.min.y}, {x, plot_.max.y}});
    if (!labelled) continue;
    const Time time = time_from_seconds(t);
    add(Label{.at = {x, plot_.max.y + 3.6},
              .text = step < 60 ? context_.format.clock(time) : context_.format.clock_minutes(time),
              .size_mm = 2.6,
              .anchor = Anchor::middle,
              .bold = true});
  }
  drawing_.shapes.insert(drawing_.shapes.begin(), {std::move(thin), std::move(thick)});
}

void TimeDistanceDrawing::draw_stations() {
  struct Tick {
    double y;
    std::string name;
    bool key;
  };
  std::vector<Tick> ticks;
  const show::StationId key = context_.key_station(group_.processions.front());
  const auto& stations = context_.show.site.stations;
  for (std::size_t i = 0; i < stations.size(); ++i) {
    const double s = stations[i].s_m;
    bool here = stations[i].route == group_.main;
    for (const RouteGroup::Branch& branch : group_.branches) {
      here = here || (stations[i].route == branch.route && s > branch.shared_m);
    }
    if (here && s >= s0_ && s <= s1_)
      ticks.push_back({at({t0_, s}).y, stations[i].name, i == key.value});
  }
  std::stable_sort(ticks.begin(), ticks.end(),
                   [](const Tick& a, const Tick& b) { return a.y < b.y; });
  std::vector<double> wanted;
  for (const Tick& tick : ticks) wanted.push_back(tick.y);
  const std::vector<double> placed = spread(wanted, 3.1, plot_.min.y, plot_.max.y);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const Ink ink = ticks[i].key ? Ink::accent : Ink::faint;
    add(line({{plot_.min.x, ticks[i].y}, {plot_.max.x, ticks[i].y}},
             {.stroke = ink,
              .width_mm = ticks[i].key ? 0.25 : 0.15,
              .dash = ticks[i].key ? Dash::solid : Dash::dashed}));
    add(line(
        {{plot_.min.x, ticks[i].y}, {plot_.min.x - 1.2, ticks[i].y}, {plot_.min.x - 3, placed[i]}},
        {.stroke = ink, .width_mm = 0.15}));
    add(Label{.at = {plot_.min.x - 3.6, placed[i] + 0.8},
              .text = fit_text(ticks[i].name, 2.4, kLeft - 4.5, ticks[i].key),
              .size_mm = 2.4,
              .anchor = Anchor::end,
              .bold = ticks[i].key});
  }
}

void TimeDistanceDrawing::draw_distances() {
  const double step = round_down_125((s1_ - s0_) / 6);
  const bool kilometres = s1_ > 2000;
  for (double k = std::ceil(s0_ / step); k * step <= s1_; ++k) {
    const double y = at({t0_, k * step}).y;
    add(line({{plot_.max.x, y}, {plot_.max.x + 1, y}}, {.stroke = Ink::faint, .width_mm = 0.15}));
    add(Label{.at = {plot_.max.x + 1.6, y + 0.75},
              .text = kilometres ? context_.format.kilometres(k * step)
                                 : context_.format.length(k * step),
              .size_mm = 2.1,
              .ink = Ink::faint});
  }
}

void TimeDistanceDrawing::draw_band(const Band& band) {
  const Ink ink = context_.ink(band.contingent);
  const std::vector<Point> head = polyline(band.plan->head_line);
  const std::vector<Point> tail = polyline(band.plan->tail_line);
  std::vector<Point> ring = head;
  ring.insert(ring.end(), tail.rbegin(), tail.rend());
  add(Path{.lines = {clip_ring(std::move(ring), plot_)},
           .closed = true,
           .style = {.fill = ink, .fill_opacity = 0.35}});
  add(Path{.lines = clip_line(head, plot_), .style = {.stroke = ink, .width_mm = 0.35}});
  add(Path{.lines = clip_line(tail, plot_), .style = {.stroke = ink, .width_mm = 0.12}});
}

void TimeDistanceDrawing::draw_name(const Band& band, Point end, double x, double size_mm) {
  const Ink ink = context_.ink(band.contingent);
  add(line({end, {end.x, plot_.min.y}, {x, plot_.min.y - 2}}, {.stroke = ink, .width_mm = 0.1}));
  const double room = (kTop - 4) / std::sin(kSlant * std::numbers::pi / 180);
  const std::string name =
      band.place > 0 ? context_.words(Msg::band_label, band.place, context_.label(band.contingent))
                     : context_.label(band.contingent);
  add(Label{.at = {x + 0.3 * size_mm, plot_.min.y - 2.5},
            .text = fit_text(name, size_mm, room),
            .size_mm = size_mm,
            .rotation_deg = -kSlant});
}

void TimeDistanceDrawing::draw_names() {
  std::vector<End> ends;
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    ends.push_back({at(bands_[i].plan->head_line.back()), i});
  }
  std::stable_sort(ends.begin(), ends.end(),
                   [](const End& a, const End& b) { return a.at.x < b.at.x; });
  const double slant = std::sin(kSlant * std::numbers::pi / 180);
  const auto gaps = std::max<double>(1, static_cast<double>(ends.size()) - 1);
  const double pitch = std::min(kName * 1.15 / slant, plot_.width() / gaps);
  const double size = pitch * slant / 1.05;
  if (size < kNameLeast) return draw_numbers(ends);
  std::vector<double> wanted;
  for (const End& end : ends) wanted.push_back(end.at.x);
  const std::vector<double> placed = spread(wanted, pitch, plot_.min.x, plot_.max.x);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    draw_name(bands_[ends[i].band], ends[i].at, placed[i], std::min(size, kName));
  }
}

/// Places in the order of march, upright, in two rows by turns; where even they do not fit, every
/// n-th of them.
void TimeDistanceDrawing::draw_numbers(const std::vector<End>& ends) {
  numbered_ = true;
  const auto text_of = [&](const End& end) {
    const Band& band = bands_[end.band];
    return band.place > 0 ? std::to_string(band.place) : std::string("\u2013");
  };
  double widest = 0;
  for (const End& end : ends) widest = std::max(widest, text_width_mm(text_of(end), kNumber));
  const double pitch = (widest + 0.8) / 2;  // of two rows
  const auto room = static_cast<std::size_t>(plot_.width() / pitch) + 1;
  named_every_ = (ends.size() + room - 1) / room;
  std::vector<double> wanted;
  for (std::size_t i = 0; i < ends.size(); i += named_every_) wanted.push_back(ends[i].at.x);
  const std::vector<double> placed = spread(wanted, pitch, plot_.min.x, plot_.max.x);
  for (std::size_t i = 0; i < placed.size(); ++i) {
    const End& end = ends[i * named_every_];
    const double foot = plot_.min.y - (i % 2 == 0 ? 2.6 : 5.4);
    add(line({end.at, {end.at.x, plot_.min.y}, {placed[i], plot_.min.y - 1.6}, {placed[i], foot}},
             {.stroke = context_.ink(bands_[end.band].contingent), .width_mm = 0.1}));
    add(Label{.at = {placed[i], foot - 0.5},
              .text = text_of(end),
              .size_mm = kNumber,
              .anchor = Anchor::middle,
              .halo = true});
  }
}

void TimeDistanceDrawing::draw_legend() {
  double x = plot_.min.x;
  const double y = drawing_.height_mm - 2;
  std::set<Ink> used;
  for (const Band& band : bands_) used.insert(context_.ink(band.contingent));
  for (const auto& [ink, text, procession] : context_.inks()) {
    const auto& here = group_.processions;
    if (procession.valid() && std::find(here.begin(), here.end(), procession) == here.end())
      continue;                          // its ink is another's here
    if (used.erase(ink) == 0) continue;  // who shares an ink is told once
    const std::string shown = fit_text(text, 2.3, 45);
    const double width = 6 + text_width_mm(shown, 2.3) + 6;
    if (x + width > drawing_.width_mm) break;
    add(rectangle({{x, y - 2}, {x + 4.5, y}}, {.fill = ink, .fill_opacity = 0.35}));
    add(line({{x, y - 2}, {x + 4.5, y - 2}}, {.stroke = ink, .width_mm = 0.35}));
    add(Label{.at = {x + 6, y - 0.2}, .text = shown, .size_mm = 2.3});
    x += width;
  }
}

void TimeDistanceDrawing::describe() {
  std::vector<std::string> names;
  for (const Band& band : bands_) names.push_back(context_.label(band.contingent));
  const std::string& route = context_.show[group_.main].name;
  drawing_.title = context_.words(Msg::diagram_title, route);
  drawing_.description =
      context_.words(Msg::diagram_description, context_.format.clock(time_from_seconds(t0_)),
                     context_.format.clock(time_from_seconds(t1_)), context_.format.length(s0_),
                     context_.format.length(s1_), fmt::format("{}", fmt::join(names, ", ")));
}

TimeDistance TimeDistanceDrawing::draw(const std::string& id) {
  drawing_.id = id;
  if (bands_.empty()) return {std::move(drawing_)};
  describe();
  draw_times();
  draw_stations();
  draw_distances();
  for (const Band& band : bands_) draw_band(band);
  draw_names();
  add(rectangle(plot_, {.stroke = Ink::text, .width_mm = 0.2}));
  add(Label{.at = {drawing_.width_mm - 0.5, plot_.max.y + 3.6},
            .text = context_.words(Msg::axis_clock),
            .size_mm = 2.1,
            .anchor = Anchor::end,
            .ink = Ink::faint});
  add(Label{.at = {plot_.min.x - 3.6, plot_.min.y - 3},
            .text = fit_text(context_.words(Msg::axis_distance, context_.show[group_.main].name),
                             2.1, kLeft - 4.5),
            .size_mm = 2.1,
            .anchor = Anchor::end,
            .ink = Ink::faint});
  draw_legend();
  return {std::move(drawing_), named_every_, numbered_};
}

}  // namespace

std::vector<RouteGroup> route_groups(const Context& context) {
  constexpr double kShare = 0.3;  // of the shorter route, for one axis to serve both
  std::vector<RouteGroup> groups;
  const auto& processions = context.show.processions;
  const auto route_of = [&](show::ProcessionId id) -> const show::Route& {
    return context.show[context.show[id].route];
  };
  for (const bool air : {false, true}) {
    for (std::uint32_t p = 0; p < processions.size(); ++p) {
      if (processions[p].air != air || processions[p].order.empty()) continue;
      const geo::Route& route = route_of({p}).geometry;
      const auto group = std::find_if(groups.begin(), groups.end(), [&](const RouteGroup& g) {
        const geo::Route& main = context.show[g.main].geometry;
        return context.show[g.main].air == air &&
               (g.main == processions[p].route ||
                main.shared_length(route) >= kShare * std::min(main.length(), route.length()));
      });
      if (group == groups.end()) {
        groups.push_back({processions[p].route, {{p}}, {}});
        continue;
      }
      group->processions.push_back({p});
      if (route.length() > context.show[group->main].geometry.length()) {
        group->main = processions[p].route;
      }
    }
  }
  for (RouteGroup& group : groups) {
    std::set<show::RouteId> seen{group.main};
    for (const show::ProcessionId p : group.processions) {
      const show::RouteId id = context.show[p].route;
      if (!seen.insert(id).second) continue;
      group.branches.push_back(
          {id, context.show[group.main].geometry.shared_length(context.show[id].geometry)});
    }
  }
  return groups;
}

TimeDistance draw_time_distance(const Context& context, const RouteGroup& group,
                                const std::string& id, double width_mm, double height_mm) {
  return TimeDistanceDrawing(context, group, width_mm, height_mm).draw(id);
}

}  // namespace defilada::drawing
