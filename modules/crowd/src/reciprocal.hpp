// SPDX-License-Identifier: MIT
#pragma once

#include <span>

/// The choice of a velocity by optimal reciprocal collision avoidance.
///
///      v_y ^      ///////      each neighbour forbids one side of a line in the plane of
///          |   ,-'//////       velocities; of what is left, within the circle of the most speed,
///          | ,'\  o wish       the velocity nearest to the wish: a linear programme of two
///          |'   x/             unknowns, solved a line after the other
///          +----------> v_x
///
/// Where nothing is left the velocity that breaks the lines least (three unknowns).
/// Source: J. van den Berg, S. Guy, M. Lin, D. Manocha, "Reciprocal n-body collision avoidance",
/// ISRR 2009, sections 4 and 5; the programme: M. de Berg and others, "Computational geometry",
/// chapter 4.
namespace defilada::crowd {

struct Velocity {
  double x = 0;
  double y = 0;
};

/// Allowed is what lies on the left of the line through `at` along the unit vector `along`.
struct HalfPlane {
  Velocity at;
  Velocity along;
};

/// What a walker owes a neighbour: half of the least change of the relative velocity that keeps
/// them `bodies_m` apart for `horizon_s`, or, where they overlap, parts them in `step_s`.
/// `offset`: from the walker to the neighbour; not zero. `relative`: own less other velocity.
[[nodiscard]] HalfPlane reciprocal_half_plane(Velocity offset, Velocity own, Velocity other,
                                              double bodies_m, double horizon_s, double step_s);

/// The velocity nearest to `wish` within all half planes and the circle of `most_mps`; where there
/// is none, that which breaks them least. Laws: within the circle; within every half plane if that
/// can be; then nobody allowed is nearer to the wish (tested against a fine raster). Cost: the
/// square of the half planes at worst.
[[nodiscard]] Velocity nearest_allowed(std::span<const HalfPlane> planes, Velocity wish,
                                       double most_mps);

}  // namespace defilada::crowd
