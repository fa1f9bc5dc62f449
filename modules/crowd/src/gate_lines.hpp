// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <vector>

#include "defilada/crowd/field.hpp"
#include "defilada/crowd/ground.hpp"

/// Lines about gates: where people of a queue stand, and what is before and behind.
namespace defilada::crowd {

/// From one place of a queue to the next: people at ease keep two or three to the square metre.
inline constexpr double kPitch_m = 0.6;
/// From the line to the first place: he stands at the line as soon as he has it.
inline constexpr double kFirst_m = 0.3;

[[nodiscard]] inline double square(Vec2 a) {
  return dot(a, a);
}
[[nodiscard]] Vec2 nearest(const Line& line, Vec2 p);
/// To the left of the part of the line that is nearest.
[[nodiscard]] Vec2 unit_left(const Line& line, Vec2 at);
/// Whether a barrier runs between the two.
[[nodiscard]] bool parted(const Ground& ground, LevelId level, Vec2 from, Vec2 to);
/// The places of a drawn queue, as far as somebody may stand there; one at least. Law: from one to
/// the next it is kPitch_m as the crow flies, round corners too.
[[nodiscard]] std::vector<Vec2> places_along(const Ground& ground, LevelId level, const Line& line,
                                             double first_m);
/// Whether the way goes on beyond the line, for who is at `q` on it and comes from `at`: those who
/// walk along a fence do not stop at the gates in it.
[[nodiscard]] bool leads_through(const Field& way, const Gate& gate, Vec2 at, Vec2 q);

}  // namespace defilada::crowd
