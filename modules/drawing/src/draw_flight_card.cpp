// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_flight_card.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "defilada/drawing/draw_map.hpp"
#include "flight_card_words.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kText = 3.1;     // mm: 8.8 pt, read at arm's length
constexpr double kSmall = 2.5;    // mm
constexpr double kLine = 4.1;     // mm from line to line
constexpr double kFoot = 4;       // mm kept at the bottom
constexpr double kLabels = 22;    // mm of the column of what a line is
constexpr double kMapLeast = 24;  // mm: a lower map is left out
constexpr double kStep = 1.0;     // s of the drawn way
constexpr std::size_t kPointsMost = 12;

/// Writes from the top to the bottom.
class CardDrawing {
 public:
  CardDrawing(const Context& context, const plan::FlightCard& card)
      : context_(context), words_(context.words), card_(card), texts_(context, card) {}

  Drawing draw();

 private:
  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }
  void text(double x, double baseline, const std::string& text, double size, double width,
            Anchor anchor = Anchor::start, Ink ink = Ink::text, bool bold = false);
  /// A line "what   text", broken between words where it is longer than the card.
  void field(const std::string& what, const std::vector<std::string>& lines);
  void rule();
  void head();
  void facts();
  void hold();
  void points();
  void point_row(std::size_t i);
  void neighbours();
  void way();
  void foot();
  [[nodiscard]] std::vector<geo::Vec2> flown() const;
  [[nodiscard]] std::vector<geo::Vec2> marked() const;
  void name_points(const MapView& view, double top);

  const Context& context_;
  const Words& words_;
  const plan::FlightCard& card_;
  FlightCardWords texts_;
  Drawing drawing_;
  double y_ = 0;
};

void CardDrawing::text(double x, double baseline, const std::string& text, double size,
                       double width, Anchor anchor, Ink ink, bool bold) {
  if (text.empty()) return;
  add(Label{.at = {x, baseline},
            .text = fit_text(text, size, width, bold),
            .size_mm = size,
            .anchor = anchor,
            .ink = ink,
            .bold = bold});
}

/// Greedy: as many words as fit.
std::vector<std::string> broken(const std::string& text, double size, double width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && text_width_mm(longer, size) > width) {
      lines.push_back(std::move(line));
      line = word;
    } else {
      line = longer;
    }
    begin = end + 1;
  }
  lines.push_back(std::move(line));
  return lines;
}

/// A long text in a narrow column is set smaller, as far as it can still be read.
double fitted_size(const std::string& text, double size, double width, bool bold = false) {
  constexpr double kSmallest = 1.9;  // mm
  const double natural = text_width_mm(text, size, bold);
  return natural <= width ? size : std::max(kSmallest, size * width / natural * 0.995);
}

void CardDrawing::field(const std::string& what, const std::vector<std::string>& lines) {
  const double width = kFlightCardWidth - kLabels;
  text(0, y_ + kText, what, kSmall, kLabels - 1, Anchor::start, Ink::faint);
  for (const std::string& whole : lines) {
    for (const std::string& line : broken(whole, kText, width)) {
      y_ += kLine;
      text(kLabels, y_ - kLine + kText, line, kText, width);
    }
  }
}

void CardDrawing::rule() {
  y_ += 1.2;
  add(line({{0, y_}, {kFlightCardWidth, y_}}, {.stroke = Ink::rule, .width_mm = 0.2}));
  y_ += 1.4;
}

/// The flight at the left, its time over target at the right, large.
void CardDrawing::head() {
  const show::Procession& flypast = context_.show[card_.flypast];
  add(Path{.lines = {{{0, 0}, {kFlightCardWidth, 0}, {kFlightCardWidth, 1.2}, {0, 1.2}}},
           .closed = true,
           .style = {.fill = context_.ink(card_.contingent)}});
  const double left = kFlightCardWidth - 50;
  text(0, 9, std::to_string(card_.place), 7, 12, Anchor::start, Ink::faint, true);
  text(13, 8.2, context_.label(card_.contingent), 5, left - 15, Anchor::start, Ink::text, true);
  text(13, 12.4, flypast.name + " · " + context_.show[flypast.route].name, kSmall, left - 15,
       Anchor::start, Ink::faint);
  text(kFlightCardWidth, 9.4, context_.format.clock(card_.over_target), 8, 48, Anchor::end,
       Ink::accent, true);
  std::string below = words_(Msg::card_over, context_.show[flypast.over].name);
  if (card_.within && card_.within->us > 0)
    below += " " + words_(Msg::card_within, context_.format.duration(*card_.within));
  if (card_.slack) below += ", " + words_(Msg::card_slack, context_.format.duration(*card_.slack));
  text(kFlightCardWidth, 14.2, below, kSmall, 60, Anchor::end, Ink::faint);
  y_ = 15;
  rule();
}

