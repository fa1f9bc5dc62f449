// SPDX-License-Identifier: MIT
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "defilada/core/result.hpp"

/// The fonts in which drawings and pages are lettered, by pango.
namespace defilada::drawing {

struct GObjectDelete {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <typename T>
using GPtr = std::unique_ptr<T, GObjectDelete>;

struct FontDelete {
  void operator()(PangoFontDescription* font) const noexcept { pango_font_description_free(font); }
};
using FontPtr = std::unique_ptr<PangoFontDescription, FontDelete>;

inline constexpr double kPointsPerMm = 72 / 25.4;

/// Families, in an order so that the same fonts are taken on machines that have others, too.
inline constexpr const char* kMono =
    "DejaVu Sans Mono, Noto Sans Mono, Droid Sans Fallback, monospace";
[[nodiscard]] FontPtr make_font(double size_pt, bool bold, bool serif = false);

/// Glyphs without hinting, placed to fractions of a point: the same at every resolution.
class Lettering {
 public:
  /// Letter forms are those of `language`. Errors (environment): no font at all.
  static Result<Lettering> make(const std::string& language);

  [[nodiscard]] GPtr<PangoLayout> layout() const;
  /// One line of text, cleaned (text.hpp), from left to right.
  [[nodiscard]] GPtr<PangoLayout> line(const std::string& text, double size_pt, bool bold) const;

 private:
  Lettering() = default;

  GPtr<PangoFontMap> fonts_;
  GPtr<PangoContext> context_;
};

}  // namespace defilada::drawing
