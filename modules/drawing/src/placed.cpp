// SPDX-License-Identifier: MIT
#include "placed.hpp"

#include <algorithm>

namespace defilada::drawing {
namespace {

class Placer {
 public:
  Placer(Point at, double scale) : at_(at), scale_(scale) {}

  void operator()(Path& path) const {
    for (auto& line : path.lines) {
      for (Point& point : line) point = moved(point);
    }
    path.style.width_mm *= scale_;
  }
  void operator()(Discs& discs) const {
    for (Point& centre : discs.centres) centre = moved(centre);
    discs.radius_mm *= scale_;
    discs.style.width_mm *= scale_;
  }
  void operator()(Label& label) const {
    label.at = moved(label.at);
    label.size_mm *= scale_;
  }
  void operator()(ClipTo& clip) const { clip.box = {moved(clip.box.min), moved(clip.box.max)}; }

 private:
  [[nodiscard]] Point moved(Point p) const { return at_ + scale_ * p; }

  Point at_;
  double scale_;
};

}  // namespace

void append_at(const Drawing& part, Point at, double scale, Drawing& onto) {
  for (Shape shape : part.shapes) {
    std::visit(Placer(at, scale), shape);
    onto.shapes.push_back(std::move(shape));
  }
}

double append_into(const Drawing& part, const Box& box, Drawing& onto) {
  if (part.width_mm <= 0 || part.height_mm <= 0) return 1;
  const double scale = std::min({1.0, box.width() / part.width_mm, box.height() / part.height_mm});
  append_at(part, {box.min.x + (box.width() - scale * part.width_mm) / 2, box.min.y}, scale, onto);
  return scale;
}

}  // namespace defilada::drawing
