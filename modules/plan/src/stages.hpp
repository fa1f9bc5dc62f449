// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "compile.hpp"
#include "defilada/movement/motion.hpp"
#include "defilada/plan/plan.hpp"
#include "defilada/programme/network.hpp"

/// The parts of make_plan, each filling in its share of the plan.
namespace defilada::plan {

/// People, vehicles and aircraft of the show, by role and category.
[[nodiscard]] Counts count(const show::Show& show, const movement::Motions& motions);

/// Planned time of every cue (cue 0 is midnight): the earliest that everything allows, with every
/// wish that still fits.
[[nodiscard]] std::vector<Time> planned_times(const Compiled& compiled,
                                              const programme::Windows& windows);

/// Cues, items, start, end, over and the critical chain.
void fill_programme(const show::Show& show, const Compiled& compiled,
                    const programme::Windows& windows, const std::vector<Time>& times, Plan& plan);

/// Cards and time-distance lines of all contingents.
void fill_contingents(const show::Show& show, const movement::Motions& motions,
                      const Compiled& compiled, const std::vector<Time>& times, Plan& plan);

/// Whom each review passes when.
void fill_reviews(const show::Show& show, const movement::Motions& motions,
                  const Compiled& compiled, const std::vector<Time>& times, Plan& plan);

/// The guests' day at the planned times, with findings and, if wanted, tracks. Needs the items.
void fill_guests(const show::Show& show, const guests::Day& day, bool tracks, Plan& plan);

/// An item of the show proper: of a part of the day in which something marches or flies; without
/// parts, any.
[[nodiscard]] bool performs(const show::Show& show, const show::Item& item);

/// Parts of the day. Needs the items.
void fill_parts(const show::Show& show, Plan& plan);

/// Cards of all flights; needs those of contingents.
void fill_flights(const show::Show& show, const movement::Motions& motions,
                  const Compiled& compiled, const std::vector<Time>& times,
                  const programme::Windows& windows, Plan& plan);

/// Emergency lanes in which a stand or an obstacle stands: an error for each pair. With tracks: a
/// warning for each march whose line-up, and each performer in place who, stands in one. Needs the
/// cards of contingents for the second. Distances are those of the lane's middle to the outline, or
/// to a body as a disc of half its length; what touches the lane's edge does not block it.
/// Cost: O(segments of lanes * (corners of outlines + movers on the ground)).
void find_blocked_lanes(const show::Show& show, Plan& plan);

/// Areas that hold fewer people than stand in them at once before they step off: an error each.
/// Whoever begins outside is not counted. Needs the tracks and the cards of contingents. Cost:
/// O(areas with a capacity * movers on the ground).
void find_full_areas(const show::Show& show, Plan& plan);

/// Stands, and areas with a capacity, that are said to hold more than 4.7 people per square metre
/// (the Green Guide's limit for standing): a warning each.
void find_crammed_areas(const show::Show& show, Plan& plan);

/// Aeroplanes below 500 ft and helicopters below 400 ft over a stand or a contingent, or 30 m
/// beside it, where neither their line nor their kind has a floor: a warning for each contingent.
/// Looks at the tracks twice a second. Needs the tracks. Cost: O(instants below that height *
/// contingents).
void find_low_flights(const show::Show& show, Plan& plan);

/// Published figures against the plan; a row that does not hold is also a finding.
void fill_published(const show::Show& show, const Compiled& compiled,
                    const std::vector<Time>& times, Plan& plan);

/// The proof of separation, with its findings. Needs the tracks. False: interrupted.
[[nodiscard]] bool prove(const show::Show& show, const Options& options, Plan& plan);

/// Whether a guest or a car of theirs touches somebody who performs on the ground, or a car an
/// obstacle, a stand or another car, at any instant: an error for each contingent or area, and
/// stretch of time. Needs the tracks, also of the guests. False: interrupted.
[[nodiscard]] bool prove_guests(const show::Show& show, const Options& options, Plan& plan);

/// Whether marches stay between the kerbs of their routes, at every instant, to a millimetre: an
/// error for each contingent and stretch of time. Those that begin beyond them, and those of whom
/// movement tells that they are too wide, are left out. Needs the tracks. Cost: O(elements of the
/// route * pieces of the outer files), more where they are near the edge.
void prove_kerbs(const show::Show& show, Plan& plan);

/// Whether anybody is asked for more than their kind can do, at any instant of the tracks; what
/// movement has told of a contingent is not told again. Needs the tracks. False: interrupted.
[[nodiscard]] bool prove_abilities(const show::Show& show, const Options& options, Plan& plan);

}  // namespace defilada::plan
