// SPDX-License-Identifier: MIT
#include "defilada/legibility/reading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "defilada/formation/lettering.hpp"
#include "defilada/legibility/keeping.hpp"

namespace defilada::legibility {
namespace {

/// The published numbers of aircraft (docs/facts), and 22 for "100".
struct Case {
  std::string text;
  int slots;
};
const std::vector<Case> kCases = {{"80", 26}, {"70", 20}, {"100", 22}, {"100", 29}, {"71", 10}};

formation::Figure drawn(const Case& each) {
  return formation::figure(each.text, each.slots).value();
}

/// Made once: a number of three digits has a thousand rivals.
const Measure& measure_of(const Case& each) {
  static std::map<std::pair<std::string, int>, Measure> made;
  return made.try_emplace({each.text, each.slots}, drawn(each), each.text).first->second;
}

TEST(Reading, EachPublishedFigureReads) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Reading reading = measure_of(each).read(figure.slots);
    EXPECT_GE(reading.correlation, 0.98) << each.text;
    EXPECT_GE(reading.margin(), kLeastMargin) << each.text << " " << reading.rival_name;
    EXPECT_GE(reading.overlap, kLeastOverlap) << each.text;
    EXPECT_NEAR(reading.aspect, 1, 1e-9);
    EXPECT_TRUE(reading.reads()) << each.text << each.slots;
  }
}

// The likest of all numbers differs from the figure in one digit.
TEST(Reading, NearRivalsAreEnoughForTheFlatFigure) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Measure near(figure, each.text, Measure::Rivals::near);
    EXPECT_LT(near.rivals(), 30U);
    const Reading quick = near.read(figure.slots);
    const Reading whole = measure_of(each).read(figure.slots);
    EXPECT_EQ(quick.rival_name, whole.rival_name) << each.text;
    EXPECT_EQ(quick.rival, whole.rival) << each.text;
    EXPECT_EQ(quick.correlation, whole.correlation) << each.text;
  }
}

TEST(Reading, ItReadsWithErrorsOfATwentiethOfTheGap) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Measure& measure = measure_of(each);
    for (std::uint32_t i = 0; i < 40; ++i) {
      const auto seen = off_station(figure.slots, 0.05 * figure.mean_gap, 1, i);
      EXPECT_TRUE(measure.reads(seen)) << each.text << " " << i;
    }
  }
}

// Half of the gap leaves nothing that reads: the measure can say no.
TEST(Reading, ErrorsOfHalfAGapDestroyIt) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Measure& measure = measure_of(each);
    for (std::uint32_t i = 0; i < 40; ++i) {
      EXPECT_FALSE(measure.reads(off_station(figure.slots, 0.5 * figure.mean_gap, 2, i)))
          << each.text << " " << i;
    }
  }
}

// Not of 71: shuffling the ten dots of two upright lines gives the figure itself now and then.
TEST(Reading, ShuffledDotsDoNotRead) {
  for (const Case& each : kCases) {
    if (each.text == "71") continue;
    const formation::Figure figure = drawn(each);
    const Measure& measure = measure_of(each);
    for (std::uint32_t i = 0; i < 200; ++i) {
      EXPECT_FALSE(measure.reads(shuffled(figure.slots, 3, i))) << each.text << " " << i;
    }
  }
}

TEST(Reading, TheMirrorImageIsKnownAsThat) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Reading reading = measure_of(each).read(mirrored(figure.slots));
    EXPECT_FALSE(reading.reads()) << each.text;
    EXPECT_GT(reading.mirrored, 0.95) << each.text;
    EXPECT_LT(reading.correlation, 0.8) << each.text;
  }
}

TEST(Reading, UpsideDownIsKnownAsThat) {
  const formation::Figure figure = drawn({"70", 20});
  std::vector<Point> turned = figure.slots;
  for (Point& p : turned) p = {-p.x, -p.y};
  const Reading reading = Measure(figure, "70").read(turned);
  EXPECT_GT(reading.upside_down, 0.95);
  EXPECT_FALSE(reading.reads());
}

// 11 is its own mirror image: that is no rival.
TEST(Reading, AFigureThatIsItsOwnMirrorImageReads) {
  const formation::Figure figure = drawn({"8", 14});
  EXPECT_TRUE(Measure(figure, "8").reads(figure.slots));
}

TEST(Reading, ShiftsAndSizesDoNotMatter) {
  const formation::Figure figure = drawn({"80", 26});
  const Measure measure(figure, "80");
  std::vector<Point> moved = off_station(figure.slots, 0.02, 4, 0);
  const Reading before = measure.read(moved);
  for (Point& p : moved) p = {1000 * p.x - 77, 1000 * p.y + 5};
  const Reading after = measure.read(moved);
  EXPECT_NEAR(before.correlation, after.correlation, 1e-5);
  EXPECT_NEAR(before.rival, after.rival, 1e-5);
  EXPECT_EQ(before.rival_name, after.rival_name);
  EXPECT_NEAR(before.aspect, after.aspect, 1e-9);
}

