// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "defilada/formation/figure.hpp"
#include "defilada/legibility/joined.hpp"

/// Lines as grey values, and how alike two of them are.
namespace defilada::legibility {

/// Ink of each pixel, 0 paper to 1 ink; row by row from the top.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<float> ink;
};

/// The window of the plane that a raster shows; pixels are square.
struct Window {
  Box box;
  double pixel = 1;  ///< its side, in the plane's unit
  [[nodiscard]] int columns() const noexcept;
  [[nodiscard]] int rows() const noexcept;
};

/// A pen with a round tip.
class Pen {
 public:
  /// Requires a pixel > 0 and at most kMostPixels of them (checked).
  Pen(const Window& window, double stroke);
  static constexpr int kMostPixels = 16'000'000;

  void line(Point from, Point to);  ///< a dot where the two are one
  void draw(const Joined& joined);  ///< its edges, and the dots without one
  void draw(std::span<const formation::Stroke> strokes);
  [[nodiscard]] Raster take() && { return std::move(raster_); }

 private:
  Window window_;
  double stroke_;
  Raster raster_;
};

/// Convolved with a Gauss curve of this standard deviation, in pixels, cut at three of them; beyond
/// the edge is paper. Cost: O(pixels sigma).
[[nodiscard]] Raster blurred(const Raster& raster, double sigma);

/// Pearson's correlation of the pixels of two rasters of one size, in [-1, 1]; 0 where one of them
/// is all alike.
[[nodiscard]] double correlation(const Raster& a, const Raster& b);

/// Pixels that are inked (half or more) in both, over those that are in either; 1 for two blank
/// ones.
[[nodiscard]] double overlap(const Raster& a, const Raster& b);

/// As a portable grey map ("P5"), black on white.
[[nodiscard]] std::string to_pgm(const Raster& raster);

}  // namespace defilada::legibility
