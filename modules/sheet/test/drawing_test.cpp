// SPDX-License-Identifier: MIT
#include "defilada/drawing/drawing.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>
#include <random>

#include "../src/typesetter.hpp"
#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/draw_time_distance.hpp"
#include "defilada/drawing/palette.hpp"
#include "defilada/formation/layout.hpp"
#include "inspect.hpp"

namespace defilada::sheet {
using namespace drawing;
namespace {

bool overlap(const Box& a, const Box& b) {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

const Label* find_label(const Drawing& drawing, const std::string& text) {
  for (const Shape& shape : drawing.shapes) {
    const auto* label = std::get_if<Label>(&shape);
    if (label != nullptr && label->text == text) return label;
  }
  ADD_FAILURE() << "no label " << text;
  return nullptr;
}

TEST(TextWidth, is_that_of_the_fonts_that_are_embedded) {
  const auto setter = Typesetter::make("en");
  ASSERT_TRUE(setter.has_value());
  std::mt19937_64 random(2);
  for (int i = 0; i < 200; ++i) {
    std::string text(20, ' ');
    for (char& c : text) c = static_cast<char>('!' + random() % 94);
    for (const bool bold : {false, true}) {
      const double set = (*setter)->set(text, {.size_pt = 10, .bold = bold}).natural_width();
      // Pairs are kerned there and not here.
      EXPECT_NEAR(text_width_mm(text, 10, bold), set, 0.04 * set) << text;
    }
  }
}

TEST(TextWidth, is_not_less_than_that_of_other_scripts) {
  const auto setter = Typesetter::make("en");
  ASSERT_TRUE(setter.has_value());
  for (const std::string text :
       {"徒步方队 国旗护卫队", "قوات الدفاع الجوي", "Żołnierze ąęśćłóżź", "Гвардия"}) {
    EXPECT_GE(text_width_mm(text, 10) * 1.02, (*setter)->set(text, {.size_pt = 10}).natural_width())
        << text;
  }
}

TEST(FitText, cuts_to_the_width_and_not_within_a_letter) {
  const std::string text = "Żołnierze Wojska Polskiego 徒步方队";
  EXPECT_EQ(fit_text(text, 2, 1000), text);
  for (double width = 2; width < text_width_mm(text, 2); width += 0.7) {
    const std::string fitted = fit_text(text, 2, width);
    EXPECT_LE(text_width_mm(fitted, 2), width + 1e-9);
    ASSERT_GE(fitted.size(), 3U);
    EXPECT_EQ(fitted.substr(fitted.size() - 3), "…");
    EXPECT_EQ(text.rfind(fitted.substr(0, fitted.size() - 3), 0), 0U) << fitted;
  }
}

TEST(Bounds, turn_with_the_label) {
  Label label{.at = {10, 10}, .text = "nnnn", .size_mm = 2};
  const double width = text_width_mm("nnnn", 2);
  Box box = bounds(label);
  EXPECT_NEAR(box.width(), width, 1e-9);
  EXPECT_LT(box.min.y, 10);
  EXPECT_GT(box.max.y, 10);
  label.anchor = Anchor::end;
  EXPECT_NEAR(bounds(label).max.x, 10, 1e-9);
  label.rotation_deg = 90;  // runs down the page; its end at (10, 10)
  box = bounds(label);
  EXPECT_NEAR(box.height(), width, 1e-9);
  EXPECT_NEAR(box.max.y, 10, 1e-9);
}

TEST(Drawings, keep_all_text_within_their_frames) {
  for (const fixture::Event& event : {fixture::parade(), fixture::hostile(), fixture::large(60)}) {
    const Document document = inspect::document_of(event);
    std::size_t looked_at = 0;
    for (const Drawing* drawing : inspect::drawings(document)) {
      for (const Label& label : inspect::labels(*drawing)) {
        const Box box = bounds(label);
        EXPECT_GE(box.min.x, -0.1) << drawing->id << ": " << label.text;
        EXPECT_GE(box.min.y, -0.1) << drawing->id << ": " << label.text;
        EXPECT_LE(box.max.x, drawing->width_mm + 0.1) << drawing->id << ": " << label.text;
        EXPECT_LE(box.max.y, drawing->height_mm + 0.1) << drawing->id << ": " << label.text;
        ++looked_at;
      }
    }
    EXPECT_GT(looked_at, 40U);
  }
}

TEST(Drawings, have_different_ids_titles_and_descriptions) {
  const Document document = inspect::document_of(fixture::parade());
  std::vector<std::string> ids;
  for (const Drawing* drawing : inspect::drawings(document)) {
    EXPECT_THAT(ids, testing::Not(testing::Contains(drawing->id)));
    ids.push_back(drawing->id);
    EXPECT_THAT(drawing->id, testing::MatchesRegex("[a-z0-9-]+"));
    EXPECT_FALSE(drawing->title.empty());
    EXPECT_FALSE(drawing->description.empty()) << drawing->id;
  }
}

TEST(Map, names_do_not_lie_on_each_other) {
  for (const fixture::Event& event : {fixture::parade(), fixture::hostile()}) {
    const Document document = inspect::document_of(event);
    for (const char* id : {"map", "map-detail", "map-air"}) {
      const std::vector<Label> labels = inspect::labels(inspect::drawing(document, id));
      EXPECT_GE(labels.size(), 4U);
      for (std::size_t i = 0; i < labels.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
          EXPECT_FALSE(overlap(bounds(labels[i]), bounds(labels[k])))
              << id << ": " << labels[i].text << " / " << labels[k].text;
        }
      }
    }
  }
}

TEST(Map, is_to_scale_and_north_is_up) {
  const fixture::Event event = fixture::parade();
  const Context context(event.show, event.plan, event.sources, {});
  const auto view = ground_view(context, 178, 120);
  ASSERT_TRUE(view.has_value());
  const Point a = view->paper({0, 0});
  const Point b = view->paper({300, 400});
  EXPECT_NEAR(std::hypot(b.x - a.x, b.y - a.y) * view->scale / 1000, 500, 1e-9);
  EXPECT_GT(b.x, a.x);
  EXPECT_LT(b.y, a.y);
  // The bar is as long as it says.
  Drawing drawing;
  draw_scale_bar(context, 20'000, {0, 10}, 80, drawing);
  const auto& bar = std::get<Path>(drawing.shapes.front());
  EXPECT_NEAR(extent_of(bar.lines.front()).width() * 20, 500, 1e-9);
  EXPECT_EQ(inspect::labels(drawing).front().text, "500\u00A0m");
}

TEST(Map, shows_all_of_the_site) {
  const fixture::Event event = fixture::parade();
  const Context context(event.show, event.plan, event.sources, {});
  const auto view = ground_view(context, 178, 120);
  ASSERT_TRUE(view.has_value());
  for (const show::Area& area : event.show.site.areas) {
    for (const geo::Vec2 corner : area.polygon.outer) {
      const Point p = view->paper(corner);
      EXPECT_TRUE(p.x > 0 && p.x < view->width_mm && p.y > 0 && p.y < view->height_mm) << area.name;
    }
  }
}

/// Bodies of a drawing: each is one line (or wing and body) of a path.
std::vector<Point> body_middles(const Drawing& drawing) {
  std::vector<Point> middles;
  for (const Shape& shape : drawing.shapes) {
    const auto* path = std::get_if<Path>(&shape);
    if (path == nullptr || path->closed) continue;
    for (const auto& line : path->lines) {
      if (line.size() == 2) middles.push_back(0.5 * (line[0] + line[1]));
    }
  }
  return middles;
}

TEST(Silhouette, has_a_body_in_every_slot_at_its_place) {
  const fixture::Event event = fixture::parade();
  const Context context(event.show, event.plan, event.sources, {});
  for (std::uint32_t i = 0; i < event.show.contingents.size(); ++i) {
    const show::Part& part = event.show.contingents[i].parts.front();
    const double half_body_m = event.show[part.kind].length_m / 2;
    const formation::Layout layout = *formation::layout(part.formation);
    Drawing drawing;
    Silhouette(context, {i}).draw(250, {40, 5}, drawing);
    const std::vector<Point> middles = body_middles(drawing);
    ASSERT_EQ(middles.size(), layout.slots.size());
    for (std::size_t k = 0; k < middles.size(); ++k) {
      // Shapes are symmetric, so their middle is their axis; left is left when march is up.
      EXPECT_NEAR(middles[k].x, 40 - 4 * layout.slots[k].left_m, 1e-9);
      EXPECT_NEAR(middles[k].y, 5 + 4 * (layout.slots[k].back_m + half_body_m), 1e-9);
    }
  }
}

TEST(Silhouette, draws_a_multitude_as_one_patch) {
  fixture::Event event = fixture::parade();
  event.show.contingents[1].parts.front().formation.ranks = 400;
  const Context context(event.show, event.plan, event.sources, {});
  Drawing drawing;
  const Silhouette silhouette(context, {1});
  const auto drawn = silhouette.draw(1000, {40, 5}, drawing);
  ASSERT_EQ(drawing.shapes.size(), 1U);
  const Box patch = extent_of(std::get<Path>(drawing.shapes.front()).lines.front());
  EXPECT_NEAR(patch.height(), silhouette.depth_m(), 1e-9);
  EXPECT_NEAR(patch.min.y, 5, 1e-9);
  EXPECT_NEAR(patch.max.y, drawn.front().y1, 1e-9);
}

TEST(Silhouette, leaves_out_long_gaps_and_says_how_long_they_are) {
  fixture::Event event = fixture::parade();
  std::vector<show::Part>& parts = event.show.contingents[5].parts;
  parts.push_back(parts.front());
  parts.back().behind_m = 1000;
  parts.push_back(parts.front());
  parts.back().behind_m = 20;
  const Context context(event.show, event.plan, event.sources, {});
  const Silhouette silhouette(context, {5});
  const double part_m = formation::layout(parts.front().formation)->depth_m;
  const double body_m = event.show[parts.front().kind].length_m;
  EXPECT_NEAR(silhouette.depth_m(), 3 * part_m + 1020 + body_m, 1e-9);
  const double gap_m = 1000 - body_m;  // body to body
  EXPECT_NEAR(silhouette.depth_mm(1000), silhouette.depth_m() - gap_m + 5, 1e-9);
  Drawing drawing;
  const auto drawn = silhouette.draw(1000, {40, 0}, drawing);
  ASSERT_EQ(drawn.size(), 3U);
  EXPECT_NEAR(drawn[1].y0 - drawn[0].y1, 5, 1e-9);
  EXPECT_NEAR(drawn[2].y0 - drawn[1].y1, 20 - body_m, 1e-9);
  EXPECT_NEAR(drawn[2].y1, silhouette.depth_mm(1000), 1e-9);
  EXPECT_EQ(inspect::labels(drawing).front().text, context.format.length(gap_m));
  // The scale that is chosen is the largest that fits.
  const double scale = silhouette.scale_for(30, 40);
  EXPECT_LE(silhouette.depth_mm(scale), 40 + 1e-9);
  EXPECT_LE(1000 / scale * silhouette.width_m(), 30 + 1e-9);
}

/// The diagram's own axes, read from its labels.
struct Axes {
  double x0, x_per_s, t0;
  [[nodiscard]] double x(double t_s) const { return x0 + (t_s - t0) * x_per_s; }
};

Axes read_axes(const Drawing& drawing) {
  const Label* a = find_label(drawing, "09:48");
  const Label* b = find_label(drawing, "09:56");
  return {a->at.x, (b->at.x - a->at.x) / 480, 9 * 3600 + 48 * 60};
}

/// y of a line at x.
double height_at(const std::vector<Point>& line, double x) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (x >= line[i - 1].x && x <= line[i].x) {
      return line[i - 1].y +
             (x - line[i - 1].x) / (line[i].x - line[i - 1].x) * (line[i].y - line[i - 1].y);
    }
  }
  return -1;
}

TEST(TimeDistance, lines_pass_the_stations_at_the_planned_times) {
  const fixture::Event event = fixture::parade();
  const Document document = inspect::document_of(event);
  const Drawing& drawing = inspect::drawing(document, "diagram-1-drawing");
  const Axes axes = read_axes(drawing);
  // Of open lines, those with 0.35 mm are heads and those with 0.12 mm tails, in the order of
  // march.
  std::vector<std::vector<Point>> heads;
  std::vector<std::vector<Point>> tails;
  double salute_y = 0;
  for (const Shape& shape : drawing.shapes) {
    const auto* path = std::get_if<Path>(&shape);
    if (path == nullptr || path->closed || path->lines.empty()) continue;
    if (path->style.width_mm == 0.12 && path->style.stroke >= Ink::series_1)
      tails.push_back(path->lines.front());
    if (path->style.width_mm == 0.25) salute_y = path->lines.front().front().y;
    const bool legend =
        path->lines.front().size() == 2 && path->lines.front()[0].y == path->lines.front()[1].y;
    if (path->style.width_mm == 0.35 && !legend) heads.push_back(path->lines.front());
  }
  ASSERT_EQ(heads.size(), 5U);
  ASSERT_EQ(tails.size(), 5U);
  ASSERT_GT(salute_y, 0);
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const plan::Crossing& salute = event.plan.contingents[i].crossings[1];
    EXPECT_EQ(event.show[salute.station].name, "salute line");
    EXPECT_NEAR(height_at(heads[i], axes.x(salute.head.seconds())), salute_y, 0.02);
    EXPECT_NEAR(height_at(tails[i], axes.x(salute.tail.seconds())), salute_y, 0.02);
  }
}

