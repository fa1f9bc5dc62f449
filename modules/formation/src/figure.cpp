// SPDX-License-Identifier: MIT
#include "defilada/formation/figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "defilada/formation/lettering.hpp"
#include "fail_at.hpp"
#include "glyphs.hpp"
#include "outline.hpp"
#include "placing.hpp"

namespace defilada::formation {
namespace {

constexpr double kSpace = 0.35;            // width of a space, glyph heights
constexpr int kSearchSlots = 200;          // texts of more slots are shared out by arc gaps alone
constexpr double kLeastApart = 0.25;       // between neighbouring glyphs
constexpr std::size_t kSearchCurves = 12;  // of a drawing: each move tries every pair of curves
constexpr double kLeastStep = 0.002;       // between vertices of a drawing, heights
constexpr char kDrawing = '\1';            // stands for a drawing as a character

/// The glyphs of a text, spaces included (an outline without strokes).
struct Text {
  std::string characters;
  std::map<char, Outline> outlines;

  [[nodiscard]] const Outline& outline(std::size_t i) const { return outlines.at(characters[i]); }
  [[nodiscard]] bool is_searchable() const {
    return characters.front() != kDrawing || outline(0).curves.size() <= kSearchCurves;
  }
  /// For messages.
  [[nodiscard]] Phrase name() const {
    return characters.front() == kDrawing ? phrase("the drawing") : phrase("\"{}\"", characters);
  }
};

/// The whole UTF-8 character that begins at `i`, for a message.
std::string_view whole_character(std::string_view text, std::size_t i) {
  std::size_t end = i + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return text.substr(i, end - i);
}

Result<Text> read_text(std::string_view text) {
  if (text.size() > kMaxFigureText) {
    return fail_at("text", phrase("a figure has at most {} characters", kMaxFigureText));
  }
  Text result;
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    return fail_at("text", phrase("a figure needs at least one digit or letter"));
  }
  text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::optional<std::string_view> path = glyph_path(text[i]);
    if (!path) {
      return fail_at("text", phrase("there is no glyph for '{}' (there are 0-9, A-Z and space)",
                                    whole_character(text, i)));
    }
    result.characters += text[i];
    if (!result.outlines.contains(text[i])) result.outlines.emplace(text[i], outline_of(*path));
  }
  return result;
}

int slots_needed(const Text& text) {
  int slots = 0;
  for (std::size_t i = 0; i < text.characters.size(); ++i) slots += text.outline(i).least_slots();
  return slots;
}

/// From the top, and from the left where two are equally high (to a millionth).
void sort_for_reading(std::vector<Point>& slots) {
  const auto key = [](Point p) { return std::pair(-std::llround(p.y * 1e6), p.x); };
  std::sort(slots.begin(), slots.end(), [&](Point a, Point b) { return key(a) < key(b); });
}

/// The slots of a whole text, glyph by glyph, while they are shared out.
class Plan {
 public:
  Plan(const Text& text, int n) : text_(text) {
    std::vector<const Outline*> outlines;
    for (std::size_t g = 0; g < text.characters.size(); ++g) {
      outlines.push_back(&text.outline(g));
      counts_.push_back(least_counts(*outlines.back()));
    }
    share_out(outlines, n - slots_needed(text), counts_);
    if (n <= kSearchSlots && text.is_searchable()) search();
  }

  [[nodiscard]] const Placing& placing(std::size_t g) { return spread_at(g, counts_[g]); }

 private:
  /// Arc gaps know nothing of slots that face each other across a narrow angle. So slots are moved
  /// from the curves of the tightest glyph to others, the best move first, while that helps.
  void search() {
    for (bool better = true; better;) {
      better = false;
      Gaps best_gaps = gaps(counts_);
      std::vector<Counts> best;
      const std::size_t tight = tightest();
      for_each_move(tight, [&](const std::vector<Counts>& moved) {
        const Gaps now = gaps(moved);
        if (now <= best_gaps) return;
        best_gaps = now;
        best = moved;
      });
      if (best.empty()) continue;
      counts_ = best;
      better = true;
    }
  }

  template <typename Try>
  void for_each_move(std::size_t tight, const Try& attempt) {
    std::vector<Counts> moved = counts_;
    for (std::size_t from = 0; from < moved[tight].size(); ++from) {
      if (moved[tight][from] <= text_.outline(tight).curves[from].least_inside) continue;
      --moved[tight][from];
      for (std::size_t g = 0; g < moved.size(); ++g) {
        for (std::size_t to = 0; to < moved[g].size(); ++to) {
          if (g == tight && to == from) continue;
          ++moved[g][to];
          attempt(moved);
          --moved[g][to];
        }
      }
      ++moved[tight][from];
    }
  }

