// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "defilada/plan/plan.hpp"
#include "defilada/show/read.hpp"

/// Shows as people write them, read and planned.
namespace defilada::plan::small_show {

/// A straight avenue of 1 000 m, two blocks on it, a jet above; `rest` is the programme and what
/// follows.
inline std::string text(
    const std::string& rest,
    const std::string& march_extra = "headway: {time: 60 s, station: salute line}",
    const std::string& order = "      - army:\n      - navy:\n") {
  return R"(defilada: 1
title: Small parade
date: 2025-09-03
zone: Asia/Shanghai
gaits:
  quick march: {pace: 0.75 m, cadence: 112 /min}
  slow march: {pace: 0.75 m, cadence: 60 /min}
kinds:
  marcher: {category: foot, body: {length: 0.35 m, width: 0.55 m, height: 1.75 m}, gaits: [quick march, slow march], speed: {max: 3 m/s}, acceleration: 1.5 m/s2, max pace: 1 m, separation: 0.5 m}
  jet: {category: aeroplane, body: {length: 20 m, width: 13 m, height: 5 m}, gaits: [450 km/h], speed: {min: 250 km/h, max: 900 km/h}, acceleration: 2 m/s2, bank: 45 deg, climb: 30 m/s, separation: {horizontal: 14 m, vertical: 10 m}}
site:
  origin: {lat: 39.9063, lon: 116.3914}
  datum: ground
  routes:
    avenue: {points: [[500 m, 0 m], [-500 m, 0 m]], width: 40 m}
  air lines:
    run-in: {points: [[30 km, 0 m], [-20 km, 0 m]]}
  stations:
    line-up: {route: avenue, abeam: [300 m, 0 m]}
    salute line: {route: avenue, abeam: [48 m, 0 m]}
    end line: {route: avenue, abeam: [-48 m, 0 m]}
    axis: {route: run-in, abeam: [0 m, 0 m]}
marches:
  column:
    route: avenue
    line-up: {station: line-up, gap: 20 m}
    gait: quick march
    )" + march_extra +
         R"(
    least gap: 10 m
    defaults: {kind: marcher, block: {files: 9, ranks: 6, interval: 0.75 m, distance: 1.2 m}}
    order:
)" + order +
         R"(flypasts:
  jets:
    line: run-in
    over: axis
    height: {agl: 500 m}
    speed: 450 km/h
    order:
      - wedge: {kind: jet, vic: {count: 3, interval: 20 m, distance: 20 m}}
)" + rest;
}

/// Reads and plans; a show that does not read fails the test with its messages.
struct Planned {
  Sources sources;
  std::optional<show::Show> show;
  std::optional<Plan> plan;
  std::string file;

  explicit Planned(std::string show_text) : file(show_text) {
    Diagnostics diagnostics;
    show = show::read_show_text(std::move(show_text), "small.yaml", {}, sources, diagnostics);
    for (const auto& diagnostic : diagnostics.all()) {
      if (diagnostic.severity != Severity::error) continue;
      ADD_FAILURE() << render(diagnostic, sources, false);
    }
    if (show) plan = make_plan(*show).value();
  }

  [[nodiscard]] const Cue& cue(const std::string& id) const {
    for (const Cue& each : plan->cues) {
      if (each.id == id) return each;
    }
    ADD_FAILURE() << "no cue " << id;
    return plan->cues.front();
  }
  [[nodiscard]] std::string time(const std::string& id) const {
    return show->clock.wall_clock(cue(id).time, 1);
  }
};

}  // namespace defilada::plan::small_show
