// SPDX-License-Identifier: MIT
#include <cairo-pdf.h>
#include <fmt/format.h>

#include <array>
#include <map>

#include "defilada/drawing/cairo_drawing.hpp"
#include "defilada/drawing/text.hpp"
#include "defilada/sheet/render.hpp"
#include "pages.hpp"

namespace defilada::sheet {
using drawing::clean_text;
using drawing::fit_text;
using drawing::safe_href;
namespace {

struct SurfaceDelete {
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
struct CairoDelete {
  void operator()(cairo_t* cr) const noexcept { cairo_destroy(cr); }
};

cairo_status_t append_bytes(void* sink, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(sink)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

class PdfWriter {
 public:
  PdfWriter(const Document& document, std::vector<Page> pages, Typesetter& setter)
      : document_(document), pages_(std::move(pages)), setter_(setter) {}

  Result<std::string> write();

 private:
  void find_targets();
  void set_metadata(cairo_surface_t* surface);
  void add_outline(cairo_surface_t* surface);
  void draw_page(std::size_t index);
  void draw_furniture(const Page& page, std::size_t index);
  void draw(const TextMark& mark);
  void draw(const RectangleMark& mark);
  void draw(const DrawingMark& mark);
  void draw(const TargetMark& mark);
  void draw(const PageNumberMark& mark);
  void draw_link(const TextBlock::Link& link, const TextBlock::Line& line, double x, double y);
  void draw_line(const TextBlock& text, double x, double y);
  void begin(const char* tag) { cairo_tag_begin(cr_.get(), tag, nullptr); }
  void end(const char* tag) { cairo_tag_end(cr_.get(), tag); }

  const Document& document_;
  std::vector<Page> pages_;
  Typesetter& setter_;
  std::map<std::string, std::size_t> page_of_;  // target -> page, from 0
  std::unique_ptr<cairo_t, CairoDelete> cr_;
};

void PdfWriter::find_targets() {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    for (const Mark& mark : pages_[i].marks) {
      if (const auto* target = std::get_if<TargetMark>(&mark)) page_of_.try_emplace(target->id, i);
    }
  }
}

void PdfWriter::set_metadata(cairo_surface_t* surface) {
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface, key, clean_text(value).c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, document_.title);
  set(CAIRO_PDF_METADATA_SUBJECT, document_.footer);
  set(CAIRO_PDF_METADATA_CREATOR, document_.author);
  set(CAIRO_PDF_METADATA_CREATE_DATE, document_.created);
  set(CAIRO_PDF_METADATA_MOD_DATE, document_.created);
}

void PdfWriter::add_outline(cairo_surface_t* surface) {
  // The last bookmark of each level: the parent of deeper ones that follow.
  std::array<int, 4> parents{CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT,
                             CAIRO_PDF_OUTLINE_ROOT};
  for (const Page& page : pages_) {
    for (const Mark& mark : page.marks) {
      const auto* target = std::get_if<TargetMark>(&mark);
      if (target == nullptr || target->outline.empty()) continue;
      const auto level = static_cast<std::size_t>(target->level);
      const auto flags = level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : cairo_pdf_outline_flags_t{};
      const int id = cairo_pdf_surface_add_outline(
          surface, parents[level], clean_text(target->outline).c_str(),
          fmt::format("dest='{}'", target->id).c_str(), flags);
      for (std::size_t deeper = level + 1; deeper < parents.size(); ++deeper) parents[deeper] = id;
    }
  }
}

void PdfWriter::draw_link(const TextBlock::Link& link, const TextBlock::Line& line, double x,
                          double y) {
  std::string where;
  if (link.href.front() == '#') {
    const std::string id = link.href.substr(1);
    if (!page_of_.contains(id)) return;
    where = fmt::format("dest='{}'", id);
  } else if (safe_href(link.href)) {
    where = fmt::format("uri='{}'", link.href);
  } else {
    return;
  }
  const std::string attributes =
      fmt::format("{} rect=[{:.2f} {:.2f} {:.2f} {:.2f}]", where, x + link.x0, y + line.top,
                  link.x1 - link.x0, line.bottom - line.top);
  // A link stands beside the text around it in the structure: an element with children loses its
  // own text.
  end("P");
  cairo_tag_begin(cr_.get(), CAIRO_TAG_LINK, attributes.c_str());
  end(CAIRO_TAG_LINK);
  begin("P");
}

void PdfWriter::draw(const TextMark& mark) {
  const auto& lines = mark.text->lines();
  if (mark.first >= mark.last) return;
  const double top = mark.y - lines[mark.first].top;
  set_ink(cr_.get(), mark.text->ink());
  for (std::size_t i = mark.first; i < mark.last; ++i) {
    cairo_move_to(cr_.get(), mark.x + lines[i].x, top + lines[i].baseline);
    pango_cairo_show_layout_line(cr_.get(), lines[i].line);
  }
  for (const TextBlock::Link& link : mark.text->links()) {
    if (link.line >= mark.first && link.line < mark.last)
      draw_link(link, lines[link.line], mark.x, top);
  }
}

void PdfWriter::draw(const RectangleMark& mark) {
  set_ink(cr_.get(), mark.fill);
  cairo_rectangle(cr_.get(), mark.x, mark.y, mark.width, mark.height);
  cairo_fill(cr_.get());
}

void PdfWriter::draw(const DrawingMark& mark) {
  cairo_save(cr_.get());
  cairo_translate(cr_.get(), mark.x, mark.y);
  cairo_scale(cr_.get(), kPointsPerMm * mark.scale, kPointsPerMm * mark.scale);
  draw_on_cairo(cr_.get(), *mark.drawing, setter_.lettering());
  cairo_restore(cr_.get());
}

void PdfWriter::draw(const TargetMark& mark) {
  // A little above, so that what is linked to does not touch the window's edge.
  const std::string attributes =
      fmt::format("name='{}' x={:.2f} y={:.2f}", mark.id, mark.x, std::max(0.0, mark.y - 8));
  cairo_tag_begin(cr_.get(), CAIRO_TAG_DEST, attributes.c_str());
  end(CAIRO_TAG_DEST);
}

void PdfWriter::draw_line(const TextBlock& text, double x, double y) {
  draw(TextMark{&text, 0, 1, x, y - text.first_baseline()});
}

void PdfWriter::draw(const PageNumberMark& mark) {
  const auto found = page_of_.find(mark.id);
  if (found == page_of_.end()) return;
  draw_line(setter_.set(Rich(std::to_string(found->second + 1)),
                        {.size_pt = 8.8, .align = Align::end}, 24),
            mark.x - 24, mark.y);
}

void PdfWriter::draw_furniture(const Page& page, std::size_t index) {
  const TextStyle left{.size_pt = 7.4, .ink = Ink::faint};
  TextStyle right = left;
  right.align = Align::end;
  const auto short_text = [](const std::string& text) {
    return fit_text(clean_text(text), 7.4, 300);
  };
  if (!page.section.empty()) {
    const double y = 11 * kPointsPerMm;
    draw_line(setter_.set(Rich(short_text(document_.title)), left, page.text_width), page.left, y);
    draw_line(setter_.set(Rich(short_text(page.section)), right, page.text_width), page.left, y);
  }
  const double y = page.height - 8.5 * kPointsPerMm;
  draw_line(setter_.set(Rich(document_.footer), left, page.text_width), page.left, y);
  const std::string number =
      fmt::format(fmt::runtime(document_.words.page_of), index + 1, pages_.size());
  draw_line(setter_.set(Rich(number), right, page.text_width), page.left, y);
}

void PdfWriter::draw_page(std::size_t index) {
  const Page& page = pages_[index];
  // cairo 1.16 writes links right only in a document that has a structure: without it, its tree of
  // parents names objects that it never writes (found by qpdf --check).
  begin("Sect");
  begin("P");
  for (const Mark& mark : page.marks) {
    std::visit([this](const auto& m) { draw(m); }, mark);
  }
  if (!page.bare) draw_furniture(page, index);
  end("P");
  end("Sect");
  cairo_show_page(cr_.get());
}

Result<std::string> PdfWriter::write() {
  find_targets();
  std::string bytes;
  const std::unique_ptr<cairo_surface_t, SurfaceDelete> surface(cairo_pdf_surface_create_for_stream(
      append_bytes, &bytes, pages_.front().width, pages_.front().height));
  set_metadata(surface.get());
  cr_.reset(cairo_create(surface.get()));
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    cairo_pdf_surface_set_size(surface.get(), pages_[i].width, pages_[i].height);
    draw_page(i);
  }
  add_outline(surface.get());
  const cairo_status_t drawn = cairo_status(cr_.get());
  cr_.reset();
  cairo_surface_finish(surface.get());
  const cairo_status_t finished = cairo_surface_status(surface.get());
  if (const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : finished;
      status != CAIRO_STATUS_SUCCESS) {
    return fail(Errc::environment,
                phrase("the PDF could not be drawn: {}", cairo_status_to_string(status)));
  }
  return bytes;
}

}  // namespace

Result<std::string> render_pdf(const Document& document, Paper paper) {
  auto setter = Typesetter::make(document.language);
  if (!setter) return tl::unexpected(setter.error());
  std::vector<Page> pages = compose(document, paper, **setter);
  return PdfWriter(document, std::move(pages), **setter).write();
}

}  // namespace defilada::sheet
