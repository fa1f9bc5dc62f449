// SPDX-License-Identifier: MIT
// The laws of the pictures, on the two real events and on small shows.
#include "defilada/drawing/pictures.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <set>

#include "../src/placed.hpp"
#include "defilada/drawing/draw_air.hpp"
#include "defilada/drawing/draw_gantt.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/draw_nearness.hpp"
#include "defilada/drawing/formed_up.hpp"
#include "defilada/drawing/lettering.hpp"
#include "defilada/drawing/render.hpp"
#include "shows.hpp"
#include "source_dir.hpp"

namespace defilada::drawing {
namespace {

using shows::Planned;

std::vector<Picture> all_pictures(const Context& context) {
  std::vector<Picture> pictures;
  for (const WhatName& what : kWhats) {
    for (Picture& picture : draw_pictures(context, what.what))
      pictures.push_back(std::move(picture));
  }
  return pictures;
}

/// What a label covers, its corners in turn, a hair less than all of it.
std::array<Point, 4> corners(const Label& label) {
  constexpr double kHair = 0.08;  // mm
  const double width = text_width_mm(label.text, label.size_mm, label.bold);
  const double begin = label.anchor == Anchor::start    ? 0
                       : label.anchor == Anchor::middle ? -width / 2
                                                        : -width;
  const double angle = label.rotation_deg * std::numbers::pi / 180;
  const auto turned = [&](double x, double y) {
    return Point{label.at.x + std::cos(angle) * x - std::sin(angle) * y,
                 label.at.y + std::sin(angle) * x + std::cos(angle) * y};
  };
  const double top = -0.80 * label.size_mm + kHair;
  const double bottom = 0.22 * label.size_mm - kHair;
  return {turned(begin + kHair, top), turned(begin + width - kHair, top),
          turned(begin + width - kHair, bottom), turned(begin + kHair, bottom)};
}

/// Separating axes: two convex quadrilaterals lie apart where the normal of one of their edges
/// parts them.
bool overlap(const std::array<Point, 4>& a, const std::array<Point, 4>& b) {
  for (const auto* quad : {&a, &b}) {
    for (std::size_t i = 0; i < 2; ++i) {
      const Point edge = (*quad)[i + 1] - (*quad)[i];
      const auto range = [&](const std::array<Point, 4>& points) {
        double low = 1e18, high = -1e18;
        for (const Point p : points) {
          const double at = edge.x * p.y - edge.y * p.x;
          low = std::min(low, at), high = std::max(high, at);
        }
        return std::pair(low, high);
      };
      const auto [a0, a1] = range(a);
      const auto [b0, b1] = range(b);
      if (a1 <= b0 || b1 <= a0) return false;
    }
  }
  return true;
}

void expect_labels_apart(const Picture& picture) {
  std::vector<const Label*> labels;
  std::vector<std::array<Point, 4>> boxes;
  for (const Shape& shape : picture.drawing.shapes) {
    if (const auto* label = std::get_if<Label>(&shape); label != nullptr && !label->text.empty()) {
      labels.push_back(label);
      boxes.push_back(corners(*label));
    }
  }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      EXPECT_FALSE(overlap(boxes[i], boxes[k]))
          << picture.name << ": '" << labels[k]->text << "' and '" << labels[i]->text << "' at "
          << labels[i]->at.x << ", " << labels[i]->at.y;
    }
  }
}

/// The same of what the letters themselves cover on the page, by the fonts.
void expect_ink_apart(const Picture& picture, const Lettering& lettering) {
  struct Inked {
    const Label* label;
    Box box;
  };
  std::vector<Inked> all;
  for (const Shape& shape : picture.drawing.shapes) {
    const auto* label = std::get_if<Label>(&shape);
    if (label == nullptr || label->text.empty()) continue;
    ASSERT_EQ(label->rotation_deg, 0);
    const auto layout = lettering.line(label->text, label->size_mm * kPointsPerMm, label->bold);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    const auto mm = [](int units) {
      return static_cast<double>(units) / PANGO_SCALE / kPointsPerMm;
    };
    const double width = mm(logical.width);
    EXPECT_LE(width, text_width_mm(label->text, label->size_mm, label->bold) * 1.02 + 0.1)
        << label->text;
    const double begin = label->anchor == Anchor::start    ? 0
                         : label->anchor == Anchor::middle ? -width / 2
                                                           : -width;
    const Point at =
        label->at + Point{begin + mm(ink.x), mm(ink.y - pango_layout_get_baseline(layout.get()))};
    all.push_back({label, {at, at + Point{mm(ink.width), mm(ink.height)}}});
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const Box& a = all[i].box;
      const Box& b = all[k].box;
      EXPECT_FALSE(a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y)
          << picture.name << ": '" << all[i].label->text << "' and '" << all[k].label->text << "'";
    }
  }
}

