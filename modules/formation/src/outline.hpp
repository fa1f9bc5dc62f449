// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "defilada/formation/figure.hpp"

namespace defilada::formation {

/// A stretch of stroke between two nodes, by arc length.
///
///     node o====.====.====o node      '.' : a slot of the stretch, which may slide along it
struct Curve {
  std::vector<Point> points;  ///< from node to node; closed: the first is repeated at the end
  std::vector<double> at;     ///< arc length from the first point (points) [glyph heights]
  bool ring = false;          ///< closed, without a node: slots may sit anywhere
  int least_inside = 0;       ///< fewest slots between the nodes that still show the bend

  [[nodiscard]] double length() const { return at.back(); }
};

/// A position on a curve.
struct OnCurve {
  Point point;
  Point tangent;  ///< unit vector towards growing arc length
};
[[nodiscard]] OnCurve evaluate(const Curve& curve, double s);

/// A glyph, cut at the places that must have a slot: ends, corners (a turn of more than 25 degrees)
/// and junctions (two lines share a vertex).
struct Outline {
  std::vector<Stroke> strokes;
  std::vector<Point> nodes;
  std::vector<Curve> curves;
  double left = 0;   ///< smallest x of the strokes
  double right = 0;  ///< largest x

  /// Fewest slots that draw it.
  [[nodiscard]] int least_slots() const;
};

/// Reads a path: "M x y" begins a stroke; "L x y" draws a line; "A cx cy rx ry from to" draws an
/// arc of an ellipse (degrees, counter-clockwise when to > from), after a line to its start when
/// the pen is elsewhere; "Z" closes the stroke. Vertices nearer than 0.0015 are one. Requires a
/// path of our font: the language is checked (DEFILADA_CHECK), not diagnosed.
[[nodiscard]] Outline outline_of(std::string_view path);

/// The same of lines from elsewhere: a turn of more than 25 degrees at any vertex is a corner, and
/// vertices nearer than 0.0015 are one. Requires lines of two different points at least.
[[nodiscard]] Outline outline_of(const std::vector<Stroke>& drawing);

}  // namespace defilada::formation
