// SPDX-License-Identifier: MIT
#include "defilada/drawing/svg.hpp"

#include <fmt/format.h>

#include "defilada/drawing/palette.hpp"
#include "defilada/drawing/text.hpp"

namespace defilada::drawing {
namespace {

/// Writes shapes as elements. Numbers have two decimals: a hundredth of a millimetre.
class SvgWriter {
 public:
  explicit SvgWriter(const Drawing& drawing, std::string& out) : drawing_(drawing), out_(out) {}

  void write() {
    const std::string width = format_mm(drawing_.width_mm);
    const std::string height = format_mm(drawing_.height_mm);
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}mm\" "
        "height=\"{1}mm\" role=\"img\" aria-labelledby=\"{2}-t {2}-d\">\n",
        width, height, drawing_.id);
    append("<title id=\"{}-t\">{}</title>\n", drawing_.id, escape(drawing_.title));
    append("<desc id=\"{}-d\">{}</desc>\n", drawing_.id, escape(drawing_.description));
    for (const Shape& shape : drawing_.shapes) {
      std::visit([this](const auto& s) { write(s); }, shape);
    }
    if (clipped_) out_ += "</svg>\n";
    out_ += "</svg>\n";
  }

 private:
  template <typename... Args>
  void append(std::string_view format, const Args&... args) {
    fmt::vformat_to(std::back_inserter(out_), format, fmt::make_format_args(args...));
  }
  void write(const Path& path);
  void write(const Discs& discs);
  void write(const Label& label);
  void write(const ClipTo& clip);
  void write_style(const Style& style);

  const Drawing& drawing_;
  std::string& out_;
  bool clipped_ = false;
};

void SvgWriter::write_style(const Style& style) {
  append(" class=\"{}",
         style.fill == Ink::none ? "fn" : fmt::format("f{}", colour_of(style.fill).name));
  if (style.stroke != Ink::none) append(" k{}", colour_of(style.stroke).name);
  out_ += '"';
  if (style.fill != Ink::none && style.fill_opacity < 1) {
    append(" fill-opacity=\"{}\"", format_mm(style.fill_opacity));
  }
  if (style.stroke == Ink::none) return;
  append(" stroke-width=\"{}\"", format_mm(style.width_mm));
  if (style.dash == Dash::solid) return;
  const auto& dash = style.dash == Dash::dashed ? kDashed : kDotted;
  append(" stroke-dasharray=\"{} {}\"", format_mm(dash[0]), format_mm(dash[1]));
}

void SvgWriter::write(const Path& path) {
  out_ += "<path d=\"";
  for (const auto& line : path.lines) {
    char command = 'M';
    for (const Point& point : line) {
      append("{}{} {}", command, format_mm(point.x), format_mm(point.y));
      command = 'L';
    }
    if (path.closed && !line.empty()) out_ += 'Z';
  }
  out_ += '"';
  write_style(path.style);
  if (path.closed && path.lines.size() > 1) out_ += " fill-rule=\"evenodd\"";
  out_ += "/>\n";
}

void SvgWriter::write(const Discs& discs) {
  // Two half circles each: one path in place of hundreds of elements.
  const std::string r = format_mm(discs.radius_mm);
  const std::string d = format_mm(2 * discs.radius_mm);
  out_ += "<path d=\"";
  for (const Point& centre : discs.centres) {
    append("M{} {}a{} {} 0 1 0 {} 0a{} {} 0 1 0 -{} 0", format_mm(centre.x - discs.radius_mm),
           format_mm(centre.y), r, r, d, r, r, d);
  }
  out_ += '"';
  write_style(discs.style);
  out_ += "/>\n";
}

void SvgWriter::write(const Label& label) {
  append("<text x=\"{}\" y=\"{}\" font-size=\"{}\" class=\"f{}{}{}\"", format_mm(label.at.x),
         format_mm(label.at.y), format_mm(label.size_mm), colour_of(label.ink).name,
         label.bold ? " b" : "", label.halo ? " halo" : "");
  if (label.anchor != Anchor::start) {
    append(" text-anchor=\"{}\"", label.anchor == Anchor::middle ? "middle" : "end");
  }
  if (label.rotation_deg != 0) {
    append(" transform=\"rotate({} {} {})\"", format_mm(label.rotation_deg), format_mm(label.at.x),
           format_mm(label.at.y));
  }
  append(">{}</text>\n", escape(label.text));
}

void SvgWriter::write(const ClipTo& clip) {
  // A nested viewport clips without an id that would have to be unique in the page.
  if (clipped_) out_ += "</svg>\n";
  clipped_ = !clip.whole;
  if (!clipped_) return;
  const std::string x = format_mm(clip.box.min.x);
  const std::string y = format_mm(clip.box.min.y);
  const std::string width = format_mm(clip.box.width());
  const std::string height = format_mm(clip.box.height());
  append("<svg x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{3}\" viewBox=\"{0} {1} {2} {3}\">\n", x,
         y, width, height);
}

}  // namespace

void append_svg(const Drawing& drawing, std::string& out) {
  SvgWriter(drawing, out).write();
}

}  // namespace defilada::drawing
