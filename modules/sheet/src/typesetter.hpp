// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "defilada/core/result.hpp"
#include "defilada/drawing/lettering.hpp"
#include "defilada/sheet/document.hpp"

/// Text on paper, by pango. Lengths are points (1/72 in), y downwards.
namespace defilada::sheet {

using drawing::GPtr;
using drawing::kPointsPerMm;

struct TextStyle {
  double size_pt = 8.6;
  bool bold = false;
  bool serif = false;
  Ink ink = Ink::text;
  Align align = Align::start;
  double line_height = 1.26;  ///< of the size
  double letter_spacing_pt = 0;
};

/// A text that has been broken into lines.
class TextBlock {
 public:
  struct Line {
    double top = 0;  ///< from the top of the block
    double bottom = 0;
    double baseline = 0;
    double x = 0;                     ///< of its beginning; alignment has been done
    PangoLayoutLine* line = nullptr;  ///< the layout's
  };
  struct Link {
    std::size_t line = 0;
    double x0 = 0;
    double x1 = 0;
    std::string href;
  };

  TextBlock(GPtr<PangoLayout> layout, std::vector<Run> runs, const TextStyle& style);

  /// Width of the longest line before wrap().
  [[nodiscard]] double natural_width() const noexcept { return natural_width_; }
  /// Breaks lines that are longer than `width_pt`, within words where nothing else helps.
  void wrap(double width_pt);

  [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }
  [[nodiscard]] const std::vector<Link>& links() const noexcept { return links_; }
  [[nodiscard]] double height() const noexcept { return lines_.empty() ? 0 : lines_.back().bottom; }
  [[nodiscard]] double first_baseline() const noexcept {
    return lines_.empty() ? 0 : lines_.front().baseline;
  }
  [[nodiscard]] Ink ink() const noexcept { return style_.ink; }

 private:
  void measure();
  void find_links();

  GPtr<PangoLayout> layout_;
  std::vector<Run> runs_;
  TextStyle style_;
  double natural_width_ = 0;
  std::vector<Line> lines_;
  std::vector<Link> links_;
};

/// Makes texts and keeps them: a reference stays good as long as the setter.
class Typesetter {
 public:
  /// Errors (environment): no font at all.
  static Result<std::unique_ptr<Typesetter>> make(const std::string& language);

  TextBlock& set(const Rich& rich, const TextStyle& style);
  TextBlock& set(const std::string& text, const TextStyle& style) { return set(Rich(text), style); }
  /// The same, wrapped.
  TextBlock& set(const Rich& rich, const TextStyle& style, double width_pt);

  /// The fonts, for drawings on the page.
  [[nodiscard]] const drawing::Lettering& lettering() const noexcept { return lettering_; }

 private:
  explicit Typesetter(drawing::Lettering lettering) : lettering_(std::move(lettering)) {}

  drawing::Lettering lettering_;
  std::deque<TextBlock> blocks_;
};

}  // namespace defilada::sheet
