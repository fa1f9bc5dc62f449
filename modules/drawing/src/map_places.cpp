// SPDX-License-Identifier: MIT
// On a map: contingents in their line-up, and where what lies outside of the frame is.
#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "defilada/drawing/formed_up.hpp"
#include "defilada/geo/polygon.hpp"
#include "map_drawing.hpp"

namespace defilada::drawing {
namespace {

constexpr double kName = 2.0;         // mm
constexpr double kLeastNumber = 1.6;  // of a contingent in its line-up

}  // namespace

using geo::Vec2;

void MapDrawing::draw_formed_up() {
  if (!request_.formed_up || request_.air) return;
  for (const FormedUp& one : formed_up(context_)) {
    auto outline = ring({one.corners.begin(), one.corners.end()});
    if (outline.size() < 3) continue;
    const Box box = extent_of(outline);
    labels_.keep_off(box);
    add(Path{
        .lines = {std::move(outline)},
        .closed = true,
        .style = {.fill = context_.ink(one.contingent), .stroke = Ink::paper, .width_mm = 0.1}});
    const plan::ContingentPlan* timed = context_.plan_of(one.contingent);
    const std::string number = std::to_string(timed->place);
    const double size = std::min({2.6, 0.7 * box.height(), 0.7 * box.width()});
    if (timed->place == 0 || size < kLeastNumber || text_width_mm(number, size, true) > box.width())
      continue;
    add(Label{.at = 0.5 * (box.min + box.max) + Point{0, 0.36 * size},
              .text = number,
              .size_mm = size,
              .anchor = Anchor::middle,
              .ink = Ink::paper,
              .bold = true});
  }
}

/// An arrow at the frame towards each area outside of it, with its name and how far its middle is
/// from the frame.
void MapDrawing::draw_far_places() {
  const Box frame = view_.frame();
  const Point middle = 0.5 * (frame.min + frame.max);
  constexpr double kInset = 4;  // mm from the frame to the tip's foot
  for (const show::Area& area : context_.show.site.areas) {
    const Vec2 there = geo::centroid(area.polygon);
    const Point place = view_.paper(there);
    if (inside(frame, place)) continue;
    const Point d = place - middle;
    const double reach = std::min(d.x != 0 ? (frame.width() / 2 - kInset) / std::abs(d.x) : 1e9,
                                  d.y != 0 ? (frame.height() / 2 - kInset) / std::abs(d.y) : 1e9);
    const Point foot = middle + reach * d;
    const Point u = (1 / std::hypot(d.x, d.y)) * d;
    const Point side{-u.y, u.x};
    const Point tip = foot + 2.6 * u;
    add(Path{.lines = {{tip, foot + 1.1 * side, foot + 0.6 * u, foot - 1.1 * side}},
             .closed = true,
             .style = {.fill = Ink::text}});
    labels_.keep_off(extent_of({tip, foot + 1.1 * side, foot - 1.1 * side}));
    const Point edge{std::clamp(place.x, frame.min.x, frame.max.x),
                     std::clamp(place.y, frame.min.y, frame.max.y)};
    const double far_m = std::hypot(place.x - edge.x, place.y - edge.y) / view_.mm(1);
    LabelPlacer::Request request{
        .at = foot,
        .text = context_.words(Msg::map_far, fit_text(area.name, kName, 40),
                               context_.format.length(far_m)),
        .size_mm = kName,
        .clearance_mm = 2};
    if (!labels_.place(request, map_.drawing)) map_.unlabelled.push_back(area.name);
  }
}

}  // namespace defilada::drawing
