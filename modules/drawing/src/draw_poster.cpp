// SPDX-License-Identifier: MIT
// The poster:
//
//   title, date ....................... key figures
//   site around the key station  |  order of march from above,
//   whole site                   |  procession by procession
//   timeline of the show         |  in the air
#include <algorithm>
#include <cmath>

#include "defilada/drawing/draw_air.hpp"
#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_gantt.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "defilada/drawing/pictures.hpp"
#include "placed.hpp"

namespace defilada::drawing {
namespace {

constexpr double kWidth = 594;  // A2, mm
constexpr double kHeight = 420;
constexpr double kMargin = 14;
constexpr double kBand = 40;  // height of the title's band
constexpr double kGutter = 12;
constexpr double kHeading = 9;  // of a panel
constexpr double kLeft = 282;   // width of the left column
constexpr double kMapHeight = 128;
constexpr double kCell = 20.5;       // of a formation in the order of march
constexpr double kRowDepth = 11;     // room for a formation
constexpr double kRowNames = 13;     // arrow and names around it, as draw_procession has them
constexpr double kShelfTitles = 12;  // title, scale bar and gap of processions side by side
constexpr std::size_t kAirRows = 16;
constexpr double kAirHeight = 92;  // of all rows in the air

class Poster {
 public:
  explicit Poster(const Context& context) : context_(context) {
    drawing_.id = "poster";
    drawing_.title = context.label(context.show.title, context.show.name);
    drawing_.description = context.words(Msg::poster_description);
    drawing_.width_mm = kWidth;
    drawing_.height_mm = kHeight;
  }

  Drawing draw();

 private:
  void add(Shape shape) { drawing_.shapes.push_back(std::move(shape)); }
  void draw_title();
  void draw_key_figures();
  double draw_heading(const std::string& text, double x, double y, double width);
  double draw_maps(double y);
  void draw_timeline(double y);
  /// Processions of the order of march side by side.
  struct Shelf {
    struct Place {
      show::ProcessionId id;
      std::size_t cells = 0;  ///< of a row
    };
    std::vector<Place> places;
    std::size_t rows = 0;
    std::size_t cells = 0;  ///< of all of them
  };
  [[nodiscard]] std::vector<Shelf> shelves(std::size_t columns) const;
  double draw_shelf(const Shelf& shelf, double depth, double y, Drawing& drawing) const;
  void draw_order(double y, double bottom);
  double draw_air(double bottom);
  [[nodiscard]] std::optional<GanttPart> main_part() const;

