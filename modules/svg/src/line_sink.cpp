// SPDX-License-Identifier: MIT
#include "line_sink.hpp"

#include <2geom/bezier-curve.h>
#include <2geom/elliptical-arc.h>

#include <cmath>
#include <utility>

#include "defilada/svg/read_svg.hpp"

namespace defilada::svg {
namespace {

constexpr int kChords = 48;

}  // namespace

void LineSink::check(const Geom::Point& p) {
  if (!(std::abs(p.x()) <= kCoordinateLimit) || !(std::abs(p.y()) <= kCoordinateLimit)) {
    throw TooLarge(phrase("a coordinate beyond a million"));
  }
}

void LineSink::put(const Geom::Point& p) {
  const Geom::Point placed = p * transform_;
  check(placed);
  if (++points_ > formation::kMaxDrawingPoints) throw TooLarge(phrase("more than 5000 points"));
  stroke_.points.push_back({placed.x(), -placed.y()});
}

void LineSink::begin_if_needed() {
  if (stroke_.points.empty()) put(at_);
}

void LineSink::moveTo(const Geom::Point& p) {
  check(p);
  flush();
  start_ = at_ = p;
}

void LineSink::lineTo(const Geom::Point& p) {
  check(p);
  begin_if_needed();
  if (p != at_) put(p);
  at_ = p;
}

void LineSink::cut(const Geom::Curve& curve) {
  begin_if_needed();
  for (int i = 1; i <= kChords; ++i) put(curve.pointAt(static_cast<double>(i) / kChords));
  at_ = curve.finalPoint();
}

void LineSink::curveTo(const Geom::Point& c0, const Geom::Point& c1, const Geom::Point& p) {
  check(c0);
  check(c1);
  check(p);
  cut(Geom::CubicBezier(at_, c0, c1, p));
}

void LineSink::quadTo(const Geom::Point& c, const Geom::Point& p) {
  check(c);
  check(p);
  cut(Geom::QuadraticBezier(at_, c, p));
}

void LineSink::arcTo(Geom::Coord rx, Geom::Coord ry, Geom::Coord angle, bool large_arc, bool sweep,
                     const Geom::Point& p) {
  check(p);
  check({rx, ry});
  check({angle, 0});
  if (p == at_) return;  // as the standard says
  if (rx == 0 || ry == 0) return lineTo(p);
  cut(Geom::EllipticalArc(at_, std::abs(rx), std::abs(ry), angle, large_arc, sweep, p));
}

void LineSink::closePath() {
  if (stroke_.points.size() > 2) {
    const formation::Point first = stroke_.points.front();
    const formation::Point last = stroke_.points.back();
    if (first.x == last.x && first.y == last.y) stroke_.points.pop_back();
  }
  stroke_.closed = true;
  flush();
  at_ = start_;
}

void LineSink::flush() {
  if (stroke_.points.size() >= 2) strokes_.push_back(std::move(stroke_));
  stroke_ = {};
}

}  // namespace defilada::svg
