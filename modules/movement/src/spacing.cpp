// SPDX-License-Identifier: MIT
#include <algorithm>
#include <limits>

#include "defilada/movement/motion.hpp"

/// Gaps between two contingents on one way.
///
///   s ^      previous' tail          A head that is nowhere nearer than `gap` to the tail ahead:
///     |     /        ___/            its line lies below the tail's line shifted down by `gap`,
///     which is to |    /     ___/  next's head   say for every s: next.head_at(s) + delay >=
///     previous.tail_at(s + gap). |   / <-->/
///     +--+-----+------------> t
namespace defilada::movement {
namespace {

/// Square of the speed along the way is linear in s on a phase; from two points inside an interval
/// without corners the value at any place.
struct SquaredSpeed {
  double at_a = 0;
  double slope = 0;
};

SquaredSpeed squared_speed(const Motion& motion, bool tail, double a, double b) {
  const auto square = [&](double s) {
    const double v = tail ? motion.tail_speed_at(s) : motion.head_speed_at(s);
    return v * v;
  };
  const double third = (b - a) / 3;
  const double low = square(a + third);
  const double high = square(b - third);
  return {low - (high - low), (high - low) / third};
}

}  // namespace

std::optional<double> least_delay_s(const Motion& previous, const Motion& next, double gap_m,
                                    const SharedWay& shared) {
  const auto abreast = [&](double s) { return abreast_m(previous, next, s); };
  const auto of_next = [&](double s) { return abreast_m(next, previous, s); };
  // Behind the place where the tail ahead stands, nobody can be too near to it.
  const double from = std::max(
      {next.start_m(), next.line().own_m(shared.from_m), of_next(previous.tail_s(0) - gap_m)});
  const double to = std::min(
      {next.line().own_m(shared.to_m), of_next(previous.tail_end_m() - gap_m), next.end_m()});
  if (!(from < to)) return std::nullopt;
  const auto wanted = [&](double s) {
    return previous.tail_at(abreast(s) + gap_m) - next.head_at(s);
  };
  std::vector<double> corners{from, to};
  const auto corner = [&](double s) { corners.push_back(std::clamp(s, from, to)); };
  for (const double s : next.head_corners_m()) corner(s);
  for (const double s : previous.tail_corners_m()) corner(of_next(s - gap_m));
  for (const auto& knot : next.line().knots()) corner(knot.own_m);
  for (const auto& knot : previous.line().knots()) corner(of_next(knot.own_m));
  std::sort(corners.begin(), corners.end());
  double best = wanted(from);
  for (std::size_t i = 0; i < corners.size(); ++i) {
    best = std::max(best, wanted(corners[i]));
    if (i == 0 || corners[i] - corners[i - 1] < 1e-6) continue;
    // Inside, the derivative k / v_tail - 1 / v_head vanishes where v_tail^2 = k^2 v_head^2, with k
    // the metres of the one ahead to one of this: a linear equation.
    const double a = corners[i - 1];
    const double b = corners[i];
    const double k = (abreast(b) - abreast(a)) / (b - a);
    const SquaredSpeed tail = squared_speed(previous, true, abreast(a) + gap_m, abreast(b) + gap_m);
    const SquaredSpeed head = squared_speed(next, false, a, b);
    const double slope = tail.slope * k - head.slope * k * k;
    if (slope == 0) continue;
    const double level = a - (tail.at_a - k * k * head.at_a) / slope;
    if (level > a && level < b) best = std::max(best, wanted(level));
  }
  return best;
}

std::optional<LeastGap> least_gap(const Motion& previous, const Motion& next, double delay_s,
                                  const SharedWay& shared) {
  // Standing in line they are as near as the line-up has them; on ways that join, from the join.
  const double joins = next.head_at(next.line().own_m(shared.from_m));
  const double from = delay_s + std::max(0.0, joins);
  const double to = std::min({previous.duration_s(), delay_s + next.duration_s(),
                              delay_s + next.head_at(next.line().own_m(shared.to_m))});
  if (to <= from) return std::nullopt;
  std::vector<double> times{from, to};
  for (const double t : previous.tail_times()) times.push_back(t);
  for (const double t : next.head_times()) times.push_back(t + delay_s);
  const auto passes = [&](double s) { times.push_back(next.head_at(s) + delay_s); };
  for (const auto& knot : next.line().knots()) passes(knot.own_m);
  for (const auto& knot : previous.line().knots()) passes(abreast_m(next, previous, knot.own_m));
  std::sort(times.begin(), times.end());

  LeastGap least{std::numeric_limits<double>::infinity(), 0, 0};
  const auto look = [&](double t) {
    const double head = next.head_s(t - delay_s);
    const double gap = previous.tail_s(t) - abreast_m(previous, next, head);
    if (gap < least.gap_m) least = {gap, head, t};
    return gap;
  };
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    const double a = std::clamp(times[i], from, to);
    const double b = std::clamp(times[i + 1], from, to);
    // Between corners the gap is a parabola: its vertex from three values.
    const double at_a = look(a);
    const double at_b = look(b);
    if (b - a < 1e-9) continue;
    const double at_m = look(0.5 * (a + b));
    const double bend = at_a - 2 * at_m + at_b;
    if (bend <= 0) continue;
    const double vertex = 0.5 * (a + b) + 0.25 * (b - a) * (at_a - at_b) / bend;
    if (vertex > a && vertex < b) look(vertex);
  }
  return least;
}

}  // namespace defilada::movement
