// SPDX-License-Identifier: MIT
#include <array>

#include "all_cases.hpp"

namespace defilada::crowd::validation {

std::span<const Case> cases() {
  static constexpr std::array kCases{
      Case{"Corridor", false, corridor},
      Case{"StairAlone", false, stair_alone},
      Case{"Premovement", false, premovement},
      Case{"Demographics", false, demographics},
      Case{"FundamentalDiagram", true, fundamental_diagram},
      Case{"BidirectionalCorridor", true, bidirectional_corridor},
      Case{"ZonesOfACorridor", false, zones_of_a_corridor},
      Case{"SingleFile", false, single_file},
      Case{"Corner", false, corner},
      Case{"LargeCrowdRoundACorner", false, large_crowd_round_a_corner},
      Case{"GoalBehindABottleneck", false, goal_behind_a_bottleneck},
      Case{"LengthOfABottleneck", false, length_of_a_bottleneck},
      Case{"TwoBottlenecks", false, two_bottlenecks},
      Case{"WidthOfABottleneck", false, width_of_a_bottleneck},
      Case{"WideBottlenecks", false, wide_bottlenecks},
      Case{"NarrowDoors", false, narrow_doors},
      Case{"RoomWithOneDoor", false, room_with_one_door},
      Case{"FourDoorsOfASquare", false, four_doors_of_a_square},
      Case{"FourDoorsOfAHall", false, four_doors_of_a_hall},
      Case{"Counterflow", false, counterflow},
      Case{"RoomsAlongACorridor", false, rooms_along_a_corridor},
      Case{"TwoDoorsOnOneWall", false, two_doors_on_one_wall},
      Case{"ExitThatShuts", false, exit_that_shuts},
      Case{"Overtaking", false, overtaking},
      Case{"Groups", false, groups},
      Case{"FamiliarExit", false, familiar_exit},
      Case{"ThreeStoreys", false, three_storeys},
      Case{"StairDiagram", false, stair_diagram},
      Case{"StairWidths", false, stair_widths},
      Case{"RoomCorridorStair", false, room_corridor_stair},
      Case{"StairsOrLevel", false, stairs_or_level},
  };
  return kCases;
}

}  // namespace defilada::crowd::validation
