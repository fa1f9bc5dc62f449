// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "defilada/drawing/drawing.hpp"

/// Labels that do not lie on each other. Deterministic and greedy: what is asked first gets the
/// best place.
namespace defilada::drawing {

/// Moves numbers as little as can be (least sum of squares), so that neighbours are at least
/// `pitch` apart and all lie in [low, high]. Where they do not fit, the pitch shrinks until they
/// do. Laws (property-tested): order kept (`wanted` ascending); pitch kept; within the bounds;
/// unchanged where nothing had to move. Cost: O(n). Source: pool adjacent violators, Ayer et al.
/// 1955.
[[nodiscard]] std::vector<double> spread(std::span<const double> wanted, double pitch, double low,
                                         double high);

/// Places labels around points on a map.
///
///        . . N . .      Around a box: beside it in the four directions. Around a point: on rings
///        that W [box] E      grow to 30 mm, with a leader line from the second ring on. . . S . .
class LabelPlacer {
 public:
  explicit LabelPlacer(const Box& frame) : frame_(frame) {}

  struct Request {
    Point at{};          ///< what is named
    std::string text{};  ///< lines are divided by line feeds
    double size_mm = 2.2;
    bool bold = false;
    Ink ink = Ink::text;
    double clearance_mm = 1;  ///< from `at` to the label, at least
  };

  /// No label will lie here.
  void keep_off(const Box& box) { taken_.push_back(box); }
  /// The same for a line, walked in steps of a millimetre.
  void keep_off(Point from, Point to, double half_width_mm);
  /// Labels lie here only where there is no better place near, and across its edge only where there
  /// is no other place at all.
  void avoid(std::vector<Point> outline);
  /// A thin line, which would strike a label through: one crosses it only where there is no other
  /// place. The leaders of labels are such lines of themselves.
  void keep_from_crossing(Point from, Point to) { lines_.push_back({from, to}); }

  /// Appends label and leader to `drawing`; false: no place is free, nothing was appended.
  bool place(const Request& request, Drawing& drawing);
  /// Its middle at the point, or nowhere.
  bool place_centred(const Request& request, Drawing& drawing);
  /// The same, and not across a line.
  bool place_centred_uncrossed(const Request& request, Drawing& drawing);
  /// The same, and not where only there is no better place near.
  bool place_centred_well(const Request& request, Drawing& drawing);
  [[nodiscard]] bool is_well_placed(const Request& request) const;
  /// Whether it would lie within the box.
  [[nodiscard]] static bool fits(const Box& box, const Request& request);
  /// In the box if it fits there, else beside it, else as place() from its middle.
  bool place_at_box(const Box& box, const Request& request, Drawing& drawing);

 private:
  /// What a label may lie on: nothing; an outline, but on no line; whatever is no label.
  enum class On { nothing, outline, line };
  using Segment = std::pair<Point, Point>;

  [[nodiscard]] bool is_free(const Box& box, On on) const;
  [[nodiscard]] bool crosses_a_label(Point from, Point to) const;
  bool try_beside(const Box& box, const Request& request, On on, Drawing& drawing);
  bool try_within(const Box& box, const Request& request, Drawing& drawing);
  bool try_rings(const Request& request, double ring_most, On on, Drawing& drawing);
  /// Writes the lines of a request with their middle at `middle`, if that is free.
  bool try_at(Point middle, const Request& request, On on, Drawing& drawing);

  Box frame_;
  std::vector<Box> taken_;
  std::vector<Box> labels_;
  std::vector<Segment> lines_;
  std::vector<std::vector<Point>> avoided_;
};

/// 1, 2 or 5 times a power of ten, the largest that is at most `value` (> 0).
[[nodiscard]] double round_down_125(double value);
/// Denominator of a map's scale: a round number (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a
/// power of ten), the smallest that is at least `value` (> 0).
[[nodiscard]] double round_up_scale(double value);

}  // namespace defilada::drawing
