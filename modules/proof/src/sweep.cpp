// SPDX-License-Identifier: MIT
// Which units come near each other, and when: boxes in slabs of time, swept along one axis. The
// frame goes along with what most do and is turned into its direction, so that boxes of marching
// ranks lie flat and stand still:
//
//        [==]  [==]  [==]        not      /''/ /''/      whose upright boxes
//        [==]  [==]  [==]                /__/ /__/       would all overlap
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Box {
  double x0 = kInfinity;
  double x1 = -kInfinity;
  double y0 = kInfinity;
  double y1 = -kInfinity;
  std::uint32_t unit = 0;
  bool is_unit = false;  ///< false: a single that goes by slices
  void include(double x, double y) {
    x0 = std::min(x0, x);
    x1 = std::max(x1, x);
    y0 = std::min(y0, y);
    y1 = std::max(y1, y);
  }
};

/// Moves with `velocity` from `since_s` on; x points along `direction`.
struct Frame {
  Velocity velocity{};
  double since_s = 0;
  std::array<double, 2> direction{1, 0};
  [[nodiscard]] std::array<double, 2> turned(double x, double y) const {
    return {direction[0] * x + direction[1] * y, direction[0] * y - direction[1] * x};
  }
};

/// Where members are about the path of a unit, with what they reach: the same at all times, or as
/// far to all sides where it turns.
Box outline(const Unit& unit, double reach_m, const Frame& frame) {
  Box box;
  if (unit.steady) {
    for (const auto& corner : unit.corners) {
      const auto at = frame.turned(corner.offset_m[0], corner.offset_m[1]);
      box.include(at[0], at[1]);
    }
  } else {
    box.include(-unit.radius_m, -unit.radius_m);
    box.include(unit.radius_m, unit.radius_m);
  }
  // The corners leave out what rounding does to a hull.
  const double grow = reach_m + unit.drift_m + 1e-7 * unit.radius_m;
  return {box.x0 - grow, box.x1 + grow, box.y0 - grow, box.y1 + grow};
}

/// The path of a unit in a slab; empty where it is not there.
Box path_box(const Motions& motions, std::uint32_t path, const std::array<double, 2>& slab,
             const Frame& frame) {
  const auto pieces = motions.pieces_of(motions.paths[path]);
  auto piece = std::lower_bound(pieces.begin(), pieces.end(), slab[0],
                                [](const MotionPiece& p, double t) { return p.t1_s < t; });
  Box box;
  MotionMover middle;
  middle.path = path;
  double error = 0;
  double size = 0;
  for (; piece != pieces.end() && piece->t0_s <= slab[1]; ++piece) {
    const double from = std::max(slab[0], piece->t0_s);
    const double to = std::min(slab[1], piece->t1_s);
    if (from > to) continue;
    const Curve<double> curve = safe_control_points(motions, middle, *piece, from, to);
    error = std::max(error, curve.error);
    // A constant moves in this frame, too.
    const int last = std::max(curve.degree, 1);
    for (int k = 0; k <= last; ++k) {
      const auto& p = curve.p[std::min(k, curve.degree)];
      const double dt = from + (to - from) * k / last - frame.since_s;
      const auto at = frame.turned(p[0] - frame.velocity[0] * dt, p[1] - frame.velocity[1] * dt);
      box.include(at[0], at[1]);
      size = std::max(size, std::abs(p[0]) + std::abs(p[1]));
    }
  }
  const double grow = error + 1e-9 + 1e-14 * size;
  return {box.x0 - grow, box.x1 + grow, box.y0 - grow, box.y1 + grow};
}

/// Sorts along the longer side and calls meet(i, j), i < j, for boxes that overlap; not for two
/// singles.
template <class Meet>
void sweep(std::vector<Box>& boxes, const Meet& meet) {
  Box all;
  for (const Box& box : boxes) {
    all.include(box.x0, box.y0);
    all.include(box.x1, box.y1);
  }
  if (all.y1 - all.y0 > all.x1 - all.x0) {
    for (Box& box : boxes) {
      std::swap(box.x0, box.y0);
      std::swap(box.x1, box.y1);
    }
  }
  std::sort(boxes.begin(), boxes.end(), [](const Box& x, const Box& y) {
    return std::tie(x.x0, x.unit) < std::tie(y.x0, y.unit);
  });
  std::array<std::vector<Box>, 2> active;  // units, singles
  for (const Box& box : boxes) {
    for (int kind = 0; kind < (box.is_unit ? 2 : 1); ++kind) {
      std::erase_if(active[kind], [&](const Box& other) {
        if (other.x1 < box.x0) return true;
        if (other.y0 <= box.y1 && box.y0 <= other.y1) {
          meet(std::min(other.unit, box.unit), std::max(other.unit, box.unit));
        }
        return false;
      });
    }
    active[box.is_unit ? 0 : 1].push_back(box);
  }
}

