// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include "samplers.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "frames.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace defilada::proof::bench::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// One coordinate of one piece at `count` times u, a multiple of the vector's length, by Horner.
void horner(const double* c, std::size_t stride, int degree, const double* u, std::size_t count,
            double* out) {
  const hn::CappedTag<double, Frames::kBlock> d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto t = hn::Load(d, u + i);
    auto sum = hn::Set(d, c[static_cast<std::size_t>(degree) * stride]);
    for (int k = degree - 1; k >= 0; --k)
      sum = hn::MulAdd(sum, t, hn::Set(d, c[static_cast<std::size_t>(k) * stride]));
    hn::Store(sum, d, out + i);
  }
}

}  // namespace
}  // namespace defilada::proof::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace defilada::proof::bench {

HWY_EXPORT(horner);

Frames::Frames(const Motions& motions, double rate_hz) : motions_(motions), step_s_(1 / rate_hz) {
  double begin = std::numeric_limits<double>::infinity();
  double end = -begin;
  double sum_x = 0;
  double sum_y = 0;
  for (const MotionMover& mover : motions.movers) {
    const auto [from, to] = motions.interval(motions.paths[mover.path]);
    begin = std::min(begin, from);
    end = std::max(end, to);
    std::array<double, 3> at{};
    motions.position(mover, from, at);
    sum_x += at[0];
    sum_y += at[1];
    flat_ = flat_ && mover.offset_m[2] == 0;
  }
  for (const Coefficient& c : motions.coefficients) flat_ = flat_ && c[2] == 0;
  if (motions.movers.empty()) return;
  begin_s_ = begin;
  count_ = static_cast<std::size_t>(std::floor((end - begin) * rate_hz + 1e-9)) + 1;
  origin_x_m_ = sum_x / static_cast<double>(motions.movers.size());
  origin_y_m_ = sum_y / static_cast<double>(motions.movers.size());
}

void Frames::evaluate(std::size_t first, std::vector<Frame>& out) const {
  const std::size_t frames = std::min(kBlock, count_ - first);
  const std::size_t movers = motions_.movers.size();
  out.resize(frames);
  for (Frame& frame : out) {
    frame.x.resize(movers);
    frame.y.resize(movers);
    frame.z.resize(movers);
  }
  const auto time_of = [&](std::size_t f) {
    return begin_s_ + step_s_ * static_cast<double>(first + f);
  };
  constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();
  // HWY_ALIGN here would be that of the least instruction set.
  alignas(64) double u[kBlock] = {};
  alignas(64) double values[5][kBlock];
  for (std::size_t m = 0; m < movers; ++m) {
    const MotionMover& mover = motions_.movers[m];
    const auto pieces = motions_.pieces_of(motions_.paths[mover.path]);
    auto piece = std::lower_bound(pieces.begin(), pieces.end(), time_of(0),
                                  [](const MotionPiece& p, double t) { return p.t1_s < t; });
    std::size_t f = 0;
    while (f < frames) {
      while (piece != pieces.end() && piece->t1_s < time_of(f)) ++piece;
      if (piece == pieces.end() || piece->t0_s > time_of(f)) {
        out[f].x[m] = out[f].y[m] = out[f].z[m] = kNowhere;
        ++f;
        continue;
      }
      // As many frames as the piece holds.
      std::size_t end = f;
      for (; end < frames && time_of(end) <= piece->t1_s; ++end)
        u[end - f] = time_of(end) - piece->t0_s;
      const double* c = motions_.coefficients[piece->first_coefficient].data();
      const bool beside = mover.left_m != 0;
      for (std::size_t d = 0; d < 5; ++d) {
        if ((d == 2 && flat_) || (d > 2 && !beside)) continue;
        HWY_DYNAMIC_DISPATCH(horner)(c + d, 5, piece->degree, u, kBlock, values[d]);
      }
      const double x = mover.offset_m[0] - origin_x_m_;
      const double y = mover.offset_m[1] - origin_y_m_;
      for (std::size_t i = 0; f < end; ++f, ++i) {
        const double left_x = beside ? mover.left_m * values[3][i] : 0;
        const double left_y = beside ? mover.left_m * values[4][i] : 0;
        out[f].x[m] = static_cast<float>(values[0][i] + left_x + x);
        out[f].y[m] = static_cast<float>(values[1][i] + left_y + y);
        out[f].z[m] = flat_ ? 0 : static_cast<float>(values[2][i] + mover.offset_m[2]);
      }
    }
  }
}

}  // namespace defilada::proof::bench
#endif
