// SPDX-License-Identifier: MIT
#pragma once

#include <2geom/affine.h>
#include <2geom/path-sink.h>

#include <stdexcept>
#include <vector>

#include "defilada/core/phrase.hpp"
#include "defilada/formation/figure.hpp"

namespace defilada::svg {

/// Thrown through lib2geom's parser, which knows no other way to stop.
struct TooLarge : std::runtime_error {
  explicit TooLarge(Phrase what) : std::runtime_error(what.english()), why(std::move(what)) {}
  Phrase why;
};

/// Takes what lib2geom reads and lays it down as strokes: transformed, curves cut in chords, y
/// turned upwards. Throws TooLarge when a coordinate or the number of points is beyond the limits.
class LineSink final : public Geom::PathSink {
 public:
  LineSink(const Geom::Affine& transform, std::vector<formation::Stroke>& strokes,
           std::size_t& points)
      : transform_(transform), strokes_(strokes), points_(points) {}

  void moveTo(const Geom::Point& p) override;
  void lineTo(const Geom::Point& p) override;
  void curveTo(const Geom::Point& c0, const Geom::Point& c1, const Geom::Point& p) override;
  void quadTo(const Geom::Point& c, const Geom::Point& p) override;
  void arcTo(Geom::Coord rx, Geom::Coord ry, Geom::Coord angle, bool large_arc, bool sweep,
             const Geom::Point& p) override;
  void closePath() override;
  void flush() override;

 private:
  void cut(const Geom::Curve& curve);
  void put(const Geom::Point& p);
  void begin_if_needed();
  static void check(const Geom::Point& p);

  Geom::Affine transform_;
  std::vector<formation::Stroke>& strokes_;
  std::size_t& points_;
  formation::Stroke stroke_;
  Geom::Point start_;
  Geom::Point at_;
};

}  // namespace defilada::svg
