// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "defilada/core/result.hpp"

/// A text drawn by slots, as helicopters draw "80" over an avenue.
///
///    y = 1   o--o--o          o : slot, on a centre line (a stroke) of the glyph
///                 /           ends, corners and junctions of the strokes are always slots;
///                o            the others slide along the strokes until their distances are even
///               /
///    y = 0     o        the unit is the height of a glyph
///          x = 0
namespace defilada::formation {

struct Point {
  double x = 0;  ///< to the right as one reads
  double y = 0;  ///< upwards as one reads
};

/// A glyph's centre lines: open or closed polylines in a box of height 1.
struct Stroke {
  std::vector<Point> points;
  bool closed = false;
};

/// Where N slots go on the strokes of a text. Lengths in glyph heights; x from 0 to `width`, y from
/// 0 to 1.
struct Figure {
  std::vector<Point> slots;  ///< exactly n: glyph by glyph from the left; in a glyph from the top,
                             ///< and from the left where two are equally high
  std::vector<Stroke> strokes;  ///< the text's centre lines, in the same frame: for drawing
  double width = 0;             ///< of the text, between the outermost strokes
  double least_gap = 0;         ///< smallest distance between two slots
  double mean_gap = 0;          ///< mean distance of a slot to its nearest neighbour
};

inline constexpr int kMaxFigureSlots = 10'000;
inline constexpr int kMaxFigureText = 64;  ///< characters
inline constexpr std::size_t kMaxDrawingPoints = 5000;
inline constexpr double kWidestDrawing = 20;  ///< heights

/// Draws `text` with exactly `n` slots, as evenly along the strokes as can be. Ends, corners and
/// junctions of the strokes get a slot each; every further slot goes where the arc gap that it
/// leaves is largest (so "70" of 20 has 8 and 12, as published, and "100" of 29 has 5, 12 and 12);
/// then the slots between slide along their strokes until the smallest straight distances are as
/// large as they get. Neighbouring glyphs stand apart by at least twice the mean gap and a quarter
/// of a height. Spaces at the ends of the text count for nothing. Reached, smallest/mean spacing in
/// glyph heights, against the anchors of a throw-away prototype: README.md of this module; tested.
///
/// Errors (bad_input): an empty text or one of spaces only; more than kMaxFigureText characters; a
/// character without a glyph (0-9, A-Z and space have one); n below least_slots(text) or above
/// kMaxFigureSlots.
///
/// Laws (property-tested): exactly n; least_gap and mean_gap are what all pairs say; every slot
/// lies on a stroke (1e-9); slots of different glyphs are at least 2 mean_gap apart; every point of
/// a stroke has a slot near it; a pure function, to the bit. The drawings of mirror-symmetric texts
/// need not be symmetric.
///
/// Cost: O(n^2) and the sliding: 1.4 ms for "80" with 26 slots, 50 ms at worst for one glyph of 100
/// (2 vCPU EPYC, -O2).
[[nodiscard]] Result<Figure> figure(std::string_view text, int n);

/// The fewest slots that draw `text`: one for each end, corner and junction, and one for each sixth
/// of a turn of a bend. Errors: as figure().
[[nodiscard]] Result<int> least_slots(std::string_view text);

/// Lines from elsewhere (y upwards, any unit) as one glyph, drawn like a text: scaled to height 1,
/// x from 0. Vertices nearer than 0.002 of a height to the one before are left out; a line that
/// shrinks to a point so is not drawn. Errors (bad_input), besides those of n: no line, a
/// coordinate that is not finite, more than kMaxDrawingPoints points, no height, or a width of more
/// than kWidestDrawing heights. Laws and cost as of a text, but that a drawing of more than a dozen
/// curves is shared out by arc gaps alone.
[[nodiscard]] Result<Figure> figure(const std::vector<Stroke>& drawing, int n);
[[nodiscard]] Result<int> least_slots(const std::vector<Stroke>& drawing);

/// The smallest scale, in metres of glyph height, at which no two slots are nearer than
/// `spacing_m`: spacing_m / least_gap. Requires a figure made by figure().
[[nodiscard]] double least_height_m(const Figure& figure, double spacing_m);

}  // namespace defilada::formation
