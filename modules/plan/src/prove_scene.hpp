// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "defilada/proof/separation.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// What the proof of a show is given (docs/proof.md, "Who keeps what from whom").
namespace defilada::plan {

/// Pairs that come too near again after a pause this long are another finding.
inline constexpr double kOneCause_s = 60;

/// Movers of one contingent and kind.
struct Class {
  std::uint32_t contingent;
  std::uint32_t kind;
};

/// What the proof is given, and whose classes and areas its movers are.
struct Scene {
  proof::Motions motions;
  std::vector<Class> classes;       ///< (class), those of movers
  std::uint32_t walls = 0;          ///< class of the edges of areas
  std::vector<std::uint32_t> area;  ///< (mover from plan.tracks.movers on)
  std::uint32_t performers = 0;     ///< movers before the walls
};

/// What the outline of a kind is.
[[nodiscard]] proof::Body body_of(const show::Kind& kind);

/// Adds the edges of stands and obstacles as movers that stand, bodies without width, of the class
/// that `class_of` gives for the use of an area; of each its area goes to `areas`.
void add_walls(const show::Show& show, const std::array<double, 2>& time_s,
               const std::function<std::uint32_t(show::AreaUse)>& class_of, proof::Motions& motions,
               std::vector<std::uint32_t>& areas);

/// "12 m from the salute line", or by the origin where no station is within 250 m.
[[nodiscard]] Phrase place_text(const show::Show& show, const std::array<double, 3>& place_m);

/// Somebody on the ground whose track begins within the outer edge of a stand or an obstacle.
struct Inside {
  std::uint32_t mover;
  std::uint32_t area;
  bool in_hole;  ///< which is free ground
};
/// By mover, then area. Who begins outside and touches no edge stays outside, which the proof of
/// outlines decides. Cost: movers * stands and obstacles.
[[nodiscard]] std::vector<Inside> begin_inside(const show::Show& show,
                                               const track::TrackSet& tracks);

/// Without `outlines`, movers are points and there are no walls.
[[nodiscard]] Scene make_scene(const show::Show& show, const track::TrackSet& tracks,
                               bool outlines);

/// What two classes owe each other, centre to centre: inside a contingent the larger of the two
/// kinds' separations, as its formation is held to; between contingents half of each.
[[nodiscard]] proof::Limit centre_limit(const show::Show& show, const Class& a, const Class& b);
[[nodiscard]] proof::Rules centre_rules(const show::Show& show, const Scene& scene);

/// Outlines do not touch where one of the two is a vehicle, a horse or a wall.
[[nodiscard]] proof::Rules outline_rules(const show::Show& show, const Scene& scene);

}  // namespace defilada::plan
