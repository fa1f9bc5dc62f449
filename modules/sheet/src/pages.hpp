// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "defilada/sheet/document.hpp"
#include "defilada/sheet/run_sheet.hpp"
#include "typesetter.hpp"

/// Pages as lists of marks, made before anything is drawn: only then is the number of pages known.
/// Lengths are points, from the top left of the page.
namespace defilada::sheet {

/// Lines [first, last) of a text; (x, y) is the top left of line `first`.
struct TextMark {
  const TextBlock* text = nullptr;
  std::size_t first = 0;
  std::size_t last = 0;
  double x = 0;
  double y = 0;
};
struct RectangleMark {
  double x = 0, y = 0, width = 0, height = 0;
  Ink fill = Ink::none;
};
struct DrawingMark {
  const Drawing* drawing = nullptr;
  double x = 0, y = 0;
  double scale = 1;  ///< 1: to its size in mm
};
/// A target of links, in the bookmarks if `outline` says something.
struct TargetMark {
  std::string id{};
  std::string outline{};
  int level = 0;
  double x = 0, y = 0;
};
/// Number of the page on which target `id` is; right-aligned at x, its baseline at y.
struct PageNumberMark {
  std::string id{};
  double x = 0, y = 0;
};

using Mark = std::variant<TextMark, RectangleMark, DrawingMark, TargetMark, PageNumberMark>;

/// Marks that go together, relative to their own top left.
struct Canvas {
  std::vector<Mark> marks{};
  double height = 0;

  void add(Mark mark) { marks.push_back(std::move(mark)); }
  /// All lines of a text; returns its height.
  double add_text(const TextBlock& text, double x, double y) {
    marks.emplace_back(TextMark{&text, 0, text.lines().size(), x, y});
    return text.height();
  }
  void append(Canvas other, double dx, double dy);
};

struct Page {
  double width = 0;
  double height = 0;
  double left = 0;  ///< of the text
  double text_width = 0;
  std::string section{};  ///< its title, in the header; empty on the cover
  bool bare = false;      ///< without header and footer
  std::vector<Mark> marks{};
};

/// Where text goes on a page.
struct Frame {
  double page_width = 0;
  double page_height = 0;
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
  [[nodiscard]] double bottom() const noexcept { return top + height; }
};
[[nodiscard]] Frame frame_of(Paper paper, bool landscape) noexcept;

/// Fills pages from the top to the bottom.
class Flow {
 public:
  explicit Flow(Paper paper) : paper_(paper) {}

  void new_page(bool landscape = false);
  /// A turned page without header and footer; the next block begins another.
  void new_bare_page();
  /// A new page unless `height` is left on this one.
  void need(double height) {
    if (!fits(height)) new_page(landscape_);
  }
  [[nodiscard]] bool fits(double height) const noexcept {
    return y_ + height <= frame_.bottom() + 0.01;
  }
  [[nodiscard]] bool at_top() const noexcept { return y_ <= frame_.top + 0.01; }
  [[nodiscard]] bool landscape() const noexcept { return landscape_; }
  [[nodiscard]] double room() const noexcept { return frame_.bottom() - y_; }
  [[nodiscard]] double y() const noexcept { return y_; }
  [[nodiscard]] const Frame& frame() const noexcept { return frame_; }
  void skip(double height) noexcept { y_ += height; }
  void set_section(std::string title) { section_ = std::move(title); }

  /// At the cursor, moved down behind it.
  void place(Canvas canvas, double dx = 0);
  void add(Mark mark) { pages_.back().marks.push_back(std::move(mark)); }
  [[nodiscard]] std::vector<Page> finish() && { return std::move(pages_); }

 private:
  Paper paper_;
  Frame frame_;
  bool landscape_ = false;
  double y_ = 0;
  std::string section_;
  std::vector<Page> pages_;
};

/// Sets a document on pages. `document` and `setter` must outlive the pages.
[[nodiscard]] std::vector<Page> compose(const Document& document, Paper paper, Typesetter& setter);

}  // namespace defilada::sheet
