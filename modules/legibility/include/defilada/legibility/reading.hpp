// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/formation/figure.hpp"
#include "defilada/legibility/joined.hpp"
#include "defilada/legibility/raster.hpp"

/// Whether dots in a picture read as the figure that they are meant to be: a stand-in for people's
/// eyes, calibrated against an OCR program (ocr.hpp, docs/figures.md).
///
///     picture ─► joined ─► laid onto the figure's box ─► drawn, blurred ─┬─► correlation: figure
///                                                                        ├─► correlation: rivals
///                                                                        └─► overlap: figure
namespace defilada::legibility {

inline constexpr double kLeastCorrelation = 0.9;
inline constexpr double kLeastMargin = 0.03;
inline constexpr double kLeastOverlap = 0.6;
/// The same for who sees it from aside of the eyes that it is made for: a little slant parts thin
/// strokes long before it hinders reading (docs/figures.md).
inline constexpr double kLeastOverlapAside = 0.5;
/// How much wider or narrower than drawn a figure may look.
inline constexpr double kMostAspect = 1.6;

struct Reading {
  double correlation = 0;  ///< with the figure, both blurred by half a gap
  double overlap = 0;      ///< of the inked pixels, unblurred
  double rival = 0;        ///< the greatest correlation with a rival
  std::string rival_name;  ///< that rival: "89"; "" where there are none
  double mirrored = 0;     ///< correlation with the figure's mirror image
  double upside_down = 0;  ///< with the figure turned by half a turn
  double aspect = 0;       ///< width to height, as a multiple of the figure's

  [[nodiscard]] double margin() const noexcept { return correlation - rival; }
  /// All of it: correlation, margin, overlap and aspect.
  [[nodiscard]] bool reads(double least_overlap = kLeastOverlap) const noexcept;
};

/// What a figure is and what it must be told apart from. Immutable after it is made.
///
/// Rivals: of a number of up to three digits all others with as many digits; of other texts all
/// that differ in one character (digits for a digit, letters for a letter); of every figure its
/// mirror image and its upside-down image, where these are not (nearly) the figure itself.
class Measure {
 public:
  /// `near`: of a number, too, only those that differ in one digit: 27 in place of 999. Enough for
  /// the flat figure (tested), which nothing else is as like.
  enum class Rivals : std::uint8_t { all, near };

  /// `drawn` is the figure of `text`; "": of a drawing. Cost: 0.3 ms a rival.
  Measure(const formation::Figure& drawn, const std::string& text, Rivals rivals = Rivals::all);

  /// The reading of dots as they are seen: x to the right, y upwards, any unit; in any order.
  ///
  /// Laws (tested): unchanged under shifts and scaling; that of the figure's own slots has
  /// correlation and overlap above the limits; `rival` is what comparing with every rival gives (no
  /// rival is left out for speed unless the triangle inequality of angles says that it cannot be
  /// the greatest); a pure function.
  /// Cost: 0.2 ms for "80" with 26 (2 vCPU EPYC).
  [[nodiscard]] Reading read(std::span<const Point> picture) const;

  /// Every rival with its correlation, the likest first: what else it might be taken for.
  struct Likeness {
    std::string name;
    double correlation = 0;
  };
  [[nodiscard]] std::vector<Likeness> ranking(std::span<const Point> picture) const;

  /// Just whether it reads; cheaper where it does not.
  [[nodiscard]] bool reads(std::span<const Point> picture,
                           double least_overlap = kLeastOverlap) const;

  [[nodiscard]] std::size_t rivals() const noexcept { return rivals_.size(); }
  [[nodiscard]] double gap() const noexcept { return gap_; }  ///< mean, heights

 private:
  /// Zero mean, unit length: the product of two is their correlation.
  using Pattern = std::vector<float>;
  struct Rival {
    std::string name;
    Pattern pattern;
    double likeness = 0;  ///< correlation with the figure
  };
  struct Seen {
    Raster drawn;
    Pattern pattern;
    double aspect = 0;
  };
  [[nodiscard]] Pattern pattern_of(const Raster& raster) const;
  [[nodiscard]] Raster laid(std::span<const formation::Stroke> strokes) const;
  [[nodiscard]] Seen look(std::span<const Point> picture) const;
  void find_rival(const Seen& seen, double correlation, double enough, Reading& reading) const;
  void add_rivals(const std::string& text, double apart, Rivals rivals);

  Box slots_;    // the box of the figure's slots
  Box strokes_;  // of its strokes
  double gap_ = 0;
  Window window_;
  double stroke_ = 0;
  double blur_px_ = 0;
  Raster figure_;
  Pattern pattern_;
  Pattern mirrored_;
  Pattern upside_down_;
  std::vector<Rival> rivals_;  // the likest first
};

}  // namespace defilada::legibility
