// SPDX-License-Identifier: MIT
// Tracks from anywhere: what is read, and what is said of what cannot be.
#include "defilada/proof/read_tracks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "source_dir.hpp"

namespace defilada::proof {
namespace {

struct Reading {
  explicit Reading(const std::string& text) : file(sources.add("tracks", text)) {
    tracks = read_tracks(file, sources, faults);
    faults.sort();
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> all;
    for (const Diagnostic& each : faults.all()) all.push_back(each.code);
    return all;
  }
  Sources sources;
  Diagnostics faults;
  FileId file;
  std::optional<TracksFile> tracks;
};

std::string with_movers(const std::string& movers) {
  return R"({"format": "defilada-tracks/1", "separation_m": 2, "movers": [)" + movers + "]}";
}
std::string with_pieces(const std::string& pieces) {
  return with_movers(R"({"id": "a", "pieces": [)" + pieces + "]}");
}

TEST(ReadTracks, ReadsWhatTheContractSays) {
  const Reading reading(with_movers(
      R"({"id": "a", "radius_m": 0.3, "pieces": [{"t0": 0, "t1": 10, "x": [1, 2, 3], "y": [4]},
                                                  {"t0": 12, "t1": 13, "x": [0], "y": [0], "z": [5, 6]}]},
         {"id": "b", "colour": "red", "pieces": [{"t0": -1, "t1": 1, "x": [0], "y": [0]}]})"));
  ASSERT_TRUE(reading.tracks.has_value());
  const TracksFile& tracks = *reading.tracks;
  EXPECT_EQ(tracks.ids, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(tracks.limit->distance_m, 2);
  EXPECT_EQ(tracks.motions.movers[0].body.radius_m, 0.3);
  std::array<double, 3> at{};
  ASSERT_TRUE(tracks.motions.position(tracks.motions.movers[0], 2, at));
  EXPECT_EQ(at, (std::array<double, 3>{17, 4, 0}));
  EXPECT_FALSE(tracks.motions.position(tracks.motions.movers[0], 11, at));
  ASSERT_TRUE(tracks.motions.position(tracks.motions.movers[0], 12.5, at));
  EXPECT_EQ(at[2], 8);
}

TEST(ReadTracks, ACylinderIsReadToo) {
  const Reading reading(
      R"({"format": "defilada-tracks/1", "horizontal_m": 30, "vertical_m": 10, "movers": []})");
  ASSERT_TRUE(reading.tracks.has_value());
  EXPECT_EQ(reading.tracks->limit->shape, Limit::Shape::cylinder);
  EXPECT_EQ(reading.tracks->limit->vertical_m, 10);
}

struct Fault {
  std::string text;
  std::string code;
  std::string at;  ///< what stands at its place
};

TEST(ReadTracks, EveryFaultIsToldWithItsPlace) {
  const std::string piece = R"({"t0": 0, "t1": 1, "x": [0], "y": [0]})";
  const std::string head = R"({"format": "defilada-tracks/1", )";
  const std::vector<Fault> faults{
      {"", "tracks.empty", ""},
      {"[]", "tracks.format", "[]"},
      {R"({"format": "defilada-tracks/2", "movers": []})", "tracks.format",
       "\"defilada-tracks/2\""},
      {R"({"movers": []})", "tracks.missing", "{\"movers\""},
      {head + R"("separation_m": 1})", "tracks.missing", "{\"format\""},
      {head + R"("separation_m": -1, "movers": []})", "tracks.number", "-1"},
      {head + R"("separation_m": "2", "movers": []})", "tracks.type", "\"2\""},
      {head + R"("horizontal_m": 2.5, "movers": []})", "tracks.separation", "2.5"},
      {with_pieces(R"({"t0": 1, "t1": 0.25, "x": [0], "y": [0]})"), "tracks.backwards", "0.25"},
      {with_pieces(piece + R"(, {"t0": 0.5, "t1": 2, "x": [0], "y": [0]})"), "tracks.overlap",
       "0.5,"},
      {with_pieces(piece + R"(, {"t0": 1.0, "t1": 2, "x": [0.0011], "y": [0]})"), "tracks.jump",
       "1.0,"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [NaN], "y": [0]})"), "tracks.json-syntax", "NaN"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [1e999], "y": [0]})"), "tracks.number", "1e999"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [1e300], "y": [0]})"), "tracks.number",
       R"({"t0": 0)"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [], "y": [0]})"), "tracks.missing", "[],"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [0]})"), "tracks.missing", R"({"t0": 0)"},
      {with_pieces(R"({"t0": 0, "t1": 1, "x": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7], "y": [0]})"),
       "tracks.degree", "7]"},
      {with_pieces(""), "tracks.missing", "[]}"},
      {with_movers(R"({"id": "a", "pieces": [)" + piece + R"(]}, {"id": "a", "pieces": [)" + piece +
                   "]}"),
       "tracks.id", R"("a", "pieces")"},
      {with_movers(R"({"id": "a", "id": "b", "pieces": []})"), "tracks.json-duplicate-member",
       R"("id": "b")"},
      {"time,id,x\n0,a,1\n", "tracks.header", "time"},
      {"time,id,x,y,x\n", "tracks.header", "x\n"},
      {"time,id,x,y\n0,a,1,2\n1,a,2,2\n2,a,1\n", "tracks.row", "2,a,1\n"},
      {"time,id,x,y\n0,a,1,2\n1,a,1,2\n2,a,one,2\n", "tracks.number", "one"},
      {"time,id,x,y\n0,a,1,2\n1,a,1,2\n2,a,nan,2\n", "tracks.number", "nan"},
      {"time,id,x,y\n1,a,1,2\n2,a,1,2\n1.5,a,1,2\n", "tracks.backwards", "1.5"},
      {"time,id,x,y\n0,,1,2\n", "tracks.id", ",1,2"},
      {"time,id,x,y\n0,a,1,2\n", "tracks.row", "a,1"},
      {"time,id,x,y\n0,a,1,2\n1,a,2 m,2\n", "tracks.number", "2 m"},
      {"time,id,x,y\n0,a,-1e12,2\n1e-300,a,1e12,2\n1,a,0,0\n", "tracks.number", "1e-300"},
  };
  for (const Fault& fault : faults) {
    const Reading reading(fault.text);
    EXPECT_FALSE(reading.tracks.has_value()) << fault.text;
    ASSERT_THAT(reading.codes(), testing::ElementsAre(fault.code)) << fault.text;
    const Span span = reading.faults.all()[0].span;
    EXPECT_THAT(fault.text.substr(span.begin), testing::StartsWith(fault.at)) << fault.text;
  }
}

