// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "defilada/proof/separation.hpp"
#include "defilada/show/model.hpp"
#include "defilada/track/tracks.hpp"

/// What the proof of a show is given (docs/proof.md, "Who keeps what from whom").
namespace defilada::plan {

/// Movers of one contingent and kind.
struct Class {
  std::uint32_t contingent;
  std::uint32_t kind;
};

/// What the proof is given, and whose classes and areas its movers are.
struct Scene {
  /// Of which area or route a wall is an edge.
  struct Wall {
    bool kerb = false;
    std::uint32_t index = 0;
  };
  proof::Motions motions;
  std::vector<Class> classes;    ///< (class), those of movers
  std::uint32_t walls = 0;       ///< class of the edges of areas; behind it one for each route
  std::vector<Wall> wall;        ///< (mover from `performers` on)
  std::uint32_t performers = 0;  ///< movers before the walls
  /// (class of a mover) the route between whose kerbs it stays; kNoRoute: none.
  std::vector<std::uint32_t> kerbs;
  static constexpr std::uint32_t kNoRoute = 0xffffffff;
  [[nodiscard]] std::uint32_t all_classes() const;
};

/// Edges of the routes, as bodies without width, a centimetre outside of the kerb at most:
///   ____________________      straights in stretches, so that boxes about them stay small; arcs as
///   ------- axis -------)     chords; the inner kerb of a corner that is tighter than half the
///   ______________      |     route is the corner of its two straights
/// Only routes with a width.
void add_kerbs(const show::Show& show, double begin_s, double end_s, Scene& scene);

/// What the outline of a kind is.
[[nodiscard]] proof::Body body_of(const show::Kind& kind);

/// Without `outlines`, movers are points and there are no walls.
[[nodiscard]] Scene make_scene(const show::Show& show, const track::TrackSet& tracks,
                               bool outlines);

/// What two classes owe each other, centre to centre: inside a contingent the larger of the two
/// kinds' separations, as its formation is held to; between contingents half of each.
[[nodiscard]] proof::Limit centre_limit(const show::Show& show, const Class& a, const Class& b);
[[nodiscard]] proof::Rules centre_rules(const show::Show& show, const Scene& scene);

/// Outlines do not touch where one of the two is a vehicle, a horse or a wall; those of a march do
/// not touch the kerbs of their route.
[[nodiscard]] proof::Rules outline_rules(const show::Show& show, const Scene& scene);

}  // namespace defilada::plan
