// SPDX-License-Identifier: MIT
#include "narrow.hpp"

#include <algorithm>
#include <cmath>

namespace defilada::proof {
namespace {

constexpr int kDepth = 52;    ///< halvings of [0, 1] that a double still tells apart
constexpr int kNodes = 4000;  ///< in double, then more digits are the better way

/// What one look at a stretch tells. `tied`: no halving would tell.
enum class Sight { clear, conflict, tied, open };

/// Valleys decide nearly always; their ends are not asked for then.
template <class Real>
Sight look_at_valley(const Valley<Real>& valley, const Gauge<Real>& gauge, double tie) {
  if (valley.lower >= gauge.distance() - tie) return Sight::clear;
  if (valley.at.upper < gauge.distance()) return Sight::conflict;
  return valley.at.lower < gauge.distance() ? Sight::tied : Sight::open;
}

}  // namespace

Verdict decide(const Stretch<double>& whole, const Gauge<double>& gauge,
               std::vector<Part>& undecided) {
  if (gauge.breaks(whole, false) || gauge.breaks(whole, true)) return Verdict::conflict;
  std::vector<Stretch<double>> open{whole};
  for (int nodes = 0; !open.empty(); ++nodes) {
    const Stretch<double> at = open.back();
    open.pop_back();
    if (gauge.clear(at, 0)) continue;
    const auto valley = gauge.valley(at);
    const Sight sight = valley ? look_at_valley(*valley, gauge, 0) : Sight::open;
    if (sight == Sight::clear) continue;
    if (sight == Sight::conflict) return Verdict::conflict;
    if (sight == Sight::tied || gauge.tied(at, false) || gauge.tied(at, true) ||
        at.depth == kDepth || nodes >= kNodes) {
      undecided.push_back({at.s0, at.s1});
      continue;
    }
    open.resize(open.size() + 2);
    halve(at, gauge.rectangles(), open[open.size() - 1], open[open.size() - 2]);
    if (gauge.breaks(open.back(), true)) return Verdict::conflict;
  }
  return undecided.empty() ? Verdict::clear : Verdict::open;
}

/// It relaxes the limit by `tie`, tenfold every kNodes stretches, so that it always ends.
Verdict decide_at_last(const Stretch<Extended>& whole, const Gauge<Extended>& gauge, double tie,
                       const std::vector<Part>& parts) {
  const auto asked = [&](const Stretch<Extended>& at) {
    const auto after = std::partition_point(parts.begin(), parts.end(),
                                            [&](const Part& part) { return part[1] <= at.s0; });
    return after != parts.end() && (*after)[0] < at.s1;
  };
  if (gauge.breaks(whole, false) || gauge.breaks(whole, true)) return Verdict::conflict;
  std::vector<Stretch<Extended>> open{whole};
  int nodes = 0;
  while (!open.empty()) {
    const Stretch<Extended> at = open.back();
    open.pop_back();
    if (!asked(at) || gauge.clear(at, tie)) continue;
    const auto valley = gauge.valley(at);
    const Sight sight = valley ? look_at_valley(*valley, gauge, tie) : Sight::open;
    if (sight == Sight::clear) continue;
    if (sight == Sight::conflict) return Verdict::conflict;
    if (++nodes % kNodes == 0) tie *= 10;
    if (at.depth == kDepth) continue;  // shorter than any clock tells: the ends are clear
    open.resize(open.size() + 2);
    halve(at, gauge.rectangles(), open[open.size() - 1], open[open.size() - 2]);
    if (gauge.breaks(open.back(), true)) return Verdict::conflict;
  }
  return Verdict::clear;
}

LeastValue find_least(const Stretch<double>& whole, const Gauge<double>& gauge, double interest_m,
                      double tolerance_m) {
  LeastValue found;
  // Bounds that rounding holds apart come no nearer: asking for less would burn stretches.
  const double size = size_of(whole.pair.r);
  const double grain = gauge.rectangles() ? rectangle_slack(whole.pair, size)
                                          : whole.pair.r.error + 64 * kUnit<double> * size;
  tolerance_m = std::max(tolerance_m, 8 * grain);
  const auto offer = [&](double upper, double s) {
    if (upper < found.upper_m) {
      found.upper_m = upper;
      found.s = s;
    }
  };
  offer(gauge.upper(whole, false), whole.s0);
  offer(gauge.upper(whole, true), whole.s1);
  std::vector<std::pair<double, Stretch<double>>> open{{-kInfinity, whole}};
  int nodes = 0;
  while (!open.empty()) {
    const auto [known, at] = open.back();
    open.pop_back();
    double lower = known;
    if (const auto valley = gauge.valley(at)) {
      offer(valley->at.upper, at.s0 + valley->s * (at.s1 - at.s0));
      lower = std::max(lower, valley->lower);
    }
    const double enough = std::min(found.upper_m, interest_m) - tolerance_m;
    if (lower < enough) lower = std::max(lower, gauge.lower(at, enough));
    // Rounding may hold the bounds apart: then they are as near as double tells.
    if (lower >= enough || at.depth == kDepth || ++nodes > kNodes) {
      found.lower_m = std::min(found.lower_m, lower);
      continue;
    }
    Stretch<double> first;
    Stretch<double> second;
    halve(at, gauge.rectangles(), first, second);
    offer(gauge.upper(first, true), first.s1);
    const bool first_is_nearer = gauge.upper(first, false) <= gauge.upper(second, true);
    open.push_back({lower, first_is_nearer ? second : first});
    open.push_back({lower, first_is_nearer ? first : second});
  }
  found.lower_m = std::min(found.lower_m, found.upper_m);
  return found;
}

void find_intervals(const Stretch<double>& at, const Gauge<double>& gauge, std::vector<Part>& out) {
  constexpr int kEnds = 36;
  const auto add = [&](double from, double to) {
    if (!out.empty() && out.back()[1] == from) {
      out.back()[1] = to;
    } else {
      out.push_back({from, to});
    }
  };
  if (gauge.clear(at, 0)) return;
  if (const auto valley = gauge.valley(at)) {
    if (!(valley->at.upper < gauge.distance())) return;
    const Part broken = broken_part(at.pair.r, gauge.dims(), *valley, gauge.distance());
    const double length = at.s1 - at.s0;
    // The ends themselves, so that neighbours join.
    add(broken[0] == 0 ? at.s0 : at.s0 + broken[0] * length,
        broken[1] == 1 ? at.s1 : at.s0 + broken[1] * length);
    return;
  }
  // Where bodies slide along each other, as deep as a rounding, no bound tells that the limit is
  // broken all the way; a moment between two broken ones that is so short is broken, too.
  constexpr int kMoment = 10;
  const bool all = gauge.breaks_everywhere(at) ||
                   (at.depth >= kMoment && gauge.breaks(at, false) && gauge.breaks(at, true));
  if (all || at.depth == kEnds) {
    if (all || gauge.breaks(at, false) || gauge.breaks(at, true)) add(at.s0, at.s1);
    return;
  }
  Stretch<double> first;
  Stretch<double> second;
  halve(at, gauge.rectangles(), first, second);
  find_intervals(first, gauge, out);
  find_intervals(second, gauge, out);
}

}  // namespace defilada::proof
