// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "defilada/show/model.hpp"

/// Small shows built by hand: one route, one procession on it, contingents of one kind.
namespace defilada::movement::fixture {

inline show::Show empty_show(geo::Route geometry, double width_m = 50) {
  show::Show show{.name = "test",
                  .title = {{{"en", "test"}}},
                  .clock = Clock::make({2025, 9, 3}, "Asia/Shanghai").value(),
                  .site = {},
                  .kinds = {},
                  .contingents = {},
                  .processions = {},
                  .items = {},
                  .rules = {},
                  .wanted = {},
                  .published = {},
                  .provenance = {}};
  show::Route route;
  route.name = "avenue";
  route.geometry = std::move(geometry);
  route.width_m = width_m;
  show.site.routes.push_back(std::move(route));
  return show;
}

inline show::Kind marcher() {
  show::Kind kind;
  kind.name = "foot";
  kind.label.by_language["en"] = "marcher";
  kind.length_m = 0.35;
  kind.width_m = 0.55;
  kind.speed_max_mps = 3;
  kind.acceleration_mps2 = 1.5;
  kind.pace_max_m = 0.9;
  kind.separation_m = 0.5;
  kind.role = "marchers";
  return kind;
}

inline show::Gait march(double pace_m = 0.75, double per_minute = 112) {
  return {"quick march", pace_m * per_minute / 60, pace_m, per_minute / 60};
}

inline show::StationId add_station(show::Show& show, std::string name, double s_m) {
  show::Station station;
  station.name = std::move(name);
  station.route = show::RouteId{0};
  station.s_m = s_m;
  station.position = show.site.routes[0].geometry.at(s_m).position;
  show.site.stations.push_back(station);
  return show::StationId{static_cast<std::uint32_t>(show.site.stations.size() - 1)};
}

inline show::ProcessionId add_procession(show::Show& show, std::string name,
                                         show::StationId line_up, double line_up_gap_m) {
  show::Procession procession;
  procession.name = std::move(name);
  procession.route = show::RouteId{0};
  procession.base_gait = march();
  procession.line_up = show::LineUp{
      .span = {}, .station = line_up, .behind = {}, .gap_m = line_up_gap_m, .facing_rad = {}};
  show.processions.push_back(std::move(procession));
  return show::ProcessionId{static_cast<std::uint32_t>(show.processions.size() - 1)};
}

inline show::ContingentId add_block(show::Show& show, show::ProcessionId procession,
                                    std::string name, int files, int ranks, show::KindId kind) {
  show::Contingent contingent;
  contingent.name = name;
  contingent.label.by_language["en"] = std::move(name);
  contingent.procession = procession;
  show::Part part;
  part.kind = kind;
  part.formation.files = files;
  part.formation.ranks = ranks;
  part.formation.interval_m = 0.75;
  part.formation.distance_m = 1.2;
  contingent.parts.push_back(part);
  show.contingents.push_back(std::move(contingent));
  const show::ContingentId id{static_cast<std::uint32_t>(show.contingents.size() - 1)};
  show.processions[procession.value].order.push_back(id);
  return id;
}

}  // namespace defilada::movement::fixture