/// Everything that is written lies on the page.
void expect_labels_inside(const Picture& picture) {
  for (const Shape& shape : picture.drawing.shapes) {
    const auto* label = std::get_if<Label>(&shape);
    if (label == nullptr) continue;
    for (const Point p : corners(*label)) {
      EXPECT_TRUE(p.x > -0.5 && p.y > -0.5 && p.x < picture.drawing.width_mm + 0.5 &&
                  p.y < picture.drawing.height_mm + 0.5)
          << picture.name << ": '" << label->text << "' at " << p.x << ", " << p.y;
    }
  }
}

TEST(Overlap, knows_slanted_neighbours) {
  const Label a{.at = {0, 0}, .text = "contingent", .size_mm = 2, .rotation_deg = -55};
  Label b = a;
  b.at.x = 2.7;  // beside it: 2.7 sin 55 deg = 2.2 mm of 2.04
  EXPECT_FALSE(overlap(corners(a), corners(b)));
  b.at.x = 2;
  EXPECT_TRUE(overlap(corners(a), corners(b)));
}

TEST(Pictures, have_no_labels_on_each_other_and_none_off_the_page) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris(), &shows::parade()}) {
    for (const char* language : {"en", "pl"}) {
      for (const Picture& picture : all_pictures(Context(planned->show, planned->plan, language))) {
        expect_labels_apart(picture);
        expect_labels_inside(picture);
      }
    }
  }
}

TEST(Pictures, have_names_of_their_own_that_files_can_have) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris()}) {
    std::set<std::string> names;
    for (const Picture& picture : all_pictures(Context(planned->show, planned->plan, "en"))) {
      EXPECT_TRUE(names.insert(picture.name).second) << picture.name;
      EXPECT_THAT(picture.name, testing::MatchesRegex("[a-z0-9-]+"));
    }
    EXPECT_TRUE(names.contains("site"));
    EXPECT_TRUE(names.contains("poster"));
    EXPECT_GT(names.size(), planned->show.contingents.size());
  }
}

TEST(Pictures, of_a_programme_that_cannot_hold_are_those_without_times) {
  const Context context(shows::infeasible().show, shows::infeasible().plan, "en");
  ASSERT_FALSE(shows::infeasible().plan.feasible);
  std::set<What> drawn;
  for (const Picture& picture : all_pictures(context)) drawn.insert(picture.what);
  EXPECT_THAT(drawn, testing::UnorderedElementsAre(What::site, What::formations, What::poster));
}

TEST(Pictures, are_the_same_twice) {
  const Context context(shows::parade().show, shows::parade().plan, "en");
  const auto once = all_pictures(context);
  const auto twice = all_pictures(context);
  ASSERT_EQ(once.size(), twice.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(svg_file(once[i].drawing), svg_file(twice[i].drawing));
  }
}

TEST(Nearness, has_its_dots_where_the_pairs_are_nearest) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris(), &shows::parade()}) {
    const auto pairs = plan::nearest_pairs(planned->show, planned->plan, 8);
    ASSERT_FALSE(pairs.empty());
    for (const char* language : {"en", "pl"}) {
      const Context context(planned->show, planned->plan, language);
      const auto lettering = Lettering::make(language);
      ASSERT_TRUE(lettering);
      const NearnessPicture picture = draw_nearness(context, pairs, "n", 277);
      ASSERT_EQ(picture.rows.size(), pairs.size());
      for (const NearnessPicture::Row& row : picture.rows) {
        const plan::Nearness& pair = pairs[row.pair];
        const double t =
            row.t0_s + (row.least.x - row.plot.min.x) / row.plot.width() * (row.t1_s - row.t0_s);
        EXPECT_NEAR(t, pair.t_s, 1e-6 * (row.t1_s - row.t0_s));
        const auto distance = [&](double y) {
          return (row.plot.max.y - y) / row.plot.height() * row.top_m;
        };
        EXPECT_NEAR(distance(row.least.y), pair.upper_m, 1e-6);
        EXPECT_NEAR(distance(row.limit_y), pair.wanted_m, 1e-6);
        EXPECT_GE(row.limit_y, row.plot.min.y);
        EXPECT_GE(row.least.y, row.plot.min.y);
        EXPECT_GE(row.least.x, row.plot.min.x);
        EXPECT_LE(row.least.x, row.plot.max.x);
        // Where they are near takes up the row, and the nearest of the curve is the dot.
        EXPECT_LE(row.t0_s, pair.t_s - 20);
        EXPECT_GE(row.t1_s, pair.t_s + 20);
        for (const auto& [time, metres] : pair.curve) {
          EXPECT_FALSE(metres < pair.lower_m - 1e-6) << time;
        }
      }
      std::set<std::string> drawn;
      for (const Picture& each : draw_nearness_pictures(context, pairs)) {
        drawn.insert(each.name);
        expect_labels_apart(each);
        expect_labels_inside(each);
        expect_ink_apart(each, *lettering);
        for (const Shape& shape : each.drawing.shapes) {
          const auto* label = std::get_if<Label>(&shape);
          EXPECT_TRUE(label == nullptr || label->text.find("\u2026") == std::string::npos)
              << label->text << " is cut off";
        }
      }
      EXPECT_TRUE(drawn.contains("nearness"));
      EXPECT_TRUE(drawn.contains("nearness-map") || drawn.contains("nearness-air-map"));
    }
    EXPECT_EQ(nearness_marks(pairs).size(), pairs.size());
  }
}

