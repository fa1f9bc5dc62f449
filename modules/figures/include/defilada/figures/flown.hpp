// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/layout.hpp"
#include "defilada/geo/frame.hpp"
#include "defilada/legibility/reading.hpp"
#include "defilada/show/model.hpp"

/// The figures of a show, and what eyes see of one.
namespace defilada::figures {

using formation::Eye;
using formation::Point;
using formation::Spot;

/// A part of a contingent in the air whose formation is a figure.
struct FigureId {
  show::ContingentId contingent;
  std::uint16_t part = 0;
  bool operator==(const FigureId&) const = default;
};

/// In the order of the flypasts and of their contingents.
[[nodiscard]] std::vector<FigureId> figures_of(const show::Show& show);
[[nodiscard]] const show::Part& part_of(const show::Show& show, FigureId id);
/// "80"; of a drawing, its name.
[[nodiscard]] const std::string& name_of(const show::Show& show, FigureId id);
/// Of the flight of the figure's contingent, above the datum, m.
[[nodiscard]] double height_m(const show::Show& show, FigureId id);

/// What the figure is to be read as. Requires an id of figures_of().
[[nodiscard]] legibility::Measure measure_of(
    const show::Show& show, FigureId id,
    legibility::Measure::Rivals rivals = legibility::Measure::Rivals::all);

/// Its slots in the frame of its head line and axis, as the show places them.
struct Plan {
  std::vector<Spot> spots;
  Spot aim;  ///< the middle of the picture; of one that is placed for nobody, of its box
};
[[nodiscard]] Plan plan_of(const show::Show& show, FigureId id);

/// Wider than this nobody takes in a figure without turning the head: the binocular field of view
/// is about twice as wide (assumed).
inline constexpr double kWidest_rad = 1.0472;  // 60 degrees

/// Along the flight a figure is at most this many times as deep as it is high where it is drawn
/// flat with the same least spacing: beyond, its aircraft are too far apart to keep their stations
/// by each other, and it is a figure to nobody but those whom it is placed for (assumed).
inline constexpr double kDeepest = 2.5;

/// The height of the flat figure with the part's least spacing, m.
[[nodiscard]] double flat_height_m(const show::Show& show, FigureId id);

/// How far the spots reach along and across the flight.
struct Size {
  double depth_m = 0;
  double width_m = 0;
};
[[nodiscard]] Size size_of(std::span<const Spot> spots);

/// The picture of the spots from an eye: x to the right, y upwards, on the plane at distance 1
/// square to the line of sight to its middle. Nothing where a spot is lower than
/// formation::kLowest_rad above the horizon, or where the figure is wider than kWidest_rad: too far
/// or too large to be taken in.
///
/// Law (tested): from the eye that a figure is placed for, it is the flat figure (1e-6 of a glyph's
/// height: the middle is found by steps). Cost: O(n).
[[nodiscard]] std::optional<std::vector<Point>> picture_of(const Eye& eye,
                                                           std::span<const Spot> spots);

/// The eye of somebody at a place on the ground, in the frame of a flight whose origin is at
/// `origin` and flies towards `direction` (a unit vector), `below_m` above the eyes.
[[nodiscard]] Eye eye_at(geo::Vec2 place, geo::Vec2 origin, geo::Vec2 direction, double below_m);

/// Eyes of somebody who stands, above the datum, m.
inline constexpr double kEyes_m = 1.6;

}  // namespace defilada::figures
