// SPDX-License-Identifier: MIT
#include "defilada/figures/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "defilada/core/random.hpp"
#include "defilada/figures/footprint.hpp"
#include "defilada/figures/spectators.hpp"
#include "sky_show.hpp"

namespace defilada::figures {
namespace {

constexpr const char* kForNorth =
    "{text: 80, slots: 26, spacing: 20 m, reads from: {stand: north stand, before: 200 m}}";

TEST(Picture, FromTheEyeThatItIsPlacedForItIsTheFlatFigure) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const formation::Spec& spec = part_of(sky.show, id).formation;
  const Plan plan = plan_of(sky.show, id);
  const auto picture = picture_of(formation::from_head_line(*spec.read_from, plan.aim), plan.spots);
  ASSERT_TRUE(picture);
  const formation::Figure flat = formation::figure("80", 26).value();
  const legibility::Box seen = legibility::box_of(*picture);
  const legibility::Box drawn = legibility::box_of(flat.slots);
  const double scale = seen.height() / drawn.height();
  EXPECT_NEAR(seen.width() / scale, drawn.width(), 1e-6);
  // The layout sorts slots by ranks: every dot of the picture is one of the flat figure.
  for (const Point p : *picture) {
    double nearest = 1;
    for (const Point q : flat.slots) {
      nearest = std::min(nearest, std::hypot((p.x - seen.low.x) / scale - (q.x - drawn.low.x),
                                             (p.y - seen.low.y) / scale - (q.y - drawn.low.y)));
    }
    EXPECT_LT(nearest, 1e-6);
  }
  EXPECT_TRUE(measure_of(sky.show, id).reads(*picture));
}

TEST(Picture, TooLowAndTooWideIsNoPicture) {
  const std::vector<Spot> spots{{0, -50}, {0, 50}, {100, -50}, {100, 50}};
  EXPECT_TRUE(picture_of({-50, 300, 200}, spots));
  EXPECT_FALSE(picture_of({-50, 3000, 200}, spots)) << "four degrees up";
  EXPECT_FALSE(picture_of({-50, 0, 60}, spots)) << "80 degrees wide";
  EXPECT_FALSE(picture_of({0, 0, -10}, spots)) << "from above";
}

TEST(Spectators, StandInThePolygonAsItsAreaIsSpread) {
  // An L: 300 m2 of 500 lie to the left of x = 10.
  const geo::Polygon polygon{{{0, 0}, {30, 0}, {30, 10}, {10, 10}, {10, 30}, {0, 30}}, {}};
  const auto places = spectator_places(polygon, 400);
  ASSERT_EQ(places.size(), 400U);
  int left = 0;
  for (const geo::Vec2 place : places) {
    EXPECT_TRUE(geo::contains(polygon, place));
    left += place.x < 10 ? 1 : 0;
  }
  EXPECT_NEAR(left / 400.0, 0.6, 2 / std::sqrt(400.0));
  EXPECT_LT(std::abs(left / 400.0 - 0.6), 0.02) << "more evenly than at random";
}

TEST(Spectators, TheErrorOfAShareIsTwoStandardErrors) {
  EXPECT_NEAR(error_of_share(0.5, 100), 0.1, 1e-12);
  EXPECT_GT(error_of_share(0, 100), 0.01);
  EXPECT_LT(error_of_share(1, 100), 0.03);
}

TEST(Footprint, IsWhatEyesInTheMiddleOfACellSeeInAnyOrder) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const auto measure = measure_of(sky.show, id);
  const Plan plan = plan_of(sky.show, id);
  Footprint one(measure, plan.spots, 118.4, 8);
  Footprint other(measure, plan.spots, 118.4, 8);
  int reads = 0;
  std::vector<Eye> eyes;
  for (std::uint32_t i = 0; i < 400; ++i) {
    Random random(5, i, 0);
    eyes.push_back({random.uniform(-100, 400), random.uniform(-200, 200), 118.4});
  }
  std::vector<bool> answers;
  for (const Eye& eye : eyes) answers.push_back(one.reads(eye.ahead_m, eye.left_m));
  for (std::size_t i = eyes.size(); i-- > 0;) {
    EXPECT_EQ(other.reads(eyes[i].ahead_m, eyes[i].left_m), answers[i]);
    const Spot middle = one.middle();
    Eye at = eyes[i];
    at.ahead_m = (std::floor((at.ahead_m + middle.back_m) / 8) + 0.5) * 8 - middle.back_m;
    at.left_m = (std::floor((at.left_m - middle.left_m) / 8) + 0.5) * 8 + middle.left_m;
    const auto picture = picture_of(at, plan.spots);
    EXPECT_EQ(picture && measure.reads(*picture, legibility::kLeastOverlapAside), answers[i]);
    reads += answers[i] ? 1 : 0;
  }
  EXPECT_GT(reads, 10);
  EXPECT_LT(reads, 390);
  EXPECT_FALSE(one.reads(1e7, 0));
}

