// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "defilada/drawing/context.hpp"
#include "defilada/drawing/drawing.hpp"

/// Formations seen from above, the direction of march up.
namespace defilada::drawing {

/// One contingent to scale. Where a part follows far behind the one before, the paper between them
/// is left out and the distance told, as one breaks the shaft of a long tool in a workshop drawing:
///
///       ^            . . .
///      ^ ^             :  1.0 km      not 5 mm of paper, whatever the scale
///                     ^
///                    ^ ^
class Silhouette {
 public:
  /// Those who stand in a row of leaders: in the ink of texts when apart.
  enum class Leaders : std::uint8_t { alike, apart };
  Silhouette(const Context& context, show::ContingentId id, Leaders leaders = Leaders::alike);

  /// Bodies included, m; the depth with all that is left out of the drawing.
  [[nodiscard]] double width_m() const noexcept { return width_m_; }
  [[nodiscard]] double depth_m() const noexcept { return depth_m_; }
  /// The largest round scale (the smallest denominator) at which it fits.
  [[nodiscard]] double scale_for(double width_mm, double height_mm) const;
  [[nodiscard]] double depth_mm(double scale) const noexcept;

  /// A part as drawn: from y0 to y1 on paper, its right edge at x1; a slot lies at
  /// `origin` + 1000 / scale * (right of the axis, behind the contingent's head).
  struct DrawnPart {
    const PlacedPart* part = nullptr;
    double y0 = 0;
    double y1 = 0;
    double x1 = 0;
    Point origin{};
  };
  /// With the middle of its front at `top`. Bodies too small to print are drawn 0.25 mm large,
  /// a part of more than 5000 as one patch.
  std::vector<DrawnPart> draw(double scale, Point top, Drawing& drawing) const;

 private:
  struct Stretch {
    const PlacedPart* part = nullptr;
    Box extent;        ///< of its bodies: right of the axis, behind the contingent's head, m
    double gap_m = 0;  ///< to the part before; negative where they overlap
    bool broken = false;
  };
  void find_breaks();
  /// The bodies of a part; `origin` is where the contingent's head crosses its axis.
  void draw_stretch(const Stretch& stretch, double scale, Point origin, Drawing& drawing) const;

  const Context& context_;
  show::ContingentId id_;
  Leaders leaders_;
  std::vector<Stretch> stretches_;
  double width_m_ = 0;
  double depth_m_ = 0;
  double left_out_m_ = 0;
  int breaks_ = 0;
  double axis_m_ = 0;  ///< middle of the width, right of the axis
};

/// A triangle that points up: the direction of march.
[[nodiscard]] Path march_arrow(Point tip);

/// Below the drawing of a formation: nothing, or each part and who is in it, counted, and what the
/// marks mean.
enum class Key : std::uint8_t { none, below };

/// One contingent in a frame, with its scale and the direction of march. Leaders are apart from the
/// others; a block on foot shows who keeps its shape (formation::alignment_roles): an outline round
/// the outer files and ranks, a light line through the file that sets the cadence, a dot for the
/// right marker. As wide as asked, as high as it needs; drawn at a scale at which that is at most
/// `height_mm`, where the formation itself is left 20 mm of it.
[[nodiscard]] Drawing draw_formation(const Context& context, show::ContingentId id, double width_mm,
                                     double height_mm, Key key = Key::none);

/// Cells of draw_procession.
struct GridSize {
  std::size_t columns = 0;  ///< 0: as many as suit the width of a page
  double depth_mm = 0;      ///< room for each formation; 0: as suits the height of a page
};

/// All contingents of a procession from the first to the last, at one scale, with names below; one
/// alone has its parts named beside it.
[[nodiscard]] Drawing draw_procession(const Context& context, show::ProcessionId id,
                                      double width_mm, const GridSize& size = {});

}  // namespace defilada::drawing
