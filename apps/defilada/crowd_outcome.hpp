// SPDX-License-Identifier: MIT
#pragma once

#include "defilada/spectators/day.hpp"
#include "json_parts.hpp"

/// What came of a phase of the spectators' day, as JSON: for the command and for the studio.
namespace defilada::app {

/// To a millisecond.
[[nodiscard]] double to_the_millisecond(double seconds);

/// From "begin_s" to "max_density_place": times, people, the densest place.
[[nodiscard]] Json outcome_json(const spectators::Phase& phase);

/// An object a gate: its name, who passed, waits and queue. In the order of `said.gates`.
[[nodiscard]] Json gates_json(const spectators::Phase& phase, const show::Spectators& said);

/// An object an exit: its name, who left by it and when. In the order of `said.exits`.
[[nodiscard]] Json exits_json(const spectators::Phase& phase, const show::Spectators& said);

}  // namespace defilada::app
