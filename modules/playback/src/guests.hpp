// SPDX-License-Identifier: MIT
#pragma once

#include "parts.hpp"

/// Guests in the playback: each delegation is a contingent that does not perform, behind those that
/// do, with its guests and its cars as movers.
namespace defilada::playback {

/// The tracks of the performers, then those of guests and cars. Who rides, or waits in a car, has
/// no body of their own: the car's is drawn. A guest who rides in between is several movers of one
/// slot, one for each stretch on foot.
[[nodiscard]] track::TrackSet tracks_of_all(const show::Show& show, const plan::Plan& plan);

/// Appends the delegations; `groups` are those of tracks_of_all().
void add_delegations(const show::Show& show, const std::vector<track::Group>& groups, Json& list);

/// Appends arrivals, greetings and departures of delegations, and sorts the list by time.
void add_guest_cues(const show::Show& show, const plan::Plan& plan, Json& list);

}  // namespace defilada::playback
