// SPDX-License-Identifier: MIT
#include "cells.hpp"

#include <cmath>

#include "defilada/core/check.hpp"

namespace defilada::crowd {
namespace {

constexpr int kFactorBits = 40;

std::uint32_t cells_across(Fixed from, Fixed to, std::uint32_t size) {
  return static_cast<std::uint32_t>((std::int64_t{to} - from) / size) + 1;
}

/// Where a piece lies against a cell, in metres from its corner.
struct Box {
  double x0, y0, x1, y1;
};

/// Whether the segment comes within the box: by clipping (Liang and Barsky).
bool touches(const Segment& s, const Box& box) {
  double t0 = 0;
  double t1 = 1;
  const Vec2 d = s.to - s.from;
  const auto clip = [&](double p, double q) {
    if (p == 0) return q >= 0;
    const double t = q / p;
    if (p < 0) {
      t0 = std::max(t0, t);
    } else {
      t1 = std::min(t1, t);
    }
    return t0 <= t1;
  };
  return clip(-d.x, s.from.x - box.x0) && clip(d.x, box.x1 - s.from.x) &&
         clip(-d.y, s.from.y - box.y0) && clip(d.y, box.y1 - s.from.y);
}

struct Piece {
  std::uint16_t level;
  Segment line;
  bool one_way;
  bool two_sided;
};

std::vector<Piece> cut(std::span<const Wall> walls) {
  std::vector<Piece> pieces;
  for (const Wall& wall : walls) {
    const Vec2 along = wall.line.to - wall.line.from;
    const double length = geo::length(along);
    if (length < 1e-4) continue;
    const int parts = static_cast<int>(std::ceil(length / kPiece_m));
    for (int k = 0; k < parts; ++k) {
      const Vec2 from = wall.line.from + (static_cast<double>(k) / parts) * along;
      const Vec2 to = wall.line.from + (static_cast<double>(k + 1) / parts) * along;
      pieces.push_back({wall.level, {from, to}, wall.one_way, wall.two_sided});
    }
  }
  return pieces;
}

/// Lists of pieces by cell, from pairs in the order of pieces.
void by_cell(std::uint32_t cells, std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs,
             std::vector<std::uint32_t>& begin, std::vector<std::uint32_t>& list) {
  begin.assign(cells + std::size_t{1}, 0);
  for (const auto& [cell, piece] : pairs) ++begin[cell + 1];
  for (std::uint32_t c = 0; c < cells; ++c) begin[c + 1] += begin[c];
  list.resize(pairs.size());
  std::vector<std::uint32_t> at(begin.begin(), begin.end() - 1);
  for (const auto& [cell, piece] : pairs) list[at[cell]++] = piece;
}

/// Calls visit(cell) for the cells within `reach` of the piece.
template <class Visit>
void for_cells(const Grid& grid, const Piece& piece, double reach, const Visit& visit) {
  const Grid::Level& at = grid.levels[piece.level];
  const auto& [from, to] = piece.line;
  const auto column = [&](double x) { return grid.column(at, to_fixed(x)); };
  const auto row = [&](double y) { return grid.row(at, to_fixed(y)); };
  const double width = grid.cell_width / kFixedPerMetre;
  const double height = grid.row_height / kFixedPerMetre;
  const std::uint32_t c1 = column(std::max(from.x, to.x) + reach);
  const std::uint32_t r1 = row(std::max(from.y, to.y) + reach);
  // People outside of the grid belong to its border cells: those take all.
  const double far = 1e9;
  for (std::uint32_t r = row(std::min(from.y, to.y) - reach); r <= r1; ++r) {
    const std::uint32_t line = r - at.first_row;
    for (std::uint32_t c = column(std::min(from.x, to.x) - reach); c <= c1; ++c) {
      const double x = to_metres(at.x0) + c * width;
      const double y = to_metres(at.y0) + line * height;
      const Box box{c == 0 ? -far : x - reach, line == 0 ? -far : y - reach,
                    c + 1 == grid.columns ? far : x + width + reach,
                    line + 1 == at.rows ? far : y + height + reach};
      if (touches(piece.line, box)) visit(r * grid.columns + c);
    }
  }
}

/// Whether nobody can stand beyond: the ground is on the left, and no wall within reach comes to
/// the right of the line.
std::vector<bool> divides(std::span<const Piece> pieces, double reach) {
  std::vector<bool> result(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto& [from, to] = pieces[i].line;
    if (pieces[i].one_way) continue;  // is seen across
    const Vec2 along = to - from;
    const double slack = 1e-3 * geo::length(along);
    bool beyond = pieces[i].two_sided;
    for (std::size_t k = 0; k < pieces.size() && !beyond; ++k) {
      if (pieces[k].level != pieces[i].level) continue;
      const Box box{std::min(from.x, to.x) - reach, std::min(from.y, to.y) - reach,
                    std::max(from.x, to.x) + reach, std::max(from.y, to.y) + reach};
      if (!touches(pieces[k].line, box)) continue;
      beyond = geo::cross(along, pieces[k].line.from - from) < -slack ||
               geo::cross(along, pieces[k].line.to - from) < -slack;
    }
    result[i] = beyond;
  }
  return result;
}

}  // namespace

Grid::Grid(std::span<const LevelBounds> bounds, double reach_m, std::size_t most_people) {
  DEFILADA_CHECK(!bounds.empty());
  constexpr double kLeastCell_m = 0.5;
  row_height = static_cast<std::uint32_t>(std::ceil(reach_m * kFixedPerMetre)) + 1;
  // Empty cells cost time too: no more of them than people, in rows as they are.
  double area = 0;
  for (const LevelBounds& b : bounds) {
    area += std::max(b.most.x - b.least.x, 1.0) * std::max(b.most.y - b.least.y, 1.0);
  }
  const double wanted =
      area / reach_m / static_cast<double>(std::max<std::size_t>(most_people, 64));
  double width = kLeastCell_m;
  while (width < wanted && width < 8) width *= 2;
  cell_width = static_cast<std::uint32_t>(width * kFixedPerMetre);
  reach_columns = static_cast<std::uint32_t>(std::ceil(reach_m / width));
  column_factor = (std::uint64_t{1} << kFactorBits) / cell_width;
  row_factor = (std::uint64_t{1} << kFactorBits) / row_height;
  rows = 1;
  for (const LevelBounds& b : bounds) {
    Level level;
    level.x0 = to_fixed(b.least.x);
    level.y0 = to_fixed(b.least.y);
    level.first_row = rows;
    level.rows = cells_across(level.y0, to_fixed(b.most.y), row_height);
    columns = std::max(columns, cells_across(level.x0, to_fixed(b.most.x), cell_width));
    rows += level.rows + 1;
    levels.push_back(level);
  }
}

void WallTable::build(const Grid& grid, std::span<const Wall> walls, double reach_m) {
  const std::vector<Piece> cuts = cut(walls);
  const std::vector<bool> dividing = divides(cuts, reach_m);
  pieces.clear();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> near_pairs;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sight_pairs;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const Piece& cut = cuts[i];
    WallPiece piece{to_fixed(cut.line.from.x),
                    to_fixed(cut.line.from.y),
                    to_fixed(cut.line.to.x),
                    to_fixed(cut.line.to.y),
                    0,
                    cut.one_way ? 1U : 0U};
    const double dx = to_metres(piece.bx - piece.ax);
    const double dy = to_metres(piece.by - piece.ay);
    piece.inverse_square = static_cast<float>(1 / (dx * dx + dy * dy));
    const auto index = static_cast<std::uint32_t>(pieces.size());
    pieces.push_back(piece);
    for_cells(grid, cut, kWallReach_m, [&](std::uint32_t c) { near_pairs.emplace_back(c, index); });
    if (dividing[i]) {
      for_cells(grid, cut, reach_m, [&](std::uint32_t c) { sight_pairs.emplace_back(c, index); });
    }
  }
  by_cell(grid.cells(), near_pairs, near_begin, near);
  by_cell(grid.cells(), sight_pairs, sight_begin, sight);
}

}  // namespace defilada::crowd
