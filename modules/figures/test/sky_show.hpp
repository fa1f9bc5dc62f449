// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "defilada/figures/flown.hpp"
#include "defilada/show/read.hpp"
#include "defilada/track/tracks.hpp"

/// A show with one figure, as a file that fixes can be applied to, and its tracks by hand.
namespace defilada::figures {

struct SkyShow {
  std::string text;
  Sources sources;
  show::Show show;
};

/// A flight to the west at `height` over the origin; a stand to its north, one to its south.
inline std::string sky_text(const std::string& figure, const std::string& height = "120 m") {
  return R"(defilada: 1
title: A figure
date: 2026-05-03
zone: Europe/Warsaw
kinds:
  helicopter: {category: helicopter, body: {length: 12 m, width: 11 m, height: 3 m}, speed: {max: 60 m/s},
               acceleration: 3 m/s2, bank: 30 deg, separation: {horizontal: 15 m, vertical: 10 m}}
site:
  origin: {lat: 52.25, lon: 21.01}
  air lines: {line: {points: [[5000 m, 0 m], [-5000 m, 0 m]]}}
  stations:
    middle: {route: line, abeam: [0 m, 0 m]}
  stands:
    north stand: {polygon: [[-50 m, 90 m], [50 m, 90 m], [50 m, 110 m], [-50 m, 110 m]], capacity: 3000}
    south stand: {polygon: [[-60 m, -150 m], [60 m, -150 m], [60 m, -190 m], [-60 m, -190 m]], capacity: 1000}
flypasts:
  flight:
    line: line
    over: middle
    height: {agl: )" +
         height + R"(}
    speed: 40 m/s
    order:
      - eighty: {kind: helicopter, figure: )" +
         figure + R"(}
programme: [{flypast item: {flypast: flight, at: 10:00}}]
)";
}

inline SkyShow read_sky(const std::string& text) {
  static int count = 0;
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("defilada-sky-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "show.yaml") << text;
  Diagnostics diagnostics;
  Sources sources;
  auto show = show::read_show(folder / "show.yaml", {}, sources, diagnostics);
  std::string told;
  for (const Diagnostic& each : diagnostics.all()) told += render(each, sources, false);
  std::filesystem::remove_all(folder);
  EXPECT_TRUE(show) << told;
  if (!show) throw std::runtime_error(told);
  return {text, std::move(sources), std::move(*show)};
}

/// The text with a fix applied, from the last edit to the first.
inline std::string applied(const SkyShow& sky, const Fix& fix) {
  std::vector<Edit> edits = fix.edits;
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  std::string text = sky.text;
  for (const Edit& edit : edits) {
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  }
  return text;
}

/// The figure flies west along the line and steadily: its head line is over x = 40 m/s (t - 1000 s)
/// to the west, so over the middle at 1000 s.
inline track::TrackSet tracks_of(const show::Show& show, FigureId id) {
  track::TrackSet tracks;
  track::Piece piece;
  piece.t0_s = 900;
  piece.t1_s = 1100;
  piece.x = {4000, -40};
  piece.z = {height_m(show, id)};
  piece.nx = {0};
  piece.ny = {-1};
  tracks.pieces.push_back(piece);
  track::Path path;
  path.piece_count = 1;
  path.straight = true;
  tracks.paths.push_back(path);
  std::uint32_t slot = 0;
  for (const Spot spot : plan_of(show, id).spots) {
    track::Mover mover;
    mover.left_m = spot.left_m;
    mover.offset_m = {spot.back_m, 0, 0};
    mover.contingent = id.contingent.value;
    mover.part = id.part;
    mover.slot = slot++;
    tracks.movers.push_back(mover);
  }
  tracks.groups.push_back({id.contingent.value, 0, slot});
  return tracks;
}

}  // namespace defilada::figures