TEST(ReadTracks, AMillimetreAtAJointIsAllowed) {
  EXPECT_TRUE(
      Reading(
          with_pieces(
              R"({"t0": 0, "t1": 1, "x": [0], "y": [0]}, {"t0": 1, "t1": 2, "x": [0.0009], "y": [0]})"))
          .tracks.has_value());
}

TEST(ReadTracks, AMisspeltMemberIsSuggested) {
  const Reading reading(R"({"format": "defilada-tracks/1", "mover": []})");
  ASSERT_EQ(reading.faults.all().size(), 1U);
  EXPECT_EQ(reading.faults.all()[0].suggestion, "mover");
}

TEST(ReadTracks, WhatIsCopiedFromASpreadsheetHasTabs) {
  const Reading reading("time\tid\tx\ty\n0\ta, b\t1\t2\n1\ta, b\t3\t2\n");
  ASSERT_TRUE(reading.tracks.has_value());
  EXPECT_EQ(reading.tracks->ids, std::vector<std::string>{"a, b"}) << "the header decides";
}

TEST(ReadTracks, CsvColumnsComeInAnyOrder) {
  const Reading reading("Y;note;id;X;time\r\n1;first;\"a;1\";2;0\r\n\r\n3;;\"a;1\";6;2\r\n");
  ASSERT_TRUE(reading.tracks.has_value()) << reading.codes().size();
  EXPECT_EQ(reading.tracks->ids, std::vector<std::string>{"a;1"});
  std::array<double, 3> at{};
  ASSERT_TRUE(reading.tracks->motions.position(reading.tracks->motions.movers[0], 1, at));
  EXPECT_EQ(at, (std::array<double, 3>{4, 2, 0}));
  EXPECT_FALSE(reading.tracks->limit.has_value());
}

TEST(ReadTracks, EachIdIsInTheListOfMessages) {
  const auto text = [](const std::string& path) {
    std::ifstream stream(std::string(test::source_dir()) + path);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  const std::string page = text("/docs/messages.md");
  const std::string source = text("/modules/proof/src/read_tracks_json.cpp") +
                             text("/modules/proof/src/read_tracks_csv.cpp");
  const std::regex id("\"(tracks\\.[a-z-]+)\"");
  int ids = 0;
  for (std::sregex_iterator each(source.begin(), source.end(), id), end; each != end; ++each) {
    EXPECT_THAT(page, testing::HasSubstr("`" + each->str(1) + "`"));
    ++ids;
  }
  EXPECT_GT(ids, 20);
}

TEST(ReadTracks, DepthIsLimited) {
  const Reading reading("{\"format\": " + std::string(100, '['));
  EXPECT_THAT(reading.codes(), testing::ElementsAre("tracks.json-syntax"));
}

}  // namespace
}  // namespace defilada::proof
