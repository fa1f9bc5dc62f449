// SPDX-License-Identifier: MIT
#include "labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "clip.hpp"

namespace defilada::drawing {
namespace {

/// Numbers that ended up side by side: their wanted places, less their rank within the pool.
struct Pool {
  double sum = 0;
  std::size_t count = 0;
  [[nodiscard]] double mean() const noexcept { return sum / static_cast<double>(count); }
};

bool overlap(const Box& a, const Box& b) noexcept {
  return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

Box grown(const Box& box, double by) noexcept {
  return {{box.min.x - by, box.min.y - by}, {box.max.x + by, box.max.y + by}};
}

// A line's extent about its baseline, as in bounds(), and the distance of two lines, em.
constexpr double kAscent = 0.80;
constexpr double kDescent = 0.22;
constexpr double kLineHeight = 1.15;
constexpr double kNear = 12;     // mm: farther away, a name on something else is the lesser evil
constexpr double kFar = 23;      // mm: farther away, a name across a line is
constexpr double kMargin = 0.3;  // mm that labels keep from each other

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

Point size_of(const std::vector<std::string>& lines, const LabelPlacer::Request& request) {
  double width = 0;
  for (const std::string& line : lines) {
    width = std::max(width, text_width_mm(line, request.size_mm, request.bold));
  }
  const double height = kAscent + kDescent + kLineHeight * static_cast<double>(lines.size() - 1);
  return {width, height * request.size_mm};
}

/// The point of a box that is nearest to `p`.
Point nearest(const Box& box, Point p) noexcept {
  return {std::clamp(p.x, box.min.x, box.max.x), std::clamp(p.y, box.min.y, box.max.y)};
}

}  // namespace

std::vector<double> spread(std::span<const double> wanted, double pitch, double low, double high) {
  if (wanted.empty()) return {};
  const auto n = static_cast<double>(wanted.size());
  if (n > 1) pitch = std::min(pitch, std::max(0.0, (high - low) / (n - 1)));
  // With rank * pitch taken off, "at least pitch apart" becomes "not descending".
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    Pool pool{wanted[i] - static_cast<double>(i) * pitch, 1};
    while (!pools.empty() && pools.back().mean() > pool.mean()) {
      pool.sum += pools.back().sum;
      pool.count += pools.back().count;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::vector<double> placed;
  placed.reserve(wanted.size());
  const double last = high - (n - 1) * pitch;
  for (const Pool& pool : pools) {
    const double base = std::clamp(pool.mean(), low, std::max(low, last));
    for (std::size_t i = 0; i < pool.count; ++i) {
      placed.push_back(base + static_cast<double>(placed.size()) * pitch);
    }
  }
  return placed;
}

void LabelPlacer::keep_off(Point from, Point to, double half_width_mm) {
  const Point d = to - from;
  const int steps = std::max(1, static_cast<int>(std::ceil(std::hypot(d.x, d.y))));
  for (int i = 0; i <= steps; ++i) {
    const Point p = from + (static_cast<double>(i) / steps) * d;
    taken_.push_back(grown({p, p}, half_width_mm));
  }
}

void LabelPlacer::avoid(std::vector<Point> outline) {
  for (std::size_t i = 0; i < outline.size(); ++i)
    lines_.push_back({outline[i], outline[(i + 1) % outline.size()]});
  avoided_.push_back(std::move(outline));
}

bool LabelPlacer::crosses_a_label(Point from, Point to) const {
  return std::any_of(labels_.begin(), labels_.end(), [&](const Box& label) {
    return !clip_line({from, to}, label).empty();
  });
}

bool LabelPlacer::is_free(const Box& box, On on) const {
  const auto hits = [&](const Box& other) { return overlap(box, other); };
  const auto touches = [&](const std::vector<Point>& outline) {
    return overlap(box, extent_of(outline)) && !clip_ring(outline, box).empty();
  };
  const bool inside = box.min.x >= frame_.min.x && box.max.x <= frame_.max.x &&
                      box.min.y >= frame_.min.y && box.max.y <= frame_.max.y;
  const auto crossed = [&](const Segment& line) {
    return overlap(box, grown(extent_of({line.first, line.second}), 1e-6)) &&
           !clip_line({line.first, line.second}, box).empty();
  };
  return inside && std::none_of(taken_.begin(), taken_.end(), hits) &&
         (on == On::line || std::none_of(lines_.begin(), lines_.end(), crossed)) &&
         (on != On::nothing || std::none_of(avoided_.begin(), avoided_.end(), touches));
}

bool LabelPlacer::try_at(Point middle, const Request& request, On on, Drawing& drawing) {
  const std::vector<std::string> lines = lines_of(request.text);
  const Point size = size_of(lines, request);
  const Box box{middle - 0.5 * size, middle + 0.5 * size};
  if (!is_free(grown(box, kMargin), on)) return false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double baseline =
        box.min.y + (kAscent + static_cast<double>(i) * kLineHeight) * request.size_mm;
    drawing.shapes.emplace_back(Label{.at = {middle.x, baseline},
                                      .text = lines[i],
                                      .size_mm = request.size_mm,
                                      .anchor = Anchor::middle,
                                      .ink = request.ink,
                                      .bold = request.bold,
                                      .halo = true});
  }
  taken_.push_back(grown(box, kMargin));
  labels_.push_back(box);
  return true;
}

bool LabelPlacer::place_centred(const Request& request, Drawing& drawing) {
  return try_at(request.at, request, On::line, drawing);
}

bool LabelPlacer::place_centred_uncrossed(const Request& request, Drawing& drawing) {
  return try_at(request.at, request, On::outline, drawing);
}

bool LabelPlacer::place_centred_well(const Request& request, Drawing& drawing) {
  return try_at(request.at, request, On::nothing, drawing);
}

bool LabelPlacer::is_well_placed(const Request& request) const {
  const Point half = 0.5 * size_of(lines_of(request.text), request);
  return is_free(grown({request.at - half, request.at + half}, kMargin), On::nothing);
}

bool LabelPlacer::try_rings(const Request& request, double ring_most, On on, Drawing& drawing) {
  // East first, then alternating above and below: beside the point reads best.
  constexpr std::array<double, 12> kBearings{0, 180, 90, 270, 45, 315, 135, 225, 20, 340, 160, 200};
  constexpr std::array<double, 8> kRings{0, 2.5, 5, 8, 12, 17, 23, 30};
  const Point size = size_of(lines_of(request.text), request);
  for (const double ring : kRings) {
    if (ring > ring_most) break;
    for (const double bearing : kBearings) {
      const double angle = bearing * std::numbers::pi / 180;
      const Point unit{std::cos(angle), -std::sin(angle)};
      const Point foot = request.at + (request.clearance_mm + ring) * unit;
      // The label hangs on its foot by the side that faces the point.
      const Point middle = foot + Point{0.5 * size.x * unit.x, 0.5 * size.y * unit.y};
      const Box box{middle - 0.5 * size, middle + 0.5 * size};
      const Point end = nearest(box, request.at);
      if (ring > 0 && on != On::line && crosses_a_label(request.at, end)) continue;
      const std::size_t leader = drawing.shapes.size();
      if (!try_at(middle, request, on, drawing)) continue;
      if (ring > 0) {
        drawing.shapes.insert(drawing.shapes.begin() + static_cast<std::ptrdiff_t>(leader),
                              line({request.at, end}, {.stroke = Ink::faint, .width_mm = 0.15}));
        keep_from_crossing(request.at, end);
      }
      return true;
    }
  }
  return false;
}

bool LabelPlacer::place(const Request& request, Drawing& drawing) {
  return try_rings(request, kNear, On::nothing, drawing) ||
         try_rings(request, kFar, On::outline, drawing) ||
         try_rings(request, 1e9, On::line, drawing);
}

/// Where it fits: at the middle, or as near to it as no line goes through.
bool LabelPlacer::try_within(const Box& box, const Request& request, Drawing& drawing) {
  const Point size = size_of(lines_of(request.text), request);
  const Point middle = 0.5 * (box.min + box.max);
  const Point room = 0.5 * (Point{box.width(), box.height()} - size);
  for (const double share : {0.0, 0.4, 0.8}) {
    for (const Point way : {Point{0, 1}, Point{0, -1}, Point{1, 0}, Point{-1, 0}}) {
      const Point shift{share * way.x * room.x, share * way.y * room.y};
      if (try_at(middle + shift, request, On::outline, drawing)) return true;
    }
  }
  return try_at(middle, request, On::line, drawing);
}

bool LabelPlacer::try_beside(const Box& box, const Request& request, On on, Drawing& drawing) {
  const Point size = size_of(lines_of(request.text), request);
  const Point middle = 0.5 * (box.min + box.max);
  const double x = box.width() / 2 + size.x / 2 + 0.6;
  const double y = box.height() / 2 + size.y / 2 + 0.6;
  for (const Point shift : {Point{0, y}, Point{0, -y}, Point{x, 0}, Point{-x, 0}}) {
    if (try_at(middle + shift, request, on, drawing)) return true;
  }
  return false;
}

bool LabelPlacer::fits(const Box& box, const Request& request) {
  const Point size = size_of(lines_of(request.text), request);
  return size.x < box.width() && size.y < box.height();
}

bool LabelPlacer::place_at_box(const Box& box, const Request& request, Drawing& drawing) {
  Request central = request;
  central.at = 0.5 * (box.min + box.max);
  if (fits(box, request) && try_within(box, request, drawing)) return true;
  // A name on another thing is worse than a leader line: it would seem to be that thing's.
  return try_beside(box, request, On::nothing, drawing) ||
         try_rings(central, kNear, On::nothing, drawing) ||
         try_beside(box, request, On::outline, drawing) ||
         try_rings(central, kFar, On::outline, drawing) ||
         try_beside(box, request, On::line, drawing) || try_rings(central, 1e9, On::line, drawing);
}

double round_down_125(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {5.0, 2.0}) {
    if (step * power <= value * (1 + 1e-12)) return step * power;
  }
  return power;
}

double round_up_scale(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (step * power >= value * (1 - 1e-12)) return step * power;
  }
  return 10 * power;
}

}  // namespace defilada::drawing
