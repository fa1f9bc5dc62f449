// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "defilada/core/slug.hpp"
#include "defilada/geo/route.hpp"
#include "guests.hpp"
#include "parts.hpp"

namespace defilada::playback {
namespace {

constexpr double kSagitta_m = 0.05;  // how far a drawn chord may lie beside its arc

/// A millimetre is finer than a site is known; whole ones pack better.
double rounded(double metres) {
  return std::round(metres * 1000) / 1000 + 0.0;  // + 0.0: no negative zero
}
Json point_json(geo::Vec2 point) {
  return {rounded(point.x), rounded(point.y)};
}

/// Ends of straights, and arcs as chords.
Json line_json(const geo::Route& route) {
  Json line = Json::array();
  for (const geo::Route::Element& element : route.elements()) {
    int chords = 1;
    if (element.curvature != 0) {
      const double radius = 1 / std::abs(element.curvature);
      const double step = 2 * std::acos(std::max(0.5, 1 - kSagitta_m / radius));
      chords = std::max(1, static_cast<int>(std::ceil(element.length / radius / step)));
    }
    for (int i = 0; i < chords; ++i) {
      line.push_back(point_json(route.at(element.s0 + element.length * i / chords).position));
    }
  }
  if (!route.elements().empty()) line.push_back(point_json(route.at(route.length()).position));
  return line;
}

Json ring_json(const std::vector<geo::Vec2>& ring) {
  Json points = Json::array();
  for (const geo::Vec2& point : ring) points.push_back(point_json(point));
  return points;
}

const char* use_name(show::AreaUse use) {
  switch (use) {
    case show::AreaUse::area: return "area";
    case show::AreaUse::stand: return "stand";
    case show::AreaUse::obstacle: return "obstacle";
  }
  return "area";
}

Json area_json(const show::Area& area) {
  Json holes = Json::array();
  for (const auto& hole : area.polygon.holes) holes.push_back(ring_json(hole));
  return {{"name", area.name},
          {"use", use_name(area.use)},
          {"capacity", area.capacity ? Json(*area.capacity) : Json()},
          {"height_m", area.height_m},
          {"outer", ring_json(area.polygon.outer)},
          {"holes", std::move(holes)}};
}

Json gaits_json(const std::vector<show::Gait>& gaits) {
  Json list = Json::array();
  for (const show::Gait& gait : gaits) {
    list.push_back({{"name", gait.name},
                    {"speed_mps", gait.speed_mps},
                    {"pace_m", gait.pace_m},
                    {"cadence_hz", gait.cadence_hz}});
  }
  return list;
}

Json parts_json(const show::Contingent& contingent) {
  Json parts = Json::array();
  for (const show::Part& part : contingent.parts) {
    Json exhibits = Json::array();
    for (const show::Exhibit& exhibit : part.exhibits) {
      exhibits.push_back({{"name", exhibit.name}, {"count", exhibit.count}});
    }
    parts.push_back(
        {{"label", part.label}, {"kind", part.kind.value}, {"exhibits", std::move(exhibits)}});
  }
  return parts;
}

}  // namespace

Json text_json(const show::Text& text) {
  Json all = Json::object();
  for (const auto& [language, words] : text.by_language) all[language] = words;
  return all;
}

Json site_json(const show::Show& show) {
  Json routes = Json::array();
  for (const show::Route& route : show.site.routes) {
    routes.push_back({{"name", route.name},
                      {"air", route.air},
                      {"width_m", route.width_m},
                      {"line", line_json(route.geometry)}});
  }
  Json stations = Json::array();
  for (const show::Station& station : show.site.stations) {
    stations.push_back({{"name", station.name},
                        {"route", station.route.value},
                        {"s_m", rounded(station.s_m)},
                        {"place", point_json(station.position)}});
  }
  Json areas = Json::array();
  for (const show::Area& area : show.site.areas) areas.push_back(area_json(area));
  return {{"routes", std::move(routes)},
          {"stations", std::move(stations)},
          {"areas", std::move(areas)}};
}

Json kinds_json(const show::Show& show) {
  Json kinds = Json::array();
  for (const show::Kind& kind : show.kinds) {
    kinds.push_back({{"name", kind.name},
                     {"label", text_json(kind.label)},
                     {"category", show::to_string(kind.category)},
                     {"length_m", kind.length_m},
                     {"width_m", kind.width_m},
                     {"height_m", kind.height_m},
                     {"gaits", gaits_json(kind.gaits)}});
  }
  return kinds;
}

Json processions_json(const show::Show& show) {
  Json list = Json::array();
  for (const show::Procession& procession : show.processions) {
    list.push_back(
        {{"name", procession.name}, {"air", procession.air}, {"route", procession.route.value}});
  }
  return list;
}

Json contingents_json(const show::Show& show, const plan::Plan& plan,
                      const std::vector<track::Group>& all) {
  std::vector<track::Group> groups(show.contingents.size());
  for (const track::Group& group : all) {
    if (group.contingent < groups.size()) groups[group.contingent] = group;
  }
  Json list = Json::array();
  Slugs slugs;
  for (std::size_t i = 0; i < show.contingents.size(); ++i) {
    const show::Contingent& contingent = show.contingents[i];
    const bool planned = i < plan.contingents.size();
    const bool moves = contingent.procession.valid();
    list.push_back({{"id", slugs.add(contingent.name)},
                    {"name", contingent.name},
                    {"label", text_json(contingent.label)},
                    {"attributes", contingent.attributes},
                    {"procession", moves ? Json(show[contingent.procession].name) : Json()},
                    {"air", moves && show[contingent.procession].air},
                    {"place", planned ? plan.contingents[i].place : 0},
                    {"people", planned ? plan.contingents[i].people : 0},
                    {"first_mover", groups[i].first_mover},
                    {"movers", groups[i].mover_count},
                    {"parts", parts_json(contingent)},
                    {"guest", false},
                    {"counted", show.counts(contingent)}});
  }
  add_delegations(show, all, list);
  return list;
}

}  // namespace defilada::playback
