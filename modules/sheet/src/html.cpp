// SPDX-License-Identifier: MIT
#include "html.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "defilada/drawing/palette.hpp"
#include "defilada/drawing/svg.hpp"
#include "defilada/drawing/text.hpp"

namespace defilada::sheet {
using drawing::escape;
using drawing::safe_href;
namespace {

struct Tags {
  std::string_view open;
  std::string_view close;
};

Tags tags_of(Emphasis emphasis) noexcept {
  switch (emphasis) {
    case Emphasis::plain: return {"", ""};
    case Emphasis::strong: return {"<strong>", "</strong>"};
    case Emphasis::faint: return {"<span class=\"faint\">", "</span>"};
    case Emphasis::small: return {"<small>", "</small>"};
    case Emphasis::time: return {"<span class=\"time\">", "</span>"};
    case Emphasis::tag: return {"<span class=\"tag\">", "</span>"};
    case Emphasis::alarm: return {"<strong class=\"alarm\">", "</strong>"};
    case Emphasis::code: return {"<code>", "</code>"};
    case Emphasis::quote: return {"<span class=\"quote\">", "</span>"};
  }
  return {"", ""};
}

/// Whether a cell of a column that is as wide as its widest may keep its lines whole.
bool is_short(const Rich& rich) noexcept {
  constexpr std::size_t kShort = 28;  // bytes
  std::size_t line = 0;
  for (const Run& run : rich.runs()) {
    line = run.new_line ? run.text.size() : line + run.text.size();
    if (line > kShort) return false;
  }
  return true;
}

class HtmlWriter {
 public:
  explicit HtmlWriter(const Document& document) : document_(document) {}

  std::string write();

 private:
  template <typename... Args>
  void append(std::string_view format, const Args&... args) {
    fmt::vformat_to(std::back_inserter(out_), format, fmt::make_format_args(args...));
  }
  void write_head();
  void write_cover();
  void write_section(const Section& section, bool cover);
  void write_rich(const Rich& rich);
  void write(const Heading& heading);
  void write(const Paragraph& paragraph);
  void write(const KeyFigures& figures);
  void write(const List& list);
  void write(const Table& table);
  void write(const Cards& cards);
  void write(const Figure& figure);
  void write(const Cutouts& cutouts);
  void write(const Contents& contents);
  void write_row(const Table& table, const Row& row);
  void write_cell(const Column& column, const Cell& cell);
  void write_card(const Card& card);
  [[nodiscard]] static std::string_view align_class(Align align) noexcept {
    return align == Align::start ? "" : align == Align::end ? " class=\"e\"" : " class=\"m\"";
  }

