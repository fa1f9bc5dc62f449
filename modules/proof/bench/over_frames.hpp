// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <thread>

#include "samplers.hpp"

namespace defilada::proof::bench {

/// near(frame, flat, pairs) of all frames, blocks of them by turns on `threads` threads. Movers
/// stay near for many frames: a list is made unique when it has doubled.
template <class Near>
Pairs over_frames(const Motions& motions, double rate_hz, unsigned threads, const Near& near) {
  const Frames frames(motions, rate_hz);
  std::vector<Pairs> found(threads);
  const auto work = [&](unsigned own) {
    Near mine = near;
    Pairs& pairs = found[own];
    std::vector<Frame> block;
    std::size_t tidy = 1U << 16U;
    for (std::size_t first = own * Frames::kBlock; first < frames.count();
         first += threads * Frames::kBlock) {
      frames.evaluate(first, block);
      for (const Frame& frame : block) mine(frame, frames.flat(), pairs);
      if (pairs.size() < tidy) continue;
      std::sort(pairs.begin(), pairs.end());
      pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
      tidy = std::max(tidy, 2 * pairs.size());
    }
  };
  std::vector<std::thread> others;
  for (unsigned t = 1; t < threads; ++t) others.emplace_back(work, t);
  work(0);
  for (std::thread& each : others) each.join();
  for (unsigned t = 1; t < threads; ++t)
    found[0].insert(found[0].end(), found[t].begin(), found[t].end());
  std::sort(found[0].begin(), found[0].end());
  found[0].erase(std::unique(found[0].begin(), found[0].end()), found[0].end());
  return found[0];
}

}  // namespace defilada::proof::bench
