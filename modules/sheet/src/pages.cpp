// SPDX-License-Identifier: MIT
#include "pages.hpp"

#include "build.hpp"

namespace defilada::sheet {
namespace {

constexpr double kTopMargin = 17 * kPointsPerMm;
constexpr double kBottomMargin = 15 * kPointsPerMm;

}  // namespace

void Canvas::append(Canvas other, double dx, double dy) {
  for (Mark& mark : other.marks) {
    std::visit([&](auto& m) { m.x += dx, m.y += dy; }, mark);
    marks.push_back(std::move(mark));
  }
}

Frame frame_of(Paper paper, bool landscape) noexcept {
  Frame frame;
  frame.page_width = paper == Paper::a4 ? 210 * kPointsPerMm : 612;
  frame.page_height = paper == Paper::a4 ? 297 * kPointsPerMm : 792;
  if (landscape) std::swap(frame.page_width, frame.page_height);
  frame.width = (landscape ? kLandscapeWidth : kPortraitWidth) * kPointsPerMm;
  frame.left = (frame.page_width - frame.width) / 2;
  frame.top = kTopMargin;
  frame.height = frame.page_height - kTopMargin - kBottomMargin;
  return frame;
}

void Flow::new_page(bool landscape) {
  landscape_ = landscape;
  frame_ = frame_of(paper_, landscape);
  y_ = frame_.top;
  pages_.push_back(
      {frame_.page_width, frame_.page_height, frame_.left, frame_.width, section_, false, {}});
}

void Flow::new_bare_page() {
  new_page(true);
  pages_.back().bare = true;
  y_ = frame_.bottom();
}

void Flow::place(Canvas canvas, double dx) {
  const double height = canvas.height;
  Canvas page;
  page.append(std::move(canvas), frame_.left + dx, y_);
  for (Mark& mark : page.marks) add(std::move(mark));
  y_ += height;
}

}  // namespace defilada::sheet