  const Context& context_;
  const double right_ = kMargin + kLeft + kGutter;
  const double right_width_ = kWidth - kMargin - (kMargin + kLeft + kGutter);
  Drawing drawing_;
};

void Poster::draw_title() {
  add(rectangle({{0, 0}, {kWidth, kBand}}, {.fill = Ink::series_1}));
  add(Label{.at = {kMargin, 20},
            .text = fit_text(drawing_.title, 13, 0.62 * kWidth, true),
            .size_mm = 13,
            .ink = Ink::paper,
            .bold = true});
  std::string line = context_.format.date();
  if (context_.plan.feasible) {
    line += " \u00b7 " + context_.words(Msg::from_to, context_.format.clock(context_.plan.start),
                                        context_.format.clock(context_.plan.end));
  } else {
    line += " \u00b7 " + context_.words(Msg::poster_infeasible);
  }
  line += " \u00b7 " + std::string(context_.show.clock.zone());
  add(Label{.at = {kMargin, 31}, .text = line, .size_mm = 5.4, .ink = Ink::paper});
  draw_key_figures();
}

void Poster::draw_key_figures() {
  const plan::Counts& counts = context_.plan.counts;
  double x = kWidth - kMargin;
  const auto figure = [&](Msg label, std::int64_t n) {
    if (n == 0) return;
    const std::string number = context_.format.count(n);
    const std::string word = fit_text(context_.words.counted(label, n, ""), 3, 30);
    const double width = std::max(text_width_mm(number, 8, true), text_width_mm(word, 3)) + 6;
    if (x - width < 0.66 * kWidth) return;
    add(Label{.at = {x, 19},
              .text = number,
              .size_mm = 8,
              .anchor = Anchor::end,
              .ink = Ink::paper,
              .bold = true});
    add(Label{.at = {x, 26}, .text = word, .size_mm = 3, .anchor = Anchor::end, .ink = Ink::paper});
    x -= width;
  };
  // From the right: the last is the first that is left out where there is no room.
  figure(Msg::key_drones, counts.drones);
  figure(Msg::key_helicopters, counts.helicopters);
  figure(Msg::key_aeroplanes, counts.aeroplanes);
  figure(Msg::key_vehicles, counts.vehicles);
  figure(Msg::key_mounted, counts.mounted);
  figure(Msg::key_people, counts.people);
  figure(Msg::key_contingents, counts.contingents);
}

/// Returns where what is below it begins.
double Poster::draw_heading(const std::string& text, double x, double y, double width) {
  add(line({{x, y}, {x + width, y}}, {.stroke = Ink::text, .width_mm = 0.5}));
  add(Label{
      .at = {x, y + 6}, .text = fit_text(text, 4.8, width, true), .size_mm = 4.8, .bold = true});
  return y + kHeading;
}

double Poster::draw_maps(double y) {
  auto view = ground_view(context_, kLeft, 70);
  if (!view) return y;
  const auto core = detail_view(context_, *view, kMapHeight);
  if (!core) view = ground_view(context_, kLeft, kMapHeight);
  y = draw_heading(context_.words(Msg::map_site), kMargin, y, kLeft);
  const auto place = [&](const MapView& shown, const MapRequest& request) {
    const Map map = draw_map(context_, shown, request);
    append_at(map.drawing, {kMargin, y}, 1, drawing_);
    add(Label{.at = {kMargin + kLeft, y + shown.height_mm + 3.4},
              .text = context_.words(Msg::map_note_empty,
                                     context_.format.count(std::llround(shown.scale))),
              .size_mm = 2.4,
              .anchor = Anchor::end,
              .ink = Ink::faint});
    y += shown.height_mm + 6;
  };
  MapRequest whole{.id = "poster-site", .formed_up = true, .far_places = true};
  if (core) {
    place(core->view, {.id = "poster-core", .formed_up = true, .far_places = true});
    whole.inset = core->view;
  }
  place(*view, whole);
  return y + 2;
}

/// The part of the day in which the show is; where there are none, all items.
std::optional<GanttPart> Poster::main_part() const {
  std::optional<GanttPart> best;
  std::size_t most = 0;
  for (GanttPart& part : gantt_parts(context_)) {
    std::size_t moving = 0;
    for (const show::ItemId id : part.items) moving += context_.show[id].procession ? 1 : 0;
    if (best && moving <= most) continue;
    most = moving;
    best = std::move(part);
  }
  return best;
}

void Poster::draw_timeline(double y) {
  if (!context_.plan.feasible) return;
  const auto part = main_part();
  if (!part) return;
  const Gantt gantt = draw_gantt(context_, *part, "poster-gantt", kLeft);
  y = draw_heading(gantt.drawing.title, kMargin, y, kLeft);
  append_into(gantt.drawing, {{kMargin, y}, {kMargin + kLeft, kHeight - kMargin}}, drawing_);
}

/// From the bottom upwards; returns where it begins.
double Poster::draw_air(double bottom) {
  if (!context_.plan.feasible) return bottom;
  const auto rows = std::clamp<std::size_t>(times_over_target(context_).size(), 1, kAirRows);
  const double row = std::clamp(kAirHeight / static_cast<double>(rows), 5.4, 15.0);
  const Drawing air = draw_air_picture(context_, "poster-air", right_width_, kAirRows, row);
  if (air.shapes.empty()) return bottom;
  const double top = bottom - air.height_mm - kHeading;
  const double y = draw_heading(air.title, right_, top, right_width_);
  append_into(air, {{right_, y}, {right_ + right_width_, bottom}}, drawing_);
  return top - 6;
}

/// Processions in the order of the show, each beside the first that leave it room in their row; one
/// of several rows alone, its rows alike in length.
std::vector<Poster::Shelf> Poster::shelves(std::size_t columns) const {
  constexpr std::size_t kNarrowest = 3;  // cells: room for a title, or for the parts of one alone
  std::vector<Shelf> shelves;
  for (std::uint32_t p = 0; p < context_.show.processions.size(); ++p) {
    const show::Procession& procession = context_.show.processions[p];
    const std::size_t n = procession.order.size();
    if (n == 0 || !procession.counted) continue;
    const std::size_t rows = (n + columns - 1) / columns;
    const Shelf::Place place{{p}, std::max((n + rows - 1) / rows, kNarrowest)};
    const auto with_room = std::find_if(shelves.begin(), shelves.end(), [&](const Shelf& shelf) {
      return rows == 1 && shelf.rows == 1 && shelf.cells + place.cells <= columns;
    });
    Shelf& shelf =
        with_room == shelves.end() ? shelves.emplace_back(Shelf{{}, rows, 0}) : *with_room;
    shelf.places.push_back(place);
    shelf.cells += place.cells;
  }
  return shelves;
}

/// The processions of a shelf from `y` on; how high the highest is.
double Poster::draw_shelf(const Shelf& shelf, double depth, double y, Drawing& drawing) const {
  constexpr std::size_t kFewest = 6;  // cells of a row: fewer would be larger than the longest's
  constexpr double kApart = 4;        // mm between two processions
  const double cell = right_width_ / static_cast<double>(std::max(shelf.cells, kFewest));
  double x = right_;
  double height = 0;
  for (const Shelf::Place& place : shelf.places) {
    const double width = cell * static_cast<double>(place.cells);
    const Drawing order = draw_procession(context_, place.id, width - kApart, {place.cells, depth});
    drawing.shapes.emplace_back(
        Label{.at = {x, y + 2.4},
              .text = fit_text(context_.show[place.id].name, 3, width - kApart, true),
              .size_mm = 3,
              .ink = Ink::accent,
              .bold = true});
    append_at(order, {x, y + 4}, 1, drawing);
    height = std::max(height, 4 + order.height_mm);
    x += width;
  }
  return height;
}

void Poster::draw_order(double y, double bottom) {
  y = draw_heading(context_.words(Msg::order_title), right_, y, right_width_);
  const std::vector<Shelf> all = shelves(static_cast<std::size_t>(right_width_ / kCell));
  if (all.empty()) return;
  double rows = 0;
  for (const Shelf& shelf : all) rows += static_cast<double>(shelf.rows);
  const double titles = kShelfTitles * static_cast<double>(all.size());
  const double depth = std::clamp((bottom - y - titles) / rows - kRowNames, 3.0, 2.2 * kRowDepth);
  std::int64_t left_out = 0;
  for (const Shelf& shelf : all) {
    Drawing drawn;
    const double height = draw_shelf(shelf, depth, y, drawn);
    if (y + height > bottom + 1) {
      for (const Shelf::Place& place : shelf.places)
        left_out += static_cast<std::int64_t>(context_.show[place.id].order.size());
      continue;
    }
    append_at(drawn, {0, 0}, 1, drawing_);
    y += height + 3;
  }
  if (left_out == 0) return;
  add(Label{.at = {right_, bottom},
            .text = context_.words.counted(Msg::order_left_out, left_out,
                                           context_.format.count(left_out)),
            .size_mm = 2.6,
            .ink = Ink::faint});
}

Drawing Poster::draw() {
  draw_title();
  const double top = kBand + 8;
  draw_timeline(draw_maps(top));
  draw_order(top, draw_air(kHeight - kMargin));
  add(Label{.at = {kMargin, kHeight - 5},
            .text = context_.words(Msg::made_by),
            .size_mm = 2.4,
            .ink = Ink::faint});
  return std::move(drawing_);
}

}  // namespace

Drawing draw_poster(const Context& context) {
  return Poster(context).draw();
}

}  // namespace defilada::drawing
