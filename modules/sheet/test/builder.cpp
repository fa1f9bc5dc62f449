// SPDX-License-Identifier: MIT
#include "builder.hpp"

#include <fmt/format.h>

#include "defilada/formation/layout.hpp"

// The model is filled by name; what is not named keeps its default.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace defilada::sheet::fixture {
namespace {

Text english(std::string text) {
  return Text{{{"en", std::move(text)}}};
}

}  // namespace

Builder::Builder()
    : event_{.show = {.clock = *Clock::make({2025, 9, 3}, "Asia/Shanghai")},
             .plan = {},
             .sources = {}} {
  std::string text = "defilada: 1\ntitle: A small parade\n";
  for (int i = 3; i <= 60; ++i) text += fmt::format("line {}: something\n", i);
  file_ = event_.sources.add("shows/small/show.yaml", std::move(text));
  show().name = "small-parade";
  show().title = english("A small parade on the avenue");
}

Span Builder::line(std::uint32_t n) const {
  // Every line of the made-up file but the first two is of this form.
  const std::string_view text = event_.sources.text(file_);
  std::uint32_t begin = 0;
  for (std::uint32_t i = 1; i < n; ++i)
    begin = static_cast<std::uint32_t>(text.find('\n', begin)) + 1;
  return {file_, begin, begin + 4};
}

RouteId Builder::route(std::string name, std::vector<Vec2> points, double width_m, bool air,
                       double radius_m) {
  show::Route route{
      .name = std::move(name), .span = line(5), .air = air, .points = points, .width_m = width_m};
  route.geometry = *geo::Route::make(points, radius_m);
  show().site.routes.push_back(std::move(route));
  return {static_cast<std::uint32_t>(show().site.routes.size() - 1)};
}

StationId Builder::station(std::string name, RouteId route, double s_m) {
  const Vec2 position = show()[route].geometry.at(s_m).position;
  show().site.stations.push_back({std::move(name), line(6), route, s_m, position});
  return {static_cast<std::uint32_t>(show().site.stations.size() - 1)};
}

void Builder::area(std::string name, AreaUse use, Vec2 low, Vec2 high,
                   std::optional<std::int64_t> capacity) {
  show().site.areas.push_back(
      {.name = std::move(name),
       .span = line(7),
       .use = use,
       .polygon = {.outer = {low, {high.x, low.y}, high, {low.x, high.y}}, .holes = {}},
       .capacity = capacity});
}

KindId Builder::kind(Kind kind) {
  show().kinds.push_back(std::move(kind));
  return {static_cast<std::uint32_t>(show().kinds.size() - 1)};
}

ProcessionId Builder::procession(Procession procession) {
  show().processions.push_back(std::move(procession));
  return {static_cast<std::uint32_t>(show().processions.size() - 1)};
}

ContingentId Builder::contingent(Contingent contingent) {
  contingent.label = english(contingent.name);
  contingent.span = line(10);
  const ContingentId id{static_cast<std::uint32_t>(show().contingents.size())};
  if (contingent.procession.valid())
    show().processions[contingent.procession.value].order.push_back(id);
  show().contingents.push_back(std::move(contingent));
  return id;
}

double Builder::depth_m(ContingentId id) const {
  double depth = 0;
  for (const Part& part : event_.show[id].parts) {
    depth += part.behind_m + formation::layout(part.formation)->depth_m +
             event_.show[part.kind].length_m;
  }
  return depth;
}

void Builder::move_one(ContingentId id, const Procession& procession, double t_key_s,
                       double s_key_m, double v_mps, double from_m, double to_m) {
  plan::ContingentPlan& plan = event_.plan.contingents[id.value];
  const double delay = depth_m(id) / v_mps;
  const auto t_at = [&](double s) { return t_key_s + (s - s_key_m) / v_mps; };
  plan.contingent = id;
  plan.depth_m = depth_m(id);
  plan.width_m = 18.55;
  plan.steps_off = time_from_seconds(t_at(from_m));
  plan.forms_up = *plan.steps_off - duration_from_seconds(1200);
  plan.disperses = time_from_seconds(t_at(to_m) + delay);
  if (procession.air) {
    plan.over_target = time_from_seconds(t_key_s);
    plan.height_m = event_.show[id].height_m.value_or(procession.height_m);
    plan.forms_up.reset();
  }
  plan.head_line = {{t_at(from_m), from_m}, {t_at(to_m), to_m}};
  plan.tail_line = {{t_at(from_m), from_m - plan.depth_m}, {t_at(to_m) + delay, to_m}};
  for (std::uint32_t s = 0; s < event_.show.site.stations.size(); ++s) {
    const Station& station = event_.show.site.stations[s];
    if (station.route != procession.route || station.s_m < from_m || station.s_m > to_m) continue;
    plan.crossings.push_back({.station = {s},
                              .s_m = station.s_m,
                              .head = time_from_seconds(t_at(station.s_m)),
                              .tail = time_from_seconds(t_at(station.s_m) + delay),
                              .speed_mps = v_mps,
                              .gait = procession.base_gait.name,
                              .headway = {},
                              .gap = {},
                              .gap_m = {}});
  }
}

void Builder::move(ProcessionId id, StationId key, double t0_s, double headway_s, double v_mps,
                   double from_m, double to_m) {
  const Procession& procession = show()[id];
  plan().contingents.resize(show().contingents.size());
  double t = t0_s;
  for (std::size_t i = 0; i < procession.order.size(); ++i) {
    const ContingentId contingent = procession.order[i];
    move_one(contingent, procession, t, show()[key].s_m, v_mps, from_m, to_m);
    plan::ContingentPlan& timed = plan().contingents[contingent.value];
    timed.place = static_cast<int>(i) + 1;
    if (i > 0) {
      timed.ahead = procession.order[i - 1];
      plan().contingents[timed.ahead->value].behind = contingent;
      const double gap_s = headway_s - depth_m(*timed.ahead) / v_mps;
      for (plan::Crossing& crossing : timed.crossings) {
        crossing.headway = duration_from_seconds(headway_s);
        crossing.gap = duration_from_seconds(gap_s);
        crossing.gap_m = gap_s * v_mps;
      }
      timed.least_gap_m = gap_s * v_mps;
      timed.least_gap_at_s_m = show()[key].s_m;
    }
    t += headway_s;
  }
}

void Builder::count() {
  plan::Counts& counts = plan().counts;
  plan().contingents.resize(show().contingents.size());
  for (std::uint32_t i = 0; i < show().contingents.size(); ++i) {
    const Contingent& contingent = show().contingents[i];
    if (contingent.procession.valid()) ++counts.contingents;
    for (const Part& part : contingent.parts) {
      const Kind& kind = show()[part.kind];
      const auto slots = static_cast<std::int64_t>(formation::layout(part.formation)->slots.size());
      plan().contingents[i].people += slots * kind.crew;
      counts.people += slots * kind.crew;
      counts.people_by_role[kind.role] += slots * kind.crew;
      if (kind.category == Category::vehicle) counts.vehicles += slots;
      if (kind.category == Category::helicopter) counts.helicopters += slots;
    }
  }
  for (const Area& area : show().site.areas) {
    if (area.use == AreaUse::stand) counts.spectators += area.capacity.value_or(0);
  }
}

}  // namespace defilada::sheet::fixture
