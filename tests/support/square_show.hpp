// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

/// A small show with spectators.
namespace defilada::test {

/// 40 m of a square, a fence with a gate, a stand behind it, an exit on each side.
inline constexpr std::string_view kSquareWithAGate = R"(defilada: 1
title: A square
date: 2026-05-03
zone: Europe/Warsaw
site:
  origin: {lat: 52.25, lon: 21.01}
  stands:
    stand: {polygon: [[0 m, 30 m], [30 m, 30 m], [30 m, 40 m], [0 m, 40 m]], capacity: 200}
programme:
  - welcome: {at: 12:00, lasts: 5 min}
spectators:
  people: 60
  seated by: 11:30
  get up: 30 s
  ground:
    before: {polygon: [[0 m, 0 m], [30 m, 0 m], [30 m, 30 m], [0 m, 30 m]]}
  stops:
    tram: {polygon: [[10 m, 2 m], [20 m, 2 m], [20 m, 8 m], [10 m, 8 m]], arrivals: {from: 11:00, to: 11:10}}
  gates:
    gate: {points: [[10 m, 20 m], [20 m, 20 m]], lanes: 4, service: 6 s, opens: 11:00, shuts: 11:40}
  fences:
    left: {points: [[0 m, 20 m], [10 m, 20 m]]}
    right: {points: [[20 m, 20 m], [30 m, 20 m]]}
  exits:
    west: {points: [[0 m, 24 m], [0 m, 28 m]]}
    east: {points: [[30 m, 24 m], [30 m, 28 m]]}
  emergencies:
    fire: {from: welcome starts, blocked: east, react: 20 s}
)";

inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return at == text.npos ? text : text.replace(at, from.size(), to);
}

}  // namespace defilada::test
