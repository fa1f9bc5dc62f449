// SPDX-License-Identifier: MIT
#pragma once

#include "page.hpp"

/// The cases, in the files that are named after what they are about.
namespace defilada::crowd::validation {

// single.cpp: people who meet nobody
Section corridor();
Section stair_alone();
Section premovement();
// people.cpp
Section demographics();
// rooms.cpp
Section counterflow();
Section four_doors_of_a_square();
Section four_doors_of_a_hall();
Section room_with_one_door();
Section rooms_along_a_corridor();
Section two_doors_on_one_wall();
// behaviour.cpp
Section exit_that_shuts();
Section overtaking();
Section groups();
Section familiar_exit();
// bottlenecks.cpp
Section goal_behind_a_bottleneck();
Section length_of_a_bottleneck();
Section two_bottlenecks();
Section width_of_a_bottleneck();
Section wide_bottlenecks();
Section narrow_doors();
// corners.cpp
Section corner();
Section large_crowd_round_a_corner();
// diagrams.cpp: speed against density
Section fundamental_diagram();
Section bidirectional_corridor();
Section zones_of_a_corridor();
Section single_file();
// storeys.cpp: stairs and levels
Section three_storeys();
Section stair_diagram();
Section stair_widths();
Section room_corridor_stair();
Section stairs_or_level();

}  // namespace defilada::crowd::validation