/// Slow oracle: the extent of every body along and across the heading of the head, by the tracks.
TEST(FormedUp, is_as_large_as_the_tracks_say) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris()}) {
    const Context context(planned->show, planned->plan, "en");
    const auto all = formed_up(context);
    ASSERT_GT(all.size(), 10U);
    for (const FormedUp& one : all) {
      const plan::ContingentPlan& timed = planned->plan.contingents[one.contingent.value];
      const double t_s = timed.steps_off->seconds();
      double along = 0;
      double across = 0;
      const geo::Vec2 u = (1 / one.along_m) * (one.corners[0] - one.corners[1]);
      std::vector<std::array<double, 4>> bodies;  // along, across, half length, half width
      for (const track::Mover& mover : planned->plan.tracks.movers) {
        if (mover.contingent != one.contingent.value) continue;
        const auto state = planned->plan.tracks.at(mover, t_s);
        if (!state) continue;
        const geo::Vec2 p{state->position_m[0], state->position_m[1]};
        const show::Kind& kind = planned->show.kinds[mover.kind];
        bodies.push_back({geo::dot(p, u), geo::cross(u, p), kind.length_m / 2, kind.width_m / 2});
      }
      double a0 = 1e9, a1 = -1e9, c0 = 1e9, c1 = -1e9;
      for (const auto& [a, c, l, w] : bodies) {
        a0 = std::min(a0, a - l), a1 = std::max(a1, a + l);
        c0 = std::min(c0, c - w), c1 = std::max(c1, c + w);
      }
      along = a1 - a0;
      across = c1 - c0;
      EXPECT_NEAR(one.along_m, along, 1e-6) << planned->show[one.contingent].name;
      EXPECT_NEAR(one.across_m, across, 1e-6) << planned->show[one.contingent].name;
    }
  }
}

/// On the map, a contingent is as long as it stands, divided by the scale.
TEST(Map, draws_formed_up_contingents_to_scale) {
  const Planned& planned = shows::beijing();
  const Context context(planned.show, planned.plan, "en");
  const auto view = ground_view(context, 400, 260);
  ASSERT_TRUE(view);
  const Map with = draw_map(context, *view, {.id = "a", .formed_up = true});
  const Map without = draw_map(context, *view, {.id = "a"});
  EXPECT_GT(with.drawing.shapes.size(), without.drawing.shapes.size());
  for (const FormedUp& one : formed_up(context)) {
    std::vector<Point> expected;
    for (const geo::Vec2 corner : one.corners) expected.push_back(view->paper(corner));
    if (expected.front().x < 0 || expected[1].x > view->width_mm) continue;
    bool found = false;
    for (const Shape& shape : with.drawing.shapes) {
      const auto* path = std::get_if<Path>(&shape);
      if (path == nullptr || path->lines.size() != 1 || path->lines.front().size() != 4) continue;
      const Box drawn = extent_of(path->lines.front());
      const Box wanted = extent_of(expected);
      found = found || (std::abs(drawn.min.x - wanted.min.x) < 1e-6 &&
                        std::abs(drawn.max.x - wanted.max.x) < 1e-6 &&
                        std::abs(drawn.min.y - wanted.min.y) < 1e-6);
    }
    EXPECT_TRUE(found) << planned.show[one.contingent].name;
    const Point edge = expected[0] - expected[1];
    EXPECT_NEAR(std::hypot(edge.x, edge.y), one.along_m * 1000 / view->scale, 1e-9);
  }
}