TEST(Reading, TheRivalIsTheFirstOfTheWholeRanking) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const Measure& measure = measure_of(each);
    for (std::uint32_t i = 0; i < 12; ++i) {
      const auto seen =
          i % 2 == 0 ? off_station(figure.slots, 0.02 * i, 5, i) : shuffled(figure.slots, 5, i);
      const Reading reading = measure.read(seen);
      const auto ranking = measure.ranking(seen);
      ASSERT_EQ(ranking.size(), measure.rivals());
      EXPECT_EQ(reading.rival_name, ranking.front().name);
      EXPECT_EQ(reading.rival, ranking.front().correlation);
      EXPECT_EQ(measure.reads(seen), reading.reads());
    }
  }
}

/// The figure leaned over, squeezed and turned: what a wrong place does to it.
std::vector<Point> distorted(const std::vector<Point>& dots, double slant, double squeeze,
                             double turn_rad) {
  std::vector<Point> result;
  for (const Point p : dots) {
    const Point q{p.x + slant * p.y, squeeze * p.y};
    result.push_back({q.x * std::cos(turn_rad) - q.y * std::sin(turn_rad),
                      q.x * std::sin(turn_rad) + q.y * std::cos(turn_rad)});
  }
  return result;
}

TEST(Reading, ItReadsALittleDistortedAndNoMore) {
  const formation::Figure figure = drawn({"80", 26});
  const Measure measure(figure, "80");
  EXPECT_TRUE(measure.reads(distorted(figure.slots, 0.1, 1, 0)));
  EXPECT_TRUE(measure.reads(distorted(figure.slots, 0, 0.8, 0)));
  EXPECT_TRUE(measure.reads(distorted(figure.slots, 0, 1, 0.05)));
  EXPECT_FALSE(measure.reads(distorted(figure.slots, 1.2, 1, 0)));
  EXPECT_FALSE(measure.reads(distorted(figure.slots, 0, 0.3, 0)));
  EXPECT_FALSE(measure.reads(distorted(figure.slots, 0, 1, std::numbers::pi / 2)));
}

TEST(Reading, RivalsAreAllNumbersOfTheSameLength) {
  EXPECT_GE(measure_of({"80", 26}).rivals(), 99U);
  EXPECT_GE(measure_of({"100", 22}).rivals(), 999U);
  const formation::Figure word = drawn({"PL", 12});
  EXPECT_GE(Measure(word, "PL").rivals(), 50U);
}

// An arrow: no text, so that only its own images are rivals.
TEST(Reading, ADrawingIsHeldAgainstItsOwnImages) {
  const std::vector<formation::Stroke> arrow{{{{0, 0}, {1, 1}}, false},
                                             {{{0.5, 1}, {1, 1}, {1, 0.5}}, false}};
  const formation::Figure figure = formation::figure(arrow, 14).value();
  const Measure measure(figure, "");
  EXPECT_TRUE(measure.reads(figure.slots));
  EXPECT_FALSE(measure.reads(mirrored(figure.slots)));
  EXPECT_LE(measure.rivals(), 2U);
}

TEST(Reading, TwoDotsOnALineAndFewerReadAsNothing) {
  const Measure measure(drawn({"80", 26}), "80");
  EXPECT_FALSE(measure.reads({}));
  EXPECT_FALSE(measure.reads(std::vector<Point>{{1, 1}}));
  EXPECT_FALSE(measure.reads(std::vector<Point>{{1, 1}, {1, 1}}));
  EXPECT_FALSE(measure.reads(std::vector<Point>{{1, 1}, {2, 1}, {3, 1}}));
}

TEST(Keeping, ErrorsHaveTheStandardDeviationAsked) {
  const std::vector<Point> dots(20'000, Point{3, 4});
  double squares = 0;
  for (const Point p : off_station(dots, 0.5, 9, 0)) {
    squares += (p.x - 3) * (p.x - 3) + (p.y - 4) * (p.y - 4);
  }
  EXPECT_NEAR(std::sqrt(squares / 40'000), 0.5, 0.01);
}

TEST(Lettering, HasTheStrokesOfTheFigure) {
  for (const Case& each : kCases) {
    const formation::Figure figure = drawn(each);
    const auto lettering =
        formation::lettering(each.text, formation::glyph_distance(figure, each.text)).value();
    ASSERT_EQ(lettering.strokes.size(), figure.strokes.size());
    EXPECT_NEAR(lettering.width, figure.width, 1e-12);
    for (std::size_t i = 0; i < figure.strokes.size(); ++i) {
      ASSERT_EQ(lettering.strokes[i].points.size(), figure.strokes[i].points.size());
      for (std::size_t k = 0; k < figure.strokes[i].points.size(); ++k) {
        EXPECT_NEAR(lettering.strokes[i].points[k].x, figure.strokes[i].points[k].x, 1e-12);
        EXPECT_EQ(lettering.strokes[i].points[k].y, figure.strokes[i].points[k].y);
      }
    }
  }
  EXPECT_FALSE(formation::lettering("", 1));
  EXPECT_FALSE(formation::lettering("ü", 1));
}

}  // namespace
}  // namespace defilada::legibility
