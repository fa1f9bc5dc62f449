// SPDX-License-Identifier: MIT
#include "defilada/track/tracks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>
#include <random>

namespace defilada::track {
namespace {

/// A rank that stands, then walks east; two movers, one two metres to its left.
TrackSet walk_east() {
  TrackSet tracks;
  Piece stand{.t0_s = 0, .t1_s = 10, .x = {5}, .y = {1}, .z = {}, .nx = {0}, .ny = {1}};
  Piece walk{.t0_s = 10, .t1_s = 20, .x = {5, 1.4}, .y = {1}, .z = {}, .nx = {0}, .ny = {1}};
  tracks.pieces = {stand, walk};
  tracks.paths = {{.first_piece = 0, .piece_count = 2, .straight = true}};
  tracks.movers = {{.path = 0}, {.path = 0, .left_m = 2, .offset_m = {-1, 0, 0.5}, .slot = 1}};
  tracks.groups = {{.contingent = 0, .first_mover = 0, .mover_count = 2}};
  return tracks;
}

TEST(TrackSet, PlacesAMoverByItsRankAndOffsets) {
  const TrackSet tracks = walk_east();
  ASSERT_TRUE(tracks.validate());
  const auto state = tracks.at(tracks.movers[1], 15);
  ASSERT_TRUE(state);
  EXPECT_DOUBLE_EQ(state->position_m[0], 5 + 7 - 1);
  EXPECT_DOUBLE_EQ(state->position_m[1], 3);
  EXPECT_DOUBLE_EQ(state->position_m[2], 0.5);
  EXPECT_DOUBLE_EQ(state->velocity_mps[0], 1.4);
  EXPECT_DOUBLE_EQ(state->heading_rad, 0);
}

TEST(TrackSet, AMoverIsAbsentOutsideItsPieces) {
  const TrackSet tracks = walk_east();
  EXPECT_FALSE(tracks.at(tracks.movers[0], -0.001));
  EXPECT_TRUE(tracks.at(tracks.movers[0], 0));
  EXPECT_TRUE(tracks.at(tracks.movers[0], 20));
  EXPECT_FALSE(tracks.at(tracks.movers[0], 20.001));
  EXPECT_FALSE(tracks.at(tracks.movers[0], std::numeric_limits<double>::quiet_NaN()));
}

TEST(TrackSet, FacingTurnsTheBodyNotTheWay) {
  TrackSet tracks = walk_east();
  tracks.pieces[0].facing_rad = std::numbers::pi;
  EXPECT_DOUBLE_EQ(tracks.at(tracks.movers[0], 5)->heading_rad, std::numbers::pi);
  EXPECT_DOUBLE_EQ(tracks.at(tracks.movers[0], 12)->heading_rad, 0);
}

TEST(TrackSet, ValidateNamesTheFault) {
  const auto broken = [](auto&& change) {
    TrackSet tracks = walk_east();
    change(tracks);
    return !tracks.validate().has_value();
  };
  EXPECT_TRUE(broken([](TrackSet& t) { t.pieces[1].t0_s = 11; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.pieces[1].x[0] += 1e-5; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.pieces[0].y[2] = NAN; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.pieces[0].ny[0] = 0.99; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.movers[1].path = 1; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.groups[0].mover_count = 1; }));
  EXPECT_TRUE(broken([](TrackSet& t) { t.paths[0].piece_count = 3; }));
  EXPECT_TRUE(broken([](TrackSet& t) { std::swap(t.pieces[0].t0_s, t.pieces[0].t1_s); }));
}

// Law: the written-out pieces are the mover's own track.
TEST(TrackSet, ExpandedPiecesAgreeWithTheState) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> number(-2, 2);
  TrackSet tracks;
  Piece piece{.t0_s = 100, .t1_s = 101};
  for (auto* polynomial : {&piece.x, &piece.y, &piece.z, &piece.nx, &piece.ny}) {
    for (double& c : *polynomial) c = number(random);
  }
  tracks.pieces = {piece};
  tracks.paths = {{.first_piece = 0, .piece_count = 1}};
  tracks.movers = {{.path = 0, .left_m = number(random), .offset_m = {1, 2, 3}}};
  const Piece own = tracks.expand(tracks.movers[0]).front();
  for (double t = 100; t <= 101; t += 0.01) {
    const State state = *tracks.at(tracks.movers[0], t);
    EXPECT_NEAR(evaluate(own.x, t - 100), state.position_m[0], 1e-12);
    EXPECT_NEAR(evaluate(own.y, t - 100), state.position_m[1], 1e-12);
    EXPECT_NEAR(evaluate(own.z, t - 100), state.position_m[2], 1e-12);
    EXPECT_NEAR(derivative(own.x, t - 100), state.velocity_mps[0], 1e-11);
  }
}

TEST(TracksJson, ReadsBackToTheSameNumbers) {
  const TrackSet tracks = walk_east();
  std::string text;
  const std::vector<std::string> ids{"army/1", "a \"quoted\"\n name"};
  ASSERT_TRUE(write_tracks_json(
      tracks, ids, 0.5,
      [](void* context, std::string_view chunk) -> Status {
        static_cast<std::string*>(context)->append(chunk);
        return {};
      },
      &text));
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["format"], "defilada-tracks/1");
  EXPECT_EQ(json["separation_m"], 0.5);
  ASSERT_EQ(json["movers"].size(), 2u);
  EXPECT_EQ(json["movers"][1]["id"], ids[1]);
  EXPECT_EQ(json["movers"][1]["pieces"][1]["x"], (std::vector<double>{4, 1.4}));
  EXPECT_EQ(json["movers"][1]["pieces"][1]["y"], std::vector<double>{3});
  EXPECT_EQ(json["movers"][1]["pieces"][1]["t0"], 10);
}

// Those who watch stand apart, so that a proof passes over them.
TEST(TracksJson, HasGuestsUnderAKeyOfTheirOwn) {
  const TrackSet tracks = walk_east();
  const std::vector<std::string> ids{"army/1", "army/2"};
  const std::vector<std::string> guests{"Russia/1", "Russia/car 2"};
  const auto append = [](void* context, std::string_view chunk) -> Status {
    static_cast<std::string*>(context)->append(chunk);
    return {};
  };
  std::string with;
  ASSERT_TRUE(write_tracks_json({tracks, ids}, NamedTracks{tracks, guests}, 0.5, append, &with));
  const auto json = nlohmann::json::parse(with);
  EXPECT_EQ(json["movers"].size(), 2u);
  ASSERT_EQ(json["guests"].size(), 2u);
  EXPECT_EQ(json["guests"][1]["id"], "Russia/car 2");
  EXPECT_EQ(json["guests"][1]["pieces"], json["movers"][1]["pieces"]);
  std::string without;
  ASSERT_TRUE(write_tracks_json({tracks, ids}, std::nullopt, 0.5, append, &without));
  EXPECT_EQ(nlohmann::json::parse(without).count("guests"), 0u);
}

}  // namespace
}  // namespace defilada::track
