// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

/// A drawing as a list of shapes: made once, drawn as SVG (svg.hpp) and by cairo
/// (cairo_drawing.hpp).
///
///     (0, 0) ------------------> x      millimetres on paper, y downwards, as both renderers have
///     it;
///       |   frame: width x height       everything lies inside the frame, text included.
///       v y
namespace defilada::drawing {

struct Point {
  double x = 0;
  double y = 0;
  friend constexpr Point operator+(Point a, Point b) noexcept { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Point operator-(Point a, Point b) noexcept { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Point operator*(double k, Point a) noexcept { return {k * a.x, k * a.y}; }
  constexpr bool operator==(const Point&) const = default;
};

/// [min, max] in both directions.
struct Box {
  Point min;
  Point max;
  [[nodiscard]] constexpr double width() const noexcept { return max.x - min.x; }
  [[nodiscard]] constexpr double height() const noexcept { return max.y - min.y; }
  constexpr bool operator==(const Box&) const = default;
};

/// Colours by what they mean, so that a screen can be dark and paper light. The series tell
/// branches or processions apart; their lightness differs, so that they do in black and white, too.
enum class Ink : std::uint8_t {
  none,
  text,
  faint,   ///< secondary text
  rule,    ///< thin lines
  tint,    ///< background of panels
  shade,   ///< areas of ground
  paper,   ///< the sheet itself
  accent,  ///< what must not be overlooked
  good,    ///< holds
  series_1,
  series_2,
  series_3,
  series_4,
  series_5,
  series_6,
  series_7,
  series_8,
};
inline constexpr int kSeries = 8;
inline constexpr int kInks = static_cast<int>(Ink::series_8) + 1;
/// Series n, counted from 0, around in a circle.
[[nodiscard]] constexpr Ink series(std::size_t n) noexcept {
  return static_cast<Ink>(static_cast<std::size_t>(Ink::series_1) + n % kSeries);
}

enum class Dash : std::uint8_t { solid, dashed, dotted };

struct Style {
  Ink fill = Ink::none;
  double fill_opacity = 1;
  Ink stroke = Ink::none;
  double width_mm = 0.2;
  Dash dash = Dash::solid;
};

/// Several lines in one: all slots of a formation are one path. Closed ones are filled even-odd.
struct Path {
  std::vector<std::vector<Point>> lines{};
  bool closed = false;
  Style style{};
};

/// Discs of one size and style.
struct Discs {
  std::vector<Point> centres{};
  double radius_mm = 0;
  Style style{};
};

enum class Anchor : std::uint8_t { start, middle, end };

/// One line of text; `at` is on its baseline.
struct Label {
  Point at{};
  std::string text{};
  double size_mm = 2.5;  ///< height of the font's em square
  Anchor anchor = Anchor::start;
  double rotation_deg = 0;  ///< clockwise on paper, about `at`
  Ink ink = Ink::text;
  bool bold = false;
  bool halo = false;  ///< outlined in the paper's colour, to be read on lines
};

/// Shapes that follow are cut to the box, until the next ClipTo. No box: the frame.
struct ClipTo {
  Box box{};
  bool whole = false;  ///< back to the frame
};

using Shape = std::variant<Path, Discs, Label, ClipTo>;

struct Drawing {
  std::string id{};           ///< unique in the document: [a-z0-9-]+
  std::string title{};        ///< one line, read out in place of the picture
  std::string description{};  ///< what the picture says, for who cannot see it
  double width_mm = 0;
  double height_mm = 0;
  std::vector<Shape> shapes{};
};

/// The least box that holds all points; of none, an empty one far away.
[[nodiscard]] Box extent_of(const std::vector<Point>& points) noexcept;
/// Closed rectangle.
[[nodiscard]] Path rectangle(const Box& box, const Style& style);
/// One open line.
[[nodiscard]] Path line(std::vector<Point> points, const Style& style);

/// Width of a text in the sheet's fonts, mm: exact for ASCII in Noto Sans, an upper estimate for
/// others (a full em for East Asian characters). The same on every machine: no font is asked.
[[nodiscard]] double text_width_mm(const std::string& text, double size_mm, bool bold = false);
/// The text, or as much of its beginning as fits with "…".
[[nodiscard]] std::string fit_text(const std::string& text, double size_mm, double width_mm,
                                   bool bold = false);
/// What a label covers, rotation included: from ascender to descender.
[[nodiscard]] Box bounds(const Label& label);

}  // namespace defilada::drawing
