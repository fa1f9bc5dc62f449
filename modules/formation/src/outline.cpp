// SPDX-License-Identifier: MIT
#include "outline.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <system_error>

#include "defilada/core/check.hpp"

namespace defilada::formation {
namespace {

constexpr double kSame = 0.0015;    // vertices nearer than this are one
constexpr double kArcStep_deg = 3;  // a chord of 3 degrees leaves 0.0002 of a height at most
constexpr double kCorner_rad = 25 * std::numbers::pi / 180;
constexpr double kShownBend_rad = std::numbers::pi / 3;  // a slot for each sixth of a turn

/// A stroke with a mark at the vertices that the path named (not those inside arcs).
struct Pen {
  std::vector<Point> points;
  std::vector<bool> named;
  bool closed = false;
};

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}
bool same(Point a, Point b) {
  return distance(a, b) < kSame;
}

class PathReader {
 public:
  explicit PathReader(std::string_view path) : text_(path) {}

  std::vector<Pen> read() {
    for (skip(); at_ < text_.size(); skip()) {
      const char command = text_[at_++];
      switch (command) {
        case 'M':
          begin();
          line_to(point());
          break;
        case 'L': line_to(point()); break;
        case 'A': arc(); break;
        case 'Z': close(); break;
        default: DEFILADA_CHECK(command == 'Z');  // a path has no other command
      }
    }
    return std::move(pens_);
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  double number() {
    skip();
    const std::size_t end = std::min(text_.find(' ', at_), text_.size());
    double value = 0;
    const auto [rest, error] = std::from_chars(text_.data() + at_, text_.data() + end, value);
    DEFILADA_CHECK(error == std::errc() && rest == text_.data() + end);
    at_ = end;
    return value;
  }
  Point point() {
    const double x = number();
    return {x, number()};
  }
  void begin() { pens_.emplace_back(); }

  /// The vertex that is there already, so that lines that meet share it to the bit.
  Point snapped(Point p) const {
    for (const Pen& pen : pens_) {
      for (std::size_t i = 0; i < pen.points.size(); ++i) {
        if (pen.named[i] && same(pen.points[i], p)) return pen.points[i];
      }
    }
    return p;
  }
  void line_to(Point p) {
    p = snapped(p);
    Pen& pen = pens_.back();
    if (!pen.points.empty() && same(pen.points.back(), p)) return;
    pen.points.push_back(p);
    pen.named.push_back(true);
  }
  void arc() {
    const Point centre = point();
    const Point radii = point();
    const double from = number();
    const double to = number();
    const auto at = [&](double degrees) {
      const double angle = degrees * std::numbers::pi / 180;
      return Point{centre.x + radii.x * std::cos(angle), centre.y + radii.y * std::sin(angle)};
    };
    if (pens_.empty() || pens_.back().closed) begin();
    line_to(at(from));
    const int steps = std::max(1, static_cast<int>(std::ceil(std::abs(to - from) / kArcStep_deg)));
    for (int i = 1; i < steps; ++i) {
      pens_.back().points.push_back(at(from + (to - from) * i / steps));
      pens_.back().named.push_back(false);
    }
    line_to(at(to));
  }
  void close() {
    Pen& pen = pens_.back();
    pen.closed = true;
    if (!same(pen.points.front(), pen.points.back())) return;
    pen.points.pop_back();
    pen.named.pop_back();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Pen> pens_;
};

double turn_rad(Point a, Point b, Point c) {
  const double ux = b.x - a.x;
  const double uy = b.y - a.y;
  const double vx = c.x - b.x;
  const double vy = c.y - b.y;
  return std::abs(std::atan2(ux * vy - uy * vx, ux * vx + uy * vy));
}

/// How often a named vertex occurs in all strokes.
int uses(const std::vector<Pen>& pens, Point p) {
  int count = 0;
  for (const Pen& pen : pens) {
    for (std::size_t i = 0; i < pen.points.size(); ++i) {
      count += pen.named[i] && same(pen.points[i], p);
    }
  }
  return count;
}

bool is_node(const std::vector<Pen>& pens, const Pen& pen, std::size_t i) {
  const std::size_t n = pen.points.size();
  if (!pen.named[i]) return false;
  if (!pen.closed && (i == 0 || i + 1 == n)) return true;
  const double turn = turn_rad(pen.points[(i + n - 1) % n], pen.points[i], pen.points[(i + 1) % n]);
  return turn > kCorner_rad || uses(pens, pen.points[i]) > 1;
}

Curve curve_of(std::vector<Point> points, bool ring) {
  Curve curve;
  curve.ring = ring;
  curve.at.push_back(0);
  double bend_rad = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    curve.at.push_back(curve.at.back() + distance(points[i - 1], points[i]));
    if (i + 1 < points.size()) bend_rad += turn_rad(points[i - 1], points[i], points[i + 1]);
  }
  // A tenth of a slot is let off, so that a half circle cut in chords counts as one.
  const int gaps = std::max(1, static_cast<int>(std::ceil(bend_rad / kShownBend_rad - 0.1)));
  curve.least_inside = ring ? gaps : gaps - 1;
  curve.points = std::move(points);
  return curve;
}

/// Cuts one stroke at its nodes.
void cut(const std::vector<Pen>& pens, const Pen& pen, Outline& outline) {
  const std::size_t n = pen.points.size();
  std::vector<std::size_t> nodes;
  for (std::size_t i = 0; i < n; ++i) {
    if (is_node(pens, pen, i)) nodes.push_back(i);
  }
  for (const std::size_t i : nodes) {
    const Point p = pen.points[i];
    const auto known = [p](Point q) { return same(p, q); };
    if (std::none_of(outline.nodes.begin(), outline.nodes.end(), known)) outline.nodes.push_back(p);
  }
  const auto stretch = [&](std::size_t from, std::size_t steps) {
    std::vector<Point> points;
    for (std::size_t k = 0; k <= steps; ++k) points.push_back(pen.points[(from + k) % n]);
    return points;
  };
  if (nodes.empty()) {
    outline.curves.push_back(curve_of(stretch(0, n), true));
    return;
  }
  for (std::size_t k = 0; k + 1 < nodes.size(); ++k) {
    outline.curves.push_back(curve_of(stretch(nodes[k], nodes[k + 1] - nodes[k]), false));
  }
  if (pen.closed) {
    outline.curves.push_back(
        curve_of(stretch(nodes.back(), nodes.front() + n - nodes.back()), false));
  }
}

}  // namespace

OnCurve evaluate(const Curve& curve, double s) {
  const auto next = std::upper_bound(curve.at.begin() + 1, curve.at.end() - 1, s);
  const auto i = static_cast<std::size_t>(next - curve.at.begin());
  const Point a = curve.points[i - 1];
  const Point b = curve.points[i];
  const double length = curve.at[i] - curve.at[i - 1];
  const double part = std::clamp((s - curve.at[i - 1]) / length, 0.0, 1.0);
  return {{a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part},
          {(b.x - a.x) / length, (b.y - a.y) / length}};
}

int Outline::least_slots() const {
  int slots = static_cast<int>(nodes.size());
  for (const Curve& curve : curves) slots += curve.least_inside;
  return slots;
}

namespace {

Outline outline_of_pens(const std::vector<Pen>& pens) {
  Outline outline;
  outline.left = pens.empty() ? 0 : pens.front().points.front().x;
  outline.right = outline.left;
  for (const Pen& pen : pens) {
    cut(pens, pen, outline);
    outline.strokes.push_back({pen.points, pen.closed});
    for (const Point p : pen.points) {
      outline.left = std::min(outline.left, p.x);
      outline.right = std::max(outline.right, p.x);
    }
  }
  return outline;
}

}  // namespace

Outline outline_of(std::string_view path) {
  return outline_of_pens(PathReader(path).read());
}

Outline outline_of(const std::vector<Stroke>& drawing) {
  std::vector<Pen> pens;
  for (const Stroke& stroke : drawing) {
    pens.push_back({stroke.points, std::vector<bool>(stroke.points.size(), true), stroke.closed});
  }
  return outline_of_pens(pens);
}

}  // namespace defilada::formation
