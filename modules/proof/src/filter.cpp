// SPDX-License-Identifier: MIT
#include "filter.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "filter.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "filter_walk.hpp"

HWY_BEFORE_NAMESPACE();
namespace defilada::proof::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// No fused operations: the same bits on all targets.
void test_range(const SliceArrays& s, std::uint32_t i, std::uint32_t begin, std::uint32_t end,
                std::vector<IndexPair>& out) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const std::size_t lanes = hn::Lanes(d);
  HWY_ALIGN std::uint32_t kept[HWY_MAX_BYTES / sizeof(std::uint32_t)];
  const auto cx = hn::Set(d, s.cx[i]);
  const auto cy = hn::Set(d, s.cy[i]);
  const auto cz = hn::Set(d, s.cz[i]);
  const auto hx = hn::Set(d, s.hx[i]);
  const auto hy = hn::Set(d, s.hy[i]);
  const auto hz = hn::Set(d, s.hz[i]);
  const auto reach = hn::Set(d, s.reach[i]);
  const auto tiny = hn::Set(d, 1e-12f);
  const auto one = hn::Set(d, 1.0f);
  const auto minus_one = hn::Set(d, -1.0f);
  for (std::uint32_t j = begin; j < end; j += static_cast<std::uint32_t>(lanes)) {
    const auto rx = hn::Sub(hn::LoadU(d, &s.cx[j]), cx);
    const auto ry = hn::Sub(hn::LoadU(d, &s.cy[j]), cy);
    const auto rz = hn::Sub(hn::LoadU(d, &s.cz[j]), cz);
    const auto vx = hn::Sub(hn::LoadU(d, &s.hx[j]), hx);
    const auto vy = hn::Sub(hn::LoadU(d, &s.hy[j]), hy);
    const auto vz = hn::Sub(hn::LoadU(d, &s.hz[j]), hz);
    const auto b = hn::Add(hn::Add(hn::Mul(rx, vx), hn::Mul(ry, vy)), hn::Mul(rz, vz));
    const auto a =
        hn::Add(hn::Add(hn::Add(hn::Mul(vx, vx), hn::Mul(vy, vy)), hn::Mul(vz, vz)), tiny);
    const auto at = hn::Max(minus_one, hn::Min(one, hn::Neg(hn::Div(b, a))));
    const auto x = hn::Add(rx, hn::Mul(at, vx));
    const auto y = hn::Add(ry, hn::Mul(at, vy));
    const auto z = hn::Add(rz, hn::Mul(at, vz));
    const auto square = hn::Add(hn::Add(hn::Mul(x, x), hn::Mul(y, y)), hn::Mul(z, z));
    const auto sum = hn::Add(reach, hn::LoadU(d, &s.reach[j]));
    auto near = hn::Lt(square, hn::Mul(sum, sum));
    near = hn::And(near, hn::FirstN(d, end - j));
    if (hn::AllFalse(d, near)) continue;
    const auto index = hn::Iota(du, j);
    const std::size_t count = hn::CompressStore(index, hn::RebindMask(du, near), du, kept);
    for (std::size_t k = 0; k < count; ++k) out.push_back({i, kept[k]});
  }
}

void filter(const SliceArrays& slice, std::uint32_t first_row, std::uint32_t last_row,
            std::vector<IndexPair>& out) {
  walk_neighbours(slice, first_row, last_row,
                  [&](std::uint32_t i, std::uint32_t begin, std::uint32_t end) {
                    test_range(slice, i, begin, end, out);
                  });
}

}  // namespace
}  // namespace defilada::proof::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace defilada::proof {

HWY_EXPORT(filter);

void filter_rows(const SliceArrays& slice, std::uint32_t first_row, std::uint32_t last_row,
                 std::vector<IndexPair>& out) {
  HWY_DYNAMIC_DISPATCH(filter)(slice, first_row, last_row, out);
}

void filter_pairs(const SliceArrays& slice, std::vector<IndexPair>& out) {
  filter_rows(slice, 0, slice.rows + 1, out);
}

void filter_pairs_scalar(const SliceArrays& s, std::vector<IndexPair>& out) {
  walk_neighbours(s, 0, s.rows + 1, [&](std::uint32_t i, std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t j = begin; j < end; ++j) {
      const float rx = s.cx[j] - s.cx[i];
      const float ry = s.cy[j] - s.cy[i];
      const float rz = s.cz[j] - s.cz[i];
      const float vx = s.hx[j] - s.hx[i];
      const float vy = s.hy[j] - s.hy[i];
      const float vz = s.hz[j] - s.hz[i];
      const float b = rx * vx + ry * vy + rz * vz;
      const float a = vx * vx + vy * vy + vz * vz + 1e-12f;
      const float at = std::max(-1.0f, std::min(1.0f, -(b / a)));
      const float x = rx + at * vx;
      const float y = ry + at * vy;
      const float z = rz + at * vz;
      const float sum = s.reach[i] + s.reach[j];
      if (x * x + y * y + z * z < sum * sum) out.push_back({i, j});
    }
  });
}

void SliceArrays::resize(std::size_t count) {
  constexpr std::size_t kRoom = 64;
  for (std::vector<float>* array : {&cx, &cy, &cz, &hx, &hy, &hz, &reach})
    array->resize(count + kRoom);
}

}  // namespace defilada::proof
#endif
