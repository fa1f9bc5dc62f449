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
#include <unordered_map>

#include "broad.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Box {
  double x0 = kInfinity;
  double x1 = -kInfinity;
  double y0 = kInfinity;
  double y1 = -kInfinity;
  double z0 = kInfinity;
  double z1 = -kInfinity;
  std::uint32_t unit = 0;
  bool is_unit = false;  ///< false: a single that goes by slices
  void include(double x, double y, double z) {
    z0 = std::min(z0, z);
    z1 = std::max(z1, z);
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
      box.include(at[0], at[1], 0);
    }
  } else {
    box.include(-unit.radius_m, -unit.radius_m, 0);
    box.include(unit.radius_m, unit.radius_m, 0);
  }
  // The corners leave out what rounding does to a hull.
  const double grow = reach_m + unit.drift_m + 1e-7 * unit.radius_m;
  return {box.x0 - grow, box.x1 + grow,           box.y0 - grow,
          box.y1 + grow, unit.height_m[0] - grow, unit.height_m[1] + grow};
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
      box.include(at[0], at[1], p[2]);
      size = std::max(size, std::abs(p[0]) + std::abs(p[1]) + std::abs(p[2]));
    }
  }
  const double grow = error + 1e-9 + 1e-14 * size;
  return {box.x0 - grow, box.x1 + grow, box.y0 - grow, box.y1 + grow, box.z0 - grow, box.z1 + grow};
}

/// Sorts along the longer side and calls meet(i, j), i < j, for boxes that overlap; not for two
/// singles.
template <class Meet>
void sweep(std::vector<Box>& boxes, const Meet& meet) {
  Box all;
  for (const Box& box : boxes) {
    all.include(box.x0, box.y0, 0);
    all.include(box.x1, box.y1, 0);
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
        if (other.y0 <= box.y1 && box.y0 <= other.y1 && other.z0 <= box.z1 && box.z0 <= other.z1) {
          meet(std::min(other.unit, box.unit), std::max(other.unit, box.unit));
        }
        return false;
      });
    }
    active[box.is_unit ? 0 : 1].push_back(box);
  }
}

/// Pairs of each slab, a << 32 | b, to windows: slabs in a row are one. By pair and time.
std::vector<Window> windows_of(const std::vector<std::vector<std::uint64_t>>& by_slab,
                               const std::vector<double>& times) {
  struct Open {
    std::size_t window;
    std::size_t slab;
  };
  std::unordered_map<std::uint64_t, Open> last;  // looked up only
  std::vector<Window> windows;
  for (std::size_t slab = 0; slab < by_slab.size(); ++slab) {
    for (const std::uint64_t pair : by_slab[slab]) {
      const auto [known, fresh] = last.try_emplace(pair, Open{windows.size(), slab});
      if (!fresh && known->second.slab + 1 == slab) {
        windows[known->second.window].to_s = times[slab + 1];
        known->second.slab = slab;
        continue;
      }
      known->second = {windows.size(), slab};
      windows.push_back({static_cast<std::uint32_t>(pair >> 32U), static_cast<std::uint32_t>(pair),
                         times[slab], times[slab + 1]});
    }
  }
  std::sort(windows.begin(), windows.end(), [](const Window& x, const Window& y) {
    return std::tie(x.a, x.b, x.from_s) < std::tie(y.a, y.b, y.from_s);
  });
  return windows;
}

}  // namespace

std::vector<Window> Prover::find_windows(const std::vector<const Unit*>& all, std::size_t own) {
  constexpr double kFar_m = 20;
  constexpr double kFarInTheMean_m = 50;  // one jet in a long slab would meet everybody
  constexpr int kLeastHalvings = 4;       // work for some threads
  constexpr int kHalvings = 14;
  std::vector<std::uint32_t> leaders;
  for (std::size_t i = 0; i < own; ++i) leaders.push_back(all[i]->members[0].mover);
  const std::vector<double> times =
      halved_times(motions_, leaders, time_s_,
                   {kFar_m, kFar_m, kFarInTheMean_m, kLeastHalvings, kHalvings}, threads_);
  const std::size_t slabs = times.size() - 1;
  // The fastest common motion gives the direction, also while everybody waits for it.
  std::vector<Frame> frames(slabs);
  threads_.each(slabs, [&](std::size_t s) {
    frames[s].velocity = common_velocity(motions_, leaders, times[s], times[s + 1]);
    frames[s].since_s = times[s];
  });
  double fastest = 0;
  std::array<double, 2> direction{1, 0};
  for (std::size_t s = 0; s < slabs; ++s) {
    const double speed = std::hypot(frames[s].velocity[0], frames[s].velocity[1]);
    if (speed <= fastest) continue;
    fastest = speed;
    direction = {frames[s].velocity[0] / speed, frames[s].velocity[1] / speed};
  }
  for (Frame& frame : frames) frame.direction = direction;
  // Everything that depends on the limits of two classes is left to near_units.
  const double half = 0.5 * range_m(0);
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  std::vector<Box> outlines(all.size());
  constexpr std::size_t kBatch = 32;
  threads_.in_batches(all.size(), kBatch, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double reach = 0;
      for (const auto& member : all[i]->members) reach = std::max(reach, reach_m_[member.mover]);
      outlines[i] = outline(*all[i], margin ? reach + half : std::max(reach, half), frames.front());
    }
  });
  const bool flat = any_flat_;
  std::vector<std::vector<std::uint64_t>> by_slab(slabs);
  in_parallel(slabs, [&](std::size_t s, Found&) {
    std::vector<Box> boxes;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (all[i]->time_s[1] < times[s] || all[i]->time_s[0] > times[s + 1]) continue;
      const Box path = path_box(motions_, all[i]->path, {times[s], times[s + 1]}, frames[s]);
      if (!(path.x0 <= path.x1)) continue;
      const Box& own_outline = outlines[i];
      Box box = path;
      box.x0 += own_outline.x0;
      box.x1 += own_outline.x1;
      box.y0 += own_outline.y0;
      box.y1 += own_outline.y1;
      box.z0 = flat ? 0 : box.z0 + own_outline.z0;
      box.z1 = flat ? 0 : box.z1 + own_outline.z1;
      box.unit = i;
      box.is_unit = i < own;
      boxes.push_back(box);
    }
    sweep(boxes, [&](std::uint32_t i, std::uint32_t j) {
      if (rules_.between(all[i]->of_class, all[j]->of_class).shape != Limit::Shape::none) {
        by_slab[s].push_back(std::uint64_t{i} << 32U | j);
      }
    });
  });
  return windows_of(by_slab, times);
}

}  // namespace defilada::proof
