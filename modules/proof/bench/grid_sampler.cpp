// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "over_frames.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "grid_sampler.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

namespace defilada::proof::bench {
#ifndef DEFILADA_PROOF_BENCH_GRID
#define DEFILADA_PROOF_BENCH_GRID
constexpr std::size_t kRoom = 64;  ///< behind the arrays, for whole vectors
/// Side of a cell in mean spacings, if the limit is not wider: of 0.4, 0.7, 1 and 1.5 the best.
constexpr float kCell = 1.0F;

/// Cells in rows with an empty column at either end and an empty row below, so that a mover's
/// neighbours are two runs of the sorted arrays, without a question at the edges:
///        [i] [>]      the rest of its own cell and the next,
///    [v] [v] [v]      and three of the row below
struct Grid {
  float limit_m = 0;
  std::vector<std::uint32_t> key;         ///< (mover) its cell; UINT32_MAX: not there
  std::vector<std::uint32_t> start;       ///< (cell; one more) first place in the sorted arrays
  std::vector<float> x, y, z;             ///< (place)
  std::vector<std::uint32_t> mover;       ///< (place)
  std::vector<std::uint32_t> sorted_key;  ///< (place)
  std::uint32_t columns = 0;
};
#endif
}  // namespace defilada::proof::bench

HWY_BEFORE_NAMESPACE();
namespace defilada::proof::bench::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// Cells of all movers: (x - low) / cell, NaN to no cell.
void find_keys(const Frame& frame, const std::array<float, 2>& low, float per_m, Grid& grid) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const std::size_t count = frame.x.size();
  const auto find = [&](std::size_t i, auto load) {
    const auto x = load(frame.x, i);
    const auto y = load(frame.y, i);
    const auto column =
        hn::ConvertTo(di, hn::Mul(hn::Sub(x, hn::Set(d, low[0])), hn::Set(d, per_m)));
    const auto row = hn::ConvertTo(di, hn::Mul(hn::Sub(y, hn::Set(d, low[1])), hn::Set(d, per_m)));
    const auto key = hn::Add(hn::Mul(row, hn::Set(di, static_cast<std::int32_t>(grid.columns))),
                             hn::Add(column, hn::Set(di, 1)));
    return hn::IfThenElse(hn::RebindMask(di, hn::Eq(x, x)), key, hn::Set(di, -1));
  };
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    const auto keys =
        find(i, [&](const std::vector<float>& v, std::size_t k) { return hn::LoadU(d, &v[k]); });
    hn::StoreU(keys, di, reinterpret_cast<std::int32_t*>(&grid.key[i]));
  }
  for (; i < count; ++i) {
    const auto keys =
        find(i, [&](const std::vector<float>& v, std::size_t k) { return hn::Set(d, v[k]); });
    grid.key[i] = static_cast<std::uint32_t>(hn::GetLane(keys));
  }
}

/// Least and largest of a coordinate, NaN left out.
std::array<float, 2> bounds(const std::vector<float>& v) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  constexpr float kFar = std::numeric_limits<float>::max();
  auto low = hn::Set(d, kFar);
  auto high = hn::Set(d, -kFar);
  const auto take = [&](auto x) {
    const auto there = hn::Eq(x, x);
    low = hn::Min(low, hn::IfThenElse(there, x, low));
    high = hn::Max(high, hn::IfThenElse(there, x, high));
  };
  std::size_t i = 0;
  for (; i + lanes <= v.size(); i += lanes) take(hn::LoadU(d, &v[i]));
  for (; i < v.size(); ++i) take(hn::Set(d, v[i]));
  return {hn::GetLane(hn::MinOfLanes(d, low)), hn::GetLane(hn::MaxOfLanes(d, high))};
}

