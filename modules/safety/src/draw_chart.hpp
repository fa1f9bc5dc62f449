// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "build.hpp"
#include "defilada/drawing/drawing.hpp"

namespace defilada::safety {

/// A line, or a filled curve, of people over time.
struct Series {
  std::string name{};
  Ink ink = Ink::series_1;
  drawing::Dash dash = drawing::Dash::solid;
  bool filled = false;
  std::vector<drawing::Point> points{};  ///< seconds, people; ascending in x
};
/// A vertical line with its name.
struct Moment {
  double at_s = 0;
  std::string name{};
};

struct Chart {
  std::string id{};
  std::string title{};        ///< above it
  std::string description{};  ///< read out in its place
  std::vector<Series> series{};
  std::vector<Moment> moments{};
  bool clock = true;     ///< x is a clock time; else minutes since 0
  bool percent = false;  ///< y is a share in [0, 1]
};

/// Axes from 0 up to a round number, a key of the series above where there are two or more. Law
/// (tested): each number of a series lies on the drawing at its place, to 0.01 mm.
[[nodiscard]] drawing::Drawing draw_chart(const Context& context, const Chart& chart,
                                          double width_mm, double height_mm);

/// Puts the shapes of a part at a place of a larger drawing.
void put(drawing::Drawing& into, const drawing::Drawing& part, drawing::Point at);

/// Drawings of one size in columns, row by row, each figure `rows_most` rows high at most.
[[nodiscard]] std::vector<drawing::Drawing> in_columns(const std::vector<drawing::Drawing>& parts,
                                                       const std::string& id, std::size_t columns,
                                                       double gutter_mm, std::size_t rows_most);

/// Adds a curve of one number a minute from `begin_s`.
[[nodiscard]] std::vector<drawing::Point> minutes(const spectators::Curve& curve, double begin_s,
                                                  double factor = 1);

}  // namespace defilada::safety