  /// Smallest gaps of the glyphs in millionths of a height, the smallest first: greater is better.
  using Gaps = std::vector<long long>;
  Gaps gaps(const std::vector<Counts>& counts) {
    Gaps result;
    for (std::size_t g = 0; g < counts.size(); ++g) result.push_back(gap(g, counts[g]));
    std::sort(result.begin(), result.end());
    return result;
  }
  long long gap(std::size_t g, const Counts& counts) {
    if (counts.empty()) return std::numeric_limits<long long>::max();  // a space
    return std::llround(spread_at(g, counts).least_gap * 1e6);
  }
  std::size_t tightest() {
    std::size_t tight = 0;
    for (std::size_t g = 1; g < counts_.size(); ++g) {
      if (gap(g, counts_[g]) < gap(tight, counts_[tight])) tight = g;
    }
    return tight;
  }

  const Placing& spread_at(std::size_t g, const Counts& counts) {
    const auto [at, fresh] = known_.try_emplace({text_.characters[g], counts});
    if (fresh) at->second = spread(text_.outline(g), counts);
    return at->second;
  }

  const Text& text_;
  std::vector<Counts> counts_;
  std::map<std::pair<char, Counts>, Placing> known_;  // the same glyph with the same counts: once
};

void measure(Figure& figure) {
  const std::vector<Point>& slots = figure.slots;
  double least = std::numeric_limits<double>::infinity();
  double sum = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < slots.size(); ++j) {
      const double dx = slots[i].x - slots[j].x;
      const double dy = slots[i].y - slots[j].y;
      if (i != j) nearest = std::min(nearest, dx * dx + dy * dy);
    }
    least = std::min(least, nearest);
    sum += std::sqrt(nearest);
  }
  figure.least_gap = std::sqrt(least);
  figure.mean_gap = sum / static_cast<double>(slots.size());
}

/// Mean over all slots of the distance to the nearest of the same glyph.
double mean_within_glyphs(Plan& plan, std::size_t glyphs) {
  double sum = 0;
  std::size_t slots = 0;
  for (std::size_t g = 0; g < glyphs; ++g) {
    const Placing& placing = plan.placing(g);
    sum += placing.mean_gap * static_cast<double>(placing.slots.size());
    slots += placing.slots.size();
  }
  return sum / static_cast<double>(slots);
}

Figure assemble(const Text& text, Plan& plan) {
  const std::size_t glyphs = text.characters.size();
  const double apart = std::max(kLeastApart, 2 * mean_within_glyphs(plan, glyphs));
  Figure figure;
  double x = 0;
  for (std::size_t g = 0; g < glyphs; ++g) {
    const Outline& outline = text.outline(g);
    if (outline.strokes.empty()) {
      x += kSpace;
      continue;
    }
    const auto shifted = [by = x - outline.left](Point p) { return Point{p.x + by, p.y}; };
    std::vector<Point> slots = plan.placing(g).slots;
    std::transform(slots.begin(), slots.end(), slots.begin(), shifted);
    sort_for_reading(slots);
    figure.slots.insert(figure.slots.end(), slots.begin(), slots.end());
    for (Stroke stroke : outline.strokes) {
      std::transform(stroke.points.begin(), stroke.points.end(), stroke.points.begin(), shifted);
      figure.strokes.push_back(std::move(stroke));
    }
    figure.width = x + outline.right - outline.left;
    x = figure.width + apart;
  }
  measure(figure);
  return figure;
}

struct Extent {
  Point low;
  Point high;
};

