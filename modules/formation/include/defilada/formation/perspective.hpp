// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/figure.hpp"

/// A figure in the sky as one pair of eyes sees it, and where its slots must fly so that these eyes
/// see it upright.
///
///                slots o  o   o     o        the plane of flight, level
///                     .  .   .     .
///      picture  ..+..+..+...+             a plane square to the line of sight: what a figure
///              . . .  .                   even there needs on the plane of flight grows with the
///         eye *                           distance, in depth more than in width
///
/// Frame of a flight: `back` against the direction of flight, `left` of it, m. Its origin is the
/// head line on the axis, as formation::Slot has it, or the middle of the figure's picture.
namespace defilada::formation {

/// Where somebody looks from, in the frame of the flight.
struct Eye {
  double ahead_m = 0;  ///< of the origin, along the direction of flight
  double left_m = 0;   ///< of the axis
  double below_m = 0;  ///< of the plane of flight; > 0
  bool operator==(const Eye&) const = default;
};

/// A place in the plane of flight.
struct Spot {
  double back_m = 0;
  double left_m = 0;
};

/// Eyes that look at one spot, heads upright: the picture is taken on the plane at distance 1
/// square to the line of sight, its x to the right and its y upwards. Requires eye.below_m > 0.
/// Straight below the spot, where upright has no meaning, the eyes face the flight.
class Sight {
 public:
  Sight(const Eye& eye, Spot aim);

  /// Where a spot is in the picture; nothing for one behind the eyes.
  [[nodiscard]] std::optional<Point> picture(Spot spot) const;
  /// The spot that is seen there; nothing at the horizon or under it.
  [[nodiscard]] std::optional<Spot> spot(Point picture) const;
  /// Of the line of sight to a point of the picture, above the horizon; rad.
  [[nodiscard]] double elevation_rad(Point picture = {}) const;
  /// From the eye to the spot that is looked at, m.
  [[nodiscard]] double distance_m() const noexcept { return distance_m_; }

 private:
  struct Vec3 {
    double x, y, z;  ///< along the flight, to its left, up
  };
  [[nodiscard]] Vec3 ray(Point picture) const;

  Eye eye_;
  Vec3 forward_;
  Vec3 right_;
  Vec3 up_;
  double distance_m_ = 0;
};

/// Nobody tells dots apart so near the horizon: no slot is placed lower.
inline constexpr double kLowest_rad = 0.0873;  // 5 degrees

/// The same eye in the frame of the head line, the middle of the picture being at `aim` there.
[[nodiscard]] constexpr Eye from_head_line(const Eye& eye, Spot aim) noexcept {
  return {eye.ahead_m - aim.back_m, eye.left_m + aim.left_m, eye.below_m};
}

/// Slots of a figure that reads from one place.
struct SeenFigure {
  std::vector<Spot> slots;  ///< in the order of the figure's; the foremost has back_m = 0
  Spot aim;                 ///< where the middle of the figure's box is seen: on the axis
  double scale = 0;         ///< a glyph's height in the picture at distance 1
};

/// Places the slots of `figure` on the plane of flight by inverse perspective: seen from `eye`,
/// which is told in the frame of the middle of the picture, the slots are the flat figure, upright,
/// up to its size; the size is the smallest at which no two slots are nearer than `spacing_m`.
///
/// Errors (bad_input): a length that is not positive and finite; "reads from: ..." where no size
/// gives the spacing without a slot lower than kLowest_rad.
///
/// Laws (property-tested): the picture that Sight(from_head_line(eye, aim), aim) has of the slots
/// is the figure's slots, shifted and scaled by `scale` (1e-9 of a glyph's height); least distance
/// >= spacing_m (1e-9) and reached; a pure function, to the bit.
///
/// Cost: O(n log n), some 100 times.
[[nodiscard]] Result<SeenFigure> place_for(const Eye& eye, const Figure& figure, double spacing_m);

}  // namespace defilada::formation