void CardDrawing::facts() {
  field(words_(Msg::card_formation), {context_.formation_words(card_.contingent) + " · " +
                                      context_.tally_words(context_.tally(card_.contingent))});
  field(words_(Msg::card_height), texts_.heights());
  std::vector<std::string> speeds{texts_.speed(card_.air_mps)};
  if (const auto* over = texts_.target()) {
    speeds.push_back(
        words_(Msg::card_ground_speed, texts_.name_of(*over), texts_.speed(over->ground_mps)));
  }
  field(words_(Msg::card_air_speed), speeds);
}

/// The two times of the hold are large: they are what it is about.
void CardDrawing::hold() {
  rule();
  if (!card_.hold) {
    const Time on_line = card_.points.empty() ? card_.over_target : card_.points.front().head;
    text(0, y_ + kText, words_(Msg::card_no_hold, context_.format.clock(on_line)), kText,
         kFlightCardWidth);
    y_ += kLine;
    return;
  }
  const auto& held = *card_.hold;
  text(0, y_ + kText, words_(Msg::card_hold, context_.show[held.fix].name), kText, 60,
       Anchor::start, Ink::text, true);
  y_ += kLine + 0.6;
  const std::array<std::pair<std::string, std::string>, 3> boxes{
      {{words_(Msg::card_enter), context_.format.clock(held.enters)},
       {words_(Msg::card_leave), context_.format.clock(held.leaves)},
       {words_(Msg::card_in_hold), context_.format.duration(held.leaves - held.enters)}}};
  const double width = kFlightCardWidth / 3;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const double x = width * static_cast<double>(i);
    add(rectangle({{x, y_}, {x + width - 2, y_ + 11}}, {.fill = Ink::tint}));
    text(x + 1.5, y_ + 3.4, boxes[i].first, kSmall, width - 5, Anchor::start, Ink::faint);
    const double size = fitted_size(boxes[i].second, 5.4, width - 5, true);
    text(x + 1.5, y_ + 9.2, boxes[i].second, size, width - 5, Anchor::start,
         i == 1 ? Ink::accent : Ink::text, true);
  }
  y_ += 12.6;
  for (const std::string& line : texts_.hold()) {
    for (const std::string& part : broken(line, kText, kFlightCardWidth)) {
      text(0, y_ + kText, part, kText, kFlightCardWidth);
      y_ += kLine;
    }
  }
}

/// Right ends of the columns of figures, and the left end of the first.
struct PointColumns {
  double number = 4;
  double name = 6;
  double time = 62;
  double to_go = 78;
  double distance = 94;
  double track = 104;
};

void CardDrawing::points() {
  rule();
  const PointColumns at;
  const auto heading = [&](double x, Msg what, Anchor anchor, double width) {
    text(x, y_ + kSmall, words_(what), kSmall, width, anchor, Ink::faint, true);
  };
  const bool magnetic = context_.show.site.declination_rad.has_value();
  heading(at.name, Msg::card_col_point, Anchor::start, 36);
  heading(at.time, Msg::card_col_time, Anchor::end, 18);
  heading(at.to_go, Msg::card_col_to_go, Anchor::end, 15);
  heading(at.distance, Msg::card_col_distance, Anchor::end, 15);
  if (!magnetic) heading(at.track + 8, Msg::card_col_track, Anchor::end, 17);
  heading(kFlightCardWidth, Msg::card_col_heading, Anchor::end, 16);
  y_ += kSmall + 1.4;
  for (std::size_t i = 0; i < std::min(kPointsMost, card_.points.size()); ++i) point_row(i);
}

