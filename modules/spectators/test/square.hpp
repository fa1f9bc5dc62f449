// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "defilada/show/read.hpp"
#include "defilada/spectators/scene.hpp"

/// The show of these tests.
namespace defilada::spectators::test {

/// 40 m of a square, a fence with a gate, a stand behind it, an exit on each side.
inline constexpr std::string_view kSquare = R"(defilada: 1
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

struct Planned {
  explicit Planned(std::string text = std::string(kSquare)) {
    auto read = show::read_show_text(std::move(text), "square.yaml", {}, sources, diagnostics);
    EXPECT_TRUE(read) << (diagnostics.all().empty() ? "" : diagnostics.all()[0].message.english());
    show.emplace(std::move(*read));
    auto made = plan::make_plan(*show);
    EXPECT_TRUE(made && made->feasible);
    plan = std::move(*made);
  }
  [[nodiscard]] Scene scene(SceneOptions options = {}) const {
    auto made = make_scene(*show, plan, options);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }

  Sources sources;
  Diagnostics diagnostics;
  std::optional<show::Show> show;
  plan::Plan plan;
};

inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

}  // namespace defilada::spectators::test
