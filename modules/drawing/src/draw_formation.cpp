// SPDX-License-Identifier: MIT
#include "defilada/drawing/draw_formation.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "defilada/drawing/draw_map.hpp"
#include "defilada/formation/roles.hpp"
#include "defilada/show/print.hpp"

namespace defilada::drawing {
namespace {

constexpr double kTop = 3.2;       // mm above the formation: the arrow
constexpr double kBar = 6.8;       // below it: the scale bar
constexpr double kLeastBase = 16;  // of all that
constexpr double kLine = 3.6;      // mm of a line of the key
constexpr double kAboveKey = 2.4;
constexpr double kText = 2.4;
constexpr std::size_t kLinesMost = 12;
constexpr double kDotMm = 0.6;
constexpr double kRoundMm = 0.4;  // from the bodies to the outline round them

/// Who keeps the shape of a block on foot: right of the contingent's axis, behind its head, m.
struct Keepers {
  Box frame;                  ///< of the outer files and ranks, bodies included
  std::vector<Point> middle;  ///< the file that sets the cadence, from the front
  Point marker;
};

/// Nothing for what is no block on foot of three files and two ranks at least.
std::optional<Keepers> keepers_of(const PlacedPart& placed, const show::Kind& kind) {
  if (kind.category != show::Category::foot) return std::nullopt;
  const auto roles = formation::alignment_roles(placed.part->formation, placed.layout);
  Keepers keepers;
  std::vector<Point> outer;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (roles[i] == formation::AlignmentRole::none) continue;
    const formation::Slot& slot = placed.layout.slots[i];
    const Point at{-slot.left_m - placed.part->left_m, placed.back_m + slot.back_m};
    outer.push_back(at);
    if (roles[i] == formation::AlignmentRole::cadence) keepers.middle.push_back(at);
    if (roles[i] == formation::AlignmentRole::base) keepers.marker = at;
  }
  if (keepers.middle.size() < 2) return std::nullopt;
  const Point half{kind.width_m / 2, kind.length_m / 2};
  const Box box = extent_of(outer);
  keepers.frame = {box.min - half, box.max + half};
  return keepers;
}

constexpr Style kFrameStyle{.stroke = Ink::faint, .width_mm = 0.15};
constexpr Style kMarkerStyle{.fill = Ink::accent};

void mark(const Keepers& keepers, Point origin, double mm_per_m, Drawing& drawing) {
  const auto at = [&](Point p) { return origin + mm_per_m * p; };
  const Point room{kRoundMm, kRoundMm};
  drawing.shapes.emplace_back(
      rectangle({at(keepers.frame.min) - room, at(keepers.frame.max) + room}, kFrameStyle));
  drawing.shapes.emplace_back(line({at(keepers.middle.front()), at(keepers.middle.back())},
                                   {.stroke = Ink::paper, .width_mm = 0.2}));
  drawing.shapes.emplace_back(
      Discs{.centres = {at(keepers.marker)}, .radius_mm = kDotMm, .style = kMarkerStyle});
}

struct KeyLine {
  enum class Sign : std::uint8_t { none, patch, frame, dot, stroke };
  std::string text;
  Sign sign = Sign::none;  ///< none: says what stands in no ink of its own
  Ink ink = Ink::text;
};

std::int64_t leaders_of(const PlacedPart& part) {
  return std::count_if(part.layout.slots.begin(), part.layout.slots.end(),
                       [](const formation::Slot& slot) { return slot.leader; });
}

/// Of each part: its label, what it is made of, who is in it; leaders apart. Then the marks.
std::vector<KeyLine> key_of(const Context& context, show::ContingentId id) {
  std::vector<KeyLine> key;
  bool marked = false;
  for (const PlacedPart& placed : context.parts(id)) {
    const show::Kind& kind = context.show[placed.part->kind];
    marked = marked || keepers_of(placed, kind);
    const std::int64_t leaders = leaders_of(placed);
    const auto others = static_cast<std::int64_t>(placed.layout.slots.size()) - leaders;
    const std::string& role = placed.part->role.empty() ? kind.role : placed.part->role;
    std::string what = context.label(kind.label, kind.name);
    if (!role.empty() && role != what && kind.category == show::Category::foot) {
      what = context.words(show::print_role(role));
    }
    if (!placed.part->label.empty()) what = placed.part->label + " (" + what + ")";
    key.push_back({context.words(Msg::roles_part, what, context.format.count(others)),
                   KeyLine::Sign::patch, context.ink(id)});
    if (leaders > 0) {
      key.push_back(
          {context.words(Msg::roles_part, context.words.counted(Msg::roles_leaders, leaders, ""),
                         context.format.count(leaders)),
           KeyLine::Sign::patch, Ink::text});
    }
    for (const show::Exhibit& exhibit : placed.part->exhibits) {
      key.push_back({exhibit.count == 0 ? exhibit.name
                                        : context.words(Msg::roles_part, exhibit.name,
                                                        context.format.count(exhibit.count))});
    }
  }
  const std::size_t most = kLinesMost - (marked ? 3 : 0);
  if (key.size() > most) key.resize(most);
  if (marked) {
    key.push_back({context.words(Msg::roles_marker), KeyLine::Sign::dot});
    key.push_back({context.words(Msg::roles_cadence), KeyLine::Sign::stroke, context.ink(id)});
    key.push_back({context.words(Msg::roles_frame), KeyLine::Sign::frame});
  }
  return key;
}

/// With its baseline at y.
void draw_line(const KeyLine& each, double y, Drawing& drawing) {
  const Box patch{{0.2, y - 2}, {3.2, y + 0.2}};
  const double middle = (patch.min.y + patch.max.y) / 2;
  switch (each.sign) {
    case KeyLine::Sign::none: break;
    case KeyLine::Sign::patch:
      drawing.shapes.emplace_back(rectangle(patch, {.fill = each.ink}));
      break;
    case KeyLine::Sign::frame: drawing.shapes.emplace_back(rectangle(patch, kFrameStyle)); break;
    case KeyLine::Sign::dot:
      drawing.shapes.emplace_back(
          Discs{.centres = {{1.7, middle}}, .radius_mm = kDotMm, .style = kMarkerStyle});
      break;
    case KeyLine::Sign::stroke:
      drawing.shapes.emplace_back(rectangle(patch, {.fill = each.ink}));
      drawing.shapes.emplace_back(
          line({{1.7, patch.min.y}, {1.7, patch.max.y}}, {.stroke = Ink::paper, .width_mm = 0.4}));
      break;
  }
  drawing.shapes.emplace_back(
      Label{.at = {5, y},
            .text = fit_text(each.text, kText, drawing.width_mm - 6),
            .size_mm = kText,
            .ink = each.sign == KeyLine::Sign::none ? Ink::faint : Ink::text});
}

}  // namespace