TEST(TimeDistance, legend_names_those_of_its_own_route_where_inks_come_round) {
  fixture::Event event = fixture::parade();
  for (show::Contingent& each : event.show.contingents) each.attributes.clear();
  // More processions than inks: the last one has the ink of the first.
  const show::Procession first = event.show.processions[0];
  while (event.show.processions.size() < std::size_t{kSeries}) {
    show::Procession empty = first;
    empty.name = "nobody";
    empty.order.clear();
    event.show.processions.push_back(empty);
  }
  show::Procession drive = event.show.processions[2];
  drive.name = "review drive";
  event.show.processions[2].order.clear();
  for (const show::ContingentId id : drive.order) event.show.contingents[id.value].procession = {8};
  event.show.processions.push_back(drive);
  ASSERT_EQ(event.show.processions.size(), std::size_t{kSeries + 1});
  const Context context(event.show, event.plan, event.sources, {});
  ASSERT_EQ(context.ink(drive.order.front()), context.ink(first.order.front()));
  const RouteGroup group{drive.route, {{8}}, {}};
  std::vector<std::string> texts;
  for (const Label& label :
       inspect::labels(draw_time_distance(context, group, "one", 260, 140).drawing)) {
    texts.push_back(label.text);
  }
  EXPECT_THAT(texts, testing::Contains("review drive"));
  EXPECT_THAT(texts, testing::Not(testing::Contains(first.name)));
}

