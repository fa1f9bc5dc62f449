// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "resolver.hpp"

/// How the contingents of a procession move, and whether their kinds can.
namespace defilada::show {

/// Why a kind cannot move at a gait: its speeds and its longest step; "" if it can.
[[nodiscard]] Phrase gait_fault(const Kind& kind, const Gait& gait);

/// `headway` or `gap` of a procession, a contingent or the defaults.
[[nodiscard]] std::optional<Spacing> read_spacing(Resolver& r, ProcessionId id, const View& holder);

/// `gait` of a procession, a contingent or the defaults; zones in order along the route.
[[nodiscard]] Gaits read_gaits(Resolver& r, ProcessionId id, const View& view);

/// `drill` of a procession, a contingent or the defaults; in order along the route.
[[nodiscard]] std::vector<Evolution> read_drill(Resolver& r, ProcessionId id, const View& view);

/// `stalled` of a contingent whose parts are resolved; nothing after a report.
[[nodiscard]] std::optional<Stalled> read_stalled(Resolver& r, const Contingent& contingent,
                                                  const Line& line);

/// The recovery vehicle of `stalled`, as the last part of its contingent. Called when the others
/// are resolved.
void add_recovery(Resolver& r, Line& line, std::vector<Part>& parts);

/// A hold at a station of `way`; nothing where there is none, or after a report.
[[nodiscard]] std::optional<Hold> read_hold(Resolver& r, const View& view, RouteId way);

/// How a flight of this procession comes into the stream.
[[nodiscard]] std::optional<Joins> read_joins(Resolver& r, const View& view, ProcessionId id);

/// Spacing, gaits, starts and heights of the contingents of a procession whose own are resolved.
void resolve_members(Resolver& r, ProcessionId id);

/// Where those stand who do not move.
void resolve_in_place(Resolver& r);

}  // namespace defilada::show
