// SPDX-License-Identifier: MIT
#include "defilada/drawing/render.hpp"

#include <cairo-pdf.h>
#include <cairo.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "defilada/drawing/cairo_drawing.hpp"
#include "defilada/drawing/palette.hpp"
#include "defilada/drawing/svg.hpp"
#include "defilada/drawing/text.hpp"

namespace defilada::drawing {
namespace {

constexpr double kMmPerInch = 25.4;

struct SurfaceDelete {
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDelete>;
struct CairoDelete {
  void operator()(cairo_t* cr) const noexcept { cairo_destroy(cr); }
};
using Cairo = std::unique_ptr<cairo_t, CairoDelete>;

cairo_status_t append_bytes(void* sink, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(sink)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

/// Rules for the classes that append_svg writes, as the run sheet's page has them.
std::string style_of_file() {
  std::string css =
      "<style>svg{font-family:\"Noto Sans\",\"Source Sans 3\",\"Segoe UI\",Roboto,Arial,sans-serif;"
      "background:#fff}svg svg{overflow:hidden}.b{font-weight:700}.fn{fill:none}";
  for (const InkColour& ink : kPalette) {
    if (ink.name == "none") continue;
    fmt::format_to(std::back_inserter(css), ".f{0}{{fill:#{1:06x}}}.k{0}{{stroke:#{1:06x}}}",
                   ink.name, ink.light);
  }
  css += ".halo{stroke:#fff;stroke-width:.75px;stroke-linejoin:round;paint-order:stroke}</style>\n";
  return css;
}

/// White, then the drawing; one unit of `cr` is a millimetre.
void paint(cairo_t* cr, const Drawing& drawing, const Lettering& lettering) {
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  draw_on_cairo(cr, drawing, lettering);
}

Status failed(cairo_status_t status) {
  return fail(Errc::environment,
              phrase("cannot draw the picture: {}", cairo_status_to_string(status)));
}

}  // namespace

std::string svg_file(const Drawing& drawing) {
  std::string svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  append_svg(drawing, svg);
  const std::string close = "</desc>\n";
  svg.insert(svg.find(close) + close.size(), style_of_file());
  return svg;
}

Result<std::string> png_file(const Drawing& drawing, double dpi, const Lettering& lettering) {
  const double k = dpi / kMmPerInch;
  const double width = std::round(drawing.width_mm * k);
  const double height = std::round(drawing.height_mm * k);
  if (!(width >= 1 && height >= 1 && width <= kPixelsMost && height <= kPixelsMost)) {
    return fail(Errc::bad_input,
                phrase("a picture of {:.0f} x {:.0f} pixels: each side can have 1 to {}", width,
                       height, kPixelsMost));
  }
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                                   static_cast<int>(height)));
  const Cairo cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), k, k);
  paint(cr.get(), drawing, lettering);
  if (cairo_status(cr.get()) != CAIRO_STATUS_SUCCESS) {
    return tl::unexpected(failed(cairo_status(cr.get())).error());
  }
  std::string bytes;
  const cairo_status_t status =
      cairo_surface_write_to_png_stream(surface.get(), append_bytes, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) return tl::unexpected(failed(status).error());
  return bytes;
}

Result<std::string> pdf_file(const Drawing& drawing, const std::string& created,
                             const Lettering& lettering) {
  std::string bytes;
  Surface surface(cairo_pdf_surface_create_for_stream(
      append_bytes, &bytes, drawing.width_mm * kPointsPerMm, drawing.height_mm * kPointsPerMm));
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface.get(), key, clean_text(value).c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, drawing.title);
  set(CAIRO_PDF_METADATA_SUBJECT, drawing.description);
  set(CAIRO_PDF_METADATA_CREATE_DATE, created);
  set(CAIRO_PDF_METADATA_MOD_DATE, created);
  Cairo cr(cairo_create(surface.get()));
  cairo_scale(cr.get(), kPointsPerMm, kPointsPerMm);
  paint(cr.get(), drawing, lettering);
  const cairo_status_t drawn = cairo_status(cr.get());
  cr.reset();
  cairo_surface_finish(surface.get());
  const cairo_status_t written = cairo_surface_status(surface.get());
  for (const cairo_status_t status : {drawn, written}) {
    if (status != CAIRO_STATUS_SUCCESS) return tl::unexpected(failed(status).error());
  }
  return bytes;
}

}  // namespace defilada::drawing
