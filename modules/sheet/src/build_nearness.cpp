// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "build.hpp"
#include "defilada/drawing/draw_nearness.hpp"

namespace defilada::sheet {
namespace {

constexpr double kMapHeight = 96;  // mm; below all rows it still fits on the page

/// The map on which most of the places are: of the ground, or of the air lines.
std::optional<Map> map_of(const Context& context, const std::vector<drawing::MapMark>& marks,
                          std::string& caption) {
  const auto seen = [&](const std::optional<MapView>& view) {
    if (!view) return std::ptrdiff_t{0};
    return std::count_if(marks.begin(), marks.end(), [&](const drawing::MapMark& mark) {
      const Point at = view->paper(mark.at);
      const Box frame = view->frame();
      return at.x >= frame.min.x && at.x <= frame.max.x && at.y >= frame.min.y &&
             at.y <= frame.max.y;
    });
  };
  const auto ground = ground_view(context, kPortraitWidth, kMapHeight);
  const auto air = air_view(context, kPortraitWidth, kMapHeight);
  const bool in_the_air = seen(air) > seen(ground);
  auto view = in_the_air ? air : ground;
  if (seen(view) == 0) return std::nullopt;
  if (!in_the_air) view = marks_view(*ground, marks, kPortraitWidth, kMapHeight);
  caption = context.words(phrase("1 : {}. Numbers are those of the picture of who comes near whom.",
                                 context.format.count(std::llround(view->scale))));
  return draw_map(context, *view,
                  {.id = "nearness-map",
                   .title = context.words(phrase("Where they come near each other")),
                   .air = in_the_air,
                   .marks = marks});
}

}  // namespace

std::optional<Section> build_nearness(const Context& context) {
  if (context.nearness.empty()) return std::nullopt;
  Section section{
      .id = "nearness", .title = context.words(phrase("Who comes near whom")), .new_page = true};
  section.blocks.emplace_back(Figure{
      drawing::draw_nearness(context, context.nearness, "nearness-drawing", kPortraitWidth).drawing,
      Rich(context.words(
               phrase("Centre to centre on the ground, where heights do not keep them apart; "
                      "dashed: the limit. The dot is proven to 1 cm; each row has its own times.")),
           Emphasis::small)});
  std::string caption;
  if (auto map = map_of(context, drawing::nearness_marks(context.nearness), caption)) {
    section.blocks.emplace_back(
        Figure{std::move(map->drawing), Rich(std::move(caption), Emphasis::small)});
  }
  return section;
}

}  // namespace defilada::sheet