Result<Extent> extent_of(const std::vector<Stroke>& drawing) {
  constexpr double kNone = std::numeric_limits<double>::infinity();
  Extent extent{{kNone, kNone}, {-kNone, -kNone}};
  std::size_t points = 0;
  for (const Stroke& stroke : drawing) {
    for (const Point p : stroke.points) {
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
        return fail_at("svg", phrase("a coordinate is not finite"));
      }
      extent.low = {std::min(extent.low.x, p.x), std::min(extent.low.y, p.y)};
      extent.high = {std::max(extent.high.x, p.x), std::max(extent.high.y, p.y)};
      ++points;
    }
  }
  if (points == 0) return fail_at("svg", phrase("the drawing has no lines"));
  if (points > kMaxDrawingPoints) {
    return fail_at("svg",
                   phrase("the drawing has {} points; at most {}", points, kMaxDrawingPoints));
  }
  const double height = extent.high.y - extent.low.y;
  if (!(height > 0) || !std::isfinite(1 / height) ||
      !(extent.high.x - extent.low.x <= kWidestDrawing * height)) {
    return fail_at("svg",
                   phrase("the drawing is more than {} times as wide as high", kWidestDrawing));
  }
  return extent;
}

/// At height 1, without vertices that nobody could tell apart.
Stroke thinned(const Stroke& stroke, const Extent& extent) {
  const double height = extent.high.y - extent.low.y;
  const auto far = [](Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y) >= kLeastStep; };
  Stroke result{{}, stroke.closed};
  for (const Point p : stroke.points) {
    const Point at{(p.x - extent.low.x) / height, (p.y - extent.low.y) / height};
    const bool is_last = &p == &stroke.points.back();
    std::vector<Point>& kept = result.points;
    if (kept.empty() || far(at, kept.back())) {
      kept.push_back(at);
    } else if (is_last && kept.size() > 1) {
      kept.back() = at;  // an open line ends where it ends
    }
  }
  while (result.closed && result.points.size() > 1 &&
         !far(result.points.back(), result.points.front())) {
    result.points.pop_back();
  }
  if (result.points.size() < 3) result.closed = false;
  return result;
}

Result<Text> read_drawing(const std::vector<Stroke>& drawing) {
  const Result<Extent> extent = extent_of(drawing);
  if (!extent) return tl::unexpected(extent.error());
  std::vector<Stroke> strokes;
  for (const Stroke& stroke : drawing) {
    Stroke kept = thinned(stroke, *extent);
    if (kept.points.size() >= 2) strokes.push_back(std::move(kept));
  }
  if (strokes.empty()) return fail_at("svg", phrase("the drawing has no lines"));
  Text text;
  text.characters = kDrawing;
  text.outlines.emplace(kDrawing, outline_of(strokes));
  return text;
}

Result<Figure> drawn(const Result<Text>& text, int n) {
  if (!text) return tl::unexpected(text.error());
  const int least = slots_needed(*text);
  if (n < least) {
    return fail_at("slots", phrase("{} needs at least {} slots, not {}", text->name(), least, n));
  }
  if (n > kMaxFigureSlots) {
    return fail_at("slots", phrase("a figure has at most {} slots, not {}", kMaxFigureSlots, n));
  }
  Plan plan(*text, n);
  return assemble(*text, plan);
}

}  // namespace

Result<int> least_slots(std::string_view text) {
  return read_text(text).map([](const Text& read) { return slots_needed(read); });
}

Result<int> least_slots(const std::vector<Stroke>& drawing) {
  return read_drawing(drawing).map([](const Text& read) { return slots_needed(read); });
}

Result<Figure> figure(std::string_view text, int n) {
  return drawn(read_text(text), n);
}

Result<Figure> figure(const std::vector<Stroke>& drawing, int n) {
  return drawn(read_drawing(drawing), n);
}

Result<Lettering> lettering(std::string_view text, double apart) {
  const Result<Text> read = read_text(text);
  if (!read) return tl::unexpected(read.error());
  Lettering result;
  double x = 0;
  for (std::size_t g = 0; g < read->characters.size(); ++g) {
    const Outline& outline = read->outline(g);
    if (outline.strokes.empty()) {
      x += kSpace;
      continue;
    }
    for (Stroke stroke : outline.strokes) {
      for (Point& p : stroke.points) p.x += x - outline.left;
      result.strokes.push_back(std::move(stroke));
    }
    result.width = x + outline.right - outline.left;
    x = result.width + apart;
  }
  return result;
}

double glyph_distance(const Figure& figure, std::string_view text) {
  const auto glyphs = std::count_if(text.begin(), text.end(), [](char c) { return c != ' '; });
  const Result<Lettering> close = lettering(text, 0);
  if (glyphs < 2 || !close) return 0;
  return (figure.width - close->width) / static_cast<double>(glyphs - 1);
}

double least_height_m(const Figure& figure, double spacing_m) {
  return spacing_m / figure.least_gap;
}

}  // namespace defilada::formation
