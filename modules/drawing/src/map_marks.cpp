// SPDX-License-Identifier: MIT
// On a map: numbered places.
#include <algorithm>
#include <cmath>

#include "clip.hpp"
#include "map_drawing.hpp"

namespace defilada::drawing {
namespace {

constexpr double kDisc = 2.1;  // mm, radius
constexpr double kDot = 0.7;
constexpr double kPi = 3.14159265358979323846;

}  // namespace

/// The number's disc is beside the place, on the first ring about it that is free of the discs
/// before. No name will lie on it.
void MapDrawing::place_marks() {
  const Box frame = inner(view_.frame());
  const Point corner{frame.max.x - 9, frame.min.y + 13};  // of the north arrow
  for (const MapMark& mark : request_.marks) {
    const Point at = view_.paper(mark.at);
    if (!inside(view_.frame(), at)) continue;
    const auto is_free = [&](Point middle) {
      const bool within = middle.x - kDisc >= frame.min.x && middle.x + kDisc <= frame.max.x &&
                          middle.y - kDisc >= frame.min.y && middle.y + kDisc <= frame.max.y - 7;
      const bool arrow = middle.x + kDisc > corner.x && middle.y - kDisc < corner.y;
      return within && !arrow && std::none_of(discs_.begin(), discs_.end(), [&](Point other) {
               return std::hypot(other.x - middle.x, other.y - middle.y) < 2 * kDisc + 0.3;
             });
    };
    Point middle = at + Point{0, -4};
    bool found = is_free(middle);
    for (double ring = 4; !found && ring < 60; ring += 2.5) {
      for (int i = 0; !found && i < 16; ++i) {
        const double angle = kPi / 8 * i - kPi / 2;
        middle = at + Point{ring * std::cos(angle), ring * std::sin(angle)};
        found = is_free(middle);
      }
    }
    discs_.push_back(middle);
    labels_.keep_off(Box{middle - Point{kDisc, kDisc}, middle + Point{kDisc, kDisc}});
    labels_.keep_off(Box{at - Point{kDot, kDot}, at + Point{kDot, kDot}});
  }
}

void MapDrawing::draw_marks() {
  std::size_t next = 0;
  for (const MapMark& mark : request_.marks) {
    const Point at = view_.paper(mark.at);
    if (!inside(view_.frame(), at)) continue;
    const Point middle = discs_[next++];
    const Ink ink = mark.breaks ? Ink::accent : Ink::text;
    add(line({at, middle}, {.stroke = Ink::paper, .width_mm = 0.9}));
    add(line({at, middle}, {.stroke = ink, .width_mm = 0.3}));
    add(Discs{.centres = {at},
              .radius_mm = kDot,
              .style = {.fill = Ink::accent, .stroke = Ink::paper, .width_mm = 0.2}});
    add(Discs{.centres = {middle},
              .radius_mm = kDisc,
              .style = {.fill = ink, .stroke = Ink::paper, .width_mm = 0.25}});
    add(Label{.at = middle + Point{0, 0.85},
              .text = mark.text,
              .size_mm = 2.4,
              .anchor = Anchor::middle,
              .ink = Ink::paper,
              .bold = true});
  }
}

}  // namespace defilada::drawing
