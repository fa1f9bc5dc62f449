// SPDX-License-Identifier: MIT
#include "cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// An end of a cell on its axis, and the way out.
struct End {
  Place place;
  Place out;
};

std::vector<End> ends_of(const Cell& cell) {
  if (cell.bend) {
    const double radius = 0.5 * (cell.low_m + cell.high_m);
    return {{{cell.x_m + radius * cell.ux, cell.y_m + radius * cell.uy}, {cell.uy, -cell.ux}},
            {{cell.x_m + radius * cell.wx, cell.y_m + radius * cell.wy}, {-cell.wy, cell.wx}}};
  }
  std::vector<End> out;
  for (const double side : {-1.0, 1.0}) {
    const double at = side < 0 ? cell.low_m : cell.high_m;
    if (!std::isfinite(at)) continue;
    out.push_back(
        {{cell.x_m + at * cell.ux, cell.y_m + at * cell.uy}, {side * cell.ux, side * cell.uy}});
  }
  return out;
}

}  // namespace

double room_at(const Cell& cell, Place place) {
  constexpr double kRounded_m = 1e-9;
  const double dx = place[0] - cell.x_m;
  const double dy = place[1] - cell.y_m;
  const double across = cell.ux * dy - cell.uy * dx;
  if (!cell.bend) {
    const double ahead = dx * cell.ux + dy * cell.uy;
    const bool beside = ahead >= cell.low_m - kRounded_m && ahead <= cell.high_m + kRounded_m;
    return beside ? cell.side_m - std::abs(across) : -kInfinity;
  }
  const double end = dx * cell.wy - dy * cell.wx;
  if (across < -cell.slack_m - kRounded_m || end < -cell.slack_m - kRounded_m) return -kInfinity;
  const double radius = std::hypot(dx, dy);
  return std::min(cell.high_m - radius, radius - cell.low_m);
}

Place nearest(const std::vector<Place>& corners, Place from) {
  Place best{kInfinity, kInfinity};
  const auto offer = [&](double x, double y) {
    if (std::hypot(x, y) < std::hypot(best[0], best[1])) best = {x, y};
  };
  for (std::size_t i = 0; i < corners.size(); ++i) {
    for (std::size_t k = i; k < corners.size(); ++k) {
      const double ax = corners[i][0] - from[0];
      const double ay = corners[i][1] - from[1];
      const double bx = corners[k][0] - corners[i][0];
      const double by = corners[k][1] - corners[i][1];
      const double length2 = bx * bx + by * by;
      const double share = length2 > 0 ? std::clamp(-(ax * bx + ay * by) / length2, 0.0, 1.0) : 0.0;
      offer(ax + share * bx, ay + share * by);
    }
  }
  return best;
}

Rule joint(const Cell& a, const Cell& b) {
  double best = kInfinity;
  Rule line{{a.x_m, a.y_m}, {0, 0}};
  for (const End& x : ends_of(a)) {
    for (const End& y : ends_of(b)) {
      const double gap = std::hypot(x.place[0] - y.place[0], x.place[1] - y.place[1]);
      if (gap >= best) continue;
      best = gap;
      const Place middle{0.5 * (x.place[0] + y.place[0]), 0.5 * (x.place[1] + y.place[1])};
      if (a.bend) line = {x.place, x.out};
      if (!a.bend) line = {middle, x.out};
      if (!a.bend && b.bend) line = {y.place, {-y.out[0], -y.out[1]}};
    }
  }
  return line;
}

std::vector<Place> clipped(const std::vector<Place>& corners, const Rule& line) {
  std::vector<Place> out;
  for (const Place& a : corners) {
    const double at = line.of(a);
    if (at <= 0) out.push_back(a);
    for (const Place& b : corners) {
      const double other = line.of(b);
      if (!(at < 0 && other > 0)) continue;
      const double share = at / (at - other);
      out.push_back({a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])});
    }
  }
  return out;
}

double best_share(const std::vector<double>& values, const std::vector<double>& lines) {
  const auto largest = [&](double share) {
    double most = -kInfinity;
    for (std::size_t i = 0; i < values.size(); ++i)
      most = std::max(most, values[i] - share * lines[i]);
    return most;
  };
  double best = 0;
  double least = largest(0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (lines[i] == lines[k]) continue;
      const double share = (values[i] - values[k]) / (lines[i] - lines[k]);
      if (!(share > 0) || largest(share) >= least) continue;
      best = share;
      least = largest(share);
    }
  }
  return best;
}

}  // namespace defilada::certificate