struct Meeting {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t slab;
};

/// Slabs in a row are one window.
std::vector<Window> windows_of(std::vector<Meeting> meetings,
                               const std::vector<std::array<double, 2>>& slabs) {
  std::sort(meetings.begin(), meetings.end(), [](const Meeting& x, const Meeting& y) {
    return std::tie(x.a, x.b, x.slab) < std::tie(y.a, y.b, y.slab);
  });
  std::vector<Window> windows;
  std::uint32_t last = 0;
  for (const Meeting& each : meetings) {
    const bool goes_on = !windows.empty() && windows.back().a == each.a &&
                         windows.back().b == each.b && last + 1 == each.slab;
    if (goes_on) {
      windows.back().to_s = slabs[each.slab][1];
    } else {
      windows.push_back({each.a, each.b, slabs[each.slab][0], slabs[each.slab][1]});
    }
    last = each.slab;
  }
  return windows;
}

}  // namespace

std::vector<std::array<double, 2>> Prover::slabs() const {
  std::vector<double> speeds;
  for (const std::uint32_t u : taken_) {
    double most = 0;
    for (const MotionPiece& piece : motions_.pieces_of(motions_.paths[units_[u].path])) {
      const Coefficient* c = &motions_.coefficients[piece.first_coefficient];
      if (piece.degree >= 1) most = std::max(most, std::hypot(c[1][0], c[1][1]));
    }
    speeds.push_back(most);
  }
  std::sort(speeds.begin(), speeds.end());
  const double length = std::max(time_s_[1] - time_s_[0], 0.0);
  const double speed = speeds.empty() ? 0 : speeds[speeds.size() * 9 / 10];
  const double wanted = speed > 0 ? 8 / speed : length;
  const auto count =
      static_cast<std::size_t>(std::clamp(std::ceil(length / std::max(wanted, 1e-9)), 1.0, 512.0));
  std::vector<std::array<double, 2>> all;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = [&](std::size_t k) {
      return k == count ? time_s_[1]
                        : time_s_[0] + length * static_cast<double>(k) / static_cast<double>(count);
    };
    all.push_back({at(i), at(i + 1)});
  }
  return all;
}

std::vector<Window> Prover::find_windows(const std::vector<const Unit*>& all, std::size_t own) {
  const auto times = slabs();
  std::vector<std::uint32_t> leaders;
  for (std::size_t i = 0; i < own; ++i) leaders.push_back(all[i]->members[0].mover);
  // The fastest common motion gives the direction, also while everybody waits for it.
  std::vector<Frame> frames(times.size());
  double fastest = 0;
  std::array<double, 2> direction{1, 0};
  for (std::size_t s = 0; s < times.size(); ++s) {
    frames[s].velocity = common_velocity(motions_, leaders, times[s][0], times[s][1]);
    frames[s].since_s = times[s][0];
    const double speed = std::hypot(frames[s].velocity[0], frames[s].velocity[1]);
    if (speed <= fastest) continue;
    fastest = speed;
    direction = {frames[s].velocity[0] / speed, frames[s].velocity[1] / speed};
  }
  for (Frame& frame : frames) frame.direction = direction;
  // Everything that depends on the limits of two classes is left to near_units.
  const double half = 0.5 * range_m(0);
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  std::vector<Box> outlines;
  for (const Unit* unit : all) {
    double reach = 0;
    for (const auto& member : unit->members) reach = std::max(reach, reach_m_[member.mover]);
    outlines.push_back(
        outline(*unit, margin ? reach + half : std::max(reach, half), frames.front()));
  }
  std::vector<std::vector<Meeting>> by_slab(times.size());
  in_parallel(times.size(), [&](std::size_t s, Found&) {
    std::vector<Box> boxes;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (all[i]->time_s[1] < times[s][0] || all[i]->time_s[0] > times[s][1]) continue;
      const Box path = path_box(motions_, all[i]->path, times[s], frames[s]);
      if (!(path.x0 <= path.x1)) continue;
      const Box& own_outline = outlines[i];
      boxes.push_back({path.x0 + own_outline.x0, path.x1 + own_outline.x1, path.y0 + own_outline.y0,
                       path.y1 + own_outline.y1, i, i < own});
    }
    sweep(boxes, [&](std::uint32_t i, std::uint32_t j) {
      if (rules_.between(all[i]->of_class, all[j]->of_class).shape != Limit::Shape::none) {
        by_slab[s].push_back({i, j, static_cast<std::uint32_t>(s)});
      }
    });
  });
  std::vector<Meeting> meetings;
  for (const auto& each : by_slab) meetings.insert(meetings.end(), each.begin(), each.end());
  return windows_of(std::move(meetings), times);
}

}  // namespace defilada::proof
