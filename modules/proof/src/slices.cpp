// SPDX-License-Identifier: MIT
// Many movers, each for itself: slices of time over a grid.
#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "broad.hpp"
#include "filter.hpp"
#include "gauge.hpp"

namespace defilada::proof {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Further out, floats tell nothing: such movers are looked at with everybody.
constexpr double kFar_m = 1e7;

/// One mover in a slice.
struct InSlice {
  std::uint32_t mover = 0;
  std::uint32_t piece = 0;  ///< if there is one
  std::int32_t curve = -1;  ///< -1: several pieces in the slice, or there in a part of it only
  std::array<double, 3> from{};
  std::array<double, 3> to{};
  double deviation_m = 0;  ///< from the chord
};

double deviation(const Curve<double>& curve, const std::array<double, 3>& from,
                 const std::array<double, 3>& to, double s0, double s1) {
  double most = 0;
  for (int k = 0; k <= curve.degree; ++k) {
    const double s = curve.degree == 0 ? 0.5 * (s0 + s1) : s0 + (s1 - s0) * k / curve.degree;
    double square = 0;
    for (std::size_t d = 0; d < 3; ++d) {
      const double off = curve.p[k][d] - (from[d] + s * (to[d] - from[d]));
      square += off * off;
    }
    most = std::max(most, square);
  }
  // A constant is as far from a chord as its end.
  return std::sqrt(most) +
         (curve.degree == 0 ? std::hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]) : 0);
}

std::array<double, 3> point(const Curve<double>& curve, int k) {
  return {curve.p[k][0], curve.p[k][1], curve.p[k][2]};
}

}  // namespace

double Prover::slice_length() const {
  // From a sample of at most 2 000: the mean spacing over the speed of all but the fastest tenth.
  const std::size_t step = std::max<std::size_t>(1, singles_.size() / 2000);
  std::vector<double> speeds;
  double x0 = kInfinity, x1 = -kInfinity, y0 = kInfinity, y1 = -kInfinity;
  for (std::size_t i = 0; i < singles_.size(); i += step) {
    const MotionMover& mover = motions_.movers[singles_[i]];
    const auto pieces = motions_.pieces_of(motions_.paths[mover.path]);
    const MotionPiece& piece = pieces[pieces.size() / 2];
    const double middle = 0.5 * (piece.t0_s + piece.t1_s);
    const double step_s = (piece.t1_s - piece.t0_s) / 64;
    std::array<double, 3> a{};
    std::array<double, 3> b{};
    motions_.position(mover, middle, a);
    motions_.position(mover, middle + step_s, b);
    if (step_s > 0) speeds.push_back(std::hypot(b[0] - a[0], b[1] - a[1]) / step_s);
    x0 = std::min(x0, a[0]);
    x1 = std::max(x1, a[0]);
    y0 = std::min(y0, a[1]);
    y1 = std::max(y1, a[1]);
  }
  const double length = time_s_[1] - time_s_[0];
  if (speeds.empty()) return std::max(length, 1e-9);
  std::sort(speeds.begin(), speeds.end());
  const double speed = speeds[speeds.size() * 9 / 10];
  const double spacing = std::sqrt((x1 - x0 + widest_m_) * (y1 - y0 + widest_m_) /
                                   static_cast<double>(singles_.size()));
  const double wanted = speed > 1e-6 ? spacing / speed : length;
  return std::clamp(wanted, length / 1e6 + 1e-9, std::max(length, 2e-9));
}

