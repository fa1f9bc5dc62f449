// SPDX-License-Identifier: MIT
#include "defilada/svg/read_svg.hpp"

#include <2geom/svg-path-parser.h>
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "line_sink.hpp"
#include "numbers.hpp"
#include "transform.hpp"

namespace defilada::svg {
namespace {

using Names = std::array<std::string_view, 10>;
constexpr Names kPassedOver = {"defs",  "symbol",  "clipPath", "mask",     "marker",
                               "title", "pattern", "desc",     "metadata", "style"};

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;
struct FreeParser {
  void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

/// Goes through the elements and collects their lines.
class Reader {
 public:
  Reader(FileId file, const Sources& sources, Diagnostics& diagnostics)
      : file_(file), sources_(sources), diagnostics_(diagnostics) {}

  std::vector<formation::Stroke> read() {
    const std::size_t errors = diagnostics_.errors();
    const std::string_view text = sources_.text(file_);
    if (text.size() > kFileLimitBytes) {
      error("svg.too-large", 1, phrase("the drawing is larger than 1 MiB"));
      return {};
    }
    // A parser keeps its own error, so that two may read at once.
    const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
    const Document document(xmlCtxtReadMemory(
        parser.get(), text.data(), static_cast<int>(text.size()), nullptr, nullptr,
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES));
    if (document == nullptr) {
      const xmlError* fault = xmlCtxtGetLastError(parser.get());
      error("svg.syntax", fault == nullptr ? 1 : fault->line,
            phrase("not XML: {}", message_of(fault)));
      return {};
    }
    const xmlNode* root = xmlDocGetRootElement(document.get());
    if (root == nullptr || view_of(root->name) != "svg") {
      error("svg.not-svg", 1, phrase("the outermost element is not svg"));
      return {};
    }
    element(*root, Geom::Affine(), 0);
    if (diagnostics_.errors() == errors && strokes_.empty()) {
      error("svg.no-lines", 1, phrase("nothing is drawn"),
            phrase("a path, line, polyline, polygon, rect, circle or ellipse"));
    }
    if (diagnostics_.errors() != errors) strokes_.clear();
    return std::move(strokes_);
  }

 private:
  static Phrase message_of(const xmlError* fault) {
    if (fault == nullptr || fault->message == nullptr) return phrase("it cannot be read");
    std::string message = fault->message;
    while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) {
      message.pop_back();
    }
    return Phrase::verbatim(message);
  }

  void error(std::string code, long line, Phrase message, Phrase expected = {}) {
    diagnostics_.error(std::move(code), span_of(line), std::move(message), std::move(expected));
  }

  /// libxml2 knows the lines of elements, not their bytes.
  Span span_of(long line) const {
    const std::string_view text = sources_.text(file_);
    std::size_t begin = 0;
    for (long i = 1; i < line; ++i) {
      const std::size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) break;
      begin = end + 1;
    }
    std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  static std::optional<std::string> attribute(const xmlNode& node, const char* name) {
    xmlChar* value = xmlGetNoNsProp(&node, reinterpret_cast<const xmlChar*>(name));
    if (value == nullptr) return std::nullopt;
    std::string text(view_of(value));
    xmlFree(value);
    return text;
  }

  void element(const xmlNode& node, Geom::Affine transform, int depth) {
    const std::string_view name = view_of(node.name);
    if (std::find(kPassedOver.begin(), kPassedOver.end(), name) != kPassedOver.end()) return;
    if (attribute(node, "display") == "none") return;
    if (depth > kDepthLimit) {
      error("svg.too-large", xmlGetLineNo(&node), phrase("more than 64 levels"));
      return;
    }
    if (const auto text = attribute(node, "transform")) {
      const auto own = read_transform(*text);
      if (!own) {
        error("svg.transform", xmlGetLineNo(&node), phrase("a transform that cannot be read"),
              phrase("matrix, translate, scale, rotate, skewX or skewY with their numbers"));
        return;
      }
      transform = *own * transform;
    }
    draw(node, name, transform);
    for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
      if (child->type == XML_ELEMENT_NODE) element(*child, transform, depth + 1);
    }
  }

