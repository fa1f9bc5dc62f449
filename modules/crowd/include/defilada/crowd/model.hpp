// SPDX-License-Identifier: MIT
#pragma once

#include <variant>

/// How a person chooses direction and speed among others. Three models behind one name; the README
/// says how the first became the default. What holds for all of them, whatever their constants, is
/// the kernel's: nobody is faster than wished, nobody's body enters another's or a wall.
namespace defilada::crowd {

/// Anticipation velocity: turn aside from where the others will be, the more the more they come
/// head on; walk as fast as the free way ahead allows. Source: Q. Xu, M. Chraibi, A. Seyfried,
/// "Anticipation in a velocity-based model for pedestrian dynamics", Transportation Research C 133
/// (2021) 103464, equations 2 to 10, with the departures that the README lists.
struct AnticipationVelocity {
  float strength = 8;        ///< of the turning aside, without unit
  float range_m = 0.15F;     ///< in which it falls to 1/e; half of it for who is strained
  float time_gap_s = 0.57F;  ///< speed = free way ahead / this
  float anticipation_s = 1;  ///< how far ahead the others are seen
  float reaction_s = 0.2F;   ///< in which the facing follows
  /// Half width of the way ahead, in sums of the two radii; below 1 people brush past each other,
  /// as those do who turn their shoulders. The bodies stay apart all the same.
  float band = 0.78F;
  float keep_right_m = 0.3F;  ///< who comes head on is seen this much to the left; < 0: pass left
  float space_m = 0.02F;      ///< kept free ahead even in a jam
  /// Who is strained (Columns::strain) beyond this gives way; from half of it to who comes head on.
  float patience = 0.15F;
  float give_way_m = 0.1F;    ///< to who is further on the same way and this near
  float step_aside_m = 0.2F;  ///< from who comes head on and is this near
  /// Whose stream keeps to its right does not step aside: by so much more of those who come head on
  /// are on their left than on their right, as a share of them.
  float side = 0.2F;
  float contact_m = 0.1F;  ///< between bodies: nearer, the step turns along the other's body
  float reach_m = 2.5F;    ///< others further away are not seen
};

/// Collision-free speed: turn away from who is near, walk as fast as the free way ahead allows.
/// Source: A. Tordeux, M. Chraibi, A. Seyfried, "Collision-free speed model for pedestrian
/// dynamics", Traffic and Granular Flow '15 (2016), arXiv 1512.05597, equations 1 to 4.
struct CollisionFreeSpeed {
  float strength = 8;
  float range_m = 0.1F;
  float time_gap_s = 1;
  float band = 1;
  float contact_m = 0.1F;
  float reach_m = 2;
};

/// Optimal reciprocal collision avoidance: the velocity nearest to the wished one among those that
/// keep from all others for `horizon_s` when each does its half. Source: J. van den Berg, S. Guy,
/// M. Lin, D. Manocha, "Reciprocal n-body collision avoidance", ISRR 2009, sections 4 and 5.
struct ReciprocalAvoidance {
  float horizon_s = 2;
  int most_neighbours = 10;  ///< at most 32
  float contact_m = 0.1F;
  float reach_m = 5;
};

using Model = std::variant<AnticipationVelocity, CollisionFreeSpeed, ReciprocalAvoidance>;

}  // namespace defilada::crowd
