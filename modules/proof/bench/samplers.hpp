// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "defilada/proof/motions.hpp"

/// What others do, at its best: everybody's place at sample times, and who is near whom then. Only
/// which pairs are ever too near is told; neither when nor how near they come.
///
///   Motions --frames.cpp--> places of 16 frames at once --+-- k-d tree, built anew for each frame
///                           by vectors                    '-- uniform grid, by vectors
namespace defilada::proof::bench {

/// All movers in one frame, sorted as the movers are. Somebody who is not there is at NaN.
struct Frame {
  std::vector<float> x, y, z;  ///< (mover) [m] from the origin of the frames
};

/// Places at t = begin, begin + 1 / rate, ... of all movers, kBlock frames at once.
class Frames {
 public:
  static constexpr std::size_t kBlock = 16;
  Frames(const Motions& motions, double rate_hz);
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool flat() const { return flat_; }  ///< everybody at height 0: two dimensions do
  /// Frames [first, first + kBlock), as many as there are. `first` is a multiple of kBlock.
  void evaluate(std::size_t first, std::vector<Frame>& out) const;

 private:
  const Motions& motions_;
  double begin_s_ = 0;
  double step_s_ = 0;
  std::size_t count_ = 0;
  double origin_x_m_ = 0;
  double origin_y_m_ = 0;
  bool flat_ = true;
};

/// Pairs a << 32 | b, a < b, sorted, that are nearer than `limit_m` in any frame.
using Pairs = std::vector<std::uint64_t>;

/// Radius search in a k-d tree (nanoflann) for each mover in each frame.
[[nodiscard]] Pairs sample_by_tree(const Motions& motions, double limit_m, double rate_hz,
                                   unsigned threads);

/// A grid sorted by counting, runs of neighbouring cells tested by vectors: our own best.
[[nodiscard]] Pairs sample_by_grid(const Motions& motions, double limit_m, double rate_hz,
                                   unsigned threads);

}  // namespace defilada::proof::bench
