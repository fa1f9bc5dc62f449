// SPDX-License-Identifier: MIT
#include "defilada/movement/line_map.hpp"

#include <algorithm>
#include <cmath>

#include "defilada/core/check.hpp"

namespace defilada::movement {
namespace {

constexpr double kNoTurn = 1e-6;  ///< rad; as geo::Route has it

/// Turn of the path at points[i], in [0, pi).
double turn_at(const std::vector<geo::Vec2>& points, std::size_t i) {
  const geo::Vec2 in = points[i] - points[i - 1];
  const geo::Vec2 out = points[i + 1] - points[i];
  return std::abs(std::atan2(in.x * out.y - in.y * out.x, in.x * out.x + in.y * out.y));
}

/// The value at `x` of the line through knots that rise in both coordinates.
double interpolate(std::span<const LineMap::Knot> knots, double x, double LineMap::Knot::*from,
                   double LineMap::Knot::*to) {
  if (knots.empty()) return x;
  const auto after =
      std::upper_bound(knots.begin(), knots.end(), x,
                       [&](double value, const LineMap::Knot& knot) { return value < knot.*from; });
  if (after == knots.begin()) return x + ((*after).*to - (*after).*from);
  const LineMap::Knot& low = *std::prev(after);
  if (after == knots.end()) return x + (low.*to - low.*from);
  const double share = (x - low.*from) / ((*after).*from - low.*from);
  return low.*to + share * ((*after).*to - low.*to);
}

}  // namespace

LineMap::LineMap(const std::vector<geo::Vec2>& points, const std::vector<double>& radii,
                 std::size_t joins, double at_m) {
  DEFILADA_CHECK(points.size() >= 2 && joins + 1 < points.size() && radii.size() == points.size());
  double own = 0;
  double line = at_m;
  double tangent_before = 0;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const double turn = i == 0 ? 0 : turn_at(points, i);
    const bool turns = turn >= kNoTurn;
    const double tangent = turns ? radii[i] * std::tan(0.5 * turn) : 0;
    if (i > 0) {
      const double leg = geo::length(points[i] - points[i - 1]);
      own += leg - tangent_before - tangent;
      if (i > joins) line += leg;
      if (i > joins && turns) knots_.push_back({own, line - tangent});
      if (turns) own += radii[i] * turn;
    }
    if (i == joins || (i > joins && turns)) knots_.push_back({own, line + tangent});
    if (i == joins) begin_m_ = line + tangent;
    tangent_before = tangent;
  }
}

double LineMap::line_m(double own_m) const {
  return interpolate(knots_, own_m, &Knot::own_m, &Knot::line_m);
}

double LineMap::own_m(double line_m) const {
  return interpolate(knots_, line_m, &Knot::line_m, &Knot::own_m);
}

}  // namespace defilada::movement