template <bool Flat>
void test_run(const Grid& grid, std::uint32_t i, std::uint32_t begin, std::uint32_t end,
              Pairs& pairs) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto square = hn::Set(d, grid.limit_m * grid.limit_m);
  const auto x = hn::Set(d, grid.x[i]);
  const auto y = hn::Set(d, grid.y[i]);
  const auto z = hn::Set(d, Flat ? 0 : grid.z[i]);
  for (std::uint32_t j = begin; j < end; j += static_cast<std::uint32_t>(lanes)) {
    const auto dx = hn::Sub(hn::LoadU(d, &grid.x[j]), x);
    const auto dy = hn::Sub(hn::LoadU(d, &grid.y[j]), y);
    auto sum = hn::MulAdd(dx, dx, hn::Mul(dy, dy));
    if constexpr (!Flat) {
      const auto dz = hn::Sub(hn::LoadU(d, &grid.z[j]), z);
      sum = hn::MulAdd(dz, dz, sum);
    }
    const auto near = hn::And(hn::Lt(sum, square), hn::FirstN(d, end - j));
    if (hn::AllFalse(d, near)) continue;
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(d, near, bits);
    std::uint64_t mask = 0;
    std::memcpy(&mask, bits, sizeof mask);
    for (; mask != 0; mask &= mask - 1) {
      const std::uint32_t other =
          grid.mover[j + static_cast<std::uint32_t>(std::countr_zero(mask))];
      const std::uint32_t own = grid.mover[i];
      pairs.push_back(own < other ? std::uint64_t{own} << 32U | other
                                  : std::uint64_t{other} << 32U | own);
    }
  }
}

template <bool Flat>
void search(const Frame& frame, Grid& grid, Pairs& pairs) {
  const auto x = bounds(frame.x);
  const auto y = bounds(frame.y);
  if (x[0] > x[1]) return;
  const auto count = static_cast<std::uint32_t>(frame.x.size());
  const float spacing = std::sqrt((x[1] - x[0] + grid.limit_m) * (y[1] - y[0] + grid.limit_m) /
                                  static_cast<float>(count));
  const float cell = std::max(grid.limit_m, kCell * spacing) * 1.0001F;
  const auto cells = [cell](const std::array<float, 2>& side) {
    return static_cast<std::uint32_t>((side[1] - side[0]) / cell) + 1;
  };
  grid.columns = cells(x) + 2;
  const std::uint32_t total = grid.columns * (cells(y) + 2);
  grid.key.resize(count);
  find_keys(frame, {x[0], y[0]}, 1 / cell, grid);
  // Counting sort.
  grid.start.assign(total + 1, 0);
  for (const std::uint32_t key : grid.key) {
    if (key != UINT32_MAX) ++grid.start[key];
  }
  std::uint32_t sum = 0;
  for (std::uint32_t& start : grid.start) sum += start, start = sum;
  for (auto* array : {&grid.x, &grid.y, &grid.z}) array->resize(count + kRoom);
  grid.mover.resize(count + kRoom);
  grid.sorted_key.resize(count);
  for (std::uint32_t m = count; m-- > 0;) {
    if (grid.key[m] == UINT32_MAX) continue;
    const std::uint32_t place = --grid.start[grid.key[m]];
    grid.x[place] = frame.x[m];
    grid.y[place] = frame.y[m];
    if (!Flat) grid.z[place] = frame.z[m];
    grid.mover[place] = m;
    grid.sorted_key[place] = grid.key[m];
  }
  for (std::uint32_t i = 0; i < sum; ++i) {
    const std::uint32_t key = grid.sorted_key[i];
    const std::uint32_t below = key + grid.columns;
    test_run<Flat>(grid, i, i + 1, grid.start[key + 2], pairs);
    test_run<Flat>(grid, i, grid.start[below - 1], grid.start[below + 2], pairs);
  }
}

void search_any(const Frame& frame, bool flat, Grid& grid, Pairs& pairs) {
  flat ? search<true>(frame, grid, pairs) : search<false>(frame, grid, pairs);
}

}  // namespace
}  // namespace defilada::proof::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace defilada::proof::bench {

HWY_EXPORT(search_any);

Pairs sample_by_grid(const Motions& motions, double limit_m, double rate_hz, unsigned threads) {
  Grid grid;
  grid.limit_m = static_cast<float>(limit_m);
  const auto near = [grid](const Frame& frame, bool flat, Pairs& pairs) mutable {
    HWY_DYNAMIC_DISPATCH(search_any)(frame, flat, grid, pairs);
  };
  return over_frames(motions, rate_hz, threads, near);
}

}  // namespace defilada::proof::bench
#endif