void CardDrawing::point_row(std::size_t i) {
  const PointColumns at;
  const auto& point = card_.points[i];
  const bool target = point.is == plan::FlightCard::Point::Is::target;
  const double base = y_ + kText;
  text(at.number, base, std::to_string(i + 1), kText, 5, Anchor::end, Ink::faint);
  const std::string kind = texts_.kind_of(point);
  const std::string name = texts_.name_of(point);
  const double room = at.time - 17 - at.name;
  const double kind_mm = kind.empty() ? 0 : text_width_mm(kind, kSmall) + 1.5;
  const double wanted = text_width_mm(name, kText, target) + kind_mm;
  const double share = std::min(1.0, room / wanted);
  const double name_size = std::max(2.0, kText * share * 0.995);
  const double name_mm = text_width_mm(name, name_size, target);
  text(at.name, base, name, name_size, room, Anchor::start, Ink::text, target);
  const double kind_size = fitted_size(kind, kSmall, room - name_mm - 1.5);
  text(at.name + name_mm + 1.5, base, kind, kind_size, room - name_mm - 1.5, Anchor::start,
       Ink::faint);
  text(at.time, base, context_.format.clock(point.head), kText, 18, Anchor::end, Ink::text, true);
  const Duration to_go = card_.over_target - point.head;
  if (to_go.us > 0) {
    const std::string minutes = FlightCardWords::minutes(to_go);
    text(at.to_go, base, minutes, fitted_size(minutes, kText, 15), 15, Anchor::end);
  }
  if (i > 0)
    text(at.distance, base, context_.format.length(point.since_last_m), kText, 15, Anchor::end);
  if (!context_.show.site.declination_rad)
    text(at.track + 8, base, texts_.course(point.track_rad), kText, 17, Anchor::end);
  text(kFlightCardWidth, base, texts_.course(point.heading_rad), kText, 32, Anchor::end);
  y_ += kLine;
}

void CardDrawing::neighbours() {
  rule();
  const std::string nobody = words_(Msg::nobody);
  field(words_(Msg::card_ahead), {card_.ahead ? texts_.neighbour(*card_.ahead, false) : nobody});
  field(words_(Msg::card_behind), {card_.behind ? texts_.neighbour(*card_.behind, true) : nobody});
  field(words_(Msg::card_break_off), {texts_.break_off()});
}

