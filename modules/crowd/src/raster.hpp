// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "defilada/crowd/ground.hpp"

/// Which cells of a raster a polygon covers and a segment passes.
namespace defilada::crowd {

/// One level's part of a FieldGrid: cell (column, row) has the node
/// first + row * columns + column.
struct Raster {
  Vec2 origin;
  double cell_m = 0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint32_t first = 0;
};

[[nodiscard]] inline Vec2 nearest_on(const Segment& line, Vec2 point) noexcept {
  const Vec2 along = line.to - line.from;
  const double square = dot(along, along);
  const double t = square > 0 ? std::clamp(dot(point - line.from, along) / square, 0.0, 1.0) : 0.0;
  return line.from + t * along;
}

/// Calls `take(node)` for every cell whose centre lies inside an odd number of rings.
template <typename Take>
void fill_polygons(const Raster& raster, const std::vector<geo::Polygon>& polygons, Take take) {
  // Crossings of the line through a row's centres, row by row.
  std::vector<std::vector<double>> crossings(raster.rows);
  const double inverse = 1 / raster.cell_m;
  const auto row_from = [&](double y) {  // first row whose centre lies at or above y
    const double row = std::ceil((y - raster.origin.y) * inverse - 0.5);
    return static_cast<std::int64_t>(std::clamp(row, 0.0, static_cast<double>(raster.rows)));
  };
  const auto edge = [&](Vec2 a, Vec2 b) {
    if (a.y > b.y) std::swap(a, b);
    // Half-open in y: a corner counts once.
    for (std::int64_t row = row_from(a.y); row < row_from(b.y); ++row) {
      const double y = raster.origin.y + (static_cast<double>(row) + 0.5) * raster.cell_m;
      crossings[static_cast<std::size_t>(row)].push_back(a.x +
                                                         (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
  };
  const auto ring = [&](const std::vector<Vec2>& points) {
    for (std::size_t i = 0; i < points.size(); ++i)
      edge(points[i], points[(i + 1) % points.size()]);
  };
  for (const geo::Polygon& polygon : polygons) {
    ring(polygon.outer);
    for (const auto& hole : polygon.holes) ring(hole);
  }
  const auto column_from = [&](double x) {
    const double column = std::ceil((x - raster.origin.x) * inverse - 0.5);
    return static_cast<std::uint32_t>(std::clamp(column, 0.0, static_cast<double>(raster.columns)));
  };
  for (std::uint32_t row = 0; row < raster.rows; ++row) {
    auto& along = crossings[row];
    std::sort(along.begin(), along.end());
    for (std::size_t i = 0; i + 1 < along.size(); i += 2) {
      for (std::uint32_t c = column_from(along[i]); c < column_from(along[i + 1]); ++c) {
        take(raster.first + row * raster.columns + c);
      }
    }
  }
}

/// Calls `take(node)` once for every cell that the segment passes, and those up to `reach` cells
/// beside one (and a few more).
template <typename Take>
void cells_near(const Raster& raster, const Segment& line, int reach, Take take) {
  const double inverse = 1 / raster.cell_m;
  const Vec2 a = {(line.from.x - raster.origin.x) * inverse,
                  (line.from.y - raster.origin.y) * inverse};
  const Vec2 b = {(line.to.x - raster.origin.x) * inverse, (line.to.y - raster.origin.y) * inverse};
  const auto within = [](double value, std::uint32_t size) {
    return static_cast<std::int64_t>(
        std::clamp(std::floor(value), -1.0, static_cast<double>(size)));
  };
  const std::int64_t top = within(std::max(a.y, b.y), raster.rows) + reach;
  for (std::int64_t row = within(std::min(a.y, b.y), raster.rows) - reach; row <= top; ++row) {
    if (row < 0 || row >= raster.rows) continue;
    // The stretch of the segment within `reach` rows of this one.
    const double south = static_cast<double>(row - reach);
    const double north = static_cast<double>(row + reach + 1);
    double t0 = 0;
    double t1 = 1;
    if (a.y != b.y) {
      const double s = (south - a.y) / (b.y - a.y);
      const double n = (north - a.y) / (b.y - a.y);
      t0 = std::max(t0, std::min(s, n));
      t1 = std::min(t1, std::max(s, n));
    }
    if (t0 > t1) continue;
    const double x0 = a.x + t0 * (b.x - a.x);
    const double x1 = a.x + t1 * (b.x - a.x);
    const std::int64_t west =
        std::max<std::int64_t>(0, within(std::min(x0, x1), raster.columns) - reach);
    const std::int64_t east = std::min<std::int64_t>(
        raster.columns - 1, within(std::max(x0, x1), raster.columns) + reach);
    for (std::int64_t c = west; c <= east; ++c) {
      take(raster.first + static_cast<std::uint32_t>(row * raster.columns + c));
    }
  }
}

}  // namespace defilada::crowd
