// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace defilada::certificate {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::optional<double> gap_bound(Groups& groups, std::uint32_t x, std::uint32_t y,
                                const Direction& u, double speed, double wanted_m, double from_s,
                                double to_s) {
  const Interval length =
      root(square(Interval(u.x)) + square(Interval(u.y)) + square(Interval(u.z)));
  if (!(length.low > 0) || !std::isfinite(length.high) || !std::isfinite(speed)) return {};
  const auto near = groups.reach(x, u, speed, from_s, to_s);
  const auto far = groups.reach(y, u, speed, from_s, to_s);
  if (!near || !far) return kInfinity;
  const double gap = down(far->low - near->high);
  const double unit = down(gap / (gap >= 0 ? length.high : length.low));
  const Interval wanted =
      Interval(wanted_m) + Interval(groups.of(x).error_m) + Interval(groups.of(y).error_m);
  const double bound = down(unit - wanted.high);
  if (!std::isfinite(bound)) return {};
  return bound;
}

}  // namespace

std::optional<double> plane_bound(Groups& groups, std::uint32_t x, std::uint32_t y, double ux,
                                  double uy, double speed, double from_s, double to_s) {
  const Limit limit = groups.hardest(x, y);
  if (!limit.owed) return kInfinity;
  return gap_bound(groups, x, y, {ux, uy, 0}, speed, limit.distance_m, from_s, to_s);
}

std::optional<double> height_bound(Groups& groups, std::uint32_t x, std::uint32_t y, int sign,
                                   double speed, double from_s, double to_s) {
  const Limit limit = groups.hardest(x, y);
  if (!limit.owed) return kInfinity;
  if (!std::isfinite(limit.vertical_m)) return {};
  return gap_bound(groups, x, y, {0, 0, static_cast<double>(sign)}, speed, limit.vertical_m, from_s,
                   to_s);
}

}  // namespace defilada::certificate