/// Places of the head of the flight, from its hold to where it leaves the plan.
std::vector<geo::Vec2> CardDrawing::flown() const {
  const track::TrackSet& tracks = context_.plan.tracks;
  const auto group = std::find_if(
      tracks.groups.begin(), tracks.groups.end(),
      [&](const track::Group& each) { return each.contingent == card_.contingent.value; });
  std::vector<geo::Vec2> line;
  if (group != tracks.groups.end() && group->mover_count > 0) {
    const track::Mover& lead = tracks.movers[group->first_mover];
    const auto [begin, end] = tracks.interval(tracks.paths[lead.path]);
    const auto steps = static_cast<int>(std::min(20'000.0, std::ceil((end - begin) / kStep)));
    for (int i = 0; i <= steps; ++i) {
      const auto state = tracks.at(lead, begin + (end - begin) * i / std::max(1, steps));
      if (state) line.push_back({state->position_m[0], state->position_m[1]});
    }
  }
  return line.empty() ? marked() : line;
}

std::vector<geo::Vec2> CardDrawing::marked() const {
  std::vector<geo::Vec2> places;
  for (const auto& point : card_.points) {
    const show::Procession& flypast = context_.show[card_.flypast];
    places.push_back(point.station ? context_.show[*point.station].position
                                   : context_.show[flypast.route].geometry.at(0).position);
  }
  return places;
}

void CardDrawing::way() {
  const double room = kFlightCardHeight - kFoot - kSmall - 4 - y_;
  const std::vector<geo::Vec2> line = flown();
  if (room < kMapLeast || line.empty()) return;
  rule();
  geo::Vec2 low = line.front();
  geo::Vec2 high = low;
  for (const geo::Vec2 p : line) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  constexpr double kMargin = 6;
  const double scale =
      round_up_scale(std::max({1000 * (high.x - low.x) / (kFlightCardWidth - 2 * kMargin),
                               1000 * (high.y - low.y) / (room - 2 * kMargin - 3), 1000.0}));
  const double height =
      std::min(room - 3, std::ceil((high.y - low.y) * 1000 / scale + 2 * kMargin + 4));
  const MapView view{.centre = 0.5 * (low + high),
                     .scale = scale,
                     .width_mm = kFlightCardWidth,
                     .height_mm = height};
  Path path{.style = {.stroke = context_.ink(card_.contingent), .width_mm = 0.45}};
  std::vector<Point> paper;
  for (const geo::Vec2 p : line) {
    const Point at = view.paper(p) + Point{0, y_};
    if (paper.empty() || std::hypot(at.x - paper.back().x, at.y - paper.back().y) > 0.1)
      paper.push_back(at);
  }
  path.lines.push_back(std::move(paper));
  add(std::move(path));
  name_points(view, y_);
  y_ += height;
  draw_scale_bar(context_, scale, {0.2, y_ + 0.4}, 40, drawing_);
  text(kFlightCardWidth, y_ + 0.6,
       words_(Msg::card_map_caption, context_.format.count(std::llround(scale))), kSmall, 84,
       Anchor::end, Ink::faint);
  y_ += 3;
}

void CardDrawing::name_points(const MapView& view, double top) {
  LabelPlacer labels({{0, top}, {kFlightCardWidth, top + view.height_mm}});
  const std::vector<geo::Vec2> places = marked();
  Discs discs{.radius_mm = 0.8, .style = {.fill = Ink::text}};
  for (const geo::Vec2 p : places) {
    discs.centres.push_back(view.paper(p) + Point{0, top});
    labels.keep_off(Box{discs.centres.back() - Point{1, 1}, discs.centres.back() + Point{1, 1}});
  }
  add(discs);
  for (std::size_t i = 0; i < std::min(kPointsMost, places.size()); ++i) {
    const bool target = card_.points[i].is == plan::FlightCard::Point::Is::target;
    labels.place({.at = discs.centres[i],
                  .text = std::to_string(i + 1),
                  .size_mm = 3,
                  .bold = true,
                  .ink = target ? Ink::accent : Ink::text,
                  .clearance_mm = 1.2},
                 drawing_);
  }
}

void CardDrawing::foot() {
  const double base = kFlightCardHeight - 0.8;
  text(0, base - 3.2, texts_.reference(), kSmall, kFlightCardWidth, Anchor::start, Ink::faint);
  const std::string clock = words_(Msg::card_clock, std::string(context_.show.clock.zone()));
  const double clock_mm = text_width_mm(clock, kSmall);
  text(0, base, clock, kSmall, kFlightCardWidth, Anchor::start, Ink::faint);
  text(kFlightCardWidth, base,
       words_(Msg::card_foot, context_.label(context_.show.title, context_.show.name),
              context_.show.clock.iso8601(Time{}).substr(0, 10)),
       kSmall, kFlightCardWidth - clock_mm - 3, Anchor::end, Ink::faint);
}

Drawing CardDrawing::draw() {
  std::string told;
  for (const auto& point : card_.points) {
    told += (told.empty() ? "" : "; ") + texts_.name_of(point) + " " +
            context_.format.clock(point.head);
  }
  const show::Procession& flypast = context_.show[card_.flypast];
  drawing_.id = "flight-" + context_.card_id(card_.contingent);
  drawing_.title = words_(Msg::flight_card_title, context_.label(card_.contingent));
  drawing_.description = words_(Msg::flight_card_description, context_.show[flypast.over].name,
                                context_.format.clock(card_.over_target), told);
  drawing_.width_mm = kFlightCardWidth;
  drawing_.height_mm = kFlightCardHeight;
  head();
  facts();
  hold();
  points();
  neighbours();
  way();
  foot();
  return std::move(drawing_);
}

}  // namespace

Drawing draw_flight_card(const Context& context, const plan::FlightCard& card) {
  return CardDrawing(context, card).draw();
}

}  // namespace defilada::drawing