  void draw(const xmlNode& node, std::string_view name, const Geom::Affine& transform) {
    LineSink sink(transform, strokes_, points_);
    try {
      if (name == "path") path(node, sink);
      if (name == "line") line(node, sink);
      if (name == "polyline" || name == "polygon") polyline(node, name == "polygon", sink);
      if (name == "rect") rect(node, sink);
      if (name == "circle" || name == "ellipse") ellipse(node, name == "circle", sink);
      sink.flush();
    } catch (const TooLarge& fault) {
      error("svg.too-large", xmlGetLineNo(&node), fault.why);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& fault) {  // lib2geom's have no other class in common
      error("svg.path", xmlGetLineNo(&node),
            phrase("path data that cannot be read: {}", fault.what()));
    }
    if (name == "text" || name == "image" || name == "use") {
      diagnostics_.warning("svg.not-drawn", span_of(xmlGetLineNo(&node)),
                           phrase("a {} is not drawn: only lines are", name),
                           phrase("paths; a drawing program turns it into them"));
    }
  }

  static void path(const xmlNode& node, LineSink& sink) {
    const auto data = attribute(node, "d");
    if (!data) return;
    Geom::SVGPathParser parser(sink);
    parser.parse(*data);
  }

  /// Of an element; 0 where it is not said, nothing after a report.
  std::optional<double> number(const xmlNode& node, const char* name) {
    const auto text = attribute(node, name);
    if (!text) return 0;
    const auto value = read_length(*text);
    if (!value) {
      error("svg.number", xmlGetLineNo(&node), phrase("{} is not a number", name),
            phrase("a number without a unit, or in px"));
    }
    return value;
  }

  template <std::size_t N>
  std::optional<std::array<double, N>> numbers(const xmlNode& node,
                                               const std::array<const char*, N>& names) {
    std::array<double, N> values{};
    bool sound = true;
    for (std::size_t i = 0; i < N; ++i) {
      const auto value = number(node, names[i]);
      sound = sound && value.has_value();
      values[i] = value.value_or(0);
    }
    return sound ? std::optional(values) : std::nullopt;
  }

  void line(const xmlNode& node, LineSink& sink) {
    const auto n = numbers<4>(node, {"x1", "y1", "x2", "y2"});
    if (!n) return;
    sink.moveTo({(*n)[0], (*n)[1]});
    sink.lineTo({(*n)[2], (*n)[3]});
  }

  void polyline(const xmlNode& node, bool closed, LineSink& sink) {
    const auto n = read_numbers(attribute(node, "points").value_or(""));
    if (!n || n->size() % 2 != 0) {
      error("svg.path", xmlGetLineNo(&node), phrase("points that cannot be read"),
            phrase("pairs of numbers"));
      return;
    }
    for (std::size_t i = 0; i < n->size(); i += 2) {
      const Geom::Point p((*n)[i], (*n)[i + 1]);
      i == 0 ? sink.moveTo(p) : sink.lineTo(p);
    }
    if (closed) sink.closePath();
  }

  void rect(const xmlNode& node, LineSink& sink) {
    const auto n = numbers<4>(node, {"x", "y", "width", "height"});
    if (!n || (*n)[2] <= 0 || (*n)[3] <= 0) return;
    const auto [x, y, width, height] = *n;
    sink.moveTo({x, y});
    sink.lineTo({x + width, y});
    sink.lineTo({x + width, y + height});
    sink.lineTo({x, y + height});
    sink.closePath();
  }

  void ellipse(const xmlNode& node, bool circle, LineSink& sink) {
    const auto n = circle ? numbers<4>(node, {"cx", "cy", "r", "r"})
                          : numbers<4>(node, {"cx", "cy", "rx", "ry"});
    if (!n || (*n)[2] <= 0 || (*n)[3] <= 0) return;
    const auto [x, y, rx, ry] = *n;
    sink.moveTo({x + rx, y});
    sink.arcTo(rx, ry, 0, false, true, {x - rx, y});
    sink.arcTo(rx, ry, 0, false, true, {x + rx, y});
    sink.closePath();
  }

  FileId file_;
  const Sources& sources_;
  Diagnostics& diagnostics_;
  std::vector<formation::Stroke> strokes_;
  std::size_t points_ = 0;
};

}  // namespace

std::vector<formation::Stroke> read_svg(FileId file, const Sources& sources,
                                        Diagnostics& diagnostics) {
  return Reader(file, sources, diagnostics).read();
}

}  // namespace defilada::svg
