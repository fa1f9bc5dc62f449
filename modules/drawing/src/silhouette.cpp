// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "defilada/drawing/draw_formation.hpp"
#include "defilada/drawing/draw_map.hpp"
#include "labels.hpp"

namespace defilada::drawing {
namespace {

constexpr double kBreak = 5;               // mm of paper in place of a long gap
constexpr std::size_t kBodiesMost = 5000;  // of a part: more run together to a patch anyway
constexpr double kLeastMark = 0.25;        // mm

/// Bodies of one part as shapes: rectangles for what stands on the ground, plans for aircraft.
class BodyPen {
 public:
  BodyPen(const show::Kind& kind, Ink ink, double scale)
      : kind_(kind),
        length_(std::max(kLeastMark, 1000 / scale * kind.length_m)),
        width_(std::max(kLeastMark, 1000 / scale * kind.width_m)) {
    const double thin = std::clamp(0.12 * std::min(length_, width_), 0.12, 0.8);
    bodies_.style = {.stroke = ink, .width_mm = show::flies(kind.category) ? thin * 1.6 : width_};
    wings_.style = {.stroke = ink, .width_mm = thin};
    rotors_.style = {.fill = ink, .fill_opacity = 0.12, .stroke = ink, .width_mm = 0.1};
    rotors_.radius_mm = width_ / 2;
  }

  /// The middle of a body that faces up the page.
  void add(Point middle) {
    const Point nose = middle - Point{0, length_ / 2};
    const Point tail = middle + Point{0, length_ / 2};
    bodies_.lines.push_back({nose, tail});
    if (kind_.category == show::Category::helicopter || kind_.category == show::Category::drone) {
      rotors_.centres.push_back(middle);
    } else if (kind_.category == show::Category::aeroplane) {
      const Point root = nose + Point{0, 0.38 * length_};
      const Point sweep{0, 0.18 * length_};
      const Point half{width_ / 2, 0};
      wings_.lines.push_back({root - half + sweep, root, root + half + sweep});
      wings_.lines.push_back({tail - 0.36 * half, tail, tail + 0.36 * half});
    }
  }
  void draw(Drawing& drawing) {
    if (!rotors_.centres.empty()) drawing.shapes.emplace_back(std::move(rotors_));
    if (!wings_.lines.empty()) drawing.shapes.emplace_back(std::move(wings_));
    if (!bodies_.lines.empty()) drawing.shapes.emplace_back(std::move(bodies_));
  }

 private:
  const show::Kind& kind_;
  double length_;
  double width_;
  Path bodies_;
  Path wings_;
  Discs rotors_;
};

Box extent_of_part(const PlacedPart& placed, const show::Kind& kind) {
  std::vector<Point> corners;
  const Point half{kind.width_m / 2, kind.length_m / 2};
  for (const formation::Slot& slot : placed.layout.slots) {
    const Point middle{-slot.left_m - placed.part->left_m, placed.back_m + slot.back_m};
    corners.push_back(middle - half);
    corners.push_back(middle + half);
  }
  return extent_of(corners);
}

}  // namespace

Silhouette::Silhouette(const Context& context, show::ContingentId id, Leaders leaders)
    : context_(context), id_(id), leaders_(leaders) {
  std::vector<Point> corners;
  for (const PlacedPart& placed : context.parts(id)) {
    if (placed.layout.slots.empty()) continue;
    const Box extent = extent_of_part(placed, context.show[placed.part->kind]);
    const double gap_m = stretches_.empty() ? 0 : extent.min.y - stretches_.back().extent.max.y;
    stretches_.push_back({.part = &placed, .extent = extent, .gap_m = gap_m});
    corners.push_back(extent.min);
    corners.push_back(extent.max);
  }
  if (corners.empty()) return;
  const Box whole = extent_of(corners);
  width_m_ = whole.width();
  depth_m_ = whole.height();
  axis_m_ = (whole.min.x + whole.max.x) / 2;
  find_breaks();
}

void Silhouette::find_breaks() {
  for (std::size_t i = 1; i < stretches_.size(); ++i) {
    const double parts_m =
        std::max(stretches_[i - 1].extent.height(), stretches_[i].extent.height());
    if (stretches_[i].gap_m <= 2 * std::max(parts_m, width_m_ / 2)) continue;
    stretches_[i].broken = true;
    left_out_m_ += stretches_[i].gap_m;
    ++breaks_;
  }
}

double Silhouette::scale_for(double width_mm, double height_mm) const {
  const double room = std::max(1.0, height_mm - kBreak * breaks_);
  return round_up_scale(
      std::max({1000 * width_m_ / width_mm, 1000 * (depth_m_ - left_out_m_) / room, 20.0}));
}

double Silhouette::depth_mm(double scale) const noexcept {
  return 1000 / scale * (depth_m_ - left_out_m_) + kBreak * breaks_;
}

void Silhouette::draw_stretch(const Stretch& stretch, double scale, Point origin,
                              Drawing& drawing) const {
  const double k = 1000 / scale;
  if (stretch.part->layout.slots.size() > kBodiesMost) {
    drawing.shapes.emplace_back(
        rectangle({origin + k * stretch.extent.min, origin + k * stretch.extent.max},
                  {.fill = context_.ink(id_), .fill_opacity = 0.6}));
    return;
  }
  const show::Kind& kind = context_.show[stretch.part->part->kind];
  BodyPen pen(kind, context_.ink(id_), scale);
  BodyPen leaders(kind, Ink::text, scale);
  for (const formation::Slot& slot : stretch.part->layout.slots) {
    (slot.leader && leaders_ == Leaders::apart ? leaders : pen)
        .add(origin + k * Point{-slot.left_m - stretch.part->part->left_m,
                                stretch.part->back_m + slot.back_m});
  }
  pen.draw(drawing);
  leaders.draw(drawing);
}

std::vector<Silhouette::DrawnPart> Silhouette::draw(double scale, Point top,
                                                    Drawing& drawing) const {
  const double k = 1000 / scale;
  std::vector<DrawnPart> drawn;
  if (stretches_.empty()) return drawn;
  double shift = top.y - k * stretches_.front().extent.min.y;  // from a part's own y to the paper's
  for (const Stretch& stretch : stretches_) {
    const double front = stretch.extent.min.y;
    if (stretch.broken) {
      const double tail_y = drawn.back().y1;
      shift = tail_y + kBreak - k * front;
      drawing.shapes.emplace_back(
          line({{top.x, tail_y + 1}, {top.x, tail_y + kBreak - 1}},
               {.stroke = Ink::faint, .width_mm = 0.25, .dash = Dash::dotted}));
      drawing.shapes.emplace_back(Label{.at = {top.x + 1, tail_y + kBreak / 2 + 0.6},
                                        .text = context_.format.length(stretch.gap_m),
                                        .size_mm = 1.8,
                                        .ink = Ink::faint});
    }
    draw_stretch(stretch, scale, {top.x - k * axis_m_, shift}, drawing);
    drawn.push_back({stretch.part, shift + k * front, shift + k * stretch.extent.max.y,
                     top.x + k * (stretch.extent.max.x - axis_m_),
                     Point{top.x - k * axis_m_, shift}});
  }
  return drawn;
}

}  // namespace defilada::drawing
