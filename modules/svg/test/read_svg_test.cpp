// SPDX-License-Identifier: MIT
#include "defilada/svg/read_svg.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace defilada::svg {
namespace {

struct Reading {
  std::vector<formation::Stroke> strokes;
  std::vector<std::string> codes;
  std::vector<std::string> texts;
};

Reading read(const std::string& text) {
  Sources sources;
  Diagnostics diagnostics;
  const FileId file = sources.add("drawing.svg", text);
  Reading reading{read_svg(file, sources, diagnostics), {}, {}};
  for (const Diagnostic& each : diagnostics.all()) {
    reading.codes.push_back(each.code);
    reading.texts.push_back(sources.where(each.span));
  }
  return reading;
}

Reading read_body(const std::string& body) {
  return read("<svg xmlns=\"http://www.w3.org/2000/svg\">\n" + body + "\n</svg>");
}

using Points = std::vector<std::pair<double, double>>;
Points points_of(const formation::Stroke& stroke) {
  Points points;
  for (const auto p : stroke.points) {
    points.emplace_back(std::round(p.x * 1e6) / 1e6 + 0.0, std::round(p.y * 1e6) / 1e6 + 0.0);
  }
  return points;
}

TEST(ReadSvg, LinesComeYUpwards) {
  const Reading reading = read_body("<path d='M 0 0 L 10 0 l 0 5 M 1 1 h 2 v 3 z'/>");
  ASSERT_EQ(reading.codes, std::vector<std::string>());
  ASSERT_EQ(reading.strokes.size(), 2U);
  EXPECT_EQ(points_of(reading.strokes[0]), (Points{{0, 0}, {10, 0}, {10, -5}}));
  EXPECT_FALSE(reading.strokes[0].closed);
  EXPECT_EQ(points_of(reading.strokes[1]), (Points{{1, -1}, {3, -1}, {3, -4}}));
  EXPECT_TRUE(reading.strokes[1].closed);
}

TEST(ReadSvg, ShapesAreLinesToo) {
  const Reading reading = read_body(
      "<line x1='1' y1='2' x2='3px' y2='4'/><polyline points='0,0 1,0 1,1'/>"
      "<g><polygon points='0 0 2 0 2 2'/></g><rect x='1' y='1' width='2' height='3'/>");
  ASSERT_EQ(reading.strokes.size(), 4U);
  EXPECT_EQ(points_of(reading.strokes[0]), (Points{{1, -2}, {3, -4}}));
  EXPECT_FALSE(reading.strokes[1].closed);
  EXPECT_TRUE(reading.strokes[2].closed);
  EXPECT_EQ(points_of(reading.strokes[3]), (Points{{1, -1}, {3, -1}, {3, -4}, {1, -4}}));
}

// All points of a circle and of arcs lie on it; curves go where the formula says.
TEST(ReadSvg, CurvesAreCutInChords) {
  for (const std::string& body :
       {std::string("<circle cx='10' cy='20' r='5'/>"),
        std::string("<ellipse cx='10' cy='20' rx='5' ry='5'/>"),
        std::string("<path d='M 15 20 A 5 5 0 0 1 5 20 A 5 5 0 0 1 15 20 Z'/>")}) {
    const Reading reading = read_body(body);
    ASSERT_EQ(reading.strokes.size(), 1U) << body;
    EXPECT_TRUE(reading.strokes[0].closed);
    EXPECT_GT(reading.strokes[0].points.size(), 90U);
    for (const auto p : reading.strokes[0].points) {
      EXPECT_NEAR(std::hypot(p.x - 10, p.y + 20), 5, 1e-9) << body;
    }
  }
  const Reading cubic = read_body("<path d='M 0 0 C 1 0 2 1 3 1'/>");
  ASSERT_EQ(cubic.strokes.size(), 1U);
  const auto middle = cubic.strokes[0].points[24];
  EXPECT_NEAR(middle.x, 1.5, 1e-12);
  EXPECT_NEAR(middle.y, -0.5, 1e-12);
}

TEST(ReadSvg, TransformsApplyFromTheInsideOut) {
  const Reading reading = read_body(
      "<g transform='translate(10, 0) scale(2)'><line x2='1' y2='1' transform='rotate(90)'/></g>"
      "<line x2='1' transform='rotate(90 1 0)'/><line y2='1' transform='skewX(45)'/>"
      "<line x2='1' transform='matrix(0 1 1 0 5 6)'/>");
  ASSERT_EQ(reading.strokes.size(), 4U);
  EXPECT_EQ(points_of(reading.strokes[0]), (Points{{10, 0}, {8, -2}}));
  EXPECT_EQ(points_of(reading.strokes[1]), (Points{{1, 1}, {1, 0}}));
  EXPECT_EQ(points_of(reading.strokes[2]), (Points{{0, 0}, {1, -1}}));
  EXPECT_EQ(points_of(reading.strokes[3]), (Points{{5, -6}, {5, -7}}));
}

TEST(ReadSvg, WhatIsNotDrawnIsPassedOver) {
  const Reading reading = read_body(
      "<defs><path d='M0 0 L1 1'/></defs><g display='none'><path d='M0 0 L1 1'/></g>"
      "<path d='M 0 0 L 5 5'/><text>80</text>");
  EXPECT_EQ(reading.strokes.size(), 1U);
  EXPECT_EQ(reading.codes, std::vector<std::string>{"svg.not-drawn"});
}

TEST(ReadSvg, EveryFaultHasItsLine) {
  const auto fault = [](const std::string& body) {
    const Reading reading = read_body(body);
    EXPECT_TRUE(reading.strokes.empty()) << body;
    return reading.codes.empty() ? "" : reading.codes.front() + " " + reading.texts.front();
  };
  EXPECT_EQ(fault("<path d='M 0 0 L 1'/>"), "svg.path drawing.svg:2:1");
  EXPECT_EQ(fault("\n<path d='nonsense'/>"), "svg.path drawing.svg:3:1");
  EXPECT_EQ(fault("<path d='M 0 0 L 1 1e9'/>"), "svg.too-large drawing.svg:2:1");
  EXPECT_EQ(fault("<line x2='1 m'/>"), "svg.number drawing.svg:2:1");
  EXPECT_EQ(fault("<g transform='turn(3)'/>"), "svg.transform drawing.svg:2:1");
  EXPECT_EQ(fault("<polygon points='1 2 3'/>"), "svg.path drawing.svg:2:1");
  EXPECT_EQ(fault("<text>80</text>").substr(0, 13), "svg.not-drawn");
  EXPECT_EQ(fault("<g></svg>").substr(0, 10), "svg.syntax");
  EXPECT_EQ(read("<html/>").codes, std::vector<std::string>{"svg.not-svg"});
  EXPECT_EQ(read("").codes, std::vector<std::string>{"svg.syntax"});
  EXPECT_EQ(read_body("").codes, std::vector<std::string>{"svg.no-lines"});
}

// Entities that swell, files from elsewhere: neither is followed.
TEST(ReadSvg, NothingIsFetchedAndNothingSwells) {
  const Reading outside = read(
      "<!DOCTYPE svg [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>\n"
      "<svg><path d='&secret;'/></svg>");
  EXPECT_TRUE(outside.strokes.empty());
  std::string bomb = "<!DOCTYPE svg [<!ENTITY a 'M0 0L1 1'>";
  for (char c = 'b'; c < 'q'; ++c) {
    bomb += "<!ENTITY " + std::string(1, c) + " '";
    for (int i = 0; i < 10; ++i) bomb += "&" + std::string(1, static_cast<char>(c - 1)) + ";";
    bomb += "'>";
  }
  bomb += "]>\n<svg><path d='&p;'/></svg>";
  const Reading swollen = read(bomb);
  EXPECT_TRUE(swollen.strokes.empty());
  EXPECT_FALSE(swollen.codes.empty());
}

}  // namespace
}  // namespace defilada::svg
