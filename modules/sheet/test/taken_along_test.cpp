// SPDX-License-Identifier: MIT
// The guests' pages and the flight cards, of tests/shows/guests.yaml and tests/shows/flypast.yaml.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <set>
#include <stdexcept>

#include "../src/pages.hpp"
#include "../src/typesetter.hpp"
#include "defilada/drawing/draw_flight_card.hpp"
#include "defilada/drawing/draw_motorcade.hpp"
#include "defilada/drawing/draw_places.hpp"
#include "defilada/sheet/contingent_cards.hpp"
#include "defilada/show/read.hpp"
#include "inspect.hpp"
#include "source_dir.hpp"

namespace defilada::sheet {
namespace {

using drawing::bounds;
using drawing::draw_flight_card;
using drawing::draw_motorcade;
using drawing::draw_places;
using drawing::extent_of;
using drawing::kFlightCardHeight;
using drawing::kFlightCardWidth;
using drawing::PlacesOf;
using ::testing::HasSubstr;

fixture::Event event_of(const std::string& name) {
  Sources sources;
  Diagnostics diagnostics;
  const auto path =
      std::filesystem::path(test::source_dir()) / "tests" / "shows" / (name + ".yaml");
  auto show = show::read_show(path, {}, sources, diagnostics);
  if (!show) throw std::runtime_error("cannot read " + name);
  auto plan = plan::make_plan(*show);
  if (!plan || !plan->feasible) throw std::runtime_error("cannot plan " + name);
  return {std::move(*show), std::move(*plan), std::move(sources)};
}

const fixture::Event& guests() {
  static const fixture::Event event = event_of("guests");
  return event;
}
const fixture::Event& flights() {
  static const fixture::Event event = event_of("flypast");
  return event;
}

const Section& section_of(const Document& document, const std::string& id) {
  static const Section none;
  for (const Section& section : document.sections)
    if (section.id == id) return section;
  ADD_FAILURE() << "no section " << id;
  return none;
}

template <typename Kind>
std::vector<const Kind*> blocks_of(const Section& section) {
  std::vector<const Kind*> found;
  for (const Block& block : section.blocks)
    if (const auto* each = std::get_if<Kind>(&block)) found.push_back(each);
  return found;
}

std::string text_of(const Rich& rich) {
  std::string text;
  for (const Run& run : rich.runs()) text += run.text + " ";
  return text;
}
std::string text_of(const Table& table) {
  std::string text;
  for (const Row& row : table.rows)
    for (const Cell& cell : row.cells) text += text_of(cell.text) + "| ";
  return text;
}

bool overlap(const Box& a, const Box& b) {
  constexpr double kTouch = 0.05;  // mm
  return a.min.x < b.max.x - kTouch && b.min.x < a.max.x - kTouch && a.min.y < b.max.y - kTouch &&
         b.min.y < a.max.y - kTouch;
}

/// Every text inside the frame, none on another.
void expect_legible(const Drawing& drawing) {
  const std::vector<Label> labels = inspect::labels(drawing);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Box box = bounds(labels[i]);
    EXPECT_GE(box.min.x, -0.05) << labels[i].text;
    EXPECT_LE(box.max.x, drawing.width_mm + 0.05) << labels[i].text;
    EXPECT_GE(box.min.y, -0.05) << labels[i].text;
    EXPECT_LE(box.max.y, drawing.height_mm + 0.6) << labels[i].text;
    for (std::size_t k = 0; k < i; ++k)
      EXPECT_FALSE(overlap(box, bounds(labels[k]))) << labels[i].text << " on " << labels[k].text;
  }
}

// ---- the day

TEST(GuestPages, tell_the_day_by_parts) {
  const Document document = inspect::document_of(guests());
  const Section& programme = section_of(document, "programme");
  const Table& table = *blocks_of<Table>(programme).front();
  std::vector<std::string> groups;
  for (const Row& row : table.rows)
    if (row.kind == Row::Kind::group) groups.push_back(text_of(row.cells.front().text));
  ASSERT_EQ(groups.size(), 3U);
  EXPECT_THAT(groups[0], HasSubstr("Before the parade: 09:00:00 to"));
  EXPECT_THAT(groups[1], HasSubstr("The show"));
  EXPECT_THAT(groups[2], HasSubstr("to 14:15:00"));
}

TEST(GuestPages, name_every_guest_with_place_and_times) {
  const Document document = inspect::document_of(guests());
  const Section& section = section_of(document, "guests");
  const Table& table = *blocks_of<Table>(section).front();
  ASSERT_EQ(table.rows.size(), 30U);
  for (const plan::GuestCard& card : guests().plan.guests.guests) {
    const auto clock = [&](const std::optional<Time>& time) {
      return guests().show.clock.wall_clock(*time);
    };
    const std::size_t row = static_cast<std::size_t>(&card - guests().plan.guests.guests.data());
    std::string text;
    for (const Cell& cell : table.rows[row].cells) text += text_of(cell.text) + "| ";
    for (const auto& time : {card.arrives, card.greeted, card.seated, card.leaves}) {
      ASSERT_TRUE(time);
      EXPECT_THAT(text, HasSubstr(clock(time)));
    }
    const int n = std::abs(card.seat->column);
    const std::string seat = std::to_string(card.seat->row + 1) + "\u00A0·\u00A0" +
                             (n == 0                  ? "middle"
                              : card.seat->column > 0 ? "right\u00A0" + std::to_string(n)
                                                      : "left\u00A0" + std::to_string(n));
    EXPECT_THAT(text, HasSubstr(seat));
  }
  EXPECT_THAT(text_of(table), HasSubstr("Ruritania, guest 2"));
  EXPECT_THAT(text_of(table), HasSubstr("Rudolf V"));
}

TEST(GuestPages, quote_the_talks_with_their_source_once) {
  const Document document = inspect::document_of(guests());
  int quoted = 0;
  for (const Section& section : document.sections) {
    for (const Paragraph* each : blocks_of<Paragraph>(section)) {
      if (text_of(each->text).find("We are pleased") == std::string::npos) continue;
      ++quoted;
      EXPECT_EQ(section.id, "guests");
      EXPECT_THAT(text_of(each->text), HasSubstr("Rudolf V to Rufus T. Firefly"));
      EXPECT_THAT(text_of(each->text), HasSubstr("nobody, this is a test"));
    }
  }
  EXPECT_EQ(quoted, 1);
}

// ---- places

void expect_places(const show::PlaceRows& rows, PlacesOf what) {
  const Context context(guests().show, guests().plan, guests().sources, {});
  const auto drawing = draw_places(context, what, kPortraitWidth);
  ASSERT_TRUE(drawing);
  expect_legible(*drawing);
  std::vector<Box> boxes;
  for (const Shape& shape : drawing->shapes) {
    const auto* path = std::get_if<Path>(&shape);
    if (path != nullptr && path->closed && path->lines.front().size() == 4 &&
        path->style.stroke != Ink::none)
      boxes.push_back(extent_of(path->lines.front()));
  }
  int places = 0;
  for (const int row : rows.rows) places += row;
  EXPECT_EQ(boxes.size(), static_cast<std::size_t>(places));
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(overlap(boxes[i], boxes[k]));
  std::multiset<std::string> numbers;
  double first_x = 0;
  double host_x = 0;
  for (const Label& label : inspect::labels(*drawing)) {
    if (label.text == "1") first_x = label.at.x;
    if (label.text == "The host") host_x = label.at.x;
    if (label.text.find_first_not_of("0123456789\u00B7") == std::string::npos)
      numbers.insert(label.text);
  }
  for (int d = 1; d <= 28; ++d) EXPECT_EQ(numbers.count(std::to_string(d)), 1U) << d;
  EXPECT_EQ(numbers.count("1\u00B72"), 1U);
  EXPECT_EQ(numbers.size(), 30U);
  EXPECT_EQ(first_x > host_x, !rows.honour_left);
}

TEST(Places, have_a_box_each_and_every_guest_once) {
  expect_places(*guests().show.guests->seats, PlacesOf::seats);
}
TEST(Places, are_on_the_side_of_honour) {
  expect_places(*guests().show.guests->photograph, PlacesOf::photograph);
}
TEST(Places, are_not_drawn_without_guests) {
  const fixture::Event event = fixture::parade();
  const Context context(event.show, event.plan, event.sources, {});
  EXPECT_FALSE(draw_places(context, PlacesOf::seats, kPortraitWidth));
}

// ---- motorcades

TEST(Motorcades, tell_who_shares_a_car_and_when_it_passes) {
  const Document document = inspect::document_of(guests());
  const auto tables = blocks_of<Table>(section_of(document, "guests"));
  ASSERT_EQ(tables.size(), 3U);
  const Table& talks = *tables[2];
  ASSERT_EQ(talks.rows.size(), 1U);
  const auto& car = guests().plan.guests.motorcades[1].cars.front();
  const auto clock = [&](Time time) { return guests().show.clock.wall_clock(time); };
  EXPECT_THAT(text_of(talks), HasSubstr("Rudolf V (Ruritania) and Rufus T. Firefly (Freedonia)"));
  EXPECT_THAT(text_of(talks), HasSubstr("one\u00A0"
                                        "car"));
  EXPECT_THAT(text_of(talks), HasSubstr(clock(car.departs)));
  EXPECT_THAT(text_of(talks), HasSubstr(clock(car.arrives)));
  ASSERT_EQ(car.passings.size(), 1U);
  EXPECT_THAT(text_of(talks), HasSubstr(clock(car.passings[0].nose)));
  EXPECT_EQ(talks.columns[3].heading, "mill");
  EXPECT_EQ(tables[1]->rows.size(), 28U);
}

/// Law: the thick line is as long, to scale, as the way that the first car and those behind it have
/// before them.
TEST(Motorcades, have_their_road_to_scale) {
  const Context context(guests().show, guests().plan, guests().sources, {});
  for (const plan::MotorcadePlan& motorcade : guests().plan.guests.motorcades) {
    const auto drawn = draw_motorcade(context, motorcade, 1, kPortraitWidth, 84);
    const show::Motorcade& what = guests().show[motorcade.motorcade];
    const double from = std::max(0.0, guests().show[what.from].s_m - motorcade.length_m);
    const double wanted = guests().show[what.route].geometry.length() - from;
    double length = 0;
    for (const Shape& shape : drawn.map.drawing.shapes) {
      const auto* path = std::get_if<Path>(&shape);
      if (path == nullptr || path->style.stroke != Ink::accent || path->style.width_mm < 0.8)
        continue;
      const auto& line = path->lines.front();
      for (std::size_t i = 1; i < line.size(); ++i)
        length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
    EXPECT_NEAR(length * drawn.view.scale / 1000, wanted, 0.01 * wanted) << what.name;
  }
}

// ---- flight cards

TEST(FlightCards, are_legible_and_hold_every_time) {
  const Context context(flights().show, flights().plan, flights().sources, {});
  ASSERT_EQ(flights().plan.flights.size(), 10U);
  for (const plan::FlightCard& card : flights().plan.flights) {
    const Drawing drawing = draw_flight_card(context, card);
    SCOPED_TRACE(drawing.title);
    EXPECT_EQ(drawing.width_mm, kFlightCardWidth);
    EXPECT_EQ(drawing.height_mm, kFlightCardHeight);
    expect_legible(drawing);
    std::string all;
    for (const Label& label : inspect::labels(drawing)) all += label.text + "\n";
    EXPECT_EQ(all.find("…"), std::string::npos) << all;
    const auto clock = [&](Time time) { return flights().show.clock.wall_clock(time); };
    EXPECT_THAT(all, HasSubstr(clock(card.over_target)));
    for (const auto& point : card.points) EXPECT_THAT(all, HasSubstr(clock(point.head)));
    if (card.hold) {
      EXPECT_THAT(all, HasSubstr(clock(card.hold->enters)));
      EXPECT_THAT(all, HasSubstr(clock(card.hold->leaves)));
    }
    EXPECT_THAT(all, HasSubstr(clock(card.break_off->time)));
    for (const auto& other : {card.ahead, card.behind}) {
      if (!other) continue;
      EXPECT_THAT(all, HasSubstr(context.label(other->contingent)));
    }
  }
}

// The notice of 2008: the hold of the lead is active from 10:10, and it leaves it at 11:43.
TEST(FlightCards, say_when_to_leave_the_hold) {
  const Context context(flights().show, flights().plan, flights().sources, {});
  const Drawing drawing = draw_flight_card(context, flights().plan.flights[1]);
  std::set<std::string> texts;
  for (const Label& label : inspect::labels(drawing)) texts.insert(label.text);
  EXPECT_EQ(texts.count("10:10:00"), 1U);
  // 305 m (1000 ft) and one step of 5 m above the formation ahead.
  EXPECT_TRUE(std::any_of(texts.begin(), texts.end(), [](const auto& text) {
    return text.find("(1016 ft)") != std::string::npos;
  }));
  const plan::FlightCard& lead = flights().plan.flights[1];
  EXPECT_NEAR(lead.hold->leaves.seconds(), 11 * 3600 + 43 * 60, 2);
  EXPECT_EQ(texts.count(flights().show.clock.wall_clock(lead.hold->leaves)), 1U);
}

/// Law: magnetic is true less the declination east.
TEST(FlightCards, have_magnetic_headings_where_the_declination_is_stated) {
  fixture::Event event = event_of("flypast");
  event.show.site.declination_rad = -7 * std::numbers::pi / 180;  // west
  const Context context(event.show, event.plan, event.sources, {});
  const plan::FlightCard& card = event.plan.flights[1];
  std::string all;
  for (const Label& label : inspect::labels(draw_flight_card(context, card)))
    all += label.text + "\n";
  for (const auto& point : card.points) {
    const long degrees = std::lround(point.heading_rad * 180 / std::numbers::pi);
    const long magnetic = std::lround(point.heading_rad * 180 / std::numbers::pi + 7);
    EXPECT_THAT(all,
                HasSubstr(std::to_string(degrees) + "° T " + std::to_string(magnetic) + "° M"));
  }
  EXPECT_THAT(all, HasSubstr("declination 7° W"));
}

/// Law: the way is drawn to scale: its box on paper is that of the tracks.
TEST(FlightCards, draw_the_way_with_the_hold_to_scale) {
  const Context context(flights().show, flights().plan, flights().sources, {});
  const plan::FlightCard& card = flights().plan.flights[1];
  const Drawing drawing = draw_flight_card(context, card);
  const track::TrackSet& tracks = flights().plan.tracks;
  const track::Mover* lead = nullptr;
  for (const track::Mover& mover : tracks.movers)
    if (mover.contingent == card.contingent.value && lead == nullptr) lead = &mover;
  ASSERT_NE(lead, nullptr);
  const auto [begin, end] = tracks.interval(tracks.paths[lead->path]);
  std::vector<Point> flown;
  for (double t = begin; t <= end; t += 0.5) {
    const auto state = tracks.at(*lead, t);
    flown.push_back({state->position_m[0], state->position_m[1]});
  }
  std::vector<Point> paper;
  for (const Shape& shape : drawing.shapes) {
    const auto* path = std::get_if<Path>(&shape);
    if (path != nullptr && !path->closed && path->lines.front().size() > 50)
      paper = path->lines.front();
  }
  const Box real = extent_of(flown);
  const Box drawn = extent_of(paper);
  ASSERT_GT(drawn.width(), 60);
  const double scale = real.width() / drawn.width();
  EXPECT_NEAR(drawn.height(), real.height() / scale, 0.4);
}

TEST(FlightCards, are_two_to_a_turned_page_with_cut_marks_only) {
  const Document document = inspect::document_of(flights());
  const auto setter = Typesetter::make("en");
  ASSERT_TRUE(setter.has_value());
  int pages = 0;
  std::size_t cards = 0;
  for (const Page& page : compose(document, Paper::a4, **setter)) {
    if (!page.bare) continue;
    ++pages;
    EXPECT_NEAR(page.width, 297 * kPointsPerMm, 0.1);
    EXPECT_NEAR(page.height, 210 * kPointsPerMm, 0.1);
    for (const Mark& mark : page.marks) {
      EXPECT_FALSE(std::holds_alternative<TextMark>(mark));
      const auto* drawing = std::get_if<DrawingMark>(&mark);
      if (drawing == nullptr) continue;
      ++cards;
      EXPECT_EQ(drawing->scale, 1);
      const double right = drawing->x + drawing->drawing->width_mm * kPointsPerMm;
      // On one half of the page, with room for the knife.
      const double half = page.width / 2;
      EXPECT_TRUE(right < half - 14 || drawing->x > half + 14);
      EXPECT_GT(drawing->y, 14);
    }
  }
  EXPECT_EQ(pages, 5);
  EXPECT_EQ(cards, 10U);
}

TEST(ContingentCards, are_those_of_the_run_sheet_and_nothing_else) {
  const fixture::Event& event = flights();
  const std::string html = contingent_cards_html(event.show, event.plan, event.sources);
  const auto cards_of = [](const std::string& page) { return inspect::count(page, "<article"); };
  EXPECT_GE(cards_of(html), event.show.contingents.size());
  EXPECT_LE(cards_of(html), cards_of(run_sheet_html(event.show, event.plan, event.sources)));
  EXPECT_THAT(html, HasSubstr("id=\"flight-cards\""));
  EXPECT_THAT(html, ::testing::Not(HasSubstr("id=\"programme\"")));
  // No link leads to a page that was left out.
  for (std::size_t at = 0; (at = html.find("href=\"#", at)) != std::string::npos; ++at) {
    const std::string id = html.substr(at + 7, html.find('"', at + 7) - at - 7);
    EXPECT_THAT(html, HasSubstr("id=\"" + id + "\""));
  }
}

TEST(ContingentCards, are_the_same_bytes_for_the_same_plan) {
  const fixture::Event& event = flights();
  const auto once = contingent_cards_pdf(event.show, event.plan, event.sources);
  ASSERT_TRUE(once);
  EXPECT_EQ(once->substr(0, 5), "%PDF-");
  EXPECT_EQ(contingent_cards_pdf(event.show, event.plan, event.sources), *once);
}

}  // namespace
}  // namespace defilada::sheet