TEST(TimeDistance, slanted_names_do_not_touch) {
  for (const int n : {10, 40, 90, 300}) {
    const fixture::Event event = fixture::large(n);
    const Document document = inspect::document_of(event);
    std::vector<Label> names;
    for (const Label& label : inspect::labels(inspect::drawing(document, "diagram-1-drawing"))) {
      if (label.rotation_deg != 0) names.push_back(label);
    }
    // Where names would be too small to read, the bands bear their numbers, upright.
    ASSERT_GE(names.size(), n <= 40 ? std::min<std::size_t>(n, 15) : 0U);
    for (std::size_t i = 1; i < names.size(); ++i) {
      const double across = (names[i].at.x - names[i - 1].at.x) *
                            std::sin(-names[i].rotation_deg * std::numbers::pi / 180);
      EXPECT_GE(across, names[i].size_mm * 1.02 - 1e-9) << n << ": " << names[i].text;
    }
  }
}

TEST(RouteGroups, put_routes_that_begin_together_on_one_axis) {
  fixture::Event event = fixture::parade();
  show::Site& site = event.show.site;
  // A way that leaves the avenue behind the end line, and one of its own.
  show::Route way = site.routes[0];
  way.name = "foot way";
  way.geometry =
      *geo::Route::make({{1500, 20}, {-1000, 20 - 2500 * 50.0 / 2700}, {-1000, 400}}, 30);
  site.routes.push_back(way);
  show::Route own = way;
  own.geometry = *geo::Route::make({{0, 500}, {900, 900}}, 0);
  site.routes.push_back(own);
  event.show.processions[0].route = {2};
  show::Procession third = event.show.processions[0];
  third.route = {3};
  event.show.processions.push_back(third);
  const Context context(event.show, event.plan, event.sources, {});
  const std::vector<RouteGroup> groups = route_groups(context);
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_EQ(groups[0].processions.size(), 2U);
  EXPECT_EQ(groups[0].branches.size(), 1U);
  EXPECT_EQ(groups[1].main.value, 3U);
  EXPECT_TRUE(event.show[groups[2].main].air);
}

