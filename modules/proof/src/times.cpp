// SPDX-License-Identifier: MIT
// How time is cut. All of it is guesswork from a sample: it costs time where it is wrong, and
// nothing else.
#include <algorithm>
#include <cmath>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr std::size_t kSample = 48;  ///< movers

/// A guess needs no std::hypot.
double length_of(double x, double y) {
  return std::sqrt(x * x + y * y);
}

double quantile(std::vector<double>& values, std::size_t tenths) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() * tenths / 10);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// The way of one of a sample, at five instants of the time that they are there.
struct Way {
  static constexpr int kLast = 4;
  std::array<std::array<double, 3>, kLast + 1> at{};
  double length_s = 0;
  bool whole = false;  ///< they are there all the time
};

std::vector<Way> ways_of_sample(const Motions& motions, std::span<const std::uint32_t> movers,
                                double from_s, double to_s) {
  const std::size_t step = std::max<std::size_t>(1, movers.size() / kSample);
  std::vector<Way> ways;
  for (std::size_t i = 0; i < movers.size(); i += step) {
    const MotionMover& mover = motions.movers[movers[i]];
    // Whoever comes late or leaves counts for the time that they are there.
    const auto [begin, end] = motions.interval(motions.paths[mover.path]);
    const double first_s = std::max(from_s, begin);
    Way way;
    way.length_s = std::min(to_s, end) - first_s;
    if (!(way.length_s >= 0)) continue;
    way.whole = begin <= from_s && end >= to_s;
    bool there = true;
    for (int k = 0; k <= Way::kLast && there; ++k)
      there = motions.position(mover, first_s + way.length_s * k / Way::kLast, way.at[k]);
    if (there) ways.push_back(way);
  }
  return ways;
}

/// The median, of those who are there all the time.
Velocity common_velocity_of(const std::vector<Way>& ways) {
  std::vector<double> vx;
  std::vector<double> vy;
  for (const Way& way : ways) {
    if (!way.whole || !(way.length_s > 0)) continue;
    vx.push_back((way.at[Way::kLast][0] - way.at[0][0]) / way.length_s);
    vy.push_back((way.at[Way::kLast][1] - way.at[0][1]) / way.length_s);
  }
  if (vx.empty()) return {0, 0};
  return {quantile(vx, 5), quantile(vy, 5)};
}

/// Of a sample, in the frame of what most do: whether chords and the ways beside them are within
/// the limits.
bool short_enough(const Motions& motions, std::span<const std::uint32_t> movers, double from_s,
                  double to_s, const CutLimits& limits) {
  constexpr int kLast = Way::kLast;
  const std::vector<Way> ways = ways_of_sample(motions, movers, from_s, to_s);
  if (ways.empty()) return true;
  const Velocity common = common_velocity_of(ways);
  std::vector<double> chords;
  std::vector<double> bends;
  double sum = 0;
  for (const Way& each : ways) {
    const auto& at = each.at;
    // The frame's own way is straight: it is in the chord and in no bend.
    const std::array<double, 2> way{at[kLast][0] - at[0][0], at[kLast][1] - at[0][1]};
    double bend = 0;
    for (int k = 1; k < kLast; ++k) {
      bend = std::max(bend, length_of(at[k][0] - at[0][0] - way[0] * k / kLast,
                                      at[k][1] - at[0][1] - way[1] * k / kLast));
    }
    chords.push_back(
        length_of(way[0] - common[0] * each.length_s, way[1] - common[1] * each.length_s));
    bends.push_back(bend);
    sum += chords.back();
  }
  return sum <= limits.mean_chord_m * static_cast<double>(chords.size()) &&
         quantile(chords, 9) <= limits.chord_m && quantile(bends, 9) <= limits.bend_m;
}

}  // namespace

Velocity common_velocity(const Motions& motions, std::span<const std::uint32_t> movers,
                         double from_s, double to_s) {
  const std::size_t step = std::max<std::size_t>(1, movers.size() / kSample);
  std::vector<double> vx;
  std::vector<double> vy;
  for (std::size_t i = 0; i < movers.size(); i += step) {
    std::array<double, 3> a{};
    std::array<double, 3> b{};
    const MotionMover& mover = motions.movers[movers[i]];
    if (!motions.position(mover, from_s, a) || !motions.position(mover, to_s, b)) continue;
    vx.push_back((b[0] - a[0]) / (to_s - from_s));
    vy.push_back((b[1] - a[1]) / (to_s - from_s));
  }
  if (vx.empty() || !(to_s > from_s)) return {0, 0};
  return {quantile(vx, 5), quantile(vy, 5)};
}

std::vector<double> halved_times(const Motions& motions, std::span<const std::uint32_t> movers,
                                 const std::array<double, 2>& whole_s, const CutLimits& limits,
                                 Threads& threads) {
  using Stretch = std::array<double, 2>;
  const auto middle = [](const Stretch& at) { return 0.5 * (at[0] + at[1]); };
  std::vector<double> times{whole_s[0], std::max(whole_s[0], whole_s[1])};
  std::vector<Stretch> open{{times[0], times[1]}};
  for (int depth = 0; depth < limits.most_halvings && !open.empty(); ++depth) {
    std::vector<char> halve(open.size(), 1);
    if (depth >= limits.least_halvings) {
      threads.each(open.size(), [&](std::size_t i) {
        halve[i] = !short_enough(motions, movers, open[i][0], open[i][1], limits);
      });
    }
    std::vector<Stretch> next;
    for (std::size_t i = 0; i < open.size(); ++i) {
      const bool can = middle(open[i]) > open[i][0] && middle(open[i]) < open[i][1];
      if (halve[i] == 0 || !can) continue;
      times.push_back(middle(open[i]));
      next.push_back({open[i][0], middle(open[i])});
      next.push_back({middle(open[i]), open[i][1]});
    }
    open = std::move(next);
  }
  std::sort(times.begin(), times.end());
  return times;
}

}  // namespace defilada::proof