void Prover::look_at_slice(double from_s, double to_s, Found& found) const {
  thread_local std::vector<Curve<double>> curves;
  thread_local SliceArrays arrays;
  thread_local std::vector<IndexPair> pairs;
  std::vector<InSlice> here;
  curves.clear();
  here.reserve(singles_.size());
  bool flat = false;
  for (const std::uint32_t index : singles_) {
    const MotionMover& mover = motions_.movers[index];
    const auto pieces = motions_.pieces_of(motions_.paths[mover.path]);
    auto piece = std::lower_bound(pieces.begin(), pieces.end(), from_s,
                                  [](const MotionPiece& p, double t) { return p.t1_s < t; });
    if (piece == pieces.end() || piece->t0_s > to_s) continue;
    // A joint at the very beginning belongs to the slice before as well.
    if (piece->t1_s == from_s && piece + 1 != pieces.end() && (piece + 1)->t0_s == from_s) ++piece;
    InSlice in;
    in.mover = index;
    in.piece = static_cast<std::uint32_t>(&*piece - motions_.pieces.data());
    if (piece->t0_s <= from_s && piece->t1_s >= to_s) {
      curves.push_back(safe_control_points(motions_, mover, *piece, from_s, to_s));
      const Curve<double>& curve = curves.back();
      in.curve = static_cast<std::int32_t>(curves.size()) - 1;
      in.from = point(curve, 0);
      in.to = point(curve, curve.degree);
      in.deviation_m =
          (curve.degree <= 1 ? 0 : deviation(curve, in.from, in.to, 0, 1)) + curve.error;
    } else {
      // Joints, or there for a part of the time: a ball about the middle of all control points.
      std::array<double, 3> low{kInfinity, kInfinity, kInfinity};
      std::array<double, 3> high{-kInfinity, -kInfinity, -kInfinity};
      double error = 0;
      for (; piece != pieces.end() && piece->t0_s <= to_s; ++piece) {
        const Curve<double> curve = safe_control_points(
            motions_, mover, *piece, std::max(from_s, piece->t0_s), std::min(to_s, piece->t1_s));
        error = std::max(error, curve.error);
        for (int k = 0; k <= curve.degree; ++k) {
          for (std::size_t d = 0; d < 3; ++d) {
            low[d] = std::min(low[d], curve.p[k][d]);
            high[d] = std::max(high[d], curve.p[k][d]);
          }
        }
      }
      double square = 0;
      for (std::size_t d = 0; d < 3; ++d) {
        in.from[d] = in.to[d] = 0.5 * (low[d] + high[d]);
        square += 0.25 * (high[d] - low[d]) * (high[d] - low[d]);
      }
      in.deviation_m = std::sqrt(square) + error;
    }
    flat = flat || !mover.body.is_disc();
    here.push_back(in);
  }
  for (std::uint32_t a = 0; a < rules_.classes() && !flat; ++a) {
    for (std::uint32_t b = a; b < rules_.classes(); ++b) {
      flat = flat || rules_.between(a, b).shape == Limit::Shape::cylinder;
    }
  }
  PairProof proof = pair_proof();
  const auto look = [&](const InSlice& x, const InSlice& y) {
    const InSlice& a = x.mover < y.mover ? x : y;
    const InSlice& b = x.mover < y.mover ? y : x;
    const Demand demand = demand_of(motions_, rules_, a.mover, b.mover);
    if (demand.shape == Limit::Shape::none) return;
    found.looked.push_back(std::uint64_t{a.mover} << 32U | b.mover);
    if (a.curve >= 0 && b.curve >= 0) {
      proof.look_at(a.mover, motions_.pieces[a.piece], curves[static_cast<std::size_t>(a.curve)],
                    b.mover, motions_.pieces[b.piece], curves[static_cast<std::size_t>(b.curve)],
                    from_s, to_s, demand);
    } else {
      proof.look(a.mover, b.mover, from_s, to_s);
    }
    proof.interest_m = std::min(proof.interest_m, proof.least.upper_m);
  };

  // The grid: cells as wide as two slow movers can be apart and still meet.
  const std::size_t count = here.size();
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  const double half = 0.5 * range_m(0);
  std::vector<double> reach(count);
  std::vector<double> width(count);
  std::array<double, 2> low{kInfinity, kInfinity};
  double extent = 0;
  std::vector<char> far(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const InSlice& in = here[i];
    reach[i] =
        (margin ? reach_m_[in.mover] + half : std::max(reach_m_[in.mover], half)) + in.deviation_m;
    width[i] = reach[i] + 0.5 * std::hypot(in.to[0] - in.from[0], in.to[1] - in.from[1],
                                           in.to[2] - in.from[2]);
    double size = width[i];
    for (std::size_t d = 0; d < 3; ++d)
      size = std::max({size, std::abs(in.from[d]), std::abs(in.to[d])});
    far[i] = size < kFar_m ? 0 : 1;
    if (far[i] != 0) continue;
    for (std::size_t d = 0; d < 2; ++d) low[d] = std::min(low[d], 0.5 * (in.from[d] + in.to[d]));
  }
  std::vector<double> widths;
  for (std::size_t i = 0; i < count; ++i) {
    if (far[i] == 0) widths.push_back(width[i]);
  }
  const std::size_t near_count = widths.size();
  if (near_count > 0) {
    const auto slow = widths.begin() + static_cast<std::ptrdiff_t>(near_count * 9 / 10);
    std::nth_element(widths.begin(), slow, widths.end());
    // The fastest tenth sets the cell unless it is far out of line.
    const double limit = std::min(*std::max_element(widths.begin(), widths.end()), 2 * *slow);
    const double cell = 2 * limit * (1 + 1e-6) + 1e-6;
    std::array<double, 2> high{-kInfinity, -kInfinity};
    for (std::size_t i = 0; i < count; ++i) {
      if (far[i] != 0) continue;
      for (std::size_t d = 0; d < 2; ++d) {
        high[d] = std::max(high[d], 0.5 * (here[i].from[d] + here[i].to[d]));
        extent = std::max(
            {extent, std::abs(here[i].from[d] - low[d]), std::abs(here[i].to[d] - low[d])});
      }
      extent = std::max({extent, std::abs(here[i].from[2]), std::abs(here[i].to[2]), width[i]});
    }
    const auto cells = [&](std::size_t d) {
      const double most = std::max(4.0, std::sqrt(4.0 * static_cast<double>(near_count)));
      return static_cast<std::uint32_t>(
          std::clamp(std::floor((high[d] - low[d]) / cell) + 2, 4.0, 4 * most));
    };
    arrays.columns = cells(0);
    arrays.rows = cells(1);
    const std::uint32_t total = arrays.columns * arrays.rows;
    // Counting sort: by cell, then the wide ones.
    std::vector<std::uint32_t> of_cell(count, UINT32_MAX);
    arrays.cell_start.assign(total + 2, 0);
    for (std::size_t i = 0; i < count; ++i) {
      if (far[i] != 0) continue;
      std::uint32_t key = total;
      if (width[i] <= limit) {
        const auto x =
            static_cast<std::uint64_t>((0.5 * (here[i].from[0] + here[i].to[0]) - low[0]) / cell);
        const auto y =
            static_cast<std::uint64_t>((0.5 * (here[i].from[1] + here[i].to[1]) - low[1]) / cell);
        key = static_cast<std::uint32_t>(y % arrays.rows) * arrays.columns +
              static_cast<std::uint32_t>(x % arrays.columns);
      }
      of_cell[i] = key;
      ++arrays.cell_start[key + 1];
    }
    for (std::size_t c = 1; c < arrays.cell_start.size(); ++c)
      arrays.cell_start[c] += arrays.cell_start[c - 1];
    std::vector<std::uint32_t> next(arrays.cell_start.begin(), arrays.cell_start.end() - 1);
    std::vector<std::uint32_t> sorted(near_count);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (far[i] == 0) sorted[next[of_cell[i]]++] = i;
    }
    arrays.wide_begin = arrays.cell_start[total];
    arrays.resize(near_count);
    // 32 units of a float of everything that is subtracted, multiplied or divided.
    const double guard = 16 * 0x1p-24 * 2 * (extent + 1) + 4e-6;
    for (std::size_t k = 0; k < near_count; ++k) {
      const InSlice& in = here[sorted[k]];
      arrays.cx[k] = static_cast<float>(0.5 * (in.from[0] + in.to[0]) - low[0]);
      arrays.cy[k] = static_cast<float>(0.5 * (in.from[1] + in.to[1]) - low[1]);
      arrays.cz[k] = flat ? 0 : static_cast<float>(0.5 * (in.from[2] + in.to[2]));
      arrays.hx[k] = static_cast<float>(0.5 * (in.to[0] - in.from[0]));
      arrays.hy[k] = static_cast<float>(0.5 * (in.to[1] - in.from[1]));
      arrays.hz[k] = flat ? 0 : static_cast<float>(0.5 * (in.to[2] - in.from[2]));
      arrays.reach[k] = static_cast<float>((reach[sorted[k]] + guard) * (1 + 1e-6));
    }
    pairs.clear();
    filter_pairs(arrays, pairs);
    for (const IndexPair& pair : pairs) look(here[sorted[pair.i]], here[sorted[pair.j]]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (far[i] == 0) continue;
    for (std::size_t j = 0; j < count; ++j) {
      if (j != i && (far[j] == 0 || j > i)) look(here[i], here[j]);
    }
  }
  keep(proof, found);
}

