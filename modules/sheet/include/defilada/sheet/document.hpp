// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "defilada/drawing/drawing.hpp"

/// A document: what is said and in which order, nothing of how it is set. HTML (html.hpp) and PDF
/// (pdf.hpp) are two settings of the same.
///
///     Document ── Section ── Block: Heading | Paragraph | KeyFigures | List | Table | Cards |
///     Figure | Cutouts | Contents
///                                      └── Rich: runs of text, some of them links
namespace defilada::sheet {

using drawing::Drawing;
using drawing::Ink;

enum class Emphasis : std::uint8_t {
  plain,
  strong,
  faint,
  small,  ///< smaller and faint: what is said besides
  time,   ///< a clock time that is read from afar
  tag,    ///< one word that marks a line: "critical", "first time"
  alarm,  ///< in the accent's colour
  code,   ///< a place in a file
  quote,  ///< words that somebody said
};

/// Texts may hold anything: the renderers escape them and make them valid UTF-8.
struct Run {
  std::string text{};
  Emphasis emphasis = Emphasis::plain;
  std::string href{};     ///< "#id" in the document, or an http(s) address; "": not a link
  bool new_line = false;  ///< begins a line
};

class Rich {
 public:
  Rich() = default;
  Rich(std::string text) { add(std::move(text)); }  // NOLINT: a text is a rich text
  Rich(std::string text, Emphasis emphasis) { add(std::move(text), emphasis); }

  Rich& add(std::string text, Emphasis emphasis = Emphasis::plain, std::string href = {});
  /// The next run begins a new line. Without effect at the beginning.
  Rich& line();
  /// All runs of another behind these.
  Rich& append(const Rich& more);
  /// Adds the text; words that are http(s) addresses become links to themselves.
  Rich& add_linked(std::string_view text, Emphasis emphasis = Emphasis::plain);

  [[nodiscard]] const std::vector<Run>& runs() const noexcept { return runs_; }
  [[nodiscard]] bool empty() const noexcept { return runs_.empty(); }

 private:
  std::vector<Run> runs_;
  bool new_line_ = false;
};

struct Heading {
  std::string id{};
  std::string text{};
};

struct Paragraph {
  enum class Kind : std::uint8_t { body, note, alarm, quote };
  Kind kind = Kind::body;
  Rich text{};
};

/// Large numbers with a word below each.
struct KeyFigures {
  struct Entry {
    std::string value{};
    std::string label{};
  };
  std::vector<Entry> entries{};
};

/// Numbered from 1.
struct List {
  std::vector<Rich> entries{};
};

enum class Align : std::uint8_t { start, end, middle };

struct Column {
  std::string heading{};
  Align align = Align::start;
  double flex = 0;  ///< share of the width that is left; 0: as wide as its widest cell
};

struct Cell {
  Rich text{};
  Ink swatch = Ink::none;  ///< a small square before the text
};

struct Row {
  enum class Kind : std::uint8_t { body, group, total };
  Kind kind = Kind::body;
  std::vector<Cell> cells{};  ///< as many as columns; a group has one, over the whole width
  bool marked = false;        ///< a bar at its edge
  std::string id{};           ///< target of links; may be empty
};

struct Table {
  std::string label{};  ///< says what it is, for who cannot see it
  std::vector<Column> columns{};
  std::vector<Row> rows{};
  double width = 1;  ///< share of the page's
  bool compact = false;
  bool headings = true;
};

struct Figure {
  Drawing drawing{};
  Rich caption{};
};

/// One thing on a panel that no page break cuts.
struct Card {
  struct Field {
    std::string label{};
    Rich value{};
  };
  std::string id{};
  Ink ink = Ink::text;    ///< of its edge
  std::string number{};   ///< large, at its head
  std::string outline{};  ///< its name in the bookmarks
  Rich title{};
  Rich subtitle{};
  std::vector<Field> fields{};
  std::vector<Figure> aside{};  ///< at most one: beside head and fields
  std::vector<Table> tables{};
  std::vector<Rich> notes{};
  std::vector<Figure> below{};
};

struct Cards {
  int columns = 2;
  std::vector<Card> cards{};
};

/// Cards that are cut out and taken along: two to a turned page, each on half of it (A5 of A4),
/// with marks for the knife.
struct Cutouts {
  std::vector<Drawing> cards{};
};

/// List of the sections, with page numbers where there are pages.
struct Contents {};

using Block =
    std::variant<Heading, Paragraph, KeyFigures, List, Table, Cards, Figure, Cutouts, Contents>;

struct Section {
  std::string id{};
  std::string title{};
  bool landscape = false;  ///< a page of its own, turned
  bool new_page = false;
  std::vector<Block> blocks{};
};

/// Fixed words that the renderers need.
struct Furniture {
  std::string kind{};      ///< "Run sheet"
  std::string contents{};  ///< "Contents"
  std::string page_of{};   ///< "page {0} of {1}"
};

struct Document {
  std::string language{};
  std::string title{};
  Rich subtitle{};        ///< date and place, under the title
  std::string footer{};   ///< at the foot of each page
  std::string created{};  ///< ISO 8601; the show's date, so that the same plan gives the same bytes
  std::string author{};
  Furniture words{};
  std::vector<Section> sections{};  ///< the first is the cover: its title is not printed
};

}  // namespace defilada::sheet