double luminance(std::uint32_t rgb) {
  double sum = 0;
  const std::array<double, 3> weights{0.2126, 0.7152, 0.0722};
  for (int i = 0; i < 3; ++i) {
    const double c = static_cast<double>((rgb >> (16 - 8 * i)) & 0xFFU) / 255;
    sum += weights[i] * (c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

// WCAG 2.2, success criteria 1.4.3 (text, 4.5 : 1) and 1.4.11 (graphics, 3 : 1).
TEST(Palette, can_be_read_on_paper_and_on_dark_screens) {
  const auto contrast = [](std::uint32_t a, std::uint32_t b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
  };
  for (const Ink background : {Ink::paper, Ink::tint}) {
    const InkColour& on = colour_of(background);
    for (const Ink ink : {Ink::text, Ink::faint, Ink::accent, Ink::good}) {
      EXPECT_GE(contrast(colour_of(ink).light, on.light), 4.5) << colour_of(ink).name;
      EXPECT_GE(contrast(colour_of(ink).dark, on.dark), 4.5) << colour_of(ink).name;
    }
    for (std::size_t i = 0; i < kSeries; ++i) {
      EXPECT_GE(contrast(colour_of(series(i)).light, on.light), 2.8) << colour_of(series(i)).name;
      EXPECT_GE(contrast(colour_of(series(i)).dark, on.dark), 3) << colour_of(series(i)).name;
    }
  }
}

}  // namespace
}  // namespace defilada::sheet