void Prover::look_at_slices() {
  if (singles_.size() < 2) return;
  const double begin = time_s_[0];
  const double length = std::max(time_s_[1] - begin, 0.0);
  const auto count = static_cast<std::size_t>(std::max(1.0, std::ceil(length / slice_length())));
  const auto at = [&](std::size_t k) {
    return k == count ? time_s_[1]
                      : begin + length * static_cast<double>(k) / static_cast<double>(count);
  };
  in_parallel(count, [&](std::size_t k, Found& found) { look_at_slice(at(k), at(k + 1), found); });
}

/// A first guess of the least value: who is nearest to whom at two instants, sorted along the
/// longer side.
void Prover::sample_singles() {
  if (singles_.size() < 2) return;
  const double cap = interest_m_;
  const bool margin = options_.measure == SeparationOptions::Measure::margin;
  struct Placed {
    std::array<double, 3> at;
    std::uint32_t mover;
  };
  for (const double share : {0.37, 0.71}) {
    const double t = time_s_[0] + share * (time_s_[1] - time_s_[0]);
    std::vector<Placed> placed;
    std::array<double, 3> low{kInfinity, kInfinity, 0};
    std::array<double, 3> high{-kInfinity, -kInfinity, 0};
    for (const std::uint32_t index : singles_) {
      Placed p{{}, index};
      if (!motions_.position(motions_.movers[index], t, p.at)) continue;
      for (std::size_t d = 0; d < 2; ++d) {
        low[d] = std::min(low[d], p.at[d]);
        high[d] = std::max(high[d], p.at[d]);
      }
      placed.push_back(p);
    }
    const std::size_t axis = high[0] - low[0] >= high[1] - low[1] ? 0 : 1;
    std::sort(placed.begin(), placed.end(), [axis](const Placed& a, const Placed& b) {
      return std::tie(a.at[axis], a.mover) < std::tie(b.at[axis], b.mover);
    });
    for (std::size_t i = 0; i < placed.size(); ++i) {
      std::size_t tried = 0;
      for (std::size_t j = i + 1; j < placed.size() && tried < 256; ++j, ++tried) {
        const double wanted = margin ? reach_m_[placed[i].mover] + reach_m_[placed[j].mover] : 0;
        if (placed[j].at[axis] - placed[i].at[axis] - (margin ? widest_m_ : 0) >= interest_m_)
          break;
        const auto& a = placed[i].at;
        const auto& b = placed[j].at;
        const double across = std::hypot(b[0] - a[0], b[1] - a[1]);
        if (across - wanted >= interest_m_) continue;
        const auto [first, second] = std::minmax(placed[i].mover, placed[j].mover);
        const Demand demand = demand_of(motions_, rules_, first, second);
        if (demand.shape == Limit::Shape::none) continue;
        const double rise = std::abs(b[2] - a[2]);
        if (demand.shape == Limit::Shape::cylinder && !(rise < demand.vertical_m - 1e-6)) continue;
        const double distance =
            demand.shape == Limit::Shape::sphere ? std::hypot(across, rise) : across;
        // A guess only has to be reached by somebody: rounding is nothing against the tolerance.
        interest_m_ = std::min(interest_m_, distance - (margin ? demand.distance_m : 0) + 1e-3);
      }
    }
  }
  interest_m_ = std::min(interest_m_, cap);
}

}  // namespace defilada::proof
