// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "defilada/core/diagnostics.hpp"
#include "defilada/crowd/field_grid.hpp"
#include "defilada/crowd/ground.hpp"

namespace defilada::crowd {

/// Something about a ground on which people could not be simulated, or not as it was meant.
struct Fault {
  Diagnostic diagnostic;  ///< with the feature's span
  LevelId level = 0;
  Vec2 place;                  ///< where the drawing has its mark
  std::vector<Segment> shown;  ///< what is drawn in the colour of faults
};

/// People per square metre that cannot be placed apart from each other (bodies of 0.2 m radius
/// packed as tight as they go: 7.2).
inline constexpr double kMostDense = 6;

/// Every fault at once, in the order of the ground's members; errors are
///   crowd.too-far            something beyond kFarthest_m of [0, 0]; then nothing else is told
///   crowd.polygon            an outline that crosses itself, has a spike or no area
///   crowd.no-ground          nothing to walk on
///   crowd.no-exit            no exit to leave by
///   crowd.overlapping-walls  obstacles that overlap, barriers that lie on each other
///   crowd.gate-too-wide      a gate that reaches past the wall it opens, or off the ground
///   crowd.queue-gate         a drawn queue that does not begin at its gate, or has no lane
///   crowd.queue-wall         one that crosses a wall or leaves the ground
///   crowd.queue-overlap      one that overlaps another, or itself
///   crowd.exit-unreachable   an exit that is off the ground, or to which no start leads
///   crowd.start-outside      people placed off the ground; crowd.wait-outside the same
///   crowd.start-too-full     more people than fit
///   crowd.start-enclosed     a start from which a part of the people reaches no exit
/// and warnings
///   crowd.gate-loose         a gate that people can walk round
///   crowd.coarse-grid        a site so large that passages below a metre may be lost
/// Ways are those when all that opens at some time is open. Requires levels of all members within
/// range. Cost: a FieldGrid, and a field for each exit and for all of them.
[[nodiscard]] std::vector<Fault> check_ground(const Ground& ground,
                                              const GridOptions& options = {});

/// The same where the bodies are not to be checked: false if any is an error.
[[nodiscard]] bool has_errors(const std::vector<Fault>& faults) noexcept;

/// A drawing of the ground as SVG, a level below the other, with its faults as numbered marks and
/// their messages under it. `say` chooses the language.
[[nodiscard]] std::string draw_ground(const Ground& ground, const std::vector<Fault>& faults,
                                      const Speaker& say = say_in_english);

}  // namespace defilada::crowd