Path march_arrow(Point tip) {
  return {.lines = {{tip, tip + Point{1.1, 2.2}, tip + Point{-1.1, 2.2}}},
          .closed = true,
          .style = {.fill = Ink::faint}};
}

Drawing draw_formation(const Context& context, show::ContingentId id, double width_mm,
                       double height_mm, Key key) {
  const Silhouette silhouette(context, id, Silhouette::Leaders::apart);
  const std::vector<KeyLine> lines =
      key == Key::below ? key_of(context, id) : std::vector<KeyLine>{};
  const double below = lines.empty() ? 0 : kAboveKey + kLine * static_cast<double>(lines.size());
  const double room = std::max(20.0, height_mm - kTop - kBar - below);
  const double scale = silhouette.scale_for(width_mm - 2, room);
  const double base = std::max(kLeastBase, silhouette.depth_mm(scale) + kTop + kBar);
  Drawing drawing{
      .id = "formation-" + context.card_id(id),
      .title = context.words(Msg::formation_title, context.label(id)),
      .description = context.words(Msg::formation_description, context.formation_words(id),
                                   context.format.length(silhouette.width_m()),
                                   context.format.length(silhouette.depth_m()),
                                   context.format.count(std::llround(scale))),
      .width_mm = width_mm,
      .height_mm = base + below};
  drawing.shapes.emplace_back(march_arrow({width_mm / 2, 0.2}));
  for (const auto& drawn : silhouette.draw(scale, {width_mm / 2, kTop}, drawing)) {
    const auto keepers = keepers_of(*drawn.part, context.show[drawn.part->part->kind]);
    if (keepers) mark(*keepers, drawn.origin, 1000 / scale, drawing);
  }
  draw_scale_bar(context, scale, {0.2, base - 0.4},
                 std::min(width_mm, key == Key::below ? 60.0 : 26.0), drawing);
  double y = base + kAboveKey;
  for (const KeyLine& each : lines) {
    y += kLine;
    draw_line(each, y - 1.2, drawing);
  }
  return drawing;
}

}  // namespace defilada::drawing
