// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "defilada/show/read.hpp"

/// A small day of guests, as people write it.
namespace defilada::guests::guest_show {

inline std::string text(const std::string& precedence, const std::string& seats,
                        const std::string& motorcades, const std::string& programme) {
  return R"(defilada: 1
title: Guests
date: 2025-09-03
zone: Asia/Shanghai
kinds:
  guest: {category: foot, body: {length: 0.35 m, width: 0.55 m, height: 1.75 m}, gaits: [1.2 m/s], speed: {max: 2 m/s}, acceleration: 1 m/s2, separation: 0.5 m}
  limousine: {category: vehicle, body: {length: 5.5 m, width: 2 m, height: 1.6 m}, gaits: [20 km/h], speed: {max: 20 m/s}, acceleration: 1 m/s2, turning radius: 7 m, separation: 3.5 m}
site:
  origin: {lat: 39.9063, lon: 116.3914}
  routes:
    drive: {points: [[-300 m, 60 m], [300 m, 60 m]], width: 8 m}
    steps: {points: [[0 m, 110 m], [0 m, 150 m], [30 m, 150 m]], corner radius: 5 m, width: 4 m}
    way down: {points: [[30 m, 152 m], [-20 m, 152 m], [-20 m, 80 m]], corner radius: 5 m}
    road: {points: [[-250 m, 75 m], [400 m, 75 m], [400 m, 700 m]], corner radius: 30 m, width: 10 m}
  stations:
    arrival point: {route: drive, along: 300 m}
    car park: {route: road, along: 230 m}
    corner: {route: road, along: 600 m}
  areas:
    guest house: {polygon: [[380 m, 700 m], [440 m, 700 m], [440 m, 760 m], [380 m, 760 m]]}
    villa: {polygon: [[350 m, 690 m], [379 m, 690 m], [379 m, 730 m], [350 m, 730 m]]}
guests:
  host: Host
  on foot: guest
  car: limousine
  precedence:
)" + precedence +
         R"(  arrival: {route: drive, at: arrival point, every: 30 s, line: {place: [0 m, 80 m], facing: north}}
  greeting: {place: [0 m, 90 m], facing: south, every: 12 s, handshake: 6 s}
  photograph: {place: [20 m, 100 m], facing: south, rows: [5, 5], interval: 0.8 m, distance: 0.9 m}
  walk: {route: steps, abreast: 2, interval: 1 m, distance: 1.5 m}
  seats: )" +
         seats + "\n" + motorcades + "programme:\n" + programme;
}

inline const std::string kPrecedence =
    "    - alpha: {head: Anna, size: 2}\n    - beta: {head: Bogdan}\n    - gamma:\n"
    "    - delta: {size: 3}\n";
inline const std::string kSeats =
    "{place: [30 m, 160 m], facing: south, rows: [5, 4], height: {agl: 12 m}}";
inline const std::string kMotorcades =
    "  motorcades:\n"
    "    to talks: {route: road, from: car park, to: guest house, walk: way down, together: "
    "[[alpha, beta]]}\n";
inline const std::string kProgramme =
    "  - arrival: {at: 07:50, guests: arrival}\n"
    "  - greeting: {at: 08:00, guests: greeting}\n"
    "  - photograph: {at: 08:10, guests: photograph, lasts: 2 min}\n"
    "  - walk: {after: photograph, later: 0 s, guests: walk}\n"
    "  - show: {at: 09:00, lasts: 1 h}\n"
    "  - drive: {after: show, later: 5 min, motorcade: to talks}\n"
    "  - talks: {at: 11:00, lasts: 1 h, participants: [alpha, beta], venue: guest house}\n";

inline std::string whole() {
  return text(kPrecedence, kSeats, kMotorcades, kProgramme);
}

struct Read {
  Sources sources;
  std::optional<show::Show> show;
  explicit Read(const std::string& file) {
    Diagnostics diagnostics;
    show = show::read_show_text(file, "guests.yaml", {}, sources, diagnostics);
    for (const auto& each : diagnostics.all()) {
      if (each.severity == Severity::error) ADD_FAILURE() << render(each, sources, false);
    }
  }
};

}  // namespace defilada::guests::guest_show