TEST(Report, TheMomentIsWhenTheMiddleOfThePictureIsThere) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const Plan plan = plan_of(sky.show, id);
  const auto moment = moment_of(sky.show, tracks_of(sky.show, id), id, time_from_seconds(1000));
  ASSERT_TRUE(moment);
  // The aim is 200 m before the origin when the head line is aim.back_m further.
  EXPECT_NEAR(moment->seconds(), 1000 - (200 - plan.aim.back_m) / 40, 1e-3);
}

/// One spectator at a time, with small steps, and nothing but the picture.
double seconds_by_hand(const SkyShow& sky, FigureId id, const legibility::Measure& measure,
                       geo::Vec2 place) {
  const Plan plan = plan_of(sky.show, id);
  double seconds = 0;
  for (double t = 960; t < 1040; t += 0.1) {
    const Eye eye = eye_at(place, {-40 * (t - 1000), 0}, {-1, 0}, height_m(sky.show, id) - 1.6);
    const auto picture = picture_of(eye, plan.spots);
    if (picture && measure.reads(*picture, legibility::kLeastOverlapAside)) seconds += 0.1;
  }
  return seconds;
}

TEST(Report, SharesAndSecondsAreThoseOfSpectatorsOneByOne) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const auto measure = measure_of(sky.show, id);
  ReportOptions options;
  options.places = 12;
  const auto report =
      make_report(sky.show, tracks_of(sky.show, id), measure, id, time_from_seconds(1000), options);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->stands.size(), 2U);
  double spectators = 0;
  for (const StandReading& stand : report->stands) {
    const show::Area& area = sky.show[stand.stand];
    std::vector<double> seconds;
    for (const geo::Vec2 place : spectator_places(area.polygon, 12)) {
      const double each = seconds_by_hand(sky, id, measure, place);
      if (each >= kLeastSeconds) seconds.push_back(each);
    }
    std::sort(seconds.begin(), seconds.end());
    EXPECT_NEAR(stand.share, static_cast<double>(seconds.size()) / 12, 2.01 / 12) << area.name;
    if (!seconds.empty() && stand.seconds > 0) {
      EXPECT_NEAR(stand.seconds, seconds[seconds.size() / 2], 0.8) << area.name;
    }
    spectators += stand.share * static_cast<double>(*area.capacity);
  }
  EXPECT_NEAR(report->spectators, spectators, 1e-6);
  EXPECT_NEAR(report->share, spectators / 4000, 1e-12);
  EXPECT_NEAR(report->least_spacing_m, 20, 1e-6);
  EXPECT_GT(report->stands[0].share, 0.5) << "made for it";
  ASSERT_TRUE(report->stands[0].middle);
  EXPECT_TRUE(report->stands[0].middle->reads());
}

TEST(Report, IsTheSameTwiceAndCanBeInterrupted) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const auto measure = measure_of(sky.show, id);
  ReportOptions options;
  options.places = 5;
  options.coarser = 3;
  const auto tracks = tracks_of(sky.show, id);
  const auto a = make_report(sky.show, tracks, measure, id, time_from_seconds(1000), options);
  const auto b = make_report(sky.show, tracks, measure, id, time_from_seconds(1000), options);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->spectators, b->spectators);
  EXPECT_EQ(a->moment, b->moment);
  options.progress = [](double) { return false; };
  const auto stopped = make_report(sky.show, tracks, measure, id, time_from_seconds(1000), options);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::interrupted);
}

TEST(Report, WithoutTracksThereIsNoMoment) {
  const SkyShow sky = read_sky(sky_text(kForNorth));
  const FigureId id = figures_of(sky.show).at(0);
  const auto report = make_report(sky.show, {}, measure_of(sky.show, id), id, Time{});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->moment);
  EXPECT_EQ(report->spectators, 0);
}

}  // namespace
}  // namespace defilada::figures
