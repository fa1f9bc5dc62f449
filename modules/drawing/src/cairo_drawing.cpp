// SPDX-License-Identifier: MIT
#include "defilada/drawing/cairo_drawing.hpp"

#include <numbers>

#include "defilada/drawing/palette.hpp"

namespace defilada::drawing {
namespace {

class CairoPen {
 public:
  CairoPen(cairo_t* cr, const Lettering& lettering) : cr_(cr), lettering_(lettering) {}

  void draw(const Path& path);
  void draw(const Discs& discs);
  void draw(const Label& label);
  void draw(const ClipTo& clip);

 private:
  void paint(const Style& style, bool closed);

  cairo_t* cr_;
  const Lettering& lettering_;
};

void CairoPen::paint(const Style& style, bool closed) {
  if (style.fill != Ink::none && closed) {
    set_ink(cr_, style.fill, style.fill_opacity);
    cairo_set_fill_rule(cr_, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill_preserve(cr_);
  }
  if (style.stroke != Ink::none) {
    set_ink(cr_, style.stroke);
    cairo_set_line_width(cr_, style.width_mm);
    const auto& dash = style.dash == Dash::dashed ? kDashed : kDotted;
    cairo_set_dash(cr_, dash.data(), style.dash == Dash::solid ? 0 : 2, 0);
    cairo_stroke_preserve(cr_);
  }
  cairo_new_path(cr_);
}

void CairoPen::draw(const Path& path) {
  cairo_new_path(cr_);
  for (const auto& line : path.lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (i == 0) {
        cairo_move_to(cr_, line[i].x, line[i].y);
      } else {
        cairo_line_to(cr_, line[i].x, line[i].y);
      }
    }
    if (path.closed && !line.empty()) cairo_close_path(cr_);
  }
  paint(path.style, path.closed);
}

void CairoPen::draw(const Discs& discs) {
  cairo_new_path(cr_);
  for (const Point& centre : discs.centres) {
    cairo_new_sub_path(cr_);
    cairo_arc(cr_, centre.x, centre.y, discs.radius_mm, 0, 2 * std::numbers::pi);
  }
  paint(discs.style, true);
}

void CairoPen::draw(const Label& label) {
  // Set in points and scaled, so that the glyphs are the same as in the text.
  const GPtr<PangoLayout> layout =
      lettering_.line(label.text, label.size_mm * kPointsPerMm, label.bold);
  PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
  PangoRectangle logical;
  pango_layout_line_get_extents(line, nullptr, &logical);
  const double width = static_cast<double>(logical.width) / PANGO_SCALE;
  cairo_save(cr_);
  cairo_translate(cr_, label.at.x, label.at.y);
  cairo_rotate(cr_, label.rotation_deg * std::numbers::pi / 180);
  cairo_scale(cr_, 1 / kPointsPerMm, 1 / kPointsPerMm);
  const double x = label.anchor == Anchor::start    ? 0
                   : label.anchor == Anchor::middle ? -width / 2
                                                    : -width;
  if (label.halo) {
    cairo_move_to(cr_, x, 0);
    pango_cairo_layout_line_path(cr_, line);
    set_ink(cr_, Ink::paper);
    cairo_set_line_width(cr_, 0.75 * kPointsPerMm);
    cairo_set_line_join(cr_, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr_, nullptr, 0, 0);
    cairo_stroke(cr_);
  }
  cairo_move_to(cr_, x, 0);
  set_ink(cr_, label.ink);
  pango_cairo_show_layout_line(cr_, line);
  cairo_restore(cr_);
}

void CairoPen::draw(const ClipTo& clip) {
  cairo_reset_clip(cr_);
  if (clip.whole) return;
  cairo_rectangle(cr_, clip.box.min.x, clip.box.min.y, clip.box.width(), clip.box.height());
  cairo_clip(cr_);
}

}  // namespace

void set_ink(cairo_t* cr, Ink ink, double opacity) {
  const std::uint32_t rgb = colour_of(ink).light;
  const auto channel = [&](int shift) { return static_cast<double>((rgb >> shift) & 0xFFU) / 255; };
  cairo_set_source_rgba(cr, channel(16), channel(8), channel(0), opacity);
}

void draw_on_cairo(cairo_t* cr, const Drawing& drawing, const Lettering& lettering) {
  cairo_save(cr);
  CairoPen pen(cr, lettering);
  for (const Shape& shape : drawing.shapes) {
    std::visit([&](const auto& s) { pen.draw(s); }, shape);
  }
  cairo_restore(cr);
}

}  // namespace defilada::drawing
