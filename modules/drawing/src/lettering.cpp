// SPDX-License-Identifier: MIT
#include "defilada/drawing/lettering.hpp"

#include "defilada/drawing/text.hpp"

namespace defilada::drawing {
namespace {

constexpr const char* kSans =
    "Noto Sans, DejaVu Sans, Droid Sans Fallback, Noto Sans CJK SC, sans-serif";
constexpr const char* kSerif =
    "Noto Serif, DejaVu Serif, Droid Sans Fallback, Noto Serif CJK SC, serif";

}  // namespace

FontPtr make_font(double size_pt, bool bold, bool serif) {
  FontPtr font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), serif ? kSerif : kSans);
  pango_font_description_set_absolute_size(font.get(), size_pt * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  return font;
}

Result<Lettering> Lettering::make(const std::string& language) {
  Lettering made;
  made.fonts_.reset(pango_cairo_font_map_new());
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(made.fonts_.get()), 72);
  made.context_.reset(pango_font_map_create_context(made.fonts_.get()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(made.context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(made.context_.get(), FALSE);
  // Stated, so that the machine's own language does not choose letter forms.
  pango_context_set_language(made.context_.get(), pango_language_from_string(language.c_str()));
  pango_context_set_base_dir(made.context_.get(), PANGO_DIRECTION_LTR);
  const GPtr<PangoFont> font(
      pango_context_load_font(made.context_.get(), make_font(8, false).get()));
  if (font == nullptr) {
    return fail(
        Errc::environment,
        phrase("no font was found: install Noto Sans (on Debian, the package fonts-noto-core)"));
  }
  return made;
}

GPtr<PangoLayout> Lettering::layout() const {
  return GPtr<PangoLayout>(pango_layout_new(context_.get()));
}

GPtr<PangoLayout> Lettering::line(const std::string& text, double size_pt, bool bold) const {
  GPtr<PangoLayout> made = layout();
  const std::string clean = clean_text(text);
  pango_layout_set_text(made.get(), clean.data(), static_cast<int>(clean.size()));
  pango_layout_set_font_description(made.get(), make_font(size_pt, bold).get());
  pango_layout_set_auto_dir(made.get(), FALSE);
  return made;
}

}  // namespace defilada::drawing
