// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace defilada::plan {

/// A parade of about `performers` people in the proportions of Beijing 2025, as the text of a show
/// file: blocks of 352 on an avenue long enough, one column of 16 vehicles to ten blocks, one wedge
/// of 5 aircraft to ten blocks. The avenue has a corner after the end line, so that every rank
/// wheels and has a path of its own.
inline std::string scaled_show(std::int64_t performers) {
  const std::int64_t blocks = (performers + 368) / 369;
  const std::int64_t tens = (blocks + 9) / 10;
  const std::int64_t length = 2000 + blocks * 40 + tens * 400;
  std::string text = fmt::format(R"(defilada: 1
title: Scaled parade
date: 2025-09-03
zone: Asia/Shanghai
gaits:
  quick march: {{pace: 0.75 m, cadence: 116 /min}}
  ceremonial step: {{pace: 0.75 m, cadence: 112 /min}}
kinds:
  marcher: {{category: foot, body: {{length: 0.35 m, width: 0.55 m, height: 1.75 m}}, gaits: [quick march, ceremonial step], speed: {{max: 3 m/s}}, acceleration: 1.5 m/s2, max pace: 1 m, separation: 0.5 m}}
  carrier: {{category: vehicle, body: {{length: 7 m, width: 3 m, height: 2.5 m}}, gaits: [10 km/h], speed: {{max: 60 km/h}}, acceleration: 0.5 m/s2, turning radius: 8 m, separation: 5 m, crew: 3}}
  jet: {{category: aeroplane, body: {{length: 20 m, width: 13 m, height: 5 m}}, gaits: [450 km/h], speed: {{min: 250 km/h, max: 900 km/h}}, acceleration: 2 m/s2, bank: 45 deg, climb: 30 m/s, separation: {{horizontal: 14 m, vertical: 10 m}}}}
site:
  origin: {{lat: 39.9063, lon: 116.3914}}
  datum: ground of the square
  routes:
    avenue: {{points: [[{0} m, 0 m], [-400 m, 0 m], [-400 m, 900 m]], corner radius: 40 m, width: 50 m}}
  air lines:
    run-in: {{points: [[60 km, 0 m], [-20 km, 0 m]]}}
  stations:
    line-up: {{route: avenue, abeam: [200 m, 0 m]}}
    salute line: {{route: avenue, abeam: [48 m, 0 m]}}
    end line: {{route: avenue, abeam: [-48 m, 0 m]}}
    axis: {{route: run-in, abeam: [0 m, 0 m]}}
marches:
  foot column:
    route: avenue
    line-up: {{station: line-up, gap: 20 m}}
    gait: [quick march, {{gait: ceremonial step, from: salute line, to: end line, change: contingent}}]
    headway: {{time: 50 s, station: salute line}}
    least gap: 10 m
    defaults: {{kind: marcher, block: {{files: 25, ranks: 14, interval: 0.75 m, distance: 1.2 m, leaders: 2}}}}
    order:
)",
                                 length);
  for (std::int64_t i = 0; i < blocks; ++i) text += fmt::format("      - block {}:\n", i + 1);
  text += R"(  armour column:
    route: avenue
    line-up: {behind: foot column, gap: 20 m}
    gait: 10 km/h
    headway: {time: 60 s, station: salute line}
    least gap: 10 m
    defaults: {kind: carrier, column: {count: 16, abreast: 4, interval: 8 m, distance: 15 m}}
    order:
)";
  for (std::int64_t i = 0; i < tens; ++i) text += fmt::format("      - column {}:\n", i + 1);
  text += R"(flypasts:
  jets:
    line: run-in
    over: axis
    height: {agl: 500 m}
    speed: 450 km/h
    headway: {time: 20 s, station: axis}
    least gap: 1 km
    defaults: {kind: jet, vic: {count: 5, interval: 15 m, distance: 20 m}}
    order:
)";
  for (std::int64_t i = 0; i < tens; ++i) text += fmt::format("      - wedge {}:\n", i + 1);
  text += R"(programme:
  - opening: {at: 09:00, lasts: 10 min}
  - foot: {march: foot column, from: salute line, to: end line, after: opening}
  - armour: {march: armour column, from: salute line, to: end line, after: foot}
  - air: {flypast: jets, after: opening}
)";
  return text;
}

}  // namespace defilada::plan