  const Document& document_;
  std::string out_;
  bool headed_ = false;  // a heading came before in this section
};

void HtmlWriter::write_head() {
  append("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n",
         escape(document_.language));
  // Whatever a show file holds, the page runs nothing and asks nobody.
  out_ +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"color-scheme\" content=\"light dark\"/>\n";
  append("<meta name=\"generator\" content=\"{}\"/>\n<title>{} – {}</title>\n",
         escape(document_.author), escape(document_.title), escape(document_.words.kind));
  append("<style>\n{}</style>\n</head>\n<body>\n", html_style());
}

void HtmlWriter::write_rich(const Rich& rich) {
  for (const Run& run : rich.runs()) {
    if (run.new_line) out_ += "<br/>";
    const auto [open, close] = tags_of(run.emphasis);
    const bool link = safe_href(run.href);
    out_ += open;
    if (link) {
      append("<a href=\"{}\"{}>", escape(run.href),
             run.href.front() == '#' ? "" : " rel=\"noopener noreferrer\"");
    }
    out_ += escape(run.text);
    if (link) out_ += "</a>";
    out_ += close;
  }
}

void HtmlWriter::write(const Heading& heading) {
  headed_ = true;
  append("<h3 id=\"{}\">{}</h3>\n", escape(heading.id), escape(heading.text));
}

void HtmlWriter::write(const Paragraph& paragraph) {
  switch (paragraph.kind) {
    case Paragraph::Kind::body: out_ += "<p>"; break;
    case Paragraph::Kind::note: out_ += "<p class=\"note\">"; break;
    case Paragraph::Kind::alarm: out_ += "<p class=\"alarm-box\" role=\"alert\">"; break;
    case Paragraph::Kind::quote: out_ += "<p class=\"said\">"; break;
  }
  write_rich(paragraph.text);
  out_ += "</p>\n";
}

void HtmlWriter::write(const KeyFigures& figures) {
  out_ += "<dl class=\"key\">\n";
  for (const auto& [value, label] : figures.entries) {
    append("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), escape(value));
  }
  out_ += "</dl>\n";
}

void HtmlWriter::write(const List& list) {
  out_ += "<ol>\n";
  for (const Rich& entry : list.entries) {
    out_ += "<li>";
    write_rich(entry);
    out_ += "</li>\n";
  }
  out_ += "</ol>\n";
}

void HtmlWriter::write_cell(const Column& column, const Cell& cell) {
  std::string classes = column.align == Align::end ? "e" : column.align == Align::middle ? "m" : "";
  if (column.flex == 0 && is_short(cell.text)) classes += classes.empty() ? "n" : " n";
  out_ += classes.empty() ? "<td>" : fmt::format("<td class=\"{}\">", classes);
  if (cell.swatch != Ink::none) append("<i class=\"sw b{}\"></i>", colour_of(cell.swatch).name);
  write_rich(cell.text);
  out_ += "</td>";
}

void HtmlWriter::write_row(const Table& table, const Row& row) {
  const std::string id = row.id.empty() ? "" : fmt::format(" id=\"{}\"", escape(row.id));
  if (row.kind == Row::Kind::group) {
    append("<tr class=\"group\"{}><th colspan=\"{}\" scope=\"rowgroup\">", id,
           table.columns.size());
    if (!row.cells.empty()) write_rich(row.cells.front().text);
    out_ += "</th></tr>\n";
    return;
  }
  const std::string_view style = row.kind == Row::Kind::total ? " class=\"total\""
                                 : row.marked                 ? " class=\"mark\""
                                                              : "";
  append("<tr{}{}>", style, id);
  for (std::size_t i = 0; i < table.columns.size() && i < row.cells.size(); ++i) {
    write_cell(table.columns[i], row.cells[i]);
  }
  out_ += "</tr>\n";
}

void HtmlWriter::write(const Table& table) {
  const bool marked =
      std::any_of(table.rows.begin(), table.rows.end(), [](const Row& row) { return row.marked; });
  const std::string width =
      table.width < 1 ? fmt::format(" style=\"max-width:{:.0f}%\"", 100 * table.width) : "";
  append("<div class=\"scroll\"><table class=\"{}{}\"{}>\n", table.compact ? "compact" : "full",
         marked ? " marks" : "", width);
  append("<caption>{}</caption>\n", escape(table.label));
  if (table.headings) {
    out_ += "<thead><tr>";
    for (const Column& column : table.columns) {
      append("<th scope=\"col\"{}>{}</th>", align_class(column.align), escape(column.heading));
    }
    out_ += "</tr></thead>\n";
  }
  out_ += "<tbody>\n";
  for (const Row& row : table.rows) write_row(table, row);
  out_ += "</tbody></table></div>\n";
}

void HtmlWriter::write_card(const Card& card) {
  append("<article class=\"card\" id=\"{}\"><i class=\"edge b{}\"></i>\n", escape(card.id),
         colour_of(card.ink).name);
  out_ += "<div class=\"top\"><div class=\"about\">\n<header>";
  if (!card.number.empty()) append("<span class=\"number\">{}</span>", escape(card.number));
  out_ += headed_ ? "<div><h4>" : "<div><h3>";
  write_rich(card.title);
  out_ += headed_ ? "</h4><p>" : "</h3><p>";
  write_rich(card.subtitle);
  out_ += "</p></div></header>\n<dl>\n";
  for (const auto& [label, value] : card.fields) {
    append("<dt>{}</dt><dd>", escape(label));
    write_rich(value);
    out_ += "</dd>\n";
  }
  out_ += "</dl></div>\n";
  for (const Figure& figure : card.aside) write(figure);
  out_ += "</div>\n";
  for (const Table& table : card.tables) write(table);
  for (const Rich& note : card.notes) write(Paragraph{Paragraph::Kind::note, note});
  for (const Figure& figure : card.below) write(figure);
  out_ += "</article>\n";
}

void HtmlWriter::write(const Cards& cards) {
  append("<div class=\"cards{}\">\n", cards.columns == 1 ? " single" : "");
  for (const Card& card : cards.cards) write_card(card);
  out_ += "</div>\n";
}

void HtmlWriter::write(const Figure& figure) {
  out_ += "<figure>";
  append_svg(figure.drawing, out_);
  if (!figure.caption.empty()) {
    out_ += "<figcaption>";
    write_rich(figure.caption);
    out_ += "</figcaption>";
  }
  out_ += "</figure>\n";
}

void HtmlWriter::write(const Cutouts& cutouts) {
  out_ += "<div class=\"cutouts\">\n";
  for (const Drawing& card : cutouts.cards) {
    append("<figure id=\"{}\">", escape(card.id));
    append_svg(card, out_);
    out_ += "</figure>\n";
  }
  out_ += "</div>\n";
}

void HtmlWriter::write(const Contents&) {
  append("<nav aria-label=\"{0}\"><ol>\n", escape(document_.words.contents));
  for (std::size_t i = 1; i < document_.sections.size(); ++i) {
    const Section& section = document_.sections[i];
    append("<li><a href=\"#{}\">{}</a></li>\n", escape(section.id), escape(section.title));
  }
  out_ += "</ol></nav>\n";
}

void HtmlWriter::write_section(const Section& section, bool cover) {
  headed_ = false;
  append("<section id=\"{}\" class=\"{}{}\">\n", escape(section.id),
         section.landscape ? "wide" : "upright", section.new_page ? " new-page" : "");
  if (!cover) append("<h2>{}</h2>\n", escape(section.title));
  for (const Block& block : section.blocks) {
    std::visit([this](const auto& b) { write(b); }, block);
  }
  out_ += "</section>\n";
}

void HtmlWriter::write_cover() {
  append("<header class=\"cover\"><p class=\"kind\">{}</p>\n<h1>{}</h1>\n<p class=\"sub\">",
         escape(document_.words.kind), escape(document_.title));
  write_rich(document_.subtitle);
  out_ += "</p></header>\n<main>\n";
}

std::string HtmlWriter::write() {
  write_head();
  write_cover();
  for (const Section& section : document_.sections) {
    write_section(section, &section == &document_.sections.front());
  }
  append("</main>\n<footer><p>{}</p></footer>\n</body>\n</html>\n", escape(document_.footer));
  return std::move(out_);
}

}  // namespace

std::string render_html(const Document& document) {
  return HtmlWriter(document).write();
}

}  // namespace defilada::sheet
