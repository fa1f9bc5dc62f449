// SPDX-License-Identifier: MIT
// On a map: emergency lanes and first-aid posts.
#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "map_drawing.hpp"

namespace defilada::drawing {
namespace {

constexpr double kName = 2.0;  // mm
constexpr double kPost = 1.5;  // half the side of a post's sign

/// A white cross on green, as ISO 7010 has it (E003).
void add_cross(Point at, double half, Drawing& drawing) {
  drawing.shapes.emplace_back(
      rectangle({at - Point{half, half}, at + Point{half, half}},
                {.fill = Ink::good, .stroke = Ink::paper, .width_mm = 0.25}));
  const double arm = 0.68 * half;
  drawing.shapes.emplace_back(Path{
      .lines = {{at - Point{arm, 0}, at + Point{arm, 0}}, {at - Point{0, arm}, at + Point{0, arm}}},
      .style = {.stroke = Ink::paper, .width_mm = 0.5 * half}});
}

/// A band with a broken line along its middle; `half` of its width.
void add_lane(const std::vector<std::vector<Point>>& lines, double width, Drawing& drawing) {
  drawing.shapes.emplace_back(
      Path{.lines = lines, .style = {.stroke = Ink::accent, .width_mm = std::max(width, 0.9)}});
  drawing.shapes.emplace_back(Path{
      .lines = lines,
      .style = {
          .stroke = Ink::paper, .width_mm = std::max(0.3 * width, 0.3), .dash = Dash::dashed}});
}

}  // namespace

using geo::Vec2;

void MapDrawing::draw_emergency_lanes() {
  if (request_.air) return;
  for (const show::EmergencyLane& lane : context_.show.site.safety.lanes) {
    std::vector<Point> points;
    for (const Vec2 p : lane.points) points.push_back(view_.paper(p));
    const auto lines = clip_line(points, view_.frame());
    if (lines.empty()) continue;
    add_lane(lines, view_.mm(lane.width_m), map_.drawing);
    for (const auto& stretch : lines) {
      for (std::size_t i = 1; i < stretch.size(); ++i) {
        labels_.keep_off(stretch[i - 1], stretch[i], std::max(0.5, view_.mm(lane.width_m) / 2));
      }
    }
  }
}

void MapDrawing::draw_first_aid_posts() {
  if (request_.air) return;
  for (const show::FirstAidPost& post : context_.show.site.safety.posts) {
    const Point at = view_.paper(post.position);
    if (!inside(view_.frame(), at)) continue;
    add_cross(at, kPost, map_.drawing);
    labels_.keep_off(Box{at - Point{kPost, kPost}, at + Point{kPost, kPost}});
  }
}

void MapDrawing::name_first_aid_posts() {
  if (request_.air) return;
  for (const show::FirstAidPost& post : context_.show.site.safety.posts) {
    name(post.position,
         {.text = post.name, .size_mm = kName, .ink = Ink::good, .clearance_mm = kPost + 0.5});
  }
}

/// At the middle of each lane that is seen, off it on the side that is free.
void MapDrawing::name_emergency_lanes() {
  if (request_.air) return;
  for (const show::EmergencyLane& lane : context_.show.site.safety.lanes) {
    std::vector<Point> points;
    for (const Vec2 p : lane.points) points.push_back(view_.paper(p));
    const auto stretches = clip_line(points, view_.frame());
    const LabelPlacer::Request request{
        .text = fit_text(lane.name, kName, 50), .size_mm = kName, .ink = Ink::accent};
    const double reach = std::max(0.6, view_.mm(lane.width_m) / 2) + 0.6;
    bool named = stretches.empty();
    for (const auto& stretch : stretches) {
      for (std::size_t i = 1; i < stretch.size() && !named; ++i) {
        const Point d = stretch[i] - stretch[i - 1];
        const double length = std::hypot(d.x, d.y);
        if (length < 1) continue;
        for (const double share : {0.5, 0.25, 0.75, 0.1, 0.9}) {
          named = name_off({stretch[i - 1] + share * d, (1 / length) * Point{d.y, -d.x}}, reach,
                           request);
          if (named) break;
        }
      }
    }
    if (!named) map_.unlabelled.push_back(lane.name);
  }
}

/// What the signs mean, at the lower edge; only where there are any.
void MapDrawing::draw_safety_key() {
  const show::Site& site = context_.show.site;
  if (request_.air || site.safety.empty()) return;
  const double y = view_.height_mm - 3;
  double x = view_.width_mm - 3;
  const auto word = [&](Msg text) {
    const std::string shown = context_.words(text);
    add(Label{.at = {x, y}, .text = shown, .size_mm = 2.1, .anchor = Anchor::end, .halo = true});
    x -= text_width_mm(shown, 2.1) + 1.4;
  };
  if (!site.safety.posts.empty()) {
    word(Msg::map_first_aid);
    add_cross({x - 1.2, y - 0.8}, 1.2, map_.drawing);
    x -= 6;
  }
  if (!site.safety.lanes.empty()) {
    word(Msg::map_emergency_lane);
    add_lane({{{x - 7, y - 0.8}, {x, y - 0.8}}}, 1, map_.drawing);
  }
}

}  // namespace defilada::drawing