TEST(Gantt, has_bars_from_the_planned_start_to_the_planned_end) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris(), &shows::parade()}) {
    const Context context(planned->show, planned->plan, "en");
    std::size_t bars = 0;
    for (const GanttPart& part : gantt_parts(context)) {
      const Gantt gantt = draw_gantt(context, part, "gantt", 277);
      const double mm_per_s = gantt.plot.width() / (gantt.t1_s - gantt.t0_s);
      for (const Gantt::Bar& bar : gantt.bars) {
        ++bars;
        const plan::ItemPlan& timed = planned->plan.items[bar.item.value];
        EXPECT_NEAR(bar.x0, gantt.plot.min.x + mm_per_s * (timed.start.seconds() - gantt.t0_s),
                    1e-6);
        EXPECT_NEAR(bar.x1 - bar.x0, mm_per_s * (timed.end - timed.start).seconds(), 1e-6);
        EXPECT_EQ(bar.slack_x1.has_value(), timed.slack.has_value());
        if (timed.slack) {
          EXPECT_NEAR(*bar.slack_x1 - bar.x1, mm_per_s * timed.slack->seconds(), 1e-6);
        }
        if (timed.end == timed.start) continue;
        const Path drawn = rectangle({{bar.x0, bar.y0}, {bar.x1, bar.y1}}, {});
        EXPECT_TRUE(std::any_of(gantt.drawing.shapes.begin(), gantt.drawing.shapes.end(),
                                [&](const Shape& shape) {
                                  const auto* path = std::get_if<Path>(&shape);
                                  return path != nullptr && path->lines == drawn.lines;
                                }))
            << planned->show[bar.item].name;
      }
    }
    EXPECT_EQ(bars, planned->plan.items.size());
  }
}

/// At its time over target a flight has no way to go; the tracks agree about the others.
TEST(Air, has_every_flight_at_the_target_at_its_time) {
  for (const Planned* planned : {&shows::beijing(), &shows::paris()}) {
    const Context context(planned->show, planned->plan, "en");
    const auto times = times_over_target(context);
    ASSERT_FALSE(times.empty());
    for (const OverTarget& over : times) {
      bool found = false;
      for (const FlightPlace& place : flights_at(context, over.time)) {
        if (place.contingent == over.contingent) {
          found = true;
          EXPECT_NEAR(place.to_go_m, 0, 1) << planned->show[over.contingent].name;
        }
      }
      EXPECT_TRUE(found) << planned->show[over.contingent].name;
    }
  }
}

TEST(Placed, moves_every_point_by_one_law) {
  Drawing part{.width_mm = 10, .height_mm = 20};
  part.shapes.emplace_back(line({{1, 2}, {3, 4}}, {.stroke = Ink::text, .width_mm = 1}));
  part.shapes.emplace_back(Label{.at = {5, 6}, .text = "a", .size_mm = 4});
  part.shapes.emplace_back(Discs{.centres = {{7, 8}}, .radius_mm = 2});
  part.shapes.emplace_back(ClipTo{.box = {{0, 0}, {10, 20}}});
  Drawing onto;
  append_at(part, {100, 50}, 0.5, onto);
  const auto& moved = std::get<Path>(onto.shapes[0]);
  EXPECT_EQ(moved.lines.front(), (std::vector<Point>{{100.5, 51}, {101.5, 52}}));
  EXPECT_EQ(moved.style.width_mm, 0.5);
  EXPECT_EQ(std::get<Label>(onto.shapes[1]).at, (Point{102.5, 53}));
  EXPECT_EQ(std::get<Label>(onto.shapes[1]).size_mm, 2);
  EXPECT_EQ(std::get<Discs>(onto.shapes[2]).centres.front(), (Point{103.5, 54}));
  EXPECT_EQ(std::get<ClipTo>(onto.shapes[3]).box, (Box{{100, 50}, {105, 60}}));
  Drawing fitted;
  EXPECT_EQ(append_into(part, {{0, 0}, {10, 5}}, fitted), 0.25);
  EXPECT_EQ(append_into(part, {{0, 0}, {100, 500}}, fitted), 1);
}

/// UPDATE_GOLDEN=1 writes it anew; look at it before it is committed.
TEST(Golden, timeline_of_a_small_parade) {
  const Context context(shows::parade().show, shows::parade().plan, "en");
  const std::string path = std::string(test::source_dir()) + "/tests/golden/picture-gantt.svg";
  const auto pictures = draw_pictures(context, What::gantt);
  ASSERT_EQ(pictures.size(), 1U);
  const std::string drawn = svg_file(pictures.front().drawing);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path) << drawn;
  std::ifstream file(path);
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(drawn, golden);
}

}  // namespace
}  // namespace defilada::drawing
