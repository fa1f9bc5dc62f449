// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/figure.hpp"
#include "defilada/formation/perspective.hpp"

namespace defilada::formation {

/// Drawings of all shapes: README.md of this module.
enum class Shape {
  block,         ///< files x ranks, leaders in front: marchers, bands, guards
  column,        ///< vehicles n abreast, leaders in front; a short last row is centred
  arrow,         ///< an arrowhead: rows of 1, 2, ..., w, then a shaft of rows of w
  vic,           ///< a wedge: one in front, the others behind to the left and right in turn
  echelon,       ///< a slanting line, each behind and to one side of the one before
  line_abreast,  ///< side by side
  trail,         ///< one behind the other
  box,           ///< four: one in front, two abreast behind, one in the slot
  diamond,       ///< rows of 1, 2, ..., k, ..., 2, 1
  ring,          ///< evenly on a circle, one in front
  figure,        ///< a text drawn by the slots
};
[[nodiscard]] std::string_view to_string(Shape shape) noexcept;

inline constexpr int kMaxSlots = 1'000'000;
inline constexpr double kLeastLength_m = 0.001;
inline constexpr double kMostLength_m = 100'000;

/// What a planner says of a formation. Fields that a shape does not use are ignored.
///
///              direction of march
///                      ^
///              x       |       x       rank 0, leaders: back_m = 0, the head line
///                      |                  leader distance
///          x       x   |   x       x   rank 1: files 3, 2, 1, 0
///                      |                  distance
///          x       x   |   x       x   rank 2
///          |<----->|   |
///          interval    axis: left_m = 0, growing to the left
struct Spec {
  Shape shape = Shape::block;
  int files = 1;    ///< block: abreast in a full rank; column: vehicles abreast
  int ranks = 1;    ///< block: full ranks behind the leaders
  int count = 0;    ///< column (leaders included), arrow, vic, echelon, line, trail, diamond, ring,
                    ///< figure: slots in all; box: 0 or 4
  int leaders = 0;  ///< block, column: in a row of their own in front
  double interval_m = 1;  ///< between files, centre to centre; vic, echelon, box: the step sideways
  double distance_m = 1;  ///< between ranks, centre to centre; the step backwards
  double leader_interval_m = 0;  ///< between leaders; 0: twice the interval
  double leader_distance_m = 0;  ///< from the leaders to the next rank; 0: the distance
  int head_files = 0;       ///< block: files of an extra first rank of another width, behind the
                            ///< leaders; 0: none (9 + 12 x 17: 9)
  std::string text = {};    ///< figure; of a drawing, its name
  double spacing_m = 0;     ///< figure, ring: least distance between slots, centre to centre
  bool right = false;       ///< echelon: to the right
  bool from_below = false;  ///< figure: to be read from the ground, see layout()
  std::vector<Stroke> drawing = {};   ///< figure: its lines, in place of the text's
  std::optional<Eye> read_from = {};  ///< figure: placed so that it reads from there,
                                      ///< in the frame of the middle of its picture
};

struct Slot {
  double back_m = 0;  ///< behind the head line, >= 0
  double left_m = 0;  ///< left of the axis
  int rank = 0;       ///< from 0 at the front; slots of one rank share back_m; in a figure they lie
                      ///< within a quarter of the spacing
  int file = 0;       ///< from 0 at the right of its rank
  bool leader = false;  ///< stands in the row of leaders of a block or column
};

/// Slots in a fixed order (rank by rank from the front, right to left), with what a card shows.
struct Layout {
  std::vector<Slot> slots;
  double depth_m = 0;          ///< largest back_m; the smallest is 0
  double width_m = 0;          ///< largest - smallest left_m
  int ranks = 0;               ///< number of ranks
  double least_spacing_m = 0;  ///< smallest distance between two slots; 0 when there is one slot
  double height_m = 0;  ///< figure: height of the glyphs, along the direction of flight; else, and
                        ///< with read_from, 0
  Spot aim = {};        ///< figure with read_from: where the middle of its picture is seen
};

/// Places the slots of a formation.
///
/// Axis: left_m lies in [-width/2, +width/2], but in an echelon and a vic of an even count, whose
/// axis runs through the one in front, and in a figure with read_from, whose axis runs through the
/// middle of its picture.
///
/// Arrow: the head is a triangle of rows 1, 2, ..., w with at most two thirds of the slots (w is 2
/// at least, from three slots on), the shaft is rows of w, the last row what is left, centred. So
/// 18 vehicles are 1 + 2 + 3 + 3 x 4, as published for the tanks of 2009 (Qianjiang Evening News,
/// 1 October 2009, http://qjwb.thehour.cn/html/2009-10/01/content_102537.htm), and 22 are
/// 1 + 2 + 3 + 4 x 4.
///
/// Vic, echelon, box: the next one is a step of (interval sideways, distance back) away; the two
/// abreast of a box are two intervals apart, as the first two wings of a vic are.
///
/// Figure: seen from above with the direction of flight up, the text reads from left to right. Its
/// top is in front (the topmost slot is at back_m = 0) and it begins at the left of the axis. From
/// below the same slots are a mirror image. With `from_below` the plan is mirrored instead, and
/// reads to somebody on the ground whom the formation flies towards: looking up, what is in front
/// is above, and the formation's left is at his right hand. The scale is the smallest at which
/// spacing_m holds (least_height_m in figure.hpp). With `read_from` the slots are placed by inverse
/// perspective instead (place_for in perspective.hpp), and `from_below` says nothing.
///
/// Units m.
///
/// Errors (bad_input), with a sentence that names the field as the show file does: a count that the
/// shape cannot have (a box has 4, a diamond 1, 4, 9, 16, ...; a figure too few slots for its
/// strokes), no files or ranks, more leaders than slots, a length that the shape uses and that is
/// not from kLeastLength_m to kMostLength_m (NaN included; 0 means the default for the leaders'
/// two), more than kMaxSlots slots (figure: kMaxFigureSlots), a character that has no glyph, an
/// empty text.
///
/// Laws (property-tested): exactly the asked number of slots; the smallest back_m is 0; symmetric
/// shapes (all but an echelon, a vic of an even count, and a figure) are mirror images of
/// themselves to the bit; no two slots nearer than the least of the lengths asked, to a trillionth
/// of the formation's size; a pure function, to the bit.
///
/// Cost: O(n log n); a figure as figure() in figure.hpp.
[[nodiscard]] Result<Layout> layout(const Spec& spec);

}  // namespace defilada::formation
