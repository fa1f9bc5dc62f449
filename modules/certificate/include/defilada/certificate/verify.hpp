// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "defilada/certificate/certificate.hpp"

namespace defilada::certificate {

/// What the steps of one question have shown.
struct Answer {
  std::uint64_t steps = 0;
  std::uint64_t planes = 0;  ///< of them, by a plane, above, below
  double least_bound_m = 0;  ///< the least bound of a step: no pair is nearer to its limit
};

struct Verdict {
  bool holds = false;
  Phrase reason;                ///< why not
  std::vector<Answer> answers;  ///< (question), of those that hold
};

/// Re-checks a certificate. `holds` means: for each question, every pair of movers and every
/// instant at which both are there, the distance that the question asks for is kept, to
/// kSameDistance_m, all movers stay within the bounds, and all
/// that are held to the kerbs of a road stay on it with the room stated, and nobody who must not
/// touch the edge of a ring is within it at the beginning of a piece of their track, but for those
/// named. Nothing in the certificate
/// is believed: its numbers are bounds to be checked, by interval arithmetic with outward rounding.
/// Shares no code with the proof. Cost: linear in the steps, times the pieces that a step's stretch
/// of time spans. `progress` now and then with the share done; false stops (holds: false).
[[nodiscard]] Verdict verify(const Certificate& certificate,
                             const std::function<bool(double share)>& progress = {});

}  // namespace defilada::certificate
