// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "defilada/certificate/statement.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// Who is held to the kerbs of which route, and where these are.
namespace defilada::plan {

/// The route whose kerbs a contingent keeps between; none: it goes by air, its route has no width,
/// or it forms up beyond the kerbs, beside the road.
[[nodiscard]] std::optional<show::RouteId> held_to_kerbs(const show::Show& show,
                                                         const track::TrackSet& tracks,
                                                         const track::Group& group);

/// The ground that is no farther than `half_m` from a route's axis, its first and last straights
/// without end, as cells whose union differs from it by less than a millimetre.
[[nodiscard]] std::vector<certificate::Cell> kerb_cells(const geo::Route& axis, double half_m);

}  // namespace defilada::plan
