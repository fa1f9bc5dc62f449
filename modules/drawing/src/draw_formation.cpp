// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"

namespace defilada::drawing {
namespace {

constexpr double kLine = 3.6;  // mm of a line of the key
constexpr double kText = 2.4;
constexpr std::size_t kLinesMost = 12;

struct KeyLine {
  Ink ink = Ink::none;  ///< none: says what stands in no ink of its own
  std::string text;
};

std::int64_t leaders_of(const PlacedPart& part) {
  return std::count_if(part.layout.slots.begin(), part.layout.slots.end(),
                       [](const formation::Slot& slot) { return slot.leader; });
}

/// Of each part: its label, what it is made of, who is in it; leaders apart.
std::vector<KeyLine> key_of(const Context& context, show::ContingentId id) {
  std::vector<KeyLine> key;
  for (const PlacedPart& placed : context.parts(id)) {
    const show::Kind& kind = context.show[placed.part->kind];
    const std::int64_t leaders = leaders_of(placed);
    const auto others = static_cast<std::int64_t>(placed.layout.slots.size()) - leaders;
    const std::string& role = placed.part->role.empty() ? kind.role : placed.part->role;
    std::string what = context.label(kind.label, kind.name);
    if (!role.empty() && role != what && kind.category == show::Category::foot) what = role;
    if (!placed.part->label.empty()) what = placed.part->label + " (" + what + ")";
    key.push_back(
        {context.ink(id), context.words(Msg::roles_part, what, context.format.count(others))});
    if (leaders > 0) {
      key.push_back(
          {Ink::text,
           context.words(Msg::roles_part, context.words.counted(Msg::roles_leaders, leaders, ""),
                         context.format.count(leaders))});
    }
    for (const show::Exhibit& exhibit : placed.part->exhibits) {
      key.push_back({Ink::none, exhibit.count == 0
                                    ? exhibit.name
                                    : context.words(Msg::roles_part, exhibit.name,
                                                    context.format.count(exhibit.count))});
    }
  }
  if (key.size() > kLinesMost) key.resize(kLinesMost);
  return key;
}

}  // namespace

Drawing draw_formation_with_roles(const Context& context, show::ContingentId id, double width_mm,
                                  double height_mm) {
  const std::vector<KeyLine> key = key_of(context, id);
  const double below = kLine * static_cast<double>(key.size()) + 12;
  const Silhouette silhouette(context, id, true);
  const double room = std::max(20.0, height_mm - below - 4);
  const double scale = silhouette.scale_for(width_mm - 4, room);
  const double depth = silhouette.depth_mm(scale);
  Drawing drawing{
      .id = "formation-" + context.card_id(id),
      .title = context.words(Msg::formation_title, context.label(id)),
      .description = context.words(Msg::formation_description, context.formation_words(id),
                                   context.format.length(silhouette.width_m()),
                                   context.format.length(silhouette.depth_m()),
                                   context.format.count(std::llround(scale))),
      .width_mm = width_mm,
      .height_mm = depth + below + 4};
  drawing.shapes.emplace_back(march_arrow({width_mm / 2, 0.2}));
  silhouette.draw(scale, {width_mm / 2, 3.4}, drawing);
  draw_scale_bar(context, scale, {0.2, depth + 10.6}, std::min(width_mm, 60.0), drawing);
  double y = depth + below - kLine * static_cast<double>(key.size()) + 4.4;
  for (const KeyLine& each : key) {
    if (each.ink != Ink::none) {
      drawing.shapes.emplace_back(rectangle({{0.2, y - 2}, {3.2, y + 0.2}}, {.fill = each.ink}));
    }
    drawing.shapes.emplace_back(Label{.at = {5, y},
                                      .text = fit_text(each.text, kText, width_mm - 6),
                                      .size_mm = kText,
                                      .ink = each.ink == Ink::none ? Ink::faint : Ink::text});
    y += kLine;
  }
  return drawing;
}

}  // namespace defilada::drawing
