// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "defilada/plan/plan.hpp"
#include "defilada/playback/crowd.hpp"
#include "defilada/show/model.hpp"

namespace defilada::playback {

inline constexpr std::string_view kFormat = "defilada-playback/1";

/// What the player shows, as one block of bytes (docs/formats.md, "Playback"): a JSON head (names,
/// site, kinds, contingents, cues, findings) and the tracks as arrays.
///
///     "DFPB"  u32 length of the head   head, padded with spaces   arrays, each at a multiple of 8
///
/// Numbers are little-endian. Law: a mover evaluated from the arrays is where TrackSet::at has it
/// to kArrayError_m, since polynomials are kept in full and only a mover's place in its rank
/// (|left|, |offset| < 1 km) is rounded to 32 bits. Times of an infeasible plan are kept, it has no
/// movers. The crowd, where there is one, is kept as what changes from frame to frame.
/// Deterministic: the same plan gives the same bytes. Cost: linear.
[[nodiscard]] std::string encode(const show::Show& show, const plan::Plan& plan,
                                 std::string_view language, const Crowd* crowd = nullptr);

/// Bound of what the rounding to 32 bits moves a mover: half a unit in the last place below 1024 m,
/// once for `left` and once for each offset.
inline constexpr double kArrayError_m = 1.3e-4;

}  // namespace defilada::playback
