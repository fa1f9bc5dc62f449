// SPDX-License-Identifier: MIT
#include "labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace defilada::sheet {
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

bool LabelPlacer::is_free(const Box& box) const {
  const bool inside = box.min.x >= frame_.min.x && box.max.x <= frame_.max.x &&
                      box.min.y >= frame_.min.y && box.max.y <= frame_.max.y;
  return inside && std::none_of(taken_.begin(), taken_.end(),
                                [&](const Box& other) { return overlap(box, other); });
}

bool LabelPlacer::place(const Request& request, Drawing& drawing) {
  if (request.centred && place_centred(request, drawing)) return true;
  // East first, then alternating above and below: beside the point reads best.
  constexpr std::array<double, 12> kBearings{0, 180, 90, 270, 45, 315, 135, 225, 20, 340, 160, 200};
  constexpr std::array<double, 8> kRings{0, 2.5, 5, 8, 12, 17, 23, 30};
  const double width = text_width_mm(request.text, request.size_mm, request.bold);
  for (const double ring : kRings) {
    for (const double bearing : kBearings) {
      const double angle = bearing * std::numbers::pi / 180;
      const Point unit{std::cos(angle), -std::sin(angle)};
      const Point foot = request.at + (request.clearance_mm + ring) * unit;
      Label label{.at = foot,
                  .text = request.text,
                  .size_mm = request.size_mm,
                  .ink = request.ink,
                  .bold = request.bold,
                  .halo = true};
      // The label hangs on its foot by the side that faces the point.
      label.at.x -= width * (1 - unit.x) / 2;
      label.at.y += request.size_mm * (0.29 + 0.51 * unit.y);
      const Box box = bounds(label);
      if (!is_free(grown(box, 0.3))) continue;
      if (ring > 0) {
        drawing.shapes.emplace_back(
            line({request.at, nearest(box, request.at)}, {.stroke = Ink::faint, .width_mm = 0.15}));
      }
      drawing.shapes.emplace_back(std::move(label));
      taken_.push_back(grown(box, 0.3));
      return true;
    }
  }
  return false;
}

bool LabelPlacer::place_centred(const Request& request, Drawing& drawing) {
  Label label{.at = request.at + Point{0, 0.29 * request.size_mm},
              .text = request.text,
              .size_mm = request.size_mm,
              .anchor = Anchor::middle,
              .ink = request.ink,
              .bold = request.bold,
              .halo = true};
  const Box box = grown(bounds(label), 0.3);
  if (!is_free(box)) return false;
  drawing.shapes.emplace_back(std::move(label));
  taken_.push_back(box);
  return true;
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

}  // namespace defilada::sheet
